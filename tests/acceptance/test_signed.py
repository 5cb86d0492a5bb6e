"""Production at the live hub: who signed, whose certificate it is, and nothing else is believed.

Whatever is wrong, the sender reads the same words; the operator finds the reason in the journal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import enrolment
import pki
import pytest
import requests
import sqlalchemy as sa
from hub_process import HubProcess, hub_on
from lxml import etree
from messages import BANK_PAYMENT, envelope, new_id, now, payment

from gateway import bootstrap
from gateway.kernel.message import BankTerms, Contour, CreditMode
from gateway.kernel.settings import load
from gateway.security import policy, wsse
from gateway.security.keys import KeyCache
from gateway.security.own import load_signer
from gateway.security.path import Purpose
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import scheme_of
from gateway.security.trust import Role
from gateway.security.wsse import Signer
from gateway.soap.parse import Version, parse
from gateway.storage import journal
from gateway.storage.journal import journal_entry
from registry.certificates import Addresses, CertificateRegistrar
from registry.participants import Newcomer, ParticipantKind, Registrar

BANK, OTHER = "BANK72001", "BANK72009"
PING = f'<p:PingRequest xmlns:p="{BANK_PAYMENT}"/>'
TODAY = datetime.now(UTC)
DAY = timedelta(days=1)
PROVIDERS = Providers.of([RsaProvider()])
SIGNATURE_ONLY = "Подпись сообщения отсутствует или не подтверждена."


@dataclass
class Production:
    """A hub whose production is open, and the authority that everybody's certificates are of."""

    hub: HubProcess
    root: pki.Authority
    own: pki.Leaf

    def __post_init__(self) -> None:
        assembled = bootstrap.assemble(load(self.hub.environment))
        self.assembled = assembled
        self.registrar = Registrar(assembled.registry, assembled.clock, "tests")

    def certificates(self, at: datetime | None = None) -> CertificateRegistrar:
        clock = self.assembled.clock if at is None else lambda: at
        reader = self.assembled.certificate_reader
        return CertificateRegistrar(self.assembled.registry, clock, "tests", reader)

    def issue(self, **more) -> pki.Leaf:
        values = {"since": TODAY - 30 * DAY, "until": TODAY + 300 * DAY, **more}
        return self.root.issue(**values)

    def bound(
        self, leaf: pki.Leaf, code: str = BANK, purpose: Purpose = Purpose.MESSAGE, at=None
    ) -> pki.Leaf:
        self.certificates(at).add(code, Contour.PROD, purpose, leaf.der)
        return leaf

    def ask(
        self,
        leaf: pki.Leaf | None,
        body: str = PING,
        sender: str = BANK,
        contour: str = "PROD",
        octets: Callable[[bytes], bytes] = lambda octets: octets,
        auth: tuple[str, str] | None = None,
    ) -> requests.Response:
        message = envelope(body, new_id(), sender).replace(
            b"<h:contour>TEST<", f"<h:contour>{contour}<".encode()
        )
        if leaf is not None:
            message = wsse.sign(message, signer(leaf), PROVIDERS, uuid4, datetime.now(UTC))
        return self.post(octets(message), auth)

    def post(self, message: bytes, auth=None) -> requests.Response:
        return requests.post(
            self.hub.url("bank-payment").replace("/test/", "/prod/"),
            data=message,
            auth=auth,
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=30,
        )

    def row(self, answer: requests.Response) -> sa.RowMapping:
        """Return what the journal says of the message behind a fault."""
        entry = journal.entry_of(field(answer, "entry"))
        with self.assembled.databases[Contour.PROD].reading() as transaction:
            query = sa.select(journal_entry).where(journal_entry.c.entry == entry)
            return transaction.execute(query).mappings().one()

    def reason(self, answer: requests.Response) -> str:
        """Hold a refusal against the only words there are; return the reason in the journal."""
        assert answer.status_code == 500, answer.text
        assert field(answer, "code") == "SIGNATURE_INVALID"
        assert field(answer, "message") == SIGNATURE_ONLY
        return self.row(answer)["reason"].partition(":")[0]


def signer(leaf: pki.Leaf) -> Signer:
    key = PROVIDERS.signing_key(leaf.key_pem)
    return Signer(key, leaf.der, scheme_of(PROVIDERS.public_key(key.public_key_info)))


def field(answer: requests.Response, name: str) -> str | None:
    return etree.fromstring(answer.content).findtext(f".//{{*}}{name}")


