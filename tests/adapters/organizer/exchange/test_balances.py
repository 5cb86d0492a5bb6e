"""GetBalances: money of families at one organizer, by school, building, class, account (H-17)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from adapters.organizer.messages.organizer import BalanceLevel
from gateway.contracts.messages.common import Page
from gateway.kernel.errors import NotAllowed, ValidationError
from registry.calendar import end_of

DAY = date(2026, 11, 16)
SCHOOL, BUILDING, CLASS, ACCOUNT = BalanceLevel
ZERO = Decimal("0.00")
BY_LEVEL = {
    SCHOOL: lambda row: (row.school_code,),
    BUILDING: lambda row: (row.school_code, row.building_code),
    CLASS: lambda row: (row.school_code, row.building_code, row.class_code),
}


@pytest.fixture
def purses(debited):
    """After the debit; Darya has money, Alina of the other school has money here, too."""
    with debited.night.database.writing() as transaction:
        town.top_up(transaction, town.DARYA, "500.00")
        alina = town.ALINA._replace(school_class=town.CLASS_3A)
        town.top_up(transaction, alina, "33.00", "town/old")
        town.top_up(transaction, town.ALINA, "44.00")
    return debited


def rows(system, level=ACCOUNT, **values):
    return system.ask("GetBalances", level=level, **values).row


def kept(system):
    return {
        row.account: row.balance
        for row in system.night.table(models.ledger_balance, organizer_inn=town.INN)
    }


def test_accounts_are_told_by_number_and_class_with_what_the_ledger_has(purses):
    told = {row.account: row for row in rows(purses)}

    assert {account: row.balance for account, row in told.items() if row.balance} == {
        account: balance for account, balance in kept(purses).items() if balance
    }
    ivan = told[town.IVAN.account]
    assert (ivan.school_code, ivan.building_code, ivan.class_code) == (
        *(town.SCHOOL_1.code, "A", town.CLASS_3A.code),
    )
    assert ivan.credit_limit == town.SCHOOL_1.credit_limit
    assert told[town.EGOR.account].balance == ZERO
    assert town.ROMAN.account not in told


def test_money_of_a_pupil_whom_another_feeds_is_told_without_a_place(purses):
    alina = rows(purses)[-1]
    assert (alina.account, alina.balance) == (town.ALINA.account, Decimal("33.00"))
    assert (alina.school_code, alina.class_code, alina.credit_limit) == (None, None, None)


@pytest.mark.parametrize("level", [SCHOOL, BUILDING, CLASS])
def test_every_level_is_the_sum_of_its_accounts(purses, level):
    key = BY_LEVEL[level]
    sums = {}
    for row in rows(purses):
        sums[key(row)] = sums.get(key(row), ZERO) + row.balance

    told = {key(row): row.balance for row in rows(purses, level)}

    assert told == sums
    assert all(row.account is None for row in rows(purses, level))


@pytest.mark.parametrize("level", BalanceLevel)
@pytest.mark.parametrize("limit", [1, 2])
def test_pages_of_balances_together_are_the_whole(purses, level, limit):
    pages = purses.pages("GetBalances", limit, level=level)
    assert [row for page in pages for row in page.row] == rows(purses, level)


def test_the_end_of_an_earlier_day_is_before_what_was_posted_later(purses):
    yesterday = DAY - timedelta(days=1)
    answer = purses.ask("GetBalances", level=ACCOUNT, as_of=yesterday)

    told = {row.account: row.balance for row in answer.row}
    assert answer.as_of == end_of(yesterday)
    assert told[town.IVAN.account] == Decimal("1000.00")
    assert told[town.DARYA.account] == Decimal("500.00")
    today = purses.ask("GetBalances", level=ACCOUNT, as_of=DAY)
    assert (today.as_of, today.row) == (purses.night.moment, rows(purses))


def test_only_the_asked_place_is_told(purses):
    in_3a = rows(purses, school_code=town.SCHOOL_1.code, class_code=town.CLASS_3A.code)
    in_b = rows(purses, CLASS, school_code=town.SCHOOL_1.code, building_code="B")
    (ivan,) = rows(purses, account=town.IVAN.account)
    (alina,) = rows(purses, account=town.ALINA.account)
    assert {row.class_code for row in in_3a} == {town.CLASS_3A.code}
    assert {row.class_code for row in in_b} == {town.CLASS_7B.code}
    assert (ivan.class_code, alina.school_code) == (town.CLASS_3A.code, None)


@pytest.mark.parametrize(
    "values",
    [
        {"school_code": town.SCHOOL_2.code},
        {"school_code": "SCH-404"},
        {"school_code": town.SCHOOL_1.code, "building_code": "Z"},
        {"school_code": town.SCHOOL_1.code, "class_code": town.CLASS_4G.code},
        {"school_code": town.SCHOOL_1.code, "class_code": "SCH-1/404"},
        {"account": town.OLEG.account},
        {"account": "99999999"},
    ],
)
def test_what_the_organizer_does_not_serve_is_refused_in_the_same_words(purses, values):
    with pytest.raises(NotAllowed) as refused:
        rows(purses, **values)
    assert refused.value.text == NotAllowed.message


@pytest.mark.parametrize(
    "values",
    [
        {"as_of": DAY + timedelta(days=1)},
        {"class_code": town.CLASS_3A.code},
        {"building_code": "A"},
        {"level": SCHOOL, "account": town.IVAN.account},
        {"page": Page(limit=1, cursor='["x"]')},
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(purses, values):
    with pytest.raises(ValidationError) as refused:
        rows(purses, **values)
    assert refused.value.findings


def test_after_the_end_of_a_binding_only_what_is_owed_is_told(purses):
    with purses.night.database.writing() as transaction:
        c = models.binding.c
        ended = sa.update(models.binding).where(c.school == town.SCHOOL_1.code)
        transaction.execute(ended.values(valid_to=DAY - timedelta(days=1)))

    told = rows(purses)

    assert {row.school_code for row in told} == {None}
    assert {row.account: row.balance for row in told} == {
        account: balance for account, balance in kept(purses).items() if balance
    }
    with pytest.raises(NotAllowed):
        rows(purses, school_code=town.SCHOOL_1.code)
