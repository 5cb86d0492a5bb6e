from dataclasses import replace
from datetime import timedelta

import pytest
from rehearsed import NOON, receipt, registry

from gateway.conformance import assertions
from gateway.conformance.errors import SuiteBroken
from gateway.conformance.evidence import Place, Signature
from gateway.conformance.judge import unjudged
from gateway.conformance.verdicts import HEAVIEST_FIRST, Mover, Verdict, fold
from gateway.kernel.errors import Finding

# The four scenarios of the design.


def test_a_right_participant_passes_and_its_pictures_wait_for_a_tester(session):
    session.good_day()
    assert {line.name: line.verdict.value for line in session.judge().lines} == {
        "BR-01": "PASS",
        "BR-02": "PASS",
        "BR-03/1": "REVIEW",
        "BR-03/2": "REVIEW",
        "BR-03/3": "REVIEW",
        "PU-01": "PASS",
    }


def test_a_client_that_resends_what_was_refused_fails(session):
    number = session.refused_registry(1)
    again = session.later(minutes=2).refused(registry(number), "REGISTRY_TOTAL_MISMATCH")
    line = session.line("BR-03/1")
    assert line.verdict is Verdict.FAIL
    assert line.steps[-1].entries == (again.entry,)
    assert "не должно приходить: получено: запись 0-2" in line.reason


def test_a_department_that_sends_no_status_fails_once_the_time_is_over(session):
    session.begin("PU-01")
    session.called(Place("PU-01", 0, 1, "submit"))
    assert session.verdict("PU-01", minutes=9) == "WAIT"
    line = session.line("PU-01", minutes=10)
    assert line.verdict is Verdict.FAIL
    assert line.reason == "PutEvent в течение 0:10:00: сообщение не получено"


def test_in_the_middle_it_is_said_whose_move_it_is_and_until_when(session):
    session.begin("PU-01")
    session.called(Place("PU-01", 0, 1, "submit"))
    wait = session.line("PU-01", minutes=1).wait
    assert wait.mover is Mover.PARTICIPANT
    assert wait.until == NOON + timedelta(minutes=10)
    assert wait.text == "ждём PutEvent от участника"


# Lines, rows, attempts.


def test_nothing_begun_waits_for_the_participant(session):
    line = session.line("BR-01")
    assert (line.verdict, line.wait.mover) == (Verdict.WAIT, Mover.PARTICIPANT)
    assert session.judge().verdict is Verdict.WAIT


def test_a_conditional_case_without_its_condition_does_not_count(suite, catalog, session):
    session.evidence = replace(session.evidence, params={"account": "1"})
    line = session.line("PU-01")
    assert (line.verdict, line.applicable, line.passed) == (Verdict.SKIP, False, False)


def test_a_new_attempt_gives_the_verdict_and_the_old_one_is_kept(session):
    session.begin("BR-01")
    session.later(minutes=31).begin("BR-01")
    session.later(minutes=1).message(registry(), receipt())
    line = session.line("BR-01")
    assert line.verdict is Verdict.PASS
    assert [result.verdict.value for result in line.attempts] == ["FAIL", "PASS"]


def test_a_case_whose_need_has_failed_is_skipped_with_the_reason(session):
    session.begin("BR-01")
    session.later(minutes=31).begin("BR-02")
    line = session.line("BR-02")
    assert (line.verdict, line.passed) == (Verdict.SKIP, False)
    assert line.reason == "Сначала должен быть пройден сценарий BR-01: сейчас FAIL."


def test_a_case_waits_as_long_as_its_need_is_not_decided(session):
    session.begin("BR-01")
    session.begin("BR-02")
    assert session.verdict("BR-02") == "WAIT"


def test_a_case_whose_need_was_never_begun_is_skipped(session):
    session.begin("BR-02")
    assert session.verdict("BR-02") == "SKIP"


def test_a_later_attempt_at_a_need_changes_nothing_for_who_relied_on_it(session):
    session.good_registry()
    session.good_repeat()
    session.later(minutes=1).begin("BR-01")
    session.later(minutes=1).message(registry("r-2", total="1.00"), receipt("r-2", "h-2"))
    assert (session.verdict("BR-01"), session.verdict("BR-02")) == ("FAIL", "PASS")


# Messages.


def test_messages_of_others_and_of_other_times_do_not_count(session):
    session.message(registry(), receipt())
    session.later(minutes=1).begin("BR-01")
    session.later(minutes=1).message(registry(), receipt(), sender="BANK72002")
    session.message(registry(), receipt(), operation="AnnulRegistry")
    session.message(registry(), receipt(), sender=None)
    assert session.verdict("BR-01") == "WAIT"


def test_a_message_at_the_very_end_of_the_window_is_too_late(session):
    session.begin("BR-01")
    session.later(minutes=30).message(registry(), receipt())
    assert session.verdict("BR-01", days=1) == "FAIL"


