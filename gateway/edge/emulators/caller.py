"""What a counterpart calls the hub by: plain SOAP with login and password, until it is answered.

Written as a careful participant would write it. Whatever ends without an answer of the service (no
connection, half of an answer, a page of a proxy, a refusal that may pass) is repeated: under a new
`messageId`, so that only the number of the subject itself tells a repeat.
"""

import http.client
import threading
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from lxml import etree

from gateway.kernel.ports import LOCAL, Clock, Identifiers
from gateway.kernel.xml import parser
from gateway.soap.parse import HUB_NAMESPACE, Version

SOAP = Version.SOAP11.value
TIMEOUT_SECONDS = 30.0
PASSING = frozenset({408, 425, 429})
"""Refusals of HTTP that may pass, besides everything from 500 on."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a fault says of one place of the message."""

    line: int | None
    path: str
    text: str
    advice: str


class Stopped(Exception):
    """The caller was told to stop before it was answered."""


class Faulted(Exception):
    """The service refused for good; `code` is that of its fault."""

    def __init__(self, code: str, text: str, remarks: Sequence[Remark] = ()) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.remarks = tuple(remarks)


@dataclass(frozen=True, slots=True)
class Account:
    """Where the hub is, and as whom it is called in the test contour."""

    url: str
    code: str
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered."""

    payload: etree._Element
    attempts: int
    """How many it took."""


class Caller:
    """Calls the hub over one connection; for one thread."""

    def __init__(
        self,
        account: Account,
        clock: Clock,
        identifiers: Identifiers,
        pause: timedelta = timedelta(seconds=1),
        stopping: threading.Event | None = None,
    ) -> None:
        """Get ready; `pause` is how long to wait before a repeat, `stopping` ends all of it."""
        self._account = account
        self._clock = clock
        self._identifiers = identifiers
        self._pause = pause
        self._stopping = stopping or threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        token = b64encode(f"{account.login}:{account.password}".encode()).decode()
        self._headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "Authorization": f"Basic {token}",
            "SOAPAction": '""',
        }

    def ask(self, service: str, payload: etree._Element) -> Answer:
        """Have a payload answered by `portal/events/1.0`; raise Faulted, Stopped."""
        attempts = 0
        while not self._stopping.is_set():
            attempts += 1
            response = self._attempt(f"/test/ws/{service}", self._envelope(payload))
            answered = None if response is None else _answered(*response)
            if answered is not None:
                return Answer(answered, attempts)
            self._stopping.wait(self._pause.total_seconds())
        raise Stopped

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _envelope(self, payload: etree._Element) -> bytes:
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
        header = etree.SubElement(envelope, f"{{{SOAP}}}Header")
        told = etree.SubElement(
            header, f"{{{HUB_NAMESPACE}}}MessageHeader", nsmap={"hub": HUB_NAMESPACE}
        )
        for name, text in (
            ("messageId", str(self._identifiers())),
            ("sender", self._account.code),
            ("timestamp", self._clock().astimezone(LOCAL).isoformat(timespec="milliseconds")),
            ("contour", "TEST"),
            ("formatVersion", "1.0"),
        ):
            etree.SubElement(told, f"{{{HUB_NAMESPACE}}}{name}").text = text
        # An element has one parent: the payload is wanted again for a repeat.
        body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
        body.append(etree.fromstring(etree.tostring(payload), parser()))
        return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")

    def _attempt(self, path: str, octets: bytes) -> tuple[int, bytes] | None:
        """Return status and body of what came back; None when that was nothing whole."""
        try:
            connection = self._connected()
            connection.request("POST", path, octets, self._headers)
            response = connection.getresponse()
            reply = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return None
        if response.will_close:
            self.close()
        return response.status, reply

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            parts = urlsplit(self._account.url)
            make: Callable[..., http.client.HTTPConnection] = (
                http.client.HTTPSConnection
                if parts.scheme == "https"
                else http.client.HTTPConnection
            )
            self._connection = make(parts.hostname, parts.port, timeout=TIMEOUT_SECONDS)
        return self._connection


def _answered(status: int, reply: bytes) -> etree._Element | None:
    """Return the payload of an answer; None for what is to be repeated; raise Faulted."""
    try:
        root = etree.fromstring(reply, parser())
    except etree.XMLSyntaxError:
        if 400 <= status < 500 and status not in PASSING:  # noqa: PLR2004 -- HTTP's own
            raise Faulted(f"HTTP {status}", "ответ не SOAP") from None
        return None
    payload = root.find(f"{{{SOAP}}}Body/*")
    if payload is None or payload.tag != f"{{{SOAP}}}Fault":
        return payload
    detail = payload.find(f".//{{{HUB_NAMESPACE}}}HubFault")
    if detail is None:
        whose = (payload.findtext("faultcode") or "").rpartition(":")[2]
        if whose.partition(".")[0] == "Client":
            raise Faulted("FAULT Client", payload.findtext("faultstring") or "")
        return None
    if detail.findtext(f"{{{HUB_NAMESPACE}}}retryable") in {"true", "1"}:
        return None
    code = detail.findtext(f"{{{HUB_NAMESPACE}}}code") or ""
    remarks = [_remark(one) for one in detail.iterfind(f"{{{HUB_NAMESPACE}}}detail")]
    raise Faulted(code, detail.findtext(f"{{{HUB_NAMESPACE}}}message") or "", remarks)


def _remark(detail: etree._Element) -> Remark:
    def told(name: str) -> str:
        return detail.findtext(f"{{{HUB_NAMESPACE}}}{name}") or ""

    line = told("line")
    return Remark(int(line) if line else None, told("path"), told("text"), told("advice"))
