"""Is the journal what was recorded: walk the chains and hold them against the roots (GW-05).

Of every strand the first row that does not fit is named; behind it nothing can be said. Rows are
read a few at a time, however long a strand is.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from gateway.storage import chain, journal, roots
from gateway.storage.chain import Head
from gateway.storage.database import Database, Transaction
from gateway.storage.journal import STRAND_SHIFT, journal_entry, journal_strand, name_of
from gateway.storage.query import Query
from gateway.storage.root import Root
from gateway.storage.roots import KeptRoot
from gateway.storage.types import as_instant

PAGE_ROWS = 200
PAGE_BYTES = 4 << 20

_ROWS = Query(
    f"SELECT {', '.join(column.name for column in journal_entry.columns)} "  # noqa: S608 -- our own columns
    "FROM journal_entry WHERE entry IN {entries:bigint}"
)
_PACKED, _REQUEST, _RESPONSE, _LINK = 15, 16, 17, 21
_UNREADABLE = (AttributeError, OverflowError, TypeError, ValueError, struct.error, zlib.error)
"""What a value raises that the hub never wrote; SQLite takes any type into any column."""


class Vouched(NamedTuple):
    """What a root says of a place in a chain."""

    link: bytes
    by: str
    """Name of the root's row or file."""


Promises = Mapping[int, Mapping[int, Vouched]]
"""What roots say, by strand and position."""


@dataclass(slots=True)
class Verification:
    """What was gone through and what does not fit, in Russian."""

    strands: int = 0
    entries: int = 0
    unchained: int = 0
    """Entries of strands that were begun before there were chains: nothing proves them."""
    roots: int = 0
    faults: list[str] = field(default_factory=list)


class _Broken(Exception):
    """Here the chain does not fit; the text says where."""


def verify(
    database: Database,
    contour: str,
    kept: Sequence[KeptRoot] = (),
    *,
    only: int | None = None,
    since: date | None = None,
) -> Verification:
    """Walk the chains of a contour, all or one strand's, and hold them against all roots.

    `kept` are roots that were exported. With `since` the walk begins where the root of the last
    day before it says that the chains ended.
    """
    done = Verification()
    with database.reading() as transaction:
        own = list(roots.kept_in_database(transaction))
        if only is None:
            done.faults += _without_strand(transaction) + _unchained_late(transaction)
        known = transaction.execute(sa.select(journal_strand.c.strand)).scalars().all()
    done.faults += _root_faults(own, contour) + _root_faults(kept, contour)
    done.faults += _unlike(own, kept)
    done.roots = len(own) + len(kept)
    promises = _promises((*own, *kept), contour)
    begins = _begins(own, kept, since)
    for strand in sorted({*known, *promises}) if only is None else [only]:
        _walk_into(done, database, strand, begins.get(strand), promises.get(strand, {}))
    return done


def loose_heads(transaction: Transaction) -> list[str]:
    """Name the strands whose head is not their last row: the cheap part of `verify`."""
    strand, entry = journal_strand.c, journal_entry.c
    first = sa.cast(strand.strand, sa.BigInteger) * (1 << STRAND_SHIFT)
    of_strand = sa.and_(entry.entry > first, entry.entry < first + (1 << STRAND_SHIFT))
    is_head = sa.and_(entry.position == strand.position, entry.link == strand.link)
    found = transaction.execute(
        sa.select(
            strand.strand,
            strand.position,
            sa.func.count(entry.entry),
            sa.func.count(entry.position),
            sa.func.count(sa.case((is_head, 1))),
        )
        .outerjoin(journal_entry, of_strand)
        .where(strand.link.is_not(None))
        .group_by(strand.strand, strand.position)
        .order_by(strand.strand)
    )
    return [
        f"журнал: голова цепочки нити {number} не сходится с её записями; hub journal verify"
        for number, position, rows, chained, heads in found
        if not rows == chained == position or heads != min(position, 1)
    ]


def _without_strand(transaction: Transaction) -> list[str]:
    number = journal_entry.c.entry.op("/")(1 << STRAND_SHIFT)
    known = sa.select(journal_strand.c.strand)
    strange = sa.select(number).where(number.not_in(known)).distinct()
    return [
        f"нить {strand}: записи есть, а самой нити в journal_strand нет"
        for strand in sorted(transaction.execute(strange).scalars())
    ]


def _unchained_late(transaction: Transaction) -> list[str]:
    """Name the strands without a chain that were begun when there were chains already."""
    strand = journal_strand.c
    first = sa.select(sa.func.min(strand.strand)).where(strand.link.is_not(None)).scalar_subquery()
    late = sa.select(strand.strand).where(strand.link.is_(None), strand.strand > first)
    return [
        f"нить {number}: цепочка стёрта" for number in sorted(transaction.execute(late).scalars())
    ]


def _root_faults(kept: Iterable[KeptRoot], contour: str) -> list[str]:
    """Hold every root against its name and the root before it."""
    faults = []
    before: Root | None = None
    for name, day, root in kept:
        if root is None:
            faults.append(f"корень {name}: повреждён или изменён")
        elif root.contour != contour or root.day != day:
            faults.append(f"корень {name}: это корень другого контура или дня")
        elif before and (root.day - before.day).days == 1 and root.previous != before.hash:
            faults.append(f"корень {name}: назван не тот предыдущий корень")
        else:
            before = root
            continue
        before = None
    return faults


def _unlike(own: Iterable[KeptRoot], kept: Iterable[KeptRoot]) -> list[str]:
    """Name the files that are not what the database has of the same day."""
    known = {root.day: root.hash for _, _, root in own if root}
    return [
        f"корень {name}: в базе корень этого дня другой или его нет"
        for name, _, root in kept
        if root and known.get(root.day) != root.hash
    ]


