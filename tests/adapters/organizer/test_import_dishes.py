"""ImportDishes: the assortment, row by row (MEAL-CAT-01)."""

from datetime import date
from decimal import Decimal

import pytest

from adapters.organizer.handlers.imports import PROCESS_IMPORTS
from adapters.organizer.messages import ImportMode
from gateway.kernel.errors import DuplicateConflict, TooLarge


def test_a_new_dish_is_created_and_read_back_field_by_field(kitchen):
    row = kitchen.dish(
        group="Первые блюда",
        composition="Свёкла, капуста",
        energy_kcal=Decimal("120.50"),
        proteins=Decimal("3.10"),
        fats=Decimal("4.00"),
        carbohydrates=Decimal("15.25"),
        allergen=["сельдерей", "молоко"],
        recipe_number="54-2с",
        valid_from=date(2026, 9, 1),
        valid_to=date(2027, 5, 31),
    )

    assert kitchen.results(kitchen.hand_in_dishes(row)) == ["CREATED"]

    told = next(one for one in kitchen.catalogue().dish if one.dish_code == "BORSCH")
    assert {name: getattr(told, name) for name in row.__slots__} == {
        name: getattr(row, name) for name in row.__slots__
    }


def test_the_receipt_comes_at_once_and_wakes_the_queue(kitchen):
    receipt = kitchen.hand_in_dishes(kitchen.dish())

    assert (receipt.state.value, receipt.duplicate) == ("RECEIVED", False)
    assert kitchen.woken == [PROCESS_IMPORTS]
    assert kitchen.result(receipt).counts.total == 0


def test_the_same_content_again_is_unchanged_and_other_content_an_update(kitchen):
    kitchen.results(kitchen.hand_in_dishes(kitchen.dish()))

    again = kitchen.hand_in_dishes(kitchen.dish(price=Decimal("48.5")))
    dearer = kitchen.hand_in_dishes(kitchen.dish(price=Decimal("49.00")))

    assert kitchen.results(again) == ["UNCHANGED"]
    assert kitchen.results(dearer) == ["UPDATED"]


def test_one_bad_row_does_not_reject_the_rest(kitchen):
    receipt = kitchen.hand_in_dishes(
        kitchen.dish("A"), kitchen.dish("B", price=Decimal(0)), kitchen.dish("C"), kitchen.dish("D")
    )

    assert kitchen.results(receipt) == ["CREATED", "REJECTED", "CREATED", "CREATED"]
    result = kitchen.result(receipt)
    counts = result.counts
    assert result.state.value == "DONE_WITH_ERRORS"
    assert (counts.total, counts.accepted, counts.rejected, counts.unchanged) == (4, 3, 1, 0)
    assert kitchen.errors(receipt) == [("PRICE_INVALID", "price")]


def test_rows_that_share_a_code_are_all_rejected_however_far_apart(kitchen):
    rows = [kitchen.dish(f"D-{number}") for number in range(8)]

    receipt = kitchen.hand_in_dishes(kitchen.dish("D-7"), *rows)

    assert kitchen.results(receipt) == ["REJECTED", *["CREATED"] * 7, "REJECTED"]
    assert kitchen.errors(receipt) == [("DISH_CODE_DUPLICATE", "dishCode")] * 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"price": Decimal("100000.01")}, ("PRICE_INVALID", "price")),
        (
            {"valid_from": date(2026, 9, 2), "valid_to": date(2026, 9, 1)},
            ("PERIOD_INVALID", "validTo"),
        ),
    ],
    ids=["dearest", "turned-round"],
)
def test_a_row_is_rejected_with_code_and_place(kitchen, changes, error):
    assert kitchen.errors(kitchen.hand_in_dishes(kitchen.dish(**changes))) == [error]


def test_replacing_takes_what_is_not_named_out_of_the_assortment(kitchen):
    before = kitchen.catalogue().version
    receipt = kitchen.hand_in_dishes(kitchen.dish(), kitchen.dish("CHAI"), mode=ImportMode.REPLACE)

    assert kitchen.results(receipt) == ["CREATED", "UPDATED"]

    assert [one.dish_code for one in kitchen.catalogue().dish] == ["BORSCH", "CHAI"]
    changed = kitchen.catalogue(since_version=before).dish
    assert [one.dish_code for one in changed if one.deleted] == ["KASHA", "SUP"]


def test_replacing_with_a_rejected_row_takes_nothing_out(kitchen):
    kitchen.results(
        kitchen.hand_in_dishes(
            kitchen.dish(), kitchen.dish("X", price=Decimal(0)), mode=ImportMode.REPLACE
        )
    )

    codes = [one.dish_code for one in kitchen.catalogue().dish]
    assert codes == ["BORSCH", "CHAI", "KASHA", "SUP"]


def test_a_dish_taken_out_comes_back_with_the_same_content(kitchen):
    kitchen.results(kitchen.hand_in_dishes(kitchen.dish()))
    kitchen.results(kitchen.hand_in_dishes(kitchen.dish("X"), mode=ImportMode.REPLACE))

    assert kitchen.results(kitchen.hand_in_dishes(kitchen.dish())) == ["UPDATED"]
    assert "BORSCH" in [one.dish_code for one in kitchen.catalogue().dish]


def test_the_same_batch_again_gets_the_first_receipt(kitchen):
    first = kitchen.hand_in_dishes(kitchen.dish(), batch="B")
    kitchen.results(first)
    kitchen.clock.advance(hours=1)

    second = kitchen.hand_in_dishes(kitchen.dish(), batch="B")

    assert (second.import_id, second.received_at) == (first.import_id, first.received_at)
    assert second.duplicate is True
    assert kitchen.results(second) == ["CREATED"]


def test_other_content_under_a_batch_id_is_a_conflict(kitchen):
    kitchen.hand_in_dishes(kitchen.dish(), batch="B")

    with pytest.raises(DuplicateConflict):
        kitchen.hand_in_dishes(kitchen.dish("OTHER"), batch="B")
    with pytest.raises(DuplicateConflict):
        kitchen.hand_in(kitchen.complex(), batch="B")


def test_more_rows_than_published_are_too_large(kitchen):
    with pytest.raises(TooLarge):
        kitchen.hand_in_dishes(*[kitchen.dish(f"D-{number}") for number in range(50_001)])
