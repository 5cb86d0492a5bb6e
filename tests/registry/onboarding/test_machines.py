from datetime import UTC, date, datetime

import enrolment
import pytest

from gateway.kernel.errors import IllegalTransition, NotAllowed
from registry.onboarding import engine, errors
from registry.onboarding.facts import FACTS
from registry.onboarding.machines import MACHINES, STATES
from registry.onboarding.table import NEW, CaseKind, Effect, Situation, Who
from registry.participants import ParticipantKind

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
SITUATION = Situation(ParticipantKind.BANK, {}, NOW)
REQUIRED = {
    "SM-REG": {"01", "03", "04", "06", "07"},
    "SM-EDO": {f"{number:02}" for number in range(1, 9)},
    "SM-ORG-INT": {f"{number:02}" for number in range(1, 10)},
    "SM-ORG-ARM": {"01", "02", "03"},
    "SM-BANK": {f"{number:02}" for number in range(1, 15)} - {"06"},
    "SM-PUTO": {f"{number:02}" for number in range(1, 9)},
    "SM-PUB": {f"{number:02}" for number in range(1, 11)},
    "SM-EMP": {f"{number:02}" for number in range(1, 7)},
    "SM-EMP-APP": {"07"},
    "SM-OIV-SVC": {"01", "02", "03", "04", "05"},
    "SM-OIV-ACC": {"06", "07"},
}
"""Rows of B2 by machine. BANK-06 is the guard of BANK-07, REG-05 that of REG-04."""
each_machine = pytest.mark.parametrize("machine", MACHINES.values(), ids=lambda one: one.kind.value)


@each_machine
def test_every_row_of_the_requirements_is_in_its_table(machine):
    numbers = {row.id.rpartition("-")[2] for row in machine.rows if row.id.startswith("ONB-")}

    assert REQUIRED[machine.kind.value] <= numbers


@each_machine
def test_a_step_from_any_other_state_is_illegal(machine):
    for state in (NEW, *machine.states):
        for step in machine.steps:
            if (state, step) not in machine.index:
                with pytest.raises(IllegalTransition):
                    engine.step(
                        machine, state, step, Who.OPERATOR, {}, SITUATION, enrolment.CALENDAR
                    )


@each_machine
def test_every_state_can_be_reached_and_has_a_name(machine):
    reached = {NEW}
    while more := {
        row.after for row in machine.rows if reached & {*row.before} and row.after not in reached
    }:
        reached |= more

    assert {*machine.states} <= reached
    assert {*machine.states} <= {*STATES}


@each_machine
def test_nothing_leads_out_of_a_final_state(machine):
    for state in machine.final:
        assert list(machine.leaving(state)) == []


@each_machine
def test_whoever_has_not_come_to_the_end_may_withdraw_and_be_rejected(machine):
    for state in {*machine.states} - machine.final - machine.operational - {"SUSPENDED"}:
        assert {"withdraw", "reject"} <= {row.step for row in machine.leaving(state)}
    for state in machine.operational:
        assert {"suspend", "disconnect"} <= {row.step for row in machine.leaving(state)}


@each_machine
def test_a_step_without_what_it_needs_names_it(machine):
    for (state, step), row in machine.index.items():
        if row.needs:
            with pytest.raises(errors.GuardFailed) as refused:
                engine.step(machine, state, step, row.who[0], {}, SITUATION, enrolment.CALENDAR)
            assert all(name in refused.value.text for name in row.needs)


@each_machine
def test_every_fact_of_a_row_is_known(machine):
    for row in machine.rows:
        assert {*row.needs, *row.takes} <= {*FACTS}


@each_machine
def test_only_the_hub_itself_takes_a_case_into_operation_by_an_act(machine):
    for (state, step), row in machine.index.items():
        if row.effect is not Effect.GOES_LIVE:
            continue
        assert state in {"ACT_SIGNED", "NETWORK_READY"}
        for who in {*Who} - {Who.SCHEDULER}:
            with pytest.raises(NotAllowed):
                engine.step(machine, state, step, who, {}, SITUATION, enrolment.CALENDAR)


def test_a_participant_does_not_do_the_operators_steps():
    with pytest.raises(NotAllowed, match="оператор"):
        engine.step(
            MACHINES[CaseKind.BANK],
            "APPLIED",
            "return_application",
            Who.PARTICIPANT,
            {"remarks": ("нет подписи",)},
            SITUATION,
            enrolment.CALENDAR,
        )


def test_a_fact_that_the_step_does_not_take_is_refused():
    with pytest.raises(errors.FactInvalid, match="quota"):
        engine.step(
            MACHINES[CaseKind.BANK],
            "JOIN_SUBMITTED",
            "register_join",
            Who.OPERATOR,
            {"join_number": "1", "quota": 5},
            SITUATION,
            enrolment.CALENDAR,
        )


@pytest.mark.parametrize(
    ("received", "last"),
    [
        pytest.param(date(2026, 10, 29), date(2026, 11, 6), id="over the holiday of 4 November"),
        pytest.param(date(2025, 12, 29), date(2026, 1, 15), id="over New Year"),
        pytest.param(date(2024, 4, 22), date(2024, 4, 27), id="to a working Saturday"),
        pytest.param(date(2021, 2, 15), date(2021, 2, 20), id="to another working Saturday"),
    ],
)
def test_the_application_of_a_bank_has_five_working_days(received, last):
    at = datetime(received.year, received.month, received.day, 6, tzinfo=UTC)
    given = {**enrolment.CONTACTS, "received_at": at}
    situation = Situation(ParticipantKind.BANK, given, at)

    [deadline] = engine.step(
        MACHINES[CaseKind.BANK], "JOINED", "apply", Who.PARTICIPANT, given, situation,
        enrolment.CALENDAR,
    ).deadlines  # fmt: skip

    assert deadline.due_at == datetime(last.year, last.month, last.day, 19, tzinfo=UTC)
