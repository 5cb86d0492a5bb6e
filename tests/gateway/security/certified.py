"""Keys with certificates for tests, of every family: made on the spot, trusted by nobody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import algos, keys, pem, x509

from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.provider import CryptoProvider, SigningKey

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certified:
    """A private key and its self-signed certificate (DER)."""

    key: SigningKey
    certificate: bytes
    scheme: Scheme

    @property
    def certificate_pem(self) -> bytes:
        return pem.armor("CERTIFICATE", self.certificate)


def certified(provider: CryptoProvider, scheme: Scheme, serial: int = 1) -> Certified:
    """Make a key by `provider` and certify it."""
    return certify(provider.generate(scheme.kind), scheme, serial)


def certify(key: SigningKey, scheme: Scheme, serial: int = 1) -> Certified:
    """Let a key certify itself."""
    name = x509.Name.build({"common_name": "Участник 1"})
    now = datetime.now(UTC).replace(microsecond=0)
    method = {"algorithm": scheme.oid}
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": method,
            "issuer": name,
            "validity": {
                "not_before": x509.Time({"utc_time": now - DAY}),
                "not_after": x509.Time({"utc_time": now + DAY}),
            },
            "subject": name,
            "subject_public_key_info": keys.PublicKeyInfo.load(key.public_key_info),
        }
    )
    value = key.sign(scheme, body.dump())
    if scheme.kind is KeyKind.EC:
        value = algos.DSASignature.from_p1363(value).dump()
    certificate = x509.Certificate(
        {"tbs_certificate": body, "signature_algorithm": method, "signature_value": value}
    )
    return Certified(key, certificate.dump(), scheme)
