"""Certificates of the test contour, from the key to the binding: minutes instead of weeks."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gateway.kernel.message import Contour
from gateway.security.certificates import Certificate
from gateway.security.issuing import Issued, Random, TestAuthority, write_secret
from gateway.security.path import Purpose
from gateway.security.trust import Role
from gateway.storage.database import Database
from registry.cards import read_card
from registry.certificates import Addresses, CertificateRegistrar


@dataclass(frozen=True, slots=True)
class IssuedFiles:
    """A bound test certificate and where its files lie."""

    certificate: Certificate
    certificate_file: Path
    key_file: Path


def anchor_test_authority(
    registrar: CertificateRegistrar, authority: TestAuthority, now: datetime, random: Random
) -> Certificate:
    """Make the test authority of this installation if there is none, and anchor it in TEST.

    Raises NothingToChange when it is anchored already.
    """
    octets = authority.certificate if authority.exists else authority.make(now, random)
    return registrar.add_authority(Contour.TEST, Role.ANCHOR, octets, Addresses())


def issue_for_test(
    database: Database,
    registrar: CertificateRegistrar,
    authority: TestAuthority,
    code: str,
    purpose: Purpose,
    folder: Path,
    now: datetime,
    random: Random,
) -> IssuedFiles:
    """Make key and certificate of a participant, bind it in TEST, write both into `folder`.

    Raises ParticipantUnknown, and CertificateRefused while the authority is not anchored.
    """
    card = read_card(database, code)
    issued = authority.issue(code, card.line.name, card.line.inn, purpose, now, random)
    certificate = registrar.add(code, Contour.TEST, purpose, issued.certificate)
    stem = f"{code.lower()}-{purpose.value.lower()}-{certificate.thumbprint[:8]}"
    key_file, certificate_file = folder / f"{stem}.key", folder / f"{stem}.pem"
    _write(issued, key_file, certificate_file)
    return IssuedFiles(certificate, certificate_file, key_file)


def issue_own(
    authority: TestAuthority,
    code: str,
    name: str,
    key_file: Path,
    certificate_file: Path,
    now: datetime,
    random: Random,
) -> None:
    """Make the hub's own key and certificate of the test contour; raise FileExistsError.

    Nothing is bound: who gets an answer of the hub holds it against this certificate.
    """
    _write(
        authority.issue(code, name, None, Purpose.MESSAGE, now, random), key_file, certificate_file
    )


def _write(issued: Issued, key_file: Path, certificate_file: Path) -> None:
    key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(key_file, issued.key)
    certificate_file.write_bytes(issued.certificate)
