"""The school that an organizer's session of trials works with (GW-11, JOB-21)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import sqlalchemy as sa

from adapters.meals import ADAPTER
from adapters.meals.ledger import MealsLedger
from adapters.meals.models import (
    binding,
    directory_item,
    dish,
    meal_debit,
    meal_order,
    offer,
    order_change,
    personal_account,
    pupil,
    request_line,
    trial_account,
)
from adapters.meals.models import school as school_table
from adapters.meals.reconcile import reconcile
from adapters.meals.repository import coverage, people
from gateway.adapter import Posting, PostingKind
from gateway.kernel.message import Participant, ParticipantState
from gateway.storage.database import Database, Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.trial_data import Preparation
from registry.calendar import ProductionCalendar

INN = "7200000018"
ORGANIZER = Participant("ORG72001", "Комбинат", "ORGANIZER", ParticipantState.JOINED, inn=INN)
MONDAY = datetime(2026, 11, 2, 7, tzinfo=UTC)
"""Wednesday of its week is a holiday."""
WANTED = ("school", "unknown_account", "account")
CALENDAR = ProductionCalendar.load()
MADE = (pupil, offer, meal_order, request_line, binding, dish, directory_item, school_table)


@pytest.fixture
def contour(contour_database: Database) -> Transaction:
    with contour_database.writing() as transaction:
        yield transaction


def prepared(transaction, now=MONDAY, participant=ORGANIZER):
    preparation = Preparation(
        participant=participant,
        wanted=WANTED,
        given={},
        now=now,
        calendar=CALENDAR,
        ledger=MealsLedger(transaction),
        identifiers=uuid4,
        choose=lambda most: most // 2,
    )
    return ADAPTER.test_data.prepare(transaction, preparation)


def count(transaction, table) -> int:
    return transaction.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_an_organizer_gets_a_school_of_his_own_and_one_of_somebody_else(contour):
    values = prepared(contour)

    assert people.is_bound(contour, INN, values["school"])
    assert people.place_of_school(contour, values["other_school"]) is not None
    assert not people.is_bound(contour, INN, values["other_school"])
    assert count(contour, pupil) == 10


def test_the_days_of_a_session_are_frozen_open_and_eaten_by_the_calendar(contour):
    values = prepared(contour)

    days = ("eaten_day", "today", "frozen_day", "first_day", "last_day", "open_day")
    assert [values[name] for name in days] == [
        "2026-10-30",
        "2026-11-02",
        "2026-11-03",
        "2026-11-03",
        "2026-11-16",
        "2026-11-17",
    ]
    assert values["second_open_day"] == "2026-11-18"


def test_what_was_eaten_is_debited_and_the_books_hold(contour):
    values = prepared(contour)

    ledger = MealsLedger(contour)
    assert ledger.balances([(values["account"], INN)]) == {
        (values["account"], INN): Decimal("-165.00")
    }
    assert count(contour, meal_debit) == 10
    assert reconcile(contour, ledger) == []


def test_a_compensated_pupil_pays_half(contour):
    prepared(contour)

    asked = sa.select(meal_debit.c.full_price, meal_debit.c.discount, meal_debit.c.to_pay)
    rows = contour.execute(asked.where(meal_debit.c.pchvr.is_not(None))).all()
    assert [tuple(row) for row in rows] == [(Decimal("150.00"), Decimal("75.00"), Decimal("75.00"))]


def test_no_family_lacks_a_choice_on_the_published_days(contour):
    values = prepared(contour)

    first, last = (date.fromisoformat(values[name]) for name in ("first_day", "last_day"))
    assert coverage.problems(contour, INN, first, last, [values["school"]]) == []
    assert coverage.gaps(contour, INN, [first], [values["school"]]) == []


def test_every_order_of_the_two_weeks_is_told_in_the_feed(contour):
    prepared(contour)

    assert count(contour, order_change) == count(contour, meal_order) > 50


def test_today_has_a_request_of_each_class_and_one_pupil_is_ill(contour):
    values = prepared(contour)

    asked = sa.select(request_line.c.is_included, request_line.c.is_eaten)
    lines = contour.execute(asked).all()
    assert sorted(map(tuple, lines), key=str) == [
        *[(False, None)],
        *[(True, None)] * 9,
        *[(True, True)] * 10,
    ]
    assert values["today"] == "2026-11-02"


def test_in_summer_the_school_year_that_has_begun_is_meant(contour):
    values = prepared(contour, now=datetime(2026, 7, 15, 7, tzinfo=UTC))

    asked = sa.select(binding.c.valid_from).where(binding.c.school == values["school"])
    assert contour.execute(asked).scalar_one() == date(2025, 9, 1)


def test_two_sessions_share_neither_school_nor_account(contour):
    first, second = prepared(contour), prepared(contour, now=MONDAY + timedelta(hours=1))

    for name in ("school", "other_school", "account", "municipality", "mark"):
        assert first[name] != second[name]


def test_a_bank_gets_no_school(contour):
    bank = replace(ORGANIZER, kind="BANK")

    assert prepared(contour, participant=bank).keys() == {"unknown_account"}
    assert count(contour, pupil) == 0


def test_after_the_session_only_the_books_stay(contour):
    gone, kept = prepared(contour), prepared(contour, now=MONDAY + timedelta(hours=1))
    before = {table.name: count(contour, table) for table in MADE}

    ADAPTER.test_data.purge(contour, [gone])

    after = {table.name: count(contour, table) for table in MADE}
    school_rows = {"school": before["school"] - 1}  # the accounts of the own one stay, closed
    assert after == {name: rows // 2 for name, rows in before.items()} | school_rows
    assert not people.is_bound(contour, INN, gone["school"])
    assert people.is_bound(contour, INN, kept["school"])
    assert count(contour, meal_debit) == 20
    assert reconcile(contour, MealsLedger(contour)) == []


def test_money_of_no_message_is_right_on_accounts_of_trials_only(contour):
    values = prepared(contour)
    ledger = MealsLedger(contour)
    top_up = Posting(
        account=values["account"],
        organizer_inn=INN,
        amount=Decimal("500.00"),
        kind=PostingKind.TOP_UP,
        source="payment/of-a-trial",
        business_date=date(2026, 11, 2),
        entry=NO_MESSAGE,
    )
    ledger.post([top_up], MONDAY)
    assert reconcile(contour, ledger) == []

    ADAPTER.test_data.purge(contour, [values])
    assert reconcile(contour, ledger) == []

    contour.execute(sa.delete(trial_account))
    (told,) = reconcile(contour, ledger)
    assert "payment/of-a-trial не вызвана никаким сообщением" in told


def test_accounts_with_movements_are_closed_and_a_second_purge_finds_nothing(contour):
    values = prepared(contour)
    moved = count(contour, personal_account)

    ADAPTER.test_data.purge(contour, [values])
    ADAPTER.test_data.purge(contour, [values])

    asked = sa.select(personal_account.c.status)
    assert contour.execute(asked).scalars().all() == ["CLOSED"] * moved
