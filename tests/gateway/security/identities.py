"""Keys with certificates for tests: made on the spot, trusted by nobody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from gateway.security.algorithms import Scheme
from gateway.security.provider import SigningKey
from gateway.security.providers.rsa import RsaProvider
from gateway.security.wsse import Signer

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A key in PEM and its self-signed certificate."""

    pem: bytes
    der: bytes
    key: SigningKey
    scheme: Scheme

    def signer(self, **options) -> Signer:
        return Signer(self.key, self.der, self.scheme, **options)

    @property
    def certificate_pem(self) -> bytes:
        return x509.load_der_x509_certificate(self.der).public_bytes(serialization.Encoding.PEM)


def rsa_identity(bits: int = 2048) -> Identity:
    return identity_of(rsa.generate_private_key(65537, bits), Scheme.RSA_SHA256)


def ec_identity() -> Identity:
    return identity_of(ec.generate_private_key(ec.SECP256R1()), Scheme.ECDSA_SHA256)


def identity_of(key: Private, scheme: Scheme) -> Identity:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = certificate(key.public_key(), key).public_bytes(serialization.Encoding.DER)
    return Identity(pem, der, RsaProvider().signing_key(pem), scheme)


def certificate(public, issuer: Private) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Участник 1")])
    start = datetime.now(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .sign(issuer, hashes.SHA256())
    )
