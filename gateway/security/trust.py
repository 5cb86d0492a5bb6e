"""Who stands behind a certificate: bound in the registry, issued by the contour's authorities.

A certificate is believed when its very octets are bound to one participant in this contour for
this purpose (rows 54 and 56), a chain leads from it to an anchor of the contour, and nothing of
the chain is revoked. A chain once checked is remembered, so that a message costs a digest and two
look-ups.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from gateway.kernel.errors import NotAllowedInContour
from gateway.kernel.message import Contour
from gateway.security.certificates import Certificate, CertificateReader, CertificateUnusable
from gateway.security.errors import Reason, SignatureRefused
from gateway.security.path import Authorities, Path, Purpose, find_path
from gateway.security.revocation import Answer, RevocationPolicy, Standing, judge

REMEMBERED = timedelta(minutes=5)
"""How long a checked chain serves at most; a change of the registry ends it at once."""

log = logging.getLogger(__name__)


class CertificateOfOtherContour(NotAllowedInContour):
    """The signer's certificate is registered in the other contour (GW-08)."""

    def __init__(self, note: str = "") -> None:
        """Refuse; `note` tells the operator which certificate."""
        super().__init__()
        self.reason = Reason.CERTIFICATE_OTHER_CONTOUR
        self.note = note[:200]

    def __str__(self) -> str:
        """Return the code and the note, as the journal and the log show them."""
        return f"{self.reason.code}: {self.note}"

    @property
    def told_inside(self) -> str:
        """The same, for the journal."""
        return str(self)


class Role(Enum):
    """What an authority is to a contour."""

    ANCHOR = "ANCHOR"
    """Believed because the operator says so."""
    INTERMEDIATE = "INTERMEDIATE"
    """Known, so that chains can be followed; believed only through an anchor."""


@dataclass(frozen=True, slots=True)
class BoundCertificate:
    """A certificate as the participant registry knows it, in one contour."""

    participant: str
    contour: Contour
    purpose: Purpose
    thumbprint: str
    der: bytes = field(repr=False)
    ended_at: datetime | None = None
    revoked: str | None = None
    """Why the operator revoked it; an ended one that was only replaced has none."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A certification authority of a contour, with the only addresses that it is asked at."""

    contour: Contour
    role: Role
    thumbprint: str
    der: bytes = field(repr=False)
    crl_address: str | None = None
    ocsp_address: str | None = None


@dataclass(frozen=True, slots=True)
class Bindings:
    """All that one version of the registry says about certificates."""

    version: int
    certificates: Mapping[Contour, Mapping[str, BoundCertificate]]
    """By thumbprint; those that have ended are here too, so that a refusal can tell it."""
    authorities: Mapping[Contour, Sequence[Authority]]


