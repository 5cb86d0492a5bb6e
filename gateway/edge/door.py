"""The door: from an HTTP request to the line, from the line's answer back to HTTP.

A message is let in by its head, given to the line, and answered when it is durable. Small messages
are parsed on the event loop, where the hop to a thread would cost more than the work; the others
on parse threads, which release the interpreter while they parse and validate.
"""

import asyncio
import base64
import binascii
import logging
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from gateway.adapter import Mode
from gateway.edge import leaving
from gateway.edge.http import HttpAnswer, Intake, Request, Respond
from gateway.edge.rest.binding import JsonBinding
from gateway.edge.rest.door import RestDoor
from gateway.kernel.errors import TemporaryUnavailable
from gateway.kernel.message import Attachment
from gateway.kernel.ports import Clock
from gateway.kernel.quotas import Quota, QuotaExceeded, Quotas
from gateway.pipeline.exchange import Answer, Binding, Endpoint, Exchange, Incoming
from gateway.pipeline.process import Line
from gateway.pipeline.writer import Writer
from gateway.soap import attachments, mime
from gateway.soap.errors import AttachmentBroken, MediaTypeRefused
from gateway.soap.parse import Version

log = logging.getLogger(__name__)

INLINE_BYTES = 64 * 1024
"""Up to this size a message is parsed on the event loop."""
MULTIPART = "multipart/related"
MAX_QUERY = 4096
MAX_GET_BODY = 64 * 1024
TOO_LARGE = (
    "Сообщение больше допустимого. Передайте большой реестр вложением MTOM, можно в архиве zip."
)
CONTENT_ENCODED = "Сжатые сообщения не принимаются: уберите заголовок Content-Encoding."

Pages = Callable[[str, Mapping[str, str]], leaving.Page]
"""Answers GET by path and query."""


@dataclass(frozen=True, slots=True, eq=False)
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
    total: Quota
    """Of all messages together."""
    address: Quota
    """Of the messages from one address."""
    guesses: Quota
    """Of those from one address whose password has to be hashed first: 20 ms of a processor."""


@dataclass(frozen=True, slots=True)
class MessageIntake(Intake):
    """A message that was let in by its head: where it goes and how it is read."""

    address: Address = field(kw_only=True)
    kind: mime.ContentType = field(kw_only=True)
    version: Version = field(kw_only=True)

    @property
    def multipart(self) -> bool:
        """Whether the envelope is one part of several."""
        return self.kind.media_type == MULTIPART


