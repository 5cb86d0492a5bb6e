"""Cases in plain Russian."""

from datetime import timedelta

import pytest

from gateway.conformance import telling
from gateway.conformance.sessions import Suites


@pytest.fixture(scope="module")
def suites(catalog):
    return Suites(catalog)


def steps(suites, code: str):
    case = next(found for suite in suites.all() for found in suite.cases if found.code == code)
    return telling.steps_of(case)


def test_an_order_names_its_file_and_who_acts(suites):
    first = steps(suites, "BR-01")[0]

    assert (first.mover, first.attachment) == ("участник", "registry-three-lines.xml")
    assert first.text == "Передайте реестр с содержимым подготовленного файла"


def test_an_expectation_names_operation_and_time(suites):
    submitted = steps(suites, "BR-01")[1]

    assert submitted.text == "Узел ждёт сообщение SubmitRegistry, не дольше 30 мин."
    assert submitted.expected == (
        "сообщение соответствует схеме meals/payment-registry/1.0",
        "totalAmount — сумма line (где status = 'PAID')/amount, до копейки",
        "count равно число line",
        "число line равно «3»",
    )


def test_a_reply_is_told_by_what_has_to_stand_in_it(suites):
    reply = steps(suites, "BR-01")[2]

    assert reply.text == "Узел смотрит на ответ, который дал сам."
    assert reply.expected[:3] == ("код HTTP 200", "ответ без ошибки", "state равно «RECEIVED»")
    assert reply.expected[3] == "duplicate равно «false»"


def test_what_must_not_come_is_told_as_a_watch(suites):
    watch = steps(suites, "BR-02")[3]

    assert watch.text == "Узел 5 мин следит, что сообщение SubmitRegistry больше не приходит."


def test_what_the_hub_does_on_purpose_is_told(suites):
    assert "Ответ до участника нарочно не дойдёт." in steps(suites, "BO-15")[1].text


def test_evidence_is_told_by_its_kind(suites):
    assert steps(suites, "BR-02")[5].evidence == "снимок экрана"


def test_no_step_of_any_suite_shows_a_reference_or_a_prefix(suites):
    told = [
        text
        for suite in suites.all()
        for case in suite.cases
        for step in telling.steps_of(case)
        for text in (step.text, *step.expected)
    ]

    assert [text for text in told if "//" in text or "hub." in text] == []


@pytest.mark.parametrize("suite_code", ["SUITE-01", "SUITE-02", "SUITE-04", "SUITE-05", "SUITE-13"])
def test_every_word_of_a_plan_is_known(suites, suite_code):
    suite = suites.named(suite_code)

    assert set(suite.preflight) <= telling.PREFLIGHT.keys()
    assert set(suite.admission.documents) <= telling.DOCUMENTS.keys()
    assert set(suite.admission.recheck_on) <= telling.RECHECK.keys()


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=30), "30 с"),
        (timedelta(minutes=90), "90 мин"),
        (timedelta(hours=1), "1 ч"),
        (timedelta(days=2), "2 сут"),
    ],
)
def test_a_span_is_told_in_its_largest_whole_unit(span, text):
    assert telling.duration(span) == text
