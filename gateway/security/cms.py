"""CMS SignedData (RFC 5652) of files: a signature beside its content, or around it.

One signer, whose certificate lies in the signature, and signed attributes as CAdES-BES wants them.
BER is read; what was signed must be DER as it came, for it is never encoded again.
"""

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, pem, tsp, x509

from gateway.security import cms_claim
from gateway.security.algorithms import Hash, KeyKind, Scheme
from gateway.security.cms_claim import Claim
from gateway.security.errors import CmsReason, CmsRefused
from gateway.security.keys import CertificateUnreadable, KeyCache
from gateway.security.policy import Policy
from gateway.security.provider import (
    KeyUnusable,
    ProviderMissing,
    Providers,
    PublicKey,
    SigningKey,
)

_RSA_KEY = "1.2.840.113549.1.1.1"
_GOST_KEYS = {"1.2.643.7.1.1.1.1": Scheme.GOST_256, "1.2.643.7.1.1.1.2": Scheme.GOST_512}
_HASHES = {algorithm.oid: algorithm for algorithm in Hash}
_SCHEMES = {scheme.oid: scheme for scheme in Scheme} | _GOST_KEYS
_RSA = {scheme.hash: scheme for scheme in Scheme if scheme.kind is KeyKind.RSA}


@dataclass(frozen=True, slots=True)
class SignedContent:
    """What is proven: whoever has the certificate's key has signed this content."""

    certificate: bytes
    """DER of the signer's certificate; whether it is trusted is not said here."""
    signed_at: datetime | None
    """When, by the signer's own clock; None when he does not say."""
    scheme: Scheme
    names_certificate: bool
    """Whether the signature names its certificate (CAdES-BES); else it is plain CMS."""
    content: bytes | None
    """What was attached; None when it came separately."""


def verify(
    octets: bytes,
    content: Iterable[bytes] | None,
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
    *,
    cades: bool = False,
) -> SignedContent:
    """Return what a signature (DER or BER) proves of `content`, which comes in pieces.

    With None the content is in the signature. `cades` requires the attribute signing-certificate.
    Raise CmsRefused, ProviderMissing.
    """
    claim = cms_claim.read(octets)
    scheme = scheme_of(claim, policy)
    check_provider(scheme, providers)
    key = key_of(claim, scheme, policy, keys)
    check_names(claim, policy, providers, cades=cades)
    check_value(claim, scheme, key)
    check_content(claim, content, scheme.hash, providers)
    return SignedContent(
        certificate=claim.certificate,
        signed_at=claim.signed_at,
        scheme=scheme,
        names_certificate=bool(claim.names),
        content=claim.content,
    )


def sign(
    content: Iterable[bytes],
    key: SigningKey,
    certificate: bytes,
    scheme: Scheme,
    providers: Providers,
    now: datetime | None,
    *,
    attached: bool = False,
) -> bytes:
    """Return the signature (DER, CAdES-BES) of content that comes in pieces, signed at `now`.

    With None it does not say when: a PDF says that itself and forbids it here (EN 319 142-1).
    Raise ValueError for a scheme of archives only, or one that is not the key's.
    """
    if scheme.hash is Hash.SHA1 or scheme.kind is not key.kind:
        raise ValueError(f"{scheme.name} does not sign with a key of {key.kind.value}")
    kept: list[bytes] | None = [] if attached else None
    digest = digest_of(content, scheme.hash, providers, kept)
    attributes = _attributes(digest, certificate, scheme.hash, providers, now)
    value = key.sign(scheme, attributes.dump())
    if scheme.kind is KeyKind.EC:
        value = algos.DSASignature.from_p1363(value).dump()
    return _signed_data(
        certificate, scheme, attributes, value, None if kept is None else b"".join(kept)
    )


def to_pem(octets: bytes) -> bytes:
    """Return a signature as PEM."""
    text: bytes = pem.armor("CMS", octets)
    return text


def from_text(octets: bytes) -> bytes:
    """Take PEM or bare base64, which programs write, off a signature; others are left alone."""
    try:
        if pem.detect(octets):
            binary: bytes = pem.unarmor(octets)[2]
            return binary
        return b64decode(b"".join(octets.split()), validate=True)
    except ValueError:
        return octets


def scheme_of(claim: Claim, policy: Policy) -> Scheme:
    """Return the scheme that the two algorithms of a signer name together; raise CmsRefused."""
    algorithm = _HASHES.get(claim.digest_algorithm)
    if algorithm is None or algorithm not in policy.digests:
        raise CmsRefused(CmsReason.DIGEST_ALGORITHM, claim.digest_algorithm)
    # RSA-PSS is not among them: its parameters could say one thing and the digest another.
    scheme = _RSA.get(algorithm) if claim.method == _RSA_KEY else _SCHEMES.get(claim.method)
    if scheme is None or scheme not in policy.schemes:
        raise CmsRefused(CmsReason.ALGORITHM, claim.method)
    if scheme.hash is not algorithm:
        raise CmsRefused(CmsReason.DIGEST_ALGORITHM, f"{algorithm.name} with {scheme.name}")
    return scheme


def check_provider(scheme: Scheme, providers: Providers) -> None:
    """Raise ProviderMissing when nobody here does the scheme."""
    if scheme not in providers.by_scheme:
        raise ProviderMissing(scheme.name)


