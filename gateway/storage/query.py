"""Hot statements: written once, rendered for the driver of either database.

A `Query` is SQL text with `:name` for a value and `IN {name:type}` for membership in an array
(`type` is PostgreSQL's element type). Inserts of many rows are rendered from a table's columns:
`unnest` of arrays on PostgreSQL, `executemany` on SQLite; updates of many rows by key likewise.
"""

import json
import re
import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from psycopg.adapt import Dumper
from psycopg.pq import Format

from gateway.kernel import money
from gateway.storage.types import Identifier, Instant, Roubles, instant_text

_ARRAY = re.compile(r"IN \{(\w+):(\w+)\}")
_VALUE = re.compile(r"(?<![:\w]):(\w+)")


class Query:
    """One statement of the hot path in both dialects."""

    __slots__ = ("postgresql", "sqlite")

    def __init__(self, text: str, *, locking: bool = False) -> None:
        """Render `text` for both drivers at import time.

        A `locking` query keeps the rows it reads until the transaction ends; SQLite has one
        writer and needs no word for it.
        """
        percent = text.replace("%", "%%")
        self.postgresql = _VALUE.sub(
            r"%(\1)s", _ARRAY.sub(r"= ANY(%(\1)s::\2[])", percent).replace("::", "\0")
        ).replace("\0", "::")
        if locking:
            self.postgresql += " FOR UPDATE"
        self.sqlite = _ARRAY.sub(r"IN (SELECT value FROM json_each(:\1))", text)


class ByteaArray(bytes):
    """A `bytea[]` parameter in PostgreSQL's binary form."""

    __slots__ = ()

    @classmethod
    def of(cls, values: Sequence[bytes | None]) -> "ByteaArray":
        """Build the array: one dimension, lower bound 1, NULL where a value is None."""
        parts = [struct.pack("!iiIii", 1, int(None in values), _BYTEA, len(values), 1)]
        for value in values:
            if value is None:
                parts.append(_NULL)
            else:
                parts.append(struct.pack("!i", len(value)))
                parts.append(value)
        return cls(b"".join(parts))


_BYTEA = 17
_BYTEA_ARRAY = 1001
_NULL = struct.pack("!i", -1)


class ByteaArrayDumper(Dumper):
    """Hands a ready `bytea[]` to the driver as it is."""

    format = Format.BINARY
    oid = _BYTEA_ARRAY

    def dump(self, obj: ByteaArray) -> bytes:
        """Return the ready bytes."""
        return obj


def text_array(values: Iterable[object | None]) -> str:
    """Return PostgreSQL's array literal of `values`; their `str` is the element text."""
    elements = []
    for value in values:
        if value is None:
            elements.append("NULL")
            continue
        text = str(value)
        if "\\" in text or '"' in text:
            text = text.replace("\\", "\\\\").replace('"', '\\"')
        elements.append(f'"{text}"')
    return "{" + ",".join(elements) + "}"


def json_array(values: Iterable[object]) -> str:
    """Return the JSON text that SQLite's `json_each` reads."""
    return json.dumps([value if isinstance(value, int) else str(value) for value in values])


def prepare_driver(connection: psycopg.Connection[Any]) -> None:
    """Teach a new PostgreSQL connection our parameter types."""
    connection.adapters.register_dumper(ByteaArray, ByteaArrayDumper)


class Insert:
    """Many rows into one table as one statement."""

    __slots__ = ("_rows", "postgresql", "sqlite")

    def __init__(self, table: sa.Table, columns: Sequence[str], conflict: str) -> None:
        """Render the statement for `columns`; `conflict` is what follows ON CONFLICT, or empty."""
        self._rows = _Rows(table, columns)
        names = ", ".join(columns)
        tail = f" ON CONFLICT {conflict}" if conflict else ""
        marks = ", ".join("?" for _ in columns)
        head = f"INSERT INTO {table.name} ({names}) "
        self.postgresql = f"{head}SELECT * FROM {self._rows.unnest}{tail}"  # noqa: S608 -- names of our own tables
        self.sqlite = f"{head}VALUES ({marks}){tail}"

    def arrays(self, rows: Sequence[Sequence[Any]]) -> list[object]:
        """Turn rows into one array parameter per column."""
        return self._rows.arrays(rows)

    def plain(self, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[object, ...]]:
        """Turn rows into tuples of what SQLite stores."""
        return self._rows.plain(rows)


