"""All participants at one version of the registry, read in one go and never changed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gateway.kernel.message import (
    BankTerms,
    Contour,
    CreditMode,
    Participant,
    SignatureInTest,
)
from gateway.security.trust import Bindings
from gateway.storage.database import Database, Transaction
from registry import endpoints, models, smev2
from registry.bindings import read_bindings
from registry.calendar import end_of, local_date
from registry.endpoints import Endpoint
from registry.onboarding import access, services
from registry.passwords import PasswordHash
from registry.portal_services import repository as portal_services
from registry.portal_services.values import Catalogue


@dataclass(frozen=True, slots=True)
class Credential:
    """A login that works, with what proves its password."""

    login: str
    participant: str
    contour: Contour
    password: PasswordHash


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The registry as one version of it tells."""

    version: int
    good_until: datetime
    """Midnight in Tyumen: bindings of organizers and forms begin with a day."""
    participants: Mapping[Contour, Mapping[str, Participant]]
    """Per contour and code: access rights differ by contour."""
    credentials: Mapping[str, Credential]
    bindings: Bindings
    """Certificates of the participants and the authorities of the contours."""
    portal_services: Catalogue
    """Services of the portal per contour."""
    endpoints: Mapping[tuple[Contour, str, str], Endpoint]
    """Where participants' own services are, by contour, participant code and contract family."""
    proven: dict[bytes, Credential] = field(default_factory=dict)
    """Credentials whose password was right, by a keyed hash of what was sent."""


def read_version(transaction: Transaction) -> int:
    """Return the number of the last change; 0 before the first."""
    return transaction.execute(sa.select(models.registry_version.c.version)).scalar() or 0


def read_snapshot(database: Database, now: datetime) -> Snapshot:
    """Read everything that belongs to one version."""
    with database.reading() as transaction:
        while True:
            version = read_version(transaction)
            snapshot = _read(transaction, version, now)
            # A change that was committed between two of the reads would leave them torn.
            if read_version(transaction) == version:
                return snapshot


def _read(transaction: Transaction, version: int, now: datetime) -> Snapshot:
    today = local_date(now)
    table = models.participant
    rows = transaction.execute(sa.select(table).order_by(table.c.code)).all()
    dialects = _open_sets(transaction, models.dialect_switch, "dialect")
    organizers = _organizers(transaction, today)
    banks = _bank_terms(transaction)
    granted = _granted(transaction)
    profiles = smev2.current(transaction)
    standings = access.standings(transaction, now)
    nobody = access.Standing()
    return Snapshot(
        version=version,
        good_until=end_of(today),
        participants={
            contour: {
                row.code: Participant(
                    code=row.code,
                    name=row.name,
                    kind=row.kind,
                    state=(standing := standings.get(row.code, nobody)).state,
                    inn=row.inn,
                    services=services.opened(standing.production)
                    if contour is Contour.PROD
                    else frozenset(granted[row.code]),
                    dialects=frozenset(dialects[row.code]),
                    bank=banks.get(row.code),
                    organizers=frozenset(organizers[row.code]),
                    is_signature_required=_is_signature_required(contour, row.signature_in_test),
                    admission=standing.admission,
                    smev2=profiles.get(row.code),
                )
                for row in rows
            }
            for contour in Contour
        },
        credentials=_credentials(transaction),
        bindings=read_bindings(transaction, version),
        portal_services=portal_services.catalogue(transaction, today),
        endpoints={
            (one.endpoint.contour, one.participant, one.endpoint.service): one.endpoint
            for one in endpoints.current(transaction)
        },
    )


def _is_signature_required(contour: Contour, policy: str) -> bool:
    return contour is Contour.PROD or SignatureInTest(policy) is SignatureInTest.REQUIRED


def _open_sets(transaction: Transaction, table: sa.Table, column: str) -> Mapping[str, set[Any]]:
    """Collect the values of rows without an end by participant."""
    found: dict[str, set[Any]] = defaultdict(set)
    query = sa.select(table.c.participant, table.c[column]).where(table.c.ended_at.is_(None))
    for code, value in transaction.execute(query):
        found[code].add(value)
    return found


def _granted(transaction: Transaction) -> Mapping[str, set[str]]:
    """Collect the rights of the test contour; those of production follow from acts."""
    found: dict[str, set[str]] = defaultdict(set)
    right = models.access_right
    query = sa.select(right.c.participant, right.c.service).where(
        right.c.ended_at.is_(None), right.c.contour == Contour.TEST.value
    )
    for code, service in transaction.execute(query):
        found[code].add(service)
    return found


def _organizers(transaction: Transaction, today: date) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    binding = models.organizer_binding
    query = sa.select(binding.c.bank, binding.c.organizer_inn).where(
        binding.c.since <= today, sa.or_(binding.c.until.is_(None), binding.c.until >= today)
    )
    for code, inn in transaction.execute(query):
        found[code].add(inn)
    return found


def _bank_terms(transaction: Transaction) -> Mapping[str, BankTerms]:
    day = models.bank_day
    special: dict[tuple[str, bool], set[date]] = defaultdict(set)
    query = sa.select(day.c.participant, day.c.banking, day.c.day).where(day.c.ended_at.is_(None))
    for code, banking, one in transaction.execute(query):
        special[code, banking].add(one)
    return {
        row.participant: BankTerms(
            credit_mode=CreditMode(row.credit_mode),
            credit_days=row.credit_days,
            bank_name=row.bank_name,
            bik=row.bik,
            closed_days=frozenset(special[row.participant, False]),
            opened_days=frozenset(special[row.participant, True]),
        )
        for row in transaction.execute(sa.select(models.bank_terms))
    }


def _credentials(transaction: Transaction) -> Mapping[str, Credential]:
    table = models.credential
    return {
        row.login: Credential(
            login=row.login,
            participant=row.participant,
            contour=Contour(row.contour),
            password=PasswordHash(row.salt, row.hash, row.cost, row.block_size, row.parallelism),
        )
        for row in transaction.execute(sa.select(table).where(table.c.ended_at.is_(None)))
    }
