"""Booking a batch of registry lines: what they meet and what they leave, each as one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.bank import booking
from adapters.bank.booking import Line, Notice
from adapters.bank.models import payment, registry_line
from adapters.bank.repository import payments
from adapters.bank.repository.payments import Payment
from adapters.bank.repository.registries import PaymentRegistry
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_uuid

REGISTRY = "REGISTRY"
"""`Payment.source` of what only a registry told, `credited_by` of what a registry credited."""

_LINES = Query(
    """
    SELECT line_no, bank_payment_id, account, amount, commission, payment_time, channel,
           terminal_id, status
    FROM registry_line WHERE registry_id = :id AND line_no > :after
    ORDER BY line_no LIMIT :limit
    """
)
_NOTICES = Query(
    """
    SELECT bank_payment_id, id, account, organizer_inn, amount, state, registry_id IS NOT NULL
    FROM payment WHERE bank = :bank AND bank_payment_id IN {ids:text}
    ORDER BY bank_payment_id
    """,
    locking=True,
)
_BOOKED = Query(
    """
    SELECT l.line_no, l.payment_id, l.payment_was, l.posted, l.posted_to, p.organizer_inn
    FROM registry_line l LEFT JOIN payment p ON p.id = l.payment_id
    WHERE l.registry_id = :id AND l.line_no <= :through
    ORDER BY l.line_no DESC LIMIT :limit
    """
)
_ANSWERED = Query(
    """
    SELECT line_no, bank_payment_id, account, amount, result, warnings, note
    FROM registry_line
    WHERE registry_id = :id AND line_no > :after AND result IS NOT NULL
    ORDER BY line_no LIMIT :limit
    """
)
_FORGET = Query("DELETE FROM payment WHERE id IN {ids:uuid}")
_RELEASE = Query(
    """
    UPDATE payment SET state = :state, registry_id = NULL, registry_line = NULL,
        credited_at = CASE WHEN credited_by = 'REGISTRY' THEN NULL ELSE credited_at END,
        credited_by = CASE WHEN credited_by = 'REGISTRY' THEN NULL ELSE credited_by END
    WHERE id IN {ids:uuid}
    """
)
_LINE_RESULT = (
    "result",
    "warnings",
    "note",
    "payment_id",
    "payment_was",
    "posted",
    "posted_to",
)
_TAKEN = ("registry_id", "registry_line", "state")


Identity = UUID | str
"""An identifier to be written, parsed or not."""


class Result(NamedTuple):
    """What is written on a line: the key, then the columns of `_LINE_RESULT`."""

    registry_id: Identity
    line_no: int
    result: str
    warnings: str | None = None
    note: str | None = None
    payment_id: Identity | None = None
    payment_was: str | None = None
    posted: Decimal | None = None
    posted_to: str | None = None


class Moved(NamedTuple):
    """A known payment that a line took into its registry."""

    payment_id: Identity
    registry_id: Identity
    line_no: int
    state: str


class Credited(NamedTuple):
    """A known payment that a line credited."""

    payment_id: Identity
    registry_id: Identity
    line_no: int
    state: str
    credited_at: datetime
    credited_by: str


class Answered(NamedTuple):
    """What the line protocol tells of a line."""

    line_no: int
    bank_payment_id: str
    account: str
    amount: Decimal
    result: str
    warnings: str | None
    note: str | None


class Booked(NamedTuple):
    """A booked line as it stands, for taking it back."""

    line_no: int
    payment_id: UUID | None
    payment_was: str | None
    """State of the payment before the line; None when the line made the payment."""
    posted: Decimal | None
    posted_to: str | None
    organizer_inn: str | None
    """The payment's: on whose side of the account the money was moved."""


@dataclass(slots=True)
class Batch:
    """What a batch of lines leaves behind."""

    added: list[Payment] = field(default_factory=list)
    credited: list[Credited] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


