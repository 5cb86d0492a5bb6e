"""The event service v25 that departments' systems already speak: understood as PushEvent.

It has no id of an event. Ours is made of what is told, so that the same event told again is the
same event: uuid5 of sender, application, moment and the event's canonical form.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.sax.saxutils import escape

from lxml import etree

from adapters.portal.messages import events
from adapters.portal.messages.portal_common import StatusCodeType
from gateway.adapter import Foreign
from gateway.contracts import codec
from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.kernel.ports import LOCAL
from gateway.soap.smev2_files import AppliedFile

NAMESPACE = "http://idecs.atc.ru/orderprocessing/ws/eventservice/v25/"
_V25 = f"{{{NAMESPACE}}}"
_written = codec.octet_encoder(events.EventType)
_LONGEST_COMMENT = 2048
_LONGEST_AUTHOR = 256


def read(content: etree._Element, sender: str, files: Sequence[AppliedFile]) -> etree._Element:
    """Return PushEventRequest that says the same; `content` is valid by the schema of v25."""
    moment = _moment(_text(content, "eventDate") or "")
    order = int(_text(content, "orderId") or "")
    status = content.find(f"{_V25}event/{_V25}orderStatusEvent")
    event = events.EventType(order_status_event=_status(status))
    event_id = identify(sender, order, moment, event)
    request = events.PushEventRequest(
        event_id=str(event_id),
        order_id=order,
        event_date=moment,
        event_comment=_cut(_text(content, "eventComment"), _LONGEST_COMMENT),
        event_author=_cut(_text(content, "eventAuthor"), _LONGEST_AUTHOR),
        event=event,
        attachment=[_file(event_id, number, file) for number, file in enumerate(files, 1)],
    )
    return codec.encoder(events.PushEventRequest)(request)


def write(response: events.PushEventResponse) -> bytes:
    """Return the answer as v25 would have it: code and message."""
    return (
        f'<v:code xmlns:v="{NAMESPACE}">{int(response.code)}</v:code>'
        f'<v:message xmlns:v="{NAMESPACE}">{escape(response.message)}</v:message>'
    ).encode()


def identify(sender: str, order: int, moment: datetime, event: events.EventType) -> UUID:
    """Return the id of an event that has none; how it was written does not matter."""
    told = sha256(_written(event)).hexdigest()
    at = moment.astimezone(LOCAL).isoformat()
    return uuid5(NAMESPACE_URL, f"{NAMESPACE}{sender}/{order}/{at}/{told}")


def _status(element: etree._Element | None) -> events.OrderStatusEventType | None:
    if element is None:
        return None
    code = element.findtext(f"{_V25}statusCode/{_V25}techCode")
    own = element.findtext(f"{_V25}statusCode/{_V25}orgCode")
    return events.OrderStatusEventType(
        status_code=StatusCodeType(
            tech_code=None if code is None else int(code),
            org_code=None if own is None else own.strip(),
        ),
        cancel_allowed=_flag(element, "cancelAllowed"),
        send_message_allowed=_flag(element, "sendMessageAllowed"),
    )


def _file(event_id: UUID, number: int, file: AppliedFile) -> FileRef:
    digest = file.content.sha256
    return FileRef(
        file_id=str(uuid5(event_id, f"{number}/{digest.hex()}")),
        file_name=file.name,
        mime_type=file.media_type,
        size=file.content.size,
        hash=digest,
        hash_alg=HashAlgorithm.SHA_256,
        content=b"sha256:" + digest.hex().encode(),
    )


def _flag(element: etree._Element, name: str) -> bool | None:
    text = _text(element, name)
    return None if text is None else text in {"true", "1"}


def _text(element: etree._Element, name: str) -> str | None:
    found = element.findtext(_V25 + name)
    return None if found is None else found.strip() or None


def _cut(text: str | None, longest: int) -> str | None:
    return None if text is None else text[:longest]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)


FOREIGN = Foreign(
    wrapper=f"{_V25}pushEventRequest",
    answer=f"{_V25}pushEventResponse",
    operation="PushEvent",
    schema="xsd/portal/events-v25/1.0/events-v25.xsd",
    imports=("xsd/external/smev/smev256.xsd", "xsd/external/smev/xop-include.xsd"),
    content=f"{_V25}eventAppData",
    read=read,
    write=write,
)
