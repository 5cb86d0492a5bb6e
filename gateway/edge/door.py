"""The door: HTTP and nothing else.

A message is read within its limits, given to the line, and its answer awaited. Small messages
are parsed on the event loop, where the hop to a thread would cost more than the work; the others
on parse threads, which release the interpreter while they parse and validate.
"""

import asyncio
import base64
import binascii
import logging
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl

from gateway.adapter import Mode
from gateway.kernel.errors import TemporaryUnavailable
from gateway.kernel.ports import Clock
from gateway.pipeline.exchange import Answer, Binding, Endpoint, Exchange, Incoming
from gateway.pipeline.process import Line
from gateway.pipeline.writer import Writer
from gateway.soap import attachments, mime
from gateway.soap.errors import AttachmentBroken, MediaTypeRefused
from gateway.soap.parse import Version

log = logging.getLogger(__name__)

INLINE_BYTES = 8 * 1024
"""Up to this size a message is parsed on the event loop."""
MULTIPART = "multipart/related"
MAX_QUERY = 4096
TOO_LARGE = (
    "Сообщение больше допустимого. Передайте большой реестр вложением MTOM, можно в архиве zip."
)
CONTENT_ENCODED = "Сжатые сообщения не принимаются: уберите заголовок Content-Encoding."


class Headers(Protocol):
    """Request headers as Granian gives them."""

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 -- Granian's own
        """Return the first value."""
        ...


class Scope(Protocol):
    """An RSGI scope, as far as the door reads it."""

    proto: str
    method: str
    path: str
    query_string: str
    client: str
    headers: Headers


class Protocol_(Protocol):  # noqa: N801 -- RSGI calls it Protocol
    """An RSGI HTTP protocol, as far as the door uses it."""

    def __call__(self) -> Awaitable[bytes]:
        """Read the whole body."""
        ...

    def __aiter__(self) -> Any:  # noqa: ANN401 -- Granian's own
        """Read the body in pieces."""
        ...

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to GET: a published file or a page for people."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


Pages = Callable[[str, Mapping[str, str]], Page]
"""Answers GET by path and query."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A contour's line with its writer."""

    line: Line
    writer: Writer


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """A GET address that speaks a payment dialect."""

    endpoint: Endpoint
    binding: Callable[[Mapping[str, str]], Binding]


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages are posted: what is there, who takes them, how they are read."""

    endpoint: Endpoint
    lane: Lane
    bindings: Mapping[Version, Binding]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it is read."""

    message_bytes: int
    mtom_bytes: int
    queue: int


class _TooLong(Exception):
    """The body went past its limit."""


