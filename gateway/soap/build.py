"""From a reply's payload to the bytes of its envelope."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lxml import etree

from gateway.kernel import xml
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.soap.parse import HUB_NAMESPACE, SECURITY_HEADER, WSU_NAMESPACE, Version

FORMAT_VERSION = "1.0"

_OPEN = {
    version: (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<soap:Envelope xmlns:soap="{version.value}"><soap:Header>'
        f'<hub:MessageHeader xmlns:hub="{HUB_NAMESPACE}">'
    )
    for version in Version
}
_BODY = "</hub:MessageHeader></soap:Header><soap:Body>"
_CLOSE = b"</soap:Body></soap:Envelope>"


@dataclass(frozen=True, slots=True)
class ReplyHeader:
    """The hub's own `MessageHeader`; every field is of a type that cannot carry markup."""

    message_id: UUID
    sender: str
    """The hub's participant code."""
    recipient: str | None
    timestamp: datetime
    contour: Contour
    correlation_id: str | None
    """A UUID already checked by the schema: id of the message answered."""


def reply(version: Version, header: ReplyHeader, payload: bytes) -> bytes:
    """Return the envelope around a payload that was serialized and checked before."""
    recipient = f"<hub:recipient>{header.recipient}</hub:recipient>" if header.recipient else ""
    correlation = (
        f"<hub:correlationId>{header.correlation_id}</hub:correlationId>"
        if header.correlation_id
        else ""
    )
    head = (
        f"{_OPEN[version]}<hub:messageId>{header.message_id}</hub:messageId>"
        f"<hub:sender>{header.sender}</hub:sender>{recipient}"
        f"<hub:timestamp>{_moment(header.timestamp)}</hub:timestamp>"
        f"<hub:contour>{header.contour.value}</hub:contour>{correlation}"
        f"<hub:formatVersion>{FORMAT_VERSION}</hub:formatVersion>{_BODY}"
    )
    return b"".join((head.encode(), payload, _CLOSE))


def _moment(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="milliseconds")


def in_version(envelope: bytes, version: Version) -> bytes:
    """Return an envelope made by `reply` in another SOAP version; a signature is left out."""
    root = etree.fromstring(envelope, xml.parser())
    header, body = root
    for block in header.findall(SECURITY_HEADER):
        header.remove(block)
    for element in (body, *header):
        element.attrib.pop(f"{{{WSU_NAMESPACE}}}Id", "")
    moved = etree.Element(f"{{{version.value}}}Envelope", nsmap={"soap": version.value})
    for part in (header, body):
        name = etree.QName(part).localname
        etree.SubElement(moved, f"{{{version.value}}}{name}").extend(part)
    return etree.tostring(moved, xml_declaration=True, encoding="UTF-8")
