"""One HTTP/1.1 exchange: bounded in time and size as a whole, no redirects, no proxies.

A peer that sends a byte a second is cut off by the same deadline as one that is silent. Every HTTP
status is an answer; what it means is for the judge to say.
"""

import http.client
import io
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EADDRNOTAVAIL, EMFILE, ENETDOWN, ENFILE, ENOBUFS, ENOMEM
from hashlib import sha256
from typing import Any, Self

from cryptography import x509
from cryptography.x509.oid import NameOID

from gateway.wire.address import Target
from gateway.wire.deadline import Deadline, NoAnswer

MOST_OCTETS = 10 * 1024 * 1024
"""Of a reply with its head (SVC-00-10), unless somebody wants less."""
Contexts = Callable[[], ssl.SSLContext]
"""How the certificates of participants' servers are checked."""

_CONNECT_SECONDS = 10.0
"""For each of the numbers of a name."""
_PIECE = 64 * 1024
_OURS = frozenset({EADDRNOTAVAIL, EMFILE, ENETDOWN, ENFILE, ENOBUFS, ENOMEM})
_HOSTNAME_MISMATCH = 62
_EXPIRED, _NOT_YET = 10, 9
_UNKNOWN_ISSUER = frozenset({2, 18, 19, 20, 21})


@dataclass(frozen=True, slots=True)
class Tls:
    """What the handshake showed."""

    protocol: str
    cipher: str
    subject: str
    issuer: str
    not_after: datetime
    thumbprint: str
    """SHA-256 of the server's certificate, hexadecimal."""


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


@dataclass(slots=True)
class Connection:
    """An open way to the other side; closed by whoever opened it."""

    socket: socket.socket
    number: str
    tls: Tls | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self.socket.close()


def exchange(
    target: Target,
    request: Request,
    contexts: Contexts,
    deadline: Deadline,
    *,
    most: int = MOST_OCTETS,
) -> Answer:
    """Send one request and read its answer of at most `most` bytes to the end; raise NoAnswer."""
    with connect(target, deadline) as connection:
        protect(connection, target, contexts, deadline)
        try:
            try:
                _send(connection.socket, _written(target, request), deadline)
            except ConnectionError as error:
                # Who refuses a large body answers at once and hangs up.
                return _early_answer(connection, request, deadline, most, error)
            return _answer(connection, request, deadline, most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _no_answer(error) from error


def connect(target: Target, deadline: Deadline) -> Connection:
    """Open a connection to the first number that lets in; raise NoAnswer."""
    last: OSError | None = None
    for number in target.numbers:
        seconds = min(deadline.left(), _CONNECT_SECONDS)
        try:
            opened = socket.create_connection((number, target.port), timeout=seconds)
        except OSError as error:
            last = error
        else:
            return Connection(opened, number)
    raise _no_answer(last or OSError()) from last


def protect(connection: Connection, target: Target, contexts: Contexts, deadline: Deadline) -> None:
    """Shake hands where the address asks for TLS; raise NoAnswer naming what is wrong."""
    if not target.is_tls:
        return
    try:
        context = contexts()
    except (OSError, ValueError) as error:
        raise NoAnswer(
            "Удостоверяющие центры узла не читаются.", "AUTHORITIES", ours=True
        ) from error
    connection.socket.settimeout(deadline.left())
    try:
        secured = context.wrap_socket(connection.socket, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        raise NoAnswer(_distrust(error), "TLS") from error
    except (OSError, ValueError) as error:
        raise _no_answer(error) from error
    connection.socket = secured
    connection.tls = _facts(secured)


def _distrust(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code == _HOSTNAME_MISMATCH or "mismatch" in error.verify_message:
        return "TLS: сертификат сервера выдан не на это имя."
    if error.verify_code in {_EXPIRED, _NOT_YET}:
        return "TLS: сертификат сервера недействителен по сроку."
    if error.verify_code in _UNKNOWN_ISSUER:
        return "TLS: цепочка сертификата сервера не ведёт к доверенному удостоверяющему центру."
    return f"TLS: сертификат сервера не принят (код проверки {error.verify_code})."


def _facts(secured: ssl.SSLSocket) -> Tls:
    octets = secured.getpeercert(binary_form=True) or b""
    cipher = secured.cipher()
    certificate = x509.load_der_x509_certificate(octets)
    return Tls(
        protocol=secured.version() or "",
        cipher=cipher[0] if cipher else "",
        subject=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        not_after=certificate.not_valid_after_utc.astimezone(UTC),
        thumbprint=sha256(octets).hexdigest(),
    )


def _common_name(name: x509.Name) -> str:
    names = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else name.rfc4514_string()


def _written(target: Target, request: Request) -> Iterator[bytes]:
    """Give the request piece by piece."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    head = {"Host": f"{host}:{target.port}", **request.headers, "Connection": "close"}
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
    connection: Connection,
    request: Request,
    deadline: Deadline,
    most: int,
    error: ConnectionError,
) -> Answer:
    try:
        return _answer(connection, request, deadline, most)
    except (OSError, http.client.HTTPException, ValueError):
        raise error from None


def _answer(connection: Connection, request: Request, deadline: Deadline, most: int) -> Answer:
    reader: Any = _Reader(connection.socket, deadline, most)
    response = http.client.HTTPResponse(reader, method=request.method)
    try:
        response.begin()
        body = response.read()
    finally:
        response.close()
    return Answer(response.status, response.headers, body, connection.number, connection.tls)


class _Reader:
    """What `http.client` takes for a socket: every read of it looks at the deadline."""

    def __init__(self, line: socket.socket, deadline: Deadline, most: int) -> None:
        self._raw = _Raw(line, deadline, most)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._raw, _PIECE)


class _Raw(io.RawIOBase):
    def __init__(self, line: socket.socket, deadline: Deadline, most: int) -> None:
        super().__init__()
        self._line = line
        self._deadline = deadline
        self._left = most
        self._most = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- whatever holds bytes
        self._line.settimeout(self._deadline.left())
        taken = self._line.recv_into(buffer)
        self._left -= taken
        if self._left < 0:
            raise NoAnswer(f"Ответ больше {self._most // 1024} КиБ.", "TOO_LARGE")
        return taken


def _no_answer(error: Exception) -> NoAnswer:
    match error:
        case TimeoutError():
            return NoAnswer("Ответ не пришёл за отведённое время.", "TIMEOUT")
        case ConnectionRefusedError():
            return NoAnswer("Соединение отклонено: по этому адресу никто не слушает.", "REFUSED")
        case ssl.SSLEOFError() | ConnectionError() | http.client.RemoteDisconnected():
            return NoAnswer("Соединение оборвано другой стороной.", "CUT")
        case http.client.IncompleteRead():
            return NoAnswer("Ответ оборван: пришло меньше заявленного.", "CUT")
        case ssl.SSLError():
            return NoAnswer("TLS: договориться о защите соединения не удалось.", "TLS")
        case OSError():
            ours = error.errno in _OURS
            return NoAnswer(
                "Узел не может открыть соединение." if ours else "Адрес недоступен.",
                "CANNOT_CONNECT" if ours else "UNREACHABLE",
                ours=ours,
            )
        case _:
            return NoAnswer("Ответ — не HTTP.", "NOT_HTTP")
