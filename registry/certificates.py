"""Changes of certificates and authorities: what `hub certificate` does.

Nothing is deleted: what ends gets the moment of its end, and every change leaves a row in the
change log (SEC-13). A certificate is held against its contour before it is bound, so that an
operator learns of a mistake at once and not from the participant.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gateway.kernel.message import Contour
from gateway.kernel.ports import Clock
from gateway.security.certificates import Certificate, CertificateReader, CertificateUnusable
from gateway.security.errors import Reason
from gateway.security.issuing import TEST_AUTHORITY_NAME
from gateway.security.path import Path, Purpose, find_path
from gateway.security.revocation import RevocationPolicy, judge
from gateway.security.trust import Role, read_authorities
from gateway.storage.database import Database
from registry import bindings, errors, models
from registry.change import Change, changing, changing_common
from registry.evidence import KeptEvidence

MOST_LIVE = 4
"""Live certificates of a participant for one purpose in one contour that rotation may make."""

_INN_OF_ORGANIZATION = 10


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an authority is asked about revocation; it is asked nowhere else."""

    crl: str | None = None
    ocsp: str | None = None


class CertificateRegistrar:
    """Changes certificates and authorities in the name of `actor`."""

    def __init__(
        self, database: Database, clock: Clock, actor: str, reader: CertificateReader
    ) -> None:
        """`actor` is the operator's name as the change log shall tell it."""
        self._database = database
        self._clock = clock
        self._actor = actor
        self._reader = reader

    def add(self, code: str, contour: Contour, purpose: Purpose, octets: bytes) -> Certificate:
        """Bind a certificate (DER or PEM) to a participant (SEC-07).

        Raises CertificateRefused, ParticipantUnknown, NothingToChange.
        """
        certificate = self._read(octets)
        self._check_trusted(certificate, contour, purpose)
        with changing(self._database, self._clock(), self._actor, code) as change:
            _check_inn(change.inn, certificate, purpose)
            _check_free(change, code, contour, purpose, certificate)
            _bind(change, code, contour, purpose, certificate)
        return certificate

    def enrol_successor(self, octets: bytes, contour: Contour, predecessor: str) -> Certificate:
        """Bind the successor of a certificate that its owner has sent, signed by the predecessor.

        `predecessor` is the thumbprint that signed the message, which `Trust.check` has believed at
        this moment. The successor is of the same organisation (INN and OGRN) and the same
        authority, ends later, and serves the same participant for the same purpose; both are live
        until the older one ends. Anything else is the operator's business. Raises
        CertificateRefused, CertificateUnknown, NothingToChange.
        """
        successor = self._read(octets)
        old = self._live(contour, predecessor)
        purpose = Purpose(old["purpose"])
        self._check_trusted(self._read(old["der"]), contour, purpose)
        self._check_trusted(successor, contour, purpose)
        _check_succession(self._read(old["der"]), successor)
        code = old["participant"]
        with changing(self._database, self._clock(), code, code) as change:
            if _open_row(change, contour, predecessor) is None:
                raise errors.CertificateUnknown(f"Сертификат {predecessor} больше не действует.")
            _check_free(change, code, contour, purpose, successor)
            _check_not_too_many(change, code, contour, purpose)
            _bind(change, code, contour, purpose, successor, vouched_by=predecessor)
        return successor

    def end(self, contour: Contour, thumbprint: str) -> None:
        """End a certificate that was replaced; raise CertificateUnknown."""
        self._finish(contour, thumbprint, None)

    def revoke(self, contour: Contour, thumbprint: str, reason: str) -> None:
        """Refuse a certificate from now on and for ever, whatever its issuer says."""
        self._finish(contour, thumbprint, reason)

    def add_authority(
        self, contour: Contour, role: Role, octets: bytes, addresses: Addresses
    ) -> Certificate:
        """Enter an authority of a contour, or give one that is there other addresses.

        Raises CertificateRefused and NothingToChange. The test authority of this program never
        enters production (GW-08).
        """
        certificate = self._read(octets)
        _check_authority(certificate, self._clock())
        with changing_common(self._database, self._clock(), self._actor) as change:
            if contour is Contour.PROD and self._is_test_authority(change, certificate):
                raise errors.CertificateRefused(
                    "Тестовый удостоверяющий центр узла в продуктивный контур не вносится."
                )
            _enter_authority(change, contour, role, certificate, addresses)
        return certificate

    def end_authority(self, contour: Contour, thumbprint: str) -> None:
        """Take an authority out of a contour; raise NothingToChange if it is not in it."""
        with changing_common(self._database, self._clock(), self._actor) as change:
            key = {"contour": contour.value, "thumbprint": thumbprint}
            change.end(models.authority, key)
            change.log("authority", key, None)

    def _read(self, octets: bytes) -> Certificate:
        try:
            return self._reader.read(octets)
        except CertificateUnusable as error:
            raise _refused(error.reason, error.note) from error

    def _check_trusted(self, certificate: Certificate, contour: Contour, purpose: Purpose) -> None:
        """Refuse what no message signed by it could pass; a coming validity may be waited for."""
        at = max(self._clock(), certificate.not_before)
        with self._database.reading() as transaction:
            authorities = bindings.read_authorities(transaction)[contour]
        path = find_path(certificate, read_authorities(authorities, self._reader), at, purpose)
        if path.reason is not None:
            raise _refused(path.reason, path.verdict.where or "")
        if self._is_revoked(path, at):
            raise _refused(Reason.CERTIFICATE_REVOKED, certificate.told)

    def _is_revoked(self, path: Path, at: datetime) -> bool:
        kept = KeptEvidence(self._database)
        return any(
            judge(kept.answers(one, issuer), RevocationPolicy.SOFT, at).reason is not None
            for one, issuer in zip(path.chain, path.chain[1:], strict=False)
        )

    def _live(self, contour: Contour, thumbprint: str) -> sa.RowMapping:
        table = models.certificate
        with self._database.reading() as transaction:
            row = (
                transaction.execute(sa.select(table).where(*_open(contour, thumbprint)))
                .mappings()
                .one_or_none()
            )
        if row is None:
            raise errors.CertificateUnknown(f"Действующего сертификата {thumbprint} нет.")
        return row

    def _is_test_authority(self, change: Change, certificate: Certificate) -> bool:
        """Know the test authority by its name, and by its key whatever name stands beside it."""
        table = models.authority
        named = table.c.subject.contains(TEST_AUTHORITY_NAME, autoescape=True)
        keys = {
            self._read(octets).public_key_info
            for (octets,) in change.execute(sa.select(table.c.der).where(named))
        }
        return TEST_AUTHORITY_NAME in certificate.subject or certificate.public_key_info in keys

    def _finish(self, contour: Contour, thumbprint: str, reason: str | None) -> None:
        code = self._live(contour, thumbprint)["participant"]
        table = models.certificate
        with changing(self._database, self._clock(), self._actor, code) as change:
            ended = change.execute(
                sa.update(table)
                .where(*_open(contour, thumbprint))
                .values(ended_at=change.now, revoked=reason)
            )
            if not ended.rowcount:
                raise errors.NothingToChange
            change.log(
                "certificate",
                {"contour": contour.value, "thumbprint": thumbprint},
                None if reason is None else {"revoked": reason},
            )


