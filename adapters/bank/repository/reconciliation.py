"""Reconciliation of notices, registries and credits by the time of payment (MEAL-BANK-14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from adapters.bank.models import reconciliation
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_instant, instant_text

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Total:
    """How many payments and for how many roubles."""

    count: int = 0
    amount: Decimal = _ZERO

    def __add__(self, other: "Total") -> "Total":
        """Add both sides up."""
        return Total(self.count + other.count, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sides of a reconciliation."""

    notified: Total = Total()
    """Told by RegisterPayment and not cancelled."""
    registered: Total = Total()
    """Paid lines of registries, by the registries' sums."""
    credited: Total = Total()
    missing_in_registry: Total = Total()
    missing_notice: Total = Total()
    mismatched: Total = Total()
    """By the notices' sums."""
    suspense: Total = Total()

    def __add__(self, other: "Totals") -> "Totals":
        """Add all sides up."""
        return Totals(*(getattr(self, name) + getattr(other, name) for name in SIDES))


SIDES = tuple(field.name for field in fields(Totals))


class Scope(NamedTuple):
    """Whose payments of which time: `start` belongs to it, `end` does not."""

    start: datetime
    end: datetime
    bank: str | None = None
    organizer_inn: str | None = None


class Unmatched(NamedTuple):
    """A payment that only one side has."""

    bank_payment_id: str
    account: str
    amount: Decimal
    payment_time: datetime


class Mismatched(NamedTuple):
    """A payment whose notice and registry line differ."""

    bank_payment_id: str
    notice_amount: Decimal
    registry_amount: Decimal
    """Roubles; 0.00 where the registry says that the payment was cancelled."""


class Waiting(NamedTuple):
    """Payments of one bank to one organizer that no registry has brought in time."""

    bank: str
    organizer_inn: str
    total: Total
    oldest: datetime


# One condition for each side; the totals and the lists of the two must never part.
_NOTIFIED = "p.source = 'ONLINE' AND p.state <> 'CANCELLED'"
_REGISTERED = "l.status = 'PAID'"
_CREDITED = "p.state = 'CREDITED'"
_MISSING_IN_REGISTRY = (
    "p.source = 'ONLINE' AND p.registry_id IS NULL AND p.state IN ('ACCEPTED', 'CREDITED')"
)
_MISSING_NOTICE = "p.source = 'REGISTRY'"
_MISMATCHED = "l.result = 'AMOUNT_MISMATCH'"
_SUSPENSE = "p.state = 'SUSPENSE'"

_WITH_LINES = """
    FROM payment p
    LEFT JOIN registry_line l ON l.registry_id = p.registry_id AND l.line_no = p.registry_line
"""
_IN_SCOPE = """
    p.payment_time >= :start AND p.payment_time < :end
    AND (:bank = '' OR p.bank = :bank)
    AND (:organizer_inn = '' OR p.organizer_inn = :organizer_inn)
"""


def _side(condition: str, amount: str = "p.amount") -> str:
    return f"count(*) FILTER (WHERE {condition}), sum({amount}) FILTER (WHERE {condition})"


_TOTALS = Query(
    f"""
    SELECT p.bank, p.organizer_inn, {_side(_NOTIFIED)}, {_side(_REGISTERED, "l.amount")},
           {_side(_CREDITED)}, {_side(_MISSING_IN_REGISTRY)}, {_side(_MISSING_NOTICE)},
           {_side(_MISMATCHED)}, {_side(_SUSPENSE)}
    {_WITH_LINES} WHERE {_IN_SCOPE}
    GROUP BY p.bank, p.organizer_inn
    """
)


def _unmatched_where(condition: str) -> Query:
    return Query(
        f"""
        SELECT p.bank_payment_id, p.account, p.amount, p.payment_time
        FROM payment p WHERE {_IN_SCOPE} AND {condition}
        ORDER BY p.payment_time, p.bank_payment_id LIMIT :limit
        """  # noqa: S608 -- our own conditions
    )


_UNREGISTERED = _unmatched_where(_MISSING_IN_REGISTRY)
_UNNOTICED = _unmatched_where(_MISSING_NOTICE)
_DIFFERENT = Query(
    f"""
    SELECT p.bank_payment_id, p.amount, CASE WHEN {_REGISTERED} THEN l.amount ELSE 0 END
    {_WITH_LINES} WHERE {_IN_SCOPE} AND {_MISMATCHED}
    ORDER BY p.payment_time, p.bank_payment_id LIMIT :limit
    """
)
_WAITING = Query(
    f"""
    SELECT p.bank, p.organizer_inn, count(*), sum(p.amount), min(p.payment_time)
    FROM payment p WHERE p.payment_time < :before AND p.bank = :bank AND {_MISSING_IN_REGISTRY}
    GROUP BY p.bank, p.organizer_inn ORDER BY p.organizer_inn
    """  # noqa: S608 -- our own conditions
)
_PRESENT = Query(
    """
    SELECT DISTINCT organizer_inn FROM payment_registry
    WHERE bank = :bank AND state NOT IN ('ANNULLED', 'REJECTED')
        AND (registry_date = :day OR (period_from < :end AND period_to > :start))
    """
)
_SETTLE = Query(
    f"""
    UPDATE payment_registry SET state = CASE
        WHEN error_count = 0 AND suspense_count = 0 AND NOT EXISTS (
            SELECT 1 FROM payment p
            WHERE p.bank = payment_registry.bank
                AND p.organizer_inn = payment_registry.organizer_inn
                AND p.payment_time >= payment_registry.period_from
                AND p.payment_time <= payment_registry.period_to
                AND {_MISSING_IN_REGISTRY}
        ) THEN 'RECONCILED' ELSE 'DISCREPANCY' END
    WHERE state IN ('ACCEPTED', 'ACCEPTED_WITH_ERRORS', 'DISCREPANCY') AND processed_at < :before
    """  # noqa: S608 -- our own conditions
)
_DISCREPANT = Query(
    """
    SELECT bank, organizer_inn, count(*) FROM payment_registry WHERE state = 'DISCREPANCY'
    GROUP BY bank, organizer_inn ORDER BY bank, organizer_inn
    """
)


