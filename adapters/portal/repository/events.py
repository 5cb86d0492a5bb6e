"""Events on applications: numbered for each portal without gaps, in the order they became true."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from adapters.portal import models
from adapters.portal.messages.events import EventRecordType
from adapters.portal.repository.packing import pack, unpack
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import instant_text

# Kept until the commit, so whoever reads up to a number misses none below it.
_NEXT = Query(
    """
    INSERT INTO portal_event_counter (portal, number) VALUES (:portal, :count)
    ON CONFLICT (portal) DO UPDATE SET number = portal_event_counter.number + excluded.number
    RETURNING number
    """
)
_KNOWN_SEQS = Query("SELECT seq FROM portal_event WHERE portal = :portal AND seq IN {seqs:bigint}")
_ACKNOWLEDGE = Query(
    """
    UPDATE portal_event SET acknowledged_at = :now
    WHERE portal = :portal AND acknowledged_at IS NULL AND seq IN {seqs:bigint}
    """
)


@dataclass(frozen=True, slots=True)
class Written:
    """What is kept of an event beside its content."""

    portal: str
    seq: int
    id: UUID
    sender: str
    application: UUID
    digest: bytes
    tech_code: int | None
    state: int
    """Of the application after it."""
    pushed: bool
    """Whether a letter goes to the portal."""
    event_date: datetime
    recorded_at: datetime
    entry: int | None


def wait_turn(transaction: Transaction, portal: sa.Select[tuple[str]] | str) -> None:
    """Let nobody else number the events of portals until the transaction ends.

    `portal` is a code, or a question for codes. A portal without events keeps nobody waiting.
    """
    table = models.event_counter
    codes = [portal] if isinstance(portal, str) else portal
    held = sa.select(table.c.number).where(table.c.portal.in_(codes)).order_by(table.c.portal)
    transaction.execute(held.with_for_update())


def next_seqs(transaction: Transaction, portal: str, count: int) -> int:
    """Take the next numbers of a portal's events and return the first of them.

    Others wait until the transaction ends.
    """
    [[last]] = transaction.rows(_NEXT, portal=portal, count=count)
    return int(last) - count + 1


def add(transaction: Transaction, written: Sequence[tuple[Written, EventRecordType]]) -> None:
    """Keep events; one that its sender has told before raises a race."""
    if not written:
        return
    rows = [
        {name: getattr(one, name) for name in Written.__slots__} | {"content": pack(record)}
        for one, record in written
    ]
    transaction.execute(models.event.insert(), rows)


def known(
    transaction: Transaction, told: Collection[tuple[str, UUID]]
) -> Mapping[tuple[str, UUID], bytes]:
    """Return what was told by a sender under an id before: what «the same event» means."""
    table = models.event
    by_sender: dict[str, list[UUID]] = defaultdict(list)
    for sender, identifier in told:
        by_sender[sender].append(identifier)
    return {
        (sender, row.id): bytes(row.digest)
        for sender, identifiers in by_sender.items()
        for row in transaction.execute(
            sa.select(table.c.id, table.c.digest).where(
                table.c.sender == sender, table.c.id.in_(identifiers)
            )
        )
    }


def of_application(transaction: Transaction, application: UUID) -> Sequence[EventRecordType]:
    """Return the events on an application in their order."""
    table = models.event
    found = transaction.execute(
        sa.select(table.c.content).where(table.c.application == application).order_by(table.c.seq)
    )
    return [unpack(EventRecordType, content) for content in found.scalars()]


def of_portal(
    transaction: Transaction, portal: str, after: int, limit: int, order_id: int | None = None
) -> Sequence[EventRecordType]:
    """Return at most `limit` events of a portal numbered above `after`, in order."""
    event, application = models.event.c, models.application.c
    found = sa.select(event.content).where(event.portal == portal, event.seq > after)
    if order_id is not None:
        found = found.join(models.application, application.id == event.application).where(
            application.order_id == order_id
        )
    rows = transaction.execute(found.order_by(event.seq).limit(limit))
    return [unpack(EventRecordType, content) for content in rows.scalars()]


def application_of(transaction: Transaction, portal: str, seq: int) -> UUID | None:
    """Return the application that an event of a portal is on."""
    table = models.event
    found = transaction.execute(
        sa.select(table.c.application).where(table.c.portal == portal, table.c.seq == seq)
    )
    return found.scalar_one_or_none()


def known_seqs(transaction: Transaction, portal: str, seqs: Collection[int]) -> frozenset[int]:
    """Return those of `seqs` that are events of a portal."""
    found = transaction.rows(_KNOWN_SEQS, portal=portal, seqs=list(seqs))
    return frozenset(int(seq) for [seq] in found)


def acknowledge(transaction: Transaction, portal: str, seqs: Collection[int], now: datetime) -> int:
    """Note that the portal has events; return of how many that is news."""
    return transaction.run(_ACKNOWLEDGE, portal=portal, seqs=list(seqs), now=instant_text(now))
