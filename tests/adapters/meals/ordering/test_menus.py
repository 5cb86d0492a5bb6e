"""SVC-06 GetMenu: the menu of a child, its days, prices and what is chosen (MEAL-PAR-02 ... 08)."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from family import period
from town import BREAKFAST, JUICE, LUNCH

from adapters.meals import models
from adapters.meals.handlers.menus import get_menu
from adapters.meals.messages import order as messages
from gateway.contracts.messages.common import AddMenuKind

LUNCH_1 = "BASIC-LUNCH-AGE_7_11-1"


def menu(family, first, last=None):
    request = messages.GetMenuRequest(
        account=family.pupil.account, period=period(first, last or first)
    )
    return family.send(get_menu, request).day


def refused(family, first, last):
    request = messages.GetMenuRequest(account=family.pupil.account, period=period(first, last))
    return family.refused(get_menu, request)


def test_menu_shows_complexes_with_three_sums_and_dishes(family):
    (day,) = menu(family.of(town.MARIA, town.FATHER_OF_MARIA), "2026-11-16")
    assert (day.frozen, day.freeze_at) == (False, datetime(2026, 11, 8, 19, tzinfo=UTC))
    assert [(meal.meal_type, meal.start_time) for meal in day.meal] == [
        (BREAKFAST, time(9, 20)),
        (LUNCH, time(12, 10)),
    ]
    first, second = day.meal[1].complex
    assert (first.complex_code, first.is_default, second.is_default) == (LUNCH_1, True, False)
    assert (first.full_price, first.discount, first.to_pay) == (
        Decimal("150.00"),
        Decimal("150.00"),
        Decimal("0.00"),
    )
    assert [dish.name for dish in first.dish] == ["SUP", "KASHA", "CHAI"]


def test_menu_shows_what_dishes_consist_of(family):
    with family.database.writing() as transaction:
        transaction.execute(
            sa.update(models.dish)
            .where(models.dish.c.code == "SUP")
            .values(composition="Вода, лук", energy=11050, allergens="глютен\nмолоко")
        )
    (day,) = menu(family, "2026-11-16")
    soup = day.meal[1].complex[0].dish[0]
    assert (soup.yield_value, soup.composition, soup.energy_kcal, soup.proteins) == (
        "200",
        "Вода, лук",
        Decimal("110.50"),
        None,
    )
    assert soup.allergen == ["глютен", "молоко"]


def test_menu_shows_what_goes_with_a_complex(family):
    (day,) = menu(family, "2026-11-16")
    assert [(one.item_code, one.kind, one.price) for one in day.meal[0].additional] == [
        (JUICE, AddMenuKind.STANDARD, town.JUICE_PRICE)
    ]


def test_menu_shows_what_is_chosen(family):
    family.save(("2026-11-16", LUNCH, LUNCH_1, JUICE, 1))
    (day,) = menu(family, "2026-11-16")
    assert [meal.chosen and meal.chosen.complex_code for meal in day.meal] == [None, LUNCH_1]
    assert day.meal[1].chosen.to_pay == Decimal("185.00")


def test_menu_shows_a_chosen_meal_though_its_menu_was_withdrawn(family):
    family.save(("2026-11-16", LUNCH, LUNCH_1, JUICE, 1))
    with family.database.writing() as transaction:
        transaction.execute(sa.update(models.offer).values(publication=None))
    (day,) = menu(family, "2026-11-16")
    assert [(one.meal_type, one.complex, one.additional) for one in day.meal] == [(LUNCH, [], [])]


def test_closed_days_are_shown_and_marked(family):
    days = menu(family, "2026-11-05", "2026-11-19")
    assert {day.date.day: day.frozen for day in days} == {
        5: True,
        6: True,
        9: True,
        10: True,
        11: True,
        12: True,
        13: False,
        16: False,
        17: False,
        18: False,
        19: False,
    }


def test_days_off_are_left_out_and_a_day_of_lessons_without_a_menu_is_empty(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.delete(models.offer).where(models.offer.c.day == date(2026, 11, 9)))
        transaction.execute(sa.delete(models.offer).where(models.offer.c.day == date(2026, 11, 4)))
    family.at(date(2026, 11, 2))
    days = menu(family, "2026-11-03", "2026-11-09")
    assert [(day.date.day, len(day.meal)) for day in days] == [(3, 2), (5, 2), (6, 2), (9, 0)]


def test_working_days_are_shown_where_there_is_no_schedule(family):
    with family.database.writing() as transaction:
        transaction.execute(sa.delete(models.meal_schedule))
        transaction.execute(sa.delete(models.offer))
    days = menu(family, "2026-11-06", "2026-11-10")
    assert [(day.date.day, day.meal) for day in days] == [(6, []), (9, []), (10, [])]


def test_most_exact_schedule_says_when_a_class_eats(family):
    (day,) = menu(family.of(town.DARYA, town.MOTHER), "2026-11-16")
    assert [meal.start_time for meal in day.meal] == [time(9, 20), time(13, 0)]
    with family.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.meal_schedule),
            [
                {"school": "SCH-1", "building": "", "class_code": "SCH-1/7B", "weekday": 1}
                | {"meal_type": LUNCH, "start_time": "08:15", "version": 2, "entry": 1}
            ],
        )
    (day,) = menu(family, "2026-11-16")
    assert [(meal.meal_type, meal.start_time) for meal in day.meal] == [
        (LUNCH, time(8, 15)),
        (BREAKFAST, time(9, 20)),
    ]


def test_pupil_at_home_is_shown_products_only(family):
    (day,) = menu(family.of(town.PAVEL, town.MOTHER_OF_PAVEL), "2026-11-16")
    assert [meal.complex for meal in day.meal] == [[], []]
    assert {one.kind for meal in day.meal for one in meal.additional} == {AddMenuKind.HOME_STUDY}


def test_everything_that_is_shown_as_open_can_be_chosen(family):
    for pupil, parent in (
        (town.IVAN, town.MOTHER),
        (town.DARYA, town.MOTHER),
        (town.ALINA, town.MOTHER_OF_ALINA),
        (town.PAVEL, town.MOTHER_OF_PAVEL),
    ):
        family.of(pupil, parent)
        for day in menu(family, "2026-11-05", "2026-11-19"):
            lines = [
                (day.date.isoformat(), meal.meal_type, code, *extras)
                for meal in day.meal
                for code in [one.complex_code for one in meal.complex] or [None]
                for extras in [[x for one in meal.additional for x in (one.item_code, 9)]]
            ]
            for line in lines:
                if day.frozen:
                    assert family.not_saved(line).code in {"FROZEN", "OUT_OF_WINDOW"}
                else:
                    assert family.save(line).saved


@pytest.mark.parametrize(
    ("first", "last", "code", "places"),
    [
        ("2026-11-04", "2026-11-05", "OUT_OF_WINDOW", ["from"]),
        ("2026-11-19", "2026-11-20", "OUT_OF_WINDOW", ["to"]),
        ("2026-11-01", "2026-11-30", "OUT_OF_WINDOW", ["from", "to"]),
        ("2026-11-07", "2026-11-06", "PERIOD_INVALID", ["to"]),
    ],
)
def test_days_outside_the_window_are_refused(family, first, last, code, places):
    error = refused(family, first, last)
    assert error.code == code
    assert [finding.path for finding in error.findings] == [
        f"/GetMenuRequest/period/{name}" for name in places
    ]
