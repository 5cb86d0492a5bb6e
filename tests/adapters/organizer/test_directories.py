"""GetDirectories: what a menu is made by, and for whom (MEAL-CAT-04, 15)."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from gateway.kernel.errors import NotFound

OKTMO = "71701000"


def bind_building_b_to_another(kitchen) -> None:
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
                valid_from=town.SINCE,
                digest=b"town",
                entry=1,
            )
        )


def test_directories_of_the_municipality_of_own_schools_are_told(kitchen):
    told = kitchen.directories()

    assert [one.code for one in told.menu_type] == [town.BASIC, town.DIET]
    assert [(one.code, one.age_from, one.age_to) for one in told.age_category] == [
        (town.OLDER, 12, 18),
        (town.YOUNGER, 7, 11),
    ]
    assert {(one.code, one.mode.value, str(one.value)) for one in told.pchvr_category} == {
        (town.FULL, "FULL", "None"),
        (town.HALF, "PERCENT", "50.00"),
        (town.SUM, "AMOUNT", "30.00"),
    }
    assert [one.code for one in told.meal_type] == ["BREAKFAST", "LUNCH", "AFTERNOON", "DINNER"]
    assert told.as_of == kitchen.clock()


def test_only_bound_schools_are_told_with_buildings_and_earliest_times(kitchen):
    (school,) = kitchen.directories().school

    assert school.school_code == town.SCHOOL_1.code
    assert [one.building_code for one in school.building] == ["A", "B"]
    assert [(one.meal_type, one.start_time) for one in school.meal_schedule] == [
        (town.BREAKFAST, time(9, 20)),
        (town.LUNCH, time(12, 10)),
    ]


def test_a_building_fed_by_another_is_told_to_that_one(kitchen):
    bind_building_b_to_another(kitchen)

    (school,) = kitchen.directories().school

    assert [one.building_code for one in school.building] == ["A"]


def test_only_directories_changed_since_are_told(kitchen):
    with kitchen.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.directory_version).values(
                municipality=OKTMO,
                directory="MENU_TYPES",
                version=2,
                digest=b"x",
                changed_at=kitchen.clock(),
                entry=1,
            )
        )
    before = kitchen.clock() - timedelta(hours=1)

    told = kitchen.directories(changed_since=before)
    kitchen.clock.advance(hours=1)
    nothing = kitchen.directories(changed_since=kitchen.clock())

    assert ([one.code for one in told.menu_type], told.age_category) == (["BASIC", "DIET"], [])
    assert (nothing.menu_type, len(nothing.school)) == ([], 1)


def test_rules_of_compensation_that_differ_by_meal_are_records_of_their_own(kitchen):
    with kitchen.database.writing() as transaction:
        transaction.execute(
            sa.insert(models.directory_item),
            [
                {
                    "municipality": OKTMO,
                    "directory": "PCHVR_CATEGORIES",
                    "code": town.FULL,
                    "meal_type": meal,
                    "valid_from": town.SINCE,
                    "name": town.FULL,
                    "mode": "AMOUNT",
                    "value": 1000,
                    "version": 2,
                    "entry": 1,
                }
                for meal in (town.LUNCH, "DINNER")
            ],
        )

    told = [one for one in kitchen.directories().pchvr_category if one.code == town.FULL]

    assert [(one.mode.value, one.meal_type) for one in told] == [
        ("AMOUNT", ["DINNER", "LUNCH"]),
        ("FULL", []),
    ]


def test_entries_that_are_over_are_not_told(kitchen):
    with kitchen.database.writing() as transaction:
        table = models.directory_item
        transaction.execute(
            sa.update(table).where(table.c.code == town.DIET).values(valid_to=date(2026, 11, 1))
        )

    assert [one.code for one in kitchen.directories().menu_type] == [town.BASIC]


@pytest.mark.parametrize("code", ["71000000", "99999999"])
def test_a_municipality_without_own_schools_is_not_found(kitchen, code):
    with pytest.raises(NotFound):
        kitchen.directories(municipality_code=code)
    assert len(kitchen.directories(municipality_code=OKTMO).school) == 1
