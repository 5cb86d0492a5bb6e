"""PAYMENTS and REGISTRIES: what banks have taken for an organizer and handed over (MEAL-ORG-04)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
import town
from readers import PERIOD

from adapters.bank import models

PAID_AT = datetime(2026, 11, 16, 19, 30, tzinfo=UTC)
"""Half past midnight of the 17th in Tyumen."""


def pay(readers, number, state, roubles, inn=town.INN):
    payment = {
        "id": UUID(int=number),
        "bank": "BANK72001",
        "bank_payment_id": f"P{number}",
        "account": town.MARIA.account,
        "organizer_inn": inn,
        "amount": Decimal(roubles),
        "payment_time": PAID_AT,
        "channel": "ATM",
        "state": state,
        "accepted_at": PAID_AT,
        "entry": 1,
        "source": "ONLINE",
    }
    with readers.database.writing() as transaction:
        transaction.execute(sa.insert(models.payment), [payment])


def hand_in(readers, number, state):
    registry = {
        "id": UUID(int=number),
        "bank": "BANK72001",
        "registry_id": f"R-{number}",
        "number": str(number),
        "registry_date": date(2026, 11, 17),
        "organizer_inn": town.INN,
        "period_from": PAID_AT,
        "period_to": PAID_AT,
        "kind": "ONLINE",
        "line_count": 2,
        "total_amount": Decimal("120.50"),
        "source": "INLINE",
        "digest": b"registry",
        "entry": 1,
        "received_at": PAID_AT,
        "late_before": PAID_AT,
        "state": state,
        "phase": "DONE",
        "processed_at": PAID_AT,
    }
    with readers.database.writing() as transaction:
        transaction.execute(sa.insert(models.payment_registry), [registry])


def test_payments_are_counted_as_the_books_of_banks_count_them(readers):
    pay(readers, 1, "CREDITED", "100.50")
    pay(readers, 2, "ACCEPTED", "20.00")
    pay(readers, 3, "CANCELLED", "7.00")
    report = readers.organizer.table("PAYMENTS", **PERIOD)
    assert report.total("Учтено, руб.") == Decimal("120.50")
    assert report.summed("Сумма, руб.") == Decimal("127.50")
    assert report.column("Состояние") == ["зачислен", "принят", "отменён"]


def test_the_operator_sees_the_payments_of_all_organizers_or_of_one(readers):
    pay(readers, 1, "CREDITED", "100.50")
    pay(readers, 2, "CREDITED", "3.00", inn=town.OTHER_INN)
    everybody = readers.operator.table("PAYMENTS", **PERIOD)
    assert everybody.column("Организатор питания") == ["Столовая «Лето»", "Комбинат «Зима»"]
    assert everybody.total("Учтено, руб.") == Decimal("103.50")
    one = readers.operator.table("PAYMENTS", ORGANIZER_INN=town.OTHER_INN, **PERIOD)
    assert one.total("Учтено, руб.") == Decimal("3.00")


def test_payments_are_found_by_their_local_day(readers):
    pay(readers, 1, "CREDITED", "100.50")
    for day, count in (("2026-11-16", 0), ("2026-11-17", 1)):
        report = readers.organizer.table("PAYMENTS", PERIOD_FROM=day, PERIOD_TO=day)
        assert len(report.lines) == count


def test_payments_of_one_account_or_of_one_bank(readers):
    pay(readers, 1, "CREDITED", "100.50")
    found = readers.organizer.table("PAYMENTS", ACCOUNT=town.MARIA.account, **PERIOD)
    assert len(found.lines) == 1
    found = readers.organizer.table("PAYMENTS", ACCOUNT=town.IVAN.account, **PERIOD)
    assert found.lines == []
    found = readers.organizer.table("PAYMENTS", BANK_CODE="BANK72002", **PERIOD)
    assert found.lines == []


def test_registries_are_shown_as_they_were_handed_in_and_annulled_ones_not_counted(readers):
    hand_in(readers, 17, "ACCEPTED")
    hand_in(readers, 18, "ANNULLED")
    report = readers.organizer.table("REGISTRIES", **PERIOD)
    assert report.column("Номер реестра") == ["17", "18"]
    assert report.column("Состояние") == ["принят", "аннулирован"]
    assert report.total("Учтено, руб.") == Decimal("120.50")
    assert readers.other_organizer.table("REGISTRIES", **PERIOD).lines == []
