"""What travels between HTTP and the door: requests, answers, how long a client may take."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

HttpHeaders = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Request:
    """One HTTP request; the body lies in `body` or, when it was sent to disk, in `spooled`."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    """By lower-case name; a header sent twice is one, its values joined by commas."""
    client: str
    """Address of the peer."""
    intake: "Intake"
    """What the service said when it admitted the request."""
    body: bytes = b""
    spooled: Path | None = None

    def header(self, name: str) -> str:
        """Return a header by its lower-case name, empty when it was not sent."""
        return self.headers.get(name, "")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What leaves; Content-Length, Date and Connection are added on the way."""

    status: int
    headers: HttpHeaders
    body: bytes
    length: int | None = None
    """Content-Length when it is not that of the body: the answer to HEAD."""
    pieces: Callable[[], Iterator[bytes]] | None = None
    """What comes after `body`, made piece by piece on a thread; `length` counts it all."""
    cut: bool = False
    """Whether the connection is closed instead: nothing of the answer leaves."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How the body of a request is taken; a service may know more about it in a subclass."""

    limit: int
    """Bytes; one more is 413."""
    spool: Path | None = None
    """Folder in which the body is written to a file; None keeps it in memory."""


NO_BODY = Intake(0)

Respond = Callable[[HttpAnswer], None]
"""Answers a request; called once, on the event loop."""


class Service(Protocol):
    """Whoever answers requests."""

    def admit(self, request: Request) -> Intake | HttpAnswer:
        """Say how to take the body, or refuse the request by its head alone."""
        ...

    def take(self, request: Request, respond: Respond) -> None:
        """Answer a whole request, now or later."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds a client may take, and what he may take at a time."""

    head: float = 10.0
    body: float = 20.0
    """For the first bytes; after that a body has to come at `bytes_per_second`."""
    bytes_per_second: int = 16 * 1024
    idle: float = 75.0
    """Between two requests of a connection."""
    unread: float = 30.0
    """For reading an answer that fills the buffers."""
    connections: int = 2000
    """At a time, in one process."""
    connections_of_one: int = 500
    """At a time, from one address."""
    bytes_at_a_time: int = 512 * 1024 * 1024
    """Of all bodies that are being read or answered, in memory and on disk."""
