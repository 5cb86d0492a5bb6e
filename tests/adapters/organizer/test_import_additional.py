"""ImportAdditionalMenu: items of both kinds, row by row (MEAL-CAT-06, 07)."""

from datetime import date
from decimal import Decimal

import pytest
import town

from gateway.contracts.messages.common import AddMenuKind

DAY = date(2026, 11, 16)


@pytest.mark.parametrize("kind", list(AddMenuKind))
def test_items_of_both_kinds_are_read_back_field_by_field(kitchen, kind):
    row = kitchen.item(
        school_code=[town.SCHOOL_1.code],
        meal_type=[town.BREAKFAST, town.LUNCH],
        valid_to=date(2026, 12, 31),
        max_qty=3,
    )

    assert kitchen.results(kitchen.hand_in_items(row, kind=kind)) == ["CREATED"]

    told = next(one for one in kitchen.catalogue().additional if one.item_code == "BULKA")
    assert {name: getattr(told, name) for name in row.__slots__} == {
        name: getattr(row, name) for name in row.__slots__
    }
    assert told.kind is kind


def test_the_same_item_again_is_unchanged_and_other_content_an_update(kitchen):
    kitchen.results(kitchen.hand_in_items(kitchen.item(meal_type=[town.LUNCH, town.BREAKFAST])))

    again = kitchen.hand_in_items(kitchen.item(meal_type=[town.BREAKFAST, town.LUNCH]))
    narrower = kitchen.hand_in_items(kitchen.item(meal_type=[town.LUNCH]))

    assert kitchen.results(again) == ["UNCHANGED"]
    assert kitchen.results(narrower) == ["UPDATED"]
    told = next(one for one in kitchen.catalogue().additional if one.item_code == "BULKA")
    assert told.meal_type == [town.LUNCH]


def test_a_dish_is_no_product_for_home_study(kitchen):
    row = kitchen.item(dish_code="CHAI", product_name=None, unit=None)

    assert kitchen.errors(kitchen.hand_in_items(row, kind=AddMenuKind.HOME_STUDY)) == [
        ("KIND_UNKNOWN", "dishCode")
    ]
    assert kitchen.results(kitchen.hand_in_items(row)) == ["CREATED"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"price": Decimal(0)}, ("PRICE_INVALID", "price")),
        ({"school_code": ["SCH-2"]}, ("SCHOOL_NOT_BOUND", "schoolCode[1]")),
        ({"school_code": ["SCH-UNKNOWN"]}, ("SCHOOL_NOT_BOUND", "schoolCode[1]")),
        ({"meal_type": ["SECOND_SUPPER"]}, ("CATEGORY_UNKNOWN", "mealType[1]")),
        ({"valid_to": date(2026, 11, 15)}, ("PERIOD_INVALID", "validTo")),
        (
            {"dish_code": "NO-SUCH", "product_name": None, "unit": None},
            ("DISH_UNKNOWN", "dishCode"),
        ),
    ],
)
def test_a_row_is_rejected_with_code_and_place(kitchen, changes, error):
    assert kitchen.errors(kitchen.hand_in_items(kitchen.item(**changes))) == [error]


def test_rows_that_share_a_code_are_all_rejected(kitchen):
    receipt = kitchen.hand_in_items(kitchen.item(), kitchen.item("SOK-2"), kitchen.item())

    assert kitchen.results(receipt) == ["REJECTED", "CREATED", "REJECTED"]
    assert kitchen.errors(receipt) == [("ROW_DUPLICATE", "itemCode")] * 2
