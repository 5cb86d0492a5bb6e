"""HTTP in front of an emulator, with everything that may go wrong on a connection.

For the test contour only: it knows neither limits of clients nor TLS, and listens where it is told.
"""

import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from gateway.edge.emulators.frame import Emulator, Manner, Treatment

MOST_OCTETS = 50 * 1024 * 1024
IDLE_SECONDS = 60
_GARBAGE = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03<soap"
_BROKEN_PAGE = b"<html><body><h1>500 Internal Server Error</h1><hr></body></html>"


class EmulatorServer(ThreadingHTTPServer):
    """Serves one emulator from threads; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, emulator: Emulator, host: str = "127.0.0.1", port: int = 0) -> None:
        """Take the port; nothing is answered yet."""
        self.emulator = emulator
        self.stopping = threading.Event()
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Address of the service."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}{self.emulator.path}"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- the library's
        """Let the other side hang up without a word; anything else is told."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Release whoever is kept waiting, answer no more, give the port back."""
        self.stopping.set()
        self.shutdown()
        self.server_close()


@contextmanager
def serving(emulator: Emulator, host: str = "127.0.0.1", port: int = 0) -> Iterator[EmulatorServer]:
    """Serve in a thread for as long as the block runs."""
    server = EmulatorServer(emulator, host, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: EmulatorServer
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        """Show the WSDL."""
        address = urlsplit(self.path)
        if address.path != self.server.emulator.path or address.query.lower() != "wsdl":
            self._respond(Treatment(Manner.GOOD, 404, "text/plain; charset=utf-8"))
            return
        host, port = self.server.server_address[:2]
        octets = self.server.emulator.wsdl(f"http://{host!s}:{port}")
        self._respond(Treatment(Manner.GOOD, body=octets))

    def do_POST(self) -> None:
        """Take a message and do with the connection what is to be done."""
        emulator = self.server.emulator
        if emulator.manner is Manner.DOWN and not emulator.rules:
            self._hang_up()
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_OCTETS:
            self._respond(Treatment(Manner.GOOD, 411, "text/plain; charset=utf-8"))
            self.close_connection = True
            return
        request = self.rfile.read(int(length))
        if urlsplit(self.path).path != emulator.path:
            self._respond(Treatment(Manner.GOOD, 404, "text/plain; charset=utf-8"))
            return
        self._act(emulator.treat(request, self.headers.get("Content-Type", "")))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing: what came is kept by the emulator."""

    def _act(self, treatment: Treatment) -> None:
        match treatment.manner:
            case Manner.SLOW:
                self.server.stopping.wait(self.server.emulator.delay.total_seconds())
                self._respond(treatment)
            case Manner.SILENT:
                self.server.stopping.wait()
                self._hang_up()
            case Manner.DOWN:
                self._hang_up()
            case Manner.ERROR:
                self._respond(Treatment(Manner.GOOD, 500, "text/html", _BROKEN_PAGE))
            case Manner.CUT:
                self._respond(treatment, cut=True)
            case Manner.GARBAGE:
                self.wfile.write(_GARBAGE)
                self.close_connection = True
            case Manner.GOOD | Manner.WRONG | Manner.DUPLICATE:
                self._respond(treatment)

    def _respond(self, treatment: Treatment, *, cut: bool = False) -> None:
        self.send_response(treatment.status)
        self.send_header("Content-Type", treatment.content_type)
        self.send_header("Content-Length", str(len(treatment.body)))
        self.end_headers()
        self.wfile.write(treatment.body[: len(treatment.body) // 2] if cut else treatment.body)
        self.close_connection = self.close_connection or cut

    def _hang_up(self) -> None:
        """Reset the connection: the other side shall not take it for an empty answer."""
        at_once = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self.connection.close()
        self.close_connection = True
