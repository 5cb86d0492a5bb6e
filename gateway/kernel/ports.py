"""What the inner layers ask of the outer world: time, identifiers, the calendar."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from gateway.kernel.message import Attachment

LOCAL = ZoneInfo("Asia/Yekaterinburg")
"""Time zone of all business rules (CAL-01)."""

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC."""

Identifiers = Callable[[], UUID]
"""A new identifier on each call."""


class Scanner(Protocol):
    """Looks for malware (SEC-04)."""

    def scan(self, part: Attachment) -> str | None:
        """Return the name of what was found, None for a clean file.

        Raises TemporaryUnavailable when nobody can look at it now.
        """
        ...


class Calendar(Protocol):
    """Working and banking days; a year without data is CALENDAR_MISSING (CAL-02)."""

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is a working day of the production calendar."""
        ...

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day` (CAL-03)."""
        ...

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`."""
        ...
