"""The hub's own signature: which key and certificate it answers with in a contour."""

from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from gateway.kernel.ports import Clock, Identifiers
from gateway.security import cms, wsse
from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.keys import public_key_info
from gateway.security.provider import KeyUnusable, Providers, PublicKey
from gateway.security.wsse import Signer

_EC_SCHEMES = ((256, Scheme.ECDSA_SHA256), (384, Scheme.ECDSA_SHA384))
_SCHEMES = {
    KeyKind.RSA: Scheme.RSA_SHA256,
    KeyKind.GOST_256: Scheme.GOST_256,
    KeyKind.GOST_512: Scheme.GOST_512,
}


class OwnKeyBroken(Exception):
    """The hub's key or certificate cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class OwnSignature:
    """Signs what the hub sends."""

    signer: Signer
    providers: Providers
    identifiers: Identifiers
    clock: Clock

    def sign(self, envelope: bytes, actor: str | None) -> bytes:
        """Return the envelope with a signature over Body and header, addressed to `actor`.

        It has no Timestamp: a stored answer is sent again byte for byte, and would look stale.
        """
        signer = replace(self.signer, actor=actor)
        return wsse.sign(envelope, signer, self.providers, self.identifiers, self.clock())

    def sign_file(self, octets: bytes) -> bytes:
        """Return the signature that lies beside a file (CMS, DER)."""
        signer = self.signer
        return cms.sign(
            [octets], signer.key, signer.certificate, signer.scheme, self.providers, self.clock()
        )


def load_signer(key_file: Path, certificate_file: Path, providers: Providers) -> Signer:
    """Read a key and its certificate (PEM); raise OwnKeyBroken."""
    try:
        key = providers.signing_key(key_file.read_bytes())
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        der = certificate.public_bytes(Encoding.DER)
        info = public_key_info(der)
        public = providers.public_key(info)
    except (OSError, ValueError, KeyUnusable) as error:
        raise OwnKeyBroken(f"{key_file}, {certificate_file}: {error}") from error
    if info != key.public_key_info:
        raise OwnKeyBroken(f"{key_file}: ключ не от сертификата {certificate_file}")
    return Signer(key, der, scheme_of(public))


def scheme_of(key: PublicKey) -> Scheme:
    """Return the scheme that a key signs with by default."""
    if key.kind is KeyKind.EC:
        return next(
            (scheme for bits, scheme in _EC_SCHEMES if key.bits <= bits), Scheme.ECDSA_SHA512
        )
    return _SCHEMES[key.kind]
