"""A server of our own HTTP that answers with what it was asked, in a thread."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import uvloop

from gateway.edge.connections import Connections
from gateway.edge.http import HttpAnswer, Intake, Patience, Request, Respond

PATIENCE = 10
QUICK = Patience(head=0.2, body=0.2, bytes_per_second=1_000_000, idle=0.4, unread=0.3)


POURED = 40 * 262_144
"""More than all buffers between two sockets hold."""


def poured(*, broken: bool) -> HttpAnswer:
    """An answer made piece by piece; a broken one stops before its end."""

    def pieces() -> Iterator[bytes]:
        for number in range(40):
            yield b""
            if broken and number == 20:
                raise OSError
            yield bytes([number]) * 262_144

    return HttpAnswer(200, (), b"", length=POURED, pieces=pieces)


@dataclass
class Echo:
    """Answers with what it was asked; `hold` keeps answers back until they are let go."""

    spool: object = None
    hold: bool = False
    limit: int = 1000
    held: list[Callable[[], None]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def admit(self, request: Request) -> Intake | HttpAnswer:
        if request.method == "PUT":
            return HttpAnswer(405, (("allow", "GET, HEAD, POST"),), b"")
        if int(request.header("content-length") or 0) > self.limit:
            return HttpAnswer(413, (), b"too large")
        return Intake(self.limit, self.spool)

    def take(self, request: Request, respond: Respond) -> None:
        if request.path == "/defect":
            raise ZeroDivisionError
        if request.path.startswith("/pour"):
            respond(poured(broken=request.path.endswith("broken")))
            return
        body = request.spooled.read_bytes() if request.spooled else request.body
        answer = HttpAnswer(200, (("x-path", request.path),), body)
        with self.came:
            self.requests.append(request)
            if self.hold:
                self.held.append(lambda: respond(answer))
            self.came.notify_all()
        if not self.hold:
            respond(answer)

    def wait_for(self, count: int) -> None:
        with self.came:
            assert self.came.wait_for(lambda: len(self.requests) >= count, PATIENCE)


@dataclass
class Server:
    """A loop in a thread with connections on a port."""

    echo: Echo
    connections: Connections
    port: int
    loop: asyncio.AbstractEventLoop

    @contextlib.contextmanager
    def client(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as client:
            yield client

    def ask(self, octets: bytes) -> bytes:
        """Send everything, say that nothing follows, return all that is answered."""
        with self.client() as client:
            client.sendall(octets)
            return rest(client)

    def let_go(self) -> None:
        held, self.echo.held = self.echo.held, []
        for respond in held:
            self.loop.call_soon_threadsafe(respond)

    def stop(self) -> "asyncio.Future[None]":
        return asyncio.run_coroutine_threadsafe(self.connections.stop(PATIENCE), self.loop)


@contextlib.contextmanager
def running(patience: Patience, proxies: str, echo: Echo) -> Iterator[Server]:
    loop = uvloop.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def listen() -> tuple[Connections, asyncio.AbstractServer]:
        connections = Connections(patience, echo, loop, frozenset(proxies.split()))
        connections.sweep()
        return connections, await loop.create_server(connections.make, "127.0.0.1", 0)

    connections, listener = asyncio.run_coroutine_threadsafe(listen(), loop).result(PATIENCE)
    port = listener.sockets[0].getsockname()[1]

    async def end() -> None:
        listener.close()
        await connections.stop(0.0)

    try:
        yield Server(echo, connections, port, loop)
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


def rest(client: socket.socket) -> bytes:
    """Read until the server closes."""
    octets = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := client.recv(65536):
            octets += piece
    return octets


def read_until(client: socket.socket, end: bytes) -> bytes:
    octets = b""
    while not octets.endswith(end):
        piece = client.recv(65536)
        assert piece, octets
        octets += piece
    return octets


def post(body: bytes, path: str = "/a", headers: str = "") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: h\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


LAST = "Connection: close\r\n"


def status(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1.1 "), answer
    return int(answer[9:12])
