"""Tables that an operator may have instead of ours or beside ours: read at start, or no start."""

from pathlib import Path

from adapters.portal import statuses
from adapters.portal.statuses import Statuses, StatusesBroken
from gateway.bootstrap.binding import HubBroken
from gateway.kernel.settings import PREFIX, Settings
from registry.calendar import CalendarBroken, ProductionCalendar


def load_calendar(settings: Settings) -> ProductionCalendar:
    """Read the packaged years and the operator's own; raise HubBroken."""
    folder = settings.calendars
    if settings.calendar_folder and not folder.is_dir():
        raise HubBroken(f"{PREFIX}CALENDAR_FOLDER: папки {folder} нет")
    try:
        return ProductionCalendar.load(*([folder] if folder.is_dir() else []))
    except CalendarBroken as error:
        raise HubBroken(f"производственный календарь: {error}") from error


def load_statuses(settings: Settings) -> Statuses:
    """Read the packaged table of states of applications or the operator's own; raise HubBroken."""
    own = settings.portal_statuses
    try:
        return statuses.load(Path(own) if own else None)
    except StatusesBroken as error:
        raise HubBroken(f"{PREFIX}PORTAL_STATUSES: {error}") from error
