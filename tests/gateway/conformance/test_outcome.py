"""The gate, the table of requirements, and the judgement for machines."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree
from rehearsed import Session, envelope, receipt, registry

from gateway.conformance import admission, outcome
from gateway.conformance.coverage import coverage
from gateway.conformance.errors import SuiteBroken
from gateway.conformance.evidence import Place, Preflight
from gateway.conformance.judge import unjudged
from gateway.conformance.outcome import ExitCode
from gateway.kernel.errors import Finding


@pytest.fixture
def passed(session) -> Session:
    """A session in which everything is passed and confirmed."""
    session.good_day()
    for row in (1, 2, 3):
        session.decide(Place("BR-03", row, 1, "picture"), confirmed=True)
    return session


def gate(session, **later):
    now = session.now + timedelta(**later)
    return admission.decide(session.suite, session.judge(**later), session.evidence, now)


def code(session) -> ExitCode:
    red = admission.red_checks(session.suite, session.evidence, session.now)
    return outcome.exit_code(session.judge(), red)


def test_a_session_that_passed_everything_opens_the_gate(passed):
    assert gate(passed).reasons == ()
    assert code(passed) is ExitCode.PASSED
    assert passed.judge().verdict.value == "PASS"


def test_an_unconfirmed_picture_keeps_it_closed(session):
    session.good_day()
    assert [reason.partition(":")[0] for reason in gate(session).reasons] == [
        "BR-03/1",
        "BR-03/2",
        "BR-03/3",
    ]
    assert code(session) is ExitCode.FAILED


def test_evidence_of_ninety_days_is_too_old(passed):
    assert gate(passed, days=89).is_open
    assert not gate(passed, days=90).is_open


def test_a_red_preflight_keeps_it_closed_and_is_no_failed_case(passed):
    passed._add(preflight=Preflight("clock", passed.now, green=False, text="часы спешат"))
    assert gate(passed).reasons == ("Предварительная проверка «clock» не пройдена.",)
    assert code(passed) is ExitCode.SETTING
    assert passed.judge().verdict.value == "PASS"


def test_a_preflight_that_was_not_made_is_not_green(passed):
    passed.evidence = replace(passed.evidence, preflight=passed.evidence.preflight[:1])
    assert not gate(passed).is_open


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "0" * 64},
        {"system_version": "7.2"},
    ],
)
def test_one_line_of_another_plan_or_version_keeps_it_closed(passed, change):
    first, *rest = passed.evidence.attempts
    passed.evidence = replace(passed.evidence, attempts=(replace(first, **change), *rest))
    (reason,) = gate(passed).reasons
    assert reason.startswith("BR-01: пройден")


def test_verdicts_on_another_version_of_the_system_are_not_taken(passed):
    judgement = passed.judge()
    other = replace(passed.evidence, system_version="7.2")
    assert not admission.decide(passed.suite, judgement, other, passed.now).is_open


def test_verdicts_on_another_plan_or_on_a_part_of_it_are_not_taken(passed):
    judgement = passed.judge()
    for wrong in (
        replace(judgement, digest="0" * 64),
        replace(judgement, lines=judgement.lines[1:]),
        replace(judgement, lines=()),
    ):
        assert not admission.decide(passed.suite, wrong, passed.evidence, passed.now).is_open


def test_a_rehearsal_never_opens_the_gate(passed):
    passed.evidence = replace(passed.evidence, rehearsal=True)
    assert gate(passed).reasons == ("Это репетиция: она не даёт права на допуск.",)
    assert code(passed) is ExitCode.PASSED


def test_an_error_of_ours_keeps_it_closed_and_has_its_own_code(passed):
    passed.later(minutes=1).begin("BR-01")
    passed.message(registry(), None)
    assert "BR-01: сбой стенда, повторите после исправления." in gate(passed).reasons
    assert code(passed) is ExitCode.STAND


def test_a_plan_that_cannot_be_read_keeps_it_closed(passed):
    error = SuiteBroken("plan.yaml", (Finding("Ключ повторяется.", line=3),))
    judgement = unjudged("four-scenarios", error, passed.evidence, passed.now)
    decided = admission.decide(passed.suite, judgement, passed.evidence, passed.now)
    assert "Сбой стенда: plan.yaml, строка 3: Ключ повторяется." in decided.reasons
    assert outcome.exit_code(judgement, ()) is ExitCode.STAND
    assert b"<error" in outcome.as_junit(judgement, passed.evidence)


def test_what_we_owe_is_ours_and_what_the_participant_owes_is_not(session):
    assert code(session) is ExitCode.FAILED
    session.begin("PU-01")
    assert code(session) is ExitCode.STAND


def test_a_plan_of_which_nothing_applies_opens_nothing(passed):
    lines = tuple(replace(line, applicable=False) for line in passed.judge().lines)
    nothing = replace(passed.judge(), lines=lines)
    assert nothing.verdict.value == "ERROR"
    assert outcome.exit_code(nothing, ()) is ExitCode.FAILED
    assert not admission.decide(passed.suite, nothing, passed.evidence, passed.now).is_open


def test_every_requirement_is_verified_or_has_its_reason(session):
    session.good_registry()
    rows = {row.requirement.id: row for row in coverage(session.suite, session.judge())}
    assert rows["R-12"].verdict.value == "PASS"
    assert [name for name, _ in rows["R-14"].lines] == ["BR-03/1", "BR-03/2", "BR-03/3"]
    assert rows["R-14"].verdict.value == "WAIT"
    assert rows["R-40"].verdict is None
    assert rows["R-40"].requirement.not_tested == "организационное требование"


def test_json_says_everything(passed):
    told = json.loads(json.dumps(outcome.as_json(passed.suite, passed.judge())))
    assert (told["verdict"], told["digest"]) == ("PASS", passed.suite.digest)
    assert [line["name"] for line in told["lines"]] == [
        "BR-01",
        "BR-02",
        "BR-03/1",
        "BR-03/2",
        "BR-03/3",
        "PU-01",
    ]
    assert told["lines"][0]["steps"][0]["entries"] == ["0-1"]
    assert told["coverage"][-1]["notTested"] == "организационное требование"


def test_junit_names_are_unique_and_counts_are_right(session):
    session.begin("BR-01")
    session.message(registry(total="600.29"), receipt())
    session.later(minutes=1).begin("BR-03", 1)
    session.message(session.evidence.handed_out[-1].content, None)
    report = etree.fromstring(outcome.as_junit(session.judge(), session.evidence))
    names = [case.get("name") for case in report.iter("testcase")]
    assert len(set(names)) == len(names) == int(report.get("tests"))
    assert (report.get("failures"), report.get("errors"), report.get("skipped")) == ("1", "1", "4")
    failure = report.find("testcase/failure")
    assert "получено: 600.29; строка 1" in failure.text
    assert "<r" not in report.find("testcase/system-out").text.split("запрос")[0]
    assert "запрос 0-1" in report.find("testcase/system-out").text


def test_a_rehearsal_is_marked_in_the_report(session):
    session.evidence = replace(session.evidence, rehearsal=True)
    assert "репетиция" in outcome.as_junit(session.judge(), session.evidence).decode()


def test_messages_are_masked_and_cut(session):
    secret = "Выдуманный"
    person = envelope(
        f'<a snils="112-233-445 95"><lastName>{secret}</lastName>'
        f"<x>112-233-445 95</x>{'<y/>' * 40_000}</a>"
    )
    session.begin("BR-01")
    session.message(person, b"\x00not xml " + secret.encode())
    report = outcome.as_junit(session.judge(), session.evidence)
    assert secret not in report.decode()
    assert b"112-233" not in report
    assert len(report) < 4 * outcome.MOST_SYSTEM_OUT
    assert "обрезано" in report.decode()


def test_what_is_no_xml_is_told_by_its_digest():
    assert outcome.masked(b"<cut").startswith("(не XML: байт 4, SHA-256 ")
    assert outcome.masked(None) == "(не сохранено)"
