"""XML Signature as the hub's profiles need it, and nothing more of it.

`read` takes a `ds:Signature` apart and believes nothing; `prove` does the mathematics: first the
signature over SignedInfo, then the digests. What is left over is the very bytes that were digested.
What a profile does not name is refused, not skipped: a second certificate, an Object, a transform.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from gateway.security import smev3_transform
from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.canonical import NotCanonical, canonical
from gateway.security.document import Document
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.keys import CertificateUnreadable, KeyCache
from gateway.security.policy import EXCLUSIVE_C14N, SMEV3_TRANSFORM, Policy
from gateway.security.provider import (
    KeyUnusable,
    ProviderMissing,
    Providers,
    PublicKey,
    SigningKey,
)
from gateway.security.token import DS, certificate_of, octets_of

SIGNATURE = f"{{{DS}}}Signature"

_SIGNATURE_PARTS = [f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo")]
_REFERENCE_PARTS = [f"{{{DS}}}{name}" for name in ("Transforms", "DigestMethod", "DigestValue")]
_C14N_METHOD = f"{{{DS}}}CanonicalizationMethod"
_SIGNATURE_METHOD = f"{{{DS}}}SignatureMethod"
_REFERENCE = f"{{{DS}}}Reference"
_TRANSFORM = f"{{{DS}}}Transform"
_INCLUSIVE = f"{{{EXCLUSIVE_C14N}}}InclusiveNamespaces"
_SCHEMES = {scheme.uri: scheme for scheme in Scheme}
_HASHES = {algorithm.uri: algorithm for algorithm in Hash}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a signature claims about one element."""

    element: etree._Element
    transforms: tuple[str, ...]
    prefixes: tuple[str, ...]
    algorithm: Hash
    digest: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """A signature taken apart; every part has the form the policy wants, none is proven."""

    signed_info: etree._Element
    prefixes: tuple[str, ...]
    scheme: Scheme
    references: tuple[Reference, ...]
    value: bytes
    certificate: bytes
    """DER of the certificate that the signature names."""


@dataclass(frozen=True, slots=True)
class Methods:
    """What SignedInfo says of itself."""

    prefixes: tuple[str, ...]
    scheme: Scheme
    references: list[etree._Element]


@dataclass(frozen=True, slots=True)
class Part:
    """A proven element: itself, and the canonical bytes that were digested."""

    element: etree._Element
    octets: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """What is proven: whoever has the certificate's key has signed exactly these parts."""

    parts: tuple[Part, ...]
    certificate: bytes
    scheme: Scheme

    def octets_of(self, element: etree._Element) -> bytes | None:
        """Return the signed bytes of this very element; None when it was not signed."""
        for part in self.parts:
            if part.element is element:
                return part.octets
        return None


def verify(
    signature: etree._Element,
    document: Document,
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
) -> Signed:
    """Return what `signature` proves; raise SignatureRefused, ProviderMissing.

    Which parts had to be signed is the caller's question.
    """
    return prove(read(signature, document, policy), policy, providers, keys)


def read(signature: etree._Element, document: Document, policy: Policy) -> Claim:
    """Take a `ds:Signature` apart and find what it refers to; raise SignatureRefused."""
    signed_info, value, key_info = parts_of(signature)
    methods = read_methods(signed_info, policy)
    references = tuple(read_reference(part, document, policy) for part in methods.references)
    _check_elements(signature, references)
    return Claim(
        signed_info=signed_info,
        prefixes=methods.prefixes,
        scheme=methods.scheme,
        references=references,
        value=octets_of(value, Reason.STRUCTURE),
        certificate=certificate_of(key_info, signature, document),
    )


def prove(claim: Claim, policy: Policy, providers: Providers, keys: KeyCache) -> Signed:
    """Do the mathematics; raise SignatureRefused, or ProviderMissing when nobody can do it."""
    check_value(claim, policy, providers, keys)
    parts = tuple(prove_reference(reference, providers) for reference in claim.references)
    return Signed(parts, claim.certificate, claim.scheme)


def check_value(claim: Claim, policy: Policy, providers: Providers, keys: KeyCache) -> None:
    """Hold the value against the certificate's key; raise SignatureRefused, ProviderMissing."""
    if claim.scheme not in providers.by_scheme:
        raise ProviderMissing(claim.scheme.name)
    key = key_of(claim, policy, keys)
    if not key.verify(claim.scheme, signed_octets(claim), claim.value):
        raise SignatureRefused(Reason.VALUE)


