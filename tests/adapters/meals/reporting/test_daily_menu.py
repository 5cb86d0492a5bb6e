"""DAILY_MENU: the form that the federal monitoring reads."""

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa
from readers import DAY, ON_DAY

from adapters.meals import models
from adapters.meals.region import VILLAGE, Region, fill, publish_days
from adapters.meals.reports.daily_menu import BLOCKS, rows_of
from adapters.meals.repository.served import ServedDish, default_dishes, place
from gateway.kernel.errors import NotAllowed, NotFound
from registry.calendar import ProductionCalendar

BREAKFAST, _, LUNCH = BLOCKS
HEADS = [
    "Прием пищи",
    "Раздел",
    "№ рец.",
    "Блюдо",
    "Выход, г",
    "Цена",
    "Калорийность",
    "Белки",
    "Жиры",
    "Углеводы",
]


def dish(section, name="Блюдо", meal_type="LUNCH", **changes):
    values = {"price": Decimal("10.00"), "energy": Decimal(100), "proteins": Decimal(1)}
    values |= {"fats": Decimal(2), "carbohydrates": None}
    return ServedDish(meal_type, section, "54-1", name, "200", **values | changes)


def sheet_of(response):
    return openpyxl.load_workbook(BytesIO(response.file.content)).active


@pytest.fixture
def village(contour_database, clock):
    region = Region(1, VILLAGE, 2025)
    fill(contour_database, region, clock())
    day = date(2026, 3, 4)
    with contour_database.writing() as transaction:
        publish_days(transaction, region, day, day, ProductionCalendar.load(), clock())
    return contour_database


def test_the_file_is_named_by_its_day(readers):
    response = readers.organizer.report("DAILY_MENU", "XLSX", SCHOOL_CODE="SCH-1", **ON_DAY)
    assert response.file.file_name == "2026-11-16-sm.xlsx"


def test_the_form_has_its_places(readers):
    sheet = sheet_of(
        readers.organizer.report(
            "DAILY_MENU", "XLSX", SCHOOL_CODE="SCH-1", BUILDING_CODE="B", **ON_DAY
        )
    )
    assert [sheet[cell].value for cell in ("A1", "B1", "E1", "F1", "I1", "J1")] == [
        "Школа",
        "Школа № 1",
        "Отд./корп",
        "Корпус B",
        "День",
        datetime.combine(DAY, time()),
    ]
    assert [cell.value for cell in sheet[3]] == HEADS
    meals = {cell.row: cell.value for cell in sheet["A"][3:] if cell.value}
    assert meals == {4: "Завтрак", 11: "Завтрак 2", 14: "Обед"}
    assert sheet.max_row == 22


def test_dishes_of_the_default_complex_for_younger_pupils_stand_in_their_sections(village):
    with village.reading() as transaction:
        school = transaction.execute(sa.select(models.school.c.code)).scalar_one()
        dishes = default_dishes(transaction, school, "", date(2026, 3, 4), "")
        assert place(transaction, school, "")[0] == "МАОУ ООШ с. Берёзовка"
    rows = {
        (block.name, row.section): row.dish for block in BLOCKS for row in rows_of(block, dishes)
    }
    assert rows["Завтрак", "гор.блюдо"].name == "Запеканка из творога со сгущённым молоком"
    assert rows["Завтрак", "гор.блюдо"].portion == "150/20"
    assert rows["Завтрак", "гор.блюдо"].energy == Decimal("297.2")
    assert rows["Обед", "1 блюдо"].recipe == "54-8с-2022"
    assert rows["Обед", "хлеб черн."].name == "Хлеб ржаной"
    assert rows["Обед", "гарнир"] is None
    assert sum(row is not None for row in rows.values()) == len(dishes)


def test_a_section_without_a_dish_keeps_its_row():
    rows = list(rows_of(LUNCH, [dish("1 блюдо", "Щи")]))
    assert [row.section for row in rows] == list(LUNCH.sections)
    assert [row.dish.name for row in rows if row.dish] == ["Щи"]


def test_a_dish_of_no_section_of_the_form_stands_below_with_its_own():
    *_, last = rows_of(LUNCH, [dish("соус", "Соус")])
    assert (last.section, last.dish.name) == ("соус", "Соус")


def test_more_dishes_than_rows_share_the_last_one():
    dishes = [dish("соус", f"Соус {number}") for number in range(12)]
    rows = list(rows_of(LUNCH, dishes))
    assert len(rows) == LUNCH.last - LUNCH.first + 1
    assert rows[-1].dish.name == "Соус 8; Соус 9; Соус 10; Соус 11"
    assert rows[-1].dish.price == Decimal("40.00")
    assert sum(row.dish.price for row in rows) == Decimal("120.00")


def test_any_bread_of_breakfast_is_bread():
    rows = rows_of(BREAKFAST, [dish("хлеб бел.", "Хлеб", "BREAKFAST")])
    assert [row.section for row in rows if row.dish] == ["хлеб"]


def test_a_day_without_a_menu_has_no_file(readers):
    refusal = readers.organizer.refused(
        readers.organizer.report, "DAILY_MENU", "XLSX", SCHOOL_CODE="SCH-1", DATE="2026-11-17"
    )
    assert type(refusal) is NotFound


def test_the_menu_of_a_foreign_school_is_refused(readers):
    refusal = readers.organizer.refused(
        readers.organizer.report, "DAILY_MENU", "XLSX", SCHOOL_CODE="SCH-2", **ON_DAY
    )
    assert type(refusal) is NotAllowed


def test_the_menu_is_for_whoever_looks_after_the_school(readers):
    made = {
        reader.report("DAILY_MENU", "XLSX", SCHOOL_CODE="SCH-1", **ON_DAY).document_id
        for reader in (readers.organizer, readers.meal_admin, readers.omsu, readers.don)
    }
    assert len(made) == 1
