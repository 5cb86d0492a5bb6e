"""Requests that name themselves: a repeat gets the first answer (GW-06)."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from adapters.meals.access import Actor
from adapters.meals.repository import admin_requests
from gateway.adapter import Received, Work
from gateway.kernel.errors import DuplicateConflict


def first_answer(
    received: Received[Any], work: Work, actor: Actor, operation: str, request_id: str
) -> Any | None:  # noqa: ANN401 -- JSON
    """Return what was answered to the request before, None to a new one.

    Raises DuplicateConflict for other content, or for another person under the same identifier.
    """
    kept = admin_requests.recall(work.database, received.sender.code, operation, UUID(request_id))
    if kept is None:
        return None
    if kept.digest != _digest(received, actor):
        raise DuplicateConflict
    return kept.answer


def keep_answer(
    received: Received[Any],
    work: Work,
    actor: Actor,
    operation: str,
    request_id: str,
    answer: object,
) -> None:
    """Keep the answer of a new request."""
    admin_requests.keep(
        work.database,
        received.sender.code,
        operation,
        UUID(request_id),
        _digest(received, actor),
        answer,
        received.entry,
    )


def _digest(received: Received[Any], actor: Actor) -> bytes:
    return sha256(received.digest + (actor.person or "").encode()).digest()
