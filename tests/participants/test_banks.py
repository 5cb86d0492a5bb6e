"""Banks over real HTTP get exactly the verdicts that they have earned (issue 5, must show 1)."""

from datetime import timedelta

from proofs import on
from trial import NOW, WINDOWS_END, now

from gateway.conformance.admission import red_checks


def run(trial, bank) -> None:
    """Let the bank's engineer go through the plan, line after line."""
    bank.order(case="ping")
    for line in trial.lines():
        bank.order(**trial.attempt(line))
        trial.advance()
    trial.let_time_pass()


@on("postgresql")
def test_a_good_bank_passes_the_whole_of_online_payments(trial, bank, running_hub):
    session = trial("SUITE-01", "bank")
    session.is_seen_by(running_hub)
    run(session, bank("good"))
    assert session.verdicts() == dict.fromkeys(session.lines(), "PASS")
    assert len(session.lines()) == 15


@on("sqlite")
def test_a_good_bank_passes_the_whole_of_registries(trial, bank):
    session = trial("SUITE-02", "bank")
    run(session, bank("good"))
    pictures = {"BR-02/1": "REVIEW"}
    assert session.verdicts() == dict.fromkeys(session.lines(), "PASS") | pictures
    session.confirm_all()
    judgement = session.judged(later=WINDOWS_END).judgement
    assert all(line.passed for line in judgement.lines)
    assert judgement.verdict.value == "PASS"


def test_a_bank_that_resends_refused_registries_fails_where_it_does(trial, bank):
    session = trial("SUITE-02", "bank")
    run(session, bank("resends"))
    failed = {"BR-02/1", "BR-02/2", "BR-03/1", "BR-03/2", "BR-09"}
    assert session.verdicts() == {
        line: "FAIL" if line in failed else "PASS" for line in session.lines()
    }
    (told,) = {row.expected for row in rows_that_failed(session, "BR-02/1")}
    assert told == "SubmitRegistry не должно приходить"


def test_a_bank_with_float_sums_fails_where_kopecks_are_lost(trial, bank):
    session = trial("SUITE-02", "bank")
    run(session, bank("floats"))
    others = {
        "BR-01": "FAIL",  # 100.00 + 200.10 + 300.20 in binary is short of a kopeck
        "BR-05": "SKIP",
        "BR-10": "SKIP",
        "BR-02/1": "REVIEW",
    }
    assert session.verdicts() == {line: others.get(line, "PASS") for line in session.lines()}
    (row,) = rows_that_failed(session, "BR-01")
    assert row.expected.endswith("= 600.30")
    assert row.received == "600.29"
    assert row.line is not None
    assert "десятичной арифметикой" in row.hint


def rows_that_failed(session, line: str) -> list:
    judged = session.judged(WINDOWS_END).line(line)
    return [row for step in judged.steps for row in step.checked if row.verdict.value == "FAIL"]


def test_an_answer_is_kept_back_once_and_the_repeat_gets_the_first_one(trial, bank, running_hub):
    session = trial("SUITE-01", "bank")
    session.is_seen_by(running_hub)
    program = bank("good")
    order = session.attempt("BO-15")
    assert program.order(**order) == 2
    session.advance()
    judged = session.judged()
    assert session.verdicts(NOW)["BO-15"] == "PASS"
    first, again = judged.evidence.messages
    (withheld,) = judged.evidence.withheld
    assert withheld.entry == first.entry
    assert (first.http_status, again.http_status) == (200, 200)
    assert first.reply == again.reply
    assert program.order(**order) == 3  # nobody waits for it any more: it is answered


def test_a_bank_that_takes_silence_for_done_fails(trial, bank, running_hub):
    session = trial("SUITE-01", "bank")
    session.is_seen_by(running_hub)
    assert bank("forgets").order(**session.attempt("BO-15")) == 1
    assert session.verdicts(NOW)["BO-15"] == "WAIT"
    assert session.verdicts(timedelta(hours=1))["BO-15"] == "FAIL"


def test_an_answer_that_was_kept_back_stays_so_when_the_hub_is_killed(trial, bank, running_hub):
    session = trial("SUITE-01", "bank")
    session.is_seen_by(running_hub)
    order = session.attempt("BO-15")
    assert bank("forgets").order(**order) == 1
    before = session.judged().evidence.withheld
    running_hub.kill()
    running_hub.start()
    assert bank("forgets").order(**order) == 1
    session.advance()
    assert session.judged().evidence.withheld == before
    assert session.verdicts(NOW)["BO-15"] == "PASS"


def test_a_second_attempt_of_a_mended_bank_passes_and_the_first_stays(trial, bank, running_hub):
    session = trial("SUITE-02", "bank")
    bank("floats").order(**session.attempt("BR-01"))
    assert session.verdicts()["BR-01"] == "FAIL"
    bank("good").order(**session.attempt("BR-01"))
    running_hub.wait_until(lambda: session.verdicts(NOW)["BR-01"] != "WAIT")
    assert session.verdicts(NOW)["BR-01"] == "PASS"
    kept = [attempt.verdict.value for attempt in session.judged().line("BR-01").attempts]
    assert kept == ["FAIL", "PASS"]


def test_pre_flight_of_a_bank_is_green_once_it_has_pinged(trial, bank, running_hub):
    session = trial("SUITE-01", "bank")
    names = {"address", "tls", "wsdl", "clock", "certificate", "credentials"}
    running_hub.wait_until(lambda: looked_at(session) == names)
    assert red_of(session) == ["clock"]
    bank("good").order(case="ping")
    running_hub.wait_until(lambda: red_of(session) == [])
    kept = session.judged().evidence.preflight
    assert sorted(check.name for check in kept) == sorted([*names, "clock"])
    assert session.verdicts(NOW) == dict.fromkeys(session.lines(), "WAIT")


def looked_at(session) -> set[str]:
    return {check.name for check in session.judged().evidence.preflight}


def red_of(session) -> list[str]:
    judged = session.judged()
    return list(red_checks(judged.suite, judged.evidence, now()))