def key_of(claim: Claim, scheme: Scheme, policy: Policy, keys: KeyCache) -> PublicKey:
    """Return the certificate's key if it may be used so; raise CmsRefused."""
    try:
        key = keys.key_of(claim.certificate)
    except CertificateUnreadable as error:
        raise CmsRefused(CmsReason.CERTIFICATE, str(error)) from error
    except KeyUnusable as error:
        raise CmsRefused(CmsReason.KEY, str(error)) from error
    if key.kind is not scheme.kind:
        raise CmsRefused(CmsReason.ALGORITHM, f"{scheme.name} with {key.kind.name}")
    if key.kind is KeyKind.RSA and key.bits < policy.rsa_bits:
        raise CmsRefused(CmsReason.KEY, f"RSA of {key.bits} bits")
    return key


def check_names(claim: Claim, policy: Policy, providers: Providers, *, cades: bool) -> None:
    """Hold the certificate against the signed attributes that name it (RFC 5035).

    Raise CmsRefused.
    """
    if cades and not claim.names:
        raise CmsRefused(CmsReason.SIGNING_CERTIFICATE, "missing")
    for name in claim.names:
        algorithm = _HASHES.get(name.algorithm)
        # The first version of the attribute has SHA-1 and no choice; it proves nothing alone.
        allowed = algorithm is Hash.SHA1 or algorithm in policy.digests
        if algorithm is None or not allowed:
            raise CmsRefused(CmsReason.SIGNING_CERTIFICATE, name.algorithm)
        if not name.fits or providers.digest(algorithm, claim.certificate) != name.digest:
            raise CmsRefused(CmsReason.SIGNING_CERTIFICATE, "another certificate")


def check_value(claim: Claim, scheme: Scheme, key: PublicKey) -> None:
    """Hold the value against the signed attributes; raise CmsRefused."""
    if not key.verify(scheme, claim.signed, _value(claim, key)):
        raise CmsRefused(CmsReason.VALUE)


def _value(claim: Claim, key: PublicKey) -> bytes:
    """Return the value as providers take it: for EC CMS has DER of two numbers instead."""
    if key.kind is not KeyKind.EC:
        return claim.value
    width = (key.bits + 7) // 8
    try:
        pair = algos.DSASignature.load(claim.value, strict=True)
        numbers = (pair["r"].native, pair["s"].native)
        if pair.dump(force=True) != claim.value:
            raise CmsRefused(CmsReason.VALUE, "not DER")
        return b"".join(number.to_bytes(width, "big") for number in numbers)
    except (ValueError, TypeError, OverflowError) as error:
        raise CmsRefused(CmsReason.VALUE, "not two numbers") from error


def check_content(
    claim: Claim, content: Iterable[bytes] | None, algorithm: Hash, providers: Providers
) -> None:
    """Hold the content against the digest of the signed attributes; raise CmsRefused."""
    if (content is None) is (claim.content is None):
        raise CmsRefused(CmsReason.CONTENT)
    pieces = content if claim.content is None else (claim.content,)
    if digest_of(pieces or (), algorithm, providers) != claim.digest:
        raise CmsRefused(CmsReason.DIGEST)


def digest_of(
    content: Iterable[bytes],
    algorithm: Hash,
    providers: Providers,
    kept: list[bytes] | None = None,
) -> bytes:
    """Return the digest of content in pieces, and keep them where they are wanted."""
    digester = providers.digester(algorithm)
    for piece in content:
        digester.update(piece)
        if kept is not None:
            kept.append(piece)
    return digester.digest()


def _attributes(
    digest: bytes, certificate: bytes, algorithm: Hash, providers: Providers, now: datetime | None
) -> cms.CMSAttributes:
    named = {
        "hash_algorithm": {"algorithm": algorithm.oid},
        "cert_hash": providers.digest(algorithm, certificate),
    }
    values = {
        cms_claim.CONTENT_TYPE: cms.ContentType(cms_claim.DATA),
        cms_claim.MESSAGE_DIGEST: core.OctetString(digest),
        cms_claim.SIGNING_CERTIFICATE_V2: tsp.SigningCertificateV2({"certs": [named]}),
    }
    if now is not None:
        moment = now.astimezone(UTC).replace(microsecond=0)
        values[cms_claim.SIGNING_TIME] = cms.Time({"utc_time": core.UTCTime(moment)})
    return cms.CMSAttributes([{"type": oid, "values": [one]} for oid, one in values.items()])


def _signed_data(
    certificate: bytes,
    scheme: Scheme,
    attributes: cms.CMSAttributes,
    value: bytes,
    content: bytes | None,
) -> bytes:
    own = x509.Certificate.load(certificate, strict=True)
    algorithm = {"algorithm": scheme.hash.oid}
    method = _RSA_KEY if scheme.kind is KeyKind.RSA else scheme.oid
    encapsulated: dict[str, object] = {"content_type": cms_claim.DATA}
    if content is not None:
        encapsulated["content"] = core.OctetString(content)
    place = {"issuer": own.issuer, "serial_number": own.serial_number}
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", place),
        "digest_algorithm": algorithm,
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": method},
        "signature": value,
    }
    data = {
        "version": "v1",
        "digest_algorithms": [algorithm],
        "encap_content_info": encapsulated,
        "certificates": [own],
        "signer_infos": [signer],
    }
    info = cms.ContentInfo({"content_type": cms_claim.SIGNED_DATA, "content": data})
    octets: bytes = info.dump()
    return octets
