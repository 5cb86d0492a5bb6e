"""A participant's program of SMEV 2: envelopes filled in by the tests, signed when it has a key."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import requests
from lxml import etree

from gateway.security import wsse
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.wsse import Signer
from gateway.soap import smev2_build
from gateway.soap.smev2 import (
    HEADER,
    MESSAGE,
    Message,
    MessageClass,
    MessageHeader,
    Status,
    System,
    TypeCode,
    read_message,
)
from gateway.soap.smev2_build import Document

HUB = System("CITT72001", "Узел")
BOUNDARY = "part"


@dataclass
class Answered:
    """What came back, taken apart."""

    http: requests.Response
    root: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = etree.fromstring(self.http.content)

    @property
    def body(self) -> etree._Element:
        return self.root.find("{*}Body")[0]

    @property
    def fault_code(self) -> str | None:
        """The code of a SOAP fault; None for an ordinary answer."""
        is_fault = etree.QName(self.body).localname == "Fault"
        return self.body.findtext("detail/{*}HubFault/{*}code") if is_fault else None

    @property
    def message(self) -> Message:
        assert self.fault_code is None, self.http.text
        return read_message(self.body.find(MESSAGE))

    @property
    def status(self) -> str:
        return self.message.status.value

    @property
    def payload(self) -> etree._Element:
        return self.body.find("{*}MessageData/{*}AppData")[0]

    def text(self, name: str) -> str | None:
        return self.body.findtext(f".//{{*}}{name}")

    @property
    def error_codes(self) -> list[str]:
        return [
            one.text for one in self.body.iter("{urn://x-artefacts-citto-72/smev2/1.0}errorCode")
        ]

    @property
    def header(self) -> etree._Element:
        return self.root.find(f"{{*}}Header/{HEADER}")

    @property
    def is_signed(self) -> bool:
        return self.root.find("{*}Header/{*}Security") is not None


@dataclass
class Client:
    """One system that calls services at `url`."""

    url: str
    system: System
    auth: tuple[str, str] | None = None
    signer: Signer | None = None
    providers: Providers = field(default_factory=lambda: Providers.of([RsaProvider()]))

    def ask(
        self,
        wrapper: str,
        payload: str,
        status: Status = Status.REQUEST,
        *,
        document: Document | None = None,
        message_id: str | None = None,
        parts: Mapping[str, bytes] | None = None,
        contour: str = "test",
        **more: Any,
    ) -> Answered:
        """Send a message; `wrapper` is `{namespace}local` of the element in Body."""
        octets = self.envelope(wrapper, payload, status, document, message_id, **more)
        return self.send(octets, parts, contour)

    def envelope(
        self,
        wrapper: str,
        payload: str,
        status: Status = Status.REQUEST,
        document: Document | None = None,
        message_id: str | None = None,
        **more: Any,
    ) -> bytes:
        values = {
            "sender": self.system,
            "recipient": HUB,
            "type_code": TypeCode.STATE_SERVICE,
            "status": status,
            "date": datetime.now(UTC),
            "exchange_type": "2",
            **more,
        }
        header = None
        if message_id is not None:
            header = MessageHeader("node", message_id, datetime.now(UTC), MessageClass.REQUEST)
        wrapped = smev2_build.wrap(wrapper, Message(**values), payload.encode(), document)
        return smev2_build.envelope(wrapped, header)

    def send(
        self, octets: bytes, parts: Mapping[str, bytes] | None = None, contour: str = "test"
    ) -> Answered:
        if self.signer is not None:
            octets = wsse.sign(octets, self.signer, self.providers, uuid4, datetime.now(UTC))
        kind = "text/xml; charset=utf-8"
        if parts:
            octets, kind = _multipart(octets, parts)
        auth = None if self.signer is not None else self.auth
        return Answered(
            requests.post(
                self.url.replace("/test/", f"/{contour}/"),
                data=octets,
                auth=auth,
                headers={"Content-Type": kind},
                timeout=60,
            )
        )


def enclosed(archive: bytes, code: str) -> Document:
    """An AppDocument that holds its archive itself."""
    return Document(code, content=archive)


def referred(archive: bytes, code: str, content_id: str = "zip") -> Document:
    """An AppDocument whose archive is a part of the message."""
    return Document(code, content_id=content_id, digest=hashlib.sha256(archive).digest())


def file_ref(prefix: str, name: str, octets: bytes, media_type: str = "application/pdf") -> str:
    """The fields of a FileRef whose content is elsewhere."""
    digest = base64.b64encode(hashlib.sha256(octets).digest()).decode()
    return "".join(
        f"<{prefix}:{tag}>{text}</{prefix}:{tag}>"
        for tag, text in (
            ("fileId", uuid4()),
            ("fileName", name),
            ("mimeType", media_type),
            ("size", len(octets)),
            ("hash", digest),
            ("hashAlg", "SHA-256"),
        )
    )


def _multipart(root: bytes, parts: Mapping[str, bytes]) -> tuple[bytes, str]:
    pieces = [("root", 'application/xop+xml; charset=UTF-8; type="text/xml"', root)]
    pieces += [(name, "application/zip", octets) for name, octets in parts.items()]
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n"
        f"Content-ID: <{name}>\r\n\r\n".encode()
        + octets
        + b"\r\n"
        for name, kind, octets in pieces
    )
    kind = (
        f'multipart/related; boundary="{BOUNDARY}"; type="application/xop+xml"; '
        'start="<root>"; start-info="text/xml"'
    )
    return body + f"--{BOUNDARY}--\r\n".encode(), kind
