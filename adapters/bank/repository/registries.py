"""Payment registries and their lines: what is asked of the database about them, by name."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from adapters.bank.booking import Line
from adapters.bank.models import payment_registry, registry_line
from gateway.contracts.messages.common import RegistryState
from gateway.kernel.errors import Finding, GatewayError
from gateway.storage.database import RaceLost, Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_uuid

INLINE = "INLINE"
FILE = "FILE"


class Phase(Enum):
    """How far background work on a registry has come; finer than its state on the wire."""

    STAGING = "STAGING"
    """Lines are being copied from the file or the message."""
    CHECKING = "CHECKING"
    """All lines are here; totals and repetitions are to be checked."""
    BOOKING = "BOOKING"
    ANNULLING = "ANNULLING"
    CLEARING = "CLEARING"
    """Nothing was credited and nothing will be: the copied lines are being dropped."""
    DONE = "DONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRegistry:
    """A row of `payment_registry`: the header the bank sent and how far its processing is."""

    id: UUID
    bank: str
    registry_id: str
    number: str
    registry_date: date
    organizer_inn: str
    contract_number: str | None
    period_from: datetime
    period_to: datetime
    kind: str
    order_number: str | None
    order_date: date | None
    order_amount: Decimal | None
    line_count: int
    total_amount: Decimal
    total_commission: Decimal | None
    net_amount: Decimal | None
    source: str
    file_name: str | None
    file_sha256: bytes | None
    digest: bytes
    entry: int
    received_at: datetime
    late_before: datetime
    state: str = RegistryState.RECEIVED.value
    phase: str = Phase.STAGING.value
    lease_owner: str | None = None
    lease_until: datetime | None = None
    staged: int = 0
    staged_amount: Decimal = Decimal("0.00")
    """Roubles of the paid lines staged so far."""
    staged_commission: Decimal = Decimal("0.00")
    booked_through: int = 0
    """The greatest lineNo that is booked; falls again while the registry is annulled."""
    processed_at: datetime | None = None
    refusal_code: str | None = None
    refusal_text: str | None = None
    refusal_findings: str | None = None
    refusal_truncated: bool = False
    credited_count: int = 0
    credited_amount: Decimal = Decimal("0.00")
    already_count: int = 0
    already_amount: Decimal = Decimal("0.00")
    error_count: int = 0
    error_amount: Decimal = Decimal("0.00")
    suspense_count: int = 0
    suspense_amount: Decimal = Decimal("0.00")
    cancelled_count: int = 0
    cancelled_amount: Decimal = Decimal("0.00")
    annul_reason: str | None = None
    annul_digest: bytes | None = None
    annul_entry: int | None = None
    annulled_at: datetime | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Why a rejected registry was rejected, place by place."""
        return tuple(Finding(**found) for found in json.loads(self.refusal_findings or "[]"))


class Slot(NamedTuple):
    """What two registries of one bank must not share (SVC-02)."""

    bank: str
    organizer_inn: str
    number: str
    registry_date: date


class Repetition(NamedTuple):
    """A bank payment id that several lines of one registry have."""

    bank_payment_id: str
    first_line: int
    lines: int


_COLUMNS = tuple(field.name for field in fields(PaymentRegistry))
_LINE_COLUMNS = ("registry_id", *Line._fields)

_HOLDING = Query(
    """
    SELECT id FROM payment_registry
    WHERE bank IN {banks:text} AND organizer_inn IN {organizers:text} AND number IN {numbers:text}
    AND state NOT IN ('REJECTED', 'ANNULLED')
    """
)
_CALLED = Query(
    "SELECT id FROM payment_registry WHERE bank IN {banks:text} AND registry_id IN {ids:text}"
)
_PRESENT_NUMBERS = Query(
    "SELECT line_no FROM registry_line WHERE registry_id = :id AND line_no IN {numbers:integer}"
)
_REPETITIONS = Query(
    """
    SELECT bank_payment_id, min(line_no), count(*) FROM registry_line WHERE registry_id = :id
    GROUP BY bank_payment_id HAVING count(*) > 1 ORDER BY 2 LIMIT :limit
    """
)
_CLEAR = Query(
    """
    DELETE FROM registry_line WHERE registry_id = :id AND line_no <= (
        SELECT max(line_no) FROM (
            SELECT line_no FROM registry_line WHERE registry_id = :id
            ORDER BY line_no LIMIT :limit
        ) AS first_ones
    )
    """
)


