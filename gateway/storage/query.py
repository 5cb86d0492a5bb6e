"""Hot statements: written once, rendered for the driver of either database.

A `Query` is SQL text with `:name` for a value and `IN {name:type}` for membership in an array
(`type` is PostgreSQL's element type). Inserts of many rows are rendered from a table's columns:
`unnest` of arrays on PostgreSQL, `executemany` on SQLite; updates of many rows by key likewise.
"""

import json
import re
import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
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

    __slots__ = ("_rows", "postgresql", "sqlite")

    def __init__(self, table: sa.Table, key: Sequence[str], columns: Sequence[str]) -> None:
        """Render the statement; a row carries the values of `key`, then those of `columns`."""
        names = (*key, *columns)
        self._rows = _Rows(table, names)
        joined = " AND ".join(f"{table.name}.{name} = given.{name}" for name in key)
        given = ", ".join(f"{name} = given.{name}" for name in columns)
        self.postgresql = (
            f"UPDATE {table.name} SET {given} "  # noqa: S608 -- names of our own tables
            f"FROM {self._rows.unnest} AS given({', '.join(names)}) WHERE {joined}"
        )
        places = {name: f"?{place}" for place, name in enumerate(names, start=1)}
        found = " AND ".join(f"{name} = {places[name]}" for name in key)
        placed = ", ".join(f"{name} = {places[name]}" for name in columns)
        self.sqlite = f"UPDATE {table.name} SET {placed} WHERE {found}"  # noqa: S608 -- names of our own tables

    def arrays(self, rows: Sequence[Sequence[Any]]) -> list[object]:
        """Turn rows into one array parameter per column."""
        return self._rows.arrays(rows)

    def plain(self, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[object, ...]]:
        """Turn rows into tuples of what SQLite stores."""
        return self._rows.plain(rows)


class _Rows:
    """How rows of some columns travel to either driver."""

    __slots__ = ("_octets", "_readers", "unnest")

    def __init__(self, table: sa.Table, columns: Sequence[str]) -> None:
        arrays = ", ".join(f"%s::{_element(table.c[name].type)}[]" for name in columns)
        self.unnest = f"unnest({arrays})"
        self._readers = tuple(_reader(table.c[name].type) for name in columns)
        self._octets = tuple(isinstance(table.c[name].type, sa.LargeBinary) for name in columns)

    def arrays(self, rows: Sequence[Sequence[Any]]) -> list[object]:
        return [
            ByteaArray.of(values) if octets else text_array(_each(reader, values))
            for values, reader, octets in zip(
                zip(*rows, strict=True), self._readers, self._octets, strict=True
            )
        ]

    def plain(self, rows: Sequence[Sequence[Any]]) -> Iterable[tuple[object, ...]]:
        for row in rows:
            yield tuple(
                value if reader is None or value is None else reader(value)
                for value, reader in zip(row, self._readers, strict=True)
            )


@lru_cache(maxsize=256)
def insert_into(table: sa.Table, columns: tuple[str, ...], conflict: str) -> Insert:
    """Return the rendered insert, made once per shape."""
    return Insert(table, columns, conflict)


@lru_cache(maxsize=64)
def update_of(table: sa.Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    """Return the rendered update, made once per shape."""
    return Update(table, key, columns)


def _each(reader: Callable[[Any], object] | None, values: Iterable[Any]) -> Iterable[object | None]:
    if reader is None:
        return values
    return (None if value is None else reader(value) for value in values)


def _reader(column: sa.types.TypeEngine[Any]) -> Callable[[Any], object] | None:
    if isinstance(column, Roubles):
        return _kopecks
    if isinstance(column, Instant):
        return _moment
    if isinstance(column, Identifier):
        return _uuid
    if isinstance(column, sa.Date):
        return str
    if isinstance(column, sa.Boolean):
        return int
    return None


def _kopecks(value: Decimal) -> int:
    return money.to_kopecks(value)


def _moment(value: datetime) -> str:
    return instant_text(value)


def _uuid(value: UUID) -> str:
    return str(value)


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
