"""One strand of the journal, row by row from where it begins to its head.

Rows are read a few at a time, however long the strand is.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from gateway.storage import chain, journal
from gateway.storage.chain import Head
from gateway.storage.database import Transaction
from gateway.storage.journal import STRAND_SHIFT, journal_entry, name_of
from gateway.storage.query import Query
from gateway.storage.types import as_instant

PAGE_ROWS = 200
PAGE_BYTES = 4 << 20
UNREADABLE = (AttributeError, OverflowError, TypeError, ValueError, struct.error, zlib.error)
"""What a value raises that the hub never wrote; SQLite takes any type into any column."""

_ROWS = Query(
    f"SELECT {', '.join(column.name for column in journal_entry.columns)} "  # noqa: S608 -- our own columns
    "FROM journal_entry WHERE entry IN {entries:bigint}"
)
_PACKED, _REQUEST, _RESPONSE, _LINK = 15, 16, 17, 21


class Vouched(NamedTuple):
    """What a root says of a place in a chain."""

    link: bytes
    by: str
    """Name of the root's row or file."""


class Broken(Exception):
    """Here the chain does not fit; the text says where."""


class Walk:
    """One strand from where it begins to its head."""

    def __init__(
        self,
        transaction: Transaction,
        row: sa.Row[Any],
        begin: Head | None,
        promised: Mapping[int, Vouched],
    ) -> None:
        """Begin at `begin`, or at the strand's origin."""
        self.seen = 0
        self._transaction = transaction
        self._row = row
        self._promised = promised
        self._begin = begin
        self._last = "начала нити"

    def go(self) -> None:
        """Raise Broken at the first row that does not fit."""
        position, link = self._start()
        for entry, found, row in self._rows(position):
            position += 1
            self._hold_place(entry, found, position)
            link = self._hold_link(entry, row, position, link)
            self._hold_promise(entry, position, link)
            self._last = f"записи {name_of(entry)}"
            self.seen += 1
        self._hold_head(Head(position, link))

    def _start(self) -> Head:
        """Begin with the origin, or with the row that a root names."""
        begin = self._begin
        if begin is None or begin.position == 0:
            origin = self._origin()
            named = [self._promised[0].link] if 0 in self._promised else []
            named += [begin.link] if begin else []
            if any(link != origin for link in named):
                raise Broken("строка нити в journal_strand изменена")
            return Head(0, origin)
        promise = self._promised.get(begin.position)
        links = self._transaction.execute(
            sa.select(journal_entry.c.link).where(
                of_strand(self._row.strand), journal_entry.c.position == begin.position
            )
        ).scalars()
        if list(links) != [begin.link] or (promise and promise.link != begin.link):
            raise Broken(f"на месте {begin.position} не та запись, которую называет корень")
        self._last = f"места {begin.position}"
        return begin

    def _origin(self) -> bytes:
        row = self._row
        try:
            return chain.origin(row.strand, row.process, row.started_at)
        except UNREADABLE as error:
            raise Broken(f"строка нити в journal_strand не читается: {error}") from error

    def _rows(self, after: int) -> Iterator[tuple[int, object, tuple[Any, ...]]]:
        """Yield (entry, position, row) by position, first those without one."""
        page: list[tuple[int, object]] = []
        size = 0
        for entry, position, octets in self._transaction.execute(_places(self._row.strand, after)):
            page.append((entry, position))
            size += octets
            if len(page) == PAGE_ROWS or size >= PAGE_BYTES:
                yield from self._read(page)
                page, size = [], 0
        yield from self._read(page)

    def _read(
        self, page: Sequence[tuple[int, object]]
    ) -> Iterator[tuple[int, object, tuple[Any, ...]]]:
        asked = [entry for entry, _ in page]
        rows = {row[0]: row for row in self._transaction.rows(_ROWS, entries=asked)}
        for entry, position in page:
            yield entry, position, rows[entry]

    def _hold_place(self, entry: int, found: object, expected: int) -> None:
        name = name_of(entry)
        if not isinstance(found, int):
            raise Broken(f"запись {name} вставлена: места в цепочке у неё нет")
        if found < expected:
            raise Broken(f"запись {name} вставлена: место {found} занято")
        if found > expected:
            raise Broken(f"после {self._last} удалена запись: нет места {expected}, дальше {name}")

    def _hold_link(self, entry: int, row: Sequence[Any], position: int, link: bytes) -> bytes:
        name = name_of(entry)
        try:
            following = chain.link(link, *_evidence_of(row))
            fits = following == bytes(row[_LINK] or b"")
        except UNREADABLE as error:
            raise Broken(f"запись {name} изменена и не читается: {error}") from error
        if not fits:
            strand_too = " (или строка её нити)" if position == 1 else ""
            raise Broken(f"запись {name}{strand_too} изменена или переставлена")
        return following

    def _hold_promise(self, entry: int, position: int, link: bytes) -> None:
        promise = self._promised.get(position)
        if promise is not None and promise.link != link:
            raise Broken(
                f"записи до {name_of(entry)} включительно переписаны вместе с цепочкой:"
                f" корень {promise.by} называет другие"
            )

    def _hold_head(self, last: Head) -> None:
        head = Head(self._row.position, self._row.link)
        known = max(self._promised, default=0)
        if known > last.position:
            by = self._promised[known].by
            raise Broken(f"после {self._last} записи удалены: корень {by} знает место {known}")
        if head.position > last.position:
            raise Broken(f"после {self._last} записи удалены: в нити их было {head.position}")
        if head.position < last.position:
            raise Broken(f"после места {head.position} записи вставлены")
        if head.link != last.link:
            raise Broken("голова цепочки в journal_strand изменена")


def _places(strand: int, after: int) -> sa.Select[Any]:
    """Select the entries of a strand by their place; only these narrow rows are sorted."""
    entries = journal_entry.c
    sizes = [
        sa.func.coalesce(sa.func.length(octets), 0)
        for octets in (entries.request, entries.response)
    ]
    return (
        sa.select(entries.entry, entries.position, sizes[0] + sizes[1])
        .where(of_strand(strand), sa.or_(entries.position.is_(None), entries.position > after))
        .order_by(entries.position.nulls_first(), entries.entry)
        .execution_options(yield_per=1000)
    )


def _evidence_of(row: Sequence[Any]) -> tuple[list[Any], bytes | None, bytes | None]:
    """Return a row of the driver as it was when it was recorded, and what it keeps."""
    entry, received_at, answered_at, *others = row
    moments = [as_instant(received_at), None if answered_at is None else as_instant(answered_at)]
    packed = bool(row[_PACKED])
    request, response = (
        None if row[place] is None else journal.unpack(row[place], packed=packed)
        for place in (_REQUEST, _RESPONSE)
    )
    return [entry, *moments, *others], request, response


def of_strand(strand: int) -> sa.ColumnElement[bool]:
    """Return the condition of the entries of a strand."""
    entry, first = journal_entry.c.entry, strand << STRAND_SHIFT
    return sa.and_(entry > first, entry < first + (1 << STRAND_SHIFT))