def test_evidence_that_is_younger_than_the_moment_is_not_looked_at(session):
    session.begin("BR-01")
    session.later(minutes=5).message(registry(), receipt())
    assert session.verdict("BR-01", minutes=-1) == "WAIT"


def test_float_sums_fail_with_the_line_and_what_to_do(session):
    session.begin("BR-01")
    session.message(registry(total="600.29"), receipt())
    session.later(minutes=1)
    (row,) = [row for row in session.line("BR-01").steps[0].checked if row.what == "sum"]
    assert row.verdict is Verdict.FAIL
    assert row.requirements == ("R-12",)
    assert (row.received, row.line) == ("600.29", 1)
    assert row.path == "/Envelope/Body/SubmitRegistryRequest/totalAmount"
    assert row.hint == "Складывайте копейки"
    assert "600.30" in row.expected


def test_a_warning_never_fails(session):
    session.begin("BR-01")
    session.message(registry(), receipt(), signature=Signature.NONE)
    session.later(minutes=1)
    assert session.verdict("BR-01") == "WARN"


def test_what_is_not_xml_is_the_participants_fault_in_a_request(session):
    session.begin("BR-01")
    session.message(b"<cut", receipt())
    assert session.verdict("BR-01", minutes=1) == "FAIL"


# The stand.


@pytest.mark.parametrize("code", ["INTERNAL", "MAINTENANCE", "TEMPORARY_UNAVAILABLE"])
def test_a_hub_that_could_not_answer_is_an_error_of_ours(session, code):
    session.begin("BR-01")
    session.refused(registry(total="1.00"), code)
    assert session.verdict("BR-01", minutes=1) == "ERROR"


def test_too_many_requests_are_the_participants(session):
    session.begin("BR-01")
    session.refused(registry(), "TEMPORARY_UNAVAILABLE", http_status=429)
    assert session.verdict("BR-01", minutes=1) == "FAIL"


def test_a_reply_of_ours_that_was_not_kept_is_an_error(session):
    session.begin("BR-01")
    session.message(registry(), None)
    line = session.line("BR-01", minutes=1)
    assert line.verdict is Verdict.ERROR
    assert "не сохранено" in line.reason


@pytest.mark.parametrize("operation", ["SubmitRegistry", None])
def test_an_entry_that_cannot_be_read_is_an_error(session, operation):
    session.begin("BR-01")
    session.message(None, None, damage="сжатие нарушено", operation=operation, sender=None)
    session.later(minutes=1).message(registry(), receipt())
    line = session.line("BR-01", minutes=1)
    assert line.verdict is Verdict.ERROR
    assert "0-1 не читается: сжатие нарушено" in line.reason


def test_damage_after_what_was_awaited_does_not_matter(session):
    session.good_registry()
    session.later(minutes=1).message(None, None, damage="сжатие нарушено", sender=None)
    assert session.verdict("BR-01", minutes=1) == "PASS"


def test_damage_inside_a_window_of_silence_is_an_error(session):
    session.refused_registry(1)
    session.later(minutes=1).message(None, None, damage="сжатие нарушено")
    assert session.verdict("BR-03/1", minutes=9) == "ERROR"


def test_a_rule_that_crashes_is_an_error_whatever_the_participant_did(session, monkeypatch):
    def crash(*_):
        raise ZeroDivisionError

    session.good_registry()
    monkeypatch.setattr(assertions.amounts, "sum_of", crash)
    line = session.line("BR-01", minutes=1)
    assert line.verdict is Verdict.ERROR
    assert line.reason == "Сбой стенда при проверке: ZeroDivisionError"


def test_a_rule_that_sees_nothing_is_an_error(session, monkeypatch):
    session.good_registry()
    monkeypatch.setattr(assertions.amounts, "sum_of", lambda *_: ())
    assert session.verdict("BR-01", minutes=1) == "ERROR"


def test_a_case_that_needs_one_with_an_error_is_an_error_too(session):
    session.begin("BR-01")
    session.message(registry(), None)
    session.later(minutes=1).begin("BR-02")
    assert session.verdict("BR-02") == "ERROR"


def test_a_plan_that_cannot_be_read_is_an_error_as_a_whole(session):
    error = SuiteBroken("plan.yaml", (Finding("Ключ повторяется.", line=3),))
    judgement = unjudged("four-scenarios", error, session.evidence, session.now)
    assert judgement.verdict is Verdict.ERROR
    assert judgement.trouble == "plan.yaml, строка 3: Ключ повторяется."


# Our calls and the hub's state.


def test_until_we_have_called_it_is_our_move(session):
    session.begin("PU-01")
    line = session.line("PU-01")
    assert line.wait.mover is Mover.STAND
    assert line.steps[0].wanted.place == Place("PU-01", 0, 1, "submit")


