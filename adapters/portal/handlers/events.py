"""Departments push events, the portal pulls and acknowledges them (SVC-12)."""

import logging
from typing import Any
from uuid import UUID

from adapters.portal import telling
from adapters.portal.access import admit_portal
from adapters.portal.messages import events as messages
from adapters.portal.messages.portal_common import ReplyCode
from adapters.portal.recording import source_of
from adapters.portal.repository import applications, events
from adapters.portal.telling import Reply, Told
from gateway.adapter import Received, Work
from gateway.kernel.errors import GatewayError, NotFound, TooLarge
from gateway.storage import outbox
from gateway.storage.database import is_busy, is_race
from gateway.storage.outbox import withdrawal

log = logging.getLogger(__name__)

MOST_EVENTS = 500
_LONGEST_REPLY = 256
_BROKEN = "Узел не смог обработать это событие; пришлите его снова позже."


def push_event(
    received: Received[messages.PushEventRequest], work: Work
) -> messages.PushEventResponse:
    """Take an event, or tell why not (PORT-EVT-01)."""
    reply = telling.take_event(_told(received, received.request, "/PushEventRequest"), work)
    return messages.PushEventResponse(
        code=reply.code, message=reply.text, duplicate=reply.duplicate
    )


def push_events(
    received: Received[messages.PushEventsRequest], work: Work
) -> messages.PushEventsResponse:
    """Take events one by one in their order; a bad one does not spoil the others.

    A fault that the whole message shares (the hub cannot answer now) refuses it whole.
    """
    told = received.request.event
    if len(told) > MOST_EVENTS:
        raise TooLarge(f"Событий {len(told)}, допустимо {MOST_EVENTS}.")
    return messages.PushEventsResponse(
        result=[
            _result(_told(received, event, f"/PushEventsRequest/event[{number}]"), work)
            for number, event in enumerate(told, 1)
        ]
    )


def is_settled(response: messages.PushEventsResponse) -> bool:
    """Tell whether a packet has an answer for ever: no event has to come again."""
    return all(one.message != _BROKEN for one in response.result)


def get_events(
    received: Received[messages.GetEventsRequest], work: Work
) -> messages.GetEventsResponse:
    """Tell the portal its events after a number; none below the last is ever added later."""
    request = received.request
    portal = admit_portal(received)
    found = events.of_portal(
        work.database, portal, request.since_seq, request.limit, request.order_id
    )
    last = found[-1].seq if found else request.since_seq
    return messages.GetEventsResponse(event=list(found), last_seq=last)


def ack_events(
    received: Received[messages.AckEventsRequest], work: Work
) -> messages.AckEventsResponse:
    """Note that the portal has events, all or none; they are not delivered any more."""
    portal = admit_portal(received)
    seqs = set(received.request.seq)
    if events.known_seqs(work.database, portal, seqs) != seqs:
        raise NotFound
    # Letters first: a deliverer holds its letter when it acknowledges.
    sources = [source_of(portal, seq) for seq in sorted(seqs)]
    withdrawal.withdraw(outbox.CONTOUR, work.database, sources, work.now)
    return messages.AckEventsResponse(
        acked=events.acknowledge(work.database, portal, seqs, work.now)
    )


def get_attachment(
    received: Received[messages.GetAttachmentRequest], work: Work
) -> messages.GetAttachmentResponse:
    """Give the portal a file of an event, content and all (PORT-APP-06)."""
    request = received.request
    portal = admit_portal(received)
    application = events.application_of(work.database, portal, request.seq)
    if application is None:
        raise NotFound
    source = applications.event_source(request.seq)
    files = applications.files(work.database, application, UUID(request.file_id))
    file = files.get(source)
    if file is None:
        raise NotFound
    return messages.GetAttachmentResponse(file=file)


def _told(received: Received[Any], event: messages.PushEventRequestType, path: str) -> Told:
    return Told(event, received.sender.code, received.entry, received.attachments, path)


def _result(told: Told, work: Work) -> messages.EventResultType:
    """Take one event of a packet in a savepoint of its own."""
    promised = len(work.after_commit)
    try:
        with work.database.savepoint():
            reply = telling.take_event(told, work)
    except GatewayError as error:
        if error.retryable:
            raise
        del work.after_commit[promised:]
        reply = Reply(ReplyCode.OTHER, _text_of(error))
    except Exception as error:
        if is_race(error) or is_busy(error):
            raise
        del work.after_commit[promised:]
        log.exception("an event of a packet broke its handler")
        reply = Reply(ReplyCode.OTHER, _BROKEN)
    return messages.EventResultType(
        event_id=told.event.event_id,
        code=reply.code,
        message=reply.text,
        duplicate=reply.duplicate,
    )


def _text_of(error: GatewayError) -> str:
    found = [f"{one.text} ({one.path})" for one in error.findings[:1]]
    return " ".join([error.text, *found])[:_LONGEST_REPLY]
