"""Every step in every state, to the word: what mutants of the judge would change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from rehearsed import NOON, REGISTRY, Session, envelope, event, receipt, registry

from gateway.conformance import admission
from gateway.conformance.errors import SuiteBroken
from gateway.conformance.evidence import Place, Signature
from gateway.conformance.judge import unjudged
from gateway.conformance.language import model, scalars
from gateway.conformance.language.suite import load_suite, shipped
from gateway.conformance.verdicts import Mover, Verdict, Wait
from gateway.kernel.errors import Finding

PICTURE = Place("BR-03", 1, 1, "picture")
ELSEWHERE = Place("BR-03", 2, 1, "picture")
LINES = Place("BR-01", 0, 1, "step4")


@pytest.fixture
def banks(catalog) -> Session:
    """A session of the shipped plan of registries, its first registry received at NOON."""
    suite = load_suite(shipped()["bank-registry"], catalog)
    session = Session(suite, catalog, organizer_inn="7200000018", unknown_account="1000009991")
    session.begin("BR-01")
    reply = envelope(
        f'<SubmitRegistryResponse xmlns="{REGISTRY}"><hubRegistryId>h</hubRegistryId>'
        "<state>RECEIVED</state><duplicate>false</duplicate></SubmitRegistryResponse>"
    )
    session.message(session.evidence.handed_out[0].content, reply)
    return session


# The hub's state, within a window.


def test_the_state_is_asked_for_until_the_window_ends(banks):
    line = banks.line("BR-01")
    deadline = NOON + timedelta(minutes=10)
    assert line.wait == Wait(Mover.STAND, "узнать hub.registry_lines", deadline)
    assert line.steps[-1].wanted.place == LINES
    banks.answer(LINES, 1)
    assert banks.line("BR-01").wait.until == deadline
    assert banks.verdict("BR-01", minutes=9, seconds=58) == "WAIT"
    assert banks.verdict("BR-01", minutes=9, seconds=59) == "FAIL"


def test_a_state_that_comes_in_time_passes_whatever_follows(banks):
    banks.answer(LINES, 1)
    banks.later(minutes=1).answer(LINES, 3)
    assert banks.verdict("BR-01") == "PASS"
    assert banks.line("BR-01").steps[-1].done_at == banks.now
    banks.later(minutes=1).answer(LINES, 4)
    banks.later(minutes=1).answer(LINES, 0, trouble="база не отвечает")
    assert banks.verdict("BR-01", hours=1) == "PASS"


def test_trouble_before_a_good_state_stays_an_error(banks):
    banks.answer(LINES, 0, trouble="база не отвечает")
    banks.later(minutes=1).answer(LINES, 3)
    line = banks.line("BR-01")
    assert line.verdict is Verdict.ERROR
    assert line.reason == (
        "Сбой стенда при проверке: Узел не сказал hub.registry_lines: база не отвечает."
    )


def test_the_last_state_of_a_window_is_what_fails(banks):
    for rows in (1, 2):
        banks.later(minutes=1).answer(LINES, rows)
    (row,) = banks.line("BR-01", hours=1).steps[-1].checked
    assert (row.expected, row.received) == ("строк: 3", "строк: 2")


@pytest.mark.parametrize("minutes", [-1, 10, 60])
def test_a_state_from_outside_the_window_does_not_count(banks, minutes):
    now = banks.now
    banks.now = NOON + timedelta(minutes=minutes, seconds=1)
    banks.answer(LINES, 3)
    banks.now = now
    assert banks.verdict("BR-01", hours=2) != "PASS"


def test_a_state_at_the_edges_of_the_window_counts(banks):
    before = banks.evidence
    for moment in (NOON, NOON + timedelta(minutes=10)):
        banks.evidence = before
        banks.now = moment
        banks.answer(LINES, 3)
        assert banks.verdict("BR-01", hours=2) == "PASS"


def test_the_state_of_another_place_is_another_state(banks):
    banks.answer(Place("BR-05", 0, 1, "step4"), 3)
    assert banks.verdict("BR-01") == "WAIT"


def test_without_a_window_the_first_state_decides(session):
    place = Place("BR-02", 0, 1, "step4")
    session.good_registry()
    session.later(minutes=1).begin("BR-02")
    session.later(minutes=1).message(registry(), receipt())
    session.answer(place, 2)
    session.later(minutes=1).answer(place, 3)
    assert session.verdict("BR-02") == "FAIL"
    step = session.line("BR-02").steps[-1]
    assert (step.id, step.text) == ("step4", "Проверяем состояние узла: hub.registry_lines")


# A person.


def test_what_was_brought_for_another_line_is_not_brought_for_this(session):
    session.refused_registry(1)
    session.later(minutes=6).provide(ELSEWHERE)
    line = session.line("BR-03/1")
    assert line.wait == Wait(
        Mover.PARTICIPANT, "приложите подтверждение: Покажите сообщение об ошибке"
    )
    step = line.steps[-1]
    assert (step.id, step.text, step.verdict) == (
        "picture",
        "Покажите сообщение об ошибке",
        Verdict.WAIT,
    )
    assert step.done_at == line.steps[-2].done_at


def test_a_decision_on_another_line_or_of_tomorrow_confirms_nothing(session):
    session.refused_registry(1)
    session.later(minutes=6).provide(PICTURE)
    session.decide(ELSEWHERE, confirmed=True)
    session.later(days=1).decide(PICTURE, confirmed=True)
    session.later(days=-1)
    line = session.line("BR-03/1")
    assert (line.verdict, line.passed) == (Verdict.REVIEW, False)
    step = line.steps[-1]
    assert (step.id, step.text) == ("picture", "Покажите сообщение об ошибке")
    assert step.done_at == line.steps[-2].done_at


def test_what_is_brought_tomorrow_is_not_here_today(session):
    session.refused_registry(1)
    session.later(days=1).provide(PICTURE)
    assert session.verdict("BR-03/1", hours=-1) == "WAIT"


def test_a_confirmation_has_no_reason_to_tell_and_a_rejection_ends_the_line(session):
    session.refused_registry(1)
    session.later(minutes=6).provide(PICTURE)
    before = session.evidence
    session.decide(PICTURE, confirmed=True)
    step = session.line("BR-03/1").steps[-1]
    assert (step.id, step.reason, step.done_at is None) == ("picture", None, False)
    session.evidence = before
    session.decide(PICTURE, confirmed=False)
    step = session.line("BR-03/1").steps[-1]
    assert (step.id, step.text, step.done_at) == (
        "picture",
        "Покажите сообщение об ошибке",
        None,
    )
    assert step.decision.confirmed is False


def test_a_file_that_is_not_yet_handed_out_is_our_move(session):
    session.begin("BR-03", 1)
    session.evidence = replace(session.evidence, handed_out=())
    line = session.line("BR-03/1")
    assert line.wait == Wait(Mover.STAND, "подготовить файл samples/wrong.xml")
    assert line.steps[0].wanted.place == Place("BR-03", 1, 1, "step1")


def test_only_the_first_row_asks_for_what_is_asked_once(banks):
    banks.begin("BR-02", 1)
    banks.begin("BR-02", 2)
    for row in (1, 2):
        content = banks.evidence.handed_out[row].content
        banks.refused(content, "REGISTRY_TOTAL_MISMATCH")
    banks.later(minutes=6)
    for row in (1, 2):
        banks.answer(Place("BR-02", row, 1, "step5"), 0)
    assert (banks.verdict("BR-02/1"), banks.verdict("BR-02/2")) == ("WAIT", "PASS")


# Silence.


def test_silence_is_told_to_the_word(session):
    session.refused_registry(1)
    until = NOON + timedelta(minutes=7)
    line = session.line("BR-03/1")
    assert line.wait == Wait(Mover.NOBODY, "следим, что SubmitRegistry не придёт", until)
    step = line.steps[-1]
    assert (step.id, step.text, step.done_at) == ("step4", "Не ждём SubmitRegistry", None)
    kept = session.line("BR-03/1", minutes=4, seconds=59).steps[3]
    assert (kept.id, kept.text, kept.done_at) == ("step4", "Не ждём SubmitRegistry", until)
    (row,) = kept.checked
    assert (row.verdict, row.what, row.expected, row.received, row.requirements) == (
        Verdict.PASS,
        "absent",
        "SubmitRegistry не должно приходить",
        "не приходило",
        ("R-14",),
    )


def test_silence_is_kept_by_who_sends_at_its_end(session):
    number = session.refused_registry(1)
    session.now = NOON + timedelta(minutes=7)
    session.refused(registry(number), "REGISTRY_TOTAL_MISMATCH")
    assert session.line("BR-03/1").steps[3].verdict is Verdict.PASS


# A message.


def test_an_awaited_message_is_told_to_the_word(session):
    session.begin("BR-01")
    step = session.line("BR-01").steps[0]
    assert (step.id, step.text, step.verdict) == ("reg", "Ждём SubmitRegistry", Verdict.WAIT)
    (step,) = session.line("BR-01", hours=1).steps
    (row,) = step.checked
    assert (step.id, step.done_at, row.verdict, row.what) == ("reg", None, Verdict.FAIL, "arrival")
    assert row.expected == "SubmitRegistry в течение 0:30:00"


def test_a_message_is_taken_by_one_step_only(session):
    """Two statuses at one moment are two messages; one is not both."""
    attempt = session.begin("PU-01")
    session.called(Place("PU-01", 0, 1, "submit"))
    later = NOON + timedelta(hours=1)
    session.message(
        event(attempt.values["app_id"], "RECEIVED", later), receipt(), operation="PutEvent"
    )
    line = session.line("PU-01")
    assert [step.id for step in line.steps] == ["submit", "first", "second"]
    assert (line.verdict, line.steps[1].entries) == (Verdict.WAIT, (1,))


def test_a_reply_is_judged_by_its_status(session):
    session.begin("BR-01")
    session.message(registry(), receipt(), http_status=202)
    line = session.line("BR-01")
    assert (line.verdict, line.steps[-1].checked[0].received) == (Verdict.FAIL, "HTTP 202")
    assert line.steps[-1].text == "Проверяем ответ 0-1"


def test_our_call_is_told_to_the_word(session):
    place = Place("PU-01", 0, 1, "submit")
    session.begin("PU-01")
    assert session.line("PU-01").wait == Wait(Mover.STAND, "вызвать SubmitApplication у участника")
    session.called(place, answered_at=None)
    line = session.line("PU-01")
    assert line.reason == "ответ на SubmitApplication: ответа нет"
    assert line.steps[0].text == "Вызываем SubmitApplication у участника"


def test_a_call_of_another_place_or_of_tomorrow_is_not_made(session):
    session.begin("PU-01")
    session.called(Place("PU-01", 0, 2, "submit"))
    session.later(days=1).called(Place("PU-01", 0, 1, "submit"))
    assert session.line("PU-01", days=-1).wait.mover is Mover.STAND


def test_a_wrong_status_or_no_xml_from_the_participant_fails(session):
    place = Place("PU-01", 0, 1, "submit")
    session.begin("PU-01")
    before = session.evidence
    session.called(place, http_status=500)
    assert session.verdict("PU-01") == "FAIL"
    session.evidence = before
    session.called(place, reply=b"<cut")
    (row,) = [r for r in session.line("PU-01").steps[0].checked if r.verdict is Verdict.FAIL]
    assert row.received == "ответ участника на SubmitApplication: не XML, строка 1"


def test_a_message_that_came_before_the_one_awaited_before_it_does_not_count(session):
    received = model.Match(path("//e:status"), "RECEIVED")
    session = with_step(session, "PU-01", "first", match=received)
    app_id = session.begin("PU-01").values["app_id"]
    session.called(Place("PU-01", 0, 1, "submit"))
    for status in ("DONE", "RECEIVED"):
        session.later(minutes=1)
        told = event(app_id, status, session.now)
        session.message(told, receipt(), operation="PutEvent", service="e/1.0")
    line = session.line("PU-01")
    assert (line.verdict, line.steps[1].verdict) == (Verdict.WAIT, Verdict.PASS)
    assert session.verdict("PU-01", hours=1) == "FAIL"


def test_of_two_files_for_one_step_the_first_is_the_one_that_counts(session):
    session.begin("BR-03", 1)
    (first,) = session.evidence.handed_out
    again = replace(first, at=first.at + timedelta(minutes=1), content=registry("r-2"))
    session.evidence = replace(session.evidence, handed_out=(again, first))
    session.later(minutes=2).refused(registry("r-2"), "REGISTRY_TOTAL_MISMATCH")
    assert session.line("BR-03/1").steps[1].verdict is Verdict.WAIT
    session.refused(first.content, "REGISTRY_TOTAL_MISMATCH")
    assert session.line("BR-03/1").steps[1].verdict is Verdict.PASS


def test_what_our_own_file_lacks_is_our_error(session):
    session = with_step(session, "BR-03", "bad", match=None, rule=equal_to("$attach//r:nothing"))
    session.begin("BR-03", 1)
    session.refused(session.evidence.handed_out[0].content, "REGISTRY_TOTAL_MISMATCH")
    line = session.line("BR-03/1")
    assert line.verdict is Verdict.ERROR
    assert line.reason.endswith("wrong.xml: по пути //r:nothing найдено 0, нужно одно.")


def test_an_awaited_message_is_held_against_the_status_of_its_answer(session):
    session = with_step(session, "BR-01", "reg", rule=model.Http((200,)))
    session.begin("BR-01")
    session.message(registry(), receipt())
    assert session.line("BR-01").steps[0].verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("signature", "verdict"),
    [(Signature.VALID, "WAIT"), (Signature.NONE, "FAIL"), (None, "ERROR")],
)
def test_the_reply_to_our_call_is_held_against_its_signature(session, signature, verdict):
    session = with_step(session, "PU-01", "submit", rule=model.Signed(Signature.VALID))
    session.begin("PU-01")
    session.called(Place("PU-01", 0, 1, "submit"), signature=signature)
    assert session.verdict("PU-01") == verdict


@pytest.mark.parametrize(
    ("reference", "told", "verdict"),
    [
        ("$submit.request//e:asked", "1", "WAIT"),
        ("$submit.reply//e:code", "0", "WAIT"),
        ("$submit.reply//e:code", "1", "FAIL"),
        ("$submit.reply//e:nothing", "1", "FAIL"),
        ("$submit.request//e:nothing", "1", "ERROR"),
        ("$param.account", "1000000008", "WAIT"),
        ("$param.account", "1", "FAIL"),
    ],
)
def test_a_message_is_held_against_both_sides_of_our_call_and_what_was_given(
    session, reference, told, verdict
):
    session = with_step(session, "PU-01", "first", rule=equal_to(reference))
    app_id = session.begin("PU-01").values["app_id"]
    asked = b'<a xmlns="urn:test:events"><asked>1</asked></a>'
    session.called(Place("PU-01", 0, 1, "submit"), request=asked)
    message = event(app_id, told, session.now)
    session.message(message, receipt(), operation="PutEvent", service="e/1.0")
    assert session.verdict("PU-01") == verdict


@pytest.mark.parametrize(("seconds", "verdict"), [(1, "WAIT"), (-1, "FAIL")])
def test_a_message_is_held_against_the_time_of_our_call(session, seconds, verdict):
    rule = model.XPath(path("//e:time"), after=scalars.operand("$submit.time"))
    session = with_step(session, "PU-01", "first", rule=rule)
    app_id = session.begin("PU-01").values["app_id"]
    session.called(Place("PU-01", 0, 1, "submit"))
    told = event(app_id, "RECEIVED", session.now + timedelta(seconds=seconds))
    session.message(told, receipt(), operation="PutEvent", service="e/1.0")
    assert session.verdict("PU-01") == verdict


def path(text: str) -> model.Path:
    prefixes = {"r": REGISTRY, "e": "urn:test:events"}
    return model.Path(text, etree.XPath(text, namespaces=prefixes))


def equal_to(reference: str) -> model.Rule:
    """Return that a status, or the number of a registry, is what is referred to."""
    return model.XPath(path("//e:status | //r:registryId"), equals=scalars.operand(reference))


def with_step(session, code: str, step_id: str, rule: model.Rule | None = None, **changes):
    """Return a session of the suite in which a step of a case is another one."""
    if rule is not None:
        changes["assertions"] = (model.Assertion(rule, None, warns=False, hint=None),)
    case = session.suite.case(code)
    steps = tuple(replace(step, **changes) if step.id == step_id else step for step in case.steps)
    cases = tuple(replace(one, steps=steps) if one is case else one for one in session.suite.cases)
    return Session(replace(session.suite, cases=cases), session.catalog, intake_url="https://b.ru")


# The whole.


def test_a_plan_that_cannot_be_read_is_told_with_all_we_know(session):
    error = SuiteBroken("plan.yaml", (Finding("Ключ повторяется."),))
    judgement = unjudged("four-scenarios", error, session.evidence, NOON)
    assert (judgement.suite, judgement.plan, judgement.version, judgement.digest) == (
        "",
        "four-scenarios",
        "",
        "",
    )
    assert (judgement.judged_at, judgement.participant) == (NOON, "BANK72001")
    assert (judgement.system_version, judgement.rehearsal, judgement.lines) == ("7.1", False, ())


def test_a_judgement_names_what_it_is_about(session, suite):
    judgement = session.judge()
    assert (judgement.suite, judgement.plan, judgement.version, judgement.digest) == (
        "SUITE-99",
        "four-scenarios",
        "3.1.0",
        suite.digest,
    )
    assert (judgement.judged_at, judgement.participant) == (session.now, "BANK72001")
    assert (judgement.system_version, judgement.rehearsal) == ("7.1", False)
    assert judgement.lines[0].wait.text == "начните сценарий"


@pytest.mark.parametrize("of_judgement", [True, False])
def test_one_word_of_a_rehearsal_closes_the_gate(session, of_judgement):
    judgement = replace(session.judge(), rehearsal=of_judgement)
    evidence = replace(session.evidence, rehearsal=not of_judgement)
    gate = admission.decide(session.suite, judgement, evidence, session.now)
    assert "Это репетиция: она не даёт права на допуск." in gate.reasons


def test_evidence_of_exactly_ninety_days_is_too_old(session):
    session.good_registry()
    now = NOON + timedelta(days=90)
    gate = admission.decide(session.suite, session.judge(), session.evidence, now)
    assert "BR-01: свидетельства старше 90 дней." in gate.reasons


def test_what_a_call_has_set_going_counts_even_if_it_comes_before_the_answer(session):
    app_id = session.begin("PU-01").values["app_id"]
    for status, called in (("RECEIVED", True), ("DONE", False)):
        session.later(seconds=5)
        told = event(app_id, status, session.now)
        session.message(told, receipt(), operation="PutEvent", service="e/1.0")
        if called:
            session.called(Place("PU-01", 0, 1, "submit"))
    assert session.verdict("PU-01") == "PASS"
