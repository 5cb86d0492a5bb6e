"""Departments over real HTTP: the stand calls them, and what they do not do is theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from proofs import on
from trial import NOW, WINDOWS_END, now

from gateway.conformance.calls.rounds import Rounds
from gateway.conformance.evidence import Signature


def run(trial, rounds=None) -> None:
    """Begin every line; the stand makes the calls that come due."""
    for line in trial.lines():
        trial.attempt(line)
        trial.call_all(rounds)


class Hasty:
    """A caller that does not wait for as long as the plan allows on a loaded machine."""

    def __init__(self, caller):
        self.caller = caller

    def call(self, order):
        return self.caller.call(replace(order, timeout=timedelta(seconds=0.5)))


@on("postgresql")
def test_a_good_department_passes(trial, department):
    session = trial("department-intake", "department", department("good"))
    run(session)
    assert session.verdicts() == dict.fromkeys(session.lines(), "PASS")
    called = session.judged().evidence.calls
    assert [call.http_status for call in called] == [200, 200, 200, 500, 200]
    assert all(b"MessageHeader" in call.request and b"Signature" in call.request for call in called)


def test_a_deaf_department_fails_by_its_silence(trial, department):
    session = trial("department-intake", "department", department("deaf"))
    stand = session.hub.stand
    hasty = Rounds(session.desk, lambda contour: Hasty(stand.caller(contour)), stand.endpoints_of)
    run(session, hasty)
    assert session.verdicts() == {
        "DI-01": "FAIL",
        "DI-02": "FAIL",
        "DI-03": "FAIL",
        "DI-04": "SKIP",
    }
    (first, *_) = session.judged().evidence.calls
    assert first.trouble == "Ответ не пришёл за отведённое время."
    assert not first.ours


def test_a_department_that_tells_of_nothing_is_waited_for_and_fails(trial, department):
    session = trial("department-intake", "department", department("mute"))
    run(session)
    others = {"DI-02": "PASS", "DI-03": "PASS"}
    assert session.verdicts(NOW) == {"DI-01": "WAIT", **others, "DI-04": "WAIT"}
    wait = session.judged().line("DI-01").wait
    assert (wait.mover.value, wait.until is not None) == ("участник", True)
    assert session.verdicts(WINDOWS_END) == {"DI-01": "FAIL", **others, "DI-04": "SKIP"}


@pytest.mark.parametrize(
    ("manners", "found"), [("unsigned", "подписи нет"), ("spoiling", "подпись не подтверждена")]
)
def test_a_department_that_does_not_sign_what_it_answers_fails(trial, department, manners, found):
    session = trial("department-intake", "department", department(manners))
    session.attempt("DI-01")
    session.call_all()
    (step, *_) = session.judged().line("DI-01").steps
    (row,) = [row for row in step.checked if row.what == "signature"]
    assert (row.verdict.value, row.received) == ("FAIL", found)
    assert row.hint == "Подписывайте ответы зарегистрированным сертификатом"


def test_a_department_without_a_certificate_is_not_held_to_a_signature(trial, department):
    session = trial("department-intake", "department", department("unsigned"))
    session.attempt("DI-01")
    stand = session.hub.stand

    def caller_of_nobody_we_know(contour):
        caller = stand.caller(contour)
        return replace(caller, examine=lambda _, reply: caller.examine("DEPT72999", reply))

    rounds = Rounds(session.desk, caller_of_nobody_we_know, stand.endpoints_of)
    while rounds.run(session.jobs, now()):
        pass
    (call,) = session.judged().evidence.calls
    assert call.signature is Signature.NOT_DUE
    (step, *_) = session.judged().line("DI-01").steps
    assert (step.verdict.value, step.checked[2].received) == (
        "PASS",
        "сертификата у участника нет, подпись не проверяется",
    )


def test_calls_are_found_again_by_whoever_looks_after_a_restart(trial, department, running_hub):
    session = trial("department-intake", "department", department("good"))
    session.attempt("DI-02")
    session.call_all()
    before = session.verdicts(NOW)
    running_hub.kill()
    running_hub.start()
    assert session.verdicts(NOW) == before
    session.call_all()
    assert len(session.judged().evidence.calls) == 2


def test_an_address_that_the_registry_does_not_name_is_never_called(trial, department):
    department("good")
    session = trial("department-intake", "department", "http://127.0.0.1:9/other")
    session.attempt("DI-01")
    session.call_all()
    assert session.judged().evidence.calls == ()
    assert session.verdicts(NOW)["DI-01"] == "WAIT"
    checks = session.hub.stand.preflight(session.jobs.contour, session.session_id)
    assert "address" in [check.name for check in checks if not check.is_green]


def test_pre_flight_of_a_department_looks_at_its_real_address(trial, department):
    session = trial("department-intake", "department", department("good"))
    checks = session.hub.stand.preflight(session.jobs.contour, session.session_id)
    assert {check.name: check.status.value for check in checks} == {
        "address": "GREEN",
        "tls": "NOT_NEEDED",
        "clock": "GREEN",
        "certificate": "GREEN",
        "credentials": "GREEN",
    }


def test_a_call_that_was_made_and_not_recorded_is_made_again_as_the_same_message(trial, department):
    session = trial("department-intake", "department", department("good"))
    session.attempt("DI-01")
    rounds = session.hub.stand.rounds
    lost = rounds._made(rounds._next(session.jobs), session.jobs)  # and the process dies
    session.call_all()
    (call,) = session.judged().evidence.calls
    assert str(lost.message_id).encode() in call.request
    assert b"<tns:duplicate>true<" in call.reply
    assert session.verdicts()["DI-01"] == "PASS"


def test_a_call_of_an_attempt_that_is_over_is_not_recorded_for_the_next(trial, department):
    session = trial("department-intake", "department", department("mute"))
    session.attempt("DI-02")
    rounds = session.hub.stand.rounds
    due = rounds._next(session.jobs)
    made = rounds._made(due, session.jobs)
    session.attempt("DI-02")
    rounds._record(due, made, session.jobs)
    assert session.judged().evidence.calls == ()


def test_a_stand_without_a_key_breaks_itself_and_nobody_else(trial, department):
    session = trial("department-intake", "department", department("good"))
    session.attempt("DI-01")
    hub = session.hub
    keyless = Rounds(
        session.desk,
        lambda contour: replace(hub.stand.caller(contour), sign=None),
        hub.stand.endpoints_of,
    )
    assert keyless.run(session.jobs, now())
    assert session.verdicts()["DI-01"] == "ERROR"
