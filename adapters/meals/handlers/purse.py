"""The money of an account at the organizer that feeds its school now (H-17)."""

from decimal import Decimal
from typing import NamedTuple

from adapters.meals.acquiring import Acquirer, acquirers
from adapters.meals.repository import orders
from gateway.adapter import AccountStatus, Work

_ZERO = Decimal("0.00")


class Purse(NamedTuple):
    """What lies on an account, in roubles, and what may be put there at once."""

    organizer_inn: str | None
    """None while nobody feeds the school: nothing can be topped up then."""
    balance: Decimal
    smallest: Decimal
    largest: Decimal
    is_open: bool = False
    """Whether money may be put there."""


def purse_of(work: Work, account: str) -> Purse:
    """Return the purse of an account."""
    found = work.ledger.accounts([account]).get(account)
    if found is None:
        return Purse(None, _ZERO, _ZERO, _ZERO)
    key = (account, found.organizer_inn)
    balance = work.ledger.balances([key])[key]
    return Purse(
        found.organizer_inn,
        balance,
        found.min_top_up,
        found.max_top_up,
        found.status is AccountStatus.OPEN,
    )


def acquirer_of(work: Work, purse: Purse) -> Acquirer | None:
    """Return who takes cards for an account; None where nobody does."""
    return acquirers(work).of(purse.organizer_inn) if purse.is_open else None


def shortage(work: Work, account: str, purse: Purse) -> Decimal:
    """Return roubles that lack for everything ordered and not debited yet (MEAL-PAR-09)."""
    if purse.organizer_inn is None:
        return _ZERO
    ordered = orders.unpaid(work.database, account, purse.organizer_inn)
    return max(ordered - purse.balance, _ZERO)
