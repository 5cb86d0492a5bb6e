"""The port by which cards are taken: which acquirer an organizer has, and what it does.

The hub speaks to no acquirer yet, so nobody has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol
from uuid import UUID

from gateway.adapter import Work


class CardTopUp(NamedTuple):
    """What a payer is asked for on the page of a bank."""

    top_up_id: UUID
    account: str
    organizer_inn: str
    amount: Decimal
    """Roubles."""
    return_url: str
    fail_url: str


class PaymentPage(NamedTuple):
    """Where the payer is sent."""

    url: str
    expires_at: datetime


class Acquirer(Protocol):
    """A bank that takes cards for an organizer."""

    def open_page(self, top_up: CardTopUp, now: datetime) -> PaymentPage:
        """Return the page of a top-up; the same one for the same identifier.

        Called inside the transaction of the message: it may not wait for the network.
        """
        ...


@dataclass(frozen=True, slots=True)
class Acquirers:
    """The acquirers that the hub can speak to."""

    by_organizer: Mapping[str, Acquirer] = field(default_factory=dict)
    """By INN of the organizer whose contract is in force."""

    def of(self, organizer_inn: str | None) -> Acquirer | None:
        """Return the acquirer of an organizer; None when it takes no cards by the hub."""
        return None if organizer_inn is None else self.by_organizer.get(organizer_inn)


def acquirers(work: Work) -> Acquirers:
    """Return what the hub has been given; without a word, nobody takes cards."""
    found = work.offices.get(Acquirers, _NOBODY)
    if not isinstance(found, Acquirers):
        raise TypeError(found)
    return found


_NOBODY = Acquirers()
