"""Which message is meant: by its fault, by a value, of whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from rehearsed import NOON, REGISTRY, Session, envelope, fault, receipt, registry

from gateway.conformance.evidence import Place, Signature
from gateway.conformance.language import model
from gateway.conformance.language.suite import load_suite, shipped
from gateway.conformance.verdicts import Verdict

PAYMENTS = "meals/bank-payment/1.0"


def session_of(plan, catalog, **params) -> Session:
    return Session(load_suite(shipped()[plan], catalog), catalog, **params)


@pytest.fixture
def transport(catalog) -> Session:
    return session_of(
        "common-transport", catalog, participant="BANK72001", service_namespace="urn:x"
    )


def ping(session: Session, case: str) -> bytes:
    session.begin(case)
    return session.evidence.handed_out[-1].content


# Of whom.


def test_an_unidentified_sender_is_meant_only_where_the_case_says_so(transport):
    spoilt = ping(transport, "CT-03")
    transport.refused(spoilt, "SIGNATURE_INVALID", sender=None, signature=Signature.INVALID)
    assert transport.verdict("CT-03") == "PASS"
    late = ping(transport, "CT-07")
    transport.refused(late, "HEADER_EXPIRED", sender=None)
    assert transport.verdict("CT-07") == "WAIT"


def test_a_message_of_another_participant_is_never_meant(transport):
    spoilt = ping(transport, "CT-03")
    transport.refused(spoilt, "SIGNATURE_INVALID", sender="BANK72002", signature=Signature.INVALID)
    assert transport.verdict("CT-03") == "WAIT"


def test_a_message_with_another_id_is_not_meant(transport):
    ping(transport, "CT-03")
    other = ping(transport, "CT-04")
    transport.refused(other, "SIGNATURE_INVALID", sender=None, signature=Signature.INVALID)
    assert (transport.verdict("CT-03"), transport.verdict("CT-04")) == ("WAIT", "PASS")


def test_a_doctype_hides_nobody(transport):
    transport.refused(ping(transport, "CT-09"), "VALIDATION_ERROR", sender=None, operation=None)
    assert transport.verdict("CT-09") == "PASS"


@pytest.mark.parametrize("octets", [None, b"<cut"])
def test_what_cannot_be_read_is_not_what_is_looked_for(transport, octets):
    ping(transport, "CT-09")
    transport.refused(octets, "VALIDATION_ERROR", sender=None, operation=None)
    assert transport.verdict("CT-09") == "WAIT"


def test_an_operation_that_the_hub_did_not_learn_is_none_that_is_awaited(session):
    session.begin("BR-01")
    session.message(registry(), receipt(), operation=None)
    assert session.verdict("BR-01") == "WAIT"


def test_damage_of_another_operation_is_passed_over(session):
    session.begin("BR-01")
    session.message(None, None, damage="сжатие нарушено", operation="AnnulRegistry")
    session.message(registry(), receipt())
    assert session.verdict("BR-01") == "PASS"


def test_the_words_of_an_awaited_message_of_any_kind(transport):
    ping(transport, "CT-01")
    assert transport.line("CT-01").wait.text == "ждём любое сообщение от участника"


# By its fault.


def answered(text: str) -> bytes:
    return envelope(f'<R xmlns="{REGISTRY}">{text}</R>')


@pytest.fixture
def unknown_account(catalog) -> Session:
    """A registry with an unknown account was taken, its protocol is to be read."""
    session = session_of(
        "bank-registry", catalog, organizer_inn="7200000018", unknown_account="1000009991"
    )
    session.begin("BR-06")
    session.message(
        session.evidence.handed_out[0].content,
        answered(
            "<hubRegistryId>h-1</hubRegistryId><state>RECEIVED</state><duplicate>0</duplicate>"
        ),
    )
    return session


def ask(session: Session, hub_id: str = "h-1", **more):
    request = answered(f"<hubRegistryId>{hub_id}</hubRegistryId>")
    more.setdefault("reply", answered("<line><result>ACCOUNT_UNKNOWN</result></line>"))
    return session.message(request, operation="GetRegistryProtocol", **more)


def test_a_question_that_came_too_early_is_passed_over(unknown_account):
    ask(unknown_account, reply=fault("NOT_READY"), code="NOT_READY", http_status=500)
    assert unknown_account.verdict("BR-06") == "WAIT"
    second = ask(unknown_account)
    line = unknown_account.line("BR-06")
    assert line.verdict is Verdict.PASS
    assert second.entry in line.steps[4].entries


def test_a_question_is_passed_over_until_its_answer_tells_what_is_waited_for(suite, catalog):
    case = suite.case("BR-01")
    processed = "//r:processedAt"
    path = model.Path(processed, etree.XPath(processed, namespaces={"r": REGISTRY}))
    steps = [
        replace(step, match=model.Match(answered=path)) if step.id == "reg" else step
        for step in case.steps
    ]
    other = replace(case, steps=tuple(steps))
    changed = tuple(other if known is case else known for known in suite.cases)
    session = Session(replace(suite, cases=changed), catalog)
    session.begin("BR-01")

    for early in (answered("<state>RECEIVED</state>"), None):
        session.message(registry(), early)
        assert session.verdict("BR-01") == "WAIT"
    late = session.message(registry(), answered("<state>RECEIVED</state><processedAt/>"))

    assert session.line("BR-01").steps[0].entries == (late.entry,)


def test_a_question_about_another_registry_is_passed_over(unknown_account):
    ask(unknown_account, "h-2")
    assert unknown_account.verdict("BR-06") == "WAIT"


def test_an_expectation_without_assertions_is_met_by_the_message_alone(unknown_account):
    ask(unknown_account)
    step = unknown_account.line("BR-06").steps[4]
    assert (step.id, step.verdict, step.checked) == ("protocol", Verdict.PASS, ())


def test_the_wrong_result_of_a_line_fails(unknown_account):
    ask(unknown_account, reply=answered("<line><result>CREDITED</result></line>"))
    assert unknown_account.verdict("BR-06") == "FAIL"


def test_silence_about_a_fault_is_broken_by_that_fault_only(suite, catalog):
    case = suite.case("BR-03")
    match = model.Match(fault="REGISTRY_TOTAL_MISMATCH")
    steps = [
        replace(step, match=match) if getattr(step, "absent", False) else step
        for step in case.steps
    ]
    other = replace(case, steps=tuple(steps))
    changed = tuple(other if known is case else known for known in suite.cases)
    session = Session(replace(suite, cases=changed), catalog)
    session.refused_registry(1)
    session.refused(registry("r-5"), "DUPLICATE_CONFLICT")
    assert session.verdict("BR-03/1") == "WAIT"
    session.refused(registry("r-6"), "REGISTRY_TOTAL_MISMATCH")
    assert session.verdict("BR-03/1") == "FAIL"


def test_a_value_that_the_stand_did_not_prepare_is_our_error(catalog):
    session = session_of("bank-online", catalog, unknown_account="1000009991")
    session.begin("BO-03")
    assert session.verdict("BO-03") == "WAIT"
    session.evidence = replace(session.evidence, params={"account": "1"})
    session.message(registry(), receipt(), operation="CheckAccount", service=PAYMENTS)
    line = session.line("BO-03")
    assert line.verdict is Verdict.ERROR
    assert "$param.unknown_account в сеансе нет" in line.reason


# By a value of an earlier step.


def test_what_the_request_lacks_is_the_participants(session):
    session.begin("BR-01")
    session.message(registry().replace(b"registryId", b"registryid"), receipt())
    session.begin("BR-02")
    assert (session.verdict("BR-01"), session.verdict("BR-02")) == ("FAIL", "SKIP")


def test_a_reply_of_ours_without_its_value_is_an_error(catalog):
    session = session_of(
        "bank-registry", catalog, organizer_inn="7200000018", unknown_account="1000009991"
    )
    session.begin("BR-06")
    session.message(
        session.evidence.handed_out[0].content,
        answered("<state>RECEIVED</state><duplicate>0</duplicate>"),
    )
    ask(session)
    line = session.line("BR-06")
    assert line.verdict is Verdict.ERROR
    assert line.reason == (
        "Сбой стенда при проверке: ответ 0-1: по пути //r:hubRegistryId найдено 0, нужно одно."
    )
    assert line.attempts[-1].attempt.case == "BR-06"


def test_two_states_of_one_moment_are_judged_by_the_worse_whatever_their_order(session):
    place = Place("BR-02", 0, 1, "step4")
    session.good_registry()
    session.later(minutes=1).begin("BR-02")
    session.message(registry(), receipt())
    before = session.evidence
    for troubles in ((None, "сбой"), ("сбой", None)):
        session.evidence = before
        for trouble in troubles:
            session.answer(place, 3, trouble=trouble)
        assert session.verdict("BR-02") == "ERROR"


def test_two_calls_of_one_step_are_judged_by_the_first(session):
    place = Place("PU-01", 0, 1, "submit")
    session.begin("PU-01")
    session.later(minutes=1).called(place)
    session.now = NOON + timedelta(seconds=30)
    session.called(place, code="7")
    session.later(minutes=5)
    assert session.verdict("PU-01") == "FAIL"


def test_a_skipped_line_tells_its_condition_and_a_waiting_one_its_need(session):
    session.evidence = replace(session.evidence, params={})
    line = session.line("PU-01")
    assert (line.reason, line.attempts) == ("Условие сценария не выполнено.", ())
    session.begin("BR-01")
    session.begin("BR-02")
    waiting = session.line("BR-02")
    assert waiting.wait.text == "Сначала должен быть пройден сценарий BR-01: сейчас WAIT."
    assert waiting.attempts[-1].attempt.case == "BR-02"
