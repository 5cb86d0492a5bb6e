"""Periods of publications and of the catalogue, and the schools bound within them."""

from collections.abc import Sequence
from datetime import date

from adapters.organizer.errors import PeriodInvalid
from adapters.organizer.repository import terms
from gateway.contracts.messages.common import Period
from gateway.kernel.errors import Finding, NotAllowed
from gateway.storage.database import Transaction

LONGEST_PERIOD_DAYS = 92
_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2999, 12, 31)


def days_of_period(period: Period, root: str) -> tuple[date, date]:
    """Return the first and the last day; raise PERIOD_INVALID when they are turned round or far."""
    first, last = period.from_value, period.to
    if last < first:
        raise _invalid("Конец периода раньше начала.", f"/{root}/period/to")
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        raise _invalid(f"Период длиннее {LONGEST_PERIOD_DAYS} дней.", f"/{root}/period/to")
    if first < _FIRST_DAY or last > _LAST_DAY:
        raise _invalid("Период вне допустимых границ.", f"/{root}/period")
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


def _invalid(text: str, path: str) -> PeriodInvalid:
    return PeriodInvalid(text, findings=(Finding(text, path=path),))
