"""GOST keys as files: SubjectPublicKeyInfo (RFC 9215) and PKCS #8, read and made."""

from dataclasses import dataclass

from asn1crypto import core, pem

from gateway.security.algorithms import KeyKind
from gateway.security.provider import KeyUnusable
from gateway.security.providers import gost_arithmetic
from gateway.security.providers.gost_arithmetic import Point
from gateway.security.providers.gost_parameters import (
    BY_OID,
    KEY_HASHES,
    KEY_OIDS,
    ParameterSet,
)

_KINDS = {oid: kind for kind, oid in KEY_OIDS.items()}


@dataclass(frozen=True, slots=True)
class PublicNumbers:
    """A public key: a point on a curve."""

    parameters: ParameterSet
    point: Point


@dataclass(frozen=True, slots=True)
class PrivateNumbers:
    """A private key: a number under the order of the curve's group."""

    parameters: ParameterSet
    number: int

    def public(self) -> PublicNumbers:
        """Return the public half."""
        point = gost_arithmetic.public_point(self.parameters.curve, self.number)
        return PublicNumbers(self.parameters, point)


class _Parameters(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    _fields = [  # noqa: RUF012
        ("set", core.ObjectIdentifier),
        ("digest", core.ObjectIdentifier, {"optional": True}),
        ("encryption", core.ObjectIdentifier, {"optional": True}),
    ]


class _Algorithm(core.Sequence):  # type: ignore[misc]
    _fields = [("oid", core.ObjectIdentifier), ("parameters", core.Any, {"optional": True})]  # noqa: RUF012


class _PublicKeyInfo(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", _Algorithm), ("key", core.OctetBitString)]  # noqa: RUF012


class _PrivateKeyInfo(core.Sequence):  # type: ignore[misc]
    _fields = [  # noqa: RUF012
        ("version", core.Integer),
        ("algorithm", _Algorithm),
        ("key", core.OctetString),
        ("attributes", core.Any, {"implicit": 0, "optional": True}),
    ]


def kind_of(info: bytes) -> KeyKind:
    """Tell the kind of a SubjectPublicKeyInfo; raise KeyUnusable when it is not a GOST key."""
    try:
        return _KINDS[_PublicKeyInfo.load(info, strict=True)["algorithm"]["oid"].dotted]
    except (ValueError, TypeError, KeyError) as error:
        raise KeyUnusable("not a public key of GOST R 34.10-2012") from error


def read_public(info: bytes) -> PublicNumbers:
    """Read a SubjectPublicKeyInfo (DER); raise KeyUnusable."""
    kind_of(info)
    try:
        parsed = _PublicKeyInfo.load(info, strict=True)
        parameters = _parameters(parsed["algorithm"])
        octets = core.OctetString.load(bytes(parsed["key"]), strict=True).native
    except (ValueError, TypeError, KeyError) as error:
        raise KeyUnusable(f"damaged public key of GOST R 34.10-2012: {error}") from error
    size = parameters.curve.bits // 8
    point = int.from_bytes(octets[:size], "little"), int.from_bytes(octets[size:], "little")
    if len(octets) != 2 * size or not gost_arithmetic.is_key(parameters.curve, point):
        raise KeyUnusable(f"a public key that is not on the curve {parameters.name}")
    return PublicNumbers(parameters, point)


def write_public(numbers: PublicNumbers) -> bytes:
    """Return a key as DER of SubjectPublicKeyInfo."""
    size = numbers.parameters.curve.bits // 8
    octets = b"".join(number.to_bytes(size, "little") for number in numbers.point)
    return _dump(
        _PublicKeyInfo(
            {
                "algorithm": _algorithm(numbers.parameters),
                "key": core.OctetString(octets).dump(),
            }
        )
    )


def read_private(text: bytes, password: bytes | None = None) -> PrivateNumbers:
    """Read a private key (PEM, PKCS #8, not encrypted); raise KeyUnusable."""
    try:
        label, _, octets = pem.unarmor(text)
    except ValueError as error:
        raise KeyUnusable("no private key in PEM") from error
    if label == "ENCRYPTED PRIVATE KEY":
        raise KeyUnusable("an encrypted private key of GOST is read by the engine only")
    if password is not None:
        raise KeyUnusable("a password for a private key that is not encrypted")
    try:
        parsed = _PrivateKeyInfo.load(octets, strict=True)
        parameters = _parameters(parsed["algorithm"])
        number = _private_number(parsed["key"].native, parameters.curve.bits // 8)
    except (ValueError, TypeError, KeyError) as error:
        raise KeyUnusable("not a private key of GOST R 34.10-2012") from error
    if not 0 < number < parameters.curve.q:
        raise KeyUnusable(f"a private key that is no number of the curve {parameters.name}")
    return PrivateNumbers(parameters, number)


def write_private(numbers: PrivateNumbers) -> bytes:
    """Return a key as PEM of PKCS #8, not encrypted."""
    octets = numbers.number.to_bytes(numbers.parameters.curve.bits // 8, "little")
    info = _PrivateKeyInfo(
        {
            "version": 0,
            "algorithm": _algorithm(numbers.parameters),
            "key": octets,
        }
    )
    text: bytes = pem.armor("PRIVATE KEY", _dump(info))
    return text


def _parameters(algorithm: _Algorithm) -> ParameterSet:
    """Return the curve of a key; raise ValueError when it does not fit the key's algorithm."""
    kind = _KINDS[algorithm["oid"].dotted]
    named = algorithm["parameters"].parse(_Parameters)
    parameters = BY_OID.get(named["set"].dotted)
    if parameters is None or parameters.kind is not kind:
        raise ValueError(f"unknown parameter set {named['set'].dotted}")
    digest = named["digest"]
    if digest.native is not None and digest.dotted != KEY_HASHES[kind].oid:
        raise ValueError(f"digest {digest.dotted} of a key of {kind.value}")
    return parameters


def _private_number(octets: bytes, size: int) -> int:
    """Read the forms that are met: bare octets, OCTET STRING (both little-endian), INTEGER."""
    if len(octets) == size:
        return int.from_bytes(octets, "little")
    inner = core.load(octets, strict=True)
    if isinstance(inner, core.OctetString) and len(inner.native) == size:
        return int.from_bytes(inner.native, "little")
    if isinstance(inner, core.Integer):
        return int(inner.native)
    raise ValueError("a masked private key, or one of another size")


def _algorithm(parameters: ParameterSet) -> _Algorithm:
    named = {"set": parameters.oid}
    if parameters.names_digest:
        named["digest"] = KEY_HASHES[parameters.kind].oid
    return _Algorithm({"oid": KEY_OIDS[parameters.kind], "parameters": _Parameters(named)})


def _dump(value: core.Sequence) -> bytes:
    octets: bytes = value.dump()
    return octets
