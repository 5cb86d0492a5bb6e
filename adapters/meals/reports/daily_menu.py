"""DAILY_MENU: «Ежедневное меню» of a school for the federal monitoring, in the form of the letter.

The form is fixed (letter ГД-1158/01 of 17.05.2021): the school and the day in the first row, heads
in the third, breakfast in rows 4 ... 10, the second breakfast in 11 ... 13, lunch in 14 ... 22.
What the monitoring reads are default complexes for ages 7–11.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from adapters.meals.access import Role
from adapters.meals.reports.description import DAY, Asked, Grain, Param, Report, Workbook
from adapters.meals.repository import served
from adapters.meals.repository.served import ServedDish
from gateway.adapter import Work
from gateway.contracts.messages.common import ReportCode, ReportFormat
from gateway.kernel.errors import NotFound

HEADS = (
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
)
HEAD_ROW = 3
_WIDTHS = (12, 13, 11, 42, 10, 10, 14, 9, 9, 11)
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- of no zone, always the same


class Block(NamedTuple):
    """A meal of the form: its rows and the sections that stand in them, dish or no dish."""

    name: str
    meal_type: str | None
    first: int
    last: int
    sections: tuple[str, ...]


BLOCKS = (
    Block("Завтрак", "BREAKFAST", 4, 10, ("гор.блюдо", "гор.напиток", "хлеб", "фрукты")),
    Block("Завтрак 2", None, 11, 13, ("фрукты",)),
    Block(
        "Обед",
        "LUNCH",
        14,
        22,
        ("закуска", "1 блюдо", "2 блюдо", "гарнир", "сладкое", "хлеб бел.", "хлеб черн."),
    ),
)


class Row(NamedTuple):
    """A row of a block: a section of the form with its dish, or without."""

    section: str
    dish: ServedDish | None


def make(work: Work, asked: Asked) -> tuple[str, bytes]:
    """Return the workbook of a school and a day; raise NotFound where no menu is published."""
    school = asked.params[Param.SCHOOL_CODE]
    inn = asked.actor.organizer_inn or ""
    building = asked.params.get(Param.BUILDING_CODE, "")
    dishes = served.default_dishes(work.database, school, building, asked.first, inn)
    if not dishes:
        raise NotFound
    named = served.place(work.database, school, building)
    return f"{asked.first.isoformat()}-sm.xlsx", workbook(named, asked.first, dishes)


def workbook(named: tuple[str, str], day: dt.date, dishes: Sequence[ServedDish]) -> bytes:
    """Return the form of a school and its building, filled in."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("1")
        formats = _formats(book)
        _head(sheet, formats, named, day)
        for block in BLOCKS:
            _block(sheet, formats, block, dishes)
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
    return made.getvalue()


REPORT = Report(
    ReportCode.DAILY_MENU,
    "Ежедневное меню",
    Workbook(make),
    dict.fromkeys((Role.MEAL_ADMIN, Role.ORGANIZER, Role.OMSU, Role.DON, Role.ADMIN), Grain.SCHOOL),
    required=DAY | {Param.SCHOOL_CODE},
    optional=frozenset({Param.MUNICIPALITY_CODE, Param.BUILDING_CODE}),
    formats=frozenset({ReportFormat.XLSX}),
)


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 -- xlsxwriter has no types
    edge = {"border": 1, "valign": "top"}
    return {
        "label": book.add_format({"bold": True}),
        "value": book.add_format({"border": 1}),
        "day": book.add_format({"border": 1, "num_format": "dd.mm.yyyy", "align": "left"}),
        "head": book.add_format({**edge, "bold": True, "align": "center", "bg_color": "#ECECEC"}),
        "text": book.add_format({**edge, "text_wrap": True}),
        "meal": book.add_format({**edge, "bold": True}),
        "number": book.add_format({**edge, "num_format": "0.00"}),
    }


