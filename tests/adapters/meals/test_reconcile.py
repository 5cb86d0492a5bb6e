from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.reconcile import reconcile

INN = "7200000018"


@pytest.fixture
def books(ledger, school, posting, clock):
    account = school.open[0]
    ledger.post([posting(account, "10.00", "a"), posting(account, "2.50", "b")], clock())
    return account


def test_untouched_books_balance(ledger, transaction, books):
    assert reconcile(transaction, ledger) == []


def test_a_balance_changed_by_hand_is_named(ledger, transaction, books):
    transaction.execute(sa.update(models.ledger_balance).values(balance=Decimal("12.51")))
    (finding,) = reconcile(transaction, ledger)
    assert f"{books}/{INN}" in finding
    assert "0.01" in finding


def test_a_removed_balance_is_named(ledger, transaction, books):
    transaction.execute(sa.delete(models.ledger_balance))
    (finding,) = reconcile(transaction, ledger)
    assert f"{books}/{INN}" in finding


def test_the_sum_of_a_removed_entry_is_told(ledger, transaction, books, allow_ledger_changes):
    allow_ledger_changes(transaction)
    transaction.execute(sa.delete(models.ledger_entry).where(models.ledger_entry.c.source == "b"))
    (finding,) = reconcile(transaction, ledger)
    assert f"{books}/{INN}" in finding
    assert "не хватает проводок на 2.50" in finding


def test_an_entry_on_an_account_that_does_not_exist_is_named(
    ledger, transaction, books, posting, clock
):
    ledger.post([posting("1234567890", "1.00", "c")], clock())
    (finding,) = reconcile(transaction, ledger)
    assert "1234567890" in finding


def test_an_entry_that_no_message_has_caused_is_named(ledger, transaction, books, posting, clock):
    ledger.post([posting(books, "1.00", "c", entry=0)], clock())
    (finding,) = reconcile(transaction, ledger)
    assert "ledger_entry" in finding
    assert " c " in finding
