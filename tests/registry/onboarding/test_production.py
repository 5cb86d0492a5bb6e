"""Production opens by the signed act and by nothing else, whatever happens in which order."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import enrolment
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from proofs import examples

from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour, ParticipantState
from registry import models as registry_models
from registry.calendar import local_date
from registry.directory import Directory
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import CaseKind, Doc
from registry.participants import Newcomer, ParticipantKind, Registrar

MACHINE = MACHINES[CaseKind.BANK]
MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
WHO = (enrolment.OPERATOR, enrolment.PARTICIPANT, enrolment.OWNER, enrolment.SCHEDULER)


def facts_of(name: str, today: date, shift: int) -> dict:
    """Return facts with which a step can succeed."""
    way = dict(one for one in enrolment.bank_way(today, live=today + timedelta(days=shift))
               if not isinstance(one, str))  # fmt: skip
    other = {
        "register_join": {"join_number": "1"},
        "return_application": {"remarks": "нет подписи"},
        "respond": {"answer": "есть"},
    }
    reason = {"reason": "так решено"}
    takes_reason = {row.step for row in MACHINE.rows if "reason" in (*row.needs, *row.takes)}
    return other.get(name) or way.get(name) or (reason if name in takes_reason else {})


# The way to the act and whatever may come between, in any order.
steps = st.tuples(
    st.just("step"),
    st.sampled_from(sorted({row.step for row in MACHINE.rows})),
    st.sampled_from(WHO),
    st.integers(0, 2),
)
forward = st.tuples(st.just("forward"), st.integers(1, 12), st.integers(0, 2))
closing = st.tuples(
    st.just("step"),
    st.sampled_from(["suspend", "resume", "disconnect", "withdraw", "reject"]),
    st.just(enrolment.OPERATOR),
    st.just(0),
)
events = st.one_of(
    steps,
    closing,
    closing,
    forward,
    forward,
    st.tuples(st.just("sign"), st.sampled_from([Doc.ACT_BANK_TEST, Doc.PROT_BANK])),
    st.tuples(st.just("wait"), st.integers(1, 2)),
    st.tuples(st.just("go_live")),
    st.tuples(st.just("suspend")),
    st.tuples(st.just("resume")),
    st.tuples(st.just("grant"), st.sampled_from([*Contour])),
    st.tuples(st.just("credentials"), st.sampled_from([*Contour])),
    st.tuples(st.just("set the flag")),
)

DRAWN_UP = (("forward", 11, 1),)
ACT_SIGNED = (*DRAWN_UP, ("sign", Doc.ACT_BANK_TEST), ("forward", 1, 0))
LIVE = (*ACT_SIGNED, ("wait", 1), ("go_live",))
SUSPEND, DISCONNECT, WITHDRAW = (
    ("step", name, enrolment.OPERATOR, 0) for name in ("suspend", "disconnect", "withdraw")
)
STARTS = [(), (("forward", 7, 1),), DRAWN_UP, ACT_SIGNED, LIVE]
"""Chance alone would seldom come as far as the act."""


class World:
    """One bank, its case, and by whose word production should be open."""

    def __init__(self, database):
        self.now = MONDAY
        self.code = f"BANK-{uuid4().hex[:12].upper()}"
        self.office = enrolment.Office(database, lambda: self.now, enrolment.Weekdays())
        self.registrar = Registrar(database, lambda: self.now, "оператор")
        self.registrar.add(Newcomer(self.code, "Банк", ParticipantKind.BANK))
        self.directory = Directory(database, lambda: self.now)
        self.case = self.office.open(self.code, CaseKind.BANK, "submit_join")
        self.signed_act: date | None = None
        """Day from which the act that both sides signed opens production."""
        self.is_live = self.is_suspended = self.is_case_suspended = False

    def do(self, event):
        kind, *rest = event
        with suppress(GatewayError, StopIteration):
            getattr(self, f"_{kind.replace(' ', '_')}")(*rest)
        self.case = self.office.view(self.case)

    def _step(self, name, who, shift):
        state, today = self.case.state, local_date(self.now)
        was_signed = self._act_is_signed()
        self.case = self.office.step(self.case, name, facts_of(name, today, shift), who=who)
        if name == "sign_act":
            assert (state, was_signed) == ("PROTOCOL_SIGNED", True)
            self.signed_act = self.case.facts["go_live_on"]
        if name in {"withdraw", "reject", "disconnect"}:
            self.signed_act, self.is_live = None, False
        if name in {"suspend", "resume"}:
            self.is_case_suspended = name == "suspend"
        self._come_due()

    def _come_due(self):
        """The hub takes the case into operation as soon as it is asked after the act's date."""
        if self.signed_act is not None and self.signed_act <= local_date(self.now):
            self.is_live = True

    def _forward(self, count, shift):
        for _ in range(count):
            name = self._next_step()
            if name == "sign_protocol":
                self.office.papers.sign(Doc.PROT_BANK)
            self.office.try_for(self.case, name)
            self._step(name, enrolment.OPERATOR, shift)

    def _next_step(self):
        way = enrolment.bank_way(local_date(self.now))
        names = ["register_join", *(one if isinstance(one, str) else one[0] for one in way)]
        once = {"admit", "draw_up_act"}
        return next(
            name
            for name in names
            if (self.case.state, name) in MACHINE.index
            and not (name in once and self._was_done(name))
        )

    def _was_done(self, name):
        return any(step.step == name for step in self.case.history)

    def _act_is_signed(self):
        document = self.case.document(Doc.ACT_BANK_TEST)
        return document in self.office.papers.signed

    def _sign(self, doc):
        self.office.papers.sign(doc)

    def _wait(self, days):
        self.now += timedelta(days=days)

    def _go_live(self):
        self.office.go_live()
        self._come_due()

    def _suspend(self):
        self.registrar.suspend(self.code, "решение")
        self.is_suspended = True

    def _resume(self):
        self.registrar.resume(self.code, "решение")
        self.is_suspended = False

    def _grant(self, contour):
        self.registrar.grant(self.code, "meals/bank-payment", contour)

    def _credentials(self, contour):
        self.registrar.issue_credentials(self.code, contour)

    def _set_the_flag(self):
        """What lists show is not what access follows from."""
        table = registry_models.participant
        with self.office.database.writing() as transaction:
            transaction.execute(
                sa.update(table)
                .where(table.c.code == self.code)
                .values(state=ParticipantState.IN_OPERATION.value)
            )

    @property
    def should_be_open(self):
        return self.is_live and not self.is_suspended and not self.is_case_suspended

    @property
    def is_open(self):
        self.directory.invalidate()
        sender = self.directory.participant(Contour.PROD, self.code)
        assert (sender.state is ParticipantState.IN_OPERATION) == (
            bool(sender.services) and sender.admission is None
        )
        return sender.state is ParticipantState.IN_OPERATION


@settings(
    max_examples=examples(suite=15, proofs=60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(start=LIVE, sequence=[("suspend",), ("resume",), SUSPEND, ("go_live",)])
@example(start=LIVE, sequence=[DISCONNECT, ("go_live",), ("resume",)])
@example(start=ACT_SIGNED, sequence=[WITHDRAW, ("wait", 2), ("go_live",)])
@example(start=ACT_SIGNED, sequence=[("suspend",), ("wait", 2), ("go_live",), ("resume",)])
@given(start=st.sampled_from(STARTS), sequence=st.lists(events, min_size=3, max_size=10))
def test_production_opens_by_the_signed_act_and_by_nothing_else(
    sqlite_registry_database, start, sequence
):
    world = World(sqlite_registry_database)
    for event in (*start, *sequence):
        world.do(event)
        assert world.is_open == world.should_be_open, event


def test_the_law_is_not_empty(registry_database):
    world = World(registry_database)
    for event in ACT_SIGNED:
        assert not world.is_open
        world.do(event)
    assert (world.case.state, world.is_open) == ("ACT_SIGNED", False)
    world.do(("wait", 1))
    assert not world.is_open
    world.do(("go_live",))
    assert world.is_open
