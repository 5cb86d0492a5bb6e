"""HTTP/1.1 over asyncio: bytes to requests and answers to bytes, parsed by llhttp (`httptools`).

What is refused here never becomes a message: broken or ambiguous framing, heads and bodies that
are too long or too slow, more connections than the hub holds. There is no TLS and no HTTP/2: a
proxy stands in front where they are wanted.
"""

import asyncio
import contextlib
import logging
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import IO

import httptools

from gateway.edge.http import NO_BODY, HttpAnswer, HttpHeaders, Patience, Request, Service

log = logging.getLogger(__name__)

MAX_HEAD_BYTES = 16 * 1024
MAX_HEADERS = 64
MAX_DRAINED_BYTES = 1024 * 1024
"""How much of a refused body is read and thrown away, so that the client gets to read why."""
LINGER_SECONDS = 2.0
"""How long after a refusal a client may go on sending before he is cut off."""
SWEEP_SECONDS = 0.5

_REASONS = {status.value: status.phrase for status in HTTPStatus}
_HOP_BY_HOP = frozenset({b"connection", b"upgrade", b"http2-settings"})
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(slots=True)
class Connections:
    """All connections of a process; `sweep` ends those whose time is over."""

    patience: Patience
    service: Service
    loop: asyncio.AbstractEventLoop
    trusted_proxies: frozenset[str] = frozenset()
    """Addresses whose X-Forwarded-For is believed; from them a connection stands for many."""
    alive: set["Connection"] = field(default_factory=set)
    stopping: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the last connection ended after `stop`."""
    date: str = ""
    held: int = 0
    """Bytes of bodies at this moment."""
    pourers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "pour"))
    """Threads that make the next piece of a long answer; few, for each keeps memory of its own."""
    _by_address: dict[str, int] = field(default_factory=dict)

    def make(self) -> "Connection":
        """Make the protocol of a new connection."""
        return Connection(self)

    def enter(self, connection: "Connection") -> bool:
        """Count a new connection; False when it is one too many."""
        count = self._by_address.get(connection.address, 0) + 1
        self._by_address[connection.address] = count
        self.alive.add(connection)
        crowd = count > self.patience.connections_of_one
        return len(self.alive) <= self.patience.connections and (
            not crowd or connection.address in self.trusted_proxies
        )

    def leave(self, connection: "Connection") -> None:
        """Forget a connection that is gone."""
        self.alive.discard(connection)
        if self.stopping and not self.alive:
            self.gone.set()
        count = self._by_address.get(connection.address, 1) - 1
        if count > 0:
            self._by_address[connection.address] = count
        else:
            self._by_address.pop(connection.address, None)

    def sweep(self) -> None:
        """End what took too long; call again by itself until everything is stopped."""
        now = self.loop.time()
        self.date = formatdate(usegmt=True)
        for connection in [one for one in self.alive if one.deadline < now]:
            connection.overdue()
        self.loop.call_later(SWEEP_SECONDS, self.sweep)

    async def stop(self, seconds: float) -> None:
        """Let answers that are due leave, then close everything."""
        self.stopping = True
        for connection in list(self.alive):
            connection.close_when_idle()
        if self.alive:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.gone.wait(), seconds)
        for connection in list(self.alive):
            connection.abort()
        self.pourers.shutdown(wait=False)


class Connection(asyncio.Protocol):
    """One client: requests are answered one at a time, in their order."""

    def __init__(self, connections: Connections) -> None:
        """Prepare; the parser begins with the connection."""
        self.deadline = float("inf")
        self.address = ""
        self._all = connections
        self._parser = httptools.HttpRequestParser(self)
        self._waiting: deque[tuple[Request, bool]] = deque()
        self._held: list[bytes] = []
        self._busy = False
        """Whether an answer is owed."""
        self._deaf = False
        """Whether nothing more is taken from the client."""
        self._closed = False
        """Whether nothing more is told to the client."""
        self._drained = 0
        self._held_here = 0
        """Bytes of bodies that this connection holds."""
        self._owed_for = 0
        """Bytes of the body whose answer is owed."""
        self._keep_alive = True
        self._writable = asyncio.Event()
        """Set while the buffers take more of an answer."""
        self._writable.set()
        self._pouring: asyncio.Task[None] | None = None
        self._begin()

    # -- the transport's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a client in, or tell him that there are too many."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        peer = transport.get_extra_info("peername")
        self.address = peer[0] if isinstance(peer, tuple) else "local"
        self.deadline = self._all.loop.time() + self._all.patience.head
        if not self._all.enter(self):
            self._refuse(503, (("retry-after", "5"),))

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 -- asyncio's signature
        """Forget the client; what he asked goes on, its answer is journaled."""
        self._deaf = self._closed = True
        self._writable.set()
        self._all.leave(self)
        self._drop_spool()
        self._forget_waiting()
        self._hold(self._owed_for)

    def eof_received(self) -> bool:
        """Go on answering a client that has nothing more to ask."""
        self._keep_alive = False
        return self._busy

    def data_received(self, data: bytes) -> None:
        """Parse what came; hold it back while an answer is owed."""
        if self._deaf:
            self._drain(data)
        elif self._busy:
            # Pipelined: one request at a time, and no more than one buffer of them.
            self._held.append(data)
            self._transport.pause_reading()
        else:
            self._feed(data)

    def pause_writing(self) -> None:
        """Give a client that does not read its answer a deadline."""
        self.deadline = self._all.loop.time() + self._all.patience.unread
        self._writable.clear()

    def resume_writing(self) -> None:
        """Take the deadline back."""
        self.deadline = self._all.loop.time() + self._all.patience.idle
        self._writable.set()

    def overdue(self) -> None:
        """End the connection: whoever is in the middle of a request is told why."""
        if self._deaf or self._busy or self._url is None:
            self._transport.abort()
        else:
            self._refuse(408)

    def close_when_idle(self) -> None:
        """Close now, or after the answer that is owed."""
        self._keep_alive = False
        if not self._busy and not self._waiting:
            self._transport.close()

    def abort(self) -> None:
        """Close without ceremony."""
        self._transport.abort()

    # -- the parser's side

    def _feed(self, data: bytes) -> None:
        if not self._head_bytes:
            # Once a request: empty lines before it are no request and win no time.
            self.deadline = self._all.loop.time() + self._all.patience.head
        self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            if not self._deaf:
                self._refuse(400)
        else:
            if not self._head_done and self._head_bytes > MAX_HEAD_BYTES and not self._deaf:
                self._refuse(431)

    def _without_upgrade(self, rest: bytes) -> None:
        """Read a request that offers another protocol as if it had not."""
        if self._parser.get_method() == b"CONNECT" or self._url is None:
            self._refuse(405, (("allow", "GET, HEAD, POST"),))
            return
        kept = [(name, value) for name, value in self._headers if name not in _HOP_BY_HOP]
        lines = [b"%s: %s\r\n" % pair for pair in kept]
        head = b"%s %s HTTP/1.1\r\n" % (self._parser.get_method(), self._url)
        self._parser = httptools.HttpRequestParser(self)
        self._begin()
        self._feed(b"".join((head, *lines, b"\r\n", rest)))

    def _begin(self) -> None:
        self._url: bytes | None = None
        self._headers: list[tuple[bytes, bytes]] = []
        self._head_bytes = 0
        self._head_done = False
        self._request: Request | None = None
        self._body: list[bytes] = []
        self._size = 0
        self._limit = 0
        self._spool: IO[bytes] | None = None
        self._started = 0.0

    def on_url(self, url: bytes) -> None:
        """Begin a request, or go on with its address."""
        self._url = url if self._url is None else self._url + url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; trailers after the body do not count."""
        if not self._head_done:
            self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Let the service say whether and how the body is taken."""
        self._head_done = True
        if self._parser.should_upgrade() or self._deaf:
            return
        head_bytes = len(self._url or b"") + sum([len(value) for _, value in self._headers])
        if head_bytes > MAX_HEAD_BYTES or len(self._headers) > MAX_HEADERS:
            self._refuse(431)
            return
        request = self._as_request()
        if request is None:
            self._refuse(400)
            return
        intake = self._all.service.admit(request)
        if isinstance(intake, HttpAnswer):
            self._refuse_with(intake)
            return
        request.intake = intake
        self._request = request
        self._limit = intake.limit
        self._started = self._all.loop.time()
        self.deadline = self._started + self._all.patience.body
        if intake.spool is not None:
            intake.spool.mkdir(parents=True, exist_ok=True)
            self._spool = tempfile.NamedTemporaryFile(dir=intake.spool, delete=False)  # noqa: SIM115 -- closed when the body is whole
            request.spooled = Path(self._spool.name)
        if request.header("expect").lower() == "100-continue" and not self._busy:
            self._transport.write(_CONTINUE)

    def _as_request(self) -> Request | None:
        """Return the head; None when its address or its Host is not to be understood."""
        try:
            path, query = _address(self._url or b"")
        except (UnicodeDecodeError, httptools.HttpParserInvalidURLError):
            return None
        headers: dict[str, str] = {}
        for name, value in self._headers:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        if self._parser.get_http_version() == "1.1" and "," in headers.get("host", ","):
            return None
        client = self.address
        if client in self._all.trusted_proxies:
            client = _forwarded(headers, self._all.trusted_proxies, client)
        return Request(
            method=self._parser.get_method().decode("ascii"),
            path=path,
            query=query,
            headers=headers,
            client=client,
            intake=NO_BODY,
        )

    def on_body(self, octets: bytes) -> None:
        """Take a piece of the body."""
        if self._deaf:
            return
        self._size += len(octets)
        if self._size > self._limit:
            self._refuse(413)
            return
        if not self._hold(self._held_here + len(octets)):
            self._refuse(503, (("retry-after", "5"),))
            return
        if self._spool is not None:
            self._spool.write(octets)
        else:
            self._body.append(octets)
        patience = self._all.patience
        self.deadline = self._started + patience.body + self._size / patience.bytes_per_second

    def on_message_complete(self) -> None:
        """Hand a whole request over, or queue it behind the one that is being answered."""
        request = self._request
        if request is None or self._deaf:
            return
        if self._spool is not None:
            self._spool.close()
        body = self._body
        request.body = body[0] if len(body) == 1 else b"".join(body)
        keep_alive = self._parser.should_keep_alive()
        self._begin()
        if self._busy:
            self._waiting.append((request, keep_alive))
        else:
            self._take(request, keep_alive=keep_alive)

    # -- the service's side

    def _take(self, request: Request, *, keep_alive: bool) -> None:
        self._busy = True
        self._owed_for = self._held_here
        self._keep_alive = keep_alive and not self._all.stopping
        self.deadline = float("inf")
        try:
            self._all.service.take(request, self._respond)
        except Exception:
            log.exception("request failed at the door")
            self._respond(HttpAnswer(500, (), b""))

    def _respond(self, answer: HttpAnswer) -> None:
        """Write an answer, then go on with what the client sent meanwhile."""
        self._busy = False
        self._hold(self._held_here - self._owed_for)
        self._owed_for = 0
        if self._closed or self._transport.is_closing():
            return
        if answer.cut:
            self._deaf = self._closed = True
            self._transport.close()
            return
        self.deadline = self._all.loop.time() + self._all.patience.idle
        self._transport.write(self._octets(answer))
        if answer.pieces is not None:
            self._busy = True
            self._pouring = self._all.loop.create_task(self._pour(answer.pieces))
        else:
            self._go_on()

    async def _pour(self, make: Callable[[], Iterator[bytes]]) -> None:
        """Write an answer as fast as the client reads it, one piece in memory at a time."""
        pieces = make()
        try:
            while True:
                octets = await self._all.loop.run_in_executor(self._all.pourers, next, pieces, None)
                if octets is None or self._closed or self._transport.is_closing():
                    break
                self._transport.write(octets)
                await self._writable.wait()
        except Exception:
            # The head has left already: all that can be told is that this is not the whole.
            log.exception("an answer broke off")
            self._transport.abort()
        self._busy = False
        if not (self._closed or self._transport.is_closing()):
            self._go_on()

    def _go_on(self) -> None:
        if not self._keep_alive:
            self._deaf = self._closed = True
            self._transport.close()
        elif self._waiting:
            self._busy = True  # what comes before the next turn of the loop is behind it in line
            self._all.loop.call_soon(self._take_waiting)
        elif self._held:
            self._all.loop.call_soon(self._feed_held)

    def _take_waiting(self) -> None:
        if not self._closed:
            request, keep_alive = self._waiting.popleft()
            self._take(request, keep_alive=keep_alive)

    def _feed_held(self) -> None:
        held, self._held = b"".join(self._held), []
        if not self._deaf:
            self._transport.resume_reading()
            self._feed(held)

    def _hold(self, count: int) -> bool:
        """Say how many bytes are held here from now on; False when all together are too many."""
        self._all.held += count - self._held_here
        self._held_here = count
        return self._all.held <= self._all.patience.bytes_at_a_time

    def _refuse(self, status: int, headers: HttpHeaders = ()) -> None:
        self._refuse_with(HttpAnswer(status, headers, b""))

    def _refuse_with(self, answer: HttpAnswer) -> None:
        """Answer before the request is read, throw away what still comes, close.

        While an earlier request waits for its answer that one is written instead.
        """
        self._drop_spool()
        self._hold(self._owed_for)
        self._keep_alive = False
        self._deaf = True
        if self._busy:
            self._forget_waiting()
            return
        self._closed = True
        self._transport.write(self._octets(answer))
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self.deadline = self._all.loop.time() + LINGER_SECONDS

    def _drain(self, data: bytes) -> None:
        self._drained += len(data)
        if self._drained > MAX_DRAINED_BYTES:
            self._transport.close()

    def _drop_spool(self) -> None:
        """Remove the file of a body that never became whole."""
        if self._spool is not None:
            self._spool.close()
            Path(self._spool.name).unlink(missing_ok=True)
            self._spool = None

    def _forget_waiting(self) -> None:
        """Drop requests that were never taken, and the files of their bodies."""
        for request, _ in self._waiting:
            if request.spooled is not None:
                request.spooled.unlink(missing_ok=True)
        self._waiting.clear()

    def _octets(self, answer: HttpAnswer) -> bytes:
        length = len(answer.body) if answer.length is None else answer.length
        closing = "" if self._keep_alive else "connection: close\r\n"
        head = "".join([f"{name}: {value}\r\n" for name, value in answer.headers])
        return (
            f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, '')}\r\n{head}"
            f"content-length: {length}\r\ndate: {self._all.date}\r\n{closing}\r\n"
        ).encode("latin-1") + answer.body


@lru_cache(maxsize=1024)
def _address(url: bytes) -> tuple[str, str]:
    """Return path and query; clients ask for the same few addresses."""
    parsed = httptools.parse_url(url)
    return (parsed.path or b"/").decode("ascii"), (parsed.query or b"").decode("ascii")


def _forwarded(headers: dict[str, str], proxies: Iterable[str], peer: str) -> str:
    """Return the nearest address of X-Forwarded-For that is not a proxy of ours."""
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    return next((hop[:64] for hop in reversed(hops) if hop not in proxies), peer)
