"""Known answers of GOST R 34.11-2012 (RFC 6986) and of GOST R 34.10-2012 on every parameter set."""

import json
from dataclasses import dataclass
from pathlib import Path

from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.providers.gost_keys import PrivateNumbers
from gateway.security.providers.gost_parameters import BY_NAME

_KNOWN = json.loads((Path(__file__).parent / "known_gost.json").read_text("ascii"))


@dataclass(frozen=True, slots=True)
class KnownDigest:
    name: str
    octets: bytes
    digests: dict[int, bytes]


@dataclass(frozen=True, slots=True)
class KnownSignature:
    private: PrivateNumbers
    public_key_info: bytes
    message: bytes
    value: bytes

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.private.parameters.kind)


def scheme_of(kind: KeyKind) -> Scheme:
    return {KeyKind.GOST_256: Scheme.GOST_256, KeyKind.GOST_512: Scheme.GOST_512}[kind]


DIGESTS = [
    KnownDigest(
        name=one["name"],
        octets=bytes.fromhex(one["octets"]) * one["times"],
        digests={bits: bytes.fromhex(one[str(bits)]) for bits in (256, 512)},
    )
    for one in _KNOWN["digests"]
]
SIGNATURES = [
    KnownSignature(
        private=PrivateNumbers(BY_NAME[one["parameters"]], int(one["private"], 16)),
        public_key_info=bytes.fromhex(one["public_key_info"]),
        message=one["message"].encode(),
        value=bytes.fromhex(one["value"]),
    )
    for one in _KNOWN["signatures"]
]
