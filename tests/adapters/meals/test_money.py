"""Balances and movements of money as administrators and authorities see them (MEAL-ADM-04, 05)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import town
from admin_counter import (
    DON,
    FOREIGN_OMSU,
    MEAL_ADMIN,
    OMSU,
    OPERATOR,
    ORGANIZER,
    OTHER_MEAL_ADMIN,
    PARENT,
    TEACHER,
)

from adapters.meals.ledger import MealsLedger
from adapters.meals.messages import BalanceLevel, GetBalancesRequest, GetMoneyMovementRequest
from gateway.adapter import Posting, PostingKind
from gateway.contracts.messages.common import MovementKind, Page, Period
from gateway.contracts.periods import PeriodInvalid
from gateway.kernel.errors import NotAllowed, ValidationError

SCHOOL, CLASS, ACCOUNT = BalanceLevel.SCHOOL, BalanceLevel.CLASS, BalanceLevel.ACCOUNT


def move(pupil, roubles, day, kind=PostingKind.TOP_UP, inn=None):
    inn = inn or pupil.school_class.school.organizer_inn
    return Posting(
        pupil.account,
        inn,
        Decimal(roubles),
        kind,
        f"{kind.value}/{pupil.id}/{day}/{inn}",
        date(2026, 11, day),
        1,
    )


@pytest.fixture
def books(counter):
    """Two weeks of money: Ivan has changed the organizer, Lev eats on credit."""
    moved = [
        move(town.IVAN, "1000.00", 2),
        move(town.IVAN, "-95.55", 9, PostingKind.DEBIT),
        move(town.IVAN, "-150.00", 10, PostingKind.DEBIT),
        move(town.IVAN, "70.00", 3, inn=town.OTHER_INN),
        move(town.LEV, "-170.05", 10, PostingKind.DEBIT),
        move(town.MARIA, "500.00", 11, PostingKind.REGISTRY_CREDIT),
        move(town.MARIA, "-200.00", 12, PostingKind.REVERSAL),
        move(town.ALINA, "800.00", 4),
    ]
    with counter.database.writing() as transaction:
        for posting in moved:
            MealsLedger(transaction).post([posting], datetime(2026, 11, 12, tzinfo=UTC))
    return counter


def balances(counter, level, caller=MEAL_ADMIN, **conditions):
    return counter.send(GetBalancesRequest(level=level, **conditions), caller)


def sums(answer):
    return {
        (one.account or one.class_code or one.school_code, one.organizer_inn): one.balance
        for one in answer.row
    }


def test_a_school_has_a_balance_at_each_organizer(books):
    assert sums(balances(books, SCHOOL)) == {
        (town.SCHOOL_1.code, town.INN): Decimal("884.40"),
        (town.SCHOOL_1.code, town.OTHER_INN): Decimal("70.00"),
    }


def test_balances_of_classes_and_accounts_come_to_those_of_the_school(books):
    for level in (CLASS, ACCOUNT):
        found = balances(books, level)
        assert sum(one.balance for one in found.row) == Decimal("954.40")
    assert sums(balances(books, ACCOUNT))[town.TIMUR.account, town.INN] == Decimal("0.00")


def test_a_balance_tells_the_credit_limit_of_the_school(books):
    rows = balances(books, SCHOOL, OPERATOR).row
    assert {(one.school_code, one.credit_limit) for one in rows} == {
        (town.SCHOOL_1.code, Decimal("300.00")),
        (town.SCHOOL_2.code, Decimal("0.00")),
    }


def test_a_balance_of_a_day_that_is_over_is_that_of_its_end(books):
    answer = balances(books, ACCOUNT, account=town.IVAN.account, as_of=date(2026, 11, 9))
    assert sums(answer) == {
        (town.IVAN.account, town.INN): Decimal("904.45"),
        (town.IVAN.account, town.OTHER_INN): Decimal("70.00"),
    }
    assert answer.as_of == datetime(2026, 11, 9, 19, tzinfo=UTC)
    assert balances(books, SCHOOL, as_of=date(2026, 11, 16)).as_of == books.clock()


def test_names_are_told_only_to_the_administrator_of_the_school(books):
    (row, *_) = balances(books, ACCOUNT, account=town.IVAN.account).row
    name = row.pupil_name
    assert f"{name.last_name} {name.first_name} {name.middle_name}" == town.IVAN.name
    for caller in (OMSU, OPERATOR, TEACHER, ORGANIZER):
        assert {one.pupil_name for one in balances(books, ACCOUNT, caller).row} == {None}


def test_everybody_sees_the_balances_of_the_own_scope(books):
    schools = {one.school_code for one in balances(books, SCHOOL, OMSU).row}
    assert schools == {one.code for one in town.SCHOOLS}
    assert balances(books, SCHOOL, FOREIGN_OMSU).row == []
    assert {one.class_code for one in balances(books, CLASS, TEACHER).row} == {town.CLASS_3A.code}
    assert {one.organizer_inn for one in balances(books, ACCOUNT, ORGANIZER).row} == {town.INN}
    for caller in (PARENT, DON):
        with pytest.raises(NotAllowed):
            balances(books, SCHOOL, caller)


def test_balances_go_on_where_they_stopped(books):
    whole = balances(books, ACCOUNT, OPERATOR).row
    seen, cursor = [], None
    while True:
        answer = balances(books, ACCOUNT, OPERATOR, page=Page(limit=4, cursor=cursor))
        seen += answer.row
        cursor = answer.next_cursor
        if cursor is None:
            break
    assert seen == whole
    assert len(whole) == len(town.PUPILS) + 1


@pytest.mark.parametrize(
    "conditions",
    [
        {"level": CLASS, "class_code": town.CLASS_3A.code},
        {"level": SCHOOL, "account": town.IVAN.account},
        {"level": SCHOOL, "as_of": date(2026, 11, 17)},
        {"level": SCHOOL, "page": Page(limit=1, cursor="1")},
    ],
    ids=["class without school", "account of a school", "tomorrow", "cursor"],
)
def test_balances_that_cannot_be_are_refused(books, conditions):
    with pytest.raises(ValidationError):
        balances(books, **conditions)


def movement(counter, caller=OMSU, first=1, last=16, page=None, **scope):
    period = Period(from_value=date(2026, 11, first), to=date(2026, 11, last))
    return counter.send(GetMoneyMovementRequest(period=period, page=page, **scope), caller)


def test_movements_of_an_account_carry_its_balance_at_the_organizer(books):
    answer = movement(books, account=town.IVAN.account, first=3)
    assert [(one.amount, one.balance) for one in answer.entry] == [
        (Decimal("70.00"), Decimal("70.00")),
        (Decimal("-95.55"), Decimal("904.45")),
        (Decimal("-150.00"), Decimal("754.45")),
    ]
    assert (answer.opening, answer.closing) == (Decimal("1000.00"), Decimal("824.45"))


def test_opening_and_totals_come_to_the_closing(books):
    answer = movement(books, municipality_code=town.MUNICIPALITY, first=4)
    assert {one.kind: (one.count, one.sum) for one in answer.total} == {
        MovementKind.TOPUP: (2, Decimal("1300.00")),
        MovementKind.DEBIT: (3, Decimal("-415.60")),
        MovementKind.CORRECTION: (1, Decimal("-200.00")),
    }
    assert answer.opening == Decimal("1070.00")
    assert answer.closing == Decimal("1754.40")
    assert {one.balance for one in answer.entry} == {None}


def test_movements_go_on_where_they_stopped_and_totals_stay(books):
    whole = movement(books, school_code=town.SCHOOL_1.code)
    seen, cursor = [], None
    while True:
        page = Page(limit=2, cursor=cursor)
        answer = movement(books, school_code=town.SCHOOL_1.code, page=page)
        seen += answer.entry
        assert (answer.total, answer.closing) == (whole.total, whole.closing)
        cursor = answer.next_cursor
        if cursor is None:
            break
    assert seen == whole.entry
    assert len(whole.entry) == 7


def test_the_balance_after_a_movement_does_not_depend_on_the_page(books):
    page = Page(limit=1, cursor="2026-11-09/2")
    (entry,) = movement(books, account=town.IVAN.account, page=page).entry
    assert (entry.amount, entry.balance) == (Decimal("-150.00"), Decimal("754.45"))


@pytest.mark.parametrize(("first", "last"), [(5, 4), (17, 18)], ids=["turned", "not begun"])
def test_a_period_that_cannot_be_is_refused(books, first, last):
    with pytest.raises(PeriodInvalid):
        movement(books, account=town.IVAN.account, first=first, last=last)


@pytest.mark.parametrize("cursor", ["x", "2026-11-09", "2026-11-09/-1", f"2026-11-09/{2**63}"])
def test_a_foreign_cursor_of_movements_is_refused(books, cursor):
    with pytest.raises(ValidationError):
        movement(books, account=town.IVAN.account, page=Page(limit=1, cursor=cursor))


def test_money_moves_only_before_the_eyes_of_the_own_scope(books):
    assert len(movement(books, PARENT, account=town.IVAN.account).entry) == 4
    refused = [
        (PARENT, {"account": town.MARIA.account}),
        (PARENT, {"school_code": town.SCHOOL_1.code}),
        (PARENT, {"municipality_code": town.MUNICIPALITY}),
        (FOREIGN_OMSU, {"account": town.IVAN.account}),
        (FOREIGN_OMSU, {"municipality_code": town.MUNICIPALITY}),
        (OMSU, {"municipality_code": town.FOREIGN_MUNICIPALITY}),
        (OMSU, {"municipality_code": "71999999"}),
        (OTHER_MEAL_ADMIN, {"school_code": town.SCHOOL_2.code}),
        (DON, {"municipality_code": town.MUNICIPALITY}),
    ]
    for caller, scope in refused:
        with pytest.raises(NotAllowed):
            movement(books, caller, **scope)
