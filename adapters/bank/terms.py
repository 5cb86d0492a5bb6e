"""Terms of a bank in banking days (MEAL-BANK-07, CAL-05)."""

from datetime import date, datetime, timedelta

from gateway.adapter import Work
from gateway.kernel.message import Participant
from registry.calendar import BankingCalendar, start_of

CREDIT_DAYS = 5
"""Banking days within which a payment must be credited when no terms are agreed."""

_DAY = timedelta(days=1)


def banking_calendar(bank: Participant | None, work: Work) -> BankingCalendar:
    """Return the banking days of `bank`."""
    terms = None if bank is None else bank.bank
    if terms is None:
        return BankingCalendar(work.calendar)
    return BankingCalendar(work.calendar, terms.closed_days, terms.opened_days)


def credit_days(bank: Participant) -> int:
    """Return how many banking days the bank has to get a payment credited."""
    return CREDIT_DAYS if bank.bank is None else bank.bank.credit_days


def older_than(calendar: BankingCalendar, today: date, days: int) -> datetime:
    """Return the moment before which a payment is more than `days` banking days old.

    Raises CALENDAR_MISSING when a year is not known.
    """
    first = today
    while calendar.working_days_between(first - _DAY, today) <= days:
        first -= _DAY
    return start_of(first)