def slot_of(registry: PaymentRegistry) -> Slot:
    """Return what no other live registry may share with this one."""
    return Slot(registry.bank, registry.organizer_inn, registry.number, registry.registry_date)


def by_bank_ids(
    transaction: Transaction, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], PaymentRegistry]:
    """Return the registries that banks call by their ids, by (bank, id)."""
    wanted = set(keys)
    called = transaction.rows(
        _CALLED,
        banks=sorted({bank for bank, _ in wanted}),
        ids=sorted({registry_id for _, registry_id in wanted}),
    )
    found = {(one.bank, one.registry_id): one for one in _of(transaction, called)}
    return {key: registry for key, registry in found.items() if key in wanted}


def taken_slots(transaction: Transaction, slots: Iterable[Slot]) -> dict[Slot, PaymentRegistry]:
    """Return the live registries that hold any of `slots`."""
    wanted = set(slots)
    holding = transaction.rows(
        _HOLDING,
        banks=sorted({slot.bank for slot in wanted}),
        organizers=sorted({slot.organizer_inn for slot in wanted}),
        numbers=sorted({slot.number for slot in wanted}),
    )
    found = _of(transaction, holding)
    return {slot_of(registry): registry for registry in found if slot_of(registry) in wanted}


def add(transaction: Transaction, registries: Sequence[PaymentRegistry]) -> None:
    """Store new registries; raise RaceLost if another process took a key meanwhile."""
    rows = [tuple(getattr(registry, name) for name in _COLUMNS) for registry in registries]
    transaction.insert_new(payment_registry, _COLUMNS, rows)


def find(transaction: Transaction, bank: str, key: str | UUID) -> PaymentRegistry | None:
    """Return the registry of `bank` by its own id or by the hub's; another bank's is unseen."""
    column = payment_registry.c.id if isinstance(key, UUID) else payment_registry.c.registry_id
    found = _select(transaction, payment_registry.c.bank == bank, column == key)
    return found[0] if found else None


def hold(transaction: Transaction, registry_id: UUID) -> PaymentRegistry:
    """Return a registry as it is now and keep others from changing it till the end."""
    statement = (
        sa.select(payment_registry).where(payment_registry.c.id == registry_id).with_for_update()
    )
    return _registry(transaction.execute(statement).one())


def next_unfinished(transaction: Transaction, now: datetime, owner: str) -> PaymentRegistry | None:
    """Return the shortest registry with work left that nobody else works on.

    The shortest first, so that a small registry never waits for a million lines.
    """
    table = payment_registry.c
    statement = (
        sa.select(payment_registry)
        .where(
            table.phase != sa.literal_column(f"'{Phase.DONE.value}'"),  # as the index says it
            table.lease_until.is_(None) | (table.lease_until <= now) | (table.lease_owner == owner),
        )
        .order_by(table.line_count, table.received_at, table.id)
        .limit(1)
    )
    row = transaction.execute(statement).one_or_none()
    return None if row is None else _registry(row)


def claim(
    transaction: Transaction, registry: PaymentRegistry, owner: str, now: datetime, until: datetime
) -> bool:
    """Take a registry to work on `until` then; False when another process was quicker."""
    table = payment_registry.c
    fresh = registry.state == RegistryState.RECEIVED.value
    statement = (
        sa.update(payment_registry)
        .where(
            table.id == registry.id,
            table.phase == registry.phase,
            table.state == registry.state,
            table.lease_until.is_(None) | (table.lease_until <= now) | (table.lease_owner == owner),
        )
        .values(
            lease_owner=owner,
            lease_until=until,
            state=RegistryState.PROCESSING.value if fresh else registry.state,
        )
    )
    return transaction.execute(statement).rowcount == 1


