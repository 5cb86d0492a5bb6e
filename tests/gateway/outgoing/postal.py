"""A participant's own service on a real socket, and the hub's side of it: office, channel, slice.

The contract is one that the hub publishes anyway: what is sent by it does not matter here.
"""

import hashlib
import io
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import peers
from lxml import etree

from adapters.desk.messages import documents
from gateway.adapter import Adapter, Outward
from gateway.bootstrap.binding import bind_outward
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.delivery import Breaker, Deliverer, Patience
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Attachment, Contour, Participant, ParticipantState
from gateway.outgoing import Outgoing, Parcel
from gateway.outgoing.binding import Plain
from gateway.outgoing.channel import Net, ParticipantChannel
from gateway.outgoing.proving import Prover
from gateway.security.errors import Reason, SignatureRefused
from gateway.soap import build, fault, mime
from gateway.soap.parse import Version, parse
from gateway.storage import outbox
from gateway.storage.outbox import Verdict, commands
from registry.endpoints import Endpoint
from registry.kinds import Network

CATALOG = load_catalog()
CONTRACT = "registry/documents/1.0"
CODE = "DEPT72001"
HUB = "CITTO"
EVEN = Patience(jitter=0)
DEPARTMENT = Participant(CODE, "Ведомство", "DEPARTMENT", ParticipantState.IN_OPERATION)
DOCUMENT = "6f0f3c0e-4a1c-4b57-9d5e-7f2f6a5b9c11"
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def no_tls():
    raise AssertionError("there is nothing to protect")


class NoSignatures:
    """Believes no signature: who wants one gives the channel a verifier of his own."""

    def verify(self, envelope):
        raise SignatureRefused(Reason.DIGEST)


@dataclass
class Slice:
    """Hears what became of its messages, and does with it what a test says."""

    settled: list = field(default_factory=list)
    verdict: Verdict = Verdict.DELIVERED
    breaks: int = 0

    def settle(self, settled, work):
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("the slice is broken")
        self.settled.append(settled)
        work.after_commit.append(lambda: None)

    @property
    def states(self):
        return [one.state.name for one in self.settled]


@dataclass
class Postal:
    """Everything from the office to the deliverer, over one database and one participant."""

    database: object
    clock: object
    slice: Slice
    place: Endpoint | None = None
    contour: Contour = Contour.TEST
    sign: object = None
    verifier: object = field(default_factory=NoSignatures)
    participant: Participant | None = DEPARTMENT
    seconds: float = 5.0
    resolve: object = staticmethod(lambda host: [host])

    def __post_init__(self):
        outward = Outward(
            CONTRACT, documents, self.slice.settle, judge=lambda _: self.slice.verdict
        )
        self.calls = bind_outward(CATALOG, [Adapter("postal", outward=(outward,))])
        self.plain = Plain(self.contour, HUB, self.sign)
        self.office = Outgoing(
            self.contour, self.calls, self.plain, self.endpoint, signs=self.sign is not None
        )

    def at(self, peer):
        # Production calls nothing on this machine; where the participant is may be told apart.
        family = CONTRACT.rpartition("/")[0]
        self.place = Endpoint(family, Contour.TEST, peer.url(), Network.INTERNET, "1.0")
        return self

    def endpoint(self, _code, _contract):
        return self.place

    def replaced(self, **changes):
        return replace(self, **changes)

    def send(self, request=None, **more):
        """Write one message in a transaction of its own; return the delivery id."""
        with self.database.writing() as transaction:
            return self.office.send(self.work(transaction), self.parcel(request, **more))

    def parcel(self, request=None, **more):
        values = {
            "recipient": CODE,
            "contract": CONTRACT,
            "request": request or signature(),
            "key": "application/PORTAL/1",
            "source": f"application/{uuid4()}",
            "message_id": uuid4(),
            **more,
        }
        return Parcel(**values)

    def work(self, transaction):
        return SimpleNamespace(
            database=transaction, now=self.clock(), identifiers=uuid4, after_commit=[]
        )

    @property
    def channel(self):
        return ParticipantChannel(
            self.contour,
            self.database,
            self.calls,
            self.plain,
            self.endpoint,
            Prover(self.contour, self.verifier, lambda _: self.participant),
            Net(self.resolve, no_tls, seconds=self.seconds),
            self.clock,
            self.work,
        )

    def deliver(self, **more):
        """Try everything that is due; return how many attempts that took."""
        return self.deliverer(**more).drain()

    def deliverer(self, **more):
        channel = self.channel
        return Deliverer(
            self.database,
            outbox.CONTOUR,
            {self.plain.channel: channel},
            self.clock,
            lambda: 0.5,
            "проверка",
            **{"patience": EVEN, "breaker": Breaker(failures=10_000), **more},
        )

    def card(self, delivery: UUID):
        with self.database.reading() as transaction:
            return commands.find(outbox.CONTOUR, transaction, delivery)

    def order(self, name, delivery):
        with self.database.writing() as transaction:
            order = commands.Order("оператор", "так надо", self.clock())
            getattr(commands, name)(outbox.CONTOUR, transaction, delivery, order)


