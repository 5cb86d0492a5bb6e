"""Terms of the regulations: local dates, ends at 24:00, moves to the next working day."""

from datetime import UTC, date, datetime, time, timedelta

from gateway.kernel.ports import LOCAL, Calendar

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


def working_term_end(calendar: Calendar, event: datetime, days: int) -> datetime:
    """Return the end of a term of `days` working days, counted from the day after (CAL-03)."""
    return end_of(calendar.add_working_days(local_date(event), days))


def calendar_term_end(calendar: Calendar, event: datetime, days: int) -> datetime:
    """Return the end of a term of `days` calendar days.

    A term that would end on a day off ends on the next working day (CAL-04).
    """
    last = local_date(event) + _DAY * days
    if not calendar.is_working_day(last):
        last = calendar.add_working_days(last, 1)
    return end_of(last)
