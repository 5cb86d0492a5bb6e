"""Every row of every machine is taken with the real board: one notice each, with all it tells."""

from contextlib import contextmanager
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from enrolment import (
    ADMIN,
    CALENDAR,
    CONTACTS,
    OPERATOR,
    OWNER,
    PARTICIPANT,
    SCHEDULER,
    Papers,
    bank_way,
    enter_trials,
)

from gateway.delivery.mail import Sender
from registry import contacts, founders, notices
from registry import models as registry_models
from registry.contacts import Contact, ContactRole
from registry.notices import Board, NoticeCode, wording
from registry.notices.mailboxes import mailboxes_of
from registry.onboarding import errors, guards
from registry.onboarding.desk import CaseRequest, Desk, StepData
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import NEW, CaseKind, Who
from registry.participants import Newcomer, ParticipantKind, Registrar

TODAY = date(2026, 3, 2)
ACTORS = {
    Who.OPERATOR: OPERATOR,
    Who.PARTICIPANT: PARTICIPANT,
    Who.OWNER: OWNER,
    Who.SCHEDULER: SCHEDULER,
}
FACTS = {
    **ADMIN,
    **CONTACTS,
    "executor": CONTACTS["responsible_contact"],
    "subsystem": "COLLEGE",
    "auth_method": "LOGIN",
    "legal_form": "OTHER",
    "refusal_ground": "INCOMPLETE",
    "method": "BOTH",
    "network": "VIPNET_1481",
    "remarks": "нет подписи; нет печати",
    "data_list": "адреса зданий",
    "options_done": "booking; payment; assessment",
    "functions": "запись",
    "employees": "Иванов",
    "original_copies": 2,
    "users_connected": 3,
    "quota": 100,
}
FLAGS = {
    *("esia_account", "documents_read", "esia_checked", "access_checked", "crypto_certified"),
    *("tests_passed", "prod_tests_passed", "registry_return_tested", "manual_read", "masked"),
    *("booking", "payment", "assessment", "statuses_received", "options_exercised"),
    *("rights_given", "owner_consent", "uses_ppu"),
}
DAYS = {
    *("letter_date", "order_date", "test_from", "test_until", "go_live_on", "signed_on"),
    *("admitted_until", "decision_date", "contract_date", "agreed_until"),
}
CODE, HUB = "MEMBER-1", "CITTO"


def given(row):
    """Return facts with which a row succeeds."""
    return {
        name: TODAY if name in DAYS else name in FLAGS or FACTS.get(name, f"«{name}»")
        for name in (*row.needs, *row.takes)
        if name != "uses_ppu" or guards.with_ppu in row.guards
    }


class Signed(Papers):
    """Whatever is drawn up both sides have signed."""

    def is_signed(self, transaction, document_id):
        return True


class Walk:
    """Takes every row of a machine in one transaction; savepoints lead back to where it forks."""

    def __init__(self, transaction, clock):
        self.transaction, self.clock = transaction, clock
        self.board = Board(uuid4, mailboxes_of, Sender("hub@example.ru", "Узел"))
        self.desk = Desk(CALENDAR, uuid4, Signed(), self.board, HUB)
        self.seen, self.taken = set(), set()

    def begin(self, kind):
        for row in MACHINES[kind].leaving(NEW):
            with self._fork():
                if row.step == "continue_joined":
                    case = self._open(kind, "submit_join")
                    register = MACHINES[kind].index[case.state, "register_join"]
                    self._take(case, register)
                self.walk(self._open(kind, row.step))

    def walk(self, case):
        mark = (case.kind, case.state, "contract_number" in case.facts)
        if mark in self.seen:
            return
        self.seen.add(mark)
        rows = list(MACHINES[case.kind].leaving(case.state))
        for row in rows:
            if row.after == case.state:
                case = self._take(case, row) or case
        for row in rows:
            if row.after != case.state:
                with self._fork():
                    after = self._take(case, row)
                    if after is not None:
                        self.walk(after)

    def _open(self, kind, step):
        row = MACHINES[kind].index[NEW, step]
        request = CaseRequest(CODE, kind, step, StepData(given(row)))
        case = self.desk.open_case(self.transaction, request, self.clock(), ACTORS[row.who[0]])
        self._check(case, 0)
        return case

    def _take(self, case, row):
        actor, data = ACTORS[row.who[0]], StepData(given(row))
        try:
            with self.transaction.connection.begin_nested():
                enter_trials(self.desk, self.transaction, case, row.step, self.clock())
                after = self.desk.advance(
                    self.transaction, case.id, row.step, data, self.clock(), actor
                )
        except errors.GuardFailed:
            return None
        self._check(after, case.seq)
        return after

    def _check(self, case, before):
        """Each step since has posted its one notice, to whom it concerns, mailed where it can."""
        posted = {
            (to, one.event): one
            for to in (CODE, HUB)
            for one in notices.since(self.transaction, to, 0, 1000)
        }
        for step in case.history[before:]:
            code = notices.codes.of_number(step.notice)
            to = HUB if code is NoticeCode.READY else CODE
            one = posted.pop((to, f"{case.id}:{step.seq}"))
            assert one.code is code
            assert one.ref == str(step.document_id or case.id)
            assert one.letters == len(mailboxes_of(self.transaction, to, code))
            self.taken.add((case.kind, step.row, step.step, step.after))
        assert not [one for _, event in posted if event == f"{case.id}:{case.seq}"]

    @contextmanager
    def _fork(self):
        savepoint = self.transaction.connection.begin_nested()
        yield
        savepoint.rollback()


