"""A proxy that keeps what goes through it, both ways, byte for byte."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lxml import etree

SMEV = "{http://smev.gosuslugi.ru/rev120315}"
SECONDS = 60
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True)
class Sent:
    """A message on the wire, without its attachments."""

    to: str
    """Name of the wire that it went through, which is whoever stands behind it."""
    is_answer: bool
    envelope: etree._Element

    @property
    def name(self) -> str:
        """Local name of what is in the Body."""
        return etree.QName(self.envelope.find("{*}Body")[0]).localname

    @property
    def status(self) -> str | None:
        """Of SMEV 2; None in the plain binding."""
        return self.envelope.findtext(f"{{*}}Body/*/{SMEV}Message/{SMEV}Status")

    def text(self, name: str) -> str | None:
        return self.envelope.findtext(f".//{{*}}{name}")


@dataclass
class Wire:
    """What has gone to one place and come back."""

    name: str
    target: int
    port: int
    sent: list[Sent] = field(default_factory=list)
    losing: set[str] = field(default_factory=set)
    """Orders whose next answer gets lost, once."""

    def keep(self, octets: bytes, content_type: str, *, is_answer: bool) -> Sent | None:
        envelope = _envelope(octets, content_type)
        if envelope is None:
            return None
        sent = Sent(self.name, is_answer, envelope)
        self.sent.append(sent)
        return sent


@contextmanager
def wire(name: str, port: int, target: int) -> Iterator[Wire]:
    """Pass on what comes to `port` while the block runs."""
    made = Wire(name, target, port)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(made))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _envelope(octets: bytes, content_type: str) -> etree._Element | None:
    """Return the SOAP envelope of a body; None for whatever is none."""
    if content_type.startswith("multipart/related"):
        message = BytesParser().parsebytes(
            f"Content-Type: {content_type}\r\n\r\n".encode() + octets
        )
        octets = message.get_payload()[0].get_payload(decode=True)
    try:
        root = etree.fromstring(octets)
    except etree.XMLSyntaxError:
        return None
    return root if etree.QName(root).localname == "Envelope" else None


def _handler(wire: Wire) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(None)

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

        def _pass_on(self, octets: bytes | None) -> None:
            asked = None
            if octets is not None:
                asked = wire.keep(octets, self.headers["Content-Type"], is_answer=False)
            connection = http.client.HTTPConnection("127.0.0.1", wire.target, timeout=SECONDS)
            connection.request(self.command, self.path, octets, dict(self.headers))
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            order = None if asked is None else asked.text("orderId")
            if order in wire.losing:
                wire.losing.discard(order)
                self.send_error(502)
                return
            if octets is not None:
                wire.keep(body, answer.headers.get("Content-Type", ""), is_answer=True)
            self.send_response(answer.status)
            for field_name, value in answer.headers.items():
                if field_name.lower() not in _HOP_BY_HOP:
                    self.send_header(field_name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
