"""How tests let participants in: by the real machines, with documents that are signed at a word.

`join(database, code, now)` opens the test contour, `commission(database, code, now)` production:
every step of the bank's table is taken, its act signed by both sides.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from gateway.documents.forms.protocols import CaseRow, CaseVerdict, Section
from gateway.kernel.message import Contour
from gateway.storage.database import Database, Transaction
from registry import models
from registry.calendar import ProductionCalendar, local_date
from registry.notices import NoticeCode, wording
from registry.onboarding import cases, trials
from registry.onboarding.cases import CaseView
from registry.onboarding.desk import Actor, CaseRequest, Desk, StepData
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import CaseKind, Doc, Who
from registry.onboarding.trials import Account, Trial

OPERATOR = Actor("оператор", Who.OPERATOR)
OWNER = Actor("владелец", Who.OWNER)
PARTICIPANT = Actor("участник", Who.PARTICIPANT)
SCHEDULER = Actor("узел", Who.SCHEDULER)
CALENDAR = ProductionCalendar.load()

CONTACTS = {
    "responsible_contact": "Иванов Иван; 8-3452-000000; otvet@example.test",
    "technical_contact": "Петров Пётр; 8-3452-000001; tech@example.test",
}
ADMIN = {
    "admin_name": "Сидорова Анна",
    "admin_email": "admin@example.test",
    "admin_snils": "112-233-445 95",
}
NETWORK = {
    "network": "VIPNET_1481",
    "network_agreement": "С-1",
    "crypto_certified": True,
}


@dataclass
class Papers:
    """A `DocumentDesk` in memory: a document is signed when the test says so."""

    drawn: list[tuple[Doc, UUID, str]] = field(default_factory=list)
    seen: list[dict] = field(default_factory=list)
    signed: set[UUID] = field(default_factory=set)

    def draw_up(self, transaction, doc_type, case, facts, tried, now):
        document_id = uuid4()
        self.drawn.append((doc_type, document_id, case.number))
        self.seen.append(dict(facts))
        return document_id

    def draw_up_protocol(self, transaction, case, trial, account, now):
        return uuid4()

    def is_signed(self, transaction, document_id):
        return document_id in self.signed

    def sign(self, doc_type: Doc) -> None:
        """Both sides sign the latest document of a kind."""
        self.signed.add(next(id_ for kind, id_, _ in reversed(self.drawn) if kind is doc_type))


@dataclass
class Board:
    """A `NoticeBoard` in memory that holds what it is told to once."""

    posted: list[tuple[NoticeCode, str, str, dict[str, str]]] = field(default_factory=list)

    def post(self, transaction, code, to, event, facts, now, ref=None):
        assert (code, to, event) not in {entry[:3] for entry in self.posted}
        wording.word(code, facts)
        self.posted.append((code, to, event, dict(facts)))


class Weekdays:
    """A calendar for the live clock, whose year may have no file: Monday to Friday."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5

    def add_working_days(self, day: date, count: int) -> date:
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        days = (start + timedelta(days=n + 1) for n in range((end - start).days))
        return sum(map(self.is_working_day, days))


@dataclass
class Office:
    """A desk at work on one database."""

    database: Database
    clock: object
    calendar: object = CALENDAR
    papers: Papers = field(default_factory=Papers)
    board: Board = field(default_factory=Board)

    @property
    def desk(self) -> Desk:
        return Desk(self.calendar, uuid4, self.papers, self.board, "CITTO")

    def open(self, code, kind, step, facts=None, *, who=OPERATOR, key=None) -> CaseView:
        request = CaseRequest(code, kind, step, StepData(facts or {}, key=key))
        with self.database.writing() as transaction:
            return self.desk.open_case(transaction, request, self.clock(), who)

    def step(self, case, name, facts=None, *, who=OPERATOR, key=None, comment=None) -> CaseView:
        data = StepData(facts or {}, comment, key=key)
        with self.database.writing() as transaction:
            return self.desk.advance(transaction, case.id, name, data, self.clock(), who)

    def sweep(self):
        with self.database.writing() as transaction:
            return self.desk.overdue(transaction, self.clock())

    def go_live(self) -> list[CaseView]:
        with self.database.writing() as transaction:
            return self.desk.go_live(transaction, self.clock())

    def view(self, case) -> CaseView:
        with self.database.reading() as transaction:
            return self.desk.view(transaction, case.id)

    def join(self, code: str) -> CaseView:
        """Join a participant by the machine of its kind, as far as test credentials."""
        case = self.open(code, _kind(self.database, code), "submit_join")
        case = self.step(case, "register_join", {"join_number": f"С-{code}"})
        if case.kind is CaseKind.ORG_INT:
            case = self.step(case, "choose_integration")
            case = self.step(case, "start_development")
        return case

    def walk(self, case, *steps) -> CaseView:
        """Take steps, each a name or a name with facts; what has to be signed is signed."""
        for one in steps:
            name, facts = (one, {}) if isinstance(one, str) else one
            if name in {"sign_act", "sign_protocol"}:
                self.papers.sign(_signed_by(case, name))
            self.try_for(case, name)
            case = self.step(case, name, facts)
        return case

    def try_for(self, case, name) -> None:
        """Enter the finished sessions of trials that a step rests on."""
        with self.database.writing() as transaction:
            enter_trials(self.desk, transaction, case, name, self.clock())


