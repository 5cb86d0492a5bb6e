"""Batches of menu rows and what became of each row: what is asked of the database, by name."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from adapters.meals.models import menu_import, menu_import_row
from adapters.organizer.messages import ImportState
from gateway.kernel.errors import Finding, GatewayError
from gateway.storage.database import Transaction
from gateway.storage.query import Query

INLINE = "INLINE"
FILE = "FILE"


class ImportKind(Enum):
    """What the rows of a batch are."""

    DISHES = "DISHES"
    COMPLEXES = "COMPLEXES"
    STANDARD = "STANDARD"
    """Items of the additional menu that supplement a complex."""
    HOME_STUDY = "HOME_STUDY"
    """Items for pupils who study at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuImport:
    """A row of `menu_import`: a batch as it came and how far its processing is."""

    id: UUID
    sender: str
    batch_id: str
    organizer_inn: str
    kind: str
    mode: str | None
    source: str
    file_sha256: bytes | None
    digest: bytes
    entry: int
    received_at: datetime
    processed_at: datetime | None = None
    state: str = ImportState.RECEIVED.value
    lease_owner: str | None = None
    lease_until: datetime | None = None
    staged: int = 0
    """Rows read, found valid and noted by their codes."""
    total: int | None = None
    """Rows of the batch, once the last is read."""
    processed: int = 0
    """Rows answered, from the first on without a gap."""
    accepted: int = 0
    unchanged: int = 0
    rejected: int = 0
    version: int | None = None
    refusal_code: str | None = None
    refusal_text: str | None = None
    refusal_findings: str | None = None
    refusal_truncated: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Why a failed batch failed, place by place."""
        return tuple(Finding(**found) for found in json.loads(self.refusal_findings or "[]"))


class Noted(NamedTuple):
    """A row that was read: what must not repeat in its batch."""

    row_no: int
    code: str
    days: str | None
    """Of a complex: ISO dates, by spaces."""


class Answered(NamedTuple):
    """What became of a row."""

    row_no: int
    code: str
    result: str
    errors: str | None
    """JSON: code, message and path of each."""


_COLUMNS = tuple(field.name for field in fields(MenuImport))
_UNFINISHED = (ImportState.RECEIVED.value, ImportState.PROCESSING.value)

_NAMESAKES = Query(
    """
    SELECT row_no, code, days FROM menu_import_row
    WHERE import_id = :id AND code IN {codes:text}
    """
)
_ANSWERED = Query(
    """
    SELECT row_no, code, result, errors FROM menu_import_row
    WHERE import_id = :id AND row_no > :after AND result IS NOT NULL
    ORDER BY row_no LIMIT :limit
    """
)
_CLEAR = Query("DELETE FROM menu_import_row WHERE import_id = :id")


def add(transaction: Transaction, one: MenuImport) -> None:
    """Store a new batch; raise RaceLost if another process took its key meanwhile."""
    transaction.insert_new(menu_import, _COLUMNS, [tuple(getattr(one, name) for name in _COLUMNS)])


def by_batch_id(transaction: Transaction, sender: str, batch_id: str) -> MenuImport | None:
    """Return the batch that a sender calls by its own id."""
    table = menu_import.c
    return _one(transaction, table.sender == sender, table.batch_id == batch_id)


def find(transaction: Transaction, organizer_inn: str, import_id: UUID) -> MenuImport | None:
    """Return a batch of an organizer; another organizer's is unseen."""
    table = menu_import.c
    return _one(transaction, table.organizer_inn == organizer_inn, table.id == import_id)


def hold(transaction: Transaction, import_id: UUID) -> MenuImport:
    """Return a batch as it is now and keep others from changing it till the end."""
    statement = sa.select(menu_import).where(menu_import.c.id == import_id).with_for_update()
    return _import(transaction.execute(statement).one())


