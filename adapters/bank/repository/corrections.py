"""Corrections of suspense lines and what they change (MEAL-BANK-12)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.bank.models import correction_line, payment, registry_correction, registry_line
from adapters.bank.repository.booking import REGISTRY
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_uuid, instant_text


class Correction(NamedTuple):
    """A row of `registry_correction`: the fields stand in the order of the columns."""

    bank: str
    correction_id: str
    registry_id: UUID
    digest: bytes
    entry: int
    created_at: datetime


class CorrectionLine(NamedTuple):
    """A row of `correction_line`: the fields stand in the order of the columns."""

    bank: str
    correction_id: str
    position: int
    """Place in the request, counted from 1."""
    line_no: int
    action: str
    new_account: str | None
    basis: str
    result: str
    result_was: str
    """Result of the registry line before."""


class Suspended(NamedTuple):
    """A registry line whose money is in suspense, with its payment."""

    line_no: int
    amount: Decimal
    result: str
    payment_id: UUID
    payment_was: str | None
    organizer_inn: str


class Settled(NamedTuple):
    """What a correction writes on a line: the key, then the columns."""

    registry_id: UUID
    line_no: int
    result: str
    note: str
    posted: Decimal | None
    posted_to: str | None
    correction_id: str


_DIGEST = Query(
    """
    SELECT digest FROM registry_correction
    WHERE bank = :bank AND correction_id = :correction_id
    """
)
_RESULTS = Query(
    """
    SELECT line_no, result FROM correction_line
    WHERE bank = :bank AND correction_id = :correction_id ORDER BY position
    """
)
_SUSPENDED = Query(
    """
    SELECT l.line_no, l.amount, l.result, p.id, l.payment_was, p.organizer_inn
    FROM registry_line l
    JOIN payment p ON p.registry_id = l.registry_id AND p.registry_line = l.line_no
        AND p.id = l.payment_id
    WHERE l.registry_id = :id AND l.line_no IN {numbers:integer} AND p.state = 'SUSPENSE'
    """
)
# Money that was credited on notice and taken back keeps its first history.
_CREDIT = Query(
    f"""
    UPDATE payment SET state = 'CREDITED',
        credited_at = CASE WHEN credited_by IS NULL THEN :now ELSE credited_at END,
        credited_by = CASE WHEN credited_by IS NULL THEN '{REGISTRY}' ELSE credited_by END
    WHERE id IN {{ids:uuid}}
    """  # noqa: S608 -- our own constant
)
_SETTLED = ("result", "note", "posted", "posted_to", "correction_id")


def digest_of(transaction: Transaction, bank: str, correction_id: str) -> bytes | None:
    """Return the digest of the correction that `bank` calls so, if there is one."""
    rows = transaction.rows(_DIGEST, bank=bank, correction_id=correction_id)
    return bytes(rows[0][0]) if rows else None


def results_of(transaction: Transaction, bank: str, correction_id: str) -> list[tuple[int, str]]:
    """Return line numbers and results of a correction in the order of its request."""
    rows = transaction.rows(_RESULTS, bank=bank, correction_id=correction_id)
    return [(line_no, result) for line_no, result in rows]


def suspended(
    transaction: Transaction, registry_id: UUID, numbers: Sequence[int]
) -> dict[int, Suspended]:
    """Return those of the lines whose money is in suspense, by number."""
    rows = transaction.rows(_SUSPENDED, id=str(registry_id), numbers=list(numbers))
    return {
        line_no: Suspended(
            line_no, to_roubles(amount), result, as_uuid(payment_id), payment_was, organizer_inn
        )
        for line_no, amount, result, payment_id, payment_was, organizer_inn in rows
    }


def add(transaction: Transaction, correction: Correction, lines: Sequence[CorrectionLine]) -> None:
    """Store a correction; raise RaceLost if its key was taken meanwhile."""
    transaction.insert_new(registry_correction, Correction._fields, [correction])
    transaction.insert_new(correction_line, CorrectionLine._fields, lines)


def settle(
    transaction: Transaction,
    lines: Sequence[Settled],
    *,
    credited: Sequence[UUID],
    refunded: Sequence[UUID],
    now: datetime,
) -> None:
    """Write the new results on the lines and the new states on their payments."""
    transaction.update(registry_line, ("registry_id", "line_no"), _SETTLED, lines)
    transaction.run(_CREDIT, ids=[str(key) for key in credited], now=instant_text(now))
    transaction.update(payment, ("id",), ("state",), [(key, "REJECTED") for key in refunded])
