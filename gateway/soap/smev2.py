"""The envelope of SMEV 2.x, revision 120315, as values, and how it is read (SVC-00-04).

Body holds a wrapper of the service with `smev:Message`, who speaks to whom and how far the matter
has come, and `smev:MessageData`, the payload and its files. The reader is lenient where clients
in the field are careless; `gateway.soap.smev2_build` writes what is valid and in one form.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from lxml import etree

from gateway.kernel.errors import Finding
from gateway.kernel.ports import LOCAL
from gateway.soap.errors import MalformedMessage

NAMESPACE = "http://smev.gosuslugi.ru/rev120315"
XOP = "http://www.w3.org/2004/08/xop/include"
HEADER = f"{{{NAMESPACE}}}Header"
MESSAGE = f"{{{NAMESPACE}}}Message"
MESSAGE_DATA = f"{{{NAMESPACE}}}MessageData"
APP_DATA = f"{{{NAMESPACE}}}AppData"
APP_DOCUMENT = f"{{{NAMESPACE}}}AppDocument"
REQUEST_CODE = f"{{{NAMESPACE}}}RequestCode"
BINARY_DATA = f"{{{NAMESPACE}}}BinaryData"
REFERENCE = f"{{{NAMESPACE}}}Reference"
DIGEST_VALUE = f"{{{NAMESPACE}}}DigestValue"
RECIPIENT_ACTOR = "http://smev.gosuslugi.ru/actors/recipient"

_SMEV = f"{{{NAMESPACE}}}"
_MNEMONIC = re.compile(r"[A-Z0-9]{4}[0-9]{5}", re.ASCII)
XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Status(Enum):
    """How far a matter has come."""

    REQUEST = "REQUEST"
    RESULT = "RESULT"
    REJECT = "REJECT"
    INVALID = "INVALID"
    ACCEPT = "ACCEPT"
    PING = "PING"
    PROCESS = "PROCESS"
    NOTIFY = "NOTIFY"
    FAILURE = "FAILURE"
    CANCEL = "CANCEL"
    STATE = "STATE"
    PACKET = "PACKET"


class TypeCode(Enum):
    """For what the exchange is."""

    STATE_SERVICE = "GSRV"
    STATE_FUNCTION = "GFNC"
    OTHER = "OTHR"


class MessageClass(Enum):
    """Which way a message goes."""

    REQUEST = "REQUEST"
    RESPONSE = "RESPONSE"


@dataclass(frozen=True, slots=True)
class System:
    """An information system: mnemonic of nine characters and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ServiceVersion:
    """`Service`: mnemonic and version `1.00` of the addressed service."""

    mnemonic: str
    version: str


@dataclass(frozen=True, slots=True)
class Message:
    """`smev:Message`."""

    sender: System
    recipient: System
    type_code: TypeCode
    status: Status
    date: datetime
    exchange_type: str
    originator: System | None = None
    service: ServiceVersion | str | None = None
    """`Service`, or `ServiceName` when it is a text."""
    request_id: str | None = None
    """RequestIdRef: the request that began this exchange."""
    origin_request_id: str | None = None
    """OriginRequestIdRef: the request that began the chain."""
    service_code: str | None = None
    case_number: str | None = None
    test_message: str | None = None
    oktmo: str | None = None


@dataclass(frozen=True, slots=True)
class MessageHeader:
    """`smev:Header`, which SMEV writes, and the hub in its place."""

    node: str
    message_id: str
    timestamp: datetime
    message_class: MessageClass


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapper taken apart."""

    message: etree._Element
    data: etree._Element
    app_data: etree._Element | None
    document: etree._Element | None


def is_mnemonic(code: str) -> bool:
    """Tell whether this may be the code of a system."""
    return _MNEMONIC.fullmatch(code) is not None


def take_apart(wrapper: etree._Element) -> Wrapped:
    """Return the parts of a wrapper; raise MalformedMessage.

    `xsi:type` of AppData, which some write and no schema declares, is taken away.
    """
    if [child.tag for child in wrapper] != [MESSAGE, MESSAGE_DATA]:
        raise _refused(
            "Внутри элемента операции ожидаются smev:Message и smev:MessageData.",
            "Постройте сообщение по WSDL привязки СМЭВ 2.",
        )
    message, data = wrapper
    app_data = data.find(APP_DATA)
    if app_data is not None:
        app_data.attrib.pop(f"{{{XSI}}}type", "")
    return Wrapped(message, data, app_data, data.find(APP_DOCUMENT))


def inside(payload: etree._Element) -> etree._Element:
    """Return what AppData of a wrapper holds; any other payload as it is."""
    if [child.tag for child in payload] != [MESSAGE, MESSAGE_DATA]:
        return payload
    app_data = payload[1].find(APP_DATA)
    return payload if app_data is None or not len(app_data) else app_data[0]


def read_message(element: etree._Element) -> Message:
    """Read `smev:Message` that its schema has accepted; raise MalformedMessage."""
    service = element.find(f"{_SMEV}Service")
    return Message(
        sender=_system(element.find(f"{_SMEV}Sender")),
        recipient=_system(element.find(f"{_SMEV}Recipient")),
        originator=_system_or_none(element.find(f"{_SMEV}Originator")),
        service=_text(element, "ServiceName")
        if service is None
        else ServiceVersion(
            _text(service, "Mnemonic") or "",
            _text(service, "Version") or "",
        ),
        type_code=TypeCode(_text(element, "TypeCode")),
        status=Status(_text(element, "Status")),
        date=_moment(_text(element, "Date") or ""),
        exchange_type=_text(element, "ExchangeType") or "",
        request_id=_text(element, "RequestIdRef"),
        origin_request_id=_text(element, "OriginRequestIdRef"),
        service_code=_text(element, "ServiceCode"),
        case_number=_text(element, "CaseNumber"),
        test_message=_text(element, "TestMsg"),
        oktmo=_text(element, "OKTMO"),
    )


def message_id_of(header: etree._Element | None) -> str | None:
    """Return the MessageId of a proven `smev:Header`; None without one."""
    return None if header is None else _text(header, "MessageId")


def _system_or_none(element: etree._Element | None) -> System | None:
    return None if element is None else _system(element)


def _system(element: etree._Element | None) -> System:
    if element is None:
        raise MalformedMessage
    return System(_text(element, "Code") or "", _text(element, "Name") or "")


def _text(parent: etree._Element, name: str) -> str | None:
    found = parent.findtext(_SMEV + name)
    return None if found is None else found.strip() or None


def _moment(text: str) -> datetime:
    """Read a moment; one without a zone is of Tyumen, where the sender's clock stands."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _refused(
            "Дата сообщения (smev:Date) не читается.",
            "Укажите её в виде 2026-09-01T12:00:00+05:00.",
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)


def _refused(text: str, advice: str) -> MalformedMessage:
    return MalformedMessage(findings=(Finding(text, line=1, rule="smev2", advice=advice),))
