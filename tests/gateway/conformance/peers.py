"""Counterparts on a real socket, in the process of the test: each does with it what a test says."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from cryptography import x509

Behaviour = Callable[[socket.socket], None]


@dataclass
class Peer:
    """Where it listens and what came in whole."""

    port: int
    requests: list[bytes] = field(default_factory=list)

    def url(self, host: str = "127.0.0.1", scheme: str = "http", path: str = "/service") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def peer(
    behave: "Callable[[Peer], Behaviour]", tls: ssl.SSLContext | None = None
) -> Iterator[Peer]:
    """Serve connections until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    made = Peer(listener.getsockname()[1])
    open_sockets: list[socket.socket] = []

    def serve(line: socket.socket) -> None:
        # The other side may hang up at any moment: that is what these tests are about.
        with suppress(OSError):
            if tls is not None:
                line = tls.wrap_socket(line, server_side=True)
                open_sockets.append(line)
            behave(made)(line)
        line.close()

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                open_sockets.append(line)
                threading.Thread(target=serve, args=(line,), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield made
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for line in open_sockets:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        accepting.join(5)


def read_request(line: socket.socket) -> bytes:
    """Read a request to its end, as its Content-Length says."""
    octets = b""
    while b"\r\n\r\n" not in octets:
        piece = line.recv(65536)
        if not piece:
            return octets
        octets += piece
    head, _, body = octets.partition(b"\r\n\r\n")
    length = 0
    for row in head.split(b"\r\n"):
        name, _, value = row.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body


def answering(body: bytes, status: str = "200 OK", *headers: str):
    """Answer every request with these octets."""

    def of(peer: Peer) -> Behaviour:
        def behave(line: socket.socket) -> None:
            peer.requests.append(read_request(line))
            head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
            line.sendall("\r\n".join(head).encode() + body)

        return behave

    return of


def saying(octets: bytes):
    """Send these octets whatever is asked, and hang up."""

    def of(peer: Peer) -> Behaviour:
        def behave(line: socket.socket) -> None:
            peer.requests.append(read_request(line))
            line.sendall(octets)

        return behave

    return of


def silent(peer: Peer) -> Behaviour:
    """Take the request and never answer: the connection stands until the test ends it."""

    def behave(line: socket.socket) -> None:
        peer.requests.append(read_request(line))
        line.recv(1)

    return behave


def dripping(octets: bytes):
    """Send an octet at a time, without end, as fast as the other side's pauses are short."""

    def of(peer: Peer) -> Behaviour:
        def behave(line: socket.socket) -> None:
            peer.requests.append(read_request(line))
            pause = threading.Event()
            line.sendall(octets)
            while True:
                line.sendall(b"x")
                pause.wait(0.02)

        return behave

    return of


def names(*hosts: str):
    """The extension that says for which hosts a server's certificate is."""
    found = [
        x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        for host in hosts
    ]
    return (x509.SubjectAlternativeName(found), False)


def server_context(leaf, folder) -> ssl.SSLContext:
    """Serve TLS with a generated certificate."""
    file = folder / f"server-{leaf.certificate.serial_number}.pem"
    file.write_bytes(leaf.pem + leaf.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def trusting(authority) -> Callable[[], ssl.SSLContext]:
    """Believe one authority."""
    return lambda: ssl.create_default_context(cadata=authority.pem.decode())
