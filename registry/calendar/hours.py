"""Hours in which an office works or a telephone is answered, as data, and terms counted in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Protocol

from gateway.kernel.ports import LOCAL
from registry.calendar.terms import local_date

_DAY = timedelta(days=1)
_NOTHING = timedelta()
_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY, _SATURDAY = range(6)


class Hours(NamedTuple):
    """From opening to closing of one day, in local time; no lunch break is deducted."""

    opens: time
    closes: time


class Opening(NamedTuple):
    """One stretch of open hours, both ends in UTC."""

    start: datetime
    end: datetime


class OfficeCalendar(Protocol):
    """What hours ask of a calendar; `ProductionCalendar` is one. All raise CalendarMissing."""

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        ...

    def is_shortened_day(self, day: date) -> bool:
        """Tell whether `day` is a working day one hour shorter."""
        ...

    def is_day_of_rest(self, day: date) -> bool:
        """Tell whether `day` is a public holiday or a weekday to which rest was moved."""
        ...

    def works_as(self, day: date) -> date:
        """Return the day whose hours a working day has."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """An office that works on the working days of the production calendar (CAL-06).

    A shortened day closes `cut` earlier. A working Saturday has the hours of the day to which its
    rest was moved.
    """

    week: Mapping[int, Hours]
    """By weekday, Monday is 0."""
    cut: timedelta = timedelta(hours=1)

    def opening(self, calendar: OfficeCalendar, day: date) -> Opening | None:
        """Return when the office is open on `day`, None when it is not; raise CalendarMissing."""
        if not calendar.is_working_day(day):
            return None
        hours = self.week.get(calendar.works_as(day).weekday())
        if hours is None:
            return None
        opening = _on(day, hours)
        if calendar.is_shortened_day(day):
            opening = opening._replace(end=opening.end - self.cut)
        return opening


@dataclass(frozen=True, slots=True)
class IntakeHours:
    """A telephone that is answered by the week, and not on public days of rest (CAL-07)."""

    week: Mapping[int, Hours]

    def opening(self, calendar: OfficeCalendar, day: date) -> Opening | None:
        """Return when the telephone is answered on `day`, or None; raise CalendarMissing."""
        hours = self.week.get(day.weekday())
        if hours is None or calendar.is_day_of_rest(day):
            return None
        return _on(day, hours)


OPERATOR_HOURS = OfficeHours(
    dict.fromkeys((_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY), Hours(time(9), time(18)))
    | {_FRIDAY: Hours(time(9), time(17))}
)
"""The hub's operator, regulation 000, section 8 (NFR-01)."""

PORTAL_INTAKE = IntakeHours(
    dict.fromkeys((_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY), Hours(time(8), time(20)))
    | {_SATURDAY: Hours(time(9), time(17))}
)
"""The telephone of the services portal, regulation 002, 8.6 (NFR-02)."""


def is_open(calendar: OfficeCalendar, hours: OfficeHours | IntakeHours, moment: datetime) -> bool:
    """Tell whether somebody is there at `moment`; raise CalendarMissing."""
    opening = hours.opening(calendar, local_date(moment))
    return opening is not None and opening.start <= moment < opening.end


def registered_at(
    calendar: OfficeCalendar, hours: OfficeHours | IntakeHours, received_at: datetime
) -> datetime:
    """Return when what came at `received_at` is registered; raise CalendarMissing.

    Outside the hours that is the next opening (CAL-06, INC-16).
    """
    return max(received_at, next(_openings(calendar, hours, received_at)).start)


def due_working_hours(
    calendar: OfficeCalendar,
    hours: OfficeHours | IntakeHours,
    received_at: datetime,
    count: float,
) -> datetime:
    """Return when `count` hours of work have passed since the registration (CAL-06).

    What is due at a closing is due at that closing, not at the next opening. Raises
    CalendarMissing.
    """
    if count <= 0:
        raise ValueError(count)
    left = timedelta(hours=count)
    for opening in _openings(calendar, hours, received_at):
        start = max(opening.start, received_at)
        if start + left <= opening.end:
            return start + left
        left -= opening.end - start
    raise AssertionError("openings never end")


def worked_between(
    calendar: OfficeCalendar, hours: OfficeHours | IntakeHours, start: datetime, end: datetime
) -> timedelta:
    """Return how long somebody was there from `start` to `end`; raise CalendarMissing."""
    worked = _NOTHING
    day, last = local_date(start), local_date(end)
    while day <= last:
        opening = hours.opening(calendar, day)
        if opening is not None:
            worked += max(_NOTHING, min(opening.end, end) - max(opening.start, start))
        day += _DAY
    return worked


def _openings(
    calendar: OfficeCalendar, hours: OfficeHours | IntakeHours, since: datetime
) -> Iterator[Opening]:
    """Give the openings that end after `since`, in order, until a year is missing."""
    if not hours.week:
        raise ValueError(hours)
    day = local_date(since)
    while True:
        opening = hours.opening(calendar, day)
        if opening is not None and opening.end > since:
            yield opening
        day += _DAY


def _on(day: date, hours: Hours) -> Opening:
    return Opening(
        datetime.combine(day, hours.opens, LOCAL).astimezone(UTC),
        datetime.combine(day, hours.closes, LOCAL).astimezone(UTC),
    )