class Update:
    """Many rows of one table, each found by its key, as one statement."""

    __slots__ = ("_key", "_rows", "postgresql", "sqlite")

    def __init__(self, table: sa.Table, key: Sequence[str], columns: Sequence[str]) -> None:
        """Render the statement; a row carries the values of `key`, then those of `columns`."""
        names = (*key, *columns)
        self._key = len(key)
        self._rows = _Rows(table, names)
        joined = " AND ".join(f"{table.name}.{name} = given.{name}" for name in key)
        given = ", ".join(f"{name} = given.{name}" for name in columns)
        self.postgresql = (
            f"UPDATE {table.name} SET {given} "  # noqa: S608 -- names of our own tables
            f"FROM {self._rows.unnest} AS given({', '.join(names)}) WHERE {joined}"
        )
        found = " AND ".join(f"{name} = ?" for name in key)
        placed = ", ".join(f"{name} = ?" for name in columns)
        self.sqlite = f"UPDATE {table.name} SET {placed} WHERE {found}"  # noqa: S608 -- names of our own tables

    def arrays(self, rows: Sequence[Sequence[Any]]) -> list[object]:
        """Turn rows into one array parameter per column."""
        return self._rows.arrays(rows)

    def plain(self, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[object, ...]]:
        """Turn rows into tuples of what SQLite stores, the key at the end."""
        columns = self._rows.columns(rows)
        return zip(*columns[self._key :], *columns[: self._key], strict=True)


class _Rows:
    """How rows of some columns travel to either driver: turned column by column."""

    __slots__ = ("_arrays", "_columns", "unnest")

    def __init__(self, table: sa.Table, columns: Sequence[str]) -> None:
        types = [table.c[name].type for name in columns]
        self.unnest = f"unnest({', '.join(f'%s::{_element(kind)}[]' for kind in types)})"
        self._columns = tuple(map(_column, types))
        self._arrays = tuple(map(_array, types))

    def arrays(self, rows: Sequence[Sequence[Any]]) -> list[object]:
        return [
            array(column(values))
            for values, column, array in zip(
                zip(*rows, strict=True), self._columns, self._arrays, strict=True
            )
        ]

    def columns(self, rows: Sequence[Sequence[Any]]) -> list[Sequence[object]]:
        turned = zip(zip(*rows, strict=True), self._columns, strict=True)
        return [column(values) for values, column in turned]

    def plain(self, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[object, ...]]:
        return zip(*self.columns(rows), strict=True)


@lru_cache(maxsize=256)
def insert_into(table: sa.Table, columns: tuple[str, ...], conflict: str) -> Insert:
    """Return the rendered insert, made once per shape."""
    return Insert(table, columns, conflict)


@lru_cache(maxsize=64)
def update_of(table: sa.Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    """Return the rendered update, made once per shape."""
    return Update(table, key, columns)


def replacing(key: tuple[str, ...], columns: tuple[str, ...], kept: tuple[str, ...] = ()) -> str:
    """Return what follows ON CONFLICT to let a new row stand, the columns `kept` aside."""
    fixed = {*key, *kept}
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in fixed)
    return f"({', '.join(key)}) DO UPDATE SET {changed}"


_Column = Callable[[Sequence[Any]], Sequence[Any]]
_Array = Callable[[Sequence[Any]], object]


def _column(kind: sa.types.TypeEngine[Any]) -> _Column:
    """Choose what turns the values of a column into what a driver stores."""
    if isinstance(kind, Roubles):
        return _kopecks
    if isinstance(kind, Instant):
        return _moments
    if isinstance(kind, Identifier | sa.Date):
        return _texts
    if isinstance(kind, sa.Boolean):
        return _flags
    return _as_they_are


def _array(kind: sa.types.TypeEngine[Any]) -> _Array:
    """Choose what writes a column as a PostgreSQL array."""
    if isinstance(kind, sa.LargeBinary):
        return ByteaArray.of
    return text_array if _element(kind) == "text" else _bare_array


def _bare_array(values: Iterable[object | None]) -> str:
    """Return the array literal of values whose text needs no quotes: numbers, moments, UUIDs."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def _as_they_are(values: Sequence[Any]) -> Sequence[Any]:
    return values


def _kopecks(values: Sequence[Decimal | None]) -> Sequence[int | None]:
    return [None if value is None else money.to_kopecks(value) for value in values]


def _moments(values: Sequence[datetime | None]) -> Sequence[str | None]:
    """Write moments; the same object under the next row costs nothing: most are one `now`."""
    last: datetime | None = None
    text: str | None = None
    texts = []
    for value in values:
        if value is not last:
            last, text = value, None if value is None else instant_text(value)
        texts.append(text)
    return texts


def _texts(values: Sequence[UUID | date | None]) -> Sequence[str | None]:
    return [None if value is None else str(value) for value in values]


def _flags(values: Sequence[bool | None]) -> Sequence[int | None]:
    return [None if value is None else int(value) for value in values]


def _element(column: sa.types.TypeEngine[Any]) -> str:
    """Name PostgreSQL's element type of a column."""
    names: tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...] = (
        (Roubles, "bigint"),
        (Instant, "timestamptz"),
        (Identifier, "uuid"),
        (sa.LargeBinary, "bytea"),
        (sa.Boolean, "boolean"),
        (sa.Date, "date"),
        (sa.BigInteger, "bigint"),
        (sa.Integer, "integer"),
    )
    return next((name for kind, name in names if isinstance(column, kind)), "text")
