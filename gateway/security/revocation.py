"""Whether an issuer has taken a certificate back: CRLs, OCSP answers, and what they weigh.

Nothing here goes to the network on a message's way. What the responders said is fetched in the
background, proven (signature by the issuer or its responder, freshness), kept, and judged by the
policy of the contour when a chain is checked.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from gateway.security import asn1
from gateway.security.certificates import (
    Certificate,
    CertificateReader,
    CertificateUnusable,
    scheme_named,
)
from gateway.security.errors import Reason
from gateway.security.path import is_signed_by

SKEW = timedelta(minutes=5)
"""How far a responder's clock may run ahead of ours."""
AGE = timedelta(hours=24)
"""How long an answer serves that does not say itself until when."""

OCSP_REQUEST = "application/ocsp-request"
_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


class RevocationPolicy(Enum):
    """What a contour does when no fresh answer is known."""

    SOFT = "soft"
    """Accept and note it."""
    HARD = "hard"
    """Refuse as certificate.revocation-unknown."""


class Status(Enum):
    """What an issuer says of a certificate."""

    GOOD = "GOOD"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one certificate, proven."""

    source: str
    """CRL or OCSP."""
    status: Status
    this_update: datetime
    next_update: datetime
    """Until when it serves."""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What all answers together mean under a policy."""

    reason: Reason | None
    """REVOKED, REVOCATION_UNKNOWN, or None."""
    note: str | None = None
    """What an operator should know of an accepted certificate."""
    until: datetime | None = None
    """When the freshest answer ends."""


class EvidenceUnusable(Exception):
    """A CRL or an OCSP answer proves nothing; the message says why, in Russian."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a responder; the address is one that the registry names."""

    address: str
    body: bytes | None = None
    """Sent by POST; None means GET."""
    media_type: str = ""


class Unreachable(Exception):
    """A responder did not answer, or not as it should; the message says why."""


Fetch = Callable[[Request], bytes]
"""Asks a responder; raises Unreachable."""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A CRL that its issuer has signed."""

    this_update: datetime
    next_update: datetime
    octets: bytes = field(repr=False)
    _parsed: x509.CertificateRevocationList = field(repr=False)
    _scope: x509.IssuingDistributionPoint | None = field(repr=False)
    _told: dict[int, Answer] = field(default_factory=dict, repr=False)
    """Answers by serial number: a list is searched from its beginning, 8 ms in 100,000 entries."""

    def __len__(self) -> int:
        """Count the revoked certificates."""
        return len(self._parsed)

    def answer(self, certificate: Certificate) -> Answer | None:
        """Tell of a certificate of the same issuer; None when the list does not reach it."""
        if not _reaches(self._scope, certificate):
            return None
        told = self._told.get(certificate.serial)
        if told is None:
            told = self._told[certificate.serial] = self._look_up(certificate.serial)
        return told

    def _look_up(self, serial: int) -> Answer:
        entry = self._parsed.get_revoked_certificate_by_serial_number(serial)
        return Answer(
            "CRL",
            Status.GOOD if entry is None else Status.REVOKED,
            self.this_update,
            self.next_update,
            None if entry is None else entry.revocation_date_utc,
        )


def judge(answers: Sequence[Answer], policy: RevocationPolicy, at: datetime) -> Standing:
    """Weigh what is known of one certificate.

    A revocation holds however old the answer is; the absence of one only while it is fresh.
    """
    for answer in answers:
        if answer.status is Status.REVOKED and (
            answer.revoked_at is None or answer.revoked_at <= at
        ):
            return Standing(Reason.CERTIFICATE_REVOKED)
    fresh = [answer.next_update for answer in answers if at < answer.next_update]
    if fresh:
        return Standing(None, until=max(fresh))
    if policy is RevocationPolicy.HARD:
        return Standing(Reason.CERTIFICATE_REVOCATION_UNKNOWN)
    return Standing(None, note=_unchecked(answers))


def read_crl(octets: bytes, issuer: Certificate, at: datetime) -> RevocationList:
    """Prove a CRL (DER or PEM) of `issuer`; raise EvidenceUnusable."""
    try:
        parsed = _load_crl(octets)
        name = _issuer_of(parsed)
        scope = _scope(parsed.extensions)
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise EvidenceUnusable(f"СОС не читается: {error}") from error
    if name != issuer.subject_name:
        raise EvidenceUnusable("СОС выпущен другим издателем.")
    if "crl_sign" not in (issuer.key_usage or ()):
        raise EvidenceUnusable("Издатель не вправе подписывать СОС.")
    oid = parsed.signature_algorithm_oid.dotted_string
    _prove(issuer, oid, parsed.tbs_certlist_bytes, parsed.signature)
    this_update = parsed.last_update_utc
    _check_not_ahead(this_update, at)
    return RevocationList(
        this_update=this_update,
        next_update=parsed.next_update_utc or this_update + AGE,
        octets=parsed.public_bytes(Encoding.DER),
        _parsed=parsed,
        _scope=scope,
    )


def ocsp_request(certificate: Certificate, issuer: Certificate, address: str) -> Request:
    """Ask the responder at `address` about one certificate.

    No nonce: answers are kept for hours anyway, and most responders sign them in advance.
    """
    name_hash, key_hash = _issuer_hashes(issuer, "sha1")
    # SHA-1 names the issuer here and protects nothing; every responder knows it (RFC 5019).
    builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        name_hash,
        key_hash,
        certificate.serial,
        hashes.SHA1(),  # noqa: S303 -- see above
    )
    return Request(address, builder.build().public_bytes(Encoding.DER), OCSP_REQUEST)


def read_ocsp(
    octets: bytes,
    certificate: Certificate,
    issuer: Certificate,
    at: datetime,
    reader: CertificateReader,
) -> Answer:
    """Prove an OCSP answer about `certificate`; raise EvidenceUnusable."""
    try:
        response = ocsp.load_der_ocsp_response(octets)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise EvidenceUnusable(f"Ответ OCSP: {response.response_status.name}.")
        _prove_response(response, issuer, at, reader)
        single = _single(response, certificate, issuer)
    except ValueError as error:
        raise EvidenceUnusable(f"Ответ OCSP не читается: {error}") from error
    this_update = single.this_update_utc
    _check_not_ahead(this_update, at)
    if single.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        raise EvidenceUnusable("Служба OCSP не знает этого сертификата.")
    revoked = single.certificate_status is ocsp.OCSPCertStatus.REVOKED
    return Answer(
        "OCSP",
        Status.REVOKED if revoked else Status.GOOD,
        this_update,
        single.next_update_utc or this_update + AGE,
        single.revocation_time_utc if revoked else None,
    )


def _unchecked(answers: Sequence[Answer]) -> str:
    if not answers:
        return "Отзыв не проверен: ответов издателя нет."
    latest = max(answer.next_update for answer in answers)
    return f"Отзыв не проверен: последний ответ издателя устарел {latest:%d.%m.%Y %H:%M} UTC."


def _load_crl(octets: bytes) -> x509.CertificateRevocationList:
    if octets.lstrip().startswith(b"-----"):
        return x509.load_pem_x509_crl(octets)
    return x509.load_der_x509_crl(octets)


def _issuer_of(crl: x509.CertificateRevocationList) -> bytes:
    """Return the DER of the issuer's name (RFC 5280, 5.1)."""
    fields = asn1.read(crl.tbs_certlist_bytes).parts()
    has_version = fields[0].tag == asn1.INTEGER
    return fields[2 if has_version else 1].encoded


