"""The clocks of a meal: window of choice, freeze, print, cut-off (C2, C3, CAL-09)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from gateway.kernel.ports import LOCAL, Calendar
from registry.calendar import freeze_moment, local_date
from registry.calendar.terms import CHOICE_DAYS

CUT_OFF = time(23)
"""Local time from which nothing of the day can be changed (MEAL-CLS-08, H-13)."""
PRINT_BEFORE = timedelta(minutes=60)
"""How long before a meal its request has to be printed (MEAL-CLS-02)."""
REMIND_BEFORE = timedelta(minutes=90)
"""How long before a meal a teacher is reminded (NOT-15)."""

_DAY = timedelta(days=1)
_SATURDAY = 6


def cut_off(day: date) -> datetime:
    """Return the first moment, in UTC, at which the data of `day` are closed: 23:00:00 local."""
    return datetime.combine(day, CUT_OFF, LOCAL).astimezone(UTC)


def is_closed(day: date, now: datetime) -> bool:
    """Tell whether the data of `day` can no longer be changed: 22:59:59 no, 23:00:00 yes."""
    return now >= cut_off(day)


def is_frozen(calendar: Calendar, day: date, now: datetime) -> bool:
    """Tell whether the choice for `day` is frozen (MEAL-PAR-05); raise CalendarMissing."""
    return now >= freeze_moment(calendar, day)


def is_in_window(day: date, now: datetime) -> bool:
    """Tell whether meals of `day` may be chosen by its distance alone (MEAL-PAR-04, H-08)."""
    today = local_date(now)
    return today < day <= today + _DAY * CHOICE_DAYS


def is_holiday(calendar: Calendar, day: date) -> bool:
    """Tell whether nobody eats on `day` whatever the schedule says; raise CalendarMissing.

    Saturdays are for the schedule (CAL-08).
    """
    return day.isoweekday() < _SATURDAY and not calendar.is_working_day(day)


def days_of(first: date, last: date) -> Iterator[date]:
    """Give the days from `first` to `last`, both included."""
    day = first
    while day <= last:
        yield day
        day += _DAY


def meal_start(day: date, start: str) -> datetime:
    """Return the moment, in UTC, of the local time `HH:MM` on `day`."""
    return datetime.combine(day, time.fromisoformat(start), LOCAL).astimezone(UTC)
