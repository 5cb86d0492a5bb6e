from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.bank import models
from adapters.bank.handlers.payments import get_payment_status, register_payments
from adapters.bank.messages import ResultCode
from gateway.contracts.messages.common import PaymentState


@pytest.fixture
def paid(till, school):
    return till.send_alone(register_payments, till.pay(school.open[0], "150.00"))


@pytest.fixture
def stored_registry(till):
    """A payment registry of the bank with the number 17."""
    registry = UUID(int=1_000_000)
    now = till.clock()
    with till.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.payment_registry).values(
                id=registry,
                bank="BANK72001",
                registry_id="R-1",
                number="17",
                registry_date=date(2026, 3, 2),
                organizer_inn="7200000018",
                period_from=now,
                period_to=now,
                kind="ONLINE",
                line_count=1,
                total_amount=Decimal("150.00"),
                source="INLINE",
                digest=b"",
                entry=1,
                received_at=now,
                late_before=now,
                state="ACCEPTED",
                phase="DONE",
            )
        )
    return registry


def test_a_credited_payment_tells_when_it_was_credited(till, school, paid):
    answer = till.send(get_payment_status, till.status())
    assert answer.result_code is ResultCode.OK
    assert answer.hub_payment_id == paid.hub_payment_id
    assert answer.state is PaymentState.CREDITED
    assert (answer.account, answer.amount) == (school.open[0], Decimal("150.00"))
    assert answer.credited_at == till.clock()
    assert answer.registry_number is None


def test_a_waiting_payment_is_not_credited_yet(till, school, patient_bank):
    till.send_alone(register_payments, till.pay(school.open[0]), patient_bank)
    answer = till.send(get_payment_status, till.status(), patient_bank)
    assert answer.state is PaymentState.ACCEPTED
    assert answer.credited_at is None


def test_an_unknown_payment_is_not_found(till):
    answer = till.send(get_payment_status, till.status())
    assert answer.result_code is ResultCode.NOT_FOUND
    assert answer.reason == "PAYMENT_NOT_FOUND"


@pytest.mark.usefixtures("paid")
def test_a_payment_of_another_bank_is_not_found(till, patient_bank):
    answer = till.send(get_payment_status, till.status(), patient_bank)
    assert answer.result_code is ResultCode.NOT_FOUND
    assert answer.account is None


@pytest.mark.usefixtures("paid")
def test_a_payment_in_a_registry_tells_the_number(till, stored_registry):
    with till.database.writing() as transaction:
        transaction.execute(
            sa.update(models.payment).values(registry_id=stored_registry, registry_line=1)
        )
    answer = till.send(get_payment_status, till.status())
    assert answer.registry_number == "17"
