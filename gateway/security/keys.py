"""Public keys of certificates, read once and kept: reading costs more than verifying."""

import hashlib
import threading

from cryptography import x509

from gateway.security import asn1
from gateway.security.provider import Providers, PublicKey

_KEY = 6
"""Version, serial number, algorithm, issuer, validity, subject stand before it; X.509 version 1
does not name its version."""


class CertificateUnreadable(Exception):
    """The bytes are not exactly one DER certificate."""


class KeyCache:
    """The public keys of the certificates seen last, by SHA-256 of their DER.

    It says nothing about trust: a stranger's certificate is in it as soon as it was sent.
    """

    def __init__(self, providers: Providers, size: int = 1024) -> None:
        """Keep up to `size` keys."""
        self._providers = providers
        self._size = size
        self._keys: dict[bytes, PublicKey] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the keys kept."""
        return len(self._keys)

    def key_of(self, certificate: bytes) -> PublicKey:
        """Return the key of a certificate (DER); raise CertificateUnreadable, KeyUnusable."""
        name = hashlib.sha256(certificate).digest()
        key = self._keys.get(name)
        if key is None:
            key = self._providers.public_key(public_key_info(certificate))
            with self._lock:
                while len(self._keys) >= self._size:
                    del self._keys[next(iter(self._keys))]
                self._keys[name] = key
        return key


def public_key_info(certificate: bytes) -> bytes:
    """Return the SubjectPublicKeyInfo of a certificate (DER), of whatever algorithm it is.

    `cryptography` reads certificates of every algorithm, yet gives the key only of those it can
    compute with; raise CertificateUnreadable.
    """
    try:
        body = x509.load_der_x509_certificate(certificate).tbs_certificate_bytes
        fields = asn1.read(body).parts()
        key = fields[_KEY - (fields[0].tag == asn1.INTEGER)]
    except (ValueError, IndexError, x509.InvalidVersion) as error:
        raise CertificateUnreadable(str(error)) from error
    if key.tag != asn1.SEQUENCE:
        raise CertificateUnreadable("no public key where it should stand")
    return key.encoded
