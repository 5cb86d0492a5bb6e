from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.bank.handlers.accounts import check_account
from adapters.bank.messages import ResultCode
from gateway.kernel.errors import TemporaryUnavailable

OTHER_INN = "7200000025"


def test_an_open_account_may_be_paid_to(till, school):
    answer = till.send(check_account, till.check(school.open[0]))
    assert answer.result_code is ResultCode.OK
    assert answer.reason is None
    assert answer.pupil_mask == "Евгения Л."
    assert answer.organizer_inn == "7200000018"
    assert answer.beneficiary.bik == "047199999"


def test_limits_come_with_the_answer(till, school):
    answer = till.send(check_account, till.check(school.open[0], amount=Decimal("2000.00")))
    assert answer.result_code is ResultCode.OK
    assert (answer.min_amount, answer.max_amount) == (Decimal("1.00"), Decimal("2000.00"))


def test_a_kopeck_over_the_limit_is_too_much(till, school):
    answer = till.send(check_account, till.check(school.open[0], amount=Decimal("2000.01")))
    assert answer.result_code is ResultCode.AMOUNT_TOO_LARGE
    assert answer.reason == "LIMIT_EXCEEDED"
    assert answer.result_text == (
        "Сумма слишком велика: наибольшая сумма одного пополнения 2000.00 руб."
    )
    assert answer.max_amount == Decimal("2000.00")


@pytest.mark.parametrize("amount", ["0", "0.99"])
def test_less_than_the_smallest_sum_is_too_little(till, school, amount):
    answer = till.send(check_account, till.check(school.open[0], amount=Decimal(amount)))
    assert answer.result_code is ResultCode.AMOUNT_TOO_SMALL
    assert "1.00 руб." in answer.result_text
    assert answer.min_amount == Decimal("1.00")


@pytest.mark.parametrize("account", ["12345", "1" * 21, "12345678O0", "1000 000 008"])
def test_what_does_not_look_like_an_account_has_a_wrong_format(till, account):
    answer = till.send(check_account, till.check(account))
    assert answer.result_code is ResultCode.ACCOUNT_FORMAT
    assert answer.reason == "ACCOUNT_FORMAT"
    assert answer.account == account


def test_an_unknown_account_is_not_found(till):
    answer = till.send(check_account, till.check("1000009991"))
    assert answer.result_code is ResultCode.NOT_FOUND


def test_a_wrong_check_digit_is_a_wrong_format_where_digits_are_errors(till):
    till.rules = replace(till.rules, check_digits_are_errors=True)
    answer = till.send(check_account, till.check("1000009992"))
    assert answer.result_code is ResultCode.ACCOUNT_FORMAT
    assert answer.reason == "CHECK_DIGIT"


def test_a_wrong_check_digit_is_just_an_unknown_account_elsewhere(till):
    answer = till.send(check_account, till.check("1000009992"))
    assert answer.result_code is ResultCode.NOT_FOUND


def test_a_closed_account_is_not_active(till, school):
    answer = till.send(check_account, till.check(school.closed))
    assert answer.result_code is ResultCode.ACCOUNT_NOT_ACTIVE


def test_a_blocked_account_takes_no_money(till, school):
    answer = till.send(check_account, till.check(school.blocked))
    assert answer.result_code is ResultCode.FORBIDDEN
    assert answer.reason == "ACCOUNT_BLOCKED"


def test_an_account_of_another_organizer_than_named_takes_no_money(till, school):
    answer = till.send(check_account, till.check(school.open[0], organizer_inn=OTHER_INN))
    assert answer.result_code is ResultCode.FORBIDDEN
    assert answer.reason == "FOREIGN_ORGANIZER"


def test_a_bank_that_is_not_bound_to_the_organizer_learns_nothing_of_the_pupil(till, school, bank):
    stranger = replace(bank, organizers=frozenset({OTHER_INN}))
    answer = till.send(check_account, till.check(school.open[0]), stranger)
    assert answer.result_code is ResultCode.FORBIDDEN
    assert answer.reason == "BINDING_NOT_FOUND"
    assert (answer.pupil_mask, answer.class_name, answer.school_name) == (None, None, None)


def test_nothing_is_recommended_without_a_debt(till, school):
    answer = till.send(check_account, till.check(school.open[0]))
    assert answer.recommended_amount is None


@pytest.mark.parametrize(
    ("debt", "recommended"), [("350.40", "350.40"), ("0.40", "1.00"), ("2500.00", "2000.00")]
)
def test_the_debt_is_recommended_within_the_limits(till, school, debt, recommended):
    till.spend(school.open[0], debt)
    answer = till.send(check_account, till.check(school.open[0]))
    assert answer.recommended_amount == Decimal(recommended)


class BrokenLedger:
    def __init__(self, _transaction):
        pass

    def accounts(self, _numbers):
        raise TemporaryUnavailable


def test_an_account_that_cannot_be_looked_up_just_now_is_to_be_checked_later(till, school):
    till.ledger = BrokenLedger
    answer = till.send(check_account, till.check(school.open[0]))
    assert answer.result_code is ResultCode.ACCOUNT_UNVERIFIABLE
