"""What the operator is shown of certificates and authorities, read from the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gateway.kernel.message import Contour
from gateway.security.path import Purpose
from gateway.security.trust import Role
from gateway.storage.database import Database, Transaction
from registry import errors, models
from registry.calendar import local_date

LEAST_PREFIX = 6
"""Digits of a thumbprint that an operator has to type."""


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One certificate in the list."""

    participant: str
    contour: Contour
    purpose: Purpose
    thumbprint: str
    subject: str
    issuer: str
    serial: str
    inn: str | None
    ogrn: str | None
    not_before: datetime
    not_after: datetime
    vouched_by: str | None
    """Thumbprint of the predecessor that has signed the enrolment."""
    created_at: datetime
    ended_at: datetime | None
    revoked: str | None
    der: bytes

    def days_left(self, today: date) -> int:
        """Count local days to the end; negative when it has passed."""
        return (local_date(self.not_after) - today).days


@dataclass(frozen=True, slots=True)
class Said:
    """What an issuer has said, and when it was asked; None stands for never."""

    source: str
    """CRL or OCSP."""
    status: str
    this_update: datetime
    next_update: datetime
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """One authority of a contour."""

    contour: Contour
    role: Role
    thumbprint: str
    subject: str
    not_after: datetime
    crl_address: str | None
    ocsp_address: str | None
    ended_at: datetime | None
    listed: Said | None
    """The kept CRL."""
    failure: str | None
    """Why the last question to it failed."""


def list_certificates(
    database: Database, participant: str | None = None, *, ended: bool = False
) -> list[CertificateLine]:
    """Return certificates, those that end first on top."""
    table = models.certificate
    query = sa.select(table).order_by(table.c.not_after, table.c.id)
    if participant is not None:
        query = query.where(table.c.participant == participant)
    if not ended:
        query = query.where(table.c.ended_at.is_(None))
    with database.reading() as transaction:
        return [_line(row) for row in transaction.execute(query)]


def find_certificate(
    database: Database, thumbprint: str, contour: Contour | None = None
) -> CertificateLine:
    """Return the certificate by the beginning of its thumbprint; a live one before ended ones.

    Raises CertificateUnknown when there is none, or several.
    """
    wanted = _prefix(thumbprint)
    table = models.certificate
    query = (
        sa.select(table)
        .where(table.c.thumbprint.startswith(wanted, autoescape=True))
        .order_by(table.c.ended_at.is_not(None), table.c.id.desc())
    )
    if contour is not None:
        query = query.where(table.c.contour == contour.value)
    with database.reading() as transaction:
        rows = [_line(row) for row in transaction.execute(query)]
    _check_one([row.thumbprint for row in rows], wanted)
    return rows[0]


def answers_about(database: Database, thumbprint: str) -> list[Said]:
    """Return what responders have said about one certificate."""
    table = models.revocation_answer
    query = sa.select(table).where(table.c.thumbprint == thumbprint).order_by(table.c.fetched_at)
    with database.reading() as transaction:
        return [_said("OCSP", row.status, row) for row in transaction.execute(query)]


def list_authorities(database: Database, *, ended: bool = False) -> list[AuthorityLine]:
    """Return the authorities by contour, with what their lists say."""
    table = models.authority
    query = sa.select(table).order_by(table.c.contour, table.c.role, table.c.id)
    if not ended:
        query = query.where(table.c.ended_at.is_(None))
    with database.reading() as transaction:
        return [_authority(transaction, row) for row in transaction.execute(query).all()]


def find_authority(database: Database, contour: Contour, thumbprint: str) -> AuthorityLine:
    """Return an authority in force by the beginning of its thumbprint; raise CertificateUnknown."""
    wanted = _prefix(thumbprint)
    found = [
        line
        for line in list_authorities(database)
        if line.contour is contour and line.thumbprint.startswith(wanted)
    ]
    _check_one([line.thumbprint for line in found], wanted)
    return found[0]


def authority_der(database: Database, thumbprint: str) -> bytes:
    """Return the certificate of an authority of any contour; raise CertificateUnknown."""
    table = models.authority
    query = sa.select(table.c.der).where(table.c.thumbprint == thumbprint)
    with database.reading() as transaction:
        octets: bytes | None = transaction.execute(query).scalar()
    if octets is None:
        raise errors.CertificateUnknown
    return octets


def _prefix(thumbprint: str) -> str:
    wanted = thumbprint.replace(":", "").lower()
    if len(wanted) < LEAST_PREFIX:
        raise errors.CertificateUnknown(f"Нужно не меньше {LEAST_PREFIX} знаков отпечатка.")
    return wanted


def _check_one(thumbprints: Sequence[str], wanted: str) -> None:
    if not thumbprints:
        raise errors.CertificateUnknown(f"Сертификата {wanted} нет.")
    if len(set(thumbprints)) > 1:
        raise errors.CertificateUnknown(f"Так начинаются несколько отпечатков: {wanted}.")


def _line(row: Any) -> CertificateLine:  # noqa: ANN401 -- a row of the certificate table
    return CertificateLine(
        participant=row.participant,
        contour=Contour(row.contour),
        purpose=Purpose(row.purpose),
        thumbprint=row.thumbprint,
        subject=row.subject,
        issuer=row.issuer,
        serial=row.serial,
        inn=row.inn,
        ogrn=row.ogrn,
        not_before=row.not_before,
        not_after=row.not_after,
        vouched_by=row.vouched_by,
        created_at=row.created_at,
        ended_at=row.ended_at,
        revoked=row.revoked,
        der=row.der,
    )


def _authority(transaction: Transaction, row: Any) -> AuthorityLine:  # noqa: ANN401 -- a row
    listed, attempt = models.revocation_list, models.revocation_attempt
    kept = transaction.execute(
        sa.select(listed.c.this_update, listed.c.next_update, listed.c.fetched_at).where(
            listed.c.issuer == row.thumbprint
        )
    ).one_or_none()
    failures = transaction.execute(
        sa.select(attempt.c.failure)
        .where(
            attempt.c.address.in_([row.crl_address, row.ocsp_address]),
            attempt.c.failure.is_not(None),
        )
        .order_by(attempt.c.tried_at.desc())
    ).scalars()
    return AuthorityLine(
        contour=Contour(row.contour),
        role=Role(row.role),
        thumbprint=row.thumbprint,
        subject=row.subject,
        not_after=row.not_after,
        crl_address=row.crl_address,
        ocsp_address=row.ocsp_address,
        ended_at=row.ended_at,
        listed=None if kept is None else _said("CRL", "", kept),
        failure=next(iter(failures), None),
    )


def _said(source: str, status: str, row: Any) -> Said:  # noqa: ANN401 -- a row of either table
    return Said(source, status, row.this_update, row.next_update, row.fetched_at)