def _refused(reason: Reason, note: str) -> errors.CertificateRefused:
    return errors.CertificateRefused(f"{reason.sentence} ({reason.code}: {note})")


def _check_inn(inn: str | None, certificate: Certificate, purpose: Purpose) -> None:
    """Hold the certificate's taxpayer number against the participant's.

    An official's certificate may name the official's own number instead of the organisation's.
    """
    if inn is None or certificate.inn is None or inn == certificate.inn:
        return
    if purpose is Purpose.ATTACHMENT and len(certificate.inn) != _INN_OF_ORGANIZATION:
        return
    raise _refused(Reason.CERTIFICATE_OTHER_PARTICIPANT, "ИНН сертификата и участника различны")


def _check_free(
    change: Change, code: str, contour: Contour, purpose: Purpose, certificate: Certificate
) -> None:
    """Refuse a certificate that is somebody's, was revoked, or is of the other contour."""
    table = models.certificate
    rows = change.execute(
        sa.select(table).where(table.c.thumbprint == certificate.thumbprint)
    ).all()
    for row in rows:
        if row.contour != contour.value:
            raise _refused(Reason.CERTIFICATE_OTHER_CONTOUR, certificate.thumbprint)
        if row.revoked is not None:
            raise _refused(Reason.CERTIFICATE_REVOKED, row.revoked)
        if row.ended_at is None:
            if row.participant != code:
                raise _refused(Reason.CERTIFICATE_OTHER_PARTICIPANT, certificate.thumbprint)
            if row.purpose != purpose.value:
                raise _refused(Reason.CERTIFICATE_PURPOSE, f"уже зарегистрирован для {row.purpose}")
            raise errors.NothingToChange("Этот сертификат уже зарегистрирован.")