class Evidence(Protocol):
    """What issuers are known to have said."""

    def answers(self, certificate: Certificate, issuer: Certificate) -> Sequence[Answer]:
        """Return the kept answers about `certificate`; raise TemporaryUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Trusted:
    """Who signed, and what an operator may want to know about it."""

    participant: str
    certificate: Certificate
    chain: tuple[Certificate, ...]
    """From the certificate to the anchor."""
    notes: tuple[str, ...] = ()
    """Such as an unchecked revocation under the SOFT policy."""


class Trust:
    """The hub's belief in certificates; safe for many threads."""

    def __init__(
        self,
        bindings: Callable[[], Bindings],
        reader: CertificateReader,
        evidence: Evidence,
        policies: Mapping[Contour, RevocationPolicy],
    ) -> None:
        """`bindings` tells what the registry says now, from memory."""
        self._bindings = bindings
        self._reader = reader
        self._evidence = evidence
        self._policies = policies
        self._remembered = _Remembered(-1)

    def check(
        self,
        octets: bytes,
        contour: Contour,
        purpose: Purpose,
        at: datetime,
        participant: str | None = None,
    ) -> Trusted:
        """Return who stands behind the certificate (DER) at the moment `at`.

        With `participant` the certificate has to be that one's. Raises SignatureRefused with
        the exact reason (SEC-07), CertificateOfOtherContour (GW-08), TemporaryUnavailable, and
        ProviderMissing when the hub is set up without the algorithm.
        """
        bindings = self._bindings()
        thumbprint = hashlib.sha256(octets).hexdigest()
        bound = _bound(bindings, thumbprint, contour, at)
        if participant is not None and bound.participant != participant:
            raise SignatureRefused(Reason.CERTIFICATE_OTHER_PARTICIPANT, _told(bound))
        if bound.purpose is not purpose:
            raise SignatureRefused(Reason.CERTIFICATE_PURPOSE, _told(bound))
        checked = self._checked(bindings, bound, octets, at)
        if checked.trusted is None:
            raise SignatureRefused(checked.reason, checked.note)
        return checked.trusted

    def authorities(self, contour: Contour) -> Authorities:
        """Return the readable authorities of a contour."""
        return self._current(self._bindings()).authorities[contour]

    def _checked(
        self, bindings: Bindings, bound: BoundCertificate, octets: bytes, at: datetime
    ) -> "_Checked":
        remembered = self._current(bindings)
        key = (bound.contour, bound.thumbprint)
        checked = remembered.chains.get(key)
        if checked is None or not checked.since <= at < checked.until:
            checked = remembered.chains[key] = self._follow(remembered, bound, octets, at)
        return checked

    def _current(self, bindings: Bindings) -> "_Remembered":
        remembered = self._remembered
        if remembered.version != bindings.version:
            remembered = self._remembered = _Remembered(
                bindings.version,
                {
                    contour: read_authorities(bindings.authorities.get(contour, ()), self._reader)
                    for contour in Contour
                },
            )
        return remembered

    def _follow(
        self, remembered: "_Remembered", bound: BoundCertificate, octets: bytes, at: datetime
    ) -> "_Checked":
        until = at + REMEMBERED
        try:
            certificate = self._reader.read(octets)
        except CertificateUnusable as error:
            return _Checked(at, until, error.reason, error.note)
        path = find_path(certificate, remembered.authorities[bound.contour], at, bound.purpose)
        if path.reason is not None:
            return _Checked(at, until, path.reason, path.verdict.where or "")
        standings = self._standings(path, self._policies[bound.contour], at)
        ends = [path.until, *(one.until for one in standings if one.until is not None)]
        for standing, one in zip(standings, path.chain, strict=False):
            if standing.reason is not None:
                return _Checked(at, until, standing.reason, one.told)
        notes = tuple(one.note for one in standings if one.note is not None)
        trusted = Trusted(bound.participant, certificate, path.chain, notes)
        return _Checked(at, min(until, *ends), trusted=trusted)

    def _standings(self, path: Path, policy: RevocationPolicy, at: datetime) -> list[Standing]:
        """Judge every certificate of the chain but the anchor."""
        return [
            judge(self._evidence.answers(certificate, issuer), policy, at)
            for certificate, issuer in zip(path.chain, path.chain[1:], strict=False)
        ]


def read_authorities(authorities: Sequence[Authority], reader: CertificateReader) -> Authorities:
    """Read the certificates of authorities; one that cannot be read is logged and left out."""
    found: dict[Role, list[Certificate]] = {role: [] for role in Role}
    for authority in authorities:
        try:
            found[authority.role].append(reader.read(authority.der))
        except CertificateUnusable as error:
            # Such as a GOST authority where no GOST provider is installed.
            log.warning("authority %s is left out: %s", authority.thumbprint, error)
    return Authorities(tuple(found[Role.ANCHOR]), tuple(found[Role.INTERMEDIATE]))


@dataclass(frozen=True, slots=True)
class _Checked:
    """A chain as it was seen, and while it may be taken for the same."""

    since: datetime
    until: datetime
    reason: Reason = Reason.CERTIFICATE_UNKNOWN
    note: str = ""
    trusted: Trusted | None = None


@dataclass(slots=True)
class _Remembered:
    """What was derived from one version of the registry."""

    version: int
    authorities: Mapping[Contour, Authorities] = field(default_factory=dict)
    chains: dict[tuple[Contour, str], _Checked] = field(default_factory=dict)


def _bound(bindings: Bindings, thumbprint: str, contour: Contour, at: datetime) -> BoundCertificate:
    bound = bindings.certificates[contour].get(thumbprint)
    if bound is None:
        for other in bindings.certificates.values():
            if thumbprint in other:
                raise CertificateOfOtherContour(_told(other[thumbprint]))
        raise SignatureRefused(Reason.CERTIFICATE_UNKNOWN, thumbprint)
    if bound.ended_at is not None and bound.ended_at <= at:
        reason = Reason.CERTIFICATE_ENDED if bound.revoked is None else Reason.CERTIFICATE_REVOKED
        raise SignatureRefused(reason, _told(bound))
    return bound


def _told(bound: BoundCertificate) -> str:
    return f"{bound.participant}, {bound.contour.value}, {bound.purpose.value}, {bound.thumbprint}"
