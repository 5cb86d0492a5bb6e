"""A department and the portal at the hub's counter: events, the queue, and what became of them."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from lxml import etree
from portal_counter import CATALOG, DEPARTMENT, PORTAL, SINK, Counter, State

from adapters import portal
from adapters.portal.messages import event_sink, ppu
from adapters.portal.messages import events as messages
from adapters.portal.messages.portal_common import StatusCodeType
from adapters.portal.repository import proof
from gateway.adapter import Received
from gateway.contracts import codec
from gateway.contracts.messages.common import Page
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Participant, ParticipantState
from gateway.kernel.xml import make_parser
from gateway.soap import attachments as binary
from gateway.storage import attachments
from registry.kinds import ParticipantKind
from registry.portal_services import Route

OTHER_DEPARTMENT = Participant(
    "DEPT72002", "Другое", ParticipantKind.DEPARTMENT.value, ParticipantState.IN_OPERATION
)
HAPPENED = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
UIN = "18810072230000000012"


@cache
def handlers():
    """Operation and contract by the class of the request."""
    return {
        getattr(service.messages, f"{one.name}Request"): (one, CATALOG.contract(service.contract))
        for service in portal.ADAPTER.services
        for one in service.operations
    }


class EventsCounter(Counter):
    """The counter for every service of the slice."""

    def ask(self, request, sender=DEPARTMENT):
        """Hand any message over; return the typed answer or raise the refusal."""
        operation, contract = handlers()[type(request)]
        received = self.taken_in(request, sender, contract)
        for part in received.attachments.values():
            attachments.keep(self.database, part, self.clock())
        with self.database.writing() as transaction:
            answer = handled(operation, received, self.work(transaction))
        told = codec.encode(answer)
        assert contract.validate(told), contract.last_error()
        return answer

    def handler_of(self, request):
        return handlers()[type(request)]

    def taken_in(self, request, sender, contract):
        payload = etree.fromstring(etree.tostring(codec.encode(request)), make_parser())
        assert contract.validate(payload), contract.last_error()
        digest = hashlib.sha256(etree.tostring(payload, method="c14n", exclusive=True)).digest()
        parts = binary.detach(payload, {}, contract.binary_elements)
        return Received(
            request=codec.decode(type(request), payload),
            sender=sender,
            entry=next(self.entries),
            received_at=self.clock(),
            digest=digest,
            message_id=None,
            attachments=parts,
            wake=lambda _: None,
        )

    portal = PORTAL

    def delivery_states(self, prefix):
        """Return the states of letters to a portal by the number of their events."""
        with self.database.reading() as transaction:
            rows = transaction.execute(
                sa.text(
                    "SELECT l.source, d.state FROM outbox_letter l"
                    " JOIN outbox_delivery d ON d.letter = l.letter"
                )
            )
            return {
                int(source.rpartition("/")[2]): state
                for source, state in rows
                if source.startswith(prefix)
            }

    def push(self, number, what, order_id=1, sender=DEPARTMENT, **more):
        return self.ask(push(number, what, order_id, **more), sender)

    def pull(self, since=0, limit=500, order_id=None, sender=PORTAL):
        asked = messages.GetEventsRequest(since_seq=since, limit=limit, order_id=order_id)
        return self.ask(asked, sender)

    def told(self, order_id=1):
        """Return the codes of the statuses that the portal has been told, in order."""
        return [code_of(one) for one in self.pull(order_id=order_id).event if code_of(one)]

    def ack(self, *seqs, sender=PORTAL):
        return self.ask(messages.AckEventsRequest(seq=list(seqs)), sender).acked

    def let_portal_be_reached(self):
        self.reachable.add((PORTAL.code, SINK))

    def events_sent(self):
        return [one for one in self.letters() if one.contract == SINK]

    def deliver_event(self, letter, code=0):
        answer = event_sink.DeliverEventResponse(
            code=event_sink.DeliveryCode(code), message="Ответ"
        )
        self.settle(letter, State.DELIVERED, answer)

    def map_codes(self, codes):
        """Let the department have codes of its own."""
        service = self.services[Route.ENDPOINT.value]
        self.services[service.code] = replace(service, tech_codes=codes)

    def publish_for_other(self):
        self.publish(Route.PPU, code="OTHER", department=OTHER_DEPARTMENT)

    def faults(self):
        with self.database.reading() as transaction:
            return proof.reconcile(transaction, None)

    def run(self, sql, **values):
        """Break the books."""
        with self.database.writing() as transaction:
            transaction.execute(sa.text(sql), values)


def handled(operation, received, work):
    """Handle a message as the writer does."""
    if operation.handle_batch is None:
        return operation.handle(received, work)
    [answer] = operation.handle_batch([received], work)
    if isinstance(answer, GatewayError):
        raise answer
    return answer


def code_of(record):
    status = record.event.order_status_event
    return None if status is None else status.status_code.tech_code


def push(number, what, order_id=1, **more):
    values = {
        "event_id": str(UUID(int=number)),
        "order_id": order_id,
        "event_date": HAPPENED,
        "event_comment": None,
        "event_author": None,
        "event": what,
        "attachment": [],
        **more,
    }
    return messages.PushEventRequest(**values)


def packet(*events):
    return messages.PushEventsRequest(
        event=[
            messages.PushEventRequestType(
                **{name: getattr(one, name) for name in messages.PushEventRequestType.__slots__}
            )
            for one in events
        ]
    )


def status(tech_code=None, org_code=None, cancel=None, message=None):
    return messages.EventType(
        order_status_event=messages.OrderStatusEventType(
            status_code=StatusCodeType(tech_code=tech_code, org_code=org_code),
            cancel_allowed=cancel,
            send_message_allowed=message,
        )
    )


def payment(status="REQUIRED", uins=(UIN,)):
    payments = [
        messages.PaymentType(source="DEPT", uin=uin, amount=None, description="Госпошлина")
        for uin in uins
    ]
    return messages.EventType(
        payment_status_event=messages.PaymentStatusEventType(
            status=messages.PaymentStatus(status), payment=payments
        )
    )


def info(code="VISIT"):
    return messages.EventType(info_event=messages.InfoEventType(code=code))


def text_message():
    return messages.EventType(text_message_event=messages.TextMessageEventType())


def invitation(start=None, end=None):
    said = messages.QueueInvitationType(start_date=start, end_date=end)
    return messages.EventType(equeue_event=messages.QueueEventType(equeue_invitation=said))


def queue_closed():
    said = messages.QueueEventType(equeue_closed=messages.QueueClosedType())
    return messages.EventType(equeue_event=said)


def set_status(number, tech_code=None, order_id=1, **more):
    values = {
        "event_id": str(UUID(int=number)),
        "order_id": order_id,
        "status_code": StatusCodeType(tech_code=tech_code, org_code=None),
        **more,
    }
    return ppu.SetStatusRequest(**values)


def take(order_id=1):
    return ppu.TakeApplicationRequest(order_id=order_id)


def inbox(state=None, service=None, limit=None, cursor=None):
    page = None if limit is None else Page(limit=limit, cursor=cursor)
    return ppu.GetInboxRequest(service_code=service, state=state, page=page)


QUEUED = Route.PPU.value