class Door:
    """Takes HTTP requests to the lines and their answers back; a `Service` of `edge.http`."""

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
        loop: asyncio.AbstractEventLoop,
        rest_doors: tuple[RestDoor, ...] = (),
    ) -> None:
        """Take the addresses; `lanes` go by the contour's path, `bindings` by `Endpoint.root`."""
        self._addresses = {
            path: Address(
                endpoint,
                lanes[endpoint.contour.path],
                {version: bindings[endpoint.root, version] for version in Version},
            )
            for path, endpoint in endpoints.items()
        }
        self._front_doors = front_doors
        self._rest_doors = rest_doors
        self._rest_roots = tuple(door.root for door in rest_doors)
        self._pages = pages
        self._limits = limits
        self._spool = spool
        self._clock = clock
        self._loop = loop
        self._total = Quotas(limits.total, clock, loop.time)
        self._by_address = Quotas(limits.address, clock, loop.time)
        self._guesses = Quotas(limits.guesses, clock, loop.time)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="parse")
        # One, for the registry takes one change at a time: a second would only wait for the first.
        self._clerk = ThreadPoolExecutor(1, thread_name_prefix="clerk")
        self._tasks: set[asyncio.Task[HttpAnswer]] = set()
        self._fresh: dict[Lane, list[Exchange]] = {}
        self._message_intake = lru_cache(maxsize=1024)(self._make_message_intake)

    def admit(self, request: Request) -> Intake | HttpAnswer:
        """Let a request in by its head, or refuse it."""
        if request.method in {"GET", "HEAD"}:
            return Intake(MAX_GET_BODY)
        if request.method != "POST":
            return HttpAnswer(405, (("allow", "GET, HEAD, POST"),), b"")
        if request.header("content-encoding") not in {"", "identity"}:
            return leaving.plain(415, CONTENT_ENCODED)
        if request.path.startswith(self._rest_roots):
            return self._rest_intake(request)
        intake = self._message_intake(request.path, request.header("content-type"))
        if isinstance(intake, HttpAnswer):
            return intake
        length = request.header("content-length")
        if length:
            return leaving.plain(413, TOO_LARGE) if int(length) > intake.limit else intake
        return intake if request.header("transfer-encoding") else HttpAnswer(411, (), b"")

    def _rest_door(self, path: str) -> RestDoor | None:
        return next((door for door in self._rest_doors if path.startswith(door.root)), None)

    def _rest_intake(self, request: Request) -> Intake | HttpAnswer:
        """Take a body in; without a length there is none, as curl posts nothing."""
        limit = self._limits.message_bytes
        length = request.header("content-length")
        return leaving.plain(413, TOO_LARGE) if length and int(length) > limit else Intake(limit)

    def _make_message_intake(self, path: str, content_type: str) -> MessageIntake | HttpAnswer:
        address = self._addresses.get(path)
        if address is None:
            return HttpAnswer(404, (), b"")
        try:
            kind = mime.content_type(content_type)
            version = mime.soap_version(kind)
        except MediaTypeRefused as error:
            return leaving.plain(415, f"{error.text} {error.action}")
        spooled = kind.media_type == MULTIPART
        return MessageIntake(
            limit=self._limits.mtom_bytes if spooled else self._limits.message_bytes,
            spool=self._spool if spooled else None,
            address=address,
            kind=kind,
            version=version,
        )

    def take(self, request: Request, respond: Respond) -> None:
        """Answer one HTTP request, now or later."""
        intake = request.intake
        if not isinstance(intake, MessageIntake):
            self._soon(self._seen(request), respond)
        elif intake.multipart:
            self._soon(self._multipart(request, intake), respond)
        else:
            incoming = self._incoming(request, intake, request.body, {})
            self._start(incoming, intake.address.lane, respond)

    def _start(self, incoming: Incoming, lane: Lane, respond: Respond) -> None:
        """Take a message along the line, unless too much is asked of the hub already."""
        quotas = lane.line.parts.quotas
        try:
            self._total.enter("")
        except QuotaExceeded as error:
            respond(leaving.later(503, error))
            return
        try:
            self._by_address.enter(incoming.remote)
            if incoming.known is not None:
                quotas.enter(incoming.known, len(incoming.data))
            elif incoming.credentials is not None:
                self._guesses.enter(incoming.remote)
        except QuotaExceeded as error:
            respond(leaving.later(429, error))
            return
        self._let_in(incoming, lane, partial(self._leave, lane, respond))

    def _leave(self, lane: Lane, respond: Respond, answer: Answer) -> None:
        """Send an answer, and with it the kept attachments that it refers to."""
        if answer.refers and not answer.withheld:
            self._soon(
                self._on_thread(leaving.with_kept, lane.line.parts.database, answer), respond
            )
        else:
            respond(leaving.as_http(answer))

    def _let_in(self, incoming: Incoming, lane: Lane, done: Callable[[Answer], None]) -> None:
        """Take a message along the line; `done` is called when its answer is durable."""
        exchange = lane.line.open(incoming)
        exchange.done = done
        if lane.writer.waiting() > self._limits.queue:
            lane.line.refuse(exchange, TemporaryUnavailable())
            lane.writer.submit(exchange)
        elif (
            len(incoming.data) <= INLINE_BYTES
            and (incoming.known is not None or incoming.credentials is None)
            and not _carries_files(incoming)
        ):
            if not self._fresh:
                self._loop.call_soon(self._receive_fresh)
            self._fresh.setdefault(lane, []).append(exchange)
        else:
            self._threads.submit(self._receive, lane, exchange)

    def _receive_fresh(self) -> None:
        """Take along the line what this turn of the loop has brought.

        The writer is called once a turn: woken by the first message, it would take the interpreter
        from the others and commit for one.
        """
        fresh, self._fresh = self._fresh, {}
        for lane, exchanges in fresh.items():
            lane.line.receive(*exchanges)
            waiting = []
            beside = []
            for exchange in exchanges:
                threads = self._beside(exchange)
                if threads is None:
                    waiting.append(exchange)
                else:
                    beside.append((threads, exchange))
            lane.writer.submit(*waiting)
            for threads, exchange in beside:
                threads.submit(_answer_beside, lane, exchange)

    def _receive(self, lane: Lane, exchange: Exchange) -> None:
        """Take a message along the line on a parse thread."""
        lane.line.receive(exchange)
        threads = self._beside(exchange)
        if threads is None:
            lane.writer.submit(exchange)
        elif threads is self._threads:
            _answer_beside(lane, exchange)
        else:
            threads.submit(_answer_beside, lane, exchange)

    def _beside(self, exchange: Exchange) -> ThreadPoolExecutor | None:
        """Return where a message is answered beside the writer; None when the writer answers it."""
        if not exchange.waits_for_handler or exchange.route is None:
            return None
        mode = exchange.route.mode
        if mode is Mode.READ:
            return self._threads
        return self._clerk if mode is Mode.REGISTRY else None

    def _incoming(
        self,
        request: Request,
        intake: MessageIntake,
        data: bytes,
        parts: Mapping[str, Attachment],
    ) -> Incoming:
        credentials = _credentials(request.header("authorization"))
        return Incoming(
            endpoint=intake.address.endpoint,
            binding=intake.address.bindings[intake.version],
            received_at=self._clock(),
            remote=request.client,
            credentials=credentials,
            action=_action(request.header("soapaction"), intake.kind),
            data=data,
            parts=parts,
            spooled=request.spooled,
            takes_mtom=intake.multipart or _reads_mtom(request.header("accept")),
            known=_known(intake.address.lane, credentials),
        )

    # -- what may take its time

    def _soon(self, answering: Coroutine[Any, Any, HttpAnswer], respond: Respond) -> None:
        task = self._loop.create_task(answering)
        self._tasks.add(task)
        task.add_done_callback(partial(self._finish, respond))

    def _finish(self, respond: Respond, task: asyncio.Task[HttpAnswer]) -> None:
        self._tasks.discard(task)
        error = task.exception()
        if error is None:
            respond(task.result())
        else:
            log.error("request failed at the door", exc_info=error)
            respond(HttpAnswer(500, (), b""))

    async def _multipart(self, request: Request, intake: MessageIntake) -> HttpAnswer:
        spooled = request.spooled
        if spooled is None:
            raise TypeError(request)
        try:
            data, parts = await self._on_thread(self._taken_apart, spooled, intake.kind)
            incoming = self._incoming(request, intake, data, parts)
            return await self._through(incoming, intake.address.lane)
        except _TooLong:
            return leaving.plain(413, TOO_LARGE)
        except AttachmentBroken as error:
            return leaving.plain(400, f"{error.text} {error.action}")
        finally:
            spooled.unlink(missing_ok=True)

    def _taken_apart(self, spooled: Path, kind: mime.ContentType) -> tuple[bytes, dict[str, Any]]:
        """Return the envelope of a multipart message and its other parts."""
        root, others = mime.split(spooled, kind)
        if root.length > self._limits.message_bytes:
            raise _TooLong
        with spooled.open("rb") as file:
            file.seek(root.start)
            return file.read(root.length), attachments.attached(spooled, others)

    async def _seen(self, request: Request) -> HttpAnswer:
        """Answer what is no envelope: a message in a dialect, one to a REST twin, or a page."""
        rest_door = self._rest_door(request.path)
        if rest_door is not None:
            found = rest_door.find(request)
            if isinstance(found, JsonBinding):
                line = f"{request.method} {request.path}?{request.query}".removesuffix("?")
                data = line.encode() + b"\n\n" + request.body
                return await self._spoken(rest_door.endpoint, found, data, request)
            if found is not None:
                return found
        query = dict(parse_qsl(request.query[:MAX_QUERY], keep_blank_values=True))
        front_door = self._front_doors.get(request.path)
        if front_door is not None:
            data = request.query[:MAX_QUERY].encode()
            return await self._spoken(front_door.endpoint, front_door.binding(query), data, request)
        return leaving.as_seen(await self._on_thread(self._pages, request.path, query), request)

    async def _spoken(
        self, endpoint: Endpoint, binding: Binding, data: bytes, request: Request
    ) -> HttpAnswer:
        """Take along the line a message that is no envelope."""
        lane = self._addresses[endpoint.path].lane
        credentials = _credentials(request.header("authorization"))
        incoming = Incoming(
            endpoint=endpoint,
            binding=binding,
            received_at=self._clock(),
            remote=request.client,
            credentials=credentials,
            action="",
            data=data,
            known=_known(lane, credentials),
        )
        return await self._through(incoming, lane)

    async def _through(self, incoming: Incoming, lane: Lane) -> HttpAnswer:
        answered: asyncio.Future[HttpAnswer] = self._loop.create_future()
        self._start(incoming, lane, answered.set_result)
        return await answered

    async def _on_thread(self, call: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 -- whatever `call` returns
        return await self._loop.run_in_executor(self._threads, call, *arguments)

    def close(self) -> None:
        """Stop the threads."""
        self._threads.shutdown()
        self._clerk.shutdown()


class _TooLong(Exception):
    """The envelope inside a multipart body went past its limit."""


def _answer_beside(lane: Lane, exchange: Exchange) -> None:
    lane.line.answer_beside(exchange)
    lane.writer.submit(exchange)


def release(loop: asyncio.AbstractEventLoop, line: Line, settled: list[Exchange]) -> None:
    """Hand the answers of a batch from the writer back to the event loop: one wake-up."""
    loop.call_soon_threadsafe(resolve, line, settled)


def resolve(line: Line, settled: list[Exchange]) -> None:
    """Answer the clients of a batch."""
    line.released(settled)
    for exchange in settled:
        if exchange.done is not None and exchange.answer is not None:
            exchange.done(exchange.answer)


def _known(lane: Lane, credentials: tuple[str, str] | None) -> str | None:
    """Return whose credentials these are if they are proven already."""
    if credentials is None:
        return None
    try:
        return lane.line.parts.directory.recall(*credentials)
    except TemporaryUnavailable:
        return None  # the line asks again, and its refusal is journaled


def _credentials(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (login, password) if colon else None


def _carries_files(incoming: Incoming) -> bool:
    """Tell whether there may be files to look at and to keep: that takes its time."""
    names = [tag.rpartition("}")[2].encode() for tag in incoming.endpoint.binary]
    return bool(incoming.parts) or any(name in incoming.data for name in names)


def _reads_mtom(accept: str) -> bool:
    return MULTIPART in accept.lower() or "application/xop+xml" in accept.lower()


def _action(soap_action: str, kind: mime.ContentType) -> str:
    return (soap_action or kind.parameters.get("action", "")).strip().strip('"')
