"""Top-ups by card: what was begun and what became of it."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.meals import models
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_instant

_FIND = Query(
    """
    SELECT account, organizer_inn, amount, state, payment_url, created_at, expires_at, credited_at,
           digest, entry
    FROM top_up WHERE sender = :sender AND top_up_id = :top_up_id
    """
)


class TopUp(NamedTuple):
    """A row of `top_up`; the amount is in roubles."""

    sender: str
    top_up_id: UUID
    account: str
    organizer_inn: str
    amount: Decimal
    state: str
    payment_url: str
    created_at: datetime
    expires_at: datetime
    credited_at: datetime | None
    digest: bytes
    entry: int


def find(transaction: Transaction, sender: str, top_up_id: UUID) -> TopUp | None:
    """Return a top-up by its key."""
    rows = transaction.rows(_FIND, sender=sender, top_up_id=str(top_up_id))
    if not rows:
        return None
    account, inn, amount, state, url, created_at, expires_at, credited_at, digest, entry = rows[0]
    return TopUp(
        sender,
        top_up_id,
        account,
        inn,
        to_roubles(int(amount)),
        state,
        url,
        as_instant(created_at),
        as_instant(expires_at),
        None if credited_at is None else as_instant(credited_at),
        bytes(digest),
        entry,
    )


def add(transaction: Transaction, top_up: TopUp) -> None:
    """Store a top-up that has begun; one that is there already raises RaceLost."""
    transaction.insert_new(models.top_up, TopUp._fields, [top_up])
