from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.bank import models
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import ResultCode
from adapters.meals import models as meals
from gateway.contracts.messages.common import PayChannel, PaymentState
from gateway.kernel.errors import TemporaryUnavailable

OTHER_INN = "7200000025"


def test_a_payment_is_credited_when_the_answer_leaves(till, school):
    account = school.open[0]
    answer = till.send_alone(register_payments, till.pay(account, "150.00"))
    assert answer.result_code is ResultCode.OK
    assert answer.state is PaymentState.CREDITED
    assert answer.duplicate is False
    assert answer.accepted_at == till.clock()
    assert answer.expected_credit_date is None
    assert till.balance(account) == Decimal("150.00")


def test_a_payment_of_a_patient_bank_waits_for_its_registry(till, school, patient_bank):
    account = school.open[0]
    friday = datetime(2026, 3, 6, 20, tzinfo=UTC)  # Saturday 01:00 in Tyumen
    till.clock.now = friday
    answer = till.send_alone(
        register_payments, till.pay(account, payment_time=friday), patient_bank
    )
    assert answer.state is PaymentState.ACCEPTED
    # Monday 9 March is a day off after the holiday on Sunday.
    assert answer.expected_credit_date == date(2026, 3, 12)
    assert till.balance(account) == 0


def test_a_bank_may_settle_on_days_of_its_own(till, school, patient_bank):
    terms = replace(patient_bank.bank, closed_days=frozenset({date(2026, 3, 4)}))
    answer = till.send_alone(
        register_payments, till.pay(school.open[0]), replace(patient_bank, bank=terms)
    )
    assert answer.expected_credit_date == date(2026, 3, 6)


def test_two_thousand_roubles_may_be_paid_at_once(till, school):
    answer = till.send_alone(register_payments, till.pay(school.open[0], "2000.00"))
    assert answer.result_code is ResultCode.OK


def test_the_same_payment_again_gets_the_first_identifier(till, school):
    account = school.open[0]
    request = till.pay(account)
    first = till.send_alone(register_payments, request)
    till.clock.advance(hours=1)
    again = till.send_alone(register_payments, request)
    assert again.duplicate is True
    assert (again.hub_payment_id, again.accepted_at) == (first.hub_payment_id, first.accepted_at)
    assert again.state is PaymentState.CREDITED
    assert till.balance(account) == Decimal("150.00")


def test_the_same_payment_written_differently_is_the_same(till, school):
    account = school.open[0]
    till.send_alone(register_payments, till.pay(account, "150.00", commission=None))
    again = till.send_alone(
        register_payments,
        till.pay(account, "150", commission=Decimal(0), organizer_inn="7200000018"),
    )
    assert again.duplicate is True


def test_a_repeat_may_be_stamped_anew_within_a_day(till, school):
    request = till.pay(school.open[0])
    till.send_alone(register_payments, request)
    restamped = replace(request, payment_time=request.payment_time + timedelta(hours=24))
    assert till.send_alone(register_payments, restamped).duplicate is True


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("amount", {"amount": Decimal("150.01")}),
        ("commission", {"commission": Decimal("1.00")}),
        ("channel", {"channel": PayChannel.ATM}),
        ("terminalId", {"terminal_id": "T-2"}),
        ("documentNumber", {"document_number": "17"}),
        ("organizerInn", {"organizer_inn": OTHER_INN}),
        ("paymentTime", {"payment_time": datetime(2026, 3, 1, 6, 58, 59, tzinfo=UTC)}),
    ],
)
def test_the_same_id_with_other_content_is_a_conflict(till, school, field, changes):
    request = till.pay(school.open[0], terminal_id="T-1")
    till.send_alone(register_payments, request)
    answer = till.send_alone(register_payments, replace(request, **changes))
    assert answer.result_code is ResultCode.OTHER_ERROR
    assert answer.reason == "DUPLICATE_CONFLICT"
    assert answer.result_text.endswith(f"отличается: {field}.")
    assert answer.hub_payment_id is None
    assert till.balance(school.open[0]) == Decimal("150.00")