def put_off(transaction: Transaction, registry_id: UUID, until: datetime) -> None:
    """Let other registries go first until then."""
    change(transaction, registry_id, lease_owner=None, lease_until=until)


def change(transaction: Transaction, registry_id: UUID, **values: object) -> None:
    """Set columns of a registry that this transaction holds."""
    statement = (
        sa.update(payment_registry).where(payment_registry.c.id == registry_id).values(**values)
    )
    transaction.execute(statement)


def reject(
    transaction: Transaction, registry: PaymentRegistry, error: GatewayError, now: datetime
) -> None:
    """Refuse a whole registry of which nothing is credited; its lines are dropped afterwards."""
    found = json.dumps([asdict(finding) for finding in error.findings], ensure_ascii=False)
    change(
        transaction,
        registry.id,
        state=RegistryState.REJECTED.value,
        phase=Phase.CLEARING.value,
        processed_at=now,
        refusal_code=error.code,
        refusal_text=error.text,
        refusal_findings=found,
        refusal_truncated=error.truncated,
    )


def add_lines(transaction: Transaction, registry_id: UUID, lines: Sequence[Line]) -> list[int]:
    """Store lines, or none of them if line numbers repeat; return the repeated ones in order."""
    key = str(registry_id)  # once for all lines: a UUID is slow to write
    rows = [(key, *line) for line in lines]
    try:
        with transaction.savepoint():
            transaction.insert_new(registry_line, _LINE_COLUMNS, rows)
    except RaceLost:
        return _repeated(transaction, registry_id, [line.line_no for line in lines])
    return []


def _repeated(transaction: Transaction, registry_id: UUID, numbers: Sequence[int]) -> list[int]:
    rows = transaction.rows(_PRESENT_NUMBERS, id=str(registry_id), numbers=list(numbers))
    present = {number for (number,) in rows}
    counted = Counter(numbers)
    return sorted(number for number in counted if counted[number] > 1 or number in present)


def repetitions(transaction: Transaction, registry_id: UUID, limit: int) -> list[Repetition]:
    """Return at most `limit` bank payment ids that several lines have, by first line."""
    rows = transaction.rows(_REPETITIONS, id=str(registry_id), limit=limit)
    return [Repetition(*row) for row in rows]


def clear_lines(transaction: Transaction, registry_id: UUID, limit: int) -> int:
    """Drop at most `limit` lines of a registry that will never be booked; return how many."""
    return transaction.run(_CLEAR, id=str(registry_id), limit=limit)


def page_of(
    transaction: Transaction,
    bank: str,
    first: date,
    last: date,
    *,
    organizer_inn: str | None,
    state: str | None,
    after: tuple[date, UUID] | None,
    limit: int,
) -> list[PaymentRegistry]:
    """Return registries of `bank` dated `first` to `last`, by date, then by id."""
    table = payment_registry.c
    wanted = [table.bank == bank, table.registry_date.between(first, last)]
    if organizer_inn is not None:
        wanted.append(table.organizer_inn == organizer_inn)
    if state is not None:
        wanted.append(table.state == state)
    if after is not None:
        day, key = after
        wanted.append(
            (table.registry_date > day) | ((table.registry_date == day) & (table.id > key))
        )
    return _select(transaction, *wanted, limit=limit)


def _of(transaction: Transaction, keys: Sequence[tuple[Any, ...]]) -> list[PaymentRegistry]:
    """Return the registries of these ids: seldom any, a new registry is like no other."""
    ids = [as_uuid(key) for (key,) in keys]
    return _select(transaction, payment_registry.c.id.in_(ids)) if ids else []


def _select(
    transaction: Transaction, *wanted: sa.ColumnElement[bool], limit: int | None = None
) -> list[PaymentRegistry]:
    statement = (
        sa.select(payment_registry)
        .where(*wanted)
        .order_by(payment_registry.c.registry_date, payment_registry.c.id)
        .limit(limit)
    )
    return [_registry(row) for row in transaction.execute(statement)]


def _registry(row: sa.Row[Any]) -> PaymentRegistry:
    return PaymentRegistry(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name
