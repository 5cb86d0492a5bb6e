"""Asks certification authorities over HTTP: bounded in time and size, and no redirects.

A redirect would lead to an address that the registry does not name.
"""

import http.client
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from gateway.security.revocation import Request, Unreachable

SECONDS = 10.0
"""Deadline of one question."""
MAX_OCTETS = 32 * 1024 * 1024
"""CRLs of large authorities have megabytes."""
_CHUNK = 64 * 1024
_OK = 200
_CONNECTIONS: dict[str, type[http.client.HTTPConnection]] = {
    "http": http.client.HTTPConnection,
    "https": http.client.HTTPSConnection,
}


def fetch(request: Request) -> bytes:
    """Return the body of the answer; raise Unreachable."""
    address = urlsplit(request.address)
    connection = _connection(address)
    deadline = monotonic() + SECONDS
    try:
        return _exchange(connection, address, request, deadline)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()


def is_address(text: str) -> bool:
    """Tell whether `text` is an address that can be asked."""
    try:
        address = urlsplit(text)
        return address.scheme in _CONNECTIONS and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


def _connection(address: SplitResult) -> http.client.HTTPConnection:
    kind = _CONNECTIONS.get(address.scheme)
    if kind is None or not address.hostname:
        raise Unreachable("Адрес не http и не https.")
    return kind(address.hostname, address.port, timeout=SECONDS)


def _exchange(
    connection: http.client.HTTPConnection,
    address: SplitResult,
    request: Request,
    deadline: float,
) -> bytes:
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    headers = {"Connection": "close"}
    if request.body is None:
        connection.request("GET", target, headers=headers)
    else:
        headers["Content-Type"] = request.media_type
        connection.request("POST", target, request.body, headers)
    response = connection.getresponse()
    if response.status != _OK:
        raise Unreachable(f"Ответ HTTP {response.status}.")
    return _body(response, deadline)


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    chunks = bytearray()
    while chunk := response.read1(_CHUNK):
        chunks += chunk
        if len(chunks) > MAX_OCTETS:
            raise Unreachable("Ответ больше допустимого.")
        if monotonic() > deadline:
            raise Unreachable("Ответ не пришёл за отведённое время.")
    return bytes(chunks)