class Door:
    """Takes HTTP requests to the lines and their answers back."""

    def __init__(
        self,
        endpoints: Mapping[str, Endpoint],
        bindings: Mapping[tuple[str, Version], Binding],
        front_doors: Mapping[str, FrontDoor],
        lanes: Mapping[str, Lane],
        pages: Pages,
        limits: Limits,
        spool: Path,
        clock: Clock,
        threads: int,
    ) -> None:
        """Take the addresses; `lanes` and `bindings` are keyed by the contour's path."""
        self._addresses = {
            path: Address(
                endpoint,
                lanes[endpoint.contour.path],
                {version: bindings[endpoint.contour.path, version] for version in Version},
            )
            for path, endpoint in endpoints.items()
        }
        self._front_doors = front_doors
        self._pages = pages
        self._limits = limits
        self._spool = spool
        self._clock = clock
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="parse")

    async def answer(self, scope: Scope, protocol: Protocol_) -> None:
        """Answer one HTTP request."""
        if scope.proto != "http":
            return
        try:
            status, headers, body = await self._answer(scope, protocol)
        except Exception:
            log.exception("request failed at the door")
            status, headers, body = 500, [], b""
        protocol.response_bytes(status, headers, body)

    async def _answer(
        self, scope: Scope, protocol: Protocol_
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        if scope.method == "POST":
            address = self._addresses.get(scope.path)
            if address is None:
                return 404, [], b""
            return _as_http(await self._message(address, scope, protocol))
        if scope.method in {"GET", "HEAD"}:
            query = dict(parse_qsl(scope.query_string[:MAX_QUERY], keep_blank_values=True))
            front_door = self._front_doors.get(scope.path)
            if front_door is not None:
                return _as_http(await self._dialect(front_door, query, scope))
            page = await self._on_thread(self._pages, scope.path, query)
            return _as_seen(page, scope)
        return 405, [("allow", "GET, HEAD, POST")], b""

    async def _message(self, address: Address, scope: Scope, protocol: Protocol_) -> Answer:
        try:
            kind = mime.content_type(scope.headers.get("content-type", ""))
            version = mime.soap_version(kind)
        except MediaTypeRefused as error:
            return _plain(415, f"{error.text} {error.action}")
        if scope.headers.get("content-encoding", "identity") != "identity":
            return _plain(415, CONTENT_ENCODED)
        received_at = self._clock()
        multipart = kind.media_type == MULTIPART
        spooled: Path | None = None
        try:
            if multipart:
                spooled = self._new_spool()
                await self._to_disk(spooled, scope, protocol)
                data, parts = await self._on_thread(self._taken_apart, spooled, kind)
            else:
                data, parts = await self._in_memory(scope, protocol), {}
            incoming = Incoming(
                endpoint=address.endpoint,
                binding=address.bindings[version],
                received_at=received_at,
                remote=scope.client,
                credentials=_credentials(scope.headers.get("authorization", "")),
                action=_action(scope.headers.get("soapaction", ""), kind),
                data=data,
                parts=parts,
                spooled=spooled,
            )
            return await self._through(incoming, address.lane)
        except _TooLong:
            return _plain(413, TOO_LARGE)
        except AttachmentBroken as error:
            return _plain(400, f"{error.text} {error.action}")
        finally:
            if spooled is not None:
                spooled.unlink(missing_ok=True)

    async def _dialect(
        self, front_door: FrontDoor, query: Mapping[str, str], scope: Scope
    ) -> Answer:
        incoming = Incoming(
            endpoint=front_door.endpoint,
            binding=front_door.binding(query),
            received_at=self._clock(),
            remote=scope.client,
            credentials=_credentials(scope.headers.get("authorization", "")),
            action="",
            data=scope.query_string[:MAX_QUERY].encode(),
        )
        lane = self._addresses[front_door.endpoint.path].lane
        return await self._through(incoming, lane)

    async def _through(self, incoming: Incoming, lane: Lane) -> Answer:
        """Take a message along the line and wait until its answer is durable."""
        exchange = lane.line.open(incoming)
        if lane.writer.waiting() > self._limits.queue:
            lane.line.refuse(exchange, TemporaryUnavailable())
        elif len(incoming.data) <= INLINE_BYTES and lane.line.knows(incoming):
            lane.line.receive(exchange)
        else:
            await self._on_thread(lane.line.receive, exchange)
        if exchange.waits_for_handler and exchange.route and exchange.route.mode is Mode.READ:
            await self._on_thread(lane.line.read, exchange)
        return await self._settled(lane, exchange)

    async def _settled(self, lane: Lane, exchange: Exchange) -> Answer:
        loop = asyncio.get_running_loop()
        exchange.loop = loop
        exchange.done = loop.create_future()
        lane.writer.submit(exchange)
        return await exchange.done

    async def _on_thread(self, call: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 -- whatever `call` returns
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)

    async def _in_memory(self, scope: Scope, protocol: Protocol_) -> bytes:
        limit = self._limits.message_bytes
        length = scope.headers.get("content-length")
        if length is not None:
            if not length.isdigit() or int(length) > limit:
                raise _TooLong
            return await protocol()
        pieces, size = [], 0
        async for piece in protocol:
            size += len(piece)
            if size > limit:
                raise _TooLong
            pieces.append(bytes(piece))
        return b"".join(pieces)

    def _taken_apart(self, spooled: Path, kind: mime.ContentType) -> tuple[bytes, dict[str, Any]]:
        """Return the envelope of a multipart message and its other parts."""
        root, others = mime.split(spooled, kind)
        if root.length > self._limits.message_bytes:
            raise _TooLong
        with spooled.open("rb") as file:
            file.seek(root.start)
            return file.read(root.length), attachments.attached(spooled, others)

    def _new_spool(self) -> Path:
        self._spool.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._spool, delete=False) as file:
            return Path(file.name)

    async def _to_disk(self, spooled: Path, scope: Scope, protocol: Protocol_) -> None:
        limit = self._limits.mtom_bytes
        length = scope.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            raise _TooLong
        size = 0
        with spooled.open("wb") as file:
            async for piece in protocol:
                size += len(piece)
                if size > limit:
                    raise _TooLong
                file.write(piece)

    def close(self) -> None:
        """Stop the threads."""
        self._threads.shutdown()


def release(line: Line, settled: list[Exchange]) -> None:
    """Hand the answers of a batch back to their event loops, one wake-up per loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Exchange]] = {}
    for exchange in settled:
        if exchange.loop is not None:
            by_loop.setdefault(exchange.loop, []).append(exchange)
    for loop, exchanges in by_loop.items():
        loop.call_soon_threadsafe(_resolve, line, exchanges)


def _resolve(line: Line, exchanges: list[Exchange]) -> None:
    line.released(exchanges)
    for exchange in exchanges:
        done = exchange.done
        if done is not None and exchange.answer is not None and not done.done():
            done.set_result(exchange.answer)


def _plain(status: int, text: str) -> Answer:
    """Refuse what is not yet known to be a SOAP message."""
    return Answer(status, "text/plain; charset=utf-8", text.encode())


def _as_http(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes]:
    headers = [("content-type", answer.content_type)]
    if answer.status == 401:  # noqa: PLR2004 -- the status that asks for credentials
        headers.append(("www-authenticate", 'Basic realm="hub", charset="UTF-8"'))
    if answer.status in {429, 503}:
        headers.append(("retry-after", "30"))
    return answer.status, headers, answer.body


def _as_seen(page: Page, scope: Scope) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return a page; nothing of it when the client has it already or asked for its head."""
    headers = [("content-type", page.content_type), *page.headers]
    known = scope.headers.get("if-none-match", "")
    if known and ("etag", known) in page.headers:
        return 304, headers, b""
    return page.status, headers, b"" if scope.method == "HEAD" else page.body


def _credentials(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (login, password) if colon else None


def _action(soap_action: str, kind: mime.ContentType) -> str:
    return (soap_action or kind.parameters.get("action", "")).strip().strip('"')
