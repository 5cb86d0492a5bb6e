"""One HTTP/1.1 exchange: bounded in time and size as a whole, no redirects, no proxies.

A peer that sends a byte a second is cut off by the same deadline as one that is silent. Every HTTP
status is an answer; what it means is for the judge to say.
"""

import http.client
import io
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gateway.wire.address import Target
from gateway.wire.connection import Connection, Contexts, Tls, connect, no_answer, protect
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.lines import Lines

__all__ = ["Answer", "Contexts", "Request", "Stream", "Tls", "connect", "exchange", "protect"]

MOST_OCTETS = 10 * 1024 * 1024
"""Of a reply with its head (SVC-00-10), unless somebody wants less."""
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Stream:
    """A body that is never held as a whole."""

    length: int
    pieces: Callable[[], Iterable[bytes]]
    """Give `length` bytes altogether."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent; every value is ours."""

    method: str
    headers: Mapping[str, str]
    body: bytes | Stream = b""

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return self.body.length if isinstance(self.body, Stream) else len(self.body)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, byte for byte."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    number: str
    """The IP address that answered."""
    tls: Tls | None


def exchange(
    target: Target,
    request: Request,
    contexts: Contexts,
    deadline: Deadline,
    *,
    most: int = MOST_OCTETS,
    lines: Lines | None = None,
) -> Answer:
    """Send one request and read its answer of at most `most` bytes to the end; raise NoAnswer.

    With `lines` a connection that was left open is used; should it prove to be dead before
    anything has come back, the request is sent again over a new one.
    """
    kept = lines.take(target) if lines is not None else None
    if kept is not None:
        with suppress(_Stale):
            return _over(kept, target, request, deadline, most, lines)
    connection = connect(target, deadline)
    try:
        protect(connection, target, contexts, deadline)
    except BaseException:
        connection.close()
        raise
    return _over(connection, target, request, deadline, most, lines)


class _Stale(Exception):
    """A connection that was left open is dead."""


def _over(
    connection: Connection,
    target: Target,
    request: Request,
    deadline: Deadline,
    most: int,
    lines: Lines | None,
) -> Answer:
    """Exchange over a connection; it is kept or closed afterwards."""
    raw = _Raw(connection.socket, deadline, most)
    stays = False
    try:
        try:
            _send(connection.socket, _written(target, request, stays=lines is not None), deadline)
        except ConnectionError as error:
            # Who refuses a large body answers at once and hangs up.
            return _early_answer(connection, request, raw, error)
        answer, stays = _answer(connection, request, raw)
        return answer
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.was_kept and not raw.has_heard and isinstance(error, ConnectionError):
            raise _Stale from error
        raise no_answer(error) from error
    finally:
        if stays and lines is not None:
            lines.give(target, connection)
        else:
            connection.close()


def _written(target: Target, request: Request, *, stays: bool) -> Iterator[bytes]:
    """Give the request piece by piece."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    head = {"Host": f"{host}:{target.port}", **request.headers}
    if not stays:
        head["Connection"] = "close"
    body = request.body
    length = request.length
    if length:
        head["Content-Length"] = str(length)
    lines = [f"{request.method} {target.path} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items())]
    octets = "\r\n".join([*lines, "", ""]).encode("ascii")
    if not isinstance(body, Stream):
        yield octets + body
        return
    yield octets
    for piece in body.pieces():
        length -= len(piece)
        if length < 0:
            break
        yield piece
    if length:
        raise RuntimeError(f"a body differs from its told length by {-length}")


def _send(line: socket.socket, pieces: Iterable[bytes], deadline: Deadline) -> None:
    for octets in pieces:
        left = memoryview(octets)
        while left:
            line.settimeout(deadline.left())
            left = left[line.send(left[:_PIECE]) :]


def _early_answer(
    connection: Connection, request: Request, raw: "_Raw", error: ConnectionError
) -> Answer:
    try:
        return _answer(connection, request, raw)[0]
    except (OSError, http.client.HTTPException, ValueError):
        raise error from None


def _answer(connection: Connection, request: Request, raw: "_Raw") -> tuple[Answer, bool]:
    """Return the answer, and whether the connection may be used again."""
    reader: Any = _Reader(raw)
    response = http.client.HTTPResponse(reader, method=request.method)
    try:
        response.begin()
        body = response.read()
    finally:
        response.close()
    answer = Answer(response.status, response.headers, body, connection.number, connection.tls)
    return answer, not response.will_close


class _Reader:
    """What `http.client` takes for a socket."""

    def __init__(self, raw: "_Raw") -> None:
        self._raw = raw

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._raw, _PIECE)


class _Raw(io.RawIOBase):
    """The socket's side of an answer: every read of it looks at deadline and size."""

    def __init__(self, line: socket.socket, deadline: Deadline, most: int) -> None:
        super().__init__()
        self._line = line
        self._deadline = deadline
        self._left = most
        self._most = most
        self.has_heard = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- whatever holds bytes
        self._line.settimeout(self._deadline.left())
        taken = self._line.recv_into(buffer)
        self.has_heard = self.has_heard or taken > 0
        self._left -= taken
        if self._left < 0:
            raise NoAnswer(f"Ответ больше {self._most // 1024} КиБ.", "TOO_LARGE")
        return taken
