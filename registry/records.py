"""What the registry keeps of a participant, piece by piece: one open row per key, older ones ended.

A `Record` says which table, which columns name a thing and which columns describe it. Everything
that is kept this way is written by the two functions here, so history and trace are never
forgotten: a change ends the open row, adds another and leaves a line of the change log that
alone is enough to say what stands now (`registry.history.replay`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.storage.database import Transaction
from gateway.storage.types import Sealed
from registry import errors
from registry.change import Change

Card = dict[str, Any]
"""A record as the change log writes it: JSON values, personal data sealed."""


@dataclass(frozen=True, slots=True)
class Record:
    """One sort of thing that is kept with its history."""

    subject: str
    """Its name in the change log."""
    table: sa.Table
    key: tuple[str, ...]
    """Columns that name it; of equal keys one row is open."""
    values: tuple[str, ...]
    """Columns that describe it."""


def put(
    change: Change,
    record: Record,
    row: Mapping[str, Any],
    *,
    basis: str | None = None,
    once: Mapping[str, Any] | None = None,
) -> bool:
    """Let `row` be what stands; return False, and change nothing, if it stands already.

    `row` has every column of the key and of the values. `once` are columns of the new row that say
    nothing about the thing, such as its identifier.
    """
    values = {name: _plain(row[name]) for name in (*record.key, *record.values)}
    before = change.first(sa.select(record.table).where(*_open(record, values)))
    if before is not None and all(before[name] == values[name] for name in record.values):
        return False
    if before is not None:
        _end(change, record, values)
    change.insert(record.table, created_at=change.now, **values, **(once or {}))
    change.log(
        record.subject, _written(change, record, before), card(change, record, values), basis
    )
    return True


def finish(
    change: Change, record: Record, key: Mapping[str, Any], *, basis: str | None = None
) -> None:
    """End what stands under `key`; raise NothingToChange if nothing does."""
    plain = {name: _plain(key[name]) for name in record.key}
    before = change.first(sa.select(record.table).where(*_open(record, plain)))
    if before is None:
        raise errors.NothingToChange
    _end(change, record, plain)
    change.log(record.subject, _written(change, record, before), None, basis)


def standing(transaction: Transaction, record: Record, **columns: object) -> list[sa.RowMapping]:
    """Return what stands, filtered by equal columns, in the order of the keys."""
    table = record.table
    query = sa.select(table).where(
        table.c.ended_at.is_(None), *(table.c[name] == value for name, value in columns.items())
    )
    order = query.order_by(*(table.c[name] for name in record.key))
    return list(transaction.execute(order).mappings())


def history(transaction: Transaction, record: Record, **columns: object) -> list[sa.RowMapping]:
    """Return every row there ever was, filtered by equal columns, oldest first."""
    table = record.table
    conditions = [table.c[name] == value for name, value in columns.items()]
    query = sa.select(table).where(*conditions).order_by(table.c.created_at, table.c.id)
    return list(transaction.execute(query).mappings())


def card(change: Change, record: Record, row: Mapping[Any, Any]) -> Card:
    """Return a row as the change log writes it."""
    return {name: _json(change, record.table.c[name], row[name]) for name in _columns(record)}


def _written(change: Change, record: Record, row: sa.RowMapping | None) -> Card | None:
    return None if row is None else card(change, record, row)


def _columns(record: Record) -> tuple[str, ...]:
    return (*record.key, *record.values)


def _end(change: Change, record: Record, values: Mapping[str, Any]) -> None:
    change.execute(
        sa.update(record.table).where(*_open(record, values)).values(ended_at=change.now)
    )


def _open(record: Record, values: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    table = record.table
    named = [table.c[name] == values[name] for name in record.key]
    return [table.c.ended_at.is_(None), *named]


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def _json(change: Change, column: sa.Column[Any], value: object) -> object:
    if value is not None and isinstance(column.type, Sealed):
        return change.seal(column.type.place, str(value))
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
