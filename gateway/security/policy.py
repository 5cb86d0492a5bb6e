"""What a contour accepts of a signature: exact lists and limits, no default of a library."""

from dataclasses import dataclass, replace
from datetime import timedelta

from gateway.security.algorithms import Hash, KeyKind, Scheme

SMEV_ACTOR = "http://smev.gosuslugi.ru/actors/smev"
RECIPIENT_ACTOR = "http://smev.gosuslugi.ru/actors/recipient"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
SMEV3_TRANSFORM = "urn://smev-gov-ru/xmldsig/transform"
SMEV3_CHAIN = (EXCLUSIVE_C14N, SMEV3_TRANSFORM)
"""What a reference of a SMEV 3 signature has, and no reference of WS-Security."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much markup a signed message may have; counted before anything is canonicalized."""

    depth: int = 64
    elements: int = 600_000
    """A registry of 50 000 lines, the largest that is not an attachment, has 500 000."""
    attributes: int = 64
    """Of one element."""
    declarations: int = 32
    """Namespace declarations of one element."""
    all_declarations: int = 128
    """Different namespace declarations of the document; one may stand on every line."""
    name: int = 256
    """Characters of a local name; the elements of a payload are looked at by its schema."""
    ids: int = 1000
    """Attributes that may be ids, in the whole document."""
    references: int = 8
    prefixes: int = 32
    """Of one PrefixList."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one contour."""

    name: str
    schemes: frozenset[Scheme]
    digests: frozenset[Hash]
    actors: frozenset[str | None] = frozenset({None, SMEV_ACTOR})
    """To whom the Security header may be addressed; None is no address at all."""
    transforms: frozenset[tuple[str, ...]] = frozenset(
        {(EXCLUSIVE_C14N,), (ENVELOPED, EXCLUSIVE_C14N)}
    )
    """The chains that a reference may have. Enveloped, which the npm package `soap` writes, must
    find nothing to take out: the signature stands outside of whatever it signs."""
    rsa_bits: int = 2048
    """The weakest RSA modulus; the largest one is the provider's limit."""
    message_header_signed: bool = True
    """A `hub:MessageHeader` that is there must be signed."""
    timestamp_required: bool = False
    """SMEV 2 signs none. One that is there must be signed and fresh anyway."""
    timestamp_age: timedelta | None = timedelta(minutes=5)
    """How old Created may be; None in archives, where time is not looked at."""
    timestamp_lead: timedelta = timedelta(seconds=60)
    """How far ahead of our clock Created may be."""
    limits: Limits = Limits()


_GOST = frozenset(s for s in Scheme if s.kind in {KeyKind.GOST_256, KeyKind.GOST_512})
_INTERNATIONAL = frozenset(s for s in Scheme if s not in _GOST and s.hash is not Hash.SHA1)


def _digests(schemes: frozenset[Scheme]) -> frozenset[Hash]:
    return frozenset(scheme.hash for scheme in schemes)


PRODUCTION_GOST = Policy("prod-gost", _GOST, _digests(_GOST))
"""Production: GOST R 34.10-2012 and nothing else."""

PRODUCTION = Policy("prod", _GOST | _INTERNATIONAL, _digests(_GOST | _INTERNATIONAL))
"""Production where a setting lets RSA and ECDSA in beside GOST."""

TEST = replace(PRODUCTION, name="test")
"""The test contour."""

ARCHIVE = replace(
    PRODUCTION,
    name="archive",
    schemes=frozenset(Scheme),
    digests=frozenset(Hash),
    actors=frozenset({None, SMEV_ACTOR, RECIPIENT_ACTOR}),
    rsa_bits=1024,
    message_header_signed=False,
    timestamp_age=None,
)
"""Reads old messages, SHA-1 and all; no contour receives or signs by it."""
