import json

import pki
import pytest
import sqlalchemy as sa

from gateway.kernel.errors import SignatureInvalid
from gateway.kernel.message import Contour, SignatureInTest
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.path import Purpose
from gateway.security.trust import Role
from registry import errors, models
from registry.certificates import MOST_LIVE, Addresses
from registry.evidence import keep_crl

NOWHERE = Addresses()


def changes(database, subject):
    log = models.change_log
    query = sa.select(log).where(log.c.subject == subject).order_by(log.c.id)
    with database.reading() as transaction:
        return transaction.execute(query).all()


def test_a_bound_certificate_is_answered_from_memory_and_believed(
    bind, root, directory, trust, clock, participant
):
    leaf = root.issue(inn="7706012716")
    thumbprint = bind(leaf)

    bound = directory.certificate(Contour.PROD, thumbprint)

    assert (bound.participant, bound.purpose) == (participant, Purpose.MESSAGE)
    assert directory.certificate(Contour.TEST, thumbprint) is None
    trusted = trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert trusted.participant == participant


def test_a_binding_is_seen_within_a_second(bind, root, directory, clock):
    directory.bindings()
    thumbprint = bind(root.issue())
    clock.advance(seconds=1)

    assert directory.certificate(Contour.PROD, thumbprint) is not None


def test_every_change_leaves_a_trace(bind, root, certificates, registry_database, participant):
    thumbprint = bind(root.issue())
    certificates.revoke(Contour.PROD, thumbprint, "ключ утрачен")

    added, revoked = changes(registry_database, "certificate")
    (anchored,) = changes(registry_database, "authority")
    assert added.participant == participant
    assert json.loads(added.after)["thumbprint"] == thumbprint
    assert json.loads(revoked.after) == {"revoked": "ключ утрачен"}
    assert anchored.participant is None
    assert json.loads(anchored.after)["role"] == "ANCHOR"


def test_a_certificate_serves_one_contour(bind, root, certificates):
    certificates.add_authority(Contour.TEST, Role.ANCHOR, root.der, NOWHERE)
    leaf = root.issue()
    bind(leaf, contour=Contour.TEST)

    with pytest.raises(errors.CertificateRefused, match="other-contour"):
        bind(leaf)


def test_what_was_revoked_never_comes_back(bind, root, certificates):
    leaf = root.issue()
    certificates.revoke(Contour.PROD, bind(leaf), "ключ утрачен")

    with pytest.raises(errors.CertificateRefused, match="ключ утрачен"):
        bind(leaf)


def test_what_was_ended_by_mistake_is_bound_again(bind, root, certificates, directory, clock):
    leaf = root.issue()
    thumbprint = bind(leaf)
    certificates.end(Contour.PROD, thumbprint)
    clock.advance(seconds=1)
    assert directory.certificate(Contour.PROD, thumbprint) is None

    bind(leaf)

    clock.advance(seconds=1)
    assert directory.certificate(Contour.PROD, thumbprint) is not None


def test_an_ended_certificate_is_refused_with_its_reason(bind, root, certificates, trust, clock):
    leaf = root.issue()
    thumbprint = bind(leaf)
    trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    certificates.revoke(Contour.PROD, thumbprint, "ключ утрачен")
    clock.advance(seconds=1)

    with pytest.raises(SignatureRefused) as seen:
        trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())

    assert seen.value.reason is Reason.CERTIFICATE_REVOKED
    assert seen.value.text == SignatureInvalid.message


def test_what_its_issuer_has_revoked_is_not_bound(bind, root, registry_database, reader, clock):
    leaf = root.issue()
    root.revoke(leaf)
    keep_crl(registry_database, root.crl(), reader.read(root.der), clock())

    with pytest.raises(errors.CertificateRefused, match="revoked"):
        bind(leaf)


def test_an_authority_is_entered_once_and_its_addresses_change(
    certificates, root, registry_database, directory, clock
):
    with pytest.raises(errors.NothingToChange):
        certificates.add_authority(Contour.PROD, Role.ANCHOR, root.der, NOWHERE)
    certificates.add_authority(Contour.PROD, Role.ANCHOR, root.der, Addresses("http://ca/crl"))

    (authority,) = directory.bindings().authorities[Contour.PROD]
    assert authority.crl_address == "http://ca/crl"
    assert json.loads(changes(registry_database, "authority")[1].before)["crl_address"] is None


def test_an_authority_that_has_ended_vouches_for_nobody(
    bind, root, certificates, trust, reader, clock
):
    leaf = root.issue()
    bind(leaf)
    trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    certificates.end_authority(Contour.PROD, reader.read(root.der).thumbprint)
    clock.advance(seconds=1)

    with pytest.raises(SignatureRefused) as seen:
        trust.check(leaf.der, Contour.PROD, Purpose.MESSAGE, clock())
    assert seen.value.reason is Reason.CERTIFICATE_ISSUER_UNKNOWN


def test_a_successor_is_enrolled_by_its_owner_and_both_serve_for_a_while(
    certificates, root, old, directory, registry_database, participant, successor_of
):
    enrolled = certificates.enrol_successor(successor_of(root).der, Contour.PROD, old)

    new = directory.certificate(Contour.PROD, enrolled.thumbprint)
    assert (new.participant, new.purpose) == (participant, Purpose.MESSAGE)
    assert directory.certificate(Contour.PROD, old) is not None
    trace = changes(registry_database, "certificate")[-1]
    assert trace.actor == participant
    assert old in trace.basis


def test_rotation_does_not_pile_certificates_up(certificates, root, old, successor_of):
    for number in range(1, MOST_LIVE):
        until = pki.NOW + (600 + number) * pki.DAY
        certificates.enrol_successor(successor_of(root, until=until).der, Contour.PROD, old)

    with pytest.raises(errors.CertificateRefused, match="прекратите"):
        certificates.enrol_successor(successor_of(root).der, Contour.PROD, old)


def test_the_test_contour_asks_a_participant_for_signatures_when_told(
    registrar, directory, clock, participant, registry_database
):
    assert not directory.participant(Contour.TEST, participant).is_signature_required
    assert directory.participant(Contour.PROD, participant).is_signature_required

    registrar.set_signature_in_test(participant, SignatureInTest.REQUIRED)
    clock.advance(seconds=1)

    assert directory.participant(Contour.TEST, participant).is_signature_required
    with pytest.raises(errors.NothingToChange):
        registrar.set_signature_in_test(participant, SignatureInTest.REQUIRED)
    assert len(changes(registry_database, "signature-in-test")) == 1