def _scope(extensions: x509.Extensions) -> x509.IssuingDistributionPoint | None:
    """Return what narrows the list; a delta or an indirect list is none that stands alone."""
    scope = None
    for item in extensions:
        if isinstance(item.value, x509.IssuingDistributionPoint):
            scope = item.value
            if scope.indirect_crl or scope.only_some_reasons or scope.only_contains_attribute_certs:
                raise ValueError("indirect or partial list")
        elif item.critical:
            raise ValueError(f"critical extension {item.oid.dotted_string}")
    return scope


def _reaches(scope: x509.IssuingDistributionPoint | None, certificate: Certificate) -> bool:
    if scope is None:
        return True
    if scope.only_contains_ca_certs and not certificate.is_ca:
        return False
    if scope.only_contains_user_certs and certificate.is_ca:
        return False
    names = {
        name.value
        for name in scope.full_name or ()
        if isinstance(name, x509.UniformResourceIdentifier)
    }
    # A list of one distribution point tells only of the certificates that name the point.
    return not names or bool(names & set(certificate.crl_addresses))


def _prove(signer: Certificate, oid: str, octets: bytes, signature: bytes) -> None:
    if not _is_by(signer, oid, octets, signature):
        raise EvidenceUnusable("Подпись под ответом издателя не подтверждена.")


def _is_by(signer: Certificate, oid: str, octets: bytes, signature: bytes) -> bool:
    try:
        scheme = scheme_named(oid)
    except CertificateUnusable as error:
        raise EvidenceUnusable(f"Алгоритм подписи {oid} не допущен.") from error
    return is_signed_by(scheme, octets, signature, signer.public_key)


def _check_not_ahead(this_update: datetime, at: datetime) -> None:
    if this_update > at + SKEW:
        raise EvidenceUnusable("Ответ издателя помечен будущим временем.")


def _prove_response(
    response: ocsp.OCSPResponse, issuer: Certificate, at: datetime, reader: CertificateReader
) -> None:
    """Require the signature of the issuer or of a responder whom it has named (RFC 6960)."""
    oid = response.signature_algorithm_oid.dotted_string
    signers = [issuer, *_responders(response, issuer, at, reader)]
    if not any(
        _is_by(signer, oid, response.tbs_response_bytes, response.signature) for signer in signers
    ):
        raise EvidenceUnusable("Подпись под ответом OCSP не подтверждена.")


def _responders(
    response: ocsp.OCSPResponse, issuer: Certificate, at: datetime, reader: CertificateReader
) -> list[Certificate]:
    found = []
    for brought in response.certificates:
        try:
            responder = reader.read(brought.public_bytes(Encoding.DER))
        except CertificateUnusable:
            continue  # cannot be the one; when none can, the answer is refused
        named = (
            responder.issuer_name == issuer.subject_name
            and _OCSP_SIGNING in (responder.extended_key_usage or ())
            and responder.not_before <= at <= responder.not_after
            and not responder.unknown_critical
        )
        if named and is_signed_by(
            responder.scheme, responder.signed, responder.signature, issuer.public_key
        ):
            found.append(responder)
    return found


def _single(
    response: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate
) -> ocsp.OCSPSingleResponse:
    for single in response.responses:
        name = single.hash_algorithm.name
        if (
            name in _HASHES
            and single.serial_number == certificate.serial
            and (single.issuer_name_hash, single.issuer_key_hash) == _issuer_hashes(issuer, name)
        ):
            return single
    raise EvidenceUnusable("Ответ OCSP говорит о другом сертификате.")


def _issuer_hashes(issuer: Certificate, algorithm: str) -> tuple[bytes, bytes]:
    """Name the issuer as RFC 6960 does: digests of its name and of the bits of its key."""
    digest = _HASHES[algorithm]
    _, bits = asn1.read(issuer.public_key_info).parts()
    return digest(issuer.subject_name).digest(), digest(bits.bits).digest()
