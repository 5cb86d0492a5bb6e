"""Rules that no database has a say in: one engine is enough."""

from datetime import timedelta

import pki
import pytest

from gateway.kernel.message import Contour
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.path import Purpose
from gateway.security.trust import Role
from registry import errors
from registry.certificates import Addresses
from registry.participants import Newcomer, ParticipantKind

NOWHERE = Addresses()


@pytest.fixture
def registry_database(sqlite_registry_database):
    return sqlite_registry_database


@pytest.mark.parametrize(
    ("issue", "reason"),
    [
        pytest.param(lambda root: pki.Authority.root("Чужой").issue(), "issuer-unknown", id="CA"),
        pytest.param(lambda root: root.issue(until=pki.NOW - pki.DAY), "expired", id="expired"),
        pytest.param(lambda root: root.issue(usages=None), "purpose", id="no key usage"),
        pytest.param(lambda root: root.issue(key=pki.rsa_key(1024)), "key", id="RSA 1024"),
        pytest.param(lambda root: root.issue(inn="7200000018"), "other-participant", id="INN"),
    ],
)
def test_what_could_not_serve_is_refused_at_once(bind, root, directory, issue, reason):
    with pytest.raises(errors.CertificateRefused, match=f"certificate.{reason}"):
        bind(issue(root))

    assert directory.bindings().certificates[Contour.PROD] == {}


def test_a_certificate_may_wait_for_its_first_day(bind, root):
    assert bind(root.issue(since=pki.NOW + pki.DAY))


def test_an_officials_own_inn_is_not_the_organisations(bind, root):
    official = root.issue("Иванов Иван", old_inn="500100732259")

    assert bind(official, purpose=Purpose.ATTACHMENT)
    with pytest.raises(errors.CertificateRefused, match="other-participant"):
        bind(root.issue("Иванов Иван", old_inn="500100732259"))


def test_a_certificate_belongs_to_one_participant(bind, root, registrar):
    registrar.add(Newcomer("SCHOOL-1", "Школа", ParticipantKind.SCHOOL))
    leaf = root.issue()
    bind(leaf)

    with pytest.raises(errors.CertificateRefused, match="other-participant"):
        bind(leaf, code="SCHOOL-1")


def test_a_certificate_serves_one_purpose(bind, root):
    leaf = root.issue()
    bind(leaf)

    with pytest.raises(errors.CertificateRefused, match="purpose"):
        bind(leaf, purpose=Purpose.ATTACHMENT)
    with pytest.raises(errors.NothingToChange):
        bind(leaf)


def test_a_certificate_that_is_not_there_cannot_be_ended(certificates):
    with pytest.raises(errors.CertificateUnknown):
        certificates.end(Contour.PROD, "00" * 32)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda root: root.issue(), id="a participant"),
        pytest.param(lambda root: root.subordinate(usages=["crl_sign"]), id="no keyCertSign"),
        pytest.param(lambda root: root.subordinate(until=pki.NOW - pki.DAY), id="expired"),
    ],
)
def test_who_may_not_issue_is_no_authority(certificates, root, make):
    with pytest.raises(errors.CertificateRefused):
        certificates.add_authority(Contour.PROD, Role.INTERMEDIATE, make(root).der, NOWHERE)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"inn": "7200000018"}, id="another INN"),
        pytest.param({"ogrn": None}, id="no OGRN"),
        pytest.param({"until": pki.NOW + 300 * pki.DAY}, id="ends earlier"),
        pytest.param({"usages": ["key_encipherment"]}, id="another purpose"),
    ],
)
def test_who_is_no_successor_is_refused(certificates, root, old, more, successor_of):
    with pytest.raises(errors.CertificateRefused):
        certificates.enrol_successor(successor_of(root, **more).der, Contour.PROD, old)


def test_a_successor_comes_from_the_same_authority(certificates, root, old, successor_of):
    other = pki.Authority.root("Другой УЦ")
    certificates.add_authority(Contour.PROD, Role.ANCHOR, other.der, NOWHERE)

    with pytest.raises(errors.CertificateRefused, match="issuer-unknown"):
        certificates.enrol_successor(successor_of(other).der, Contour.PROD, old)


def test_a_certificate_that_names_nobody_vouches_for_nobody(certificates, root, bind, successor_of):
    nameless = bind(root.issue())

    with pytest.raises(errors.CertificateRefused, match="other-participant"):
        certificates.enrol_successor(
            successor_of(root, inn=None, ogrn=None).der, Contour.PROD, nameless
        )


def test_a_revoked_certificate_enrols_nobody(certificates, root, old, successor_of):
    certificates.revoke(Contour.PROD, old, "ключ утрачен")

    with pytest.raises(errors.CertificateUnknown):
        certificates.enrol_successor(successor_of(root).der, Contour.PROD, old)


def test_a_certificate_that_ends_while_bound_stops_without_anybodys_hand(bind, root, trust, clock):
    leaf = root.issue(until=pki.NOW + timedelta(minutes=1))
    bind(leaf)
    trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    clock.advance(minutes=2)

    with pytest.raises(SignatureRefused) as seen:
        trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert seen.value.reason is Reason.CERTIFICATE_EXPIRED


def test_an_expired_certificate_enrols_nobody(certificates, root, old, successor_of, clock):
    clock.advance(days=340)

    with pytest.raises(errors.CertificateRefused, match="expired"):
        certificates.enrol_successor(successor_of(root).der, Contour.PROD, old)
