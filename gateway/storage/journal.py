"""The message journal and the stored answers (GW-05, GW-06).

An entry number is `strand << 32 | number`. A strand is one run of one process on one contour;
numbers within a strand have no gaps, so a removed row is found and named by `missing`. The
entries of a strand are a chain in the order they are recorded (`gateway.storage.chain`).
"""

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from gateway.storage import chain, received
from gateway.storage.chain import Chain, Head
from gateway.storage.database import Database, Transaction, contour_metadata
from gateway.storage.query import Query
from gateway.storage.types import Instant, as_instant

STRAND_SHIFT = 32
_NUMBER_MASK = (1 << STRAND_SHIFT) - 1
NO_MESSAGE = 0
"""Stands in a row that stems from no message: the hub made it by the clock. No entry is 0."""
PACK_FROM_BYTES = 4096
UNKNOWN_PROCESS = "unknown"
"""Of a strand that only its marks tell of: a backup was restored that does not know it."""


class Outcome(Enum):
    """How a message ended: received = answered + refused + interrupted."""

    ANSWERED = "ANSWERED"
    REFUSED = "REFUSED"
    INTERRUPTED = "INTERRUPTED"
    """The process died before it answered; nothing of the message took effect."""


journal_strand = sa.Table(
    "journal_strand",
    contour_metadata,
    sa.Column("strand", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("process", sa.Text, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("highest", sa.BigInteger, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("position", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("link", sa.LargeBinary),
)

journal_entry = sa.Table(
    "journal_entry",
    contour_metadata,
    sa.Column("entry", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("received_at", Instant, nullable=False, index=True),
    sa.Column("answered_at", Instant),
    sa.Column("remote", sa.Text, nullable=False),
    sa.Column("binding", sa.Text, nullable=False),
    sa.Column("sender", sa.Text),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("operation", sa.Text),
    sa.Column("message_id", sa.Text),
    sa.Column("business_key", sa.Text, index=True),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("code", sa.Text),
    sa.Column("http_status", sa.Integer),
    sa.Column("repeat_of", sa.BigInteger),
    sa.Column("packed", sa.Boolean, nullable=False),
    sa.Column("request", sa.LargeBinary),
    sa.Column("response", sa.LargeBinary),
    sa.Column("reason", sa.Text),
    sa.Column("certificate", sa.Text),
    sa.Column("position", sa.BigInteger),
    sa.Column("link", sa.LargeBinary),
    # A participant's own messages in the order of time: evidence of trials, his own view.
    sa.Index("journal_entry_sender", "sender", "received_at"),
)

stored_answer = sa.Table(
    "stored_answer",
    contour_metadata,
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("message_id", sa.Text, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

_ENTRY_COLUMNS = tuple(column.name for column in journal_entry.columns)
_ANSWER_COLUMNS = ("sender", "message_id", "digest", "entry")

_RECALL = Query(
    """
    SELECT a.sender, a.message_id, a.digest, a.entry, j.http_status, j.packed, j.response, j.binding
    FROM stored_answer a JOIN journal_entry j ON j.entry = a.entry
    WHERE a.message_id IN {ids:text}
    """
)
_ANSWERED = Query(
    """
    SELECT j.service, j.operation, j.business_key
    FROM stored_answer a JOIN journal_entry j ON j.entry = a.entry
    WHERE a.sender = :sender AND a.message_id = :message_id
    """
)
_HEAD = Query("SELECT position, link FROM journal_strand WHERE strand = :strand", locking=True)
# A head that is not where the batch began is NULL and refused: a commit whose end nobody heard
# of cannot fork the chain.
_MOVE_HEAD = Query(
    """
    UPDATE journal_strand
    SET highest = CASE WHEN highest < :highest THEN :highest ELSE highest END,
        position = CASE WHEN position = :began THEN :position END, link = :link
    WHERE strand = :strand
    """
)
_KNOWN_ENTRIES = Query("SELECT entry FROM journal_entry WHERE entry IN {entries:bigint}")


@dataclass(slots=True)
class Entry:
    """A row of the journal, filled in along the line."""

    entry: int
    received_at: datetime
    remote: str
    binding: str
    service: str
    sender: str | None = None
    operation: str | None = None
    message_id: str | None = None
    business_key: str | None = None
    digest: bytes | None = None
    outcome: Outcome = Outcome.REFUSED
    code: str | None = None
    http_status: int | None = None
    repeat_of: int | None = None
    answered_at: datetime | None = None
    request: bytes | None = None
    response: bytes | None = None
    reason: str | None = None
    """Exactly why it was refused, for the operator; never told outside."""
    certificate: str | None = None
    """SHA-256 of the certificate that signed the message, in hex (PART-09)."""


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The first answer to a message id."""

    digest: bytes
    entry: int
    http_status: int
    response: bytes
    binding: str


def name_of(entry: int) -> str:
    """Return the entry number as people read and quote it: `strand-number`."""
    return f"{entry >> STRAND_SHIFT}-{entry & _NUMBER_MASK}"


def entry_of(name: str) -> int:
    """Return the entry number that people quoted; raise ValueError when it is not one."""
    strand, number = name.split("-")
    return int(strand) << STRAND_SHIFT | int(number)


def open_strand(database: Database, process: str, now: datetime) -> int:
    """Begin a strand and return its number, above every number that has entries.

    Entries may be ahead of the strands: after an older backup was restored, the marks left on
    disk still name strands that the backup does not know.
    """
    while True:
        try:
            with database.writing() as transaction:
                strand = _next_strand(transaction)
                _begin_strand(transaction, strand, process, now)
                return strand
        except sa.exc.IntegrityError:
            continue  # another process that started with us took the number


def _next_strand(transaction: Transaction) -> int:
    known = sa.select(sa.func.max(journal_strand.c.strand)).scalar_subquery()
    entry = sa.select(sa.func.max(journal_entry.c.entry)).scalar_subquery()
    strand, last = transaction.execute(sa.select(known, entry)).one()
    return max(strand or 0, (last or 0) >> STRAND_SHIFT) + 1


def end_strand(database: Database, strand: int, now: datetime) -> None:
    """Say that the strand's process ended in order: all its messages are journaled."""
    with database.writing() as transaction:
        transaction.execute(
            journal_strand.update().where(journal_strand.c.strand == strand).values(ended_at=now)
        )


def record(transaction: Transaction, entries: Sequence[Entry], strand: Chain) -> None:
    """Write the entries of a batch, chain them in this order and move the strand's marks.

    `strand.confirm()` once the commit is durable saves the next batch from asking for the head.
    """
    head = strand.take() or head_of(transaction, strand.number)
    strand.wrote(_append(transaction, entries, strand.number, head))


def head_of(transaction: Transaction, strand: int) -> Head:
    """Read where the chain of a strand ends and keep others from moving it; raise KeyError."""
    for position, link in transaction.rows(_HEAD, strand=strand):
        return Head(position, bytes(link or b""))
    raise KeyError(f"strand {strand} has no row")


def remember(transaction: Transaction, entries: Iterable[Entry]) -> None:
    """Store the answers of a batch under their message ids; raise RaceLost if one is taken."""
    transaction.insert_new(
        stored_answer,
        _ANSWER_COLUMNS,
        [(entry.sender, entry.message_id, entry.digest, entry.entry) for entry in entries],
    )


def recall(transaction: Transaction, message_ids: list[str]) -> dict[tuple[str, str], StoredAnswer]:
    """Return the stored answers by (sender, message id)."""
    return {
        (sender, message_id): StoredAnswer(
            bytes(digest), entry, http_status, unpack(response, packed=packed), binding
        )
        for sender, message_id, digest, entry, http_status, packed, response, binding in (
            transaction.rows(_RECALL, ids=message_ids)
        )
    }


def key_of(
    transaction: Transaction,
    sender: str,
    message_id: str,
    service: str,
    operations: Collection[str],
) -> str | None:
    """Return the business key of a sender's answered message; None when there is no such one.

    The message is one of the contract `service` and of the given operations.
    """
    for known, operation, key in transaction.rows(_ANSWERED, sender=sender, message_id=message_id):
        if known == service and operation in operations:
            return str(key) if key is not None else None
    return None


def request_of(transaction: Transaction, entry: int) -> bytes:
    """Return the bytes of a message as they were received; raise KeyError for none."""
    row = transaction.execute(
        sa.select(journal_entry.c.request, journal_entry.c.packed).where(
            journal_entry.c.entry == entry
        )
    ).one_or_none()
    if row is None or row.request is None:
        raise KeyError(name_of(entry))
    return unpack(row.request, packed=row.packed)


def settle_abandoned(database: Database, folder: Path, now: datetime) -> int:
    """Enter as INTERRUPTED what dead processes received and never journaled; return how many.

    These entries go on with the chain of the dead process.
    """
    settled = 0
    for path in received.abandoned(folder):
        marks = [mark for mark in received.read_marks(path) if mark.received_at]
        with database.writing() as transaction:
            for strand in sorted({mark.entry >> STRAND_SHIFT for mark in marks}):
                of_strand = [mark for mark in marks if mark.entry >> STRAND_SHIFT == strand]
                settled += _interrupt(transaction, strand, of_strand, now)
        path.unlink()
    return settled


def missing(transaction: Transaction, in_flight: frozenset[int]) -> list[int]:
    """Return the entries below each strand's mark that have no row and are not in flight."""
    gaps: list[int] = []
    number = journal_entry.c.entry.op("/")(1 << STRAND_SHIFT).label("strand")
    counted = transaction.execute(sa.select(number, sa.func.count()).group_by("strand"))
    counts: dict[int, int] = {strand: count for strand, count in counted}  # noqa: C416 -- rows are not pairs to mypy
    for strand, highest in transaction.execute(
        sa.select(journal_strand.c.strand, journal_strand.c.highest)
    ):
        if counts.get(strand, 0) != highest:
            gaps += _gaps(transaction, strand, highest, in_flight)
    return gaps


def totals(transaction: Transaction) -> dict[Outcome, int]:
    """Count the entries by outcome."""
    counted = transaction.execute(
        sa.select(journal_entry.c.outcome, sa.func.count()).group_by(journal_entry.c.outcome)
    )
    found = {Outcome(outcome): count for outcome, count in counted}
    return {outcome: found.get(outcome, 0) for outcome in Outcome}


def pack(octets: bytes) -> bytes:
    """Compress what is worth it; XML of a payment registry shrinks about eight times."""
    return zlib.compress(octets, 1)


def unpack(octets: bytes | memoryview | None, *, packed: bool) -> bytes:
    """Return stored octets as they were."""
    if octets is None:
        return b""
    return zlib.decompress(octets) if packed else bytes(octets)


def _begin_strand(transaction: Transaction, strand: int, process: str, now: datetime) -> None:
    transaction.execute(
        journal_strand.insert().values(
            strand=strand,
            process=process,
            started_at=now,
            highest=0,
            position=0,
            link=chain.origin(strand, process, now),
        )
    )


def _append(transaction: Transaction, entries: Sequence[Entry], strand: int, head: Head) -> Head:
    """Write entries after `head` and move the strand's marks; return the new head."""
    position, link = head
    rows = []
    for entry in entries:
        row = _row(entry)
        if head.link:
            position += 1
            link = chain.link(link, row, entry.request, entry.response)
            rows.append((*row, position, link))
        else:
            rows.append((*row, None, None))  # a strand of before there were chains
    transaction.insert(journal_entry, _ENTRY_COLUMNS, rows)
    transaction.send(
        _MOVE_HEAD,
        highest=max(entry.entry for entry in entries) & _NUMBER_MASK,
        began=head.position,
        position=position,
        link=link or None,
        strand=strand,
    )
    return Head(position, link)


def _row(entry: Entry) -> tuple[Any, ...]:
    request, response = entry.request, entry.response
    packed = len(request or b"") + len(response or b"") > PACK_FROM_BYTES
    if packed:
        request = pack(request) if request is not None else None
        response = pack(response) if response is not None else None
    return (
        entry.entry,
        entry.received_at,
        entry.answered_at,
        entry.remote,
        entry.binding,
        entry.sender,
        entry.service,
        entry.operation,
        entry.message_id,
        entry.business_key,
        entry.digest,
        entry.outcome.value,
        entry.code,
        entry.http_status,
        entry.repeat_of,
        packed,
        request,
        response,
        entry.reason,
        entry.certificate,
    )


def _interrupt(
    transaction: Transaction, strand: int, marks: Sequence[received.Mark], now: datetime
) -> int:
    this = journal_strand.c.strand == strand
    if transaction.execute(sa.select(journal_strand.c.strand).where(this)).one_or_none() is None:
        _begin_strand(transaction, strand, UNKNOWN_PROCESS, now)
    head = head_of(transaction, strand)
    known = {
        entry
        for (entry,) in transaction.rows(_KNOWN_ENTRIES, entries=[mark.entry for mark in marks])
    }
    lost = [
        Entry(
            mark.entry,
            as_instant(mark.received_at),
            mark.remote,
            "",
            mark.path,
            outcome=Outcome.INTERRUPTED,
        )
        for mark in marks
        if mark.entry not in known
    ]
    if lost:
        _append(transaction, lost, strand, head)
    transaction.execute(journal_strand.update().where(this).values(ended_at=now))
    return len(lost)


def _gaps(
    transaction: Transaction, strand: int, highest: int, in_flight: frozenset[int]
) -> list[int]:
    first = strand << STRAND_SHIFT
    present = set(
        transaction.execute(
            sa.select(journal_entry.c.entry).where(
                journal_entry.c.entry > first, journal_entry.c.entry <= first + highest
            )
        ).scalars()
    )
    return [
        entry
        for entry in range(first + 1, first + highest + 1)
        if entry not in present and entry not in in_flight
    ]
