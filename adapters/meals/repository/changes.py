"""Changes of class requests that were made, with their answers: each is answered once for ever."""

import zlib
from base64 import b85decode, b85encode
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from adapters.meals import models
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_ANSWERED = Query(
    "SELECT digest, answer FROM request_change WHERE request_id = :id AND version = :version"
)
_PLACE = "request_change.answer"


class Change(NamedTuple):
    """What was asked for, what was answered, and by whom."""

    digest: bytes
    answer: bytes
    changed_by: str
    """Of the staff."""
    changed_at: datetime
    entry: int


def answered(
    transaction: Transaction, request_id: UUID, version: int
) -> tuple[bytes, bytes] | None:
    """Return digest and answer of the change that was made upon a version of a request."""
    rows = transaction.rows(_ANSWERED, id=str(request_id), version=version)
    if not rows:
        return None
    digest, sealed = rows[0]
    return bytes(digest), zlib.decompress(b85decode(transaction.vault.open(_PLACE, sealed)))


def keep(transaction: Transaction, request_id: UUID, version: int, change: Change) -> None:
    """Keep the change that was made upon a version of a held request."""
    packed = b85encode(zlib.compress(change.answer)).decode()
    sealed = transaction.vault.seal(_PLACE, packed)
    transaction.insert_new(
        models.request_change,
        ("request_id", "version", "digest", "answer", "changed_by", "changed_at", "entry"),
        [(request_id, version, change.digest, sealed, *change[2:])],
    )
