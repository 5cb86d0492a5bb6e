from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from adapters.bank.messages import ResultCode
from gateway.edge.dialects import osmp
from gateway.edge.dialects.query import Problem, QueryRefused
from gateway.kernel import errors

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
CHECK = {"command": "check", "txn_id": "1234567", "account": "1000000008", "sum": "10.45"}
PAY = {
    "command": "pay",
    "txn_id": "1234567",
    "txn_date": "20260302115900",
    "account": "1000000008",
    "sum": "200.00",
    "trm_id": "T-17",
}


def test_check_becomes_check_account(fields):
    assert fields(osmp.to_payload(CHECK, NOW)) == {
        "account": "1000000008",
        "amount": "10.45",
        "channel": "TERMINAL",
        "requestTime": "2026-03-02T12:00:00+05:00",
    }


def test_check_needs_no_sum(fields):
    query = {"command": "check", "txn_id": "1", "account": "1000000008"}
    assert "amount" not in fields(osmp.to_payload(query, NOW))


def test_pay_becomes_register_payment(fields):
    assert fields(osmp.to_payload(PAY, NOW)) == {
        "bankPaymentId": "1234567",
        "account": "1000000008",
        "amount": "200.00",
        "currency": "RUB",
        "paymentTime": "2026-03-02T11:59:00+05:00",
        "channel": "TERMINAL",
        "terminalId": "T-17",
    }


def test_pay_without_a_date_is_paid_now(fields):
    query = {name: value for name, value in PAY.items() if name != "txn_date"}
    assert fields(osmp.to_payload(query, NOW))["paymentTime"] == "2026-03-02T12:00:00+05:00"


def test_an_account_of_odd_form_is_left_to_the_handler(fields):
    assert fields(osmp.to_payload({**CHECK, "account": " 12-34 "}, NOW))["account"] == "12-34"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"command": "cancel"}, Problem.COMMAND),
        ({"account": ""}, Problem.ACCOUNT),
        ({"account": "1" * 51}, Problem.ACCOUNT),
        ({"account": "100\x00"}, Problem.ACCOUNT),
        ({"txn_id": ""}, Problem.TRANSACTION),
        ({"txn_id": "1" * 21}, Problem.TRANSACTION),
        ({"txn_id": "12 34"}, Problem.TRANSACTION),
        ({"txn_id": "١٢٣"}, Problem.TRANSACTION),
        ({"sum": ""}, Problem.AMOUNT),
        ({"sum": "10.455"}, Problem.AMOUNT),
        ({"sum": "10,45"}, Problem.AMOUNT),
        ({"sum": "-10.45"}, Problem.AMOUNT),
        ({"sum": "1e3"}, Problem.AMOUNT),
        ({"sum": "NaN"}, Problem.AMOUNT),
        ({"sum": "12345678901"}, Problem.AMOUNT),
        ({"txn_date": "20260230120000"}, Problem.DATE),
        ({"txn_date": "2026-03-02"}, Problem.DATE),
    ],
)
def test_a_query_that_cannot_be_understood_is_refused(changes, problem):
    with pytest.raises(QueryRefused) as refusal:
        osmp.to_payload({**PAY, **changes}, NOW)
    assert refusal.value.problem is problem


def test_a_query_without_a_command_is_refused():
    with pytest.raises(QueryRefused) as refusal:
        osmp.to_payload({}, NOW)
    assert refusal.value.problem is Problem.COMMAND


def test_a_checked_account_is_shown_with_its_limits_and_a_mask(checked, expected):
    assert osmp.render(checked, CHECK) == expected("osmp-check.xml")


def test_a_registered_payment_gets_a_number_of_the_provider(registered, expected):
    assert osmp.render(registered, PAY) == expected("osmp-pay.xml")


def test_a_repeat_gets_the_same_answer(registered):
    again = replace(registered, duplicate=True)
    assert osmp.render(again, PAY) == osmp.render(registered, PAY)


def test_the_number_of_the_provider_has_at_most_twenty_digits():
    number = osmp.provider_number("ffffffff-ffff-ffff-ffff-ffffffffffff")
    assert number == "18446744073709551615"


@pytest.mark.parametrize(
    ("code", "result"),
    [
        (ResultCode.TEMPORARY_ERROR, "1"),
        (ResultCode.ACCOUNT_FORMAT, "4"),
        (ResultCode.NOT_FOUND, "5"),
        (ResultCode.FORBIDDEN, "7"),
        (ResultCode.TECHNICALLY_FORBIDDEN, "8"),
        (ResultCode.ACCOUNT_NOT_ACTIVE, "79"),
        (ResultCode.NOT_FINISHED, "90"),
        (ResultCode.AMOUNT_TOO_SMALL, "241"),
        (ResultCode.AMOUNT_TOO_LARGE, "242"),
        (ResultCode.ACCOUNT_UNVERIFIABLE, "243"),
        (ResultCode.CANCEL_IMPOSSIBLE, "300"),
        (ResultCode.OTHER_ERROR, "300"),
    ],
)
def test_a_refusal_has_the_code_of_the_dialect(refused, code, result):
    assert etree.fromstring(osmp.render(refused(code), PAY)).findtext("result") == result


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (errors.TemporaryUnavailable(), "1"),
        (errors.Maintenance(), "1"),
        (errors.Internal(), "1"),
        (errors.AuthenticationFailed(), "7"),
        (errors.NotAllowed(), "7"),
        (errors.ValidationError(), "300"),
        (QueryRefused(Problem.ACCOUNT), "4"),
        (QueryRefused(Problem.AMOUNT), "300"),
        (QueryRefused(Problem.COMMAND), "300"),
    ],
)
def test_a_refusal_of_the_line_has_a_code_too(error, result):
    answer = etree.fromstring(osmp.render(error, PAY))
    assert answer.findtext("result") == result
    assert answer.findtext("comment") == error.text


def test_a_query_of_rubbish_is_answered_without_it(expected):
    query = {"command": "pay", "txn_id": "\x00<&>", "sum": "\x01", "account": "\x02"}
    with pytest.raises(QueryRefused) as refusal:
        osmp.to_payload(query, NOW)
    assert osmp.render(refusal.value, query) == expected("osmp-rubbish.xml")