def test_a_participant_that_cannot_be_reached_fails_and_a_stand_that_cannot_call_does_not(session):
    place = Place("PU-01", 0, 1, "submit")
    session.begin("PU-01")
    before = session.evidence
    session.called(place, trouble="соединение отклонено", answered_at=None)
    assert session.verdict("PU-01") == "FAIL"
    session.evidence = before
    session.called(place, trouble="нет сертификата стенда", ours=True)
    assert session.verdict("PU-01") == "ERROR"


def test_a_wrong_answer_to_our_call_fails(session):
    session.begin("PU-01")
    session.called(Place("PU-01", 0, 1, "submit"), code="7")
    assert session.verdict("PU-01") == "FAIL"


def test_the_hub_is_asked_with_the_values_of_the_case(session):
    session.good_registry()
    session.later(minutes=1).begin("BR-02")
    session.later(minutes=1).message(registry(), receipt())
    line = session.line("BR-02", seconds=1)
    assert line.wait.mover is Mover.STAND
    assert line.steps[-1].wanted.where == (("registry_id", "r-1"),)


@pytest.mark.parametrize(("rows", "verdict"), [(3, "PASS"), (2, "FAIL"), (4, "FAIL")])
def test_rows_of_the_hub_are_counted(session, rows, verdict):
    session.good_registry()
    session.later(minutes=1).begin("BR-02")
    session.later(minutes=1).message(registry(), receipt())
    session.later(seconds=1).answer(Place("BR-02", 0, 1, "step4"), rows)
    assert session.verdict("BR-02") == verdict


def test_a_hub_that_cannot_tell_its_state_is_an_error(session):
    session.good_registry()
    session.later(minutes=1).begin("BR-02")
    session.later(minutes=1).message(registry(), receipt())
    session.later(seconds=1).answer(Place("BR-02", 0, 1, "step4"), 3, trouble="база не отвечает")
    assert session.verdict("BR-02") == "ERROR"


def test_another_body_or_another_receipt_is_no_repeat(session):
    session.good_registry()
    session.later(minutes=1).begin("BR-02")
    before = session.evidence
    session.message(registry(amounts=("600.30",)), receipt())
    assert session.verdict("BR-02", minutes=1) == "FAIL"
    session.evidence = before
    session.message(registry(), receipt(hub_id="h-2"))
    assert session.verdict("BR-02", minutes=1) == "FAIL"


# People.


def test_silence_is_watched_until_its_window_ends(session):
    session.refused_registry(1)
    session.provide(Place("BR-03", 1, 1, "picture"))
    wait = session.line("BR-03/1", minutes=4).wait
    assert wait.mover is Mover.NOBODY
    assert wait.until == NOON + timedelta(minutes=7)
    assert session.verdict("BR-03/1", minutes=4) == "WAIT"
    assert session.verdict("BR-03/1", minutes=5) == "REVIEW"


def test_a_picture_is_asked_for_then_reviewed_then_confirmed(session):
    place = Place("BR-03", 1, 1, "picture")
    session.refused_registry(1)
    session.later(minutes=6)
    assert session.line("BR-03/1").wait.mover is Mover.PARTICIPANT
    session.provide(place)
    assert (session.verdict("BR-03/1"), session.line("BR-03/1").passed) == ("REVIEW", False)
    session.decide(place, confirmed=True)
    line = session.line("BR-03/1")
    assert (line.verdict, line.passed, line.steps[-1].decision.by) == (
        Verdict.REVIEW,
        True,
        "Испытатель",
    )


def test_a_rejected_picture_fails_and_the_first_decision_stands(session):
    place = Place("BR-03", 1, 1, "picture")
    session.refused_registry(1)
    session.later(minutes=6).provide(place)
    session.decide(place, confirmed=False)
    session.later(minutes=1).decide(place, confirmed=True)
    line = session.line("BR-03/1")
    assert line.verdict is Verdict.FAIL
    assert line.reason == "Испытатель отклонил: видно"


# Folding.


def test_nothing_folds_to_an_error():
    assert fold(()) is Verdict.ERROR


def test_every_verdict_has_its_weight():
    assert set(HEAVIEST_FIRST) == set(Verdict)
    assert HEAVIEST_FIRST[:2] == (Verdict.ERROR, Verdict.FAIL)
    assert HEAVIEST_FIRST[-2:] == (Verdict.WARN, Verdict.PASS)


@pytest.mark.parametrize("heavy", HEAVIEST_FIRST)
@pytest.mark.parametrize("light", HEAVIEST_FIRST)
def test_the_heavier_of_two_stands(heavy, light):
    expected = min(heavy, light, key=HEAVIEST_FIRST.index)
    assert fold([light, heavy]) is fold([heavy, light]) is expected
