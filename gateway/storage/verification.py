"""Is the journal what was recorded: walk the chains and hold them against the roots (GW-05).

Of every strand the first row that does not fit is named; behind it nothing can be said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from gateway.storage import roots
from gateway.storage.chain import Head
from gateway.storage.database import Database, Transaction
from gateway.storage.journal import STRAND_SHIFT, journal_entry, journal_strand
from gateway.storage.root import Root
from gateway.storage.roots import KeptRoot
from gateway.storage.walk import UNREADABLE, Broken, Vouched, Walk, of_strand


@dataclass(slots=True)
class Verification:
    """What was gone through and what does not fit, in Russian."""

    strands: int = 0
    entries: int = 0
    unchained: int = 0
    """Entries of strands that were begun before there were chains: nothing proves them."""
    roots: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Vouching:
    """What many roots say together; there may be years of them."""

    promises: dict[int, dict[int, Vouched]] = field(default_factory=dict)
    """By strand and position."""
    hashes: dict[date, bytes] = field(default_factory=dict)
    names: dict[date, str] = field(default_factory=dict)
    begins: dict[int, Head] = field(default_factory=dict)
    """Where the chains ended before the first day of interest, by strand."""
    count: int = 0
    faults: list[str] = field(default_factory=list)


def verify(
    database: Database,
    contour: str,
    kept: Iterable[KeptRoot] = (),
    *,
    only: int | None = None,
    since: date | None = None,
) -> Verification:
    """Walk the chains of a contour, all or one strand's, and hold them against all roots.

    `kept` are roots that were exported, by day. With `since` the walk begins where the root of
    the last day before it says that the chains ended; one of `kept` if there are any.
    """
    done = Verification()
    exported = _gather(kept, contour, since)
    with database.reading() as transaction:
        own = _gather(roots.kept_in_database(transaction), contour, since, every_day=True)
        if only is None:
            done.faults += _without_strand(transaction) + _unchained_late(transaction)
        known = transaction.execute(sa.select(journal_strand.c.strand)).scalars().all()
    done.faults += own.faults + exported.faults + _unlike(own, exported)
    done.roots = own.count + exported.count
    promises, begins = own.promises, exported.begins or own.begins
    for strand, promised in exported.promises.items():
        promises.setdefault(strand, {}).update(promised)
    for strand in sorted({*known, *promises}) if only is None else [only]:
        _walk_into(done, database, strand, begins.get(strand), promises.get(strand, {}))
    return done


def loose_heads(transaction: Transaction) -> list[str]:
    """Name the strands whose head is not their last row: the cheap part of `verify`."""
    strand, entry = journal_strand.c, journal_entry.c
    first = sa.cast(strand.strand, sa.BigInteger) * (1 << STRAND_SHIFT)
    within = sa.and_(entry.entry > first, entry.entry < first + (1 << STRAND_SHIFT))
    is_head = sa.and_(entry.position == strand.position, entry.link == strand.link)
    found = transaction.execute(
        sa.select(
            strand.strand,
            strand.position,
            sa.func.count(entry.entry),
            sa.func.count(entry.position),
            sa.func.count(sa.case((is_head, 1))),
        )
        .outerjoin(journal_entry, within)
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
    """Name the strands without a chain that were begun when there were chains already.

    One without entries only moves the numbers, as an operator does after a restore.
    """
    strand = journal_strand.c
    first = sa.select(sa.func.min(strand.strand)).where(strand.link.is_not(None)).scalar_subquery()
    late = sa.select(strand.strand).where(
        strand.link.is_(None), strand.strand > first, strand.highest > 0
    )
    return [
        f"нить {number}: цепочка стёрта" for number in sorted(transaction.execute(late).scalars())
    ]


def _gather(
    kept: Iterable[KeptRoot], contour: str, since: date | None, *, every_day: bool = False
) -> _Vouching:
    """Take what roots say, in the order of their days; hold each against the one before it."""
    found = _Vouching()
    before: Root | None = None
    for name, day, root in kept:
        found.count += 1
        fault = _root_fault(day, root, before, contour, every_day=every_day)
        if fault:
            found.faults.append(f"корень {name}: {fault}")
        if root is None or root.contour != contour:
            before = None
            continue
        before = root
        found.hashes[root.day], found.names[root.day] = root.hash, name
        for strand, head in root.heads:
            found.promises.setdefault(strand, {})[head.position] = Vouched(head.link, name)
        if since and root.day < since:
            found.begins = dict(root.heads)
    return found


def _root_fault(
    day: date | None, root: Root | None, before: Root | None, contour: str, *, every_day: bool
) -> str | None:
    if root is None:
        return "повреждён или изменён"
    if root.contour != contour or root.day != day:
        return "это корень другого контура или дня"
    if before is None:
        return None
    if (root.day - before.day).days != 1:
        return "корень дня перед ним исчез" if every_day else None
    return None if root.previous == before.hash else "назван не тот предыдущий корень"


def _unlike(own: _Vouching, exported: _Vouching) -> list[str]:
    """Name the files that are not what the database has of the same day."""
    return [
        f"корень {exported.names[day]}: в базе корень этого дня другой или его нет"
        for day, hashed in exported.hashes.items()
        if own.hashes.get(day) != hashed
    ]


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
            walk = Walk(transaction, row, begin, promised)
            try:
                walk.go()
            finally:
                done.entries += walk.seen
        except Broken as error:
            done.faults.append(f"нить {strand}: {error}")


def _strand_row(
    transaction: Transaction, strand: int, promised: Mapping[int, Vouched]
) -> sa.Row[Any]:
    asked = sa.select(journal_strand).where(journal_strand.c.strand == strand)
    try:
        row = transaction.execute(asked).one_or_none()
    except UNREADABLE as error:
        raise Broken(f"строка нити в journal_strand не читается: {error}") from error
    if row is None:
        by = f"; её называет корень {next(iter(promised.values())).by}" if promised else ""
        raise Broken(f"в journal_strand её нет{by}")
    if not isinstance(row.position, int):
        raise Broken("строка нити в journal_strand не читается: position")
    return row


def _count(transaction: Transaction, strand: int) -> int:
    counted = sa.select(sa.func.count()).select_from(journal_entry).where(of_strand(strand))
    return int(transaction.execute(counted).scalar_one())
