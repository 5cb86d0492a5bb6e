"""Departments push events, the portal pulls and acknowledges them (SVC-12)."""

import logging
from collections.abc import Sequence
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
    messages_: Sequence[Received[messages.PushEventRequest]], work: Work
) -> list[messages.PushEventResponse | GatewayError]:
    """Take an event of each message, or tell why not (PORT-EVT-01)."""
    told = [_told(each, each.request, "/PushEventRequest") for each in messages_]
    return [
        reply
        if isinstance(reply, GatewayError)
        else messages.PushEventResponse(
            code=reply.code, message=reply.text, duplicate=reply.duplicate
        )
        for reply in telling.take_events(told, work)
    ]


def push_events(
    received: Received[messages.PushEventsRequest], work: Work
) -> messages.PushEventsResponse:
    """Take events in their order, each by itself; a bad one does not spoil the others.

    A fault that the whole message shares (the hub cannot answer now) refuses it whole.
    """
    asked = received.request.event
    if len(asked) > MOST_EVENTS:
        raise TooLarge(f"Событий {len(asked)}, допустимо {MOST_EVENTS}.")
    many = [
        _told(received, event, f"/PushEventsRequest/event[{number}]")
        for number, event in enumerate(asked, 1)
    ]
    replies = _taken(many, work)
    return messages.PushEventsResponse(result=list(map(_result, many, replies)))


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


def _taken(many: Sequence[Told], work: Work) -> list[Reply | GatewayError]:
    """Take events together; when that breaks, one by one, so that only the broken one is out."""
    promised = len(work.after_commit)
    try:
        with work.database.savepoint():
            return telling.take_events(many, work)
    except Exception as error:
        if not _is_own_fault(error):
            raise
        del work.after_commit[promised:]
        log.exception("%d events of a packet broke their handler", len(many))
    if len(many) == 1:
        return [Reply(ReplyCode.OTHER, _BROKEN)]
    return [reply for told in many for reply in _taken([told], work)]


def _is_own_fault(error: Exception) -> bool:
    """Tell whether an event may be to blame: it is no refusal, race or busy database."""
    return not (isinstance(error, GatewayError) or is_race(error) or is_busy(error))


def _result(told: Told, reply: Reply | GatewayError) -> messages.EventResultType:
    if isinstance(reply, GatewayError):
        reply = Reply(ReplyCode.OTHER, _text_of(reply))
    return messages.EventResultType(
        event_id=told.event.event_id,
        code=reply.code,
        message=reply.text,
        duplicate=reply.duplicate,
    )


def _text_of(error: GatewayError) -> str:
    found = [f"{one.text} ({one.path})" for one in error.findings[:1]]
    return " ".join([error.text, *found])[:_LONGEST_REPLY]