def test_the_same_id_for_another_account_is_a_conflict(till, school):
    till.send_alone(register_payments, till.pay(school.open[0]))
    answer = till.send_alone(register_payments, till.pay(school.open[1]))
    assert answer.reason == "DUPLICATE_CONFLICT"
    assert till.balance(school.open[1]) == 0


def test_two_banks_may_call_their_payments_alike(till, school, bank):
    neighbour = replace(bank, code="BANK72009")
    first = till.send_alone(register_payments, till.pay(school.open[0]))
    second = till.send_alone(register_payments, till.pay(school.open[0]), neighbour)
    assert second.duplicate is False
    assert second.hub_payment_id != first.hub_payment_id
    assert till.balance(school.open[0]) == Decimal("300.00")


def test_a_repeat_gets_its_first_answer_after_the_account_was_closed(till, school):
    request = till.pay(school.open[0])
    first = till.send_alone(register_payments, request)
    set_status(till, school.open[0], "CLOSED")
    again = till.send_alone(register_payments, request)
    assert (again.result_code, again.hub_payment_id) == (ResultCode.OK, first.hub_payment_id)


def test_a_refused_payment_succeeds_once_the_account_is_open(till, school):
    request = till.pay(school.closed)
    refused = till.send_alone(register_payments, request)
    assert refused.result_code is ResultCode.ACCOUNT_NOT_ACTIVE
    assert refused.hub_payment_id is None
    set_status(till, school.closed, "OPEN")
    answer = till.send_alone(register_payments, request)
    assert answer.result_code is ResultCode.OK
    assert answer.duplicate is False


@pytest.mark.parametrize(
    ("amount", "code", "reason"),
    [
        ("0.00", ResultCode.AMOUNT_TOO_SMALL, "AMOUNT_TOO_SMALL"),
        ("0.99", ResultCode.AMOUNT_TOO_SMALL, "AMOUNT_TOO_SMALL"),
        ("2000.01", ResultCode.AMOUNT_TOO_LARGE, "LIMIT_EXCEEDED"),
    ],
)
def test_a_sum_outside_the_limits_is_refused(till, school, amount, code, reason):
    answer = till.send_alone(register_payments, till.pay(school.open[0], amount))
    assert (answer.result_code, answer.reason) == (code, reason)
    assert till.balance(school.open[0]) == 0


@pytest.mark.parametrize(
    ("account", "code"),
    [("12-34", ResultCode.ACCOUNT_FORMAT), ("1000009991", ResultCode.NOT_FOUND)],
)
def test_an_account_that_does_not_exist_is_refused(till, account, code):
    answer = till.send_alone(register_payments, till.pay(account))
    assert answer.result_code is code


def test_a_blocked_account_is_refused(till, school):
    answer = till.send_alone(register_payments, till.pay(school.blocked))
    assert (answer.result_code, answer.reason) == (ResultCode.FORBIDDEN, "ACCOUNT_BLOCKED")


def test_a_bank_without_a_binding_is_refused(till, school, bank):
    stranger = replace(bank, organizers=frozenset())
    answer = till.send_alone(register_payments, till.pay(school.open[0]), stranger)
    assert (answer.result_code, answer.reason) == (ResultCode.FORBIDDEN, "BINDING_NOT_FOUND")


def test_a_bank_without_terms_is_refused_for_a_technical_reason(till, school, bank):
    answer = till.send_alone(register_payments, till.pay(school.open[0]), replace(bank, bank=None))
    assert answer.result_code is ResultCode.TECHNICALLY_FORBIDDEN
    assert answer.reason == "BANK_TERMS_MISSING"


