"""Makes a signer of a key and a certificate that somebody keeps in files."""

from collections.abc import Callable

from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.certificates import CertificateReader, CertificateUnusable
from gateway.security.provider import KeyUnusable, Providers, PublicKey, SigningKey
from gateway.security.wsse import Signer

_PROBE = b"a key signs for its certificate"
_SCHEMES = {
    KeyKind.RSA: Scheme.RSA_SHA256,
    KeyKind.GOST_256: Scheme.GOST_256,
    KeyKind.GOST_512: Scheme.GOST_512,
}
_EC_SCHEMES = ((256, Scheme.ECDSA_SHA256), (384, Scheme.ECDSA_SHA384))


class SignerUnusable(Exception):
    """A key or a certificate that cannot sign; the message, Russian, says which and why."""


def read_signer(
    pem: bytes,
    certificate: bytes,
    password: Callable[[], bytes],
    providers: Providers,
    reader: CertificateReader,
) -> Signer:
    """Read a private key (PEM, PKCS #8) and its certificate (PEM or DER); raise SignerUnusable.

    `password` is asked for when the key is encrypted. The scheme follows the key.
    """
    key = _key(pem, password, providers)
    try:
        read = reader.read(certificate)
    except CertificateUnusable as error:
        raise SignerUnusable(f"сертификат не годится: {error.reason.sentence} ({error})") from error
    scheme = scheme_of(read.public_key)
    if not _belong(key, read.public_key, scheme):
        raise SignerUnusable(f"ключ не от этого сертификата (№ {read.serial_text})")
    return Signer(key, read.der, scheme)


def scheme_of(key: PublicKey) -> Scheme:
    """Return the scheme that a key signs with by default: ECDSA by the size of the curve."""
    if key.kind is KeyKind.EC:
        fitting = (scheme for bits, scheme in _EC_SCHEMES if key.bits <= bits)
        return next(fitting, Scheme.ECDSA_SHA512)
    return _SCHEMES[key.kind]


def _key(pem: bytes, password: Callable[[], bytes], providers: Providers) -> SigningKey:
    encrypted = b"ENCRYPTED" in pem
    try:
        return providers.signing_key(pem, password() if encrypted else None)
    except KeyUnusable as error:
        if encrypted:
            raise SignerUnusable(
                "ключ не открывается: пароль не подходит, или вид ключа не поддержан"
            ) from error
        raise SignerUnusable(
            "ключ не читается: нужен закрытый ключ RSA, EC или ГОСТ Р 34.10-2012 в PEM (PKCS #8)"
        ) from error


def _belong(key: SigningKey, public: PublicKey, scheme: Scheme) -> bool:
    """Tell by a signature: the same key may be written in more than one way."""
    return key.kind is public.kind and public.verify(scheme, _PROBE, key.sign(scheme, _PROBE))