def totals(transaction: Transaction, scope: Scope) -> dict[tuple[str, str], Totals]:
    """Return the totals per bank and organizer INN."""
    return {
        (bank, organizer_inn): Totals(*_pairs(numbers))
        for bank, organizer_inn, *numbers in transaction.rows(_TOTALS, **_values(scope))
    }


def missing_in_registry(transaction: Transaction, scope: Scope, limit: int) -> list[Unmatched]:
    """Return at most `limit` payments told online that no registry has brought."""
    return _unmatched(transaction.rows(_UNREGISTERED, **_values(scope), limit=limit))


def missing_notice(transaction: Transaction, scope: Scope, limit: int) -> list[Unmatched]:
    """Return at most `limit` payments that only registries told about."""
    return _unmatched(transaction.rows(_UNNOTICED, **_values(scope), limit=limit))


def mismatched(transaction: Transaction, scope: Scope, limit: int) -> list[Mismatched]:
    """Return at most `limit` payments whose notice and registry differ."""
    rows = transaction.rows(_DIFFERENT, **_values(scope), limit=limit)
    return [
        Mismatched(bank_payment_id, to_roubles(notice), to_roubles(registry))
        for bank_payment_id, notice, registry in rows
    ]


def waiting(transaction: Transaction, bank: str, before: datetime) -> list[Waiting]:
    """Return by organizer the payments of `bank` made before then and in no registry yet."""
    rows = transaction.rows(_WAITING, bank=bank, before=instant_text(before))
    return [
        Waiting(code, organizer_inn, _total(count, amount), as_instant(oldest))
        for code, organizer_inn, count, amount, oldest in rows
    ]


def organizers_with_registry(
    transaction: Transaction, bank: str, day: date, start: datetime, end: datetime
) -> frozenset[str]:
    """Return the INNs for which `bank` handed in a registry of `day`, which is `start`..`end`."""
    rows = transaction.rows(
        _PRESENT, bank=bank, day=str(day), start=instant_text(start), end=instant_text(end)
    )
    return frozenset(inn for (inn,) in rows)


def settle_registries(transaction: Transaction, before: datetime) -> int:
    """Set RECONCILED or DISCREPANCY on the registries processed before then; return how many.

    A registry is reconciled when all its lines are settled and no payment that was told online
    within its period is left without a registry.
    """
    return transaction.run(_SETTLE, before=instant_text(before))


def discrepant(transaction: Transaction) -> list[tuple[str, str, int]]:
    """Return bank, organizer INN and the number of registries with discrepancies."""
    return [(bank, inn, count) for bank, inn, count in transaction.rows(_DISCREPANT)]


def store(
    transaction: Transaction,
    day: date,
    found: Iterable[tuple[tuple[str, str], Totals]],
    now: datetime,
) -> None:
    """Keep the totals of a local day; what is kept already stays."""
    rows = [
        (*key, day, *(part for name in SIDES for part in _parts(getattr(one, name))), now)
        for key, one in found
    ]
    transaction.insert(reconciliation, _STORED, rows, "DO NOTHING")


_STORED = (
    "bank",
    "organizer_inn",
    "business_date",
    *(f"{side}_{part}" for side in SIDES for part in ("count", "amount")),
    "created_at",
)


def _values(scope: Scope) -> dict[str, str]:
    return {
        "start": instant_text(scope.start),
        "end": instant_text(scope.end),
        "bank": scope.bank or "",
        "organizer_inn": scope.organizer_inn or "",
    }


def _pairs(numbers: Sequence[Any]) -> Iterable[Total]:
    return (
        _total(count, amount) for count, amount in zip(numbers[::2], numbers[1::2], strict=True)
    )


def _total(count: int, amount: int | Decimal | None) -> Total:
    return Total(count, to_roubles(int(amount or 0)))


def _parts(total: Total) -> tuple[int, Decimal]:
    return (total.count, total.amount)


def _unmatched(rows: Iterable[tuple[Any, ...]]) -> list[Unmatched]:
    return [
        Unmatched(bank_payment_id, account, to_roubles(amount), as_instant(payment_time))
        for bank_payment_id, account, amount, payment_time in rows
    ]
