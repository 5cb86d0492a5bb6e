"""RSA (PKCS #1 v1.5) and ECDSA on `cryptography`.

What an unknown sender could make expensive or ambiguous is refused when a key is read: a modulus
above 8192 bits, an exponent other than 65537, a curve written out or not of NIST, any second
spelling of the same key. The weakest key that counts is the policy's to say.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)

from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.provider import Digester, KeyUnusable, PublicKey, SigningKey

MAX_RSA_BITS = 8192
RSA_EXPONENT = 65537
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)

_HASHLIB: dict[Hash, Callable[..., "hashlib._Hash"]] = {
    Hash.SHA1: hashlib.sha1,
    Hash.SHA256: hashlib.sha256,
    Hash.SHA384: hashlib.sha384,
    Hash.SHA512: hashlib.sha512,
}
_HASHES: dict[Hash, hashes.HashAlgorithm] = {
    Hash.SHA1: hashes.SHA1(),  # noqa: S303 -- read by the archive policy only
    Hash.SHA256: hashes.SHA256(),
    Hash.SHA384: hashes.SHA384(),
    Hash.SHA512: hashes.SHA512(),
}
_ECDSA = {algorithm: ec.ECDSA(made) for algorithm, made in _HASHES.items()}
_PADDING = PKCS1v15()


class RsaProvider:
    """CryptoProvider of RSA and ECDSA."""

    name = "RSA/ECDSA (cryptography)"
    hashes = frozenset(_HASHLIB)
    schemes = frozenset(s for s in Scheme if s.kind in {KeyKind.RSA, KeyKind.EC})

    def digester(self, algorithm: Hash) -> Digester:
        """Begin a digest."""
        return _HASHLIB[algorithm]()

    def digest(self, algorithm: Hash, octets: bytes) -> bytes:
        """Return the digest of `octets`."""
        return _HASHLIB[algorithm](octets).digest()

    def public_key(self, info: bytes) -> PublicKey:
        """Read a SubjectPublicKeyInfo; raise KeyUnusable."""
        try:
            key = load_der_public_key(info)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyUnusable(f"not a key of RSA or ECDSA: {error}") from error
        made = _public(key)
        if _info(key) != info:
            raise KeyUnusable("the key is not written in its one DER form")
        return made

    def signing_key(self, pem: bytes, password: bytes | None = None) -> SigningKey:
        """Read a private key; raise KeyUnusable. An RSA key takes tens of ms to be checked."""
        try:
            key = load_pem_private_key(pem, password)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyUnusable(f"not a private key of RSA or ECDSA: {error}") from error
        return _private(key)

    def generate(self, kind: KeyKind) -> SigningKey:
        """Make an RSA key of 2048 bits or an EC key on P-256."""
        if kind is KeyKind.RSA:
            return _private(rsa.generate_private_key(RSA_EXPONENT, 2048))
        if kind is KeyKind.EC:
            return _private(ec.generate_private_key(ec.SECP256R1()))
        raise KeyUnusable(f"{self.name} makes no key of {kind.value}")


@dataclass(frozen=True, slots=True)
class RsaPublicKey:
    """A modulus that is not too large, and the one exponent."""

    _key: rsa.RSAPublicKey
    bits: int
    kind: KeyKind = KeyKind.RSA

    def verify(self, scheme: Scheme, octets: bytes, value: bytes) -> bool:
        """Tell whether `value` signs `octets`."""
        try:
            self._key.verify(value, octets, _PADDING, _HASHES[scheme.hash])
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class EcPublicKey:
    """A point on one of the named curves."""

    _key: ec.EllipticCurvePublicKey
    bits: int
    kind: KeyKind = KeyKind.EC

    def verify(self, scheme: Scheme, octets: bytes, value: bytes) -> bool:
        """Tell whether `value`, `r || s` of fixed width, signs `octets`."""
        width = _width(self.bits)
        if len(value) != 2 * width:
            return False
        pair = encode_dss_signature(
            int.from_bytes(value[:width], "big"), int.from_bytes(value[width:], "big")
        )
        try:
            self._key.verify(pair, octets, _ECDSA[scheme.hash])
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class RsaSigningKey:
    """A private RSA key in memory."""

    _key: rsa.RSAPrivateKey
    public_key_info: bytes
    kind: KeyKind = KeyKind.RSA

    def sign(self, scheme: Scheme, octets: bytes) -> bytes:
        """Return the value over `octets`."""
        return self._key.sign(octets, _PADDING, _HASHES[scheme.hash])


@dataclass(frozen=True, slots=True)
class EcSigningKey:
    """A private EC key in memory."""

    _key: ec.EllipticCurvePrivateKey
    public_key_info: bytes
    kind: KeyKind = KeyKind.EC

    def sign(self, scheme: Scheme, octets: bytes) -> bytes:
        """Return `r || s` over `octets`."""
        width = _width(self._key.curve.key_size)
        r, s = decode_dss_signature(self._key.sign(octets, _ECDSA[scheme.hash]))
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def _public(key: object) -> PublicKey:
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size > MAX_RSA_BITS:
            raise KeyUnusable(f"an RSA key of {key.key_size} bits is too large")
        if key.public_numbers().e != RSA_EXPONENT:
            raise KeyUnusable("the exponent of an RSA key is not 65537")
        return RsaPublicKey(key, key.key_size)
    if isinstance(key, ec.EllipticCurvePublicKey):
        if not isinstance(key.curve, CURVES):
            raise KeyUnusable(f"the curve {key.curve.name} is not in use")
        return EcPublicKey(key, key.curve.key_size)
    raise KeyUnusable(f"not a key of RSA or ECDSA: {type(key).__name__}")


def _private(key: object) -> SigningKey:
    if isinstance(key, rsa.RSAPrivateKey):
        _public(key.public_key())
        return RsaSigningKey(key, _info(key.public_key()))
    if isinstance(key, ec.EllipticCurvePrivateKey):
        _public(key.public_key())
        return EcSigningKey(key, _info(key.public_key()))
    raise KeyUnusable(f"not a private key of RSA or ECDSA: {type(key).__name__}")


def _info(key: object) -> bytes:
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise KeyUnusable(f"not a key of RSA or ECDSA: {type(key).__name__}")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _width(bits: int) -> int:
    return (bits + 7) // 8
