"""Follows a certificate to an anchor of its contour; every signature goes through the providers.

Issuers are looked for among the contour's own authorities only: what a message brings along is
nobody's issuer. Revocation is another question (`gateway.security.revocation`), asked about the
chain that is found here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gateway.kernel.verdict import PASSED, Verdict, failed
from gateway.security.algorithms import KeyKind, Scheme
from gateway.security.certificates import Certificate
from gateway.security.errors import Reason
from gateway.security.provider import PublicKey

DEPTH = 4
"""Certificates in a chain, the first and the anchor included (row 57)."""

CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
_ANY_EXTENDED_USAGE = "2.5.29.37.0"
_SIGNS = frozenset({"digital_signature", "content_commitment"})


class Purpose(Enum):
    """What a participant's certificate is bound for."""

    MESSAGE = "MESSAGE"
    """Signs messages in the name of the organisation (ЭП-ОВ)."""
    ATTACHMENT = "ATTACHMENT"
    """Signs attachments in the name of an official (ЭП-СП)."""
    TLS = "TLS"
    """Opens the connection (mutual TLS)."""


@dataclass(frozen=True, slots=True)
class Path:
    """What was seen on the way from a certificate to an anchor."""

    verdict: Verdict
    reason: Reason | None
    """Why not; None when the chain holds."""
    chain: tuple[Certificate, ...]
    """From the certificate upwards, as far as it was followed; ends in the anchor if it holds."""

    @property
    def until(self) -> datetime:
        """When the first certificate of the chain ends."""
        return min(certificate.not_after for certificate in self.chain)


@dataclass(frozen=True, slots=True)
class Authorities:
    """The certification authorities of a contour."""

    anchors: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()


def find_path(
    certificate: Certificate, authorities: Authorities, at: datetime, purpose: Purpose
) -> Path:
    """Follow a participant's certificate; of several ways the first that holds is taken.

    When none holds, the one that came farthest tells why.
    """
    reason = _wrong_of_its_own(certificate, at) or _wrong_for(certificate, purpose)
    if reason is not None:
        return _refused(reason, (certificate,))
    return _climb((certificate,), authorities, at)


def is_signed_by(scheme: Scheme, octets: bytes, signature: bytes, key: PublicKey) -> bool:
    """Tell whether a signature as certificates, CRLs and OCSP answers carry it is the key's.

    Raises ProviderMissing when nobody installed does the scheme.
    """
    if scheme.kind is not key.kind:
        return False
    value = flat_pair(signature, key.bits) if scheme.kind is KeyKind.EC else signature
    return value is not None and key.verify(scheme, octets, value)


def _climb(chain: tuple[Certificate, ...], authorities: Authorities, at: datetime) -> Path:
    """Go one certificate up from the end of `chain`, on every way there is."""
    if chain[-1] in authorities.anchors:
        # The anchor itself was bound as a participant's certificate: nobody vouches for it.
        return _refused(Reason.CERTIFICATE_ISSUER_UNKNOWN, chain)
    if len(chain) == DEPTH:
        return _refused(Reason.CERTIFICATE_DEPTH, chain)
    farthest = _refused(Reason.CERTIFICATE_ISSUER_UNKNOWN, chain)
    for issuer in _issuers(chain[-1], (*authorities.anchors, *authorities.intermediates)):
        if issuer in chain:
            continue
        path = _step(chain, issuer, authorities, at)
        if path.reason is None:
            return path
        if len(path.chain) > len(farthest.chain):
            farthest = path
    return farthest


def _step(
    chain: tuple[Certificate, ...], issuer: Certificate, authorities: Authorities, at: datetime
) -> Path:
    longer = (*chain, issuer)
    reason = _wrong_of_its_own(issuer, at) or _wrong_as_issuer(issuer, chain)
    if reason is not None:
        return _refused(reason, longer)
    if issuer in authorities.anchors:
        return Path(PASSED, None, longer)
    return _climb(longer, authorities, at)


def _issuers(certificate: Certificate, candidates: Sequence[Certificate]) -> list[Certificate]:
    """Return those whose name the certificate gives, and whose key if it tells one."""
    return [
        candidate
        for candidate in candidates
        if candidate.subject_name == certificate.issuer_name
        and (
            certificate.authority_key_id is None
            or candidate.subject_key_id is None
            or candidate.subject_key_id == certificate.authority_key_id
        )
    ]


def _wrong_of_its_own(certificate: Certificate, at: datetime) -> Reason | None:
    if at < certificate.not_before:
        return Reason.CERTIFICATE_NOT_YET_VALID
    if at > certificate.not_after:
        return Reason.CERTIFICATE_EXPIRED
    if certificate.unknown_critical:
        return Reason.CERTIFICATE_EXTENSION
    return None


def _wrong_for(certificate: Certificate, purpose: Purpose) -> Reason | None:
    """Hold it against its purpose: a participant's certificate is nobody's authority."""
    usage = certificate.key_usage or frozenset()
    wanted = frozenset({"digital_signature"}) if purpose is Purpose.TLS else _SIGNS
    if certificate.is_ca or not usage & wanted:
        return Reason.CERTIFICATE_PURPOSE
    extended = certificate.extended_key_usage
    if purpose is Purpose.TLS and extended is not None:
        return None if extended & {CLIENT_AUTH, _ANY_EXTENDED_USAGE} else Reason.CERTIFICATE_PURPOSE
    return None


def _wrong_as_issuer(issuer: Certificate, chain: tuple[Certificate, ...]) -> Reason | None:
    below = chain[-1]
    if not issuer.is_ca or "key_cert_sign" not in (issuer.key_usage or ()):
        return Reason.CERTIFICATE_AUTHORITY
    between = sum(1 for certificate in chain[1:] if not certificate.is_self_issued)
    if issuer.path_length is not None and between > issuer.path_length:
        return Reason.CERTIFICATE_AUTHORITY
    if not is_signed_by(below.scheme, below.signed, below.signature, issuer.public_key):
        return Reason.CERTIFICATE_SIGNATURE
    return None


def _refused(reason: Reason, chain: tuple[Certificate, ...]) -> Path:
    return Path(failed(reason.sentence, chain[-1].told), reason, chain)


def flat_pair(signature: bytes, bits: int) -> bytes | None:
    """Return `r || s` of fixed width; None when a signature (DER) is no pair of such numbers."""
    width = (bits + 7) // 8
    try:
        r, s = decode_dss_signature(signature)
        return r.to_bytes(width) + s.to_bytes(width)
    except (ValueError, OverflowError):
        return None
