"""Production believes what the recipient has signed: an answer, a fault that ends a letter."""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import peers
import pki
import pytest
from postal import CODE, HUB, good, http, plain_fault, refusing, reply, saying

from gateway.kernel.errors import DuplicateConflict
from gateway.kernel.message import Contour
from gateway.security import policy, wsse
from gateway.security.own import OwnSignature
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import scheme_of
from gateway.security.wsse import Signer
from gateway.soap.parse import Version, parse
from gateway.storage import outbound

PROVIDERS = Providers.of([RsaProvider()])


def signature_of(name):
    leaf = pki.Authority.root().issue(name)
    key = PROVIDERS.signing_key(leaf.key_pem)
    signer = Signer(key, leaf.der, scheme_of(PROVIDERS.public_key(key.public_key_info)))
    return OwnSignature(signer, PROVIDERS, uuid4, lambda: datetime.now(UTC))


@pytest.fixture(scope="module")
def department():
    return signature_of("Ведомство")


@pytest.fixture(scope="module")
def stranger():
    return signature_of("Посторонний")


@pytest.fixture
def production(postal, own, department, stranger):
    """A contour that knows whose certificates these are."""
    known = {department.signer.certificate: CODE, stranger.signer.certificate: "DEPT72002"}

    def verify(envelope):
        verified = wsse.verify(envelope, policy.TEST, PROVIDERS, own.keys, own.clock())
        return wsse.proof(verified, known[verified.certificate], "thumbprint")

    return postal.replaced(
        contour=Contour.PROD, sign=own.sign, verifier=SimpleNamespace(verify=verify)
    )


def signed(answer, by):
    """Sign what a service answers."""

    def answering(request):
        head, _, body = answer(request).partition(b"\r\n\r\n")
        status = head.split(b" ", 2)[1].decode()
        return http(by.sign(body, None), f"{status} Signed")

    return answering


def outcome(postal, *answers):
    with peers.peer(saying(*answers)) as peer:
        delivery = postal.at(peer).send(key=str(uuid4()))
        postal.deliver()
    (tried,) = postal.card(delivery).tried
    return tried.verdict, tried.code


def in_production(request, **more):
    return http(reply(request, contour=Contour.PROD, **more))


def test_a_signed_answer_is_believed_and_its_certificate_kept(production, department):
    assert outcome(production, signed(in_production, department)) == ("DELIVERED", "OK")
    with production.database.reading() as transaction:
        (kept,) = outbound.of_letter(transaction, 1)
    assert kept.certificate == "thumbprint"


def test_an_unsigned_answer_is_not_believed(production):
    assert outcome(production, in_production) == ("LATER", "REPLY_UNPROVEN")


def test_an_answer_that_somebody_else_has_signed_is_not_believed(production, stranger):
    assert outcome(production, signed(in_production, stranger)) == ("LATER", "REPLY_UNPROVEN")


def test_an_answer_that_was_changed_on_its_way_is_not_believed(production, department):
    answer = signed(in_production, department)
    changed = lambda request: answer(request).replace(b">false<", b">true <")  # noqa: E731 -- an answer
    assert outcome(production, changed) == ("LATER", "REPLY_UNPROVEN")


def test_a_signed_answer_to_another_message_is_no_answer_to_this_one(production, department):
    stale = lambda request: in_production(request, correlation_id=str(uuid4()))  # noqa: E731 -- an answer
    assert outcome(production, signed(stale, department)) == ("LATER", "REPLY_FOREIGN")
    silent = lambda request: in_production(request, correlation_id=None)  # noqa: E731 -- an answer
    assert outcome(production, signed(silent, department)) == ("LATER", "REPLY_FOREIGN")


def test_a_signed_answer_of_the_test_contour_is_none_of_production(production, department):
    assert outcome(production, signed(good, department)) == ("LATER", "REPLY_FOREIGN")


@pytest.mark.parametrize("answer", [plain_fault("Client"), refusing(DuplicateConflict())])
def test_an_unsigned_fault_never_ends_a_letter(production, answer):
    verdict, _ = outcome(production, answer)
    assert verdict == "LATER"


def test_a_signed_fault_ends_it(production, department):
    refused = signed(refusing(DuplicateConflict()), department)
    assert outcome(production, refused) == ("NEVER", "DUPLICATE_CONFLICT")


def test_in_the_test_contour_a_signature_has_to_hold_if_there_is_one(production, postal, stranger):
    trial = postal.replaced(verifier=production.verifier)
    assert outcome(trial, signed(good, stranger)) == ("LATER", "REPLY_UNPROVEN")
    assert outcome(trial, good) == ("DELIVERED", "OK")


def test_what_leaves_is_signed_over_body_and_header(production, department, own):
    with peers.peer(saying(signed(in_production, department))) as peer:
        production.at(peer).send()
        production.deliver()
    sent = parse(peer.requests[0].partition(b"\r\n\r\n")[2], Version.SOAP11)
    proven = wsse.verify(sent, policy.TEST, PROVIDERS, own.keys, own.clock())
    assert f"<hub:sender>{HUB}</hub:sender>".encode() in proven.message_header
