"""Terms of the regulations: how long, counted from what, when half of it is over (CAL-03, 04).

The term's end is the first instant that does not belong to it: 24:00 of the last day. A case is
overdue when that instant has passed: at 24:00 sharp it is not, a minute later it is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from gateway.kernel.ports import Calendar
from registry.calendar import (
    due_after,
    due_calendar_days,
    end_of,
    local_date,
    start_of,
)


class Unit(Enum):
    """What a term is counted in."""

    WORKING_DAYS = "раб. дн."
    CALENDAR_DAYS = "календ. дн."
    AGREED = "до согласованного дня"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a case may wait in a state, and for what."""

    id: str
    """The row of the requirements that sets it; of rows that share a term, the first."""
    what: str
    """What has to be done, in Russian."""
    count: int
    unit: Unit = Unit.WORKING_DAYS
    since: str | None = None
    """The fact of the step that it is counted from; the step's own moment without it."""
    until: str | None = None
    """The fact that names the last day, of an agreed term."""

    @property
    def text(self) -> str:
        """Return the term as a reader is told it."""
        return self.unit.value if self.unit is Unit.AGREED else f"{self.count} {self.unit.value}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term that runs in a case."""

    term: str
    what: str
    since: datetime
    half_at: datetime
    """When half of the days are over: the first warning."""
    last_day_at: datetime
    """Beginning of the last day: the second warning."""
    due_at: datetime
    """24:00 of the last day; what is later is overdue."""


def last_day(due_at: datetime) -> date:
    """Return the last day of a term by its end."""
    return local_date(due_at - timedelta(microseconds=1))


def told(due_at: datetime) -> str:
    """Return the end of a term as a reader is told it: 24:00 of the last day."""
    return f"{last_day(due_at):%d.%m.%Y} 24:00"


def deadline(
    term: Term, calendar: Calendar, since: datetime, agreed: date | None = None
) -> Deadline:
    """Return the deadline of a term that runs from `since`; raise CalendarMissing.

    `agreed` is the last day of an agreed term.
    """
    match term.unit:
        case Unit.WORKING_DAYS:
            due = due_after(calendar, since, term.count)
            half = due_after(calendar, since, term.count // 2)
        case Unit.CALENDAR_DAYS:
            due = due_calendar_days(calendar, since, term.count)
            half = end_of(local_date(since) + timedelta(days=term.count // 2))
        case Unit.AGREED:
            if agreed is None:
                raise TypeError(term)
            due = end_of(agreed)
            half = start_of(local_date(since + (due - since) / 2))
    last = start_of(last_day(due))
    return Deadline(term.id, term.what, since, min(half, last), last, due)
