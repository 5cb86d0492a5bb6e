"""For whom a system acts: what is believed of the header, and what a handler is given."""

from uuid import uuid4

import pytest
from envelopes import NOW, PROVIDERS, verify
from hub_process import hub_on
from identities import rsa_identity
from messages import BANK_PAYMENT, envelope, new_id

from gateway import bootstrap
from gateway.bootstrap.contours import open_contour
from gateway.kernel.message import ActingRole, Contour, OnBehalf
from gateway.kernel.settings import load
from gateway.pipeline.exchange import Exchange, Incoming
from gateway.pipeline.inbound import read_header
from gateway.pipeline.soap_binding import SoapBinding
from gateway.security import wsse
from gateway.security.proof import CredentialVerifier
from gateway.soap.parse import Version, parse

PING = f'<p:PingRequest xmlns:p="{BANK_PAYMENT}"/>'
HASH = "0f" * 32
PARENT = f"<h:snilsHash>{HASH}</h:snilsHash><h:role>PARENT</h:role>"
TEACHER = "<h:esiaOid> 1000000007 </h:esiaOid><h:role>CLASS_TEACHER</h:role>"


def acting_for(person: str) -> bytes:
    """A message whose header names a person."""
    last = b"</h:formatVersion>"
    block = f"<h:onBehalfOf>{person}</h:onBehalfOf>".encode()
    return envelope(PING, new_id()).replace(last, last + block)


def read(octets: bytes):
    return read_header(
        CredentialVerifier().verify(parse(octets, Version.SOAP11)), Contour.TEST
    ).on_behalf


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (PARENT, OnBehalf(ActingRole.PARENT, snils_hash=HASH)),
        (TEACHER, OnBehalf(ActingRole.CLASS_TEACHER, esia_oid="1000000007")),
    ],
    ids=["hash", "account"],
)
def test_header_tells_for_whom_the_sender_acts(person, said):
    assert read(acting_for(person)) == said


def test_header_that_names_nobody_says_so():
    assert read(envelope(PING, new_id())) is None


def test_person_of_a_signed_message_is_read_from_the_signed_bytes():
    signed = wsse.sign(acting_for(PARENT), rsa_identity().signer(), PROVIDERS, uuid4, NOW)
    proof = wsse.proof(verify(signed), "SCHOOL72", "thumbprint")
    assert read_header(proof, Contour.PROD).on_behalf == OnBehalf(
        ActingRole.PARENT, snils_hash=HASH
    )


def test_person_is_not_shown_where_values_are_printed():
    header = read_header(
        CredentialVerifier().verify(parse(acting_for(PARENT), Version.SOAP11)), Contour.TEST
    )
    assert "PARENT" in repr(header)
    assert HASH not in repr(header)


@pytest.fixture(scope="module")
def hub(tmp_path_factory, request):
    """A seeded hub that does not listen."""
    folder = tmp_path_factory.mktemp("inbound")
    with hub_on("sqlite", folder, request.getfixturevalue) as process:
        yield process


@pytest.fixture(scope="module")
def take(hub):
    """Take a message as far as its handler; return the state it is in then."""
    assembled = bootstrap.assemble(load(hub.environment))
    opened = open_contour(assembled, Contour.TEST, lambda *_: None, lambda _: None)
    endpoint = assembled.endpoints()["/test/ws/meals/bank-payment/1.0"]
    binding = SoapBinding(
        Version.SOAP11, Contour.TEST, assembled.settings.code, assembled.clock, uuid4
    )

    def receive(octets: bytes) -> Exchange:
        now = assembled.clock()
        incoming = Incoming(endpoint, binding, now, "127.0.0.1", hub.credentials, "", octets)
        exchange = opened.line.open(incoming)
        opened.line.receive(exchange)
        return exchange

    yield receive
    opened.close(assembled)
    assembled.close()


def test_handler_is_told_for_whom_the_sender_acts(take):
    assert take(acting_for(TEACHER)).received.on_behalf == OnBehalf(
        ActingRole.CLASS_TEACHER, esia_oid="1000000007"
    )


def test_handler_is_told_when_the_sender_acts_for_nobody(take):
    assert take(envelope(PING, new_id())).received.on_behalf is None


@pytest.mark.parametrize(
    "person",
    [
        "<h:role>PARENT</h:role>",
        TEACHER.replace("CLASS_TEACHER", "DIRECTOR"),
        PARENT.replace(HASH, HASH.upper()),
        f"<h:esiaOid>1</h:esiaOid>{PARENT}",
    ],
    ids=["nobody", "unknown-role", "capital-digits", "two-persons"],
)
def test_person_named_otherwise_than_the_schema_says_is_refused(take, person):
    answer = take(acting_for(person)).answer
    assert b"VALIDATION_ERROR" in answer.body


@pytest.mark.parametrize("name", ["snilsHash", "esiaOid"])
def test_refusal_does_not_repeat_who_was_named(take, name):
    wrong = f"<h:{name}>20000000000000000000007</h:{name}><h:role>PARENT</h:role>"
    exchange = take(acting_for(wrong))
    assert name.encode() in exchange.answer.body
    assert b"20000000000000000000007" not in exchange.answer.body
    assert "20000000000000000000007" not in (exchange.entry.reason or "")
