"""GOST in plain Python: the reference the engine is held against, and the way out without it.

Not in constant time: whoever measures can learn a private key. So it verifies, and it signs with
throw-away keys of tests and of the test contour, never with a key that matters.
"""

import secrets
from collections.abc import Callable

from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.provider import KeyUnusable
from gateway.security.providers import gost_arithmetic, gost_keys
from gateway.security.providers.gost_keys import PrivateNumbers, PublicNumbers
from gateway.security.providers.gost_parameters import USUAL, ParameterSet
from gateway.security.providers.streebog import Streebog

_BITS = {Hash.STREEBOG256: 256, Hash.STREEBOG512: 512}


class PureGost:
    """The provider; `below(n)` gives a secret random number under `n`."""

    name = "gost-pure"
    hashes = frozenset(_BITS)
    schemes = frozenset((Scheme.GOST_256, Scheme.GOST_512))

    def __init__(self, below: Callable[[int], int] = secrets.randbelow) -> None:
        """Take the source of randomness."""
        self._below = below

    def digester(self, algorithm: Hash) -> Streebog:
        """Begin a digest."""
        return Streebog(_BITS[algorithm])

    def digest(self, algorithm: Hash, octets: bytes) -> bytes:
        """Return the digest of `octets`."""
        return _digest(algorithm, octets)

    def public_key(self, info: bytes) -> "PurePublicKey":
        """Read a SubjectPublicKeyInfo (DER); raise KeyUnusable."""
        return PurePublicKey(gost_keys.read_public(info))

    def signing_key(self, pem: bytes, password: bytes | None = None) -> "PureSigningKey":
        """Read a private key (PEM, PKCS #8); raise KeyUnusable, also when it is encrypted."""
        return PureSigningKey(gost_keys.read_private(pem, password), self._below)

    def generate(self, kind: KeyKind) -> "PureSigningKey":
        """Make a new key on the usual curve of its size."""
        if kind not in USUAL:
            raise KeyUnusable(f"{self.name} makes no keys of {kind.value}")
        return self.generate_on(USUAL[kind])

    def generate_on(self, parameters: ParameterSet) -> "PureSigningKey":
        """Make a new key on the curve of a parameter set."""
        number = 1 + self._below(parameters.curve.q - 1)
        return PureSigningKey(PrivateNumbers(parameters, number), self._below)


class PurePublicKey:
    """A key that verifies."""

    def __init__(self, numbers: PublicNumbers) -> None:
        """Take its numbers."""
        self._numbers = numbers
        self.kind = numbers.parameters.kind
        self.bits = numbers.parameters.curve.bits

    def verify(self, scheme: Scheme, octets: bytes, value: bytes) -> bool:
        """Tell whether `value` signs `octets`."""
        digest = _digest(scheme.hash, octets)
        return gost_arithmetic.verify(
            self._numbers.parameters.curve, self._numbers.point, digest, value
        )


class PureSigningKey:
    """A throw-away private key."""

    def __init__(self, numbers: PrivateNumbers, below: Callable[[int], int]) -> None:
        """Take its number and the source of randomness."""
        self._numbers = numbers
        self._below = below
        self.kind = numbers.parameters.kind
        self.public_key_info = gost_keys.write_public(numbers.public())

    @property
    def pem(self) -> bytes:
        """The key as PEM of PKCS #8, not encrypted."""
        return gost_keys.write_private(self._numbers)

    def sign(self, scheme: Scheme, octets: bytes) -> bytes:
        """Return `s || r` over `octets`."""
        digest = _digest(scheme.hash, octets)
        parameters = self._numbers.parameters
        return gost_arithmetic.sign(parameters.curve, self._numbers.number, digest, self._below)


def _digest(algorithm: Hash, octets: bytes) -> bytes:
    digester = Streebog(_BITS[algorithm])
    digester.update(octets)
    return digester.digest()
