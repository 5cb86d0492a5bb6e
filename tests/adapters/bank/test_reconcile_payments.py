from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.bank import models
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import register_payments
from adapters.bank.reconcile import payments
from adapters.meals import models as meals
from adapters.meals.ledger import MealsLedger


@pytest.fixture
def books(till, school, patient_bank):
    """Three payments: credited (P-1), cancelled (P-2), waiting for a registry (P-3)."""
    first, second = (
        till.send_alone(register_payments, till.pay(school.open[number], payment=payment))
        for number, payment in enumerate(("P-1", "P-2"))
    )
    till.send(cancel_payment, till.cancel("P-2"))
    till.send_alone(register_payments, till.pay(school.open[2], payment="P-3"), patient_bank)
    return {"P-1": first.hub_payment_id, "P-2": second.hub_payment_id}


@pytest.fixture(params=[1, 5000])
def findings(till, request, monkeypatch):
    """Reconcile page by page."""
    monkeypatch.setattr(payments, "PAGE", request.param)

    def reconcile():
        with till.database.reading() as transaction:
            return payments.reconcile(transaction, MealsLedger(transaction))

    return reconcile


@pytest.mark.usefixtures("books")
def test_untouched_books_balance(findings):
    assert findings() == []


@pytest.mark.parametrize(
    ("payment", "source"), [("P-1", "payment"), ("P-2", "payment"), ("P-2", "cancel")]
)
def test_a_removed_ledger_entry_is_named_with_its_payment(till, books, findings, payment, source):
    missing = f"{source}/{books[payment]}"
    by_hand(till, sa.delete(meals.ledger_entry).where(meals.ledger_entry.c.source == missing))
    (finding,) = findings()
    assert missing in finding
    assert f"BANK72001/{payment}" in finding


def test_a_ledger_entry_of_another_sum_is_named(till, books, findings):
    by_hand(
        till,
        sa.update(meals.ledger_entry)
        .where(meals.ledger_entry.c.source == f"payment/{books['P-1']}")
        .values(amount=Decimal("149.00")),
    )
    (finding,) = findings()
    assert "149.00" in finding
    assert "150.00" in finding


def test_money_of_a_removed_payment_is_named(till, books, findings):
    by_hand(till, sa.delete(models.payment).where(models.payment.c.bank_payment_id == "P-1"))
    (finding,) = findings()
    assert f"payment/{books['P-1']}" in finding
    assert "платежа в таблице payment нет" in finding


@pytest.mark.usefixtures("books")
def test_a_removed_cancellation_leaves_money_that_nobody_took_back(till, books, findings):
    by_hand(till, sa.delete(models.payment_cancel))
    (finding,) = findings()
    assert f"cancel/{books['P-2']}" in finding


@pytest.mark.usefixtures("books")
def test_a_cancellation_without_its_payment_is_named(till, findings):
    by_hand(
        till,
        sa.update(models.payment)
        .where(models.payment.c.bank_payment_id == "P-2")
        .values(state="CREDITED"),
    )
    (finding,) = findings()
    assert "payment_cancel BANK72001/C-1" in finding


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(
    ("payment", "change"),
    [
        ("P-1", {"state": "ACCEPTED"}),
        ("P-3", {"state": "CREDITED"}),
        ("P-1", {"credited_at": None}),
    ],
)
def test_a_row_that_contradicts_itself_is_named(till, findings, payment, change):
    by_hand(
        till,
        sa.update(models.payment).where(models.payment.c.bank_payment_id == payment).values(change),
    )
    (finding,) = findings()
    assert payment in finding


@pytest.mark.usefixtures("books")
def test_money_for_a_payment_that_was_not_credited_is_named(till, findings):
    by_hand(
        till,
        sa.update(models.payment)
        .where(models.payment.c.bank_payment_id == "P-1")
        .values(state="ACCEPTED", credited_by=None, credited_at=None),
    )
    (finding,) = findings()
    assert "этой проводки не имеет" in finding


def by_hand(till, change):
    """Do what only a person with the database in his hands can do."""
    with till.database.writing() as transaction:
        if transaction.on_postgresql:
            transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            transaction.execute(sa.text("DROP TRIGGER ledger_entry_no_update"))
            transaction.execute(sa.text("DROP TRIGGER ledger_entry_no_delete"))
        assert transaction.execute(change).rowcount == 1