@pytest.fixture(scope="module")
def production(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("signed")
    with hub_on("sqlite", folder, request.getfixturevalue) as hub:
        opened = open_production(hub)
        hub.environment |= {"HUB_SIGNATURES_PROD": "any", "HUB_REVOCATION_PROD": "soft"}
        hub.start()
        yield opened
        opened.assembled.close()


def open_production(hub: HubProcess) -> Production:
    root = pki.Authority.root(since=TODAY - 700 * DAY, until=TODAY + 700 * DAY)
    own = root.issue("Узел", key=pki.rsa_key(), since=TODAY - DAY, until=TODAY + 300 * DAY)
    opened = Production(hub, root, own)
    key_file, certificate_file = opened.assembled.settings.signing_files("prod")
    key_file.write_bytes(own.key_pem)
    certificate_file.write_bytes(own.pem)
    opened.certificates().add_authority(Contour.PROD, Role.ANCHOR, root.der, Addresses())
    registrar = opened.registrar
    registrar.add(Newcomer(OTHER, "Другой банк", ParticipantKind.BANK))
    enrolment.join(opened.assembled.registry, OTHER)
    terms = BankTerms(CreditMode.ON_NOTIFY, 3, "Другой банк", "047199998")
    registrar.set_terms(OTHER, terms)
    for code in (BANK, OTHER):
        enrolment.commission(opened.assembled.registry, code)
    return opened


@pytest.fixture(scope="module")
def bank(production):
    """The bank's certificate, bound and good."""
    leaf = production.bound(production.issue())
    production.hub.wait_until(lambda: production.ask(leaf).status_code == 200)
    return leaf


def test_signed_message_is_answered_and_the_answer_is_signed_by_the_hub(production, bank):
    answer = production.ask(bank)
    reply = parse(answer.content, Version.SOAP11)
    verified = wsse.verify(reply, policy.TEST, PROVIDERS, KeyCache(PROVIDERS), datetime.now(UTC))
    assert verified.certificate == production.own.der
    assert b"PingResponse" in verified.body
    assert BANK.encode() in verified.message_header


def test_unsigned_message_is_refused(production):
    assert production.reason(production.ask(None)) == "signature.missing"


def test_stolen_password_opens_nothing(production):
    refused = production.ask(None, auth=production.hub.credentials)
    assert production.reason(refused) == "signature.missing"


def test_changed_body_is_refused(production, bank):
    body = payment("P-1", "1000000008", "1.00", now())
    refused = production.ask(bank, body, octets=lambda text: text.replace(b">1.00<", b">9.00<"))
    assert production.reason(refused) == "signature.digest"


def test_changed_person_for_whom_the_sender_acts_is_refused(production, bank):
    honest = acting_for(bank, "1000000007")
    other = honest.replace(b">1000000007<", b">1000000008<")
    assert production.post(honest).status_code == 200
    refused = production.post(other)
    assert production.reason(refused) == "signature.digest"


def test_changed_role_of_that_person_is_refused(production, bank):
    honest = acting_for(bank, "1000000007")
    other = honest.replace(b">PARENT<", b">MEAL_ADMIN<")
    assert production.post(honest).status_code == 200
    assert production.reason(production.post(other)) == "signature.digest"


def test_answer_for_one_person_is_never_given_to_another(production, bank):
    message_id = new_id()
    first, second, again = (
        production.post(acting_for(bank, esia_oid, message_id))
        for esia_oid in ("1000000007", "1000000008", "1000000007")
    )
    assert first.status_code == 200
    assert field(second, "code") == "DUPLICATE_CONFLICT"
    assert again.content == first.content


def acting_for(leaf: pki.Leaf, esia_oid: str, message_id: str | None = None) -> bytes:
    """A signed message of a sender who acts for a parent."""
    last = b"</h:formatVersion>"
    person = f"<h:esiaOid>{esia_oid}</h:esiaOid><h:role>PARENT</h:role>"
    block = f"<h:onBehalfOf>{person}</h:onBehalfOf>".encode()
    message = envelope(PING, message_id or new_id(), BANK).replace(last, last + block)
    message = message.replace(b"<h:contour>TEST<", b"<h:contour>PROD<")
    return wsse.sign(message, signer(leaf), PROVIDERS, uuid4, datetime.now(UTC))


def test_message_without_a_header_is_refused(production, bank):
    message = wsse.sign(envelope(PING), signer(bank), PROVIDERS, uuid4, datetime.now(UTC))
    refused = production.post(message)
    assert field(refused, "code") == "VALIDATION_ERROR"
    assert field(refused, "path") == "/Envelope/Header/MessageHeader"


def test_unknown_certificate_is_refused(production):
    assert production.reason(production.ask(production.issue())) == "certificate.unknown"


def test_expired_certificate_is_refused(production):
    leaf = production.issue(since=TODAY - 60 * DAY, until=TODAY - DAY)
    production.bound(leaf, at=TODAY - 30 * DAY)
    assert refused_as(production, leaf) == "certificate.expired"


def test_certificate_that_is_not_yet_valid_is_refused(production):
    leaf = production.bound(production.issue(since=TODAY + DAY))
    assert refused_as(production, leaf) == "certificate.not-yet-valid"


def test_certificate_revoked_by_the_operator_is_refused(production):
    leaf = production.bound(production.issue())
    thumbprint = sha256(leaf.der).hexdigest()
    production.certificates().revoke(Contour.PROD, thumbprint, "ключ утрачен")
    assert refused_as(production, leaf) == "certificate.revoked"


def test_certificate_of_an_authority_that_is_not_believed_any_more_is_refused(production):
    other = pki.Authority.root("Чужой УЦ", since=TODAY - 700 * DAY, until=TODAY + 700 * DAY)
    certificates = production.certificates()
    anchored = certificates.add_authority(Contour.PROD, Role.ANCHOR, other.der, Addresses())
    leaf = production.bound(other.issue(since=TODAY - DAY, until=TODAY + DAY))
    certificates.end_authority(Contour.PROD, anchored.thumbprint)
    assert refused_as(production, leaf) == "certificate.issuer-unknown"


def test_certificate_for_attachments_signs_no_message(production):
    leaf = production.bound(production.issue(), purpose=Purpose.ATTACHMENT)
    assert refused_as(production, leaf) == "certificate.purpose"


def test_certificate_of_another_participant_does_not_speak_for_the_bank(production, bank):
    leaf = production.bound(production.issue(), OTHER)
    assert refused_as(production, leaf, sender=BANK) == "certificate.other-participant"
    assert production.ask(leaf, sender=OTHER).status_code == 200


def test_test_certificate_at_production_is_of_the_other_contour(production):
    people = production.hub.seeded.people.bank
    message = wsse.sign(
        envelope(PING, new_id()).replace(b">TEST<", b">PROD<"),
        load_signer(people.key, people.certificate, PROVIDERS),
        PROVIDERS,
        uuid4,
        datetime.now(UTC),
    )
    refused = production.post(message)
    assert field(refused, "code") == "NOT_ALLOWED_IN_CONTOUR"
    assert production.row(refused)["reason"].startswith("certificate.other-contour: ")


def test_signed_message_of_the_other_contour_is_not_let_through(production, bank):
    assert field(production.ask(bank, contour="TEST"), "code") == "NOT_ALLOWED_IN_CONTOUR"


def test_signed_payment_repeated_byte_for_byte_is_one_payment(production, bank):
    message = envelope(PING, new_id()).replace(b">TEST<", b">PROD<")
    signed = wsse.sign(message, signer(bank), PROVIDERS, uuid4, datetime.now(UTC))
    first, again = production.post(signed), production.post(signed)
    assert first.status_code == 200, first.text
    assert first.content == again.content


def test_signed_again_under_its_id_it_gets_the_first_answer(production, bank):
    message = envelope(PING, new_id()).replace(b">TEST<", b">PROD<")
    answers = [
        production.post(wsse.sign(message, signer(bank), PROVIDERS, uuid4, datetime.now(UTC)))
        for _ in range(2)
    ]
    assert answers[0].content == answers[1].content


def test_another_question_under_a_used_id_is_a_conflict(production, bank):
    message_id = new_id()
    other = (
        f'<p:GetPaymentStatusRequest xmlns:p="{BANK_PAYMENT}"><p:bankPaymentId>P</p:bankPaymentId>'
        "</p:GetPaymentStatusRequest>"
    )
    answers = [
        production.post(
            wsse.sign(
                envelope(body, message_id).replace(b">TEST<", b">PROD<"),
                signer(bank),
                PROVIDERS,
                uuid4,
                datetime.now(UTC),
            )
        )
        for body in (PING, other)
    ]
    assert field(answers[1], "code") == "DUPLICATE_CONFLICT"


def test_answer_of_another_soap_version_is_signed_anew(production, bank):
    soap12 = Version.SOAP12.value.encode()
    message = envelope(PING, new_id()).replace(b">TEST<", b">PROD<")
    first = production.post(wsse.sign(message, signer(bank), PROVIDERS, uuid4, datetime.now(UTC)))
    again = requests.post(
        production.hub.url("bank-payment").replace("/test/", "/prod/"),
        data=wsse.sign(
            message.replace(Version.SOAP11.value.encode(), soap12),
            signer(bank),
            PROVIDERS,
            uuid4,
            datetime.now(UTC),
        ),
        headers={"Content-Type": "application/soap+xml; charset=utf-8"},
        timeout=30,
    )
    assert first.status_code == again.status_code == 200, again.text
    reply = parse(again.content, Version.SOAP12)
    verified = wsse.verify(reply, policy.TEST, PROVIDERS, KeyCache(PROVIDERS), datetime.now(UTC))
    assert b"PingResponse" in verified.body
    assert field(first, "time") == field(again, "time")


def test_accepted_message_keeps_the_certificate_that_signed_it_as_evidence(production, bank):
    answer = production.ask(bank)
    message_id = field(answer, "correlationId")
    with production.assembled.databases[Contour.PROD].reading() as transaction:
        query = sa.select(journal_entry.c.certificate).where(
            journal_entry.c.message_id == message_id
        )
        kept = transaction.execute(query).scalar_one()
    assert kept == sha256(bank.der).hexdigest()


def refused_as(production: Production, leaf: pki.Leaf, sender: str = BANK) -> str:
    """Return the reason once the hub has seen the change of the registry (within a second)."""
    seen: list[str] = []

    def is_seen() -> bool:
        answer = production.ask(leaf, sender=sender)
        seen.append("" if answer.status_code == 200 else production.reason(answer))
        return seen[-1] not in {"", "certificate.unknown"}

    production.hub.wait_until(is_seen)
    return seen[-1]