def _head(sheet: Any, formats: dict[str, Any], named: tuple[str, str], day: dt.date) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    school, building = named
    sheet.write_string("A1", "Школа", formats["label"])
    sheet.merge_range("B1:D1", school, formats["value"])
    sheet.write_string("E1", "Отд./корп", formats["label"])
    sheet.write_string("F1", building, formats["value"])
    sheet.write_string("I1", "День", formats["label"])
    sheet.write_datetime("J1", day, formats["day"])
    for place, head in enumerate(HEADS):
        sheet.write_string(HEAD_ROW - 1, place, head, formats["head"])


def _block(
    sheet: Any,  # noqa: ANN401 -- xlsxwriter has no types
    formats: dict[str, Any],
    block: Block,
    dishes: Sequence[ServedDish],
) -> None:
    rows = list(rows_of(block, dishes))
    for number in range(block.first, block.last + 1):
        place = number - block.first
        section, dish = rows[place] if place < len(rows) else Row("", None)
        meal = block.name if place == 0 else ""
        sheet.write_string(number - 1, 0, meal, formats["meal"])
        sheet.write_string(number - 1, 1, section, formats["text"])
        _dish(sheet, formats, number - 1, dish)


def rows_of(block: Block, dishes: Sequence[ServedDish]) -> Iterator[Row]:
    """Give the rows of a block: its sections in the order of the form, then what has none there.

    A block has so many rows and no more; what is served beyond them goes into the last one.
    """
    own = [dish for dish in dishes if dish.meal_type == block.meal_type]
    rows: list[Row] = []
    for section in block.sections:
        alike = [dish for dish in own if _section(dish, block) == section]
        rows += [Row(section, dish) for dish in alike] or [Row(section, None)]
    rows += [Row(d.section, d) for d in own if _section(d, block) not in block.sections]
    room = block.last - block.first + 1
    while len(rows) > room and any(row.dish is None for row in rows):
        rows.remove(next(row for row in reversed(rows) if row.dish is None))
    yield from rows[: room - 1]
    rest = rows[room - 1 :]
    if len(rest) == 1:
        yield rest[0]
    elif rest:
        yield Row(rest[0].section, _together([row.dish for row in rest if row.dish]))


def _section(dish: ServedDish, block: Block) -> str:
    """Return the section of the form that a group of dishes stands for."""
    if "хлеб" in block.sections and dish.section.startswith("хлеб"):
        return "хлеб"
    return dish.section


def _together(dishes: Sequence[ServedDish]) -> ServedDish:
    """Return several dishes as one row of the form."""
    return ServedDish(
        dishes[0].meal_type,
        dishes[0].section,
        "; ".join(dish.recipe for dish in dishes if dish.recipe),
        "; ".join(dish.name for dish in dishes),
        "; ".join(dish.portion for dish in dishes),
        _sum(dish.price for dish in dishes),
        _sum(dish.energy for dish in dishes),
        _sum(dish.proteins for dish in dishes),
        _sum(dish.fats for dish in dishes),
        _sum(dish.carbohydrates for dish in dishes),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _dish(sheet: Any, formats: dict[str, Any], row: int, dish: ServedDish | None) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    cells: tuple[str | Decimal | None, ...] = (None,) * (len(HEADS) - 2)
    if dish is not None:
        cells = (
            dish.recipe,
            dish.name,
            _grams(dish.portion),
            dish.price,
            dish.energy,
            dish.proteins,
            dish.fats,
            dish.carbohydrates,
        )
    for place, cell in enumerate(cells, start=2):
        if isinstance(cell, Decimal):
            sheet.write_number(row, place, cell, formats["number"])
        else:
            sheet.write_string(row, place, cell or "", formats["text"])


def _grams(portion: str) -> str | Decimal:
    """Return a yield as a number where it is one: «200», not «200/5»."""
    return Decimal(portion) if portion.isascii() and portion.isdigit() else portion