def _promises(kept: Iterable[KeptRoot], contour: str) -> dict[int, dict[int, Vouched]]:
    promises: dict[int, dict[int, Vouched]] = {}
    for name, _, root in kept:
        if root is None or root.contour != contour:
            continue
        for strand, head in root.heads:
            # A file is believed before the database: it comes later and takes the place.
            promises.setdefault(strand, {})[head.position] = Vouched(head.link, name)
    return promises


def _begins(
    own: Iterable[KeptRoot], kept: Iterable[KeptRoot], since: date | None
) -> dict[int, Head]:
    if since is None:
        return {}
    past = [root for _, _, root in (*own, *kept) if root and root.day < since]
    if not past:
        return {}
    return dict(max(past, key=lambda root: root.day).heads)


def _walk_into(
    done: Verification,
    database: Database,
    strand: int,
    begin: Head | None,
    promised: Mapping[int, Vouched],
) -> None:
    done.strands += 1
    with database.reading() as transaction:
        transaction.stand_still()
        transaction.for_report()
        try:
            row = _strand_row(transaction, strand, promised)
            if row.link is None and not promised:
                done.unchained += _count(transaction, strand)
                return
            walk = _Walk(transaction, row, begin, promised)
            try:
                walk.go()
            finally:
                done.entries += walk.seen
        except _Broken as error:
            done.faults.append(f"нить {strand}: {error}")


def _strand_row(
    transaction: Transaction, strand: int, promised: Mapping[int, Vouched]
) -> sa.Row[Any]:
    asked = sa.select(journal_strand).where(journal_strand.c.strand == strand)
    try:
        row = transaction.execute(asked).one_or_none()
    except _UNREADABLE as error:
        raise _Broken(f"строка нити в journal_strand не читается: {error}") from error
    if row is None:
        by = f"; её называет корень {next(iter(promised.values())).by}" if promised else ""
        raise _Broken(f"в journal_strand её нет{by}")
    if not isinstance(row.position, int):
        raise _Broken("строка нити в journal_strand не читается: position")
    return row


class _Walk:
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
        self._origin = chain.origin(row.strand, row.process, row.started_at)
        self._begin = begin or Head(0, self._origin)
        self._last = "начала нити"

    def go(self) -> None:
        """Raise _Broken at the first row that does not fit."""
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
        if begin.position == 0:
            promise = self._promised.get(0)
            if begin.link != self._origin or (promise and promise.link != self._origin):
                raise _Broken("строка нити в journal_strand изменена")
            return begin
        links = self._transaction.execute(
            sa.select(journal_entry.c.link).where(
                _of(self._row.strand), journal_entry.c.position == begin.position
            )
        ).scalars()
        if [bytes(link or b"") for link in links] != [begin.link]:
            raise _Broken(f"на месте {begin.position} не та запись, которую называет корень")
        self._last = f"места {begin.position}"
        return begin

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
            raise _Broken(f"запись {name} вставлена: места в цепочке у неё нет")
        if found < expected:
            raise _Broken(f"запись {name} вставлена: место {found} занято")
        if found > expected:
            raise _Broken(f"после {self._last} удалена запись: нет места {expected}, дальше {name}")

    def _hold_link(self, entry: int, row: Sequence[Any], position: int, link: bytes) -> bytes:
        name = name_of(entry)
        try:
            following = chain.link(link, *_evidence_of(row))
            fits = following == bytes(row[_LINK] or b"")
        except _UNREADABLE as error:
            raise _Broken(f"запись {name} изменена и не читается: {error}") from error
        if not fits:
            strand_too = " (или строка её нити)" if position == 1 else ""
            raise _Broken(f"запись {name}{strand_too} изменена или переставлена")
        return following

    def _hold_promise(self, entry: int, position: int, link: bytes) -> None:
        promise = self._promised.get(position)
        if promise is not None and promise.link != link:
            raise _Broken(
                f"записи до {name_of(entry)} включительно переписаны вместе с цепочкой:"
                f" корень {promise.by} называет другие"
            )

    def _hold_head(self, last: Head) -> None:
        head = Head(self._row.position, self._row.link)
        known = max(self._promised, default=0)
        if known > last.position:
            by = self._promised[known].by
            raise _Broken(f"после {self._last} записи удалены: корень {by} знает место {known}")
        if head.position > last.position:
            raise _Broken(f"после {self._last} записи удалены: в нити их было {head.position}")
        if head.position < last.position:
            raise _Broken(f"после места {head.position} записи вставлены")
        if head.link != last.link:
            raise _Broken("голова цепочки в journal_strand изменена")


def _places(strand: int, after: int) -> sa.Select[Any]:
    """Select the entries of a strand by their place; only these narrow rows are sorted."""
    entries = journal_entry.c
    sizes = [
        sa.func.coalesce(sa.func.length(octets), 0)
        for octets in (entries.request, entries.response)
    ]
    return (
        sa.select(entries.entry, entries.position, sizes[0] + sizes[1])
        .where(_of(strand), sa.or_(entries.position.is_(None), entries.position > after))
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


def _count(transaction: Transaction, strand: int) -> int:
    counted = sa.select(sa.func.count()).select_from(journal_entry).where(_of(strand))
    return int(transaction.execute(counted).scalar_one())


def _of(strand: int) -> sa.ColumnElement[bool]:
    entry, first = journal_entry.c.entry, strand << STRAND_SHIFT
    return sa.and_(entry > first, entry < first + (1 << STRAND_SHIFT))
