from datetime import timedelta

import pki
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from gateway.security import revocation
from gateway.security.certificates import CertificateReader
from gateway.security.errors import Reason
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.revocation import Answer, EvidenceUnusable, RevocationPolicy, Status, judge

HOUR = timedelta(hours=1)
GOOD = Answer("CRL", Status.GOOD, pki.NOW - HOUR, pki.NOW + HOUR)
STALE = Answer("OCSP", Status.GOOD, pki.NOW - 2 * HOUR, pki.NOW - HOUR)
REVOKED = Answer("CRL", Status.REVOKED, pki.NOW - 2 * HOUR, pki.NOW - HOUR, pki.NOW - 3 * HOUR)

each_policy = pytest.mark.parametrize("policy", list(RevocationPolicy))


@pytest.fixture
def root():
    return pki.Authority.root()


@pytest.fixture
def reader():
    return CertificateReader(Providers.of([RsaProvider()]))


@pytest.fixture
def read_crl(reader, root):
    def read(octets, issuer=root, at=pki.NOW):
        return revocation.read_crl(octets, reader.read(issuer.der), at)

    return read


@pytest.fixture
def read_ocsp(reader, root):
    def read(octets, leaf, at=pki.NOW):
        return revocation.read_ocsp(
            octets, reader.read(leaf.der), reader.read(root.der), at, reader
        )

    return read


@each_policy
def test_a_fresh_answer_is_enough(policy):
    standing = judge([GOOD], policy, pki.NOW)

    assert standing.reason is None
    assert standing.until == GOOD.next_update


@each_policy
def test_a_revocation_holds_however_old_the_answer_is(policy):
    assert judge([GOOD, REVOKED], policy, pki.NOW).reason is Reason.CERTIFICATE_REVOKED


def test_a_signature_made_before_the_revocation_holds():
    revoked = Answer("CRL", Status.REVOKED, pki.NOW, pki.NOW + HOUR, pki.NOW - HOUR)

    assert judge([revoked], RevocationPolicy.HARD, pki.NOW - 2 * HOUR).reason is None


@pytest.mark.parametrize("answers", [[], [STALE]], ids=["none", "stale"])
def test_without_a_fresh_answer_the_soft_policy_notes_and_the_hard_one_refuses(answers):
    soft, hard = (
        judge(answers, policy, pki.NOW) for policy in (RevocationPolicy.SOFT, RevocationPolicy.HARD)
    )

    assert soft.reason is None
    assert "Отзыв не проверен" in soft.note
    assert hard.reason is Reason.CERTIFICATE_REVOCATION_UNKNOWN


def test_a_list_tells_who_is_revoked_and_who_is_not(read_crl, reader, root):
    good, bad = root.issue(), root.issue()
    root.revoke(bad)

    listed = read_crl(root.crl())

    assert len(listed) == 1
    assert listed.answer(reader.read(good.der)).status is Status.GOOD
    answer = listed.answer(reader.read(bad.der))
    assert answer.status is Status.REVOKED
    assert answer.revoked_at == pki.NOW - pki.DAY


def test_a_list_in_pem_is_read(read_crl, root):
    crl = x509.load_der_x509_crl(root.crl())

    assert len(read_crl(crl.public_bytes(serialization.Encoding.PEM))) == 0


@pytest.mark.parametrize(
    ("crl", "word"),
    [
        pytest.param(lambda root: root.crl()[:-1], "не читается", id="cut short"),
        pytest.param(lambda root: root.crl() + b"\0", "не читается", id="trailing octet"),
        pytest.param(lambda root: root.crl(key=pki.ec_key()), "не подтверждена", id="another key"),
        pytest.param(
            lambda root: root.crl(issuer=pki.name("Чужой")), "другим издателем", id="another issuer"
        ),
        pytest.param(
            lambda root: root.crl(at=pki.NOW + HOUR, until=pki.NOW + 2 * HOUR),
            "будущим",
            id="of the future",
        ),
        pytest.param(
            lambda root: root.crl(extensions=[(x509.DeltaCRLIndicator(1), True)]),
            "critical",
            id="delta",
        ),
        pytest.param(
            lambda root: root.crl(extensions=[(distribution(indirect_crl=True), True)]),
            "indirect",
            id="indirect",
        ),
    ],
)
def test_a_list_that_proves_nothing_is_refused(read_crl, root, crl, word):
    with pytest.raises(EvidenceUnusable, match=word):
        read_crl(crl(root))


