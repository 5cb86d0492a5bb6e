"""MEAL-RPT-01: totals tie to the ledger, parts to the whole."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from readers import ON_DAY, PERIOD

from adapters.meals import models

ENTRY = models.ledger_entry.c
DEBIT = models.meal_debit.c
ZERO = Decimal(0)


def summed(readers, expression, *conditions):
    with readers.database.reading() as transaction:
        found = transaction.execute(sa.select(expression).where(*conditions)).scalars()
        return sum(found, ZERO)


def ledger_debits(readers, *conditions):
    return -summed(readers, ENTRY.amount, ENTRY.kind == "DEBIT", *conditions)


def test_debits_of_everybody_are_the_debits_of_the_ledger(readers):
    report = readers.operator.table("DEBITS", **PERIOD)
    assert report.total("К оплате, руб.") == ledger_debits(readers) > 0


def test_debits_of_an_organizer_are_those_of_the_ledger_on_the_own_side(readers):
    for reader, inn in ((readers.organizer, town.INN), (readers.other_organizer, town.OTHER_INN)):
        report = reader.table("DEBITS", **PERIOD)
        assert report.total("К оплате, руб.") == ledger_debits(readers, ENTRY.organizer_inn == inn)


def test_debits_come_to_the_same_sum_for_a_municipality_and_for_the_region(readers):
    sums = {
        reader.table("DEBITS", **PERIOD).total("К оплате, руб.")
        for reader in (readers.operator, readers.omsu, readers.don)
    }
    assert sums == {ledger_debits(readers)}


def test_classes_add_up_to_their_school(readers):
    classes = [
        readers.teacher(teacher).table("DEBITS", **PERIOD).total("К оплате, руб.")
        for teacher in (town.TEACHER_3A, town.TEACHER_7B)
    ]
    assert all(classes)
    assert sum(classes) == readers.meal_admin.table("DEBITS", **PERIOD).total("К оплате, руб.")


def test_compensation_is_what_the_discounts_of_debits_come_to(readers):
    report = readers.don.table("COMPENSATION", **PERIOD)
    discounts = summed(readers, DEBIT.discount, DEBIT.pchvr.is_not(None))
    assert report.total("Возмещение из бюджета, руб.") == discounts > 0
    assert discounts == summed(readers, DEBIT.discount)


def test_a_meal_that_costs_a_family_nothing_is_a_line_of_compensation(readers):
    report = readers.meal_admin.table("COMPENSATION", PCHVR_CODE=town.FULL, **PERIOD)
    assert report.total("Порций") == 2
    assert report.total("Оплата родителей, руб.") == 0


def test_balances_are_those_of_the_ledger(readers):
    report = readers.operator.table("BALANCES")
    assert report.total("Остаток, руб.") == summed(readers, models.ledger_balance.c.balance)


def test_balances_of_a_past_day_are_the_entries_up_to_it(readers):
    report = readers.operator.table("BALANCES", DATE="2026-11-15")
    upto = summed(readers, ENTRY.amount, ENTRY.business_date <= date(2026, 11, 15))
    assert report.total("Остаток, руб.") == upto == Decimal("1600.50")


def test_everybody_with_an_account_has_a_balance(readers):
    report = readers.meal_admin.table("BALANCES")
    assert town.EGOR.account in report.column("Лицевой счёт")
    assert town.ROMAN.account not in report.column("Лицевой счёт")


def test_credit_is_counted_beyond_what_the_school_allows(readers):
    (line,) = readers.other_organizer.table("CREDIT_USE").lines
    assert line["Лицевой счёт"] == town.ALINA.account
    assert line["Долг, руб."] == line["Сверх кредита, руб."] == "145,55"
    (line,) = readers.organizer.table("CREDIT_USE").lines
    assert (line["Долг, руб."], line["Сверх кредита, руб."]) == ("245,55", "0,00")


def test_the_summary_of_the_region_is_the_sum_of_its_parts(readers):
    summary = readers.don.table("REGION_SUMMARY", **PERIOD)
    parts = [
        reader.table("DEBITS", **PERIOD) for reader in (readers.organizer, readers.other_organizer)
    ]
    for whole, part in (
        ("Порций", "Порций"),
        ("Стоимость питания, руб.", "Стоимость, руб."),
        ("Возмещение из бюджета, руб.", "Скидка, руб."),
        ("Списано со счетов, руб.", "К оплате, руб."),
    ):
        assert summary.total(whole) == sum(one.total(part) for one in parts) > 0
    assert summary.total("Классов без заявки") == 1


def test_money_that_came_in_is_in_the_summary_of_its_days(readers):
    september = {"PERIOD_FROM": "2026-09-01", "PERIOD_TO": "2026-09-30"}
    summary = readers.don.table("REGION_SUMMARY", **september)
    assert summary.total("Поступило на счета, руб.") == Decimal("1600.50")
    assert summary.total("Порций") == 0


def test_who_has_eaten_is_who_was_debited(readers):
    report = readers.operator.table("ACTUAL_MEALS", **ON_DAY)
    assert report.total("Питались") == readers.operator.table("DEBITS", **PERIOD).total("Порций")
    assert report.total("Разница") == -1


def test_a_class_without_a_request_has_its_orders_and_no_debits(readers):
    report = readers.other_organizer.table("UNFORMED_REQUESTS", **ON_DAY)
    assert set(report.column("Класс")) == {"9В"}
    orders = readers.other_organizer.table(
        "ORDERS", SCHOOL_CODE="SCH-2", CLASS_CODE="SCH-2/9V", **PERIOD
    )
    assert report.total("Заказано порций") == orders.total("Порций") == 4


@pytest.mark.parametrize(
    ("code", "params"),
    [
        ("ORDERS", PERIOD),
        ("CLASS_REQUESTS", ON_DAY),
        ("ACTUAL_MEALS", ON_DAY),
        ("DEBITS", PERIOD),
        ("COMPENSATION", PERIOD),
        ("BALANCES", {}),
        ("CREDIT_USE", {}),
        ("UNFORMED_REQUESTS", ON_DAY),
    ],
)
def test_the_last_line_is_the_sum_of_the_others(readers, code, params):
    for reader in (readers.operator, readers.omsu, readers.don):
        report = reader.table(code, **params)
        summed_up = [head for head, total in report.totals.items() if total not in {"", "Итого"}]
        assert summed_up
        for head in summed_up:
            assert report.total(head) == report.summed(head)
