"""Batches that were answered."""

from datetime import datetime
from typing import NamedTuple

from adapters.school import models
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_ANSWERED = Query(
    "SELECT digest, answer FROM school_batch WHERE sender = :sender AND batch_id = :batch_id"
)


class Answered(NamedTuple):
    """A batch that was answered."""

    digest: bytes
    answer: bytes


def answered(transaction: Transaction, sender: str, batch_id: str) -> Answered | None:
    """Return what a batch was answered with."""
    rows = transaction.rows(_ANSWERED, sender=sender, batch_id=batch_id)
    return Answered(*map(bytes, rows[0])) if rows else None


def keep(
    transaction: Transaction,
    sender: str,
    batch_id: str,
    batch: Answered,
    entry: int,
    now: datetime,
) -> None:
    """Keep the answer to a batch; one that came at the same moment raises RaceLost."""
    transaction.insert_new(
        models.school_batch,
        ("sender", "batch_id", "digest", "answer", "answered_at", "entry"),
        [(sender, batch_id, *batch, now, entry)],
    )