def signature(cms: bytes = b"cms") -> documents.RegisterSignatureRequest:
    return documents.RegisterSignatureRequest(
        document_id=DOCUMENT,
        party=CODE,
        signed_at=NOW,
        cms=cms,
        signatory=documents.SignatoryType(name="Иванов И. И.", position="Директор", basis="Устав"),
    )


def attachment(octets: bytes) -> tuple[bytes, Attachment]:
    """Return an attachment and the token that stands for it."""

    @contextmanager
    def opened():
        yield io.BytesIO(octets)

    digest = hashlib.sha256(octets).digest()
    part = Attachment("", "application/pdf", len(octets), digest, opened)
    return b"sha256:" + digest.hex().encode(), part


# What a service says.


def accepted(*, duplicate=False):
    return documents.RegisterSignatureResponse(
        state=documents.DocumentState("SIGNED"), duplicate=duplicate
    )


def envelope_of(request: bytes) -> bytes:
    """Return the envelope of an HTTP request, whether in one part or in many."""
    head, _, body = request.partition(b"\r\n\r\n")
    for line in head.decode().split("\r\n"):
        name, _, value = line.partition(":")
        kind = mime.content_type(value.strip()) if name.lower() == "content-type" else None
        if kind and kind.media_type == "multipart/related":
            return mime.root_of(body, kind)
    return body


def header_of(envelope: bytes, name: str) -> str | None:
    root = parse(envelope, Version.SOAP11).root
    return root.findtext(f".//{{*}}MessageHeader/{{*}}{name}")


def reply(request: bytes, response=None, **more) -> bytes:
    """Return the envelope that answers a request; `more` are fields of its header."""
    values = {
        "message_id": uuid4(),
        "sender": CODE,
        "recipient": HUB,
        "timestamp": NOW,
        "contour": Contour.TEST,
        "correlation_id": header_of(envelope_of(request), "messageId"),
        **more,
    }
    payload = codec.octet_encoder(type(response or accepted()))(response or accepted())
    return build.reply(Version.SOAP11, build.ReplyHeader(**values), payload)


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/xml; charset=utf-8",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def good(request: bytes) -> bytes:
    return http(reply(request))


def refusing(error: GatewayError, *headers: str):
    """Answer with the fault of the hub's own kind."""
    return lambda _: http(fault.build(Version.SOAP11, error, "1-1", None), "500 Error", *headers)


def plain_fault(code: str):
    """Answer with a fault of somebody who knows nothing of the hub."""
    octets = (
        f'<s:Envelope xmlns:s="{Version.SOAP11.value}"><s:Body><s:Fault>'
        f"<faultcode>s:{code}</faultcode><faultstring>нет</faultstring>"
        "</s:Fault></s:Body></s:Envelope>"
    ).encode()
    return lambda _: http(octets, "500 Error")


def saying(*answers):
    """Serve: each request is answered by the next of `answers`, then by `good` for ever."""
    planned = list(answers)

    def of(peer):
        def behave(line: socket.socket) -> None:
            request = peers.read_request(line)
            peer.requests.append(request)
            line.sendall((planned.pop(0) if planned else good)(request))

        return behave

    return of


def texts(envelope: bytes, name: str) -> list[str]:
    return etree.fromstring(envelope).xpath(f"//*[local-name()='{name}']/text()")
