"""Organizers over real HTTP get exactly the verdicts that they have earned (SUITE-04, SUITE-05)."""

from datetime import timedelta

from proofs import on
from trial import NOW, WINDOWS_END, now

from gateway.conformance.admission import red_checks

HOURS_LATER = timedelta(hours=2)
"""Later than any message is waited for."""


def run(trial, organizer) -> None:
    """Let the organizer's engineer go through the plan, line after line."""
    organizer.order(case="ping")
    for line in trial.lines():
        organizer.order(**trial.attempt(line))
        trial.advance()
    trial.let_time_pass()


@on("sqlite")
def test_a_good_organizer_passes_the_whole_of_menus(trial, organizer):
    session = trial("SUITE-04", "organizer")
    run(session, organizer("good"))
    shown = {"OM-06/1": "REVIEW"}
    assert session.verdicts() == dict.fromkeys(session.lines(), "PASS") | shown
    assert len(session.lines()) == 15
    session.confirm_all()
    assert session.judged(later=WINDOWS_END).judgement.verdict.value == "PASS"


@on("postgresql")
def test_a_good_organizer_passes_the_whole_of_the_exchange(trial, organizer):
    session = trial("SUITE-05", "organizer")
    run(session, organizer("good"))
    assert session.verdicts() == dict.fromkeys(session.lines(), "PASS")
    assert len(session.lines()) == 13


@on("postgresql")
def test_two_sessions_of_one_organizer_do_not_disturb_each_other(trial, organizer):
    program = organizer("good")
    first, second = trial("SUITE-05", "organizer"), trial("SUITE-05", "organizer")
    run(first, program)
    run(second, program)
    assert set(first.verdicts().values()) == set(second.verdicts().values()) == {"PASS"}


def test_an_organizer_that_names_a_foreign_school_fails_wherever_a_school_is_named(
    trial, organizer
):
    session = trial("SUITE-04", "organizer")
    run(session, organizer("strays"))
    others = {"OM-01": "PASS", "OM-02": "PASS", "OM-10": "PASS", "OM-12": "PASS"}
    others |= {"OM-04": "PASS", "OM-05": "PASS", "OM-09": "SKIP"}
    assert session.verdicts() == {line: others.get(line, "FAIL") for line in session.lines()}
    told = {row.received for row in rows_that_failed(session, "OM-03")}
    assert told == {"DONE_WITH_ERRORS", "2"}


def test_an_organizer_that_asks_about_a_foreign_school_is_told_nothing(trial, organizer):
    session = trial("SUITE-05", "organizer")
    run(session, organizer("strays"))
    by_school = {"OE-01", "OE-03", "OE-04", "OE-05", "OE-10"}
    told = session.verdicts(HOURS_LATER)
    assert {line for line, verdict in told.items() if verdict == "PASS"} == {
        "OE-02",
        "OE-06",
        "OE-07",
        "OE-09",
    }
    assert {told[line] for line in by_school} == {"FAIL"}


def test_an_organizer_that_changes_a_frozen_menu_is_refused_and_fails(trial, organizer):
    session = trial("SUITE-04", "organizer")
    run(session, organizer("rewrites"))
    passed = {"OM-01", "OM-02", "OM-04", "OM-05", "OM-10", "OM-11"}
    others = dict.fromkeys(passed, "PASS") | {"OM-09": "SKIP"}
    assert session.verdicts() == {line: others.get(line, "FAIL") for line in session.lines()}


def test_pre_flight_of_an_organizer_is_green_once_it_has_pinged(trial, organizer, running_hub):
    session = trial("SUITE-04", "organizer")
    organizer("good").order(case="ping")
    running_hub.wait_until(lambda: red_of(session) == [])
    assert session.verdicts(NOW) == dict.fromkeys(session.lines(), "WAIT")


def rows_that_failed(session, line: str) -> list:
    judged = session.judged(WINDOWS_END).line(line)
    return [row for step in judged.steps for row in step.checked if row.verdict.value == "FAIL"]


def red_of(session) -> list[str]:
    judged = session.judged()
    return list(red_checks(judged.suite, judged.evidence, now()))
