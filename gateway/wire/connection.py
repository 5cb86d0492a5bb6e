"""A connection to the other side, plain or protected, and why there is none."""

import http.client
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EADDRNOTAVAIL, EMFILE, ENETDOWN, ENFILE, ENOBUFS, ENOMEM
from hashlib import sha256
from typing import Self

from cryptography import x509
from cryptography.x509.oid import NameOID

from gateway.wire.address import Target
from gateway.wire.deadline import Deadline, NoAnswer

Contexts = Callable[[], ssl.SSLContext]
"""How the certificates of participants' servers are checked."""

_CONNECT_SECONDS = 10.0
"""For each of the numbers of a name."""
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


@dataclass(slots=True)
class Connection:
    """An open way to the other side; closed by whoever opened it."""

    socket: socket.socket
    number: str
    tls: Tls | None = None
    was_kept: bool = False
    """Whether it has served before."""

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self.close()


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
    raise no_answer(last or OSError()) from last


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
        raise no_answer(error) from error
    connection.socket = secured
    connection.tls = _facts(secured)


def no_answer(error: Exception) -> NoAnswer:
    """Tell an error of the socket or of HTTP in words without the other side's."""
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
