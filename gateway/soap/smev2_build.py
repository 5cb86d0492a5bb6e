"""The envelope of SMEV 2.x, revision 120315, as it is written (SVC-00-04)."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from gateway.kernel.ports import LOCAL
from gateway.soap.parse import Version
from gateway.soap.smev2 import (
    NAMESPACE,
    RECIPIENT_ACTOR,
    XOP,
    XSI,
    Message,
    MessageHeader,
    ServiceVersion,
    System,
)

_SOAP = Version.SOAP11.value


@dataclass(frozen=True, slots=True)
class Document:
    """`smev:AppDocument` as it is written: an archive inline or as a part of the message."""

    request_code: str
    content: bytes | None = None
    """The archive's bytes; None when it travels as the part `content_id`."""
    content_id: str | None = None
    digest: bytes | None = None
    """Over the archive's bytes; goes with `content_id` and `token`."""
    token: bytes | None = None
    """Stands for the reference until `attachments.refer` puts one in its place."""


def write_message(message: Message) -> str:
    """Return the text of `smev:Message`; the prefix `smev` is declared around it."""
    service = message.service
    if isinstance(service, ServiceVersion):
        named = (
            f"<smev:Service>{_element('Mnemonic', service.mnemonic)}"
            f"{_element('Version', service.version)}</smev:Service>"
        )
    else:
        named = _element("ServiceName", service)
    originator = "" if message.originator is None else _party("Originator", message.originator)
    parts = (
        _party("Sender", message.sender),
        _party("Recipient", message.recipient),
        originator,
        named,
        _element("TypeCode", message.type_code.value),
        _element("Status", message.status.value),
        _element("Date", _written(message.date)),
        _element("ExchangeType", message.exchange_type),
        _element("RequestIdRef", message.request_id),
        _element("OriginRequestIdRef", message.origin_request_id),
        _element("ServiceCode", message.service_code),
        _element("CaseNumber", message.case_number),
        _element("TestMsg", message.test_message),
        _element("OKTMO", message.oktmo),
    )
    return f"<smev:Message>{''.join(parts)}</smev:Message>"


def wrap(
    tag: str,
    message: Message,
    app_data: bytes,
    document: Document | None = None,
    type_name: str | None = None,
) -> bytes:
    """Return the wrapper `{namespace}local` around a payload written before.

    `type_name` is an `xsi:type` for AppData that the other side insists on: `{namespace}local`.
    """
    name = etree.QName(tag)
    opened = (
        f'<w:{name.localname} xmlns:w={quoteattr(name.namespace or "")} xmlns:smev="{NAMESPACE}">'
    )
    return b"".join(
        (
            opened.encode(),
            write_message(message).encode(),
            f"<smev:MessageData><smev:AppData{_typed(type_name)}>".encode(),
            app_data,
            b"</smev:AppData>",
            b"" if document is None else _document(document),
            f"</smev:MessageData></w:{name.localname}>".encode(),
        )
    )


def envelope(wrapper: bytes, header: MessageHeader | None = None) -> bytes:
    """Return the SOAP 1.1 envelope around a wrapper."""
    block = "" if header is None else write_header(header)
    start = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<soap:Envelope xmlns:soap="{_SOAP}"><soap:Header>{block}</soap:Header><soap:Body>'
    )
    return b"".join((start.encode(), wrapper, b"</soap:Body></soap:Envelope>"))


def write_header(header: MessageHeader) -> str:
    """Return the text of `smev:Header`, addressed to the recipient."""
    return (
        f'<smev:Header xmlns:smev="{NAMESPACE}" soap:actor="{RECIPIENT_ACTOR}">'
        f"{_element('NodeId', header.node)}{_element('MessageId', header.message_id)}"
        f"{_element('TimeStamp', _written(header.timestamp))}"
        f"{_element('MessageClass', header.message_class.value)}</smev:Header>"
    )


def _written(moment: datetime) -> str:
    return moment.astimezone(LOCAL).isoformat(timespec="milliseconds")


def _element(name: str, text: str | None) -> str:
    return "" if text is None else f"<smev:{name}>{escape(text)}</smev:{name}>"


def _party(name: str, system: System) -> str:
    inside = f"{_element('Code', system.code)}{_element('Name', system.name)}"
    return f"<smev:{name}>{inside}</smev:{name}>"


def _typed(type_name: str | None) -> str:
    if type_name is None:
        return ""
    name = etree.QName(type_name)
    space = quoteattr(name.namespace or "")
    return f' xmlns:t={space} xmlns:xsi="{XSI}" xsi:type="t:{name.localname}"'


def _reference(document: Document) -> str:
    if document.token is not None:
        return b64encode(document.token).decode()
    href = quoteattr(f"cid:{document.content_id}")
    return f'<xop:Include xmlns:xop="{XOP}" href={href}/>'


def _document(document: Document) -> bytes:
    if document.content is not None:
        data = b64encode(document.content).decode()
        content = f"<smev:BinaryData>{data}</smev:BinaryData>"
    else:
        digest = b64encode(document.digest or b"").decode()
        content = (
            f"<smev:Reference>{_reference(document)}</smev:Reference>"
            f"<smev:DigestValue>{digest}</smev:DigestValue>"
        )
    return (
        f"<smev:AppDocument>{_element('RequestCode', document.request_code)}{content}"
        "</smev:AppDocument>"
    ).encode()
