"""What administrators of meals asked under an identifier of their own, and what they were told."""

import json
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals.models import admin_request
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_COLUMNS = ("sender", "operation", "request_id", "digest", "answer", "entry")

_KEPT = Query(
    """
    SELECT digest, answer FROM admin_request
    WHERE sender = :sender AND operation = :operation AND request_id = :request_id
    """
)
_HOLD_SCHOOLS = Query(
    "SELECT code FROM school WHERE code IN {schools:text} ORDER BY code", locking=True
)
_HOLD_MUNICIPALITY = Query("SELECT code FROM municipality WHERE code = :code", locking=True)


class Kept(NamedTuple):
    """A request that was answered before."""

    digest: bytes
    answer: Any


def recall(transaction: Transaction, sender: str, operation: str, request_id: UUID) -> Kept | None:
    """Return what a request was answered with, None for a new one."""
    rows = transaction.rows(_KEPT, sender=sender, operation=operation, request_id=str(request_id))
    return next((Kept(bytes(digest), json.loads(answer)) for digest, answer in rows), None)


def keep(
    transaction: Transaction,
    sender: str,
    operation: str,
    request_id: UUID,
    digest: bytes,
    answer: object,
    entry: int,
) -> None:
    """Keep the answer of a new request; raise RaceLost when another process was quicker."""
    text = json.dumps(answer, ensure_ascii=False)
    row = (sender, operation, request_id, digest, text, entry)
    transaction.insert_new(admin_request, _COLUMNS, [row])


def hold_schools(transaction: Transaction, schools: frozenset[str]) -> None:
    """Keep other processes from deciding for these schools till the end."""
    transaction.rows(_HOLD_SCHOOLS, schools=sorted(schools))


def hold_municipality(transaction: Transaction, code: str) -> None:
    """Keep other processes from changing the directories of a municipality till the end."""
    transaction.rows(_HOLD_MUNICIPALITY, code=code)
