"""The port of payments: what a slice that knows no banks may read of an organizer's income.

Given by the bank slice (`Adapter.payments`) and reached as `Work.payments`, as the ledger is by
`Work.ledger`. Everything here is of one organizer; what is another's is as unknown as what is not
there (MEAL-BANK-13). A registry is seen from its acceptance on, an annulled one with its state.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Protocol
from uuid import UUID

from gateway.storage.database import Transaction


class PaymentsAsked(NamedTuple):
    """Whose payments of which time; `since` belongs to it, `until` does not."""

    organizer_inn: str
    since: datetime
    until: datetime
    bank: str | None = None
    """Participant code of the only bank that is asked for."""


class RegistriesAsked(NamedTuple):
    """Whose registries of which dates, both included."""

    organizer_inn: str
    first: date
    last: date
    bank: str | None = None


class BankPayment(NamedTuple):
    """A payment that a bank has taken for an organizer."""

    id: UUID
    bank: str
    bank_payment_id: str
    account: str
    """As the bank has written it."""
    amount: Decimal
    """Roubles, without commission."""
    payment_time: datetime
    channel: str
    state: str
    """A value of PaymentState."""
    credited_at: datetime | None
    registry_id: UUID | None
    """The accepted registry that confirmed or brought it."""
    registry_number: str | None


class PaymentTotals(NamedTuple):
    """How many payments and for how many roubles, without refused and cancelled ones."""

    payments: int
    amount: Decimal


class PaymentOrder(NamedTuple):
    """What moved the money of a registry to the organizer."""

    number: str
    day: date
    amount: Decimal


class HandedRegistry(NamedTuple):
    """A payment registry as the bank has handed it in; sums in roubles."""

    id: UUID
    bank: str
    number: str
    registry_date: date
    contract_number: str | None
    period_from: datetime
    period_to: datetime
    kind: str
    """ONLINE or ACQUIRING."""
    order: PaymentOrder | None
    line_count: int
    total_amount: Decimal
    """Of the paid lines."""
    total_commission: Decimal | None
    net_amount: Decimal | None
    state: str
    """A value of RegistryState."""
    received_at: datetime


class HandedLine(NamedTuple):
    """A line of a payment registry; sums in roubles."""

    line_no: int
    bank_payment_id: str
    account: str
    amount: Decimal
    commission: Decimal | None
    payment_time: datetime
    channel: str
    terminal_id: str | None
    status: str
    """PAID or CANCELLED."""
    result: str | None
    """What became of it; None while the registry is worked on."""


class PaymentBooks(Protocol):
    """Payments and payment registries of organizers, inside the caller's transaction."""

    def payments(
        self, asked: PaymentsAsked, after: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[BankPayment]:
        """Return at most `limit` payments after a place, by time of payment, then by id."""
        ...

    def totals(self, asked: PaymentsAsked) -> PaymentTotals:
        """Return what all payments come to, whatever is on a page."""
        ...

    def registries(
        self, asked: RegistriesAsked, after: tuple[date, UUID] | None, limit: int
    ) -> Sequence[HandedRegistry]:
        """Return at most `limit` registries after a place, by their date, then by id."""
        ...

    def registry(self, organizer_inn: str, registry_id: UUID) -> HandedRegistry | None:
        """Return one registry of an organizer."""
        ...

    def lines(self, registry_id: UUID, after: int, limit: int) -> Sequence[HandedLine]:
        """Return at most `limit` lines with numbers above `after` of a registry that was found."""
        ...


PaymentBooksFactory = Callable[[Transaction], PaymentBooks]
"""Opens the books of payments inside a transaction."""