def signed_octets(claim: Claim) -> bytes:
    """Return the bytes that the value signs; raise SignatureRefused when there are none."""
    return _canonical(claim.signed_info, claim.prefixes)


def prove_reference(reference: Reference, providers: Providers) -> Part:
    """Return the element with the bytes whose digest is claimed; raise SignatureRefused."""
    for octets in spellings(reference):
        if providers.digest(reference.algorithm, octets) == reference.digest:
            return Part(reference.element, octets)
    raise SignatureRefused(Reason.DIGEST, etree.QName(reference.element).localname)


def spellings(reference: Reference) -> Iterator[bytes]:
    """Give the bytes that the signer may have digested, the likely ones first.

    Raise SignatureRefused when the element has no such bytes.
    """
    if reference.transforms[-1] != SMEV3_TRANSFORM:
        yield _canonical(reference.element, reference.prefixes)
        return
    try:
        yield from smev3_transform.spellings(reference.element)
    except smev3_transform.Untransformable as error:
        raise SignatureRefused(Reason.TRANSFORM, str(error)) from error


def build_signature(
    parts: Sequence[tuple[str, bytes]],
    key: SigningKey,
    scheme: Scheme,
    key_info: bytes,
    providers: Providers,
    transforms: tuple[str, ...] = (EXCLUSIVE_C14N,),
) -> bytes:
    """Return a `ds:Signature` over parts, each an id and what the transforms make of its element.

    The text of SignedInfo is its own canonical form: what is signed is what is sent. `key_info` is
    the content of KeyInfo; raise ValueError for a scheme of archives only.
    """
    if scheme.hash is Hash.SHA1 or scheme.kind is not key.kind:
        raise ValueError(f"{scheme.name} does not sign with a key of {key.kind.value}")
    references = "".join(
        _reference_text(name, transforms, scheme.hash, providers.digest(scheme.hash, octets))
        for name, octets in parts
    )
    signed_info = (
        f'<ds:SignedInfo xmlns:ds="{DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{scheme.uri}"></ds:SignatureMethod>'
        f"{references}</ds:SignedInfo>"
    ).encode()
    value = b64encode(key.sign(scheme, signed_info))
    return (
        b'<ds:Signature xmlns:ds="%b">%b<ds:SignatureValue>%b</ds:SignatureValue>'
        b"<ds:KeyInfo>%b</ds:KeyInfo></ds:Signature>"
    ) % (DS.encode(), signed_info, value, key_info)


def parts_of(signature: etree._Element) -> list[etree._Element]:
    """Return SignedInfo, SignatureValue and KeyInfo; raise SignatureRefused."""
    return _children(signature, _SIGNATURE_PARTS)


def read_methods(signed_info: etree._Element, policy: Policy) -> Methods:
    """Read what SignedInfo says of itself; raise SignatureRefused."""
    parts = list(signed_info)
    if [part.tag for part in parts[:2]] != [_C14N_METHOD, _SIGNATURE_METHOD]:
        raise SignatureRefused(Reason.STRUCTURE, "SignedInfo")
    if any(part.tag != _REFERENCE for part in parts[2:]):
        raise SignatureRefused(Reason.STRUCTURE, "SignedInfo")
    if not 1 <= len(parts) - 2 <= policy.limits.references:
        raise SignatureRefused(Reason.REFERENCE_COUNT, str(len(parts) - 2))
    if parts[0].get("Algorithm") != EXCLUSIVE_C14N:
        raise SignatureRefused(Reason.CANONICALIZATION, parts[0].get("Algorithm") or "")
    return Methods(
        prefixes=_prefixes(parts[0], Reason.CANONICALIZATION, policy),
        scheme=_scheme(parts[1], policy),
        references=parts[2:],
    )


