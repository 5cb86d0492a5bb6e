from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from adapters.bank.messages import ResultCode
from gateway.edge.dialects import sberbank
from gateway.edge.dialects.query import Problem, QueryRefused
from gateway.kernel import errors

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
CHECK = {"ACTION": "check", "ACCOUNT": "1000000008"}
PAY = {
    "ACTION": "payment",
    "ACCOUNT": "1000000008",
    "AMOUNT": "200.00",
    "PAY_ID": "1234567",
    "PAY_DATE": "02.03.2026_11:59:00",
}


def test_check_becomes_check_account(fields):
    assert fields(sberbank.to_payload(CHECK, NOW)) == {
        "account": "1000000008",
        "channel": "DEVICE_OTHER",
        "requestTime": "2026-03-02T12:00:00+05:00",
    }


def test_check_may_ask_about_a_sum(fields):
    assert fields(sberbank.to_payload({**CHECK, "AMOUNT": "150"}, NOW))["amount"] == "150"


def test_payment_becomes_register_payment(fields):
    assert fields(sberbank.to_payload(PAY, NOW)) == {
        "bankPaymentId": "1234567",
        "account": "1000000008",
        "amount": "200.00",
        "currency": "RUB",
        "paymentTime": "2026-03-02T11:59:00+05:00",
        "channel": "DEVICE_OTHER",
    }


@pytest.mark.parametrize(
    ("changes", "problem", "code"),
    [
        ({"ACTION": "cancel"}, Problem.COMMAND, "2"),
        ({"ACCOUNT": ""}, Problem.ACCOUNT, "4"),
        ({"PAY_ID": ""}, Problem.TRANSACTION, "6"),
        ({"PAY_ID": "1" * 51}, Problem.TRANSACTION, "6"),
        ({"AMOUNT": "10.455"}, Problem.AMOUNT, "9"),
        ({"AMOUNT": "10,45"}, Problem.AMOUNT, "9"),
        ({"PAY_DATE": "31.02.2026_12:00:00"}, Problem.DATE, "12"),
        ({"PAY_DATE": ""}, Problem.DATE, "12"),
    ],
)
def test_a_query_that_cannot_be_understood_is_refused_with_its_code(changes, problem, code):
    query = {**PAY, **changes}
    with pytest.raises(QueryRefused) as refusal:
        sberbank.to_payload(query, NOW)
    assert refusal.value.problem is problem
    assert etree.fromstring(sberbank.render(refusal.value, query)).findtext("CODE") == code


def test_a_checked_account_is_shown_in_windows_1251(checked, expected):
    answer = sberbank.render(checked, CHECK)
    assert answer == expected("sberbank-check.xml")
    assert "Иван И.".encode("cp1251") in answer


def test_a_registered_payment_gets_the_hubs_id_and_its_time(registered, expected):
    assert sberbank.render(registered, PAY) == expected("sberbank-payment.xml")


def test_a_repeat_is_code_8_with_the_same_id(registered, expected):
    again = replace(registered, duplicate=True, result_text="ОК: платёж был зарегистрирован раньше")
    assert sberbank.render(again, PAY) == expected("sberbank-repeat.xml")


@pytest.mark.parametrize(
    ("code", "reason", "result"),
    [
        (ResultCode.TEMPORARY_ERROR, "TEMPORARY", "1"),
        (ResultCode.NOT_FOUND, "ACCOUNT_NOT_FOUND", "3"),
        (ResultCode.ACCOUNT_FORMAT, "CHECK_DIGIT", "4"),
        (ResultCode.ACCOUNT_NOT_ACTIVE, "ACCOUNT_CLOSED", "5"),
        (ResultCode.FORBIDDEN, "ACCOUNT_BLOCKED", "7"),
        (ResultCode.TECHNICALLY_FORBIDDEN, "CALENDAR_MISSING", "7"),
        (ResultCode.NOT_FINISHED, "SUSPENSE", "1"),
        (ResultCode.AMOUNT_TOO_SMALL, "AMOUNT_TOO_SMALL", "10"),
        (ResultCode.AMOUNT_TOO_LARGE, "LIMIT_EXCEEDED", "11"),
        (ResultCode.OTHER_ERROR, "PAYMENT_TIME", "12"),
        (ResultCode.ACCOUNT_UNVERIFIABLE, "ACCOUNT_UNVERIFIABLE", "1"),
        (ResultCode.CANCEL_IMPOSSIBLE, "BALANCE", "300"),
        (ResultCode.OTHER_ERROR, "DUPLICATE_CONFLICT", "300"),
    ],
)
def test_a_refusal_has_the_code_of_the_dialect(refused, code, reason, result):
    answer = etree.fromstring(sberbank.render(refused(code, reason), PAY))
    assert answer.findtext("CODE") == result


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (errors.TemporaryUnavailable(), "1"),
        (errors.AuthenticationFailed(), "7"),
        (errors.ValidationError(), "300"),
    ],
)
def test_a_refusal_of_the_line_has_a_code_too(error, result):
    answer = etree.fromstring(sberbank.render(error, PAY))
    assert answer.findtext("CODE") == result
    assert answer.findtext("MESSAGE") == error.text
