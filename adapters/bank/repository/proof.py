"""What `hub reconcile` asks about registries: lines, counters and payments that must agree."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from gateway.kernel.money import format_roubles, to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_uuid

NAMED = 100
"""How many rows of one kind are named at most."""

_RESULTS = {
    "credited": "('CREDITED', 'CREDITED_WITHOUT_NOTICE')",
    "already": "('ALREADY_CREDITED')",
    "error": "('AMOUNT_MISMATCH', 'DUPLICATE')",
    "suspense": "('ACCOUNT_UNKNOWN', 'ACCOUNT_CLOSED', 'SUSPENSE')",
    "cancelled": "('CANCELLED')",
}


class WrongCounter(NamedTuple):
    """A number kept on a registry that its lines do not come to."""

    bank: str
    registry_id: str
    number: str
    what: str
    kept: str
    counted: str


class MovedLine(NamedTuple):
    """A line that moved money, and whether that was reversed."""

    registry_id: UUID
    line_no: int
    posted: Decimal
    posted_to: str
    corrected: bool
    reversed: bool


_COUNTED = ", ".join(
    f"r.{name}_count, count(*) FILTER (WHERE l.result IN {results}), "
    f"r.{name}_amount, "
    f"coalesce(sum(l.amount) FILTER (WHERE l.status = 'PAID' AND l.result IN {results}), 0)"
    for name, results in _RESULTS.items()
)
_COUNTERS = Query(
    f"""
    SELECT r.bank, r.registry_id, r.number, r.state, r.phase, r.line_count, r.staged,
           count(l.line_no), {_COUNTED}
    FROM payment_registry r LEFT JOIN registry_line l ON l.registry_id = r.id
    WHERE r.phase <> 'CLEARING'
    GROUP BY r.id ORDER BY r.id
    """  # noqa: S608 -- our own names
)
_MOVED = """
    SELECT l.registry_id, l.line_no, l.posted, l.posted_to, l.correction_id IS NOT NULL,
           r.annul_digest IS NOT NULL AND l.line_no > r.booked_through
    FROM registry_line l JOIN payment_registry r ON r.id = l.registry_id
    WHERE l.posted IS NOT NULL
"""
_MOVED_PAGE = Query(
    f"""
    {_MOVED} AND (l.registry_id, l.line_no) > (:registry_id, :line_no)
    ORDER BY l.registry_id, l.line_no LIMIT :limit
    """
)
_MOVED_NUMBERS = Query(
    f"{_MOVED} AND l.registry_id = :registry_id AND l.line_no IN {{numbers:integer}}"
)
_UNTIED_PAYMENTS = Query(
    """
    SELECT p.bank, p.bank_payment_id, p.id FROM payment p
    LEFT JOIN registry_line l ON l.registry_id = p.registry_id AND l.line_no = p.registry_line
    WHERE p.registry_id IS NOT NULL AND (
        l.payment_id IS NULL OR l.payment_id <> p.id
        OR (p.credited_by = 'REGISTRY' AND (l.posted IS NULL OR l.posted <> p.amount))
        OR (l.posted > 0 AND p.state <> 'CREDITED')
    )
    ORDER BY p.id LIMIT :limit
    """
)
_UNTIED_LINES = Query(
    """
    SELECT l.registry_id, l.line_no, l.payment_id FROM registry_line l
    JOIN payment_registry r ON r.id = l.registry_id
    LEFT JOIN payment p ON p.id = l.payment_id
    WHERE l.payment_id IS NOT NULL AND r.annul_digest IS NULL AND (
        p.id IS NULL OR p.registry_id IS NULL
        OR p.registry_id <> l.registry_id OR p.registry_line <> l.line_no
    )
    ORDER BY l.registry_id, l.line_no LIMIT :limit
    """
)


def wrong_counters(transaction: Transaction) -> Iterator[WrongCounter]:
    """Name every counter of a registry that differs from its lines."""
    for bank, registry_id, number, state, phase, *numbers in transaction.rows(_COUNTERS):
        declared, staged, counted = numbers[:3]
        checks = [("staged", staged, counted)]
        if phase not in {"STAGING", "CHECKING"} and state not in {"REJECTED", "ANNULLED"}:
            checks.append(("line_count", declared, staged))
        for name, (kept, lines, amount, summed) in _quads(numbers[3:]):
            checks.append((f"{name}_count", kept, lines))
            checks.append((f"{name}_amount", _roubles(amount), _roubles(summed)))
        for what, kept, found in checks:
            if kept != found:
                yield WrongCounter(bank, registry_id, number, what, str(kept), str(found))


def moved_pages(transaction: Transaction, limit: int) -> Iterator[Sequence[MovedLine]]:
    """Go through all lines that moved money, `limit` at a time."""
    last, line_no = UUID(int=0), 0
    while rows := transaction.rows(
        _MOVED_PAGE, registry_id=str(last), line_no=line_no, limit=limit
    ):
        page = [_moved(row) for row in rows]
        yield page
        last, line_no = page[-1].registry_id, page[-1].line_no


def moved_lines(
    transaction: Transaction, registry_id: UUID, numbers: Sequence[int]
) -> list[MovedLine]:
    """Return those of the lines that moved money."""
    rows = transaction.rows(_MOVED_NUMBERS, registry_id=str(registry_id), numbers=list(numbers))
    return [_moved(row) for row in rows]


def untied_payments(transaction: Transaction) -> list[tuple[str, str, UUID]]:
    """Return bank, bank payment id and id of payments whose registry line says otherwise."""
    return [
        (bank, bank_payment_id, as_uuid(key))
        for bank, bank_payment_id, key in transaction.rows(_UNTIED_PAYMENTS, limit=NAMED)
    ]


def untied_lines(transaction: Transaction) -> list[tuple[UUID, int, UUID]]:
    """Return registry, number and payment of lines whose payment is not in their registry."""
    return [
        (as_uuid(registry_id), line_no, as_uuid(payment_id))
        for registry_id, line_no, payment_id in transaction.rows(_UNTIED_LINES, limit=NAMED)
    ]


def _quads(numbers: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    for place, name in enumerate(_RESULTS):
        yield name, numbers[place * 4 : place * 4 + 4]


def _roubles(kopecks: int | Decimal) -> str:
    return format_roubles(to_roubles(int(kopecks)))


def _moved(row: tuple[Any, ...]) -> MovedLine:
    registry_id, line_no, posted, posted_to, corrected, reversed_ = row
    return MovedLine(
        as_uuid(registry_id),
        line_no,
        to_roubles(posted),
        posted_to,
        bool(corrected),
        bool(reversed_),
    )
