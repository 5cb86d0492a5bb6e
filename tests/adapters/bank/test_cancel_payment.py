from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.bank import models
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import ResultCode
from adapters.bank.repository import payments
from gateway.contracts.messages.common import PaymentState
from gateway.storage.database import RaceLost


@pytest.fixture
def account(school):
    return school.open[0]


@pytest.fixture
def paid(till, account):
    return till.send_alone(register_payments, till.pay(account, "150.00"))


@pytest.mark.usefixtures("paid")
def test_a_credited_payment_is_taken_back(till, account):
    answer = till.send(cancel_payment, till.cancel())
    assert answer.result_code is ResultCode.OK
    assert answer.state is PaymentState.CANCELLED
    assert answer.cancelled_at == till.clock()
    assert till.balance(account) == 0


def test_a_payment_that_waits_for_its_registry_is_cancelled_without_money(
    till, account, patient_bank
):
    till.send_alone(register_payments, till.pay(account), patient_bank)
    answer = till.send(cancel_payment, till.cancel(), patient_bank)
    assert answer.state is PaymentState.CANCELLED
    assert till.balance(account) == 0


@pytest.mark.usefixtures("paid")
def test_the_same_cancellation_again_gets_the_first_answer(till, account):
    first = till.send(cancel_payment, till.cancel())
    till.clock.advance(hours=2)
    assert till.send(cancel_payment, till.cancel()) == first
    assert till.balance(account) == 0


@pytest.mark.usefixtures("paid")
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("reason", {"reason": "Другая причина"}),
        ("bankPaymentId", {"bank_payment_id": "P-2"}),
        ("cancelTime", {"cancel_time": timedelta(hours=25)}),
    ],
)
def test_the_same_cancel_id_with_other_content_is_a_conflict(till, field, changes):
    request = till.cancel()
    till.send(cancel_payment, request)
    if "cancel_time" in changes:
        changes = {"cancel_time": request.cancel_time + changes["cancel_time"]}
    answer = till.send(cancel_payment, replace(request, **changes))
    assert answer.result_code is ResultCode.OTHER_ERROR
    assert answer.reason == "DUPLICATE_CONFLICT"
    assert answer.result_text.endswith(f"отличается: {field}.")


@pytest.mark.usefixtures("paid")
def test_a_second_cancellation_under_another_id_is_impossible(till, account):
    till.send(cancel_payment, till.cancel())
    answer = till.send(cancel_payment, till.cancel(cancel="C-2"))
    assert answer.result_code is ResultCode.CANCEL_IMPOSSIBLE
    assert answer.reason == "ALREADY_CANCELLED"
    assert answer.state is PaymentState.CANCELLED
    assert till.balance(account) == 0


def test_an_unknown_payment_is_not_found(till):
    answer = till.send(cancel_payment, till.cancel())
    assert answer.result_code is ResultCode.NOT_FOUND
    assert answer.state is None


@pytest.mark.usefixtures("paid")
def test_a_payment_of_another_bank_is_not_found(till, account, patient_bank):
    answer = till.send(cancel_payment, till.cancel(), patient_bank)
    assert answer.result_code is ResultCode.NOT_FOUND
    assert till.balance(account) == Decimal("150.00")


@pytest.mark.usefixtures("paid")
def test_a_payment_in_an_accepted_registry_cannot_be_cancelled(till, account):
    change_payment(till, registry_id=UUID(int=5), registry_line=1)
    answer = till.send(cancel_payment, till.cancel())
    assert answer.result_code is ResultCode.CANCEL_IMPOSSIBLE
    assert answer.reason == "IN_REGISTRY"
    assert answer.state is PaymentState.CREDITED
    assert till.balance(account) == Decimal("150.00")


@pytest.mark.usefixtures("paid")
def test_a_payment_whose_state_is_undecided_cannot_be_cancelled(till):
    change_payment(till, state="SUSPENSE")
    answer = till.send(cancel_payment, till.cancel())
    assert (answer.result_code, answer.reason) == (
        ResultCode.CANCEL_IMPOSSIBLE,
        "NOT_CANCELLABLE",
    )


@pytest.mark.usefixtures("paid")
def test_money_that_was_eaten_cannot_be_taken_back(till, account):
    till.spend(account, "0.01")
    answer = till.send(cancel_payment, till.cancel())
    assert answer.result_code is ResultCode.CANCEL_IMPOSSIBLE
    assert answer.reason == "BALANCE"
    assert answer.state is PaymentState.CREDITED
    assert till.balance(account) == Decimal("149.99")


@pytest.mark.usefixtures("paid")
def test_a_refused_cancellation_succeeds_once_there_is_money(till, account):
    till.spend(account, "150.00")
    till.send(cancel_payment, till.cancel())
    till.send_alone(register_payments, till.pay(account, "150.00", payment="P-2"))
    answer = till.send(cancel_payment, till.cancel())
    assert answer.result_code is ResultCode.OK
    assert till.balance(account) == 0


@pytest.mark.usefixtures("paid")
def test_a_payment_that_moved_since_it_was_read_is_handled_again(till, monkeypatch):
    find = payments.find

    def find_and_move(transaction, bank, bank_payment_id):
        payment = find(transaction, bank, bank_payment_id)
        transaction.execute(sa.update(models.payment).values(registry_id=UUID(int=5)))
        return payment

    monkeypatch.setattr(payments, "find", find_and_move)
    with pytest.raises(RaceLost):
        till.send(cancel_payment, till.cancel())


@pytest.mark.usefixtures("paid")
def test_a_repeated_registration_tells_that_the_payment_was_cancelled(till, account):
    till.send(cancel_payment, till.cancel())
    answer = till.send_alone(register_payments, till.pay(account, "150.00"))
    assert answer.duplicate is True
    assert answer.state is PaymentState.CANCELLED
    assert answer.result_text == "Платёж был зарегистрирован и затем отменён"
    assert till.balance(account) == 0


def change_payment(till, **values):
    with till.database.writing() as transaction:
        transaction.execute(sa.update(models.payment).values(**values))
