"""JOB-03: what becomes of choices at 00:00 of the fifth working day before the meal."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa
import town
from nights import CALENDAR, choose, local

from adapters.meals import models
from adapters.meals.freezing import days_frozen_at

DAY = date(2026, 11, 16)
FREEZE = date(2026, 11, 9)
SATURDAY = date(2026, 11, 14)
DEFAULT = town.complex_of(town.BREAKFAST, town.YOUNGER)
OTHER = town.complex_of(town.BREAKFAST, town.YOUNGER, other=True)
LUNCH = town.complex_of(town.LUNCH, town.YOUNGER)


def confirm(night, pupil, one, **changes):
    with night.database.writing() as transaction:
        choose(transaction, pupil, DAY, one, town.complex_id(transaction, one), **changes)


def publish(night, *days):
    with night.database.writing() as transaction:
        town.publish(transaction, days)


def freeze(night, day=FREEZE):
    night.at(day, "00:00").run("meal.default_complex")


@pytest.mark.parametrize(
    ("today", "frozen"),
    [
        (date(2026, 11, 9), [date(2026, 11, 14), date(2026, 11, 15), date(2026, 11, 16)]),
        (date(2026, 11, 2), [date(2026, 11, 10)]),
        (date(2026, 10, 28), [date(2026, 11, 4), date(2026, 11, 5)]),
        (date(2026, 11, 4), []),
        (date(2026, 11, 8), []),
    ],
)
def test_days_freeze_by_working_days(today, frozen):
    assert list(days_frozen_at(CALENDAR, today)) == frozen


def test_whoever_chose_nothing_is_given_the_default_complex(night):
    publish(night, DAY)
    freeze(night)
    order = night.orders(DAY)[town.IVAN.account, town.BREAKFAST]
    assert (order.complex_code, order.source, order.state) == (DEFAULT.code, "DEFAULT", "DEFAULTED")
    assert (order.full_price, order.discount, order.to_pay) == (DEFAULT.price, 0, DEFAULT.price)
    assert order.frozen_at == local(FREEZE, "00:00")


def test_everybody_with_meals_set_is_fed_and_nobody_else(night):
    publish(night, DAY)
    freeze(night)
    fed = [p for p in town.PUPILS if p not in (town.PAVEL, town.EGOR, town.ROMAN)]
    assert set(night.orders(DAY)) == {(p.account, meal) for p in fed for meal in p.meals}


def test_a_confirmed_order_is_fixed_with_the_price_of_the_moment(night):
    publish(night, DAY)
    items = {town.JUICE: (2, Decimal("1.00"))}
    confirm(night, town.IVAN, OTHER, items=items)
    freeze(night)
    order = night.orders(DAY)[town.IVAN.account, town.BREAKFAST]
    whole = OTHER.price + 2 * town.JUICE_PRICE
    assert (order.complex_code, order.source, order.state) == (OTHER.code, "PARENT", "FROZEN")
    assert (order.full_price, order.discount, order.to_pay) == (whole, 0, whole)
    assert order.order_id == UUID(int=2)
    assert [row.price for row in night.table(models.order_item)] == [town.JUICE_PRICE]


@pytest.mark.parametrize(
    ("pupil", "discount"),
    [
        (town.MARIA, DEFAULT.price),
        (town.TIMUR, Decimal("47.78")),
        (town.DARYA, town.SUM_VALUE),
        (town.IVAN, Decimal("0.00")),
    ],
    ids=["full", "half of 95.55 half up", "sum", "none"],
)
def test_the_discount_is_that_of_the_category(night, pupil, discount):
    publish(night, DAY)
    freeze(night)
    order = night.orders(DAY)[pupil.account, town.BREAKFAST]
    assert (order.discount, order.to_pay) == (discount, order.full_price - discount)
    assert order.pchvr == pupil.pchvr


def test_additional_items_are_paid_in_full(night):
    publish(night, DAY)
    confirm(night, town.MARIA, OTHER, items={town.JUICE: (1, town.JUICE_PRICE)})
    freeze(night)
    order = night.orders(DAY)[town.MARIA.account, town.BREAKFAST]
    assert (order.discount, order.to_pay) == (OTHER.price, town.JUICE_PRICE)


def test_a_choice_that_was_not_confirmed_gives_way_to_the_default(night):
    publish(night, DAY)
    items = {town.JUICE: (1, town.JUICE_PRICE)}
    confirm(night, town.IVAN, OTHER, confirmed=False, items=items)
    freeze(night)
    order = night.orders(DAY)[town.IVAN.account, town.BREAKFAST]
    assert (order.complex_code, order.state, order.source) == (DEFAULT.code, "DEFAULTED", "DEFAULT")
    assert (order.choice_id, order.to_pay) == (None, DEFAULT.price)
    assert night.table(models.order_item) == []


def test_an_order_that_is_not_offered_any_more_gives_way_to_the_default(night):
    publish(night, DAY)
    confirm(night, town.IVAN, OTHER)
    with night.database.writing() as transaction:
        transaction.execute(sa.delete(models.offer).where(models.offer.c.code == OTHER.code))
    freeze(night)
    assert night.orders(DAY)[town.IVAN.account, town.BREAKFAST].complex_code == DEFAULT.code


def test_an_order_without_any_menu_is_cancelled(night):
    confirm(night, town.IVAN, OTHER)
    confirm(night, town.MARIA, OTHER, confirmed=False)
    freeze(night)
    assert night.orders(DAY) == {}
    (change,) = night.table(models.order_change)
    assert (change.kind, change.account, change.day) == ("CANCELLED", town.IVAN.account, DAY)


def test_pupils_at_home_have_no_default_and_their_confirmed_products_are_fixed(night):
    publish(night, DAY)
    at_home = {"is_home_study": True, "complex_code": None}
    items = {town.HOME_SET: (2, Decimal("5.00"))}
    with night.database.writing() as transaction:
        choose(transaction, town.PAVEL, DAY, LUNCH, None, items=items, **at_home)
        choose(transaction, town.PAVEL, DAY, DEFAULT, None, confirmed=False, **at_home)
    freeze(night)
    mine = {m: row for (a, m), row in night.orders(DAY).items() if a == town.PAVEL.account}
    assert list(mine) == [town.LUNCH]
    assert (mine[town.LUNCH].state, mine[town.LUNCH].to_pay) == (
        "FROZEN",
        2 * town.HOME_SET_PRICE,
    )


def test_a_pupil_who_moved_is_cancelled_there_and_fed_here(night):
    publish(night, DAY)
    confirm(night, town.IVAN, OTHER)
    with night.database.writing() as transaction:
        transaction.execute(
            sa.update(models.pupil)
            .where(models.pupil.c.account == town.IVAN.account)
            .values(class_code=town.CLASS_4G.code)
        )
    freeze(night)
    order = night.orders(DAY)[town.IVAN.account, town.BREAKFAST]
    assert (order.organizer_inn, order.class_code) == (town.OTHER_INN, town.CLASS_4G.code)
    told = [
        (row.organizer_inn, row.kind)
        for row in night.table(models.order_change, account=town.IVAN.account)
        if row.meal_type == town.BREAKFAST
    ]
    assert told == [(town.INN, "CANCELLED"), (town.OTHER_INN, "DEFAULTED")]


def test_organizers_and_families_hear_of_defaults_by_numbers_without_gaps(night):
    publish(night, DAY)
    confirm(night, town.IVAN, OTHER)
    freeze(night)
    defaulted = {key for key, row in night.orders(DAY).items() if row.state == "DEFAULTED"}
    changes = night.table(models.order_change)
    assert {(row.account, row.meal_type) for row in changes} == defaulted
    for inn in (town.INN, town.OTHER_INN):
        mine = [row.seq for row in changes if row.organizer_inn == inn]
        assert mine == list(range(1, len(mine) + 1))
    notices = night.table(models.meal_notice, code="DEFAULT_SET")
    assert {(row.account, row.meal_type) for row in notices} == defaulted
    assert [row.seq for row in notices] == list(range(1, len(defaulted) + 1))
    last = {row.name: row.last_seq for row in night.table(models.feed)}
    assert last["notices"] == len(defaulted)


def snapshot(night):
    tables = (models.meal_order, models.order_change, models.meal_notice, models.order_item)
    return [sorted(map(repr, night.table(table))) for table in tables]


def test_the_job_run_twice_changes_nothing(night):
    publish(night, DAY, SATURDAY)
    confirm(night, town.IVAN, OTHER)
    freeze(night)
    before = snapshot(night)
    freeze(night)
    assert snapshot(night) == before


def test_pieces_of_one_class_do_what_one_piece_does(night):
    publish(night, DAY)
    night.batch_lines = 1
    night.at(FREEZE, "00:00").run("meal.default_complex")
    fed = [p for p in town.PUPILS if p not in (town.PAVEL, town.EGOR, town.ROMAN)]
    assert set(night.orders(DAY)) == {(p.account, meal) for p in fed for meal in p.meals}
    assert [row.frozen_at for row in night.table(models.meal_day, day=DAY)] == [night.moment]


def test_saturday_is_frozen_where_it_is_a_day_of_meals(night):
    with night.database.writing() as transaction:
        town.publish(transaction, [SATURDAY], [town.SCHOOL_2])
    freeze(night)
    assert {row.school for row in night.orders(SATURDAY).values()} == {town.SCHOOL_2.code}


def test_accounts_follow_a_binding_that_begins_today(night):
    with night.database.writing() as transaction:
        binding = models.binding
        ends = FREEZE - timedelta(days=1)
        of_school = binding.c.school == town.SCHOOL_1.code
        old = transaction.execute(sa.select(binding).where(of_school)).one()
        transaction.execute(sa.update(binding).where(of_school).values(valid_to=ends))
        new = old._asdict() | {"id": UUID(int=77), "bind_id": UUID(int=77), "valid_from": FREEZE}
        transaction.execute(sa.insert(binding), [new | {"organizer_inn": town.OTHER_INN}])
    freeze(night, FREEZE - timedelta(days=3))
    account = models.personal_account
    assert night.table(account, number=town.IVAN.account)[0].organizer_inn == town.INN
    freeze(night)
    assert night.table(account, number=town.IVAN.account)[0].organizer_inn == town.OTHER_INN
