import secrets
import stat

import pki
import pytest

from gateway.kernel.message import Contour
from gateway.security.issuing import TestAuthority
from gateway.security.path import Purpose
from gateway.security.trust import Role
from registry import errors, issuance
from registry.certificates import Addresses


@pytest.fixture
def authority(tmp_path):
    return TestAuthority(tmp_path / "test-ca")


@pytest.fixture
def anchored(certificates, authority, clock):
    issuance.anchor_test_authority(certificates, authority, clock(), secrets.token_bytes)
    return authority


def test_a_participant_of_the_test_contour_gets_key_and_certificate(
    registry_database, certificates, anchored, bank, directory, tmp_path, clock
):
    issued = issuance.issue_for_test(
        registry_database,
        certificates,
        anchored,
        bank,
        Purpose.MESSAGE,
        tmp_path / "out",
        clock(),
        secrets.token_bytes,
    )

    bound = directory.certificate(Contour.TEST, issued.certificate.thumbprint)
    assert bound.participant == bank
    assert issued.certificate_file.read_bytes().startswith(b"-----BEGIN CERTIFICATE")
    for secret in (issued.key_file, anchored.folder / "ca.key"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_the_test_authority_is_made_once(certificates, anchored, clock):
    before = anchored.certificate

    with pytest.raises(errors.NothingToChange):
        issuance.anchor_test_authority(certificates, anchored, clock(), secrets.token_bytes)

    assert anchored.certificate == before


def test_the_test_authority_never_enters_production(certificates, anchored):
    with pytest.raises(errors.CertificateRefused, match="продуктивный"):
        certificates.add_authority(Contour.PROD, Role.ANCHOR, anchored.certificate, Addresses())


def test_the_key_of_the_test_authority_never_enters_production_under_another_name(
    certificates, anchored
):
    key = pki.serialization.load_pem_private_key(
        (anchored.folder / "ca.key").read_bytes(), password=None
    )
    renamed = pki.Authority.root("Надёжный УЦ", key=key)

    with pytest.raises(errors.CertificateRefused, match="продуктивный"):
        certificates.add_authority(Contour.PROD, Role.ANCHOR, renamed.der, Addresses())
