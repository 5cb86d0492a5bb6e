"""A malware scanner over a real socket, speaking INSTREAM as clamd does."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"malware-of-the-test"


class Daemon(socketserver.ThreadingTCPServer):
    """Finds EICAR; takes no more than `most` bytes; says `says` instead, when that is given."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.seen: list[bytes] = []
        self.most = 10_000_000
        self.says: bytes | None = None


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        octets = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            octets += self.rfile.read(length)
            if len(octets) > self.server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(octets)
        found = b"stream: Test.Malware-1 FOUND\0" if EICAR in octets else b"stream: OK\0"
        self.wfile.write(found if self.server.says is None else self.server.says)


@contextmanager
def scanning() -> Iterator[Daemon]:
    """Listen in a thread."""
    with Daemon() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
