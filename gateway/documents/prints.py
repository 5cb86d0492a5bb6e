"""Print forms: sheets for a day, made anew whenever somebody asks (PRINT-CLASSREQ, PRINT-MENU).

A print is no document of the registry: it has no number, no state and nobody's signature but ink.
Its template is of typst only; an operator's file of the same name comes first.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from gateway.documents.form import Value, several


@dataclass(frozen=True, slots=True, kw_only=True)
class Print(Value):
    """All slots of a print form."""

    code: ClassVar[str]
    """By D1; the name of its template."""
    heading: ClassVar[str]

    school: str
    building: str | None = None
    day: dt.date
    printed_at: dt.datetime | None = None
    """Stands on the sheet; for the same facts and moment its file is the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portions(Value):
    """How many portions of what."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMeal(Value):
    """A pupil's line of a meal."""

    account: str
    name: str | None = None
    """«Иванов И.», on the teacher's sheet only."""
    meal_set: str
    items: str | None = None
    """Additional menu in words."""
    is_present: bool
    is_included: bool
    to_pay: Decimal
    """Roubles."""
    is_over_credit: bool
    remark: str | None = None
    """Whether the pupil has eaten, where that is known; else it is marked by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MealOfClass(Value):
    """One meal of a class with its lines."""

    name: str
    start: str | None = None
    """HH:MM, local."""
    print_until: str | None = None
    """HH:MM, local."""
    is_late: bool
    """Printed after that."""
    lines: tuple[AskedMeal, ...] = several("line")
    portions: tuple[Portions, ...] = several("portions")
    """By complex, of what is asked for."""
    items: tuple[Portions, ...] = several("items")
    """Of the additional menu."""
    count: int
    to_pay: Decimal
    """Roubles, of what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRequestPrint(Print):
    """The request of a class: with names for the teacher, without them for the organizer (D3.9)."""

    code: ClassVar[str] = "PRINT-CLASSREQ"
    heading: ClassVar[str] = "Заявка на питание"

    class_name: str
    state: str
    """In Russian."""
    version: int
    request_id: str
    teacher: str | None = None
    """Initials and surname below the signature; on the teacher's sheet only."""
    is_named: bool
    meals: tuple[MealOfClass, ...] = several("meal")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRequestsPrint(Print):
    """The requests of several classes of a school in one file, a sheet for each."""

    code: ClassVar[str] = "PRINT-CLASSREQ"
    heading: ClassVar[str] = "Заявки на питание"

    sheets: tuple[ClassRequestPrint, ...] = several("sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDish(Value):
    """A dish of a complex."""

    name: str
    portion: str
    """How much is served."""
    energy: str | None = None
    """Kilocalories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedMealSet(Value):
    """A complex on the menu."""

    name: str
    is_default: bool
    """«Комплекс дня»."""
    price: Decimal
    """Roubles, in full."""
    energy: str | None = None
    """Kilocalories of all dishes; nothing where one is unknown."""
    dishes: tuple[ServedDish, ...] = several("dish")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedCategory(Value):
    """What is served to an age category by a type of menu."""

    age: str
    menu_type: str
    meal_sets: tuple[ServedMealSet, ...] = several("meal_set")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedMeal(Value):
    """A meal of the day."""

    name: str
    start: str | None = None
    """HH:MM, local."""
    categories: tuple[ServedCategory, ...] = several("category")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalItem(Value):
    """Something of the additional menu."""

    name: str
    unit: str | None = None
    price: Decimal
    """Roubles."""
    meals: str | None = None
    """To which meals; nothing means all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPrint(Print):
    """The menu of a school or of its building for a day (D3.9)."""

    code: ClassVar[str] = "PRINT-MENU"
    heading: ClassVar[str] = "Меню"

    organizer: str | None = None
    meals: tuple[ServedMeal, ...] = several("meal")
    additional: tuple[AdditionalItem, ...] = several("item")
