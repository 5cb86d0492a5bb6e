"""Every sample of BANK-ONLINE gets what its case says, and a negative one for no other reason."""

import pytest
from suite_samples import CATALOG, filled

from adapters.bank.handlers.accounts import check_account
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import CheckAccountRequest, RegisterPaymentRequest
from gateway.contracts.codec import decode
from gateway.contracts.validate import findings

CONTRACT = CATALOG.contract("meals/bank-payment/1.0")
PAYMENT = "{urn://x-artefacts-citto-72/meals/bank-payment/1.0}"
CHECKS = {
    "BO-01": (0, None),
    "BO-02": (4, "ACCOUNT_FORMAT"),
    "BO-03": (5, "ACCOUNT_NOT_FOUND"),
    "BO-04": (79, "ACCOUNT_CLOSED"),
    "BO-05": (242, "LIMIT_EXCEEDED"),
    "BO-06": (241, "AMOUNT_TOO_SMALL"),
}
MENDED = {
    "BO-02": "account",
    "BO-03": "account",
    "BO-04": "account",
    "BO-05": "amount",
    "BO-06": "amount",
}


def sample(code, till, school):
    return filled("bank-online", code, 0, till.clock(), school.open[0], school.closed)


@pytest.mark.parametrize("code", CHECKS)
def test_a_question_about_an_account_gets_the_code_of_its_case(till, school, code):
    payload = sample(code, till, school)
    assert CONTRACT.validate(payload), CONTRACT.last_error()
    answer = till.send(check_account, decode(CheckAccountRequest, payload))
    assert (answer.result_code.value, answer.reason) == CHECKS[code]


@pytest.mark.parametrize("code", MENDED)
def test_with_one_value_mended_the_question_is_answered_yes(till, school, code):
    payload = sample(code, till, school)
    payload.find(PAYMENT + MENDED[code]).text = {"account": school.open[0], "amount": "2000.00"}[
        MENDED[code]
    ]
    answer = till.send(check_account, decode(CheckAccountRequest, payload))
    assert answer.result_code.value == 0


@pytest.mark.parametrize("code", ["BO-07", "BO-11", "BO-12", "BO-13", "BO-15"])
def test_a_payment_that_is_to_be_taken_is_taken(till, school, code):
    payload = sample(code, till, school)
    assert CONTRACT.validate(payload), CONTRACT.last_error()
    answer = till.send_alone(register_payments, decode(RegisterPaymentRequest, payload))
    assert answer.result_code.value == 0


def test_the_payment_of_three_places_breaks_the_schema_at_its_amount_and_nowhere_else(till, school):
    payload = sample("BO-14", till, school)
    found, truncated = findings(CONTRACT, payload)
    assert not truncated
    assert {finding.path for finding in found} == {"/RegisterPaymentRequest/amount"}
    payload.find(PAYMENT + "amount").text = "150.00"
    assert CONTRACT.validate(payload)
    answer = till.send_alone(register_payments, decode(RegisterPaymentRequest, payload))
    assert answer.result_code.value == 0
