"""What issuers said about their certificates: kept in the registry, fetched in the background.

A responder is asked at the addresses of the registry's own authorities and nowhere else: where a
certificate says its lists lie is shown to the operator, never followed (SSRF).
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from gateway.kernel.errors import TemporaryUnavailable
from gateway.kernel.message import Contour
from gateway.security.certificates import Certificate, CertificateReader, CertificateUnusable
from gateway.security.path import Purpose, find_path
from gateway.security.revocation import (
    Answer,
    EvidenceUnusable,
    Fetch,
    Request,
    RevocationList,
    Status,
    Unreachable,
    ocsp_request,
    read_crl,
    read_ocsp,
)
from gateway.security.trust import Bindings, read_authorities
from gateway.storage.database import Database, Transaction
from registry import models
from registry.change import raise_version
from registry.snapshot import read_snapshot

REFRESH_AFTER = timedelta(hours=1)
"""A responder is asked again this long after it answered, or as soon as its answer has ended."""
RETRY_AFTER = timedelta(minutes=9)
"""And this long after it failed; the job looks every ten minutes."""

log = logging.getLogger(__name__)


class KeptEvidence:
    """The kept answers; a list is parsed once. Safe for many threads."""

    def __init__(self, database: Database) -> None:
        """Take the registry's database."""
        self._database = database
        self._lists: dict[str, RevocationList] = {}

    def answers(self, certificate: Certificate, issuer: Certificate) -> Sequence[Answer]:
        """Return what is kept about `certificate`; raise TemporaryUnavailable."""
        try:
            with self._database.reading() as transaction:
                listed = self._list(transaction, issuer)
                answered = _answer(transaction, certificate, issuer)
        except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
            raise TemporaryUnavailable from error
        from_list = None if listed is None else listed.answer(certificate)
        return [answer for answer in (from_list, answered) if answer is not None]

    def _list(self, transaction: Transaction, issuer: Certificate) -> RevocationList | None:
        table = models.revocation_list
        here = table.c.issuer == issuer.thumbprint
        issued = transaction.execute(sa.select(table.c.this_update).where(here)).scalar()
        if issued is None:
            return None
        known = self._lists.get(issuer.thumbprint)
        if known is None or known.this_update != issued:
            octets = transaction.execute(sa.select(table.c.der).where(here)).scalar_one()
            known = self._lists[issuer.thumbprint] = read_crl(octets, issuer, issued)
        return known


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question to a responder and how it went."""

    subject: str
    """The authority or the certificate asked about."""
    address: str
    failure: str | None = None
    is_silent: bool = False
    """Nobody answered, or not over HTTP as it should be."""


def refresh(
    database: Database,
    fetch: Fetch,
    reader: CertificateReader,
    now: datetime,
    *,
    everything: bool = False,
) -> list[Attempt]:
    """Ask every responder whose answer is due; each answer is proven before it is kept.

    A responder that fails is noted and asked again later; what it said before stays. `everything`
    asks the others too, as an operator wants it.
    """
    attempts: list[Attempt] = []
    silent: set[str] = set()
    for question in _questions(read_snapshot(database, now).bindings, reader, now):
        # Who did not answer once is not waited for again in the same run.
        if question.address in silent or not (everything or _is_due(database, question, now)):
            continue
        attempt = _ask(database, fetch, question, now)
        attempts.append(attempt)
        if attempt.is_silent:
            silent.add(question.address)
    return attempts


def keep_crl(database: Database, octets: bytes, issuer: Certificate, now: datetime) -> None:
    """Keep a list that was brought by hand, as closed networks do; raise EvidenceUnusable."""
    _CrlQuestion(issuer, "").keep(database, octets, now)


@dataclass(frozen=True, slots=True)
class _CrlQuestion:
    """A CRL of an authority."""

    issuer: Certificate
    address: str

    @property
    def thumbprint(self) -> str:
        return self.issuer.thumbprint

    @property
    def subject(self) -> str:
        return self.issuer.subject

    def request(self) -> Request:
        return Request(self.address)

    def due_at(self, transaction: Transaction) -> datetime | None:
        table = models.revocation_list
        query = sa.select(table.c.fetched_at, table.c.next_update)
        return _due(transaction, query.where(table.c.issuer == self.thumbprint))

    def keep(self, database: Database, octets: bytes, now: datetime) -> None:
        fresh = read_crl(octets, self.issuer, now)
        table = models.revocation_list
        values = {
            "der": fresh.octets,
            "this_update": fresh.this_update,
            "next_update": fresh.next_update,
            "fetched_at": now,
        }
        here = table.c.issuer == self.thumbprint
        with database.writing() as transaction:
            kept = transaction.execute(sa.select(table).where(here)).one_or_none()
            if kept is None:
                _insert(transaction, table, {"issuer": self.thumbprint, **values})
            elif fresh.this_update < kept.this_update:
                raise EvidenceUnusable("СОС старше того, что уже есть.")
            else:
                transaction.execute(sa.update(table).where(here).values(**values))
            if kept is None or kept.der != fresh.octets:
                raise_version(transaction)


@dataclass(frozen=True, slots=True)
class _OcspQuestion:
    """The state of one certificate."""

    certificate: Certificate
    issuer: Certificate
    address: str
    reader: CertificateReader

    @property
    def thumbprint(self) -> str:
        return self.certificate.thumbprint

    @property
    def subject(self) -> str:
        return self.certificate.subject

    def request(self) -> Request:
        return ocsp_request(self.certificate, self.issuer, self.address)

    def due_at(self, transaction: Transaction) -> datetime | None:
        table = models.revocation_answer
        query = sa.select(table.c.fetched_at, table.c.next_update).where(
            table.c.issuer == self.issuer.thumbprint, table.c.thumbprint == self.thumbprint
        )
        return _due(transaction, query)

    def keep(self, database: Database, octets: bytes, now: datetime) -> None:
        fresh = read_ocsp(octets, self.certificate, self.issuer, now, self.reader)
        table = models.revocation_answer
        key = {"issuer": self.issuer.thumbprint, "thumbprint": self.thumbprint}
        values = {
            "der": octets,
            "status": fresh.status.value,
            "this_update": fresh.this_update,
            "next_update": fresh.next_update,
            "revoked_at": fresh.revoked_at,
            "fetched_at": now,
        }
        here = sa.and_(*(table.c[name] == value for name, value in key.items()))
        with database.writing() as transaction:
            kept = transaction.execute(sa.select(table).where(here)).one_or_none()
            if kept is None:
                _insert(transaction, table, {**key, **values})
            elif fresh.this_update < kept.this_update:
                raise EvidenceUnusable("Ответ OCSP старше того, что уже есть.")
            else:
                transaction.execute(sa.update(table).where(here).values(**values))
            if kept is None or kept.status != fresh.status.value or kept.next_update <= now:
                raise_version(transaction)


_Question = _CrlQuestion | _OcspQuestion


def _questions(bindings: Bindings, reader: CertificateReader, now: datetime) -> Iterator[_Question]:
    """Name everything that responders can be asked about, each question once."""
    asked: set[tuple[str, str]] = set()
    for question in _every_question(bindings, reader, now):
        key = (question.address, question.thumbprint)
        if key not in asked:
            asked.add(key)
            yield question


def _every_question(
    bindings: Bindings, reader: CertificateReader, now: datetime
) -> Iterator[_Question]:
    for contour in Contour:
        configured = {one.thumbprint: one for one in bindings.authorities[contour]}
        known = read_authorities(bindings.authorities[contour], reader)
        every = (*known.anchors, *known.intermediates)
        for issuer in every:
            address = configured[issuer.thumbprint].crl_address
            if address:
                yield _CrlQuestion(issuer, address)
        for bound, purpose in _bound(bindings, contour, reader):
            path = find_path(bound, known, now, purpose)
            for certificate, issuer in zip(path.chain, path.chain[1:], strict=False):
                address = configured[issuer.thumbprint].ocsp_address
                if address:
                    yield _OcspQuestion(certificate, issuer, address, reader)


def _bound(
    bindings: Bindings, contour: Contour, reader: CertificateReader
) -> Iterator[tuple[Certificate, Purpose]]:
    for bound in bindings.certificates[contour].values():
        if bound.ended_at is None:
            try:
                yield reader.read(bound.der), bound.purpose
            except CertificateUnusable as error:
                log.warning("certificate %s is not asked about: %s", bound.thumbprint, error)


def _is_due(database: Database, question: _Question, now: datetime) -> bool:
    table = models.revocation_attempt
    with database.reading() as transaction:
        due_at = question.due_at(transaction)
        failed = transaction.execute(
            sa.select(table.c.tried_at).where(_this(question), table.c.failure.is_not(None))
        ).one_or_none()
    if failed is not None:
        due_at = failed.tried_at + RETRY_AFTER
    return due_at is None or now >= due_at


def _due(transaction: Transaction, query: sa.Select[tuple[datetime, datetime]]) -> datetime | None:
    """Return when to ask again; None when nothing was answered yet."""
    for fetched_at, next_update in transaction.execute(query):
        due_at: datetime = min(fetched_at + REFRESH_AFTER, next_update)
        return due_at
    return None


def _ask(database: Database, fetch: Fetch, question: _Question, now: datetime) -> Attempt:
    attempt = Attempt(question.subject, question.address)
    try:
        question.keep(database, fetch(question.request()), now)
    except (Unreachable, EvidenceUnusable) as error:
        attempt = replace(attempt, failure=str(error), is_silent=isinstance(error, Unreachable))
        log.warning("responder %s: %s", question.address, error)
    _note(database, question, attempt.failure, now)
    return attempt


def _insert(transaction: Transaction, table: sa.Table, values: Mapping[str, object]) -> None:
    """Enter what was not there; another process may have been quicker with the same."""
    transaction.insert(table, tuple(values), [tuple(values.values())], "DO NOTHING")


def _note(database: Database, question: _Question, failure: str | None, now: datetime) -> None:
    table = models.revocation_attempt
    values = {"tried_at": now, "failure": failure}
    with database.writing() as transaction:
        done = transaction.execute(sa.update(table).where(_this(question)).values(**values))
        if not done.rowcount:
            key = {"address": question.address, "thumbprint": question.thumbprint}
            _insert(transaction, table, {**key, **values})


def _this(question: _Question) -> sa.ColumnElement[bool]:
    table = models.revocation_attempt
    return sa.and_(table.c.address == question.address, table.c.thumbprint == question.thumbprint)


def _answer(
    transaction: Transaction, certificate: Certificate, issuer: Certificate
) -> Answer | None:
    table = models.revocation_answer
    row = transaction.execute(
        sa.select(table).where(
            table.c.issuer == issuer.thumbprint, table.c.thumbprint == certificate.thumbprint
        )
    ).one_or_none()
    if row is None:
        return None
    return Answer("OCSP", Status(row.status), row.this_update, row.next_update, row.revoked_at)
