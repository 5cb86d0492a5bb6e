import statistics
import time
from dataclasses import replace
from datetime import timedelta

import pki
import pytest

from gateway.kernel.errors import NotAllowedInContour, SignatureInvalid
from gateway.kernel.message import Contour
from gateway.security import trust as trust_module
from gateway.security.certificates import CertificateReader
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.path import Purpose
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.security.revocation import Answer, RevocationPolicy, Status
from gateway.security.trust import Authority, Bindings, BoundCertificate, Role, Trust

HOUR = timedelta(hours=1)
GOOD = Answer("CRL", Status.GOOD, pki.NOW - HOUR, pki.NOW + HOUR)
REVOKED = Answer("OCSP", Status.REVOKED, pki.NOW - HOUR, pki.NOW + HOUR, pki.NOW - 2 * HOUR)


class Registry:
    """What a registry would say, and what issuers said, changed by hand."""

    def __init__(self, reader):
        self.reader = reader
        self.bindings = Bindings(
            0, {contour: {} for contour in Contour}, dict.fromkeys(Contour, ())
        )
        self.said = {}
        self.asked = 0

    def __call__(self):
        return self.bindings

    def answers(self, certificate, issuer):
        self.asked += 1
        return self.said.get(certificate.thumbprint, ())

    def anchor(self, authority, contour, role=Role.ANCHOR):
        known = self.bindings.authorities
        made = Authority(contour, role, self.reader.read(authority.der).thumbprint, authority.der)
        self.change(authorities={**known, contour: (*known[contour], made)})

    def bind(self, leaf, participant="BANK", contour=Contour.PROD, **more):
        thumbprint = leaf.certificate.fingerprint(pki.hashes.SHA256()).hex()
        more.setdefault("purpose", Purpose.MESSAGE)
        bound = BoundCertificate(
            participant=participant, contour=contour, thumbprint=thumbprint, der=leaf.der, **more
        )
        known = self.bindings.certificates
        self.change(certificates={**known, contour: {**known[contour], thumbprint: bound}})
        return thumbprint

    def change(self, **what):
        self.bindings = replace(self.bindings, version=self.bindings.version + 1, **what)


@pytest.fixture
def reader():
    return CertificateReader(Providers.of([RsaProvider()]))


@pytest.fixture
def registry(reader):
    return Registry(reader)


@pytest.fixture
def root(registry):
    authority = pki.Authority.root()
    registry.anchor(authority, Contour.PROD)
    return authority


@pytest.fixture
def trust(registry, reader):
    """The production contour does not insist on fresh answers here."""
    policies = dict.fromkeys(Contour, RevocationPolicy.SOFT)
    return Trust(registry, reader, registry, policies)


@pytest.fixture
def strict(registry, reader):
    policies = dict.fromkeys(Contour, RevocationPolicy.HARD)
    return Trust(registry, reader, registry, policies)


@pytest.fixture
def check(trust):
    def check(leaf, *, contour=Contour.PROD, purpose=Purpose.MESSAGE, at=pki.NOW, **more):
        return trust.check(leaf.der, contour, purpose, at, **more)

    return check


@pytest.fixture
def refusal(check):
    """Why a certificate is refused, in a way that the sender cannot tell from any other."""

    def refusal(leaf, **more):
        with pytest.raises(SignatureRefused) as seen:
            check(leaf, **more)
        assert seen.value.code == SignatureInvalid.code
        assert seen.value.text == SignatureInvalid.message
        return seen.value.reason

    return refusal


def test_a_bound_certificate_tells_its_participant(check, registry, root):
    leaf = root.issue()
    registry.bind(leaf)

    trusted = check(leaf)

    assert trusted.participant == "BANK"
    assert trusted.certificate.der == leaf.der
    assert [one.subject for one in trusted.chain] == ["CN=Банк", "CN=Корневой УЦ"]


