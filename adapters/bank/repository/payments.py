"""Payments and cancellations: every statement of SVC-01, each for many rows at once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from adapters.bank import models
from gateway.kernel.money import to_roubles
from gateway.storage.database import RaceLost, Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant, as_uuid

Value = TypeVar("Value")

ONLINE = "ONLINE"
"""`Payment.source` of what a bank told by RegisterPayment."""

NOTICE = "NOTICE"
"""`Payment.credited_by` of money credited at once (creditMode ON_NOTIFY)."""


class Payment(NamedTuple):
    """A row of `payment`: the fields stand in the order of the columns."""

    id: UUID
    bank: str
    bank_payment_id: str
    account: str
    organizer_inn: str
    amount: Decimal
    commission: Decimal | None
    payment_time: datetime
    channel: str
    terminal_id: str | None
    document_number: str | None
    state: str
    accepted_at: datetime
    expected_credit_date: date | None
    credited_at: datetime | None
    credited_by: str | None
    entry: int
    registry_id: UUID | None
    registry_line: int | None
    source: str

    @property
    def top_up_source(self) -> str:
        """Ledger source of its money credited on notice."""
        return f"payment/{self.id}"

    @property
    def cancellation_source(self) -> str:
        """Ledger source of the reversal: a payment is cancelled at most once."""
        return f"cancel/{self.id}"


class Cancellation(NamedTuple):
    """A row of `payment_cancel`: the fields stand in the order of the columns."""

    bank: str
    cancel_id: str
    payment_id: UUID
    reason: str
    cancel_time: datetime
    cancelled_at: datetime
    entry: int


Key = tuple[str, str]
"""Bank and its payment id."""

_COLUMNS = ", ".join(Payment._fields)
_KNOWN = Query(f"SELECT {_COLUMNS} FROM payment WHERE bank_payment_id IN {{ids:text}}")  # noqa: S608 -- our own names
_REGISTRY_NUMBER = Query("SELECT number FROM payment_registry WHERE id = :id")
_CANCEL = Query(
    """
    UPDATE payment SET state = 'CANCELLED'
    WHERE id = :id AND state = :state AND registry_id IS NULL
    """
)
_CANCELLATION = Query(
    """
    SELECT bank, cancel_id, payment_id, reason, cancel_time, cancelled_at, entry
    FROM payment_cancel WHERE bank = :bank AND cancel_id = :cancel_id
    """
)
_BY_IDS = Query(f"SELECT {_COLUMNS} FROM payment WHERE id IN {{ids:uuid}}")  # noqa: S608 -- our own names
_PAGE = Query(
    f"SELECT {_COLUMNS} FROM payment WHERE id > :after ORDER BY id LIMIT :limit"  # noqa: S608 -- our own names
)
_CANCELLED = Query("SELECT payment_id FROM payment_cancel WHERE payment_id IN {ids:uuid}")
_UNFINISHED_CANCELLATIONS = Query(
    """
    SELECT c.bank, c.cancel_id, c.payment_id
    FROM payment_cancel c LEFT JOIN payment p ON p.id = c.payment_id
    WHERE p.id IS NULL OR (p.state <> 'CANCELLED' AND p.registry_id IS NULL)
    ORDER BY c.bank, c.cancel_id
    """
)


def known(transaction: Transaction, bank_payment_ids: Sequence[str]) -> dict[Key, Payment]:
    """Return the registered payments that any bank calls by these ids."""
    rows = transaction.rows(_KNOWN, ids=list(bank_payment_ids))
    return {(payment.bank, payment.bank_payment_id): payment for payment in map(_payment, rows)}


def find(transaction: Transaction, bank: str, bank_payment_id: str) -> Payment | None:
    """Return the payment that `bank` calls so; what other banks call so stays unseen."""
    return known(transaction, [bank_payment_id]).get((bank, bank_payment_id))


def add(transaction: Transaction, payments: Sequence[Payment]) -> None:
    """Store new payments; raise RaceLost if a key was taken meanwhile."""
    if payments:
        transaction.insert_new(models.payment, Payment._fields, payments)


def registry_number(transaction: Transaction, registry_id: UUID) -> str:
    """Return the number that the bank gave to a payment registry."""
    ((number,),) = transaction.rows(_REGISTRY_NUMBER, id=str(registry_id))
    return str(number)


def cancellation(transaction: Transaction, bank: str, cancel_id: str) -> Cancellation | None:
    """Return the cancellation that `bank` calls so."""
    rows = transaction.rows(_CANCELLATION, bank=bank, cancel_id=cancel_id)
    return _cancellation(rows[0]) if rows else None


def cancel(transaction: Transaction, payment: Payment, cancellation: Cancellation) -> None:
    """Mark `payment` cancelled; raise RaceLost if it moved since it was read."""
    if transaction.run(_CANCEL, id=str(payment.id), state=payment.state) != 1:
        raise RaceLost("payment")
    transaction.insert_new(models.payment_cancel, Cancellation._fields, [cancellation])


def pages(transaction: Transaction, limit: int) -> Iterator[Sequence[Payment]]:
    """Go through all payments, `limit` at a time."""
    after = UUID(int=0)
    while rows := transaction.rows(_PAGE, after=str(after), limit=limit):
        page = [_payment(row) for row in rows]
        yield page
        after = page[-1].id


def by_ids(transaction: Transaction, ids: Sequence[UUID]) -> dict[UUID, Payment]:
    """Return those of `ids` that are payments."""
    rows = transaction.rows(_BY_IDS, ids=[str(payment_id) for payment_id in ids])
    return {payment.id: payment for payment in map(_payment, rows)}


def cancelled(transaction: Transaction, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return those of `ids` that were cancelled by CancelPayment."""
    rows = transaction.rows(_CANCELLED, ids=[str(payment_id) for payment_id in ids])
    return frozenset(as_uuid(payment_id) for (payment_id,) in rows)


def unfinished_cancellations(transaction: Transaction) -> list[tuple[str, str, UUID]]:
    """Return bank, cancel id and payment of cancellations that left no trace on the payment.

    A registry may bring a cancelled payment all the same; that is for people to settle.
    """
    return [
        (bank, cancel_id, as_uuid(payment_id))
        for bank, cancel_id, payment_id in transaction.rows(_UNFINISHED_CANCELLATIONS)
    ]


def _payment(row: tuple[Any, ...]) -> Payment:
    """Read a row as either database returns it."""
    raw = Payment(*row)
    return raw._replace(
        id=as_uuid(raw.id),
        amount=to_roubles(int(raw.amount)),
        commission=None if raw.commission is None else to_roubles(int(raw.commission)),
        payment_time=as_instant(raw.payment_time),
        accepted_at=as_instant(raw.accepted_at),
        expected_credit_date=_maybe(as_day, raw.expected_credit_date),
        credited_at=_maybe(as_instant, raw.credited_at),
        registry_id=_maybe(as_uuid, raw.registry_id),
    )


def _maybe(read: Callable[[Any], Value], raw: object) -> Value | None:
    return None if raw is None else read(raw)


def _cancellation(row: tuple[Any, ...]) -> Cancellation:
    raw = Cancellation(*row)
    return raw._replace(
        payment_id=as_uuid(raw.payment_id),
        cancel_time=as_instant(raw.cancel_time),
        cancelled_at=as_instant(raw.cancelled_at),
    )
