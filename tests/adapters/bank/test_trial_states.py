"""What a plan of tests may ask the hub about a bank."""

import pytest

from adapters.bank import ADAPTER
from adapters.bank.handlers.payments import register_payments

STATES = ADAPTER.test_data.states


def asked(till, name, bank, **where):
    with till.database.reading() as transaction:
        return STATES[name](transaction, bank, where)


def test_a_payment_is_told_to_the_plan_of_its_bank(till, school):
    till.send_alone(register_payments, till.pay(school.open[0], payment="P-1"))

    rows = asked(till, "payments", "BANK72001", bank_payment_id="P-1")
    assert rows == [{"bank_payment_id": "P-1", "state": "CREDITED"}]
    assert asked(till, "payments", "BANK72001", bank_payment_id="P-2") == []


def test_a_payment_of_another_bank_is_not_told(till, school):
    till.send_alone(register_payments, till.pay(school.open[0], payment="P-1"))

    assert asked(till, "payments", "BANK72002", bank_payment_id="P-1") == []


@pytest.mark.parametrize("name", ["payments", "registry_lines"])
def test_a_condition_that_nobody_knows_is_an_error_of_the_plan(till, name):
    with pytest.raises(KeyError):
        asked(till, name, "BANK72001", colour="green")