def lines_after(
    transaction: Transaction, registry_id: UUID, line_no: int, limit: int
) -> list[Line]:
    """Return at most `limit` lines with numbers above `line_no`, in their order."""
    rows = transaction.rows(_LINES, id=str(registry_id), after=line_no, limit=limit)
    is_text = not transaction.on_postgresql
    return [
        Line(
            number,
            bank_payment_id,
            account,
            to_roubles(amount),
            None if commission is None else to_roubles(commission),
            # No need to turn every one to UTC: it is compared and written back.
            datetime.fromisoformat(payment_time) if is_text else payment_time,
            channel,
            terminal_id,
            status,
        )
        for (
            number,
            bank_payment_id,
            account,
            amount,
            commission,
            payment_time,
            channel,
            terminal_id,
            status,
        ) in rows
    ]


def answered_after(
    transaction: Transaction, registry_id: UUID, line_no: int, limit: int
) -> list[Answered]:
    """Return at most `limit` lines with results and numbers above `line_no`, in their order."""
    rows = transaction.rows(_ANSWERED, id=str(registry_id), after=line_no, limit=limit)
    return [
        Answered(number, bank_payment_id, account, to_roubles(amount), *more)
        for number, bank_payment_id, account, amount, *more in rows
    ]


def notices(
    transaction: Transaction, bank: str, bank_payment_ids: Sequence[str]
) -> dict[str, Notice]:
    """Return the known payments of `bank` by their ids and keep others from changing them."""
    rows = transaction.rows(_NOTICES, bank=bank, ids=list(bank_payment_ids))
    return {
        bank_payment_id: Notice(
            payment_id, account, organizer_inn, to_roubles(amount), state, bool(in_registry)
        )
        for bank_payment_id, payment_id, account, organizer_inn, amount, state, in_registry in rows
    }


def new_payment(
    registry: PaymentRegistry, line: Line, payment_id: UUID, state: str, now: datetime
) -> Payment:
    """Return the payment that only the registry told about: its money lies with the organizer."""
    credited = state == booking.CREDITED
    return Payment(
        payment_id,
        registry.bank,
        line.bank_payment_id,
        line.account,
        registry.organizer_inn,
        line.amount,
        line.commission,
        line.payment_time,
        line.channel,
        line.terminal_id,
        None,
        state,
        now,
        None,
        now if credited else None,
        REGISTRY if credited else None,
        registry.entry,
        registry.id,
        line.line_no,
        REGISTRY,
    )


def write(transaction: Transaction, batch: Batch) -> None:
    """Store what a batch of lines left; raise RaceLost if a new payment's key was taken."""
    payments.add(transaction, batch.added)
    by_id = ("id",)
    transaction.update(payment, by_id, (*_TAKEN, "credited_at", "credited_by"), batch.credited)
    transaction.update(payment, by_id, _TAKEN, batch.moved)
    transaction.update(registry_line, ("registry_id", "line_no"), _LINE_RESULT, batch.results)


def booked_through(
    transaction: Transaction, registry_id: UUID, line_no: int, limit: int
) -> list[Booked]:
    """Return at most `limit` booked lines with numbers up to `line_no`, the greatest first."""
    rows = transaction.rows(_BOOKED, id=str(registry_id), through=line_no, limit=limit)
    return [
        Booked(
            number,
            None if payment_id is None else as_uuid(payment_id),
            payment_was,
            None if posted is None else to_roubles(posted),
            posted_to,
            organizer_inn,
        )
        for number, payment_id, payment_was, posted, posted_to, organizer_inn in rows
    ]


def release(transaction: Transaction, lines: Iterable[Booked]) -> None:
    """Give payments back the state they had before the lines of a registry.

    What only the lines told about is forgotten: the journal and the lines themselves remember.
    """
    by_state: dict[str | None, list[str]] = {}
    for line in lines:
        if line.payment_id is not None:
            by_state.setdefault(line.payment_was, []).append(str(line.payment_id))
    transaction.run(_FORGET, ids=by_state.pop(None, []))
    for state, ids in by_state.items():
        transaction.run(_RELEASE, state=state, ids=ids)
