"""Participants of the demo and of a fresh test contour: everybody is invented, and says so."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from gateway.kernel.message import BankTerms, Contour, CreditMode, ParticipantState
from gateway.kernel.ports import Clock
from gateway.security.certificates import CertificateReader
from gateway.security.issuing import TestAuthority
from gateway.security.path import Purpose
from gateway.storage.database import Database, Transaction
from registry import errors, founders, issuance
from registry.calendar import ProductionCalendar
from registry.certificates import CertificateRegistrar
from registry.onboarding.desk import Actor, CaseRequest, Desk, StepData
from registry.onboarding.ports import Unwired
from registry.onboarding.table import CaseKind, Who
from registry.participants import (
    IssuedCredentials,
    Newcomer,
    ParticipantKind,
    Registrar,
    SubKind,
)
from registry.portal_services import SampleService, repository
from registry.portal_services import desk as portal_desk
from registry.snapshot import read_snapshot

ACTOR = "hub demo"

# Region 72, tax office 7200 and serials that nobody was given; the check digits hold.
ORGANIZER_INN = "7200000018"
ORGANIZER_NAME = "Демонстрационный комбинат питания"

DEMO = {
    "bank": Newcomer(
        "BANK72001",
        "Демонстрационный банк",
        ParticipantKind.BANK,
        "7200000025",
        sub_kind=SubKind.ONLINE,
    ),
    "organizer": Newcomer("ORG72001", ORGANIZER_NAME, ParticipantKind.ORGANIZER, ORGANIZER_INN),
    "school": Newcomer(
        "SCHOOL72001", "Демонстрационная школьная система", ParticipantKind.SCHOOL, "7200000032"
    ),
    "portal": Newcomer("PORTAL72001", "Демонстрационный портал услуг", ParticipantKind.PORTAL),
    "department": Newcomer(
        "DEPT72001", "Демонстрационное ведомство", ParticipantKind.DEPARTMENT, "7200000040"
    ),
}
"""Who plays in the demo, by role."""

SECOND_DEPARTMENT = Newcomer(
    "DEPT72002",
    "Демонстрационное ведомство, второе",
    ParticipantKind.DEPARTMENT,
    "7200000071",
)
"""A department to which the services of the first are foreign."""

BANK_SERVICES = ("meals/bank-payment", "meals/payment-registry")
MEAL_SERVICES = {
    "organizer": ("meals/menu-import", "meals/organizer"),
    "school": ("meals/order", "meals/class-request", "meals/admin", "school/data"),
}
"""What others than the bank may call for school meals, by role."""
PORTAL_SERVICES = {
    "portal": ("portal/application", "portal/events"),
    "department": ("portal/events", "portal/ppu"),
}
"""What is called for applications, by role."""
BANK_DIALECTS = ("osmp", "sberbank")
BANK_TERMS = BankTerms(CreditMode.ON_NOTIFY, 3, "Демонстрационный банк", "047199999")

_BASIS = "Демонстрационное соглашение, вымышленное"
_CASES = {ParticipantKind.BANK: CaseKind.BANK, ParticipantKind.ORGANIZER: CaseKind.ORG_INT}
_BOUND_SINCE = date(2024, 1, 1)


class Step(NamedTuple):
    """One step of an invented case."""

    name: str
    data: StepData = StepData()


@dataclass(frozen=True, slots=True)
class DemoParticipant:
    """One who plays in the demo, with fresh test credentials."""

    code: str
    login: str
    password: str
    certificate: Path | None = None
    """File of its certificate of the test contour, once it has one."""
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class DemoParticipants:
    """Everybody whom the seed left, by role."""

    by_role: Mapping[str, DemoParticipant]
    organizer_inn: str = ORGANIZER_INN
    organizer_name: str = ORGANIZER_NAME

    @property
    def bank(self) -> DemoParticipant:
        """The bank that may pay to the organizer."""
        return self.by_role["bank"]


def seed_demo(
    database: Database,
    clock: Clock,
    desk: Desk | None = None,
    *,
    operator: str = "CITTO",
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> DemoParticipants:
    """Enter the operator and the demo participants, and issue each new test credentials.

    The desk joins them; without one, a desk that draws no documents up and tells nobody will do.
    What is there stays as it is, and credentials of an earlier run go on working.
    """
    registrar = Registrar(database, clock, ACTOR, random=random)
    with database.writing() as transaction:
        founders.found(transaction, operator, clock(), ACTOR)
    for newcomer in DEMO.values():
        with suppress(errors.ParticipantExists):
            registrar.add(newcomer)
    desk = desk or silent_desk(operator)
    _let_into_the_test_contour(desk, database, clock)
    _equip_bank(registrar, DEMO["bank"].code)
    for role, services in (MEAL_SERVICES | PORTAL_SERVICES).items():
        _grant(registrar, DEMO[role].code, services)
    return DemoParticipants({role: _credentials(registrar, who) for role, who in DEMO.items()})


def seed_bank(
    database: Database, clock: Clock, desk: Desk, newcomer: Newcomer, contract: str
) -> DemoParticipant:
    """Enter one more bank of a demo, let it join, and issue test credentials; repeatable."""
    registrar = Registrar(database, clock, ACTOR)
    with suppress(errors.ParticipantExists):
        registrar.add(newcomer)
        with database.writing() as transaction:
            join(desk, transaction, newcomer.code, newcomer.kind, clock())
    _equip_bank(registrar, newcomer.code, contract)
    return _credentials(registrar, newcomer)


def seed_portal(
    database: Database, clock: Clock, desk: Desk, samples: Iterable[SampleService]
) -> None:
    """Enter sample services, open in the test contour, and a second department; repeatable.

    A service that is there stays as it is.
    """
    registrar = Registrar(database, clock, ACTOR)
    with suppress(errors.ParticipantExists):
        registrar.add(SECOND_DEPARTMENT)
        with database.writing() as transaction:
            join(desk, transaction, SECOND_DEPARTMENT.code, SECOND_DEPARTMENT.kind, clock())
    _grant(registrar, SECOND_DEPARTMENT.code, PORTAL_SERVICES["department"])
    with database.writing() as transaction:
        for sample in samples:
            _enter_service(transaction, sample, clock())


def _enter_service(transaction: Transaction, sample: SampleService, now: datetime) -> None:
    code = sample.card.code
    if repository.card(transaction, code) is not None:
        return
    portal_desk.enter(transaction, sample.card, now, ACTOR, _BASIS)
    portal_desk.publish_form(
        transaction, code, sample.version, sample.documents, _BOUND_SINCE, now, ACTOR, basis=_BASIS
    )
    for org_code, tech_code in sample.tech_codes.items():
        portal_desk.set_code(
            transaction, code, org_code, tech_code, {tech_code}, now, ACTOR, _BASIS
        )
    portal_desk.open_service(transaction, code, Contour.TEST, sample.route, _BASIS, now, ACTOR)


def silent_desk(operator: str) -> Desk:
    """Return a desk for steps that need no document."""
    return Desk(ProductionCalendar.load(), uuid4, Unwired(), Unwired(), operator)


def certify_demo(
    people: DemoParticipants,
    database: Database,
    reader: CertificateReader,
    authority: TestAuthority,
    folder: Path,
    clock: Clock,
    *,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> DemoParticipants:
    """Give every demo participant a certificate of the test contour; its files go to `folder`."""
    registrar = CertificateRegistrar(database, clock, ACTOR, reader)
    with suppress(errors.NothingToChange):
        issuance.anchor_test_authority(registrar, authority, clock(), random)
    certified = {}
    for role, who in people.by_role.items():
        files = issuance.issue_for_test(
            database, registrar, authority, who.code, Purpose.MESSAGE, folder, clock(), random
        )
        certified[role] = replace(who, certificate=files.certificate_file, key=files.key_file)
    return replace(people, by_role=certified)


def _let_into_the_test_contour(desk: Desk, database: Database, clock: Clock) -> None:
    """Join everybody by the machine; an organizer goes on to where it gets credentials."""
    known = read_snapshot(database, clock()).participants[Contour.TEST]
    for newcomer in DEMO.values():
        if known[newcomer.code].state is ParticipantState.CANDIDATE:
            with database.writing() as transaction:
                join(desk, transaction, newcomer.code, newcomer.kind, clock())


def join(
    desk: Desk, transaction: Transaction, code: str, kind: ParticipantKind, now: datetime
) -> UUID:
    """Take an invented participant as far as test credentials; return its case."""
    actor = Actor(ACTOR, Who.OPERATOR)
    case = desk.open_case(
        transaction, CaseRequest(code, _CASES.get(kind, CaseKind.REG), "submit_join"), now, actor
    )
    steps = [Step("register_join", StepData({"join_number": f"ДЕМО-{code}"}, _BASIS))]
    if kind is ParticipantKind.ORGANIZER:
        steps += [Step("choose_integration"), Step("start_development")]
    for step in steps:
        desk.advance(transaction, case.id, step.name, step.data, now, actor)
    return case.id


def _equip_bank(registrar: Registrar, code: str, contract: str = "ДЕМО-1") -> None:
    with suppress(errors.NothingToChange):
        registrar.set_terms(code, BANK_TERMS)
    _grant(registrar, code, BANK_SERVICES)
    for dialect in BANK_DIALECTS:
        with suppress(errors.NothingToChange):
            registrar.switch_dialect(code, dialect, on=True)
    with suppress(errors.NothingToChange):
        registrar.bind(code, ORGANIZER_INN, contract, _BOUND_SINCE)


def _grant(registrar: Registrar, code: str, services: Iterable[str]) -> None:
    for service in services:
        with suppress(errors.NothingToChange):
            registrar.grant(code, service, Contour.TEST)


def _credentials(registrar: Registrar, who: Newcomer) -> DemoParticipant:
    issued: IssuedCredentials = registrar.issue_credentials(who.code, Contour.TEST)
    return DemoParticipant(who.code, issued.login, issued.password)
