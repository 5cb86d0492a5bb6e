"""What a plan of tests may ask of applications and their events; taking those of trials away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from adapters.portal import models
from adapters.portal.messages.events import EventRecordType
from adapters.portal.repository.packing import unpack
from gateway.storage.database import Transaction

PORTAL = "STAND"
"""Who has sent the applications of trials: no participant has this code."""
MOST_ROWS = 10_000
_KINDS = {
    "order_status_event": "orderStatusEvent",
    "payment_status_event": "paymentStatusEvent",
    "info_event": "infoEvent",
    "text_message_event": "textMessageEvent",
    "equeue_event": "equeueEvent",
}


def application_state(
    transaction: Transaction, participant: str, where: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """Return applications of a department or portal by `order`, `service`, `state`.

    Raises KeyError for other conditions.
    """
    a = models.application.c
    known: Mapping[str, _Condition] = {
        "order": lambda value: a.order_id == _number(value),
        "service": lambda value: a.service == value,
        "state": lambda value: a.state == _number(value),
    }
    found = sa.select(models.application).where(
        _is_of(participant), *(known[name](value) for name, value in where.items())
    )
    rows = transaction.execute(found.order_by(a.received_at, a.id).limit(MOST_ROWS))
    return [
        {
            "order": str(row.order_id),
            "service": row.service,
            "state": str(row.state),
            "org_code": row.org_code or "",
            "cancel_allowed": _flag(row.cancel_allowed),
            "message_allowed": _flag(row.message_allowed),
            "taken": _flag(row.taken_at is not None),
        }
        for row in rows
    ]


def events(
    transaction: Transaction, participant: str, where: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """Return events on applications of a department or portal, those first that came first.

    By `order`, `event_id`, `sender`, `kind` (as the message names it), `tech_code`, `state` (of the
    application after it). Raises KeyError for other conditions.
    """
    a, e = models.application.c, models.event.c
    known: Mapping[str, _Condition] = {
        "order": lambda value: a.order_id == _number(value),
        "event_id": lambda value: e.id == UUID(value),
        "sender": lambda value: e.sender == value,
        "tech_code": lambda value: e.tech_code == _number(value),
        "state": lambda value: e.state == _number(value),
    }
    asked = dict(where)
    kind = asked.pop("kind", None)
    found = (
        sa.select(a.order_id, e.id, e.sender, e.tech_code, e.state, e.acknowledged_at, e.content)
        .join(models.application, a.id == e.application)
        .where(_is_of(participant), *(known[name](value) for name, value in asked.items()))
        .order_by(e.portal, e.seq)
        .limit(MOST_ROWS)
    )
    shown = (_event(row) for row in transaction.execute(found))
    return [one for one in shown if kind in {None, one["kind"]}]


def purge(transaction: Transaction, sessions: Sequence[Mapping[str, str]]) -> None:
    """Remove the applications that were made for sessions, and all that came upon them."""
    a = models.application.c
    numbers = sorted(_orders(sessions))
    made = sa.select(a.id).where(a.portal == PORTAL, a.order_id.in_(numbers))
    for table in (models.event, models.attachment, models.request):
        transaction.execute(sa.delete(table).where(table.c.application.in_(made)))
    gone = sa.delete(models.application)
    transaction.execute(gone.where(a.portal == PORTAL, a.order_id.in_(numbers)))


_Condition = Callable[[str], sa.ColumnElement[bool]]


def _orders(sessions: Iterable[Mapping[str, str]]) -> Iterator[int]:
    for given in sessions:
        for name, value in given.items():
            if (name == "order" or name.endswith("_order")) and value.isdigit():
                yield int(value)


def _is_of(participant: str) -> sa.ColumnElement[bool]:
    a = models.application.c
    return sa.or_(a.department == participant, a.portal == participant)


def _event(row: Any) -> Mapping[str, str]:  # noqa: ANN401 -- a row of SQLAlchemy
    record = unpack(EventRecordType, row.content)
    kinds = (shown for name, shown in _KINDS.items() if getattr(record.event, name) is not None)
    return {
        "order": str(row.order_id),
        "event_id": str(row.id),
        "sender": row.sender,
        "kind": next(kinds),
        "tech_code": "" if row.tech_code is None else str(row.tech_code),
        "state": str(row.state),
        "comment": record.event_comment or "",
        "files": str(len(record.attachment)),
        "acknowledged": _flag(row.acknowledged_at is not None),
    }


def _number(value: str) -> int:
    """Read a number of a condition; what is none is nobody's."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("9" * 19) else -1


def _flag(value: object) -> str:
    return "true" if value else "false"
