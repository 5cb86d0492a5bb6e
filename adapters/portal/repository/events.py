"""Events on applications: numbered for each portal without gaps, in the order they became true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from adapters.portal import models
from adapters.portal.messages.events import EventRecordType
from adapters.portal.repository.packing import pack, unpack
from gateway.storage.database import Transaction
from gateway.storage.query import Query

# Kept until the commit, so whoever reads up to a number misses none below it.
_NEXT = Query(
    """
    INSERT INTO portal_event_counter (portal, number) VALUES (:portal, 1)
    ON CONFLICT (portal) DO UPDATE SET number = portal_event_counter.number + 1
    RETURNING number
    """
)


@dataclass(frozen=True, slots=True)
class Known:
    """An event that was taken before."""

    seq: int
    digest: bytes


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
    event_date: datetime
    recorded_at: datetime
    entry: int | None


def next_seq(transaction: Transaction, portal: str) -> int:
    """Take the next number of a portal's events; others wait until the transaction ends."""
    [[number]] = transaction.rows(_NEXT, portal=portal)
    return int(number)


def add(transaction: Transaction, one: Written, record: EventRecordType) -> None:
    """Keep an event; the same sender's with the same id raises a race."""
    values = {name: getattr(one, name) for name in Written.__slots__}
    transaction.execute(models.event.insert(), {**values, "content": pack(record)})


def known(transaction: Transaction, sender: str, identifier: UUID) -> Known | None:
    """Return the event that a sender has told under this id."""
    table = models.event
    found = transaction.execute(
        sa.select(table.c.seq, table.c.digest).where(
            table.c.sender == sender, table.c.id == identifier
        )
    ).one_or_none()
    return None if found is None else Known(found.seq, bytes(found.digest))


def of_application(transaction: Transaction, application: UUID) -> Sequence[EventRecordType]:
    """Return the events on an application in their order."""
    table = models.event
    found = transaction.execute(
        sa.select(table.c.content).where(table.c.application == application).order_by(table.c.seq)
    )
    return [unpack(EventRecordType, content) for content in found.scalars()]


def acknowledge(transaction: Transaction, portal: str, seq: int, now: datetime) -> bool:
    """Note that the portal has an event; tell whether that is news."""
    table = models.event
    done = transaction.execute(
        table.update()
        .where(table.c.portal == portal, table.c.seq == seq, table.c.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
    )
    return done.rowcount > 0