def _check_succession(old: Certificate, successor: Certificate) -> None:
    if (old.inn, old.ogrn) == (None, None) or (old.inn, old.ogrn) != (
        successor.inn,
        successor.ogrn,
    ):
        raise _refused(Reason.CERTIFICATE_OTHER_PARTICIPANT, "ИНН и ОГРН не те же, что у прежнего")
    if old.issuer_name != successor.issuer_name:
        raise _refused(Reason.CERTIFICATE_ISSUER_UNKNOWN, "издатель не тот же, что у прежнего")
    if successor.not_after <= old.not_after:
        raise _refused(Reason.CERTIFICATE_EXPIRED, "кончается не позже прежнего")


def _check_not_too_many(change: Change, code: str, contour: Contour, purpose: Purpose) -> None:
    table = models.certificate
    live = change.execute(
        sa.select(sa.func.count()).where(
            table.c.participant == code,
            table.c.contour == contour.value,
            table.c.purpose == purpose.value,
            table.c.ended_at.is_(None),
            table.c.not_after >= change.now,
        )
    ).scalar_one()
    if live >= MOST_LIVE:
        raise errors.CertificateRefused(
            f"Действующих сертификатов уже {live}: сначала прекратите лишние."
        )


def _bind(
    change: Change,
    code: str,
    contour: Contour,
    purpose: Purpose,
    certificate: Certificate,
    vouched_by: str | None = None,
) -> None:
    change.insert(
        models.certificate,
        participant=code,
        contour=contour.value,
        purpose=purpose.value,
        thumbprint=certificate.thumbprint,
        der=certificate.der,
        subject=certificate.subject,
        issuer=certificate.issuer,
        serial=certificate.serial_text,
        inn=certificate.inn,
        ogrn=certificate.ogrn,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        vouched_by=vouched_by,
        created_at=change.now,
    )
    told = {
        "contour": contour.value,
        "purpose": purpose.value,
        "thumbprint": certificate.thumbprint,
    }
    basis = None if vouched_by is None else f"подписано сертификатом {vouched_by}"
    change.log("certificate", None, told, basis)


def _check_authority(certificate: Certificate, now: datetime) -> None:
    if not certificate.is_ca or "key_cert_sign" not in (certificate.key_usage or ()):
        raise _refused(Reason.CERTIFICATE_AUTHORITY, certificate.subject)
    if certificate.unknown_critical:
        raise _refused(Reason.CERTIFICATE_EXTENSION, ", ".join(certificate.unknown_critical))
    if now > certificate.not_after:
        raise _refused(Reason.CERTIFICATE_EXPIRED, certificate.subject)


def _enter_authority(
    change: Change,
    contour: Contour,
    role: Role,
    certificate: Certificate,
    addresses: Addresses,
) -> None:
    table = models.authority
    key = {"contour": contour.value, "thumbprint": certificate.thumbprint}
    values = {
        "role": role.value,
        "crl_address": addresses.crl,
        "ocsp_address": addresses.ocsp,
    }
    here = [table.c.ended_at.is_(None), *(table.c[name] == value for name, value in key.items())]
    row = change.first(sa.select(table).where(*here))
    before = None if row is None else {name: row[name] for name in values}
    if before == values:
        raise errors.NothingToChange("Этот центр уже внесён.")
    if before is None:
        change.insert(
            table,
            der=certificate.der,
            subject=certificate.subject,
            not_after=certificate.not_after,
            created_at=change.now,
            **key,
            **values,
        )
    else:
        change.execute(sa.update(table).where(*here).values(**values))
    change.log("authority", before and {**key, **before}, {**key, **values})


def _open(contour: Contour, thumbprint: str) -> list[sa.ColumnElement[bool]]:
    table = models.certificate
    return [
        table.c.contour == contour.value,
        table.c.thumbprint == thumbprint,
        table.c.ended_at.is_(None),
    ]


def _open_row(change: Change, contour: Contour, thumbprint: str) -> sa.RowMapping | None:
    return change.first(sa.select(models.certificate.c.id).where(*_open(contour, thumbprint)))
