"""Who plays two weeks of a school: one school, two classes, everybody invented; and what it costs.

Prices are in roubles. What a pupil pays for a meal stands here as a family would reckon it, so that
no rule of the hub is used to check the hub.
"""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from soap_program import Behalf

OKTMO = "71999000"
SCHOOL, BUILDING = "SCH-7", "A"
CONTRACT = "ДП-7"
CREDIT_LIMIT = Decimal("300.00")

BREAKFAST, LUNCH = "BREAKFAST", "LUNCH"
STARTS = {BREAKFAST: dt.time(9, 20), LUNCH: dt.time(12, 10)}
BASIC, DIET = "BASIC", "DIET"
YOUNGER, OLDER = "AGE_7_11", "AGE_12_18"
FULL, HALF, SUM = "PCHVR_FULL", "PCHVR_HALF", "PCHVR_SUM"

JUICE, JUICE_PRICE, JUICES = "SOK", Decimal("35.00"), 2
HOME_SET, HOME_SET_PRICE = "NABOR", Decimal("120.00")
DISHES = {"KASHA": Decimal("40.00"), "SUP": Decimal("55.50"), "CHAI": Decimal("12.30")}
PRICES = {
    (BREAKFAST, YOUNGER): (Decimal("95.55"), Decimal("101.25")),
    (LUNCH, YOUNGER): (Decimal("150.01"), Decimal("163.33")),
    (LUNCH, OLDER): (Decimal("170.05"), Decimal("182.00")),
}
"""Of the complex of the day and of the other one, where anybody eats."""


class Class(NamedTuple):
    """A class with the age category of its pupils."""

    code: str
    name: str
    parallel: int
    age: str


class Pupil(NamedTuple):
    """A pupil with what the meal administrator sets."""

    id: str
    surname: str
    name: str
    school_class: Class
    meals: tuple[str, ...] = (LUNCH,)
    pchvr: str | None = None
    is_home_study: bool = False


class Price(NamedTuple):
    """What a meal costs, what the budget pays of it, what the family pays."""

    full: Decimal
    discount: Decimal

    @property
    def to_pay(self) -> Decimal:
        return self.full - self.discount


CLASS_3A = Class("SCH-7/3A", "3А", 3, YOUNGER)
CLASS_7B = Class("SCH-7/7B", "7Б", 7, OLDER)
CLASSES = (CLASS_3A, CLASS_7B)

IVAN = Pupil("P-1", "Соколов", "Иван", CLASS_3A, (BREAKFAST, LUNCH))
MARIA = Pupil("P-2", "Белова", "Мария", CLASS_3A, (BREAKFAST, LUNCH), FULL)
TIMUR = Pupil("P-3", "Гареев", "Тимур", CLASS_3A, (LUNCH,), HALF)
PAVEL = Pupil("P-4", "Носов", "Павел", CLASS_3A, is_home_study=True)
DARYA = Pupil("P-5", "Соколова", "Дарья", CLASS_7B, (LUNCH,), SUM)
LEV = Pupil("P-6", "Фомин", "Лев", CLASS_7B)
PUPILS = (IVAN, MARIA, TIMUR, PAVEL, DARYA, LEV)

MOTHER = Behalf("1000000701", "PARENT")
"""Of Ivan and Darya."""
MOTHER_OF_TIMUR = Behalf("1000000702", "PARENT")
MOTHER_OF_PAVEL = Behalf("1000000703", "PARENT")
FATHER_OF_MARIA = Behalf("1000000704", "PARENT")
FATHER_OF_LEV = Behalf("1000000705", "PARENT")
CHILDREN = {
    MOTHER: (IVAN, DARYA),
    MOTHER_OF_TIMUR: (TIMUR,),
    MOTHER_OF_PAVEL: (PAVEL,),
    FATHER_OF_MARIA: (MARIA,),
    FATHER_OF_LEV: (LEV,),
}
PARENT_OF = {pupil: parent for parent, pupils in CHILDREN.items() for pupil in pupils}

TEACHER_3A = Behalf("1000000711", "CLASS_TEACHER")
TEACHER_7B = Behalf("1000000712", "CLASS_TEACHER")
TEACHERS = {CLASS_3A: TEACHER_3A, CLASS_7B: TEACHER_7B}
MEAL_ADMIN = Behalf("1000000720", "MEAL_ADMIN")

DEFAULTS = {
    (IVAN, BREAKFAST): Price(Decimal("95.55"), Decimal("0.00")),
    (IVAN, LUNCH): Price(Decimal("150.01"), Decimal("0.00")),
    (MARIA, BREAKFAST): Price(Decimal("95.55"), Decimal("95.55")),
    (MARIA, LUNCH): Price(Decimal("150.01"), Decimal("150.01")),
    # Half of 150.01 is 75.005: half up to the kopeck.
    (TIMUR, LUNCH): Price(Decimal("150.01"), Decimal("75.01")),
    (DARYA, LUNCH): Price(Decimal("170.05"), Decimal("30.00")),
    (LEV, LUNCH): Price(Decimal("170.05"), Decimal("0.00")),
}
"""Complexes of the day."""
CHOSEN = {
    (IVAN, LUNCH): Price(Decimal("233.33"), Decimal("0.00")),  # 163.33 and two juices
    (DARYA, LUNCH): Price(Decimal("182.00"), Decimal("30.00")),
    (TIMUR, LUNCH): Price(Decimal("163.33"), Decimal("81.67")),
    (PAVEL, LUNCH): Price(HOME_SET_PRICE, Decimal("0.00")),
}
"""What families choose: the other complex, and what they add to it."""


def complex_code(meal: str, age: str, *, other: bool = False) -> str:
    """Return the code of the complex of the day, or of the other one."""
    return f"{meal}-{age}-{'2' if other else '1'}"
