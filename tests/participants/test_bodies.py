"""Departments over real HTTP get the verdicts that they have earned (SUITE-06, SUITE-07)."""

from datetime import timedelta

import pytest

from gateway.conformance.verdicts import Mover

HOURS_LATER = timedelta(hours=4)
"""Later than any message is waited for."""


@pytest.fixture
def run(running_hub):
    """Let the department's engineer and the hub's stand go through the plan, line after line."""

    def go(trial, body) -> None:
        for line in trial.lines():
            body.order(line=line, **trial.attempt(line))
            running_hub.wait_until(lambda line=line: not is_the_stands_move(trial, line))
        trial.let_time_pass()

    return go


def is_the_stands_move(trial, line: str) -> bool:
    wait = trial.judged().line(line).wait
    return wait is not None and wait.mover is Mover.STAND


def failures(session) -> list[tuple]:
    """Return what was found wrong, for who reads the failure of a test."""
    return [
        (line.name, step.id, row.what, row.expected, row.received)
        for line in session.judged(HOURS_LATER).judgement.lines
        for step in line.steps
        for row in step.checked
        if row.verdict.value == "FAIL"
    ]


def test_a_good_department_passes_the_whole_of_applications(trial, body, run):
    program, url = body("good")
    session = trial("SUITE-06", "department", url)
    run(session, program)
    passed = dict.fromkeys(session.lines(), "PASS")
    assert session.verdicts(HOURS_LATER) == passed, failures(session)
    assert len(session.lines()) == 11


def test_a_good_department_passes_the_whole_of_events(trial, body, run):
    program, _ = body("good")
    session = trial("SUITE-07", "department")
    run(session, program)
    passed = dict.fromkeys(session.lines(), "PASS")
    assert session.verdicts(HOURS_LATER) == passed, failures(session)
    assert len(session.lines()) == 15


def test_a_department_that_sends_no_statuses_fails(trial, body, run):
    program, url = body("mute")
    session = trial("SUITE-06", "department", url)
    run(session, program)
    verdicts = session.verdicts(HOURS_LATER)
    answered = {"PA-02", "PA-03", "PA-04"}
    assert {line for line, verdict in verdicts.items() if verdict == "PASS"} == answered
    assert {verdicts["PA-01"], verdicts["PA-05"]} == {"FAIL"}
    judged = session.judged(HOURS_LATER)
    [case] = [one for one in judged.suite.cases if one.code == "PA-01"]
    assert "PORT-APP-05" in case.verifies


def test_a_department_that_sends_a_status_after_the_final_one_fails(trial, body, run):
    program, url = body("late")
    session = trial("SUITE-06", "department", url)
    run(session, program)
    others = dict.fromkeys(session.lines(), "PASS")
    assert session.verdicts(HOURS_LATER) == others | {"PA-10": "FAIL"}
