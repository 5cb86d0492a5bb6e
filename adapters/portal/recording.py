"""The one way events on applications come to be (PORT-EVT-03).

An event is written under the lock of its application's row, so the events of one application have
an order; it moves the application where it says, and goes to the portal where the portal has named
an address. Whether the event may come at all is decided before: by `handlers` for a department, by
nobody for the hub itself.
"""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    record_events(work, [Happening(application, new)])
    return moved_by(work, application, new)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and its application as it stands before."""

    application: Application
    event: NewEvent


def record_events(work: Work, happenings: Sequence[Happening]) -> None:
    """Write many events in their order, in a few statements; their applications are locked."""
    written, parcels, after = [], [], {}
    outgoing = work.office(Outgoing)
    for happening, seq in _numbered(work, happenings):
        before, new = happening.application, happening.event
        record = _record(work, before, new, seq)
        moved = after[before.id] = moved_by(work, before, new)
        pushed = outgoing.is_reachable(before.portal, SINK)
        written.append((_written(work, moved, new, seq, pushed=pushed), record))
        if pushed:
            parcels.append(_parcel(work, before, new, record))
        source = applications.event_source(seq)
        applications.keep_files(work.database, before.id, source, new.files)
    events.add(work.database, written)
    applications.move(work.database, after.values())
    outgoing.send_all(work, parcels)


def moved_by(work: Work, application: Application, new: NewEvent) -> Application:
    """Return the application as an event leaves it."""
    told, code = new.what.order_status_event, code_of(new.what)
    if told is None:
        return application
    if told.cancel_allowed is not None:
        application = replace(application, cancel_allowed=told.cancel_allowed)
    if told.send_message_allowed is not None:
        application = replace(application, message_allowed=told.send_message_allowed)
    if code is None or not work.office(Statuses).is_state(code):
        return application
    return replace(application, state=code, org_code=new.org_code, changed_at=new.date)


def code_of(what: EventType) -> int | None:
    """Return the portal's code of a status, None for an event that is not of one."""
    return what.order_status_event.status_code.tech_code if what.order_status_event else None


def hub_moves(
    work: Work,
    application: Application,
    code: int,
    comment: str | None = None,
    entry: int | None = None,
) -> Application:
    """Record a state that the hub itself sets; return the application after it."""
    return record_event(work, application, hub_event(work, code, comment, entry))


def hub_event(
    work: Work, code: int, comment: str | None = None, entry: int | None = None
) -> NewEvent:
    """Return the event of a state that the hub itself sets."""
    identifier = work.identifiers()
    status = OrderStatusEventType(
        status_code=StatusCodeType(tech_code=code, org_code=None),
        cancel_allowed=None,
        send_message_allowed=None,
    )
    return NewEvent(
        id=identifier,
        sender=work.office(Outgoing).code,
        digest=hashlib.sha256(identifier.bytes).digest(),
        date=work.now,
        what=status_event(status),
        comment=comment,
        entry=entry,
    )


def prove_delivery(work: Work, application: Application, entry: int | None = None) -> Application:
    """Record that the department has an application that still counts as only accepted.

    Whoever tells events of an application has it, though our own commit of that may be late.
    """
    if application.state not in statuses.NOT_PROVEN:
        return application
    return hub_moves(work, application, statuses.SENT, entry=entry)


def source_of(portal: str, seq: int) -> str:
    """Return what the letter of an event to its portal is caused by."""
    return f"event/{portal}/{seq}"


def status_event(status: OrderStatusEventType) -> EventType:
    """Return the event that says a status and nothing else."""
    return EventType(
        order_status_event=status,
        payment_status_event=None,
        info_event=None,
        text_message_event=None,
        equeue_event=None,
    )


def _numbered(work: Work, happenings: Sequence[Happening]) -> Iterator[tuple[Happening, int]]:
    """Give each event its number among those of its portal."""
    counts = Counter(one.application.portal for one in happenings)
    numbers = {
        portal: itertools.count(events.next_seqs(work.database, portal, counts[portal]))
        for portal in sorted(counts)
    }
    for one in happenings:
        yield one, next(numbers[one.application.portal])


def _written(
    work: Work, after: Application, new: NewEvent, seq: int, *, pushed: bool
) -> events.Written:
    return events.Written(
        portal=after.portal,
        seq=seq,
        id=new.id,
        sender=new.sender,
        application=after.id,
        digest=new.digest,
        tech_code=code_of(new.what),
        state=after.state,
        pushed=pushed,
        event_date=new.date,
        recorded_at=work.now,
        entry=new.entry,
    )


def _record(work: Work, application: Application, new: NewEvent, seq: int) -> EventRecordType:
    code = code_of(new.what)
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
        title=None if code is None else work.office(Statuses).title(code),
        attachment=list(new.files),
    )


def _parcel(work: Work, application: Application, new: NewEvent, record: EventRecordType) -> Parcel:
    return Parcel(
        recipient=application.portal,
        contract=SINK,
        request=DeliverEventRequest(event=record),
        key=f"events/{application.portal}/{application.order_id}",
        source=source_of(application.portal, record.seq),
        message_id=work.identifiers(),
        attachments=new.parts,
        case_number=str(application.order_id),
        service_code=application.service,
        entry=new.entry,
    )