def test_a_year_without_a_calendar_stores_nothing(till, school, patient_bank):
    till.clock.now = datetime(2031, 5, 5, tzinfo=UTC)
    answer = till.send_alone(register_payments, till.pay(school.open[0]), patient_bank)
    assert answer.result_code is ResultCode.TECHNICALLY_FORBIDDEN
    assert answer.reason == "CALENDAR_MISSING"
    assert stored(till) == 0


@pytest.mark.parametrize("shift", [timedelta(days=-1097), timedelta(days=1, seconds=1)])
def test_a_payment_time_that_cannot_be_is_refused(till, school, shift):
    answer = till.send_alone(
        register_payments, till.pay(school.open[0], payment_time=till.clock() + shift)
    )
    assert (answer.result_code, answer.reason) == (ResultCode.OTHER_ERROR, "PAYMENT_TIME")


def test_a_payment_that_its_registry_left_in_suspense_is_not_finished(till, school):
    request = till.pay(school.open[0])
    till.send_alone(register_payments, request)
    with till.database.writing() as transaction:
        transaction.execute(sa.update(models.payment).values(state="SUSPENSE"))
    answer = till.send_alone(register_payments, request)
    assert answer.result_code is ResultCode.NOT_FINISHED
    assert answer.state is PaymentState.SUSPENSE


def test_a_notice_after_the_registry_is_a_repeat_of_its_line(till, school):
    request = till.pay(school.open[0], terminal_id="T-1")
    till.send_alone(register_payments, request)
    with till.database.writing() as transaction:
        transaction.execute(sa.update(models.payment).values(source="REGISTRY"))
    # A line of a registry has no document number, so it cannot differ in one.
    late = replace(request, document_number="17")
    assert till.send_alone(register_payments, late).duplicate is True
    assert till.balance(school.open[0]) == Decimal("150.00")


def test_a_repeat_in_the_same_batch_is_a_repeat(till, school):
    request = till.pay(school.open[0])
    conflict = replace(request, amount=Decimal(7))
    first, again, other = till.send_all(register_payments, [request, request, conflict])
    assert (first.duplicate, again.duplicate) == (False, True)
    assert first.hub_payment_id == again.hub_payment_id
    assert other.reason == "DUPLICATE_CONFLICT"
    assert till.balance(school.open[0]) == Decimal("150.00")


def test_a_batch_costs_five_statements_however_long(till, school):
    requests = [till.pay(school.open[serial % 20], payment=f"P-{serial}") for serial in range(200)]
    with till.work() as work:
        counted = CountingTransaction(work)
        answers = register_payments([till.received(request) for request in requests], work)
    assert {answer.result_code for answer in answers} == {ResultCode.OK}
    assert counted.statements == 5


def test_messages_are_to_be_repeated_while_accounts_cannot_be_looked_up(till, school):
    till.ledger = BrokenLedger
    answers = till.send_all(
        register_payments, [till.pay(school.open[0]), till.pay(school.open[1], payment="P-2")]
    )
    assert [answer.result_code for answer in answers] == [ResultCode.TEMPORARY_ERROR] * 2


class BrokenLedger:
    def __init__(self, _transaction):
        pass

    def accounts(self, _numbers):
        raise TemporaryUnavailable


class CountingTransaction:
    """Counts what reaches the driver through a work's transaction."""

    def __init__(self, work):
        self.statements = 0
        self._driver = work.database._driver
        work.database._driver = self

    def execute(self, *arguments, **options):
        self.statements += 1
        return self._driver.execute(*arguments, **options)

    def executemany(self, *arguments):
        self.statements += 1
        return self._driver.executemany(*arguments)


def set_status(till, account, status):
    with till.database.writing() as transaction:
        transaction.execute(
            sa.update(meals.personal_account)
            .where(meals.personal_account.c.number == account)
            .values(status=status)
        )


def stored(till):
    with till.database.reading() as transaction:
        return transaction.execute(sa.select(sa.func.count()).select_from(models.payment)).scalar()
