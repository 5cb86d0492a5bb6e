"""Which kept attachments nothing needs any more, and taking them away (JOB-23).

A file stays while a row refers to it, and as long after it last came as the journal may be asked
for it. Whoever refers to files marks the column with `reference`; a test finds columns unmarked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gateway.storage import verdicts
from gateway.storage.attachments import REFERS, attachment, attachment_chunk
from gateway.storage.database import Transaction, contour_metadata

AT_ONCE = 200
"""Files of one statement."""
MOST_FILES = 5_000
MOST_BYTES = 2 * 1024**3
"""Of one run; the next one goes on."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many files, and how many bytes they have."""

    files: int = 0
    octets: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.files + other.files, self.octets + other.octets)


@dataclass(frozen=True, slots=True)
class Stock:
    """What a contour keeps."""

    kept: Amount
    stored: int
    """Bytes that they take in the database, compressed."""
    overdue: Amount
    """What the next run takes away."""
    infected: int
    """Contents refused for malware whose verdicts still hold."""


def stock(transaction: Transaction, before: datetime, now: datetime) -> Stock:
    """Count what is kept; `before` is the moment up to which a file without a use may go."""
    transaction.for_report()
    stored = transaction.execute(
        sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(attachment_chunk.c.octets)), 0))
    ).scalar_one()
    return Stock(
        kept=_amount(transaction, sa.true()),
        stored=int(stored),
        overdue=_amount(transaction, _needless(before)),
        infected=verdicts.infected(transaction, now),
    )


def sweep(transaction: Transaction, before: datetime) -> Amount:
    """Take away files that last came before a moment and that nothing refers to.

    One that comes again at this moment stays: its row is held by whoever is first, and the other
    looks again. At most `MOST_FILES` and about `MOST_BYTES` go at once.
    """
    transaction.for_report()
    taken = Amount()
    while taken.files < MOST_FILES and taken.octets < MOST_BYTES:
        removed = _take(transaction, before)
        if not removed.files:
            break
        taken += removed
    return taken


def references() -> Iterator[sa.Column[bytes]]:
    """Give the columns that refer to kept attachments."""
    for table in contour_metadata.sorted_tables:
        for column in table.columns:
            if column.info.get(REFERS):
                yield column


def _take(transaction: Transaction, before: datetime) -> Amount:
    needless = _needless(before)
    chosen = (
        sa.select(attachment.c.sha256)
        .where(needless)
        .order_by(attachment.c.kept_at)
        .limit(AT_ONCE)
        .scalar_subquery()
    )
    gone = transaction.execute(
        sa.delete(attachment)
        .where(attachment.c.sha256.in_(chosen), needless)
        .returning(attachment.c.sha256, attachment.c.size)
    ).all()
    digests = [row.sha256 for row in gone]
    transaction.execute(sa.delete(attachment_chunk).where(attachment_chunk.c.sha256.in_(digests)))
    return Amount(len(gone), sum(row.size for row in gone))


def _needless(before: datetime) -> sa.ColumnElement[bool]:
    unused = [
        ~sa.exists().where(column == attachment.c.sha256).correlate(attachment)
        for column in references()
    ]
    return sa.and_(attachment.c.kept_at < before, *unused)


def _amount(transaction: Transaction, which: sa.ColumnElement[bool]) -> Amount:
    row = transaction.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(attachment.c.size), 0)).where(which)
    ).one()
    return Amount(int(row[0]), int(row[1]))
