"""The seam to whoever does the mathematics: one provider for one family of keys.

RSA and ECDSA come from `cryptography`, GOST from the system's OpenSSL engine or from our own
reference code; a certified provider (СКЗИ) is a class of this protocol under the entry point
`gateway.crypto_providers`. A private key is a handle: its numbers may never leave a container.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from gateway.security.algorithms import Hash, KeyKind, Scheme


class PublicKey(Protocol):
    """A key that verifies; made by a provider from a SubjectPublicKeyInfo, worth caching."""

    @property
    def kind(self) -> KeyKind:
        """What it is."""
        ...

    @property
    def bits(self) -> int:
        """Size of the RSA modulus or of the curve's field."""
        ...

    def verify(self, scheme: Scheme, octets: bytes, value: bytes) -> bool:
        """Tell whether `value` signs `octets`; `scheme.kind` is the key's."""
        ...


class SigningKey(Protocol):
    """A handle of a private key."""

    @property
    def kind(self) -> KeyKind:
        """What it is."""
        ...

    @property
    def public_key_info(self) -> bytes:
        """The public half as DER of SubjectPublicKeyInfo."""
        ...

    def sign(self, scheme: Scheme, octets: bytes) -> bytes:
        """Return the value over `octets`; `scheme.kind` is the key's."""
        ...


class Digester(Protocol):
    """A digest in the making."""

    def update(self, octets: bytes) -> None:
        """Take more."""
        ...

    def digest(self) -> bytes:
        """Return the digest of all that was taken."""
        ...


class CryptoProvider(Protocol):
    """The mathematics of a family of algorithms."""

    name: str
    """What documents and error messages call it."""
    hashes: frozenset[Hash]
    schemes: frozenset[Scheme]

    def digester(self, algorithm: Hash) -> Digester:
        """Begin a digest."""
        ...

    def digest(self, algorithm: Hash, octets: bytes) -> bytes:
        """Return the digest of `octets`."""
        ...

    def public_key(self, info: bytes) -> PublicKey:
        """Read a SubjectPublicKeyInfo (DER); raise KeyUnusable when it is not of this family."""
        ...

    def signing_key(self, pem: bytes, password: bytes | None = None) -> SigningKey:
        """Read a private key (PEM, PKCS #8); raise KeyUnusable when it is not of this family."""
        ...

    def generate(self, kind: KeyKind) -> SigningKey:
        """Make a new key for tests and the test contour."""
        ...


class KeyUnusable(Exception):
    """Bytes that are no key, or a key that no installed provider knows; the message says which."""


class ProviderMissing(Exception):
    """No installed provider does this algorithm: a matter of configuration, not of a message."""


@dataclass(frozen=True)
class Providers:
    """The providers in force, by what they can do; the first that can does."""

    by_hash: Mapping[Hash, CryptoProvider]
    by_scheme: Mapping[Scheme, CryptoProvider]
    every: tuple[CryptoProvider, ...]

    @classmethod
    def of(cls, providers: Iterable[CryptoProvider]) -> "Providers":
        """Take the providers in the order of preference."""
        every = tuple(providers)
        return cls(
            by_hash={item: one for one in reversed(every) for item in one.hashes},
            by_scheme={item: one for one in reversed(every) for item in one.schemes},
            every=every,
        )

    def digest(self, algorithm: Hash, octets: bytes) -> bytes:
        """Return the digest of `octets`; raise ProviderMissing."""
        return self._hashing(algorithm).digest(algorithm, octets)

    def digester(self, algorithm: Hash) -> Digester:
        """Begin a digest; raise ProviderMissing."""
        return self._hashing(algorithm).digester(algorithm)

    def public_key(self, info: bytes) -> PublicKey:
        """Read a SubjectPublicKeyInfo; raise KeyUnusable when no provider knows it."""
        for provider in self.every:
            try:
                return provider.public_key(info)
            except KeyUnusable:
                continue
        raise KeyUnusable("no installed provider knows this public key")

    def signing_key(self, pem: bytes, password: bytes | None = None) -> SigningKey:
        """Read a private key; raise KeyUnusable when no provider knows it."""
        for provider in self.every:
            try:
                return provider.signing_key(pem, password)
            except KeyUnusable:
                continue
        raise KeyUnusable("no installed provider knows this private key")

    def _hashing(self, algorithm: Hash) -> CryptoProvider:
        try:
            return self.by_hash[algorithm]
        except KeyError:
            raise ProviderMissing(algorithm.name) from None
