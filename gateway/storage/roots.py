"""Daily roots of a contour's journal: kept in the database, exported as files.

The files are the evidence: copies of them kept where the administrator of the database cannot
reach tell whether the journal was rewritten, chains and all (GW-05).
"""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from gateway.kernel.ports import LOCAL
from gateway.storage import append_only, root
from gateway.storage.chain import Head
from gateway.storage.database import Database, Transaction, contour_metadata, is_race
from gateway.storage.journal import journal_strand
from gateway.storage.root import Root, RootBroken, StrandHead
from gateway.storage.types import Instant

SETTLED = timedelta(minutes=10)
"""How long after midnight a day may still be closed by commits on their way."""

Sign = Callable[[bytes], bytes]
"""Returns the detached signature of a file."""

journal_root = sa.Table(
    "journal_root",
    contour_metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("entries", sa.BigInteger, nullable=False),
    sa.Column("previous", sa.LargeBinary),
    sa.Column("root", sa.LargeBinary, nullable=False),
    sa.Column("document", sa.LargeBinary, nullable=False),
)
append_only.protect(journal_root)

_COLUMNS = tuple(column.name for column in journal_root.columns)


class KeptRoot(NamedTuple):
    """A root as it is kept, in a row or a file."""

    name: str
    day: date | None
    """What the name of the row or file says."""
    root: Root | None
    """None when it cannot be read or its hash is not its own."""


def keep(
    database: Database, contour: str, folder: Path, now: datetime, sign: Sign | None = None
) -> list[date]:
    """Make the roots of all days that are over, in order, and export them; return these days.

    Any number of processes may do it at once. A file that is not in `folder` is written, again if
    need be, and so is a signature that is missing beside it.
    """
    made = []
    while (day := _make_next(database, contour, now)) is not None:
        made.append(day)
    _export(database, folder, sign)
    return made


def kept_in_database(transaction: Transaction) -> Iterator[KeptRoot]:
    """Yield the roots of the database by day."""
    by_day = sa.select(journal_root).order_by(journal_root.c.day)
    for row in transaction.execute(by_day.execution_options(yield_per=10)):
        found = _read(row.document)
        told = found and (found.day, found.made_at, found.entries, found.previous, found.hash)
        if told != (row.day, row.made_at, row.entries, row.previous, row.root):
            found = None
        yield KeptRoot(f"journal_root {row.day}", row.day, found)


def kept_in_folder(folder: Path) -> Iterator[KeptRoot]:
    """Yield the roots of the files of one contour by day."""
    for path in sorted(folder.glob("*.xml")):
        found = _read(path.read_bytes())
        try:
            day = date.fromisoformat(path.stem)
        except ValueError:
            day = None
        yield KeptRoot(path.name, day, found)


def _make_next(database: Database, contour: str, now: datetime) -> date | None:
    """Make the root of the first day that has none; None when every past day has one."""
    due = (now.astimezone(LOCAL) - SETTLED).date() - timedelta(days=1)
    while True:
        try:
            with database.writing() as transaction:
                last, previous = _last(transaction)
                day = due if last is None else last + timedelta(days=1)
                if day > due:
                    return None
                made = Root(contour, day, now, previous, _heads(transaction))
                transaction.insert_new(journal_root, _COLUMNS, [_row(made)])
            return day
        except Exception as error:
            if not is_race(error):
                raise


def _last(transaction: Transaction) -> tuple[date | None, bytes | None]:
    newest = sa.select(journal_root.c.day, journal_root.c.root).order_by(journal_root.c.day.desc())
    for day, hashed in transaction.execute(newest.limit(1)):
        return day, bytes(hashed)
    return None, None


def _heads(transaction: Transaction) -> tuple[StrandHead, ...]:
    columns = journal_strand.c
    chained = sa.select(columns.strand, columns.position, columns.link).where(
        columns.link.is_not(None)
    )
    return tuple(
        StrandHead(strand, Head(position, bytes(link)))
        for strand, position, link in transaction.execute(chained.order_by(columns.strand))
    )


def _row(made: Root) -> tuple[object, ...]:
    return (made.day, made.made_at, made.entries, made.previous, made.hash, root.write(made))


def _export(database: Database, folder: Path, sign: Sign | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with database.reading() as transaction:
        days = transaction.execute(sa.select(journal_root.c.day).order_by(journal_root.c.day))
        for day in days.scalars().all():
            path = folder / f"{day}.xml"
            if not path.exists():
                _write(path, _document(transaction, day))
            signature = path.with_name(f"{path.name}.sig")
            if sign is not None and not signature.exists():
                _write(signature, sign(_document(transaction, day)))


def _document(transaction: Transaction, day: date) -> bytes:
    asked = sa.select(journal_root.c.document).where(journal_root.c.day == day)
    return bytes(transaction.execute(asked).scalar_one())


def _write(path: Path, octets: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    with draft.open("wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _read(document: bytes) -> Root | None:
    try:
        return root.read(bytes(document))
    except RootBroken:
        return None
