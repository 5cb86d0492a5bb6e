"""What every emulator has: what it received, its rules, and manners that a real one would hide.

A rule is a reference request with what comes of it, as data providers print them in their guides:
*where an element of the request has this value, answer so*. Without a rule the emulator behaves as
`manner` says, and as a good counterpart by default.
"""

import io
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from threading import Lock
from typing import Any

from lxml import etree

from gateway.edge.emulators.mtom import NotUnfolded, unfolded
from gateway.kernel.ports import Clock
from gateway.kernel.xml import has_doctype, make_parser
from gateway.soap.parse import Version

MOST_KEPT = 1000
"""Messages that an emulator remembers, the latest ones."""
_XML = "text/xml; charset=utf-8"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Manner(Enum):
    """How the emulator treats a message."""

    GOOD = "good"
    SLOW = "slow"
    """Answers after the delay."""
    SILENT = "silent"
    """Takes the message and never answers."""
    DOWN = "down"
    """Hangs up without taking the message."""
    ERROR = "error"
    """Answers HTTP 500 that is no SOAP, as a broken server does."""
    CUT = "cut"
    """Does what is asked, and hangs up in the middle of the answer."""
    GARBAGE = "garbage"
    """Answers what is no HTTP."""
    WRONG = "wrong"
    """Does what is asked, and answers about something else."""
    DUPLICATE = "duplicate"
    """Does what is asked, and tells each event of it twice."""


REACHES_SERVICE = frozenset({Manner.GOOD, Manner.SLOW, Manner.CUT, Manner.WRONG, Manner.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Rule:
    """A reference request and what comes of it."""

    operation: str
    """`*` is any."""
    element: str
    """Local name of an element of the payload, at any depth."""
    value: str
    """Its whole text."""
    manner: Manner = Manner.GOOD
    answer: Mapping[str, object] = field(default_factory=dict)
    """Fields of the answer that are to have these values instead of their own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that came, and what became of it."""

    at: datetime
    operation: str | None
    """None when it is no request that the emulator knows."""
    request: bytes = field(repr=False)
    manner: Manner
    status: int | None = None
    """HTTP status of the answer; None when there was none."""
    reply: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the server has to do with the connection."""

    manner: Manner
    status: int = 200
    content_type: str = _XML
    body: bytes = b""


@dataclass
class Emulator:
    """A service of a counterpart behind its frame; safe for many threads."""

    name: str
    path: str
    """Where the service lies: `/ws/portal/application/1.0`."""
    service: Wsgi
    clock: Clock
    wrong: Mapping[str, Callable[[object], object]] = field(default_factory=dict)
    """How WRONG answers: what to do to fields of answers, by their names."""
    rules: list[Rule] = field(default_factory=list)
    """The first one that fits is followed."""
    manner: Manner = Manner.GOOD
    delay: timedelta = timedelta(seconds=5)
    """Of SLOW."""
    watch: Callable[[Kept], None] = lambda _: None
    """Called with each message once it is kept."""
    _kept: deque[Kept] = field(default_factory=lambda: deque(maxlen=MOST_KEPT), init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def received(self, operation: str | None = None) -> list[Kept]:
        """Return what came, oldest first: everything, or the messages of one operation."""
        with self._lock:
            return [kept for kept in self._kept if operation in {None, kept.operation}]

    def treat(self, request: bytes, content_type: str = _XML) -> Treatment:
        """Decide on a message and, where the manner lets it, have it answered by the service.

        Attachments that came as parts of their own are put back into the message.
        """
        payload, request = _read(request, content_type)
        rule = None if payload is None else self._rule(payload)
        manner = rule.manner if rule else self.manner
        if payload is None:
            treatment = Treatment(Manner.GOOD, 400, "text/plain; charset=utf-8", b"XML?")
        elif manner in REACHES_SERVICE:
            treatment = self._served(request, rule, manner)
        else:
            treatment = Treatment(manner)
        self._keep(request, payload, treatment)
        return treatment

    def wsdl(self, address: str) -> bytes:
        """Return the WSDL of the service, as its own stack writes it."""
        _, octets = self._ask(_environ("GET", self.path, address, b"", "", "wsdl"))
        return octets

    def _rule(self, payload: etree._Element) -> Rule | None:
        operation = _operation(payload)
        for rule in self.rules:
            texts = payload.iterfind(f".//{{*}}{rule.element}")
            if rule.operation in {"*", operation} and any(
                (element.text or "").strip() == rule.value for element in texts
            ):
                return rule
        return None

    def _served(self, request: bytes, rule: Rule | None, manner: Manner) -> Treatment:
        environ = _environ("POST", self.path, "http://localhost", request, _XML, "")
        environ[MANNER] = manner
        environ[CHANGES] = dict(rule.answer) if rule else {}
        environ[WRONG] = self.wrong if manner is Manner.WRONG else {}
        status, octets = self._ask(environ)
        return Treatment(manner, status, _XML, octets)

    def _ask(self, environ: dict[str, Any]) -> tuple[int, bytes]:
        told: list[str] = []
        pieces = self.service(environ, lambda status, *_: told.append(status))
        octets = b"".join(pieces)
        return int(told[0].partition(" ")[0]), octets

    def _keep(self, request: bytes, payload: etree._Element | None, treatment: Treatment) -> None:
        answered = treatment.manner in REACHES_SERVICE
        kept = Kept(
            self.clock(),
            None if payload is None else _operation(payload),
            request,
            treatment.manner,
            treatment.status if answered else None,
            treatment.body if answered else None,
        )
        with self._lock:
            self._kept.append(kept)
        self.watch(kept)


MANNER = "emulator.manner"
CHANGES = "emulator.changes"
WRONG = "emulator.wrong"


def changed(environ: Mapping[str, Any], answer: Any) -> Any:  # noqa: ANN401 -- a class of the stack
    """Return an answer as the rule or the manner of the message wants it."""
    for name, value in environ[CHANGES].items():
        setattr(answer, name, value)
    for name, change in environ[WRONG].items():
        if hasattr(answer, name):
            setattr(answer, name, change(getattr(answer, name)))
    return answer


def _read(request: bytes, content_type: str) -> tuple[etree._Element | None, bytes]:
    """Return the payload, and the envelope in one piece."""
    try:
        whole = unfolded(request, content_type)
    except NotUnfolded:
        return None, request
    return _payload(whole), whole


def _payload(request: bytes) -> etree._Element | None:
    """Return the payload of an envelope; None for what no counterpart would read."""
    try:
        root = etree.fromstring(request, make_parser())
    except etree.XMLSyntaxError:
        return None
    soap = Version.SOAP11.value
    bodies = root.findall(f"{{{soap}}}Body")
    if has_doctype(root) or root.tag != f"{{{soap}}}Envelope" or len(bodies) != 1:
        return None
    children = bodies[0].findall("*")
    return children[0] if len(children) == 1 else None


def _operation(payload: etree._Element) -> str:
    return etree.QName(payload).localname.removesuffix("Request")


def _environ(
    method: str, path: str, address: str, body: bytes, content_type: str, query: str
) -> dict[str, Any]:
    scheme, _, host = address.partition("://")
    name, _, port = host.partition(":")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": name,
        "SERVER_PORT": port or "80",
        "HTTP_HOST": host,
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(body),
    }
