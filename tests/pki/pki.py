"""Authorities and certificates of the tests: declared here, generated in memory, never committed.

`Authority.issue(...)` makes whatever a test wants to see believed or refused. Keys are P-256 unless
told otherwise: they are made in microseconds.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""What the `clock` fixture begins with."""
DAY = timedelta(days=1)
YEAR = 365 * DAY

INN_ORGANIZATION = x509.ObjectIdentifier("1.2.643.100.4")
INN = x509.ObjectIdentifier("1.2.643.3.131.1.1")
OGRN = x509.ObjectIdentifier("1.2.643.100.1")
USAGES = (
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
SIGNS = ("digital_signature", "content_commitment")
ISSUES = ("key_cert_sign", "crl_sign")
_serials = count(1000)


def name(common, *, inn=None, old_inn=None, ogrn=None):
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    for kind, value in ((INN_ORGANIZATION, inn), (INN, old_inn), (OGRN, ogrn)):
        if value is not None:
            attributes.append(x509.NameAttribute(kind, value))
    return x509.Name(attributes)


def usage(*names):
    return x509.KeyUsage(**{one: one in names for one in USAGES})


def ec_key(curve=None):
    return ec.generate_private_key(curve or ec.SECP256R1())


def rsa_key(bits=2048, exponent=65537):
    return rsa.generate_private_key(exponent, bits)


@dataclass
class Leaf:
    """A participant's certificate and its key."""

    certificate: x509.Certificate
    key: object

    @property
    def der(self):
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self):
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


@dataclass
class Authority(Leaf):
    """A certification authority that issues, revokes and answers."""

    revoked: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def root(cls, common="Корневой УЦ", **more):
        key = more.pop("key", None) or ec_key()
        return cls(_sign(name(common), name(common), key, key, **_as_authority(more)), key)

    def subordinate(self, common="Подчинённый УЦ", **more):
        key = more.pop("key", None) or ec_key()
        made = self._issue(name(common), key, **_as_authority(more))
        return Authority(made, key)

    def certify(self, other, **more):
        """Issue a certificate to another authority: same name and key, we above it."""
        made = self._issue(other.certificate.subject, other.key, **_as_authority(more))
        return Authority(made, other.key)

    def issue(self, common="Банк", *, inn=None, old_inn=None, ogrn=None, **more):
        key = more.pop("key", None) or ec_key()
        subject = more.pop("subject", None) or name(common, inn=inn, old_inn=old_inn, ogrn=ogrn)
        return Leaf(self._issue(subject, key, **more), key)

    def revoke(self, leaf, at=NOW - DAY):
        self.revoked[leaf.certificate.serial_number] = at

    def crl(self, *, at=NOW, until=NOW + DAY, key=None, extensions=(), issuer=None):
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer or self.certificate.subject)
            .last_update(at)
            .next_update(until)
        )
        for serial, when in self.revoked.items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        signed = builder.sign(key or self.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def ocsp(self, leaf, *, at=NOW, until=NOW + DAY, responder=None, about=None):
        """Answer about `leaf`, signed by the authority or by a responder it brings along."""
        signer = responder or self
        when = self.revoked.get(leaf.certificate.serial_number)
        status = ocsp.OCSPCertStatus.GOOD if when is None else ocsp.OCSPCertStatus.REVOKED
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=(about or leaf).certificate,
            issuer=self.certificate,
            algorithm=hashes.SHA1(),
            cert_status=status,
            this_update=at,
            next_update=until,
            revocation_time=when,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate)
        if responder is not None:
            builder = builder.certificates([responder.certificate])
        return builder.sign(signer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _issue(self, subject, key, **more):
        return _sign(subject, self.certificate.subject, key, self.key, **more)


def _as_authority(more):
    return {
        "basic": x509.BasicConstraints(ca=True, path_length=more.pop("path_length", None)),
        "usages": ISSUES,
        "since": NOW - 2 * YEAR,
        "until": NOW + 5 * YEAR,
        **more,
    }


def _sign(
    subject,
    issuer,
    key,
    signing,
    *,
    since=NOW - 30 * DAY,
    until=NOW + 335 * DAY,
    usages=SIGNS,
    basic=None,
    extended=None,
    extensions=(),
    crl=None,
    ocsp_at=None,
):
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(next(_serials))
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
            critical=False,
        )
    )
    wanted = [
        (basic, True),
        (usage(*usages) if usages is not None else None, True),
        (extended and x509.ExtendedKeyUsage(extended), False),
        (crl and x509.CRLDistributionPoints([_point(crl)]), False),
        (ocsp_at and x509.AuthorityInformationAccess([_access(ocsp_at)]), False),
        *extensions,
    ]
    for extension, critical in wanted:
        if extension is not None:
            builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signing, hashes.SHA256())


def _point(address):
    return x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)


def _access(address):
    return x509.AccessDescription(
        x509.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(address)
    )


def cannot(word):
    """Skip a test for what the machine lacks; where CI is set nothing may lack."""
    if os.environ.get("CI"):
        pytest.fail(word)
    pytest.skip(word)