@pytest.mark.parametrize("kind", [*CaseKind], ids=lambda kind: kind.value)
def test_every_step_of_every_machine_is_told_once_with_all_its_facts(
    registry_database, clock, kind
):
    machine = MACHINES[kind]
    registrar = Registrar(registry_database, clock, "оператор")
    member = min(machine.participants, key=lambda one: one.value)
    registrar.add(Newcomer(CODE, "Участник «Пример»", member))
    if member is ParticipantKind.BANK:
        registrar.bind(CODE, "7706012716", "12/2026", TODAY)

    with registry_database.writing() as transaction:
        founders.found(transaction, HUB, clock(), "оператор")
        walk = Walk(transaction, clock)
        walk.begin(kind)

    steps = {(row.becomes or kind, row.id, row.step, row.after) for row in machine.rows}
    assert steps <= walk.taken


def test_the_operator_reads_whom_to_call_when_an_organizer_is_ready(office, enter):
    case = office.join(enter("ORG-1", "ORGANIZER"))
    office.step(case, "notify_readiness", {"format_version": "1.0", **CONTACTS})

    code, to, _, facts = office.board.posted[-1]
    text = wording.word(code, facts).text
    assert (code, to) == (NoticeCode.READY, HUB)
    for told in ("Пример (ORG-1)", "1.0", "otvet@example.test", "Петров Пётр; 8-3452-000001"):
        assert told in text


def test_persons_that_a_step_names_are_written_to(office, bank):
    office.step(office.join(bank), "apply", CONTACTS)

    with office.database.reading() as transaction:
        assert mailboxes_of(transaction, bank, NoticeCode.PLAN) == ["otvet@example.test"]
        assert mailboxes_of(transaction, bank, NoticeCode.TECHREQ) == ["tech@example.test"]


def test_a_person_that_stands_already_keeps_its_position(office, bank, clock):
    named = Contact(
        ContactRole.TECHNICAL, "Петров Пётр", "8-3452-000001", "tech@example.test", "инженер"
    )
    with office.database.writing() as transaction:
        contacts.name(transaction, bank, named, clock(), "оператор")
    office.step(office.join(bank), "apply", CONTACTS)

    with office.database.reading() as transaction:
        assert named in contacts.current(transaction, bank)


@pytest.mark.parametrize("method", ["ONLINE", "ACQUIRING", "BOTH"])
def test_the_method_of_a_bank_becomes_its_sub_kind(office, bank, method):
    office.walk(office.join(bank), *bank_way(TODAY)[:2], ("choose_method", {"method": method}))

    table = registry_models.participant
    query = sa.select(table.c.sub_kind).where(table.c.code == bank)
    with office.database.reading() as transaction:
        assert transaction.execute(query).scalar_one() == method


def test_who_is_disconnected_hears_of_every_case_that_ends(office, enter):
    code = enter("DEPT-1", "DEPARTMENT")
    facts = {"person_name": "Сидоров", "position": "эксперт", "unit": "отдел", "purpose": "учёт"}
    granted = [
        office.walk(
            office.open(code, CaseKind.OIV_ACC, "request", {**facts, "service_name": name}),
            "ask_owner",
            ("grant", {"owner_consent": True}),
        )
        for name in ("Первый", "Второй")
    ]
    office.step(granted[0], "disconnect", {"reason": "по обращению"})

    told = {entry[3]["case"] for entry in office.board.posted[-2:]}
    assert told == {case.number for case in granted}
