"""Messages of the events services as counterparts of the hub write them.

A department pushes events to EventModuleService (SVC-12); the hub delivers them to the portal's
PortalEventSink. A test holds both against the published formats.
"""

from gateway.edge.emulators.shapes import (
    MAY,
    MUST,
    FileRef,
    many,
    may,
    model,
    must,
    text,
    uuid,
)
from gateway.edge.emulators.stack import Boolean, Date, DateTime, Decimal, Integer, Integer64

NAMESPACE = "urn://x-artefacts-citto-72/portal/events/1.0"
SERVICE = "portal/events/1.0"
SINK_NAMESPACE = "urn://x-artefacts-citto-72/portal/event-sink/1.0"
SINK_SERVICE = "portal/event-sink/1.0"
_PORTAL = "urn://x-artefacts-citto-72/portal/common/1.0"

StatusCode = model(
    "StatusCodeType", _PORTAL, [("techCode", Integer(**MAY)), ("orgCode", text(50, **MAY))]
)
OrderStatusEvent = model(
    "OrderStatusEventType",
    NAMESPACE,
    [
        ("statusCode", must(StatusCode)),
        ("cancelAllowed", Boolean(**MAY)),
        ("sendMessageAllowed", Boolean(**MAY)),
    ],
)
Payment = model(
    "PaymentType",
    NAMESPACE,
    [
        ("source", text(50)),
        ("uin", text(25)),
        ("amount", Decimal(12, 2, **MAY)),
        ("description", text(255)),
    ],
)
PaymentStatusEvent = model(
    "PaymentStatusEventType", NAMESPACE, [("status", text(20)), ("payment", many(Payment))]
)
InfoEvent = model("InfoEventType", NAMESPACE, [("code", text(50))])
TextMessageEvent = model("TextMessageEventType", NAMESPACE, [])
QueueOrganization = model(
    "QueueOrganizationType",
    NAMESPACE,
    [("organizationId", text(50)), ("areaId", text(50, **MAY))],
)
QueueInvitation = model(
    "QueueInvitationType",
    NAMESPACE,
    [
        ("organization", many(QueueOrganization)),
        ("startDate", Date(**MAY)),
        ("endDate", Date(**MAY)),
    ],
)
QueueClosed = model("QueueClosedType", NAMESPACE, [])
QueueEvent = model(
    "QueueEventType",
    NAMESPACE,
    [("equeueInvitation", may(QueueInvitation)), ("equeueClosed", may(QueueClosed))],
)
KINDS = {
    "orderStatusEvent": OrderStatusEvent,
    "paymentStatusEvent": PaymentStatusEvent,
    "infoEvent": InfoEvent,
    "textMessageEvent": TextMessageEvent,
    "equeueEvent": QueueEvent,
}
"""What an event may be; exactly one of them is there."""
Event = model("EventType", NAMESPACE, [(name, may(kind)) for name, kind in KINDS.items()])

PushEventRequest = model(
    "PushEventRequestType",
    NAMESPACE,
    [
        ("eventId", uuid()),
        ("orderId", Integer64(**MUST)),
        ("eventDate", DateTime(**MUST)),
        ("eventComment", text(2048, **MAY)),
        ("eventAuthor", text(256, **MAY)),
        ("event", must(Event)),
        ("attachment", many(FileRef)),
    ],
)
EventRecord = model(
    "EventRecordType",
    NAMESPACE,
    [
        ("seq", Integer64(**MUST)),
        ("eventId", uuid()),
        ("orderId", Integer64(**MUST)),
        ("serviceCode", text(50)),
        ("sender", text(20)),
        ("eventDate", DateTime(**MUST)),
        ("receivedAt", DateTime(**MUST)),
        ("eventComment", text(2048, **MAY)),
        ("eventAuthor", text(256, **MAY)),
        ("event", must(Event)),
        ("title", text(255, **MAY)),
        ("attachment", many(FileRef)),
    ],
)
DeliverEventRequest = model("DeliverEventRequest", SINK_NAMESPACE, [("event", must(EventRecord))])
DeliverEventResponse = model(
    "DeliverEventResponse", SINK_NAMESPACE, [("code", Integer(**MUST)), ("message", text(256))]
)
