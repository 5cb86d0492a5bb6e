"""The one way events on applications come to be (PORT-EVT-03).

An event is written under the lock of its application's row, so the events of one application have
an order; it moves the application where it says, and goes to the portal where the portal has named
an address. Whether the event may come at all is decided before: by `handlers` for a department, by
nobody for the hub itself.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from adapters.portal import statuses
from adapters.portal.messages.event_sink import DeliverEventRequest
from adapters.portal.messages.events import EventRecordType, EventType, OrderStatusEventType
from adapters.portal.messages.portal_common import StatusCodeType
from adapters.portal.repository import applications, events
from adapters.portal.repository.applications import Application
from adapters.portal.statuses import Statuses
from gateway.adapter import Work
from gateway.contracts.messages.common import FileRef
from gateway.kernel.message import Attachment
from gateway.kernel.ports import LOCAL
from gateway.outgoing import Outgoing, Parcel

SINK = "portal/event-sink/1.0"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that may come: checked, its status said by techCode."""

    id: UUID
    sender: str
    """Participant code; the hub's own for what the hub does."""
    digest: bytes
    """What «the same event» means."""
    date: datetime
    what: EventType
    comment: str | None = None
    author: str | None = None
    org_code: str | None = None
    """The department's own code of the status, if it has named one."""
    files: Sequence[FileRef] = ()
    parts: Mapping[bytes, Attachment] = field(default_factory=dict)
    """Binary parts by the tokens in the content of `files`."""
    entry: int | None = None
    """Journal entry of the message behind it."""


def record_event(work: Work, application: Application, new: NewEvent) -> Application:
    """Write an event on an application that is locked; return the application after it.

    The application moves if the event is a state. Nothing is checked here but the lock's owner.
    """
    told = new.what.order_status_event
    code = told.status_code.tech_code if told is not None else None
    seq = events.next_seq(work.database, application.portal)
    record = _record(work, application, new, seq, code)
    events.add(
        work.database,
        events.Written(
            portal=application.portal,
            seq=seq,
            id=new.id,
            sender=new.sender,
            application=application.id,
            digest=new.digest,
            tech_code=code,
            event_date=new.date,
            recorded_at=work.now,
            entry=new.entry,
        ),
        record,
    )
    applications.keep_files(work.database, application.id, f"event/{seq}", new.files)
    _tell_portal(work, application, new, record)
    return applications.change(work.database, application, **_moved(work, told, code, new))


def hub_moves(
    work: Work, application: Application, code: int, comment: str | None = None
) -> Application:
    """Record a state that the hub itself sets; return the application after it."""
    identifier = work.identifiers()
    status = OrderStatusEventType(
        status_code=StatusCodeType(tech_code=code, org_code=None),
        cancel_allowed=None,
        send_message_allowed=None,
    )
    event = NewEvent(
        id=identifier,
        sender=work.office(Outgoing).code,
        digest=hashlib.sha256(identifier.bytes).digest(),
        date=work.now,
        what=status_event(status),
        comment=comment,
    )
    return record_event(work, application, event)


def prove_delivery(work: Work, application: Application) -> Application:
    """Record that the department has an application that still counts as only accepted.

    Whoever tells events of an application has it, though our own commit of that may be late.
    """
    if application.state not in {statuses.ACCEPTED, statuses.UNDELIVERED}:
        return application
    return hub_moves(work, application, statuses.SENT)


def status_event(status: OrderStatusEventType) -> EventType:
    """Return the event that says a status and nothing else."""
    return EventType(
        order_status_event=status,
        payment_status_event=None,
        info_event=None,
        text_message_event=None,
        equeue_event=None,
    )


def _record(
    work: Work, application: Application, new: NewEvent, seq: int, code: int | None
) -> EventRecordType:
    table = work.office(Statuses)
    return EventRecordType(
        seq=seq,
        event_id=str(new.id),
        order_id=application.order_id,
        service_code=application.service,
        sender=new.sender,
        event_date=new.date.astimezone(LOCAL),
        received_at=work.now.astimezone(LOCAL),
        event_comment=new.comment,
        event_author=new.author,
        event=new.what,
        title=None if code is None else table.title(code),
        attachment=list(new.files),
    )


def _moved(
    work: Work, told: OrderStatusEventType | None, code: int | None, new: NewEvent
) -> dict[str, object]:
    """Return the columns of the application that an event changes."""
    moved: dict[str, object] = {}
    if told is None:
        return moved
    if told.cancel_allowed is not None:
        moved["cancel_allowed"] = told.cancel_allowed
    if told.send_message_allowed is not None:
        moved["message_allowed"] = told.send_message_allowed
    if code is not None and work.office(Statuses).is_state(code):
        moved |= {"state": code, "org_code": new.org_code, "changed_at": new.date}
    return moved


def _tell_portal(
    work: Work, application: Application, new: NewEvent, record: EventRecordType
) -> None:
    outgoing = work.office(Outgoing)
    if not outgoing.is_reachable(application.portal, SINK):
        return
    outgoing.send(
        work,
        Parcel(
            recipient=application.portal,
            contract=SINK,
            request=DeliverEventRequest(event=record),
            key=f"events/{application.portal}/{application.order_id}",
            source=f"event/{application.portal}/{record.seq}",
            message_id=work.identifiers(),
            attachments=new.parts,
            case_number=str(application.order_id),
            entry=new.entry,
        ),
    )
