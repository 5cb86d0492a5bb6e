"""Applications that a department works by hand or fetches itself, and what came after them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from adapters.portal import models
from adapters.portal.messages.application import (
    CancelApplicationRequest,
    SendApplicantMessageRequest,
    SubmitCorrectionRequest,
)
from adapters.portal.repository.applications import Kind
from adapters.portal.repository.packing import unpack
from gateway.storage.database import Transaction
from registry.portal_services import Route

QUEUED = frozenset({Route.PPU, Route.PULL})
"""Routes that end here; an ENDPOINT application is brought to the department."""
_REQUESTS = {
    Kind.CANCEL: CancelApplicationRequest,
    Kind.MESSAGE: SendApplicantMessageRequest,
    Kind.CORRECTION: SubmitCorrectionRequest,
}


class Place(NamedTuple):
    """Where an application stands in the list."""

    received_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """Which applications of a department are listed."""

    department: str
    service: str | None
    state: int | None
    hidden: Collection[int]
    """States left out when none is asked for: the final ones."""


@dataclass(frozen=True, slots=True)
class Item:
    """An application in the list."""

    id: UUID
    order_id: int
    portal: str
    service: str
    submitted_at: datetime
    received_at: datetime
    state: int
    changed_at: datetime
    taken_at: datetime | None
    requests: int
    """Cancellations, messages and corrections so far."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.received_at, self.id)


@dataclass(frozen=True, slots=True)
class Asking:
    """What an applicant has sent after the application."""

    received_at: datetime
    content: CancelApplicationRequest | SendApplicantMessageRequest | SubmitCorrectionRequest


def listed(
    transaction: Transaction, asked: Asked, after: Place | None, limit: int
) -> Sequence[Item]:
    """Return at most `limit` applications after a place, those first that came first."""
    a, request = models.application.c, models.request.c
    requests = sa.select(sa.func.count()).where(request.application == a.id).scalar_subquery()
    columns = (a[name] for name in Item.__slots__ if name != "requests")
    found = sa.select(*columns, requests.label("requests")).where(
        a.department == asked.department, a.route.in_([route.value for route in QUEUED])
    )
    if asked.service is not None:
        found = found.where(a.service == asked.service)
    if asked.state is not None:
        found = found.where(a.state == asked.state)
    else:
        found = found.where(a.state.not_in(sorted(asked.hidden)))
    if after is not None:
        found = found.where(
            sa.or_(
                a.received_at > after.received_at,
                sa.and_(a.received_at == after.received_at, a.id > after.id),
            )
        )
    rows = transaction.execute(found.order_by(a.received_at, a.id).limit(limit))
    return [Item(**row._mapping) for row in rows]  # noqa: SLF001 -- SQLAlchemy's own public name


def asked_after(transaction: Transaction, application: UUID) -> Sequence[Asking]:
    """Return what the applicant has sent after an application, in its order."""
    table = models.request
    rows = transaction.execute(
        sa.select(table.c.kind, table.c.received_at, table.c.content)
        .where(table.c.application == application)
        .order_by(table.c.received_at, table.c.entry)
    )
    return [Asking(row.received_at, _content(row)) for row in rows]


def _content(row: Any) -> Any:  # noqa: ANN401 -- a row of SQLAlchemy, one of three requests
    return unpack(_REQUESTS[Kind(row.kind)], row.content)
