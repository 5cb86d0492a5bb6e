"""What the kitchen of the demo cooks, and the files that it hands in: invented, but edible."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from adapters.meals.seed import DemoClass

_MENU = "urn://x-artefacts-citto-72/meals/menu-import/1.0"
_AGES = (("AGE_7_11", "7"), ("AGE_12_18", "12"))

# code | section of the federal form | name | yield | price | energy, proteins, fats, carbohydrates
_ASSORTMENT = """
П-01 | гор.блюдо | Каша овсяная с яблоком | 205 | 39.50 | 229 | 7.1 | 8.4 | 31.2
П-02 | гор.блюдо | Омлет с зеленью | 150 | 61.00 | 224 | 12.5 | 17.6 | 3.4
П-03 | гор.напиток | Чай с лимоном | 215 | 8.10 | 28 | 0.3 | 0.0 | 6.7
П-04 | хлеб бел. | Хлеб пшеничный | 45 | 4.20 | 106 | 3.4 | 0.4 | 22.1
П-05 | 1 блюдо | Борщ сибирский | 210 | 36.40 | 112 | 4.9 | 5.7 | 10.4
П-06 | 2 блюдо | Тефтели из говядины | 90 | 64.30 | 178 | 12.8 | 11.2 | 6.6
П-07 | 2 блюдо | Рыба, тушённая с овощами | 90 | 66.90 | 118 | 12.4 | 6.0 | 3.8
П-08 | гарнир | Каша гречневая рассыпчатая | 150 | 19.80 | 234 | 8.3 | 6.3 | 36.0
П-09 | гарнир | Пюре картофельное | 150 | 24.30 | 139 | 3.1 | 5.3 | 19.8
П-10 | сладкое | Компот из сухофруктов | 200 | 10.20 | 81 | 0.5 | 0.0 | 19.8
П-11 | фрукты | Яблоко | 120 | 18.60 | 54 | 0.5 | 0.5 | 11.8
"""
_DISHES = [[cell.strip() for cell in line.split("|")] for line in _ASSORTMENT.strip().splitlines()]
_PRICES = {code: Decimal(price) for code, _, _, _, price, *_ in _DISHES}
DISHES = len(_DISHES)


class MealSet(NamedTuple):
    """A complex as the kitchen thinks of it."""

    code: str
    name: str
    meal: str
    dishes: tuple[str, ...]
    is_default: bool = False

    @property
    def price(self) -> Decimal:
        """Roubles, of the dishes that are known."""
        return sum((_PRICES.get(code, Decimal(0)) for code in self.dishes), Decimal(0))


DEFAULTS = (
    MealSet(
        "ЗАВТРАК-1", "Завтрак № 1: каша", "BREAKFAST", ("П-01", "П-03", "П-04"), is_default=True
    ),
    MealSet(
        "ОБЕД-1",
        "Обед № 1: тефтели",
        "LUNCH",
        ("П-05", "П-06", "П-08", "П-10", "П-04"),
        is_default=True,
    ),
)
OTHERS = (
    MealSet("ЗАВТРАК-2", "Завтрак № 2: омлет", "BREAKFAST", ("П-02", "П-03", "П-04", "П-11")),
    MealSet("ОБЕД-2", "Обед № 2: рыба", "LUNCH", ("П-05", "П-07", "П-09", "П-10", "П-04")),
)
BROKEN = MealSet("ОБЕД-3", "Обед № 3: плов", "LUNCH", ("П-05", "П-99"))
"""Names a dish that nobody has told of."""


def dishes_file() -> bytes:
    """Return all dishes as the contract wants them, in a zip."""
    return _zip("DishesFile", map(_dish, _DISHES))


def complexes_file(mealsets: Iterable[MealSet], days: Sequence[date], led: DemoClass) -> bytes:
    """Return complexes for some days and for each age, in a zip; a broken one only once."""
    rows = [
        _complex(one, age, mark, days, led)
        for one in mealsets
        for age, mark in (_AGES[:1] if one is BROKEN else _AGES)
    ]
    return _zip("ComplexesFile", rows)


def _dish(cells: Sequence[str]) -> etree._Element:
    code, group, name, portion, price, energy, proteins, fats, carbohydrates = cells
    row = _element("dish")
    for tag, text in (
        ("dishCode", code),
        ("name", name),
        ("group", group),
        ("yield", portion),
        ("price", price),
        ("energyKcal", energy),
        ("proteins", proteins),
        ("fats", fats),
        ("carbohydrates", carbohydrates),
        ("active", "true"),
    ):
        _add(row, tag, text)
    return row


def _complex(
    one: MealSet, age: str, mark: str, days: Sequence[date], led: DemoClass
) -> etree._Element:
    row = _element("complex")
    _add(row, "complexCode", f"{one.code}-{mark}")
    _add(row, "name", one.name)
    _add(row, "menuTypeCode", "BASIC")
    _add(row, "mealType", one.meal)
    _add(row, "ageCategoryCode", age)
    _add(etree.SubElement(row, f"{{{_MENU}}}schoolCode"), "code", led.school)
    for day in days:
        _add(row, "date", day.isoformat())
    _add(row, "isDefault", str(one.is_default).lower())
    _add(row, "fullPrice", f"{one.price:.2f}")
    _add(row, "contractNumber", led.contract)
    for code in one.dishes:
        portion = etree.SubElement(row, f"{{{_MENU}}}dish")
        _add(portion, "dishCode", code)
        _add(portion, "portions", "1.00")
    return row


def _element(name: str) -> etree._Element:
    return etree.Element(f"{{{_MENU}}}{name}", nsmap={"m": _MENU})


def _add(row: etree._Element, name: str, text: str) -> None:
    etree.SubElement(row, f"{{{_MENU}}}{name}").text = text


def _zip(root: str, rows: Iterable[etree._Element]) -> bytes:
    element = _element(root)
    element.extend(rows)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "menu.xml", etree.tostring(element, xml_declaration=True, encoding="UTF-8")
        )
    return target.getvalue()
