"""A client that may say anything: octets out, whatever comes back in."""

import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from lxml import etree

from gateway.kernel import xml

QUIET_SECONDS = 0.4
"""After an answer: how long a second one, that must not come, is waited for."""
_BLOCK = 64 * 1024
_END = b"\r\n\r\n"


class Unreachable(Exception):
    """Nobody listens at the address."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the shots go."""

    host: str
    port: int
    tls: bool = False

    @property
    def url(self) -> str:
        """Base address."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response."""

    status: int
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """What a fault says."""

    name: str
    """Local name of its SOAP code."""
    code: str
    """Code of `hub:HubFault`, empty without one."""
    text: str
    entry: str
    """Number of the journal entry."""


@dataclass(frozen=True)
class Answer:
    """All that came back on a connection."""

    octets: bytes
    closed: bool
    """Whether the other side ended the connection."""
    seconds: float

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """What came, taken apart."""
        return tuple(_responses(self.octets))

    @property
    def status(self) -> int | None:
        """Status of the first response; None when none came."""
        return self.responses[0].status if self.responses else None

    @property
    def body(self) -> bytes:
        """Body of the first response."""
        return self.responses[0].body if self.responses else b""

    def header(self, name: str) -> str:
        """Return a header of the first response by its lower-case name."""
        return self.responses[0].headers.get(name, "") if self.responses else ""

    @cached_property
    def root(self) -> etree._Element | None:
        """The first response as XML, if it is."""
        try:
            return etree.fromstring(self.body, xml.parser())
        except etree.XMLSyntaxError:
            return None

    def field(self, name: str) -> str:
        """Return the text of the first element of that local name."""
        return "" if self.root is None else self.root.findtext(f".//{{*}}{name}") or ""

    @cached_property
    def fault(self) -> Fault | None:
        """The SOAP fault, if it is one."""
        if self.root is None or self.root.find(".//{*}Fault") is None:
            return None
        name = self.root.findtext(".//faultcode") or self.root.findtext(".//{*}Code/{*}Value") or ""
        detail = self.root.find(".//{*}HubFault")
        code = "" if detail is None else detail.findtext("{*}code") or ""
        return Fault(name.rpartition(":")[2], code, self.field("message"), self.field("entry"))


def send(target: Target, pieces: Sequence[bytes], *, patience: float, pause: float = 0.0) -> Answer:
    """Send `pieces` and return what came back within `patience` seconds; raise Unreachable.

    A pause stands before each piece but the first. Sending stops as soon as an answer comes.
    """
    started = time.monotonic()
    with _connected(target) as connection:
        talk = _Talk(connection, started + patience)
        for number, piece in enumerate(pieces):
            if number and not talk.listen(pause):
                break
            if not talk.say(piece):
                break
        talk.wait()
    return Answer(bytes(talk.heard), talk.closed, time.monotonic() - started)


@contextmanager
def crowd(target: Target, count: int) -> Iterator[None]:
    """Hold up to `count` idle connections open; stop at the first that is refused."""
    held: list[socket.socket] = []
    try:
        for _ in range(count):
            try:
                held.append(socket.create_connection((target.host, target.port), timeout=5))
            except OSError:
                break
            if _is_spoken_to(held[-1]):
                break
        yield
    finally:
        for connection in held:
            connection.close()


def _is_spoken_to(connection: socket.socket) -> bool:
    """Tell whether the other side has answered or closed already."""
    # Not select(): it takes no descriptor above 1023, and here there may be a crowd of them.
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        return bool(selector.select(0))


@contextmanager
def _connected(target: Target) -> Iterator[socket.socket]:
    try:
        plain = socket.create_connection((target.host, target.port), timeout=5)
    except OSError as error:
        raise Unreachable(f"{target.url}: {error}") from error
    with plain:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not target.tls:
            yield plain
            return
        context = ssl.create_default_context()
        with context.wrap_socket(plain, server_hostname=target.host) as wrapped:
            yield wrapped


class _Talk:
    """Listens while it speaks: whoever is refused early is told so before he has finished."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        connection.setblocking(False)  # noqa: FBT003 -- the socket module's own signature
        self.heard = bytearray()
        self.closed = False
        self._connection = connection
        self._deadline = deadline
        self._selector = selectors.DefaultSelector()
        self._selector.register(connection, selectors.EVENT_READ)

    def say(self, octets: bytes) -> bool:
        """Send; False when nothing more has to be sent."""
        rest = memoryview(octets)
        self._selector.modify(self._connection, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while rest and not self.closed and not self.heard and self._left() > 0:
            for _, event in self._selector.select(self._left()):
                if event & selectors.EVENT_READ:
                    self._hear()
                elif event & selectors.EVENT_WRITE:
                    rest = rest[self._write(rest[:_BLOCK]) :]
        self._selector.modify(self._connection, selectors.EVENT_READ)
        return not rest

    def listen(self, seconds: float) -> bool:
        """Wait; False when an answer came meanwhile."""
        until = min(time.monotonic() + seconds, self._deadline)
        while not self.closed and not self.heard and (left := until - time.monotonic()) > 0:
            if self._selector.select(left):
                self._hear()
        return not self.closed and not self.heard

    def wait(self) -> None:
        """Read until the other side ends it, or has answered and is quiet."""
        while not self.closed:
            left = min(self._left(), QUIET_SECONDS) if _is_whole(self.heard) else self._left()
            if left <= 0 or not self._selector.select(left):
                break
            self._hear()
        self._selector.close()

    def _hear(self) -> None:
        try:
            octets = self._connection.recv(_BLOCK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except OSError:
            octets = b""
        self.heard += octets
        self.closed = self.closed or not octets

    def _write(self, octets: memoryview) -> int:
        try:
            return self._connection.send(octets)
        except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0
        except OSError:
            self._hear()
            self.closed = True
            return 0

    def _left(self) -> float:
        return self._deadline - time.monotonic()


def _is_whole(octets: bytearray) -> bool:
    first = next(_responses(bytes(octets)), None)
    return first is not None and len(first.body) >= int(first.headers.get("content-length", "0"))


def _responses(octets: bytes) -> Iterator[Response]:
    while octets.startswith(b"HTTP/"):
        head, end, rest = octets.partition(_END)
        if not end:
            return
        lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        status = int(lines[0].split()[1])
        length = int(headers.get("content-length", len(rest)))
        octets = rest[length:]
        if status >= 200:  # noqa: PLR2004 -- 100 Continue is no answer
            yield Response(status, headers, rest[:length])
        else:
            octets = rest


class Canary:
    """A listener on this machine; whoever asks it was made to by an attack."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.2)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._count, name="canary", daemon=True)
        self.asked = 0
        """How often somebody came."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        """Begin to count."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._stopped.set()
        self._thread.join()
        self._listener.close()

    def _count(self) -> None:
        while not self._stopped.is_set():
            try:
                caller, _ = self._listener.accept()
            except TimeoutError:
                continue
            with caller:
                self.asked += 1
