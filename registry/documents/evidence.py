"""Decides whether a party has signed: by a detached signature of the files, or on paper (H-44).

Outside nobody learns more than SIGNATURE_INVALID; the exact reason is in the exception, for the
journal and the operator.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gateway.documents import FileFormat
from gateway.kernel.message import Contour
from gateway.security import cms
from gateway.security.certificates import CertificateReader
from gateway.security.cms import SignedContent
from gateway.security.errors import CmsReason, CmsRefused, Reason, SignatureRefused
from gateway.security.keys import KeyCache
from gateway.security.path import Purpose
from gateway.security.policy import Policy
from gateway.security.provider import Providers
from gateway.security.trust import CertificateOfOtherContour, Trust
from registry.documents import errors
from registry.documents.values import Cms, Scan, SignatureKind

MOST_SCAN_OCTETS = 20 * 1024 * 1024
ON_PAPER = "подписано на бумаге, скан приложен"
_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\0", b"MM\0*"),
}
SCAN_TYPES = tuple(_BEGINNINGS)
_OFFICIALS = (Purpose.ATTACHMENT, Purpose.MESSAGE)
"""An official's certificate (ЭП-СП) signs documents, and the organisation's own (ЭП-ОВ) may."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a party's signature was found to be."""

    kind: SignatureKind
    verdict: str
    certificate: str | None = None
    """Thumbprint."""
    cms: Mapping[FileFormat, bytes] = field(default_factory=dict)
    """The signatures (DER) by the file each is over."""


@dataclass(frozen=True, slots=True)
class Own:
    """The hub's own certificates: no participant vouches for them, the hub holds their keys."""

    participant: str
    thumbprints: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignatureChecker:
    """Whose signatures are believed under documents: those of one contour's certificates."""

    contour: Contour
    policy: Policy
    trust: Trust
    providers: Providers
    keys: KeyCache
    reader: CertificateReader
    own: Own | None = None

    def check(
        self, given: Cms, files: Mapping[FileFormat, bytes], participant: str, now: datetime
    ) -> Accepted:
        """Hold signatures against the fixed files and the party's certificates.

        All must be of one certificate, each over another file. Raise DocumentSignatureInvalid.
        """
        try:
            return self._check(given, files, participant, now)
        except (CmsRefused, SignatureRefused, CertificateOfOtherContour) as refused:
            raise errors.DocumentSignatureInvalid.of(refused) from refused

    def _check(
        self, given: Cms, files: Mapping[FileFormat, bytes], participant: str, now: datetime
    ) -> Accepted:
        proven: dict[FileFormat, bytes] = {}
        certificates: dict[bytes, SignedContent] = {}
        for one in given.signatures:
            octets = cms.from_text(one)
            file_format, signed = find_file(octets, files, self.policy, self.providers, self.keys)
            if file_format in proven:
                raise CmsRefused(CmsReason.SIGNERS, f"two signatures of {file_format.name}")
            proven[file_format] = octets
            certificates[signed.certificate] = signed
        if len(certificates) != 1:
            raise CmsRefused(CmsReason.SIGNERS, f"{len(certificates)} certificates")
        (signed,) = certificates.values()
        notes = self._notes_of_trust(signed.certificate, participant, now)
        told = ", ".join(one.name for one in files if one in proven)
        return Accepted(
            kind=SignatureKind.CMS,
            verdict="; ".join((f"электронная подпись подтверждена: {told}", *notes)),
            certificate=hashlib.sha256(signed.certificate).hexdigest(),
            cms=proven,
        )

    def _notes_of_trust(
        self, certificate: bytes, participant: str, now: datetime
    ) -> tuple[str, ...]:
        if self.own is not None and participant == self.own.participant:
            thumbprint = hashlib.sha256(certificate).hexdigest()
            if thumbprint in self.own.thumbprints:
                return self._notes_of_own(certificate, now)
        for purpose in _OFFICIALS:
            try:
                return self.trust.check(certificate, self.contour, purpose, now, participant).notes
            except SignatureRefused as refused:
                if refused.reason is not Reason.CERTIFICATE_PURPOSE or purpose is _OFFICIALS[-1]:
                    raise
        raise AssertionError(_OFFICIALS)

    def _notes_of_own(self, certificate: bytes, now: datetime) -> tuple[str, ...]:
        read = self.reader.read(certificate)
        if not read.not_before <= now <= read.not_after:
            raise SignatureRefused(Reason.CERTIFICATE_EXPIRED, read.told)
        return ("ключ узла",)


def find_file(
    octets: bytes,
    files: Mapping[FileFormat, bytes],
    policy: Policy,
    providers: Providers,
    keys: KeyCache,
) -> tuple[FileFormat, SignedContent]:
    """Return which file a detached signature (DER) is over; raise CmsRefused."""
    for file_format, content in files.items():
        try:
            return file_format, cms.verify(octets, [content], policy, providers, keys)
        except CmsRefused as refused:
            if refused.reason is not CmsReason.DIGEST:
                raise
    raise CmsRefused(CmsReason.DIGEST, "none of the document's files")


def read_scan(octets: bytes) -> Scan:
    """Tell the kind of a scan by its beginning; raise ScanRefused."""
    for media_type, beginnings in _BEGINNINGS.items():
        if octets.startswith(beginnings):
            return Scan(octets, media_type)
    raise errors.ScanRefused


def check_scan(scan: Scan) -> Accepted:
    """Look at the kind and the size of a scan; raise ScanRefused.

    Whether the paper in it is signed, the operator looks at before the document is registered.
    """
    beginnings = _BEGINNINGS.get(scan.media_type)
    if beginnings is None:
        raise errors.ScanRefused(f"Скан вида {scan.media_type[:100]} не принимается.")
    if not scan.octets.startswith(beginnings):
        raise errors.ScanRefused(f"Содержимое скана не {scan.media_type}.")
    if len(scan.octets) > MOST_SCAN_OCTETS:
        raise errors.ScanRefused(f"Скан больше {MOST_SCAN_OCTETS // 1024**2} МиБ.")
    return Accepted(SignatureKind.SCAN, ON_PAPER)