def test_a_certificate_that_nobody_has_bound_is_unknown(refusal, root):
    assert refusal(root.issue()) is Reason.CERTIFICATE_UNKNOWN


def test_a_certificate_of_the_same_subject_and_issuer_is_unknown(refusal, registry, root):
    registry.bind(root.issue())

    assert refusal(root.issue()) is Reason.CERTIFICATE_UNKNOWN


def test_a_certificate_with_an_octet_behind_it_is_unknown(refusal, registry, root):
    leaf = root.issue()
    registry.bind(leaf)

    class Longer:
        der = leaf.der + b"\0"

    assert refusal(Longer) is Reason.CERTIFICATE_UNKNOWN


def test_a_test_certificate_is_not_allowed_in_production(check, registry, root):
    leaf = root.issue()
    registry.bind(leaf, contour=Contour.TEST)

    with pytest.raises(NotAllowedInContour) as seen:
        check(leaf)

    assert seen.value.code == "NOT_ALLOWED_IN_CONTOUR"
    assert seen.value.text == NotAllowedInContour.message
    assert seen.value.reason is Reason.CERTIFICATE_OTHER_CONTOUR


def test_an_authority_of_the_test_contour_vouches_for_nobody_in_production(refusal, registry):
    test_authority = pki.Authority.root("Тестовый УЦ")
    registry.anchor(test_authority, Contour.TEST)
    leaf = test_authority.issue()
    registry.bind(leaf)

    assert refusal(leaf) is Reason.CERTIFICATE_ISSUER_UNKNOWN


def test_the_certificate_of_another_participant_is_refused(refusal, check, registry, root):
    leaf = root.issue()
    registry.bind(leaf, "SCHOOL")

    assert refusal(leaf, participant="BANK") is Reason.CERTIFICATE_OTHER_PARTICIPANT
    assert check(leaf, participant="SCHOOL").participant == "SCHOOL"


def test_a_certificate_serves_its_purpose_only(refusal, registry, root):
    leaf = root.issue()
    registry.bind(leaf, purpose=Purpose.ATTACHMENT)

    assert refusal(leaf) is Reason.CERTIFICATE_PURPOSE


def test_what_the_operator_revoked_is_refused_whatever_the_issuer_says(refusal, registry, root):
    leaf = root.issue()
    thumbprint = registry.bind(leaf, ended_at=pki.NOW - HOUR, revoked="ключ утрачен")
    registry.said[thumbprint] = [GOOD]

    assert refusal(leaf) is Reason.CERTIFICATE_REVOKED


def test_what_has_ended_is_refused_from_that_moment_on(refusal, check, registry, root):
    leaf = root.issue()
    registry.bind(leaf, ended_at=pki.NOW)

    assert refusal(leaf) is Reason.CERTIFICATE_ENDED
    assert check(leaf, at=pki.NOW - HOUR).participant == "BANK"


def test_what_the_issuer_revoked_is_refused(refusal, registry, root):
    leaf = root.issue()
    registry.said[registry.bind(leaf)] = [REVOKED]

    assert refusal(leaf) is Reason.CERTIFICATE_REVOKED


def test_a_revoked_intermediate_takes_its_certificates_along(refusal, registry, root):
    middle = root.subordinate()
    registry.anchor(middle, Contour.PROD, Role.INTERMEDIATE)
    leaf = middle.issue()
    registry.said[registry.bind(leaf)] = [GOOD]
    registry.said[registry.reader.read(middle.der).thumbprint] = [REVOKED]

    assert refusal(leaf) is Reason.CERTIFICATE_REVOKED


def test_the_soft_policy_notes_that_nobody_answered(check, registry, root):
    leaf = root.issue()
    registry.bind(leaf)

    assert check(leaf).notes == ("Отзыв не проверен: ответов издателя нет.",)


