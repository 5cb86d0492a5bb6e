"""Terms of the regulations: local dates, ends at 24:00, moves to the next working day.

A due moment is the first one after the term, 24:00 of its last day: at the due moment itself
nothing is late yet, what comes after it is.
"""

from datetime import UTC, date, datetime, time, timedelta

from gateway.kernel.ports import LOCAL, Calendar

FREEZE_DAYS = 5
"""Working days before a meal within which its choice is frozen (CAL-09, H-07)."""
CHOICE_DAYS = 14
"""Calendar days ahead, from tomorrow, for which meals are chosen."""

_DAY = timedelta(days=1)


def local_date(moment: datetime) -> date:
    """Return the date in Tyumen of an aware moment (CAL-01)."""
    return moment.astimezone(LOCAL).date()


def start_of(day: date) -> datetime:
    """Return the moment, in UTC, when `day` begins in Tyumen."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return 24:00 of `day` in Tyumen as a moment in UTC: the first one after the term."""
    return start_of(day + _DAY)


def due_after(calendar: Calendar, received_at: datetime, working_days: int) -> datetime:
    """Return 24:00 of the last of `working_days`, counted from the day after (CAL-03).

    Raises CalendarMissing.
    """
    return end_of(calendar.add_working_days(local_date(received_at), working_days))


def due_calendar_days(calendar: Calendar, received_at: datetime, days: int) -> datetime:
    """Return 24:00 of the last of `days` calendar days, counted from the day after.

    A term that would end on a day off ends on the next working day (CAL-04). Raises
    CalendarMissing.
    """
    last = local_date(received_at) + _DAY * days
    if not calendar.is_working_day(last):
        last = calendar.add_working_days(last, 1)
    return end_of(last)


def is_overdue(due: datetime, now: datetime) -> bool:
    """Tell whether a term has run out: at 24:00 sharp not yet, a minute later it has."""
    return now > due


def working_day_before(calendar: Calendar, day: date, count: int) -> date:
    """Return the `count`-th working day strictly before `day`; raise CalendarMissing."""
    if count < 1:
        raise ValueError(count)
    while count:
        day -= _DAY
        count -= calendar.is_working_day(day)
    return day


def freeze_moment(calendar: Calendar, day: date, freeze_days: int = FREEZE_DAYS) -> datetime:
    """Return when the choice of a meal of `day` is frozen (CAL-09).

    That is 00:00 of the `freeze_days`-th working day strictly before it, whatever day of the week
    or of the school year `day` is. Raises CalendarMissing.
    """
    return start_of(working_day_before(calendar, day, freeze_days))


def editable_days(
    calendar: Calendar, now: datetime, window: int = CHOICE_DAYS, freeze_days: int = FREEZE_DAYS
) -> list[date]:
    """Return the days of the choice window that are not frozen yet; raise CalendarMissing."""
    today = local_date(now)
    days = (today + _DAY * number for number in range(1, window + 1))
    return [day for day in days if now < freeze_moment(calendar, day, freeze_days)]
