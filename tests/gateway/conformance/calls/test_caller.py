"""A call of the stand: signed, exact, the same each time it is made, and never a lie about why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import peers
import pki
import pytest
from lxml import etree

from gateway.conformance.calls.caller import Caller, Order
from gateway.conformance.calls.errors import CannotSign
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Place, Signature
from gateway.kernel.message import Contour
from gateway.kernel.xml import make_parser
from gateway.security import policy, wsse
from gateway.security.keys import KeyCache
from gateway.security.own import OwnSignature
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import scheme_of
from gateway.security.wsse import Signer
from gateway.soap.parse import Version, parse
from gateway.wire.address import system_resolver
from gateway.wire.errors import EndpointForbidden
from registry.endpoints import Endpoint
from registry.kinds import Network

PROVIDERS = Providers.of([RsaProvider()])
SESSION = UUID("0198a000-0000-7000-8000-000000000001")
PLACE = Place("DI-01", 0, 1, "submit")
PAYLOAD = '<a xmlns="urn:test:intake"><b>Проба &amp; Пример</b></a>'.encode()


@pytest.fixture
def own() -> OwnSignature:
    leaf = pki.Authority.root().issue("Узел")
    key = PROVIDERS.signing_key(leaf.key_pem)
    scheme = scheme_of(PROVIDERS.public_key(key.public_key_info))
    return OwnSignature(Signer(key, leaf.der, scheme), PROVIDERS, uuid4, lambda: datetime.now(UTC))


@pytest.fixture
def caller(own, clock) -> Caller:
    return Caller(Contour.TEST, "CITTO", own.sign, system_resolver, no_tls, clock, unsigned)


def unsigned(_code: str, _reply: bytes) -> Signature:
    return Signature.NONE


def no_tls():
    raise AssertionError


def order(url: str, **more) -> Order:
    endpoint = Endpoint("portal/application", Contour.TEST, url, Network.INTERNET, "1.0")
    values = {
        "session": SESSION,
        "place": PLACE,
        "participant": "DEPT72001",
        "endpoint": endpoint,
        "operation": "SubmitApplication",
        "soap_action": "urn:test:intake:SubmitApplication",
        "payload": PAYLOAD,
        "timeout": timedelta(seconds=10),
    }
    return Order(**{**values, **more})


def header_of(message: bytes, name: str) -> str | None:
    return etree.fromstring(message, make_parser()).findtext(f".//{{*}}MessageHeader/{{*}}{name}")


def test_the_participant_gets_a_signed_message_addressed_to_him(caller):
    with peers.peer(peers.answering(b"<r/>")) as peer:
        made = caller.call(order(peer.url()))
    head, _, sent = peer.requests[0].partition(b"\r\n\r\n")
    assert sent == made.request
    assert b'SOAPAction: "urn:test:intake:SubmitApplication"' in head
    proven = wsse.verify(
        parse(sent, Version.SOAP11), policy.TEST, PROVIDERS, KeyCache(PROVIDERS), caller.clock()
    )
    assert "Проба &amp; Пример" in proven.body.decode()
    assert proven.message_header is not None
    told = {name: header_of(sent, name) for name in ("sender", "recipient", "contour", "messageId")}
    assert told == {
        "sender": "CITTO",
        "recipient": "DEPT72001",
        "contour": "TEST",
        "messageId": str(made.message_id),
    }


def test_both_sides_are_kept_with_their_times(caller, clock):
    with peers.peer(peers.answering("<r>да</r>".encode(), "500 No")) as peer:
        made = caller.call(order(peer.url()))
    seen = made.evidence
    assert (seen.place, seen.http_status, seen.reply) == (PLACE, 500, "<r>да</r>".encode())
    assert (seen.sent_at, seen.answered_at) == (clock.now, clock.now)
    assert (seen.trouble, seen.ours) == (None, False)


def test_a_call_whose_record_was_lost_is_made_again_as_the_same_message(caller, clock):
    with peers.peer(peers.answering(b"<r/>")) as peer:
        first = caller.call(order(peer.url()))
        clock.advance(minutes=5)
        again = caller.call(order(peer.url()))
    assert again.message_id == first.message_id
    bodies = [parse(request, Version.SOAP11).payload for request in (first.request, again.request)]
    assert len({etree.tostring(body, method="c14n") for body in bodies}) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"place": PLACE._replace(attempt=2)},
        {"place": PLACE._replace(row=1)},
        {"place": PLACE._replace(step="again")},
        {"session": UUID(int=2)},
    ],
)
def test_every_other_call_is_another_message(other):
    assert order("http://x/", **other).message_id != order("http://x/").message_id


def test_silence_is_the_participants_trouble_and_names_no_word_of_his(caller):
    with peers.peer(peers.silent) as peer:
        made = caller.call(order(peer.url(), timeout=timedelta(seconds=0.3)))
    seen = made.evidence
    assert (seen.answered_at, seen.http_status, seen.reply) == (None, None, None)
    assert (seen.trouble, seen.ours) == ("Ответ не пришёл за отведённое время.", False)
    assert seen.request == peer.requests[0].partition(b"\r\n\r\n")[2]


def test_a_death_in_between_leaves_a_line_in_the_log(caller, caplog, monkeypatch):
    caplog.set_level("INFO")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gateway.conformance.calls.caller.exchange", dies)
    with pytest.raises(KeyboardInterrupt):
        caller.call(order("http://127.0.0.1:1/"))
    (line,) = [r.getMessage() for r in caplog.records if "call" in r.getMessage()]
    assert "begins" in line
    assert str(SESSION) in line


def test_without_a_key_of_our_own_nothing_is_sent(caller):
    with peers.peer(peers.answering(b"<r/>")) as peer:
        with pytest.raises(CannotSign):
            replace(caller, sign=None).call(order(peer.url()))
        assert peer.requests == []


def test_an_address_inside_is_refused_before_anything_is_sent(caller):
    with peers.peer(peers.answering(b"<r/>")) as peer:
        inside = replace(caller, resolve=lambda _: ["127.0.0.1"])
        with pytest.raises(EndpointForbidden):
            inside.call(order(peer.url("is.example")))
        assert peer.requests == []


def test_a_sample_that_is_no_xml_is_the_stands_error(caller):
    with pytest.raises(StandBroken):
        caller.call(order("http://127.0.0.1:1/", payload=b"<a>"))