def read_reference(reference: etree._Element, document: Document, policy: Policy) -> Reference:
    """Read one `ds:Reference` and find its element; raise SignatureRefused."""
    transforms, method, value = _children(reference, _REFERENCE_PARTS)
    if reference.get("Type") is not None:
        raise SignatureRefused(Reason.STRUCTURE, "Type of a Reference")
    steps = list(transforms)
    names = tuple(step.get("Algorithm") or "" for step in steps)
    if names not in policy.transforms or any(step.tag != _TRANSFORM for step in steps):
        raise SignatureRefused(Reason.TRANSFORM, ", ".join(names[:3]))
    exclusive = steps[names.index(EXCLUSIVE_C14N)]
    if any(len(step) for step in steps if step is not exclusive):
        raise SignatureRefused(Reason.TRANSFORM, "parameters")
    uri = method.get("Algorithm") or ""
    algorithm = _HASHES.get(uri)
    if algorithm is None or algorithm not in policy.digests or len(method):
        raise SignatureRefused(Reason.DIGEST_ALGORITHM, uri)
    return Reference(
        element=document.find(reference.get("URI")),
        transforms=names,
        prefixes=_prefixes(exclusive, Reason.TRANSFORM, policy),
        algorithm=algorithm,
        digest=octets_of(value, Reason.STRUCTURE),
    )


def _check_elements(signature: etree._Element, references: tuple[Reference, ...]) -> None:
    """Refuse two digests of one element, and a signature inside of what it signs."""
    elements = {reference.element for reference in references}
    if len(elements) < len(references):
        raise SignatureRefused(Reason.REFERENCE_REPEATED)
    if not elements.isdisjoint(signature.iterancestors()):
        raise SignatureRefused(Reason.REFERENCE_PLACE, "around the signature")


def _scheme(method: etree._Element, policy: Policy) -> Scheme:
    uri = method.get("Algorithm") or ""
    scheme = _SCHEMES.get(uri)
    # A child would be HMACOutputLength or parameters: no scheme of ours has any.
    if scheme is None or scheme not in policy.schemes or len(method):
        raise SignatureRefused(Reason.ALGORITHM, uri)
    return scheme


def _prefixes(method: etree._Element, reason: Reason, policy: Policy) -> tuple[str, ...]:
    """Return the PrefixList of an exclusive canonicalization."""
    children = list(method)
    if not children:
        return ()
    prefixes = tuple((children[0].get("PrefixList") or "").split())
    if [child.tag for child in children] != [_INCLUSIVE] or len(children[0]):
        raise SignatureRefused(reason, "parameters")
    if len(prefixes) > policy.limits.prefixes:
        raise SignatureRefused(Reason.LIMIT, "PrefixList")
    return prefixes


def key_of(claim: Claim, policy: Policy, keys: KeyCache) -> PublicKey:
    """Return the certificate's key if it may be used so; raise SignatureRefused."""
    try:
        key = keys.key_of(claim.certificate)
    except CertificateUnreadable as error:
        raise SignatureRefused(Reason.CERTIFICATE, str(error)) from error
    except KeyUnusable as error:
        raise SignatureRefused(Reason.KEY, str(error)) from error
    if key.kind is not claim.scheme.kind:
        raise SignatureRefused(Reason.ALGORITHM, f"{claim.scheme.name} with {key.kind.name}")
    if key.kind is KeyKind.RSA and key.bits < policy.rsa_bits:
        raise SignatureRefused(Reason.KEY, f"RSA of {key.bits} bits")
    return key


def _reference_text(name: str, transforms: tuple[str, ...], algorithm: Hash, digest: bytes) -> str:
    steps = "".join(f'<ds:Transform Algorithm="{uri}"></ds:Transform>' for uri in transforms)
    return (
        f'<ds:Reference URI="#{name}"><ds:Transforms>{steps}</ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{algorithm.uri}"></ds:DigestMethod>'
        f"<ds:DigestValue>{b64encode(digest).decode()}</ds:DigestValue></ds:Reference>"
    )


def _children(element: etree._Element, tags: list[str]) -> list[etree._Element]:
    """Return the children, which are exactly `tags` in this order."""
    children = list(element)
    if [child.tag for child in children] != tags:
        raise SignatureRefused(Reason.STRUCTURE, etree.QName(element).localname)
    return children


def _canonical(element: etree._Element, prefixes: tuple[str, ...]) -> bytes:
    try:
        return canonical(element, prefixes)
    except NotCanonical as error:
        raise SignatureRefused(Reason.CANONICALIZATION, "relative namespace") from error