def test_the_hard_policy_refuses_when_nobody_answered(strict, registry, root):
    leaf = root.issue()
    thumbprint = registry.bind(leaf)

    with pytest.raises(SignatureRefused) as seen:
        strict.check(leaf.der, Contour.PROD, Purpose.MESSAGE, pki.NOW)
    assert seen.value.reason is Reason.CERTIFICATE_REVOCATION_UNKNOWN

    registry.said[thumbprint] = [GOOD]
    registry.change()
    trusted = strict.check(leaf.der, Contour.PROD, Purpose.MESSAGE, pki.NOW)
    assert trusted.notes == ()


def test_a_kept_answer_that_ends_is_asked_for_again(strict, registry, root):
    leaf = root.issue()
    soon = pki.NOW + timedelta(minutes=2)
    registry.said[registry.bind(leaf)] = [replace(GOOD, next_update=soon)]
    strict.check(leaf.der, Contour.PROD, Purpose.MESSAGE, pki.NOW)

    with pytest.raises(SignatureRefused) as seen:
        strict.check(leaf.der, Contour.PROD, Purpose.MESSAGE, soon)

    assert seen.value.reason is Reason.CERTIFICATE_REVOCATION_UNKNOWN


def test_a_chain_is_followed_once_while_nothing_changes(check, registry, root):
    leaf = root.issue()
    registry.bind(leaf)

    for second in range(299):
        check(leaf, at=pki.NOW + timedelta(seconds=second))
    assert registry.asked == 1

    check(leaf, at=pki.NOW + timedelta(minutes=5))
    assert registry.asked == 2


def test_a_change_of_the_registry_is_obeyed_at_once(check, refusal, registry, root):
    leaf = root.issue()
    thumbprint = registry.bind(leaf)
    check(leaf)

    registry.said[thumbprint] = [REVOKED]
    registry.change()

    assert refusal(leaf) is Reason.CERTIFICATE_REVOKED


def test_a_certificate_that_ends_within_the_minute_is_not_remembered_longer(
    check, refusal, registry, root
):
    leaf = root.issue(until=pki.NOW + timedelta(seconds=30))
    registry.bind(leaf)
    check(leaf)

    assert refusal(leaf, at=pki.NOW + timedelta(seconds=31)) is Reason.CERTIFICATE_EXPIRED


def test_a_question_about_the_past_is_not_answered_from_the_present(check, refusal, registry, root):
    leaf = root.issue(since=pki.NOW - HOUR)
    registry.bind(leaf)
    check(leaf)

    assert refusal(leaf, at=pki.NOW - 2 * HOUR) is Reason.CERTIFICATE_NOT_YET_VALID


def test_a_refusal_is_remembered_too(refusal, registry, root, monkeypatch):
    leaf = root.issue(until=pki.NOW - HOUR)
    registry.bind(leaf)
    assert refusal(leaf) is Reason.CERTIFICATE_EXPIRED
    monkeypatch.setattr(trust_module, "find_path", lambda *_: pytest.fail("followed again"))

    assert refusal(leaf) is Reason.CERTIFICATE_EXPIRED


def test_an_authority_that_nobody_can_read_does_not_take_the_others_along(
    check, registry, root, caplog
):
    class Broken:
        der = b"broken"

    leaf = root.issue()
    registry.bind(leaf)
    known = registry.bindings.authorities[Contour.PROD]
    broken = Authority(Contour.PROD, Role.ANCHOR, "00ff", Broken.der)
    registry.change(authorities={Contour.PROD: (broken, *known), Contour.TEST: ()})

    assert check(leaf).participant == "BANK"
    assert "00ff" in caplog.text


def test_a_known_certificate_costs_microseconds(check, registry, root):
    leaf = root.issue()
    registry.bind(leaf)
    check(leaf)

    def measured():
        begin = time.perf_counter()
        for _ in range(1000):
            check(leaf)
        return (time.perf_counter() - begin) * 1000

    microseconds = statistics.median(measured() for _ in range(5))
    # Ten times what it takes: a busy machine must not fail what only a lost cache should.
    assert microseconds < 50
