"""Departments without a service of their own work applications from a list (SVC-27)."""

from uuid import UUID

from adapters.portal import recording, telling
from adapters.portal.messages import ppu as messages
from adapters.portal.messages.application import (
    CancelApplicationRequest,
    SendApplicantMessageRequest,
    SubmitCorrectionRequest,
)
from adapters.portal.messages.events import OrderStatusEventType, PushEventRequest
from adapters.portal.recording import status_event
from adapters.portal.repository import applications, inbox
from adapters.portal.repository.applications import Application
from adapters.portal.repository.inbox import Asking, Item, Place
from adapters.portal.statuses import Statuses
from adapters.portal.telling import Told
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.kernel.errors import NotFound
from gateway.kernel.ports import LOCAL
from registry.portal_services import PortalServices


def get_inbox(
    received: Received[messages.GetInboxRequest], work: Work
) -> messages.GetInboxResponse:
    """List the applications that wait for the sender, those first that came first."""
    request = received.request
    page = paging.page_of(request.page)
    after = paging.place_after(page.cursor, paging.moment, paging.identifier)
    asked = inbox.Asked(
        department=received.sender.code,
        service=request.service_code,
        state=request.state,
        hidden=work.office(Statuses).final,
    )
    place = None if after is None else Place(*after)
    found = inbox.listed(work.database, asked, place, page.limit + 1)
    shown = found[: page.limit]
    return messages.GetInboxResponse(
        application=[_item(work, one) for one in shown],
        next_cursor=_cursor(shown[-1].place) if len(found) > len(shown) else None,
    )


def take_application(
    received: Received[messages.TakeApplicationRequest], work: Work
) -> messages.TakeApplicationResponse:
    """Hand an application over, whole; the first time it counts as sent to the department.

    Who takes it again gets it as it stands now: colleagues see the same queue.
    """
    order_id = received.request.order_id
    application = applications.lock_of_department(work.database, received.sender.code, order_id)
    if application is None or application.route not in inbox.QUEUED:
        raise NotFound
    before = application.taken_at
    if before is None:
        application = applications.change(work.database, application, taken_at=work.now)
        application = recording.prove_delivery(work, application, received.entry)
    table = work.office(Statuses)
    return messages.TakeApplicationResponse(
        hub_application_id=str(application.id),
        portal=application.portal,
        received_at=application.received_at.astimezone(LOCAL),
        taken_at=(before or work.now).astimezone(LOCAL),
        tech_code=application.state,
        title=table.title_of(application.state),
        changed_at=application.changed_at.astimezone(LOCAL),
        application=applications.content(work.database, application.id),
        request=[_asked(one) for one in inbox.asked_after(work.database, application.id)],
        duplicate=before is not None,
    )


def get_attachment(
    received: Received[messages.GetAttachmentRequest], work: Work
) -> messages.GetAttachmentResponse:
    """Give a file of an application or of what came after it, content and all."""
    request = received.request
    application = _own(received.sender.code, request.order_id, work)
    found = applications.files(work.database, application.id, UUID(request.file_id))
    sources = sorted(source for source in found if not applications.is_of_event(source))
    if not sources:
        raise NotFound
    return messages.GetAttachmentResponse(file=found[sources[0]])


def set_status(
    received: Received[messages.SetStatusRequest], work: Work
) -> messages.SetStatusResponse:
    """Set a status by hand: an event as any other (PORT-EVT-04)."""
    request = received.request
    status = OrderStatusEventType(
        status_code=request.status_code,
        cancel_allowed=request.cancel_allowed,
        send_message_allowed=request.send_message_allowed,
    )
    event = PushEventRequest(
        event_id=request.event_id,
        order_id=request.order_id,
        # Nothing says when but the message itself: a repetition has to be the same event.
        event_date=telling.NO_DATE,
        event_comment=request.comment,
        event_author=request.author,
        event=status_event(status),
        attachment=request.attachment,
    )
    reply = telling.take_event(
        Told(
            event,
            received.sender.code,
            received.entry,
            received.attachments,
            "/SetStatusRequest",
            at=work.now,
        ),
        work,
    )
    return messages.SetStatusResponse(
        code=reply.code, message=reply.text, duplicate=reply.duplicate
    )


def _own(department: str, order_id: int, work: Work) -> Application:
    found = applications.of_department(work.database, department, order_id)
    if found is None or found.route not in inbox.QUEUED:
        raise NotFound
    return found


def _item(work: Work, one: Item) -> messages.InboxItemType:
    service = work.office(PortalServices).known(one.service)
    return messages.InboxItemType(
        order_id=one.order_id,
        hub_application_id=str(one.id),
        portal=one.portal,
        service_code=one.service,
        service_title=one.service if service is None else service.title,
        submitted_at=one.submitted_at.astimezone(LOCAL),
        received_at=one.received_at.astimezone(LOCAL),
        tech_code=one.state,
        title=work.office(Statuses).title_of(one.state),
        changed_at=one.changed_at.astimezone(LOCAL),
        taken_at=None if one.taken_at is None else one.taken_at.astimezone(LOCAL),
        requests=one.requests,
    )


def _cursor(place: Place) -> str:
    return paging.place(place.received_at.isoformat(), str(place.id))


def _asked(one: Asking) -> messages.ApplicantRequestType:
    content = one.content
    return messages.ApplicantRequestType(
        received_at=one.received_at.astimezone(LOCAL),
        cancel=content if isinstance(content, CancelApplicationRequest) else None,
        message=content if isinstance(content, SendApplicantMessageRequest) else None,
        correction=content if isinstance(content, SubmitCorrectionRequest) else None,
    )
