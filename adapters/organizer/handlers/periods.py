"""Periods of publications and of the catalogue, and the schools bound within them."""

from collections.abc import Sequence
from datetime import date

from adapters.organizer.repository import terms
from gateway.contracts import periods
from gateway.contracts.messages.common import Period
from gateway.kernel.errors import NotAllowed
from gateway.storage.database import Transaction

LONGEST_PERIOD_DAYS = 92


def days_of_period(period: Period, root: str) -> tuple[date, date]:
    """Return the first and the last day; raise PERIOD_INVALID when they are turned round or far."""
    first, last = period.from_value, period.to
    path = f"/{root}/period"
    periods.check_days(first, last, path)
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        text = f"Период длиннее {LONGEST_PERIOD_DAYS} дней."
        raise periods.bad_period(text, f"{path}/to")
    return first, last


def bound_schools(
    transaction: Transaction,
    organizer_inn: str,
    asked: Sequence[str],
    first: date,
    last: date,
) -> list[str]:
    """Return the asked schools, or all, bound to the organizer within a period.

    A school that is not bound is refused with NOT_ALLOWED, whether it exists or not (MEAL-ORG-06).
    """
    bound = terms.bound_schools(transaction, organizer_inn, first, last)
    if not set(asked) <= set(bound):
        raise NotAllowed
    return sorted(set(asked)) if asked else bound
