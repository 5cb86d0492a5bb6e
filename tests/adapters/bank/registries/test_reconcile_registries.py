"""`hub reconcile` names the row that somebody touched by hand."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.bank.models import payment, payment_registry, registry_line
from adapters.meals.models import ledger_balance, ledger_entry


@pytest.fixture
def answer(office, accounts):
    return office.settled(
        office.line(1, accounts[0]),
        office.line(2, "0000000000"),
    )


@pytest.fixture
def by_hand(office):
    """Do what only a person with the database in his hands can do."""

    def change(*statements):
        with office.till.database.writing() as transaction:
            if transaction.on_postgresql:
                transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
            else:
                transaction.execute(sa.text("DROP TRIGGER IF EXISTS ledger_entry_no_update"))
                transaction.execute(sa.text("DROP TRIGGER IF EXISTS ledger_entry_no_delete"))
            for statement in statements:
                transaction.execute(statement)

    return change


def found(office, word):
    """Return the one sentence that has the word."""
    (sentence,) = [sentence for sentence in office.faults() if word in sentence]
    return sentence


def test_untouched_books_balance(office, answer):
    assert office.faults() == []


def test_a_ledger_entry_removed_is_named_by_its_line(office, answer, accounts, by_hand):
    by_hand(sa.delete(ledger_entry))

    assert found(office, "в ledger_entry нет проводки") == (
        f"registry_line {answer.hub_registry_id}/1: в ledger_entry нет проводки "
        f"registry/{answer.hub_registry_id}/1 на 100.00 руб., счёт {accounts[0]}"
    )


def test_a_ledger_entry_of_another_sum_is_named(office, answer, by_hand):
    by_hand(
        sa.update(ledger_entry).values(amount=Decimal(90)),
        sa.update(ledger_balance).values(balance=Decimal(90)),
    )

    (sentence,) = office.faults()
    assert f"registry_line {answer.hub_registry_id}/1: проводка" in sentence
    assert "на 90.00 руб." in sentence
    assert "должна быть на 100.00 руб." in sentence


def test_a_ledger_entry_of_no_line_is_named(office, answer, by_hand):
    by_hand(sa.update(registry_line).where(registry_line.c.line_no == 1).values(posted=None))

    assert "такой строки реестра нет" in found(office, "ledger_entry ")


@pytest.mark.parametrize("source", ["registry/нет", "annul/1/2", "correction/"])
def test_a_ledger_entry_of_a_forged_source_is_named(office, answer, by_hand, source):
    by_hand(sa.update(ledger_entry).values(source=source))

    assert source in found(office, "такой строки реестра нет")


def test_a_line_removed_is_named_by_its_registry(office, answer, by_hand):
    by_hand(sa.delete(registry_line).where(registry_line.c.line_no == 2))

    assert found(office, "staged") == (
        f"payment_registry BANK72002/{answer.registry_id} (№ 1): staged = 2, а по строкам 1"
    )


def test_a_counter_that_differs_is_named(office, answer, by_hand):
    by_hand(sa.update(payment_registry).values(suspense_amount=Decimal(1)))

    assert found(office, "suspense_amount").endswith("suspense_amount = 1.00, а по строкам 100.00")


def test_a_result_changed_is_named(office, answer, by_hand):
    changed = sa.update(registry_line).where(registry_line.c.line_no == 2)
    by_hand(changed.values(result="DUPLICATE"))

    assert {word for word in ("error_count", "suspense_count") if found(office, word)}


def test_a_registry_short_of_lines_is_named(office, answer, by_hand):
    by_hand(sa.update(payment_registry).values(line_count=3))

    assert found(office, "line_count").endswith("line_count = 3, а по строкам 2")


def test_a_payment_removed_is_named_by_its_line(office, answer, by_hand):
    by_hand(sa.delete(payment).where(payment.c.bank_payment_id == "P-2"))

    assert f"registry_line {answer.hub_registry_id}/2: платёж" in found(office, "исчез")


def test_a_payment_taken_out_of_its_registry_is_named(office, answer, by_hand):
    taken = sa.update(payment).where(payment.c.bank_payment_id == "P-2")
    by_hand(taken.values(registry_id=None, registry_line=None))

    assert f"registry_line {answer.hub_registry_id}/2: платёж" in found(office, "исчез")


def test_a_payment_moved_to_another_line_is_named(office, answer, by_hand):
    moved = sa.update(payment).where(payment.c.bank_payment_id == "P-2")
    by_hand(moved.values(registry_line=1))

    assert "payment BANK72002/P-2" in found(office, "строка реестра, на которую он ссылается")


def test_a_reversal_removed_is_named(office, answer, by_hand):
    office.annul(answer.registry_id)
    by_hand(sa.delete(ledger_entry).where(ledger_entry.c.source.startswith("annul/")))

    assert f"annul/{answer.hub_registry_id}/1 на -100.00 руб." in found(office, "нет проводки")


def test_a_correction_removed_is_named(office, answer, accounts, by_hand):
    office.correct(answer.hub_registry_id, office.reassign(2, accounts[1]))
    by_hand(sa.delete(ledger_entry).where(ledger_entry.c.source.startswith("correction/")))

    assert f"correction/{answer.hub_registry_id}/2 на 100.00 руб." in found(office, "нет проводки")
