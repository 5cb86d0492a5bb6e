"""ImportComplexes: complexes by days and places, row by row (MEAL-CAT-03, 10, 12)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from adapters.meals.repository import menu
from adapters.organizer.messages import MealSetDishType, MenuSchoolType

FIRST_OPEN = date(2026, 11, 11)
DAY, NEXT = date(2026, 11, 16), date(2026, 11, 17)
WHOLE = [MenuSchoolType(code=town.SCHOOL_1.code)]
IN_B = [MenuSchoolType(code=town.SCHOOL_1.code, building_code=["B"])]


def offers(kitchen) -> list[tuple[date, str, str]]:
    """Return what is offered: day, building, code."""
    table = models.offer.c
    with kitchen.database.reading() as transaction:
        found = sa.select(table.day, table.building, table.code)
        return sorted(map(tuple, transaction.execute(found)))


def test_a_complex_is_read_back_field_by_field(kitchen):
    row = kitchen.complex(
        "OBED-1",
        DAY,
        NEXT,
        pchvr_category_code=[town.FULL, town.HALF],
        school_code=[MenuSchoolType(code=town.SCHOOL_1.code, building_code=["A", "B"])],
        is_default=True,
        full_price=Decimal("163.30"),
        dish=[
            MealSetDishType(dish_code="SUP", portions=Decimal("1.00")),
            MealSetDishType(dish_code="CHAI", portions=Decimal("0.50")),
        ],
    )

    assert kitchen.results(kitchen.hand_in(row)) == ["CREATED"]

    (told,) = kitchen.catalogue(DAY, NEXT).complex
    names = set(row.__slots__) - {"active"}
    assert {name: getattr(told, name) for name in names} == {
        name: getattr(row, name) for name in names
    }
    assert (told.published_date, told.deleted) == ([], False)


def test_the_same_row_again_is_unchanged_even_when_its_day_is_frozen(kitchen):
    row = kitchen.complex("OBED-1", FIRST_OPEN)
    kitchen.results(kitchen.hand_in(row))
    kitchen.clock.now = datetime(2026, 11, 3, 7, tzinfo=UTC)

    assert kitchen.results(kitchen.hand_in(row)) == ["UNCHANGED"]


def test_a_frozen_day_cannot_be_changed_and_the_other_rows_are_taken(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", FIRST_OPEN)))
    kitchen.clock.now = datetime(2026, 11, 3, 7, tzinfo=UTC)

    receipt = kitchen.hand_in(
        kitchen.complex("OBED-1", DAY, FIRST_OPEN, full_price=Decimal("151.00")),
        kitchen.complex("OBED-2", NEXT),
    )

    assert kitchen.results(receipt) == ["REJECTED", "CREATED"]
    assert kitchen.errors(receipt) == [("FROZEN", "date[2]")]


def test_the_freeze_begins_at_midnight_of_the_fifth_working_day_before(kitchen):
    kitchen.clock.now = datetime(2026, 11, 2, 18, 59, 59, tzinfo=UTC)
    last_moment = kitchen.hand_in(kitchen.complex("OBED-1", FIRST_OPEN))
    assert kitchen.results(last_moment) == ["CREATED"]

    kitchen.clock.advance(seconds=1)
    too_late = kitchen.hand_in(kitchen.complex("OBED-2", FIRST_OPEN))
    assert kitchen.errors(too_late) == [("FROZEN", "date[1]")]


def test_a_frozen_complex_cannot_be_taken_off(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", FIRST_OPEN)))
    kitchen.clock.now = datetime(2026, 11, 3, 7, tzinfo=UTC)

    off = kitchen.hand_in(kitchen.complex("OBED-1", FIRST_OPEN, active=False))

    assert kitchen.errors(off) == [("FROZEN", "date[1]")]
    assert offers(kitchen) == [(FIRST_OPEN, "", "OBED-1")]


def test_a_complex_is_taken_off_some_of_its_days(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", DAY, NEXT)))

    off = kitchen.hand_in(kitchen.complex("OBED-1", NEXT, active=False))

    assert kitchen.results(off) == ["UPDATED"]
    assert offers(kitchen) == [(DAY, "", "OBED-1")]
    again = kitchen.hand_in(kitchen.complex("OBED-1", NEXT, active=False))
    assert kitchen.results(again) == ["UNCHANGED"]


def test_sending_a_day_again_replaces_the_places_of_that_day_only(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", DAY, NEXT)))

    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", NEXT, school_code=IN_B)))

    assert offers(kitchen) == [(DAY, "", "OBED-1"), (NEXT, "B", "OBED-1")]


def test_another_price_is_a_new_revision_and_other_days_keep_theirs(kitchen):
    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", DAY, NEXT)))

    dearer = kitchen.hand_in(kitchen.complex("OBED-1", NEXT, full_price=Decimal("160.00")))

    assert kitchen.results(dearer) == ["UPDATED"]
    told = kitchen.catalogue(DAY, NEXT).complex
    assert [(one.date, one.full_price) for one in told] == [
        ([DAY], Decimal("150.00")),
        ([NEXT], Decimal("160.00")),
    ]


def test_going_back_to_an_earlier_content_makes_no_third_revision(kitchen):
    for price in ("150.00", "160.00", "150.00"):
        kitchen.results(kitchen.hand_in(kitchen.complex("OBED-1", full_price=Decimal(price))))

    table = models.complex_revision.c
    with kitchen.database.reading() as transaction:
        found = sa.select(table.full_price, table.is_current).where(table.code == "OBED-1")
        revisions = sorted(map(tuple, transaction.execute(found)))
    assert revisions == [(Decimal("150.00"), True), (Decimal("160.00"), False)]


def test_a_published_slot_stays_published_when_its_complex_changes(kitchen):
    kitchen.results(
        kitchen.hand_in(
            kitchen.complex("OBED-1", is_default=True, menu_type_code=town.BASIC),
            kitchen.complex("OBED-2"),
        )
    )
    with kitchen.database.writing() as transaction:
        transaction.execute(sa.update(models.offer).values(publication=UUID(int=900)))

    kitchen.results(kitchen.hand_in(kitchen.complex("OBED-2", full_price=Decimal("10.00"))))

    with kitchen.database.reading() as transaction:
        seen = menu.offers_to(transaction, town.IVAN.account, DAY)
    assert [(one.code, one.full) for one in seen] == [
        ("OBED-1", Decimal("150.00")),
        ("OBED-2", Decimal("10.00")),
    ]


def test_rows_with_one_code_on_one_day_are_all_rejected_and_other_days_are_not(kitchen):
    receipt = kitchen.hand_in(
        kitchen.complex("OBED-1", DAY),
        kitchen.complex("OBED-2", DAY),
        kitchen.complex("OBED-1", NEXT),
        kitchen.complex("OBED-3", DAY),
        kitchen.complex("OBED-1", date(2026, 11, 18), DAY),
    )

    assert kitchen.results(receipt) == ["REJECTED", "CREATED", "CREATED", "CREATED", "REJECTED"]
    assert kitchen.errors(receipt) == [("ROW_DUPLICATE", "complexCode")] * 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"full_price": Decimal(0)}, ("PRICE_INVALID", "fullPrice")),
        ({"full_price": Decimal("100000.01")}, ("PRICE_INVALID", "fullPrice")),
        ({"dishes": ("SUP", "NO-SUCH")}, ("DISH_UNKNOWN", "dish[2]/dishCode")),
        ({"dishes": ("SUP", "SUP")}, ("VALUE_INVALID", "dish[2]/dishCode")),
        ({"menu_type_code": "VEGAN"}, ("CATEGORY_UNKNOWN", "menuTypeCode")),
        ({"meal_type": "SECOND_SUPPER"}, ("CATEGORY_UNKNOWN", "mealType")),
        ({"age_category_code": "AGE_0_3"}, ("CATEGORY_UNKNOWN", "ageCategoryCode")),
        (
            {"pchvr_category_code": [town.FULL, "NONE"]},
            ("CATEGORY_UNKNOWN", "pchvrCategoryCode[2]"),
        ),
        ({"contract_number": "ДП-2/2026"}, ("CONTRACT_UNKNOWN", "contractNumber")),
        ({"date": [date(2026, 11, 1)]}, ("DATE_IN_PAST", "date[1]")),
        ({"date": [date(2026, 11, 2)]}, ("FROZEN", "date[1]")),
        ({"date": [DAY, DAY]}, ("VALUE_INVALID", "date[2]")),
    ],
)
def test_a_row_is_rejected_with_code_and_place(kitchen, changes, error):
    receipt = kitchen.hand_in(kitchen.complex("OBED-1", **changes))

    assert error in kitchen.errors(receipt)
    assert offers(kitchen) == []


@pytest.mark.parametrize("school", ["SCH-2", "SCH-UNKNOWN"])
def test_a_foreign_school_and_one_that_does_not_exist_are_refused_alike(kitchen, school):
    receipt = kitchen.hand_in(
        kitchen.complex("OBED-1", school_code=[*WHOLE, MenuSchoolType(code=school)])
    )
    kitchen.process()

    (item,) = kitchen.result(receipt).item
    bound = [one for one in item.error if one.code.value == "SCHOOL_NOT_BOUND"]
    assert [(one.path, one.message) for one in bound] == [
        (
            "schoolCode[2]/code",
            "Школа или корпус не закреплены за организатором на указанный день. Уберите их.",
        )
    ]


def test_a_building_that_is_not_there_is_not_bound(kitchen):
    places = [MenuSchoolType(code=town.SCHOOL_1.code, building_code=["A", "Z"])]

    assert kitchen.errors(kitchen.hand_in(kitchen.complex(school_code=places))) == [
        ("SCHOOL_NOT_BOUND", "schoolCode[1]/buildingCode[2]")
    ]


def test_a_building_bound_to_another_is_not_ours_though_its_school_is(kitchen):
    with kitchen.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.binding).values(
                id=UUID(int=77),
                bind_id=UUID(int=78),
                school=town.SCHOOL_1.code,
                building="B",
                organizer_inn=town.OTHER_INN,
                contract_number="ДП-3/2026",
                contract_date=town.SINCE,
                valid_from=NEXT,
                digest=b"town",
                entry=1,
            )
        )

    receipt = kitchen.hand_in(
        kitchen.complex("OBED-1", DAY, school_code=IN_B),
        kitchen.complex("OBED-2", NEXT, school_code=IN_B),
        kitchen.complex("OBED-3", NEXT, school_code=WHOLE),
    )

    assert kitchen.results(receipt) == ["CREATED", "REJECTED", "CREATED"]


def test_a_dish_out_of_the_assortment_does_not_enter_a_complex(kitchen):
    kitchen.results(kitchen.hand_in_dishes(kitchen.dish("SUP", active=False)))

    assert kitchen.errors(kitchen.hand_in(kitchen.complex())) == [
        ("DISH_UNKNOWN", "dish[1]/dishCode")
    ]


def test_a_batch_of_dishes_is_applied_before_the_complexes_that_follow_it(kitchen):
    dishes = kitchen.hand_in_dishes(*[kitchen.dish(f"D-{number}") for number in range(20)])
    complexes = kitchen.hand_in(kitchen.complex(dishes=("D-19",)))

    assert kitchen.results(complexes) == ["CREATED"]
    assert kitchen.result(dishes).state.value == "DONE"
