"""A certification authority for the test contour, so that a newcomer signs within minutes.

Its key lies in a folder of the hub, readable for nobody else, and never leaves it. Nothing of it is
for production: `registry.certificates` refuses it there.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gateway.security.certificates import INN, INN_ORGANIZATION
from gateway.security.path import Purpose
from gateway.security.providers.rsa import RSA_EXPONENT

TEST_AUTHORITY_NAME = "Тестовый УЦ узла"
"""Common name by which the authority is known and kept out of production."""

AUTHORITY_KEY = "ca.key"
AUTHORITY_CERTIFICATE = "ca.pem"
_AUTHORITY_LIFE = timedelta(days=3650)
_LIFE = timedelta(days=365)
_BACKDATED = timedelta(minutes=5)
"""Clocks of participants differ from ours."""
_AUTHORITY_BITS = 3072
_BITS = 2048
_SERIAL_OCTETS = 19  # RFC 5280 allows 20 with the sign; 19 are never negative
_MOST_NAME_OCTETS = 64
_INN_OF_PERSON = 12

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key and its certificate, both PEM."""

    key: bytes
    certificate: bytes


class AuthorityExists(Exception):
    """The folder has a test authority already: another one would orphan what it has issued."""


@dataclass(frozen=True)
class TestAuthority:
    """The test authority of one installation."""

    __test__ = False  # not a test, whatever pytest makes of the name

    folder: Path
    name: str = TEST_AUTHORITY_NAME
    """By the usual one the registry knows that it must not enter production."""

    @property
    def exists(self) -> bool:
        """Tell whether it was made."""
        return self._key_file.exists()

    @property
    def certificate(self) -> bytes:
        """Its certificate, PEM."""
        return (self.folder / AUTHORITY_CERTIFICATE).read_bytes()

    def make(self, now: datetime, random: Random) -> bytes:
        """Make key and certificate and return the latter; raise AuthorityExists."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.exists:
            raise AuthorityExists(str(self.folder))
        key = rsa.generate_private_key(RSA_EXPONENT, _AUTHORITY_BITS)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        certificate = (
            _builder(name, name, key.public_key(), now, _AUTHORITY_LIFE, random)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
            .sign(key, hashes.SHA256())
        ).public_bytes(Encoding.PEM)
        write_secret(self._key_file, _pem(key))
        (self.folder / AUTHORITY_CERTIFICATE).write_bytes(certificate)
        return certificate

    def issue(
        self, code: str, name: str, inn: str | None, purpose: Purpose, now: datetime, random: Random
    ) -> Issued:
        """Make a key and a certificate for a participant of the test contour."""
        authority = x509.load_pem_x509_certificate(self.certificate)
        signing = load_pem_private_key(self._key_file.read_bytes(), password=None)
        if not isinstance(signing, rsa.RSAPrivateKey):
            raise TypeError(self._key_file)
        key = rsa.generate_private_key(RSA_EXPONENT, _BITS)
        life = min(_LIFE, authority.not_valid_after_utc - now)
        subject = _subject(code, name, inn)
        builder = (
            _builder(subject, authority.subject, key.public_key(), now, life, random)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
                critical=False,
            )
        )
        if purpose is Purpose.TLS:
            client = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
            builder = builder.add_extension(client, critical=False)
        certificate = builder.sign(signing, hashes.SHA256())
        return Issued(_pem(key), certificate.public_bytes(Encoding.PEM))

    @property
    def _key_file(self) -> Path:
        return self.folder / AUTHORITY_KEY


def write_secret(path: Path, octets: bytes) -> None:
    """Write a new file that nobody else may read, not even for a moment."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(octets)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPublicKey,
    now: datetime,
    life: timedelta,
    random: Random,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(int.from_bytes(random(_SERIAL_OCTETS)) or 1)
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _subject(code: str, name: str, inn: str | None) -> x509.Name:
    attributes = [
        x509.NameAttribute(NameOID.COMMON_NAME, code),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(name)),
    ]
    if inn is not None:
        kind = INN if len(inn) == _INN_OF_PERSON else INN_ORGANIZATION
        attributes.append(x509.NameAttribute(x509.ObjectIdentifier(kind), inn))
    return x509.Name(attributes)


def _cut(name: str) -> str:
    return name.encode()[:_MOST_NAME_OCTETS].decode(errors="ignore").strip()


def _usage(*names: str) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in names for name in every})


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