def test_an_authority_that_may_not_sign_lists_signs_none(read_crl):
    helpless = pki.Authority.root(usages=["key_cert_sign"])

    with pytest.raises(EvidenceUnusable, match="не вправе"):
        read_crl(helpless.crl(), issuer=helpless)


def test_a_list_of_authorities_says_nothing_of_participants(read_crl, reader, root):
    listed = read_crl(root.crl(extensions=[(distribution(only_contains_ca_certs=True), True)]))

    assert listed.answer(reader.read(root.issue().der)) is None
    assert listed.answer(reader.read(root.subordinate().der)) is not None


def test_a_list_of_one_place_says_nothing_of_certificates_of_another(read_crl, reader, root):
    place = [x509.UniformResourceIdentifier("http://ca.example/1.crl")]
    listed = read_crl(root.crl(extensions=[(distribution(full_name=place), True)]))

    here, there = (root.issue(crl=f"http://ca.example/{number}.crl") for number in (1, 2))
    assert listed.answer(reader.read(here.der)).status is Status.GOOD
    assert listed.answer(reader.read(there.der)) is None


@pytest.mark.parametrize("revoked", [False, True])
def test_a_responder_tells_the_state_of_one_certificate(read_ocsp, root, revoked):
    leaf = root.issue()
    if revoked:
        root.revoke(leaf)

    answer = read_ocsp(root.ocsp(leaf), leaf)

    assert answer.status is (Status.REVOKED if revoked else Status.GOOD)
    assert answer.next_update == pki.NOW + pki.DAY
    assert (answer.revoked_at is not None) == revoked


def test_an_answer_without_an_end_serves_for_a_day(read_ocsp, root):
    leaf = root.issue()

    answer = read_ocsp(root.ocsp(leaf, until=None), leaf)

    assert answer.next_update == pki.NOW + timedelta(hours=24)


def test_a_responder_that_the_issuer_has_named_may_answer(read_ocsp, root):
    responder = root.issue("Служба OCSP", extended=[ExtendedKeyUsageOID.OCSP_SIGNING])
    leaf = root.issue()

    assert read_ocsp(root.ocsp(leaf, responder=responder), leaf).status is Status.GOOD


@pytest.mark.parametrize(
    "responder",
    [
        pytest.param(lambda root: root.issue("Банк"), id="a participant"),
        pytest.param(
            lambda root: root.issue(
                extended=[ExtendedKeyUsageOID.OCSP_SIGNING], until=pki.NOW - pki.DAY
            ),
            id="expired",
        ),
        pytest.param(
            lambda root: pki.Authority.root().issue(extended=[ExtendedKeyUsageOID.OCSP_SIGNING]),
            id="of another authority",
        ),
        pytest.param(lambda root: pki.Authority.root("Чужой УЦ"), id="another authority"),
    ],
)
def test_nobody_else_may_answer(read_ocsp, root, responder):
    leaf = root.issue()

    with pytest.raises(EvidenceUnusable, match="не подтверждена"):
        read_ocsp(root.ocsp(leaf, responder=responder(root)), leaf)


def test_an_answer_about_another_certificate_is_refused(read_ocsp, root):
    leaf, other = root.issue(), root.issue()

    with pytest.raises(EvidenceUnusable, match="о другом"):
        read_ocsp(root.ocsp(leaf, about=other), leaf)


def test_an_answer_of_the_future_is_refused(read_ocsp, root):
    leaf = root.issue()

    with pytest.raises(EvidenceUnusable, match="будущим"):
        read_ocsp(root.ocsp(leaf, at=pki.NOW + HOUR), leaf)


def test_try_later_is_no_answer(read_ocsp, root):
    later = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)

    with pytest.raises(EvidenceUnusable, match="TRY_LATER"):
        read_ocsp(later.public_bytes(serialization.Encoding.DER), root.issue())


def test_garbage_is_no_answer(read_ocsp, root):
    with pytest.raises(EvidenceUnusable, match="не читается"):
        read_ocsp(b"<html>", root.issue())


def test_the_question_names_certificate_and_issuer_as_others_do(reader, root):
    leaf = root.issue()

    asked = revocation.ocsp_request(
        reader.read(leaf.der), reader.read(root.der), "http://ca.example/ocsp"
    )

    theirs = ocsp.OCSPRequestBuilder().add_certificate(
        leaf.certificate, root.certificate, hashes.SHA1()
    )
    assert asked.body == theirs.build().public_bytes(serialization.Encoding.DER)


def distribution(**more):
    values = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
        **more,
    }
    return x509.IssuingDistributionPoint(**values)
