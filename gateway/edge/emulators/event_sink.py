"""The wire of the portal: PortalEventSink, code first on spyne."""

import hashlib
from typing import Any
from uuid import UUID

from gateway.edge.emulators.department import Refused
from gateway.edge.emulators.event import (
    KINDS,
    SINK_NAMESPACE,
    SINK_SERVICE,
    DeliverEventRequest,
    DeliverEventResponse,
)
from gateway.edge.emulators.files import check_files
from gateway.edge.emulators.frame import Emulator
from gateway.edge.emulators.portal import Portal, Told
from gateway.edge.emulators.serving import Operation, canonical, served

PATH = f"/ws/{SINK_SERVICE}"
LATER = 9


def emulator(portal: Portal) -> Emulator:
    """Return the portal behind its frame."""

    def deliver(context: Any, request: Any) -> Any:  # noqa: ANN401 -- classes of the stack
        check_files(request.event.attachment or ())
        known = portal.take(_told(request.event, canonical(context), portal))
        message = "Событие было принято раньше." if known else "Событие принято."
        return DeliverEventResponse(code=0, message=message)

    operations = {"DeliverEvent": Operation(DeliverEventRequest, DeliverEventResponse, deliver)}
    service = served(SINK_SERVICE, SINK_NAMESPACE, "PortalEventSink", operations, portal.clock)
    # What a portal says that has done what it says it will do later.
    wrong = {"code": lambda _: LATER}
    return Emulator("portal", PATH, service, portal.clock, wrong=wrong)


def _told(record: Any, octets: bytes, portal: Portal) -> Told:  # noqa: ANN401
    kinds = [name for name in KINDS if getattr(record.event, name) is not None]
    if len(kinds) != 1:
        raise Refused("VALIDATION_ERROR", "В событии должно быть ровно одно сообщение.")
    status = record.event.orderStatusEvent
    return Told(
        UUID(record.eventId),
        record.orderId,
        record.seq,
        kinds[0],
        None if status is None else status.statusCode.techCode,
        hashlib.sha256(octets).hexdigest(),
        portal.clock(),
        record.title or "",
        record.eventComment or "",
        record.sender,
        tuple(file.fileName for file in record.attachment or ()),
    )