ACCOUNT = Account(
    title="Короткие испытания",
    service="meals/payment-registry/1.0",
    sections=(
        Section(
            title="Короткие испытания",
            contour=Contour.TEST,
            cases=(CaseRow(code="BR-01", title="Верный реестр", verdict=CaseVerdict.PASSED),),
        ),
    ),
    deviations=(),
    untested=(),
    messages=(),
    testers=(),
    addresses=(),
    first_day=date(2026, 3, 2),
    last_day=date(2026, 3, 2),
    remarks=(),
)
"""What the protocol of a short session tells."""


def trial_of(case: CaseView, suite: str, now: datetime, **more) -> Trial:
    """Return a session that has opened the gate, as the stand enters it."""
    values = {
        "session": uuid4(),
        "case_id": case.id,
        "participant": case.participant,
        "contour": Contour.TEST,
        "suite": suite,
        "plan": f"plan-{suite[-2:]}",
        "version": "1.0.0",
        "digest": "d" * 64,
        "system_version": "7.1",
        "opens": True,
        "started_at": now,
        "finished_at": now,
        "good_until": now + timedelta(days=90),
        "frozen": "f" * 64,
    }
    return Trial(**{**values, **more})


def enter_trials(desk, transaction, case, step, now) -> None:
    """Enter for a case the finished sessions of trials that a step rests on."""
    row = MACHINES[case.kind].index.get((case.state, step))
    if row is not None and row.rests_on_trials:
        for suite in trials.suites_of(case.kind, case.facts):
            desk.enter_trial(transaction, trial_of(case, suite, now), ACCOUNT, now, "стенд")


def bank_way(today: date, method: str = "ONLINE", live: date | None = None) -> list:
    """Return the steps of a bank from JOINED to the signed act."""
    return [
        ("apply", CONTACTS),
        ("plan", {"test_from": today, "test_until": today + timedelta(days=30)}),
        ("choose_method", {"method": method}),
        ("finish_development", {"format_version": "1.0"}),
        "pass_tests",
        ("connect_network", {"network_parameters": "10.0.0.1:443"}),
        ("admit", {"quota": 100, "admitted_until": today + timedelta(days=30), "masked": True}),
        ("pass_prod_tests", {"prod_tests_passed": True}),
        "sign_protocol",
        ("draw_up_act", {"go_live_on": live or today}),
        ("sign_act", {"signed_on": today}),
    ]


def join_within(transaction: Transaction, code: str, now: datetime) -> CaseView:
    """Join a participant to a subsystem inside a transaction that is open."""
    desk = Desk(CALENDAR, uuid4, Papers(), Board(), "CITTO")
    request = CaseRequest(code, CaseKind.REG, "submit_join", StepData({}))
    case = desk.open_case(transaction, request, now, OPERATOR)
    facts = StepData({"join_number": f"С-{case.number}"})
    return desk.advance(transaction, case.id, "register_join", facts, now, OPERATOR)


def join(database: Database, code: str, now: datetime | None = None) -> CaseView:
    """Open the test contour to a participant that is in the registry."""
    moment = now or datetime.now(UTC)
    return Office(database, lambda: moment, Weekdays()).join(code)


def commission(database: Database, code: str, now: datetime | None = None) -> CaseView:
    """Open production to a bank that has joined: by its act, as of today."""
    moment = now or datetime.now(UTC)
    office = Office(database, lambda: moment, Weekdays())
    with database.reading() as transaction:
        [case] = cases.listed(transaction, CaseKind.BANK, code)
    return office.walk(case, *bank_way(local_date(moment)))


def _signed_by(case: CaseView, step: str) -> Doc:
    return MACHINES[case.kind].index[case.state, step].signs


def _kind(database: Database, code: str) -> CaseKind:
    table = models.participant
    with database.reading() as transaction:
        kind = transaction.execute(sa.select(table.c.kind).where(table.c.code == code)).scalar()
    return {"BANK": CaseKind.BANK, "ORGANIZER": CaseKind.ORG_INT}.get(kind, CaseKind.REG)
