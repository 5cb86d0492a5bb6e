"""zeep calls a server over HTTP; every request is signed and every reply is proven."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from threading import Thread
from uuid import uuid4

import pytest
import zeep
import zeep.exceptions
from envelopes import DS, NOW, PROVIDERS, Message
from identities import Identity, ec_identity
from lxml import etree

from gateway.kernel import xml
from gateway.security import wsse
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.outgoing import SETTINGS, SignedCalls, by_thumbprint
from gateway.security.policy import TEST
from gateway.soap.errors import MalformedMessage
from gateway.soap.parse import HUB_NAMESPACE, Version, parse

WSDL = str(files("wsdl").joinpath("meals", "bank-payment", "1.0", "BankPaymentService.wsdl"))
SERVICE = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"
SOAP = Version.SOAP11.value
PONG = (
    f'<s:Envelope xmlns:s="{SOAP}"><s:Header><hub:MessageHeader xmlns:hub="{HUB_NAMESPACE}"/>'
    f'</s:Header><s:Body><p:PingResponse xmlns:p="{SERVICE}"><p:service>meals/bank-payment'
    "</p:service><p:version>1.0</p:version><p:contour>test</p:contour>"
    "<p:time>2026-03-02T12:00:00+05:00</p:time></p:PingResponse></s:Body></s:Envelope>"
).encode()
FAULT = (
    f'<s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault><faultcode>s:Server</faultcode>'
    "<faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>"
).encode()


@dataclass
class Server:
    """Answers with what it was told, and keeps what it was sent."""

    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    reply: bytes = b""
    status: int = 200

    def answer(self, identity: Identity, change: Callable[[Message], None] | None = None) -> None:
        signed = wsse.sign(PONG, identity.signer(), PROVIDERS, uuid4, NOW)
        message = Message(etree.fromstring(signed, xml.parser()), Version.SOAP11)
        if change:
            change(message)
        self.reply = message.octets()


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.requests.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(told.status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(told.reply)))
            self.end_headers()
            self.wfile.write(told.reply)

        def log_message(self, *_: object) -> None:
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    told.port = httpd.server_port
    thread = Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield told
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture(scope="module")
def hub() -> Identity:
    return ec_identity()


@pytest.fixture
def ping(server: Server, rsa: Identity, hub: Identity) -> Iterator[Callable[..., object]]:
    """Call Ping; the hub's own certificate is the only one trusted."""
    clients = []

    def call(**options: object) -> object:
        calls = SignedCalls(
            **{
                "signer": rsa.signer(lifetime=timedelta(minutes=5)),
                "policy": TEST,
                "trust": by_thumbprint([hashlib.sha256(hub.der).hexdigest().upper()]),
                "providers": PROVIDERS,
                "keys": KeyCache(PROVIDERS),
                "identifiers": uuid4,
                "clock": lambda: NOW,
                **options,
            }
        )
        client = zeep.Client(WSDL, wsse=calls, settings=SETTINGS)
        clients.append(client)
        binding = next(
            name for name, one in client.wsdl.bindings.items() if one.nsmap["soap-env"] == SOAP
        )
        service = client.create_service(binding, f"http://127.0.0.1:{server.port}/")
        return service.Ping()

    yield call
    for client in clients:
        client.transport.session.close()


def test_signed_request_leaves_and_signed_reply_is_read(ping, server, rsa, hub):
    server.answer(hub)
    assert ping().body.service == "meals/bank-payment"
    envelope = parse(server.requests[0], Version.SOAP11)
    verified = wsse.verify(envelope, TEST, PROVIDERS, KeyCache(PROVIDERS), NOW)
    assert verified.certificate == rsa.der
    assert wsse.proof(verified, "A", "ab" * 32).payload.tag == f"{{{SERVICE}}}PingRequest"


def reason(ping, **options) -> Reason:
    with pytest.raises(SignatureRefused) as refused:
        ping(**options)
    return refused.value.reason


def test_reply_signed_by_somebody_else_is_refused(ping, server):
    server.answer(ec_identity())
    assert reason(ping) is Reason.SIGNER


def test_reply_without_signature_is_refused(ping, server):
    server.reply = PONG
    assert reason(ping) is Reason.MISSING


def test_reply_changed_on_its_way_is_refused(ping, server, hub):
    def change(message: Message) -> None:
        message.body[0][0].text = "meals/other"

    server.answer(hub, change)
    assert reason(ping) is Reason.DIGEST


def test_wrapped_reply_is_refused(ping, server, hub):
    def wrap(message: Message) -> None:
        evil = etree.Element(message.soap("Body"))
        evil.append(etree.fromstring(PONG, xml.parser())[1][0])
        body = message.body
        message.root.replace(body, evil)
        message.header.append(body)

    server.answer(hub, wrap)
    assert reason(ping) is Reason.NOT_BODY


def test_instruction_in_a_reply_is_refused(ping, server, hub):
    server.answer(hub)
    server.reply = server.reply.replace(b">meals/", b">meals<?x?>/")
    with pytest.raises((SignatureRefused, MalformedMessage)):
        ping()


def test_reply_with_a_doctype_is_refused(ping, server, hub):
    server.answer(hub)
    head, _, rest = server.reply.partition(b"?>")
    server.reply = head + b"?><!DOCTYPE s>" + rest
    with pytest.raises((zeep.exceptions.DTDForbidden, MalformedMessage)):
        ping()


def test_verifier_itself_refuses_a_doctype(rsa):
    calls = SignedCalls(
        rsa.signer(), TEST, by_thumbprint([]), PROVIDERS, KeyCache(PROVIDERS), uuid4, lambda: NOW
    )
    with pytest.raises(MalformedMessage):
        calls.verify(etree.fromstring(b"<!DOCTYPE a><a/>", xml.parser()))


def test_blocks_that_nobody_signed_are_gone_before_zeep_reads(hub, rsa):
    octets = wsse.sign(
        PONG.replace(b"</s:Header>", b'<x:To xmlns:x="urn:x">all</x:To></s:Header>'),
        hub.signer(),
        PROVIDERS,
        uuid4,
        NOW,
    )
    reply = etree.fromstring(octets, xml.parser())
    trust = by_thumbprint([hashlib.sha256(hub.der).hexdigest()])
    calls = SignedCalls(
        rsa.signer(), TEST, trust, PROVIDERS, KeyCache(PROVIDERS), uuid4, lambda: NOW
    )
    calls.verify(reply)
    assert [child.tag for child in reply[0]] == [f"{{{HUB_NAMESPACE}}}MessageHeader"]
    assert reply.find(f".//{DS}Signature") is None
    assert reply[1][0].tag == f"{{{SERVICE}}}PingResponse"


def test_fault_without_signature_is_refused_unless_it_is_let_through(ping, server):
    server.reply, server.status = FAULT, 500
    assert reason(ping) is Reason.MISSING
    with pytest.raises(zeep.exceptions.Fault, match="no"):
        ping(unsigned_faults=True)


def test_answer_without_signature_is_no_fault_that_could_be_let_through(ping, server):
    server.reply = PONG
    assert reason(ping, unsigned_faults=True) is Reason.MISSING