def next_unfinished(transaction: Transaction, now: datetime, owner: str) -> MenuImport | None:
    """Return a batch with work left that nobody else works on.

    Batches of one organizer go strictly as they came: complexes follow the dishes they name.
    Among organizers the batch that has had the least work goes first, so that a small one does
    not wait for 50,000 rows of somebody else.
    """
    table, earlier = menu_import.c, menu_import.alias("earlier")
    came_before = (earlier.c.received_at < table.received_at) | (
        (earlier.c.received_at == table.received_at) & (earlier.c.entry < table.entry)
    )
    waits = sa.exists().where(
        earlier.c.organizer_inn == table.organizer_inn,
        earlier.c.state.in_(_UNFINISHED),
        came_before,
    )
    statement = (
        sa.select(menu_import)
        .where(table.state.in_(_UNFINISHED), _is_free(now, owner), ~waits)
        .order_by(table.staged + table.processed, table.received_at, table.entry)
        .limit(1)
    )
    row = transaction.execute(statement).one_or_none()
    return None if row is None else _import(row)


def claim(
    transaction: Transaction, one: MenuImport, owner: str, now: datetime, until: datetime
) -> bool:
    """Take a batch to work on `until` then; False when another process was quicker."""
    statement = (
        sa.update(menu_import)
        .where(menu_import.c.id == one.id, menu_import.c.state == one.state, _is_free(now, owner))
        .values(lease_owner=owner, lease_until=until, state=ImportState.PROCESSING.value)
    )
    return transaction.execute(statement).rowcount == 1


def put_off(transaction: Transaction, import_id: UUID, until: datetime) -> None:
    """Let other batches go first until then."""
    change(transaction, import_id, lease_owner=None, lease_until=until)


def change(transaction: Transaction, import_id: UUID, **values: object) -> None:
    """Set columns of a batch that this transaction holds."""
    transaction.execute(
        sa.update(menu_import).where(menu_import.c.id == import_id).values(**values)
    )


def fail(transaction: Transaction, one: MenuImport, error: GatewayError, now: datetime) -> None:
    """Refuse a whole batch of which nothing has been applied."""
    transaction.run(_CLEAR, id=str(one.id))
    change(
        transaction,
        one.id,
        state=ImportState.FAILED.value,
        lease_owner=None,
        lease_until=None,
        processed_at=now,
        refusal_code=error.code,
        refusal_text=error.text,
        refusal_findings=json.dumps([asdict(f) for f in error.findings], ensure_ascii=False),
        refusal_truncated=error.truncated,
    )


def note(transaction: Transaction, import_id: UUID, rows: Iterable[Noted]) -> None:
    """Note rows that were read; they are answered later."""
    key = str(import_id)  # once for all rows: a UUID is slow to write
    transaction.insert_new(
        menu_import_row, ("import_id", *Noted._fields), [(key, *row) for row in rows]
    )


def namesakes(transaction: Transaction, import_id: UUID, codes: Iterable[str]) -> list[Noted]:
    """Return the rows of a batch, wherever in it, that have one of `codes`."""
    rows = transaction.rows(_NAMESAKES, id=str(import_id), codes=sorted(set(codes)))
    return [Noted(*row) for row in rows]


def answer(transaction: Transaction, import_id: UUID, rows: Iterable[Answered]) -> None:
    """Store what became of noted rows."""
    key = str(import_id)
    transaction.update(
        menu_import_row,
        ("import_id", "row_no"),
        ("result", "errors"),
        [(key, row.row_no, row.result, row.errors) for row in rows],
    )


def answered_after(
    transaction: Transaction, import_id: UUID, after: int, limit: int
) -> list[Answered]:
    """Return at most `limit` answered rows numbered above `after`, in order."""
    rows = transaction.rows(_ANSWERED, id=str(import_id), after=after, limit=limit)
    return [Answered(*row) for row in rows]


def _is_free(now: datetime, owner: str) -> sa.ColumnElement[bool]:
    table = menu_import.c
    return table.lease_until.is_(None) | (table.lease_until <= now) | (table.lease_owner == owner)


def _one(transaction: Transaction, *wanted: sa.ColumnElement[bool]) -> MenuImport | None:
    row = transaction.execute(sa.select(menu_import).where(*wanted)).one_or_none()
    return None if row is None else _import(row)


def _import(row: sa.Row[Any]) -> MenuImport:
    return MenuImport(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name
