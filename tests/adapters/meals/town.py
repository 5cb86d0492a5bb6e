"""A small invented town, set straight into the tables: who lives there, as values to read in tests.

`settle(transaction)` enters everybody and everything but menus; `publish(transaction, days)` lets
both organizers publish two complexes (one of them default) for every meal, age and type of menu on
those days. School 1 has two buildings and a five-day week, school 2 has six days and no credit.

    with contour_database.writing() as transaction:
        town.settle(transaction)
        town.publish(transaction, [date(2026, 11, 16)])
    account = town.IVAN.account

Everybody here is invented. Ivan and Darya share a mother; Pavel studies at home; Egor has no meals
set; Roman has left the school.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.ledger import MealsLedger
from gateway.adapter import AccountStatus, Posting, PostingKind
from gateway.kernel.identifiers import issue_account
from gateway.kernel.message import Participant, ParticipantState
from gateway.storage.database import Transaction
from registry.kinds import ParticipantKind

SINCE = date(2026, 9, 1)
"""From this day on everything below holds."""
LEFT = date(2026, 10, 1)
"""Last day of the pupil who has left."""
SETTLED_AT = datetime(2026, 9, 1, 5, tzinfo=UTC)
ENTRY = 1
"""Journal entry that every row of the town stems from."""

MUNICIPALITY = "71701000"
FOREIGN_MUNICIPALITY = "71705000"

BREAKFAST, LUNCH = "BREAKFAST", "LUNCH"
BASIC, DIET = "BASIC", "DIET"
YOUNGER, OLDER = "AGE_7_11", "AGE_12_18"
FULL, HALF, SUM = "PCHVR_FULL", "PCHVR_HALF", "PCHVR_SUM"
SUM_VALUE = Decimal("30.00")
"""What the budget pays of a meal for the category SUM."""


class School(NamedTuple):
    """A school, who feeds it, and its credit limit per pupil in roubles."""

    code: str
    name: str
    organizer_inn: str
    buildings: tuple[str, ...]
    last_weekday: int
    credit_limit: Decimal
    contract: str


class Class(NamedTuple):
    """A class with its teacher."""

    code: str
    school: School
    building: str
    name: str
    parallel: int
    age_category: str
    teacher: str


class Person(NamedTuple):
    """Somebody who is known by an ESIA account and a SNILS."""

    id: str
    name: str
    esia_oid: str
    snils: str

    @property
    def snils_hash(self) -> str:
        """What a header carries instead of the number."""
        return sha256(self.snils.encode()).hexdigest()


class Pupil(NamedTuple):
    """A pupil with what the meal administrator has set."""

    id: str
    account: str
    name: str
    mask: str
    school_class: Class
    pchvr: str | None = None
    menu_type: str = BASIC
    meals: tuple[str, ...] = (BREAKFAST, LUNCH)
    is_home_study: bool = False
    status: AccountStatus = AccountStatus.OPEN
    until: date | None = None


class Complex(NamedTuple):
    """A complex of an organizer; its price is in roubles."""

    organizer_inn: str
    code: str
    menu_type: str
    meal_type: str
    age_category: str
    is_default: bool
    price: Decimal


def _participant(code: str, name: str, kind: ParticipantKind, inn: str) -> Participant:
    return Participant(code, name, kind.value, ParticipantState.IN_OPERATION, inn)


SCHOOL_SYSTEM = _participant(
    "SCHOOL72001", "Школьная система", ParticipantKind.SCHOOL, "7200000032"
)
ORGANIZER = _participant("ORG72001", "Столовая «Лето»", ParticipantKind.ORGANIZER, "7200000018")
OTHER_ORGANIZER = _participant(
    "ORG72002", "Комбинат «Зима»", ParticipantKind.ORGANIZER, "7200000025"
)
OMSU = _participant(
    "OMSU72001", "Управление образования", ParticipantKind.MUNICIPALITY, "7200000057"
)
DON = _participant("DON72001", "Департамент образования", ParticipantKind.DON, "7200000064")
OPERATOR = _participant("HUB72", "Оператор узла", ParticipantKind.OPERATOR, "7200000071")

INN, OTHER_INN = "7200000018", "7200000025"

SCHOOL_1 = School("SCH-1", "Школа № 1", INN, ("A", "B"), 5, Decimal("300.00"), "ДП-1/2026")
SCHOOL_2 = School("SCH-2", "Гимназия № 2", OTHER_INN, (), 6, Decimal("0.00"), "ДП-2/2026")
SCHOOLS = (SCHOOL_1, SCHOOL_2)

CLASS_3A = Class("SCH-1/3A", SCHOOL_1, "A", "3А", 3, YOUNGER, "Ковалёва Нина Петровна")
CLASS_7B = Class("SCH-1/7B", SCHOOL_1, "B", "7Б", 7, OLDER, "Орлова Вера Ильинична")
CLASS_4G = Class("SCH-2/4G", SCHOOL_2, "", "4Г", 4, YOUNGER, "Зуева Анна Львовна")
CLASS_9V = Class("SCH-2/9V", SCHOOL_2, "", "9В", 9, OLDER, "Лосев Пётр Ильич")
CLASSES = (CLASS_3A, CLASS_7B, CLASS_4G, CLASS_9V)


def _pupil(serial: int, name: str, school_class: Class, *more: object, **changes: object) -> Pupil:
    surname, given, _ = name.split()
    mask = f"{given} {surname[0]}."
    account = issue_account(720_000 + serial)
    return Pupil(f"P-{serial}", account, name, mask, school_class, *more, **changes)


IVAN = _pupil(1, "Соколов Иван Андреевич", CLASS_3A)
MARIA = _pupil(2, "Белова Мария Олеговна", CLASS_3A, FULL)
TIMUR = _pupil(3, "Гареев Тимур Ринатович", CLASS_3A, HALF, DIET)
PAVEL = _pupil(4, "Носов Павел Юрьевич", CLASS_3A, is_home_study=True)
EGOR = _pupil(5, "Титов Егор Денисович", CLASS_3A, meals=())
DARYA = _pupil(6, "Соколова Дарья Андреевна", CLASS_7B, SUM)
LEV = _pupil(7, "Фомин Лев Игоревич", CLASS_7B, meals=(LUNCH,))
ROMAN = _pupil(8, "Жуков Роман Ильич", CLASS_7B, status=AccountStatus.CLOSED, until=LEFT)
ALINA = _pupil(9, "Юсупова Алина Маратовна", CLASS_4G)
OLEG = _pupil(10, "Панов Олег Сергеевич", CLASS_4G, FULL, meals=(BREAKFAST,))
VERA = _pupil(11, "Дьякова Вера Павловна", CLASS_9V, HALF)
GLEB = _pupil(12, "Рыбин Глеб Антонович", CLASS_9V, status=AccountStatus.BLOCKED)
PUPILS = (IVAN, MARIA, TIMUR, PAVEL, EGOR, DARYA, LEV, ROMAN, ALINA, OLEG, VERA, GLEB)

MOTHER = Person("G-1", "Соколова Ольга Викторовна", "1000000001", "11223344595")
"""Of Ivan and Darya."""
FATHER_OF_MARIA = Person("G-2", "Белов Олег Юрьевич", "1000000002", "08765430300")
MOTHER_OF_ALINA = Person("G-3", "Юсупова Лилия Равильевна", "1000000003", "15500000185")
MOTHER_OF_PAVEL = Person("G-4", "Носова Инна Львовна", "1000000004", "15500000286")
CHILDREN = {
    MOTHER: (IVAN, DARYA),
    FATHER_OF_MARIA: (MARIA,),
    MOTHER_OF_ALINA: (ALINA,),
    MOTHER_OF_PAVEL: (PAVEL,),
}

TEACHER_3A = Person("S-1", CLASS_3A.teacher, "2000000001", "16600000100")
TEACHER_7B = Person("S-2", CLASS_7B.teacher, "2000000002", "16600000200")
TEACHER_4G = Person("S-3", CLASS_4G.teacher, "2000000003", "16600000301")
TEACHER_9V = Person("S-4", CLASS_9V.teacher, "2000000004", "16600000402")
MEAL_ADMIN = Person("S-5", "Крылова Тамара Ивановна", "2000000005", "16600000503")
"""Of school 1."""
OTHER_MEAL_ADMIN = Person("S-6", "Громова Юлия Ринатовна", "2000000006", "16600000604")
"""Of school 2."""
TEACHERS = {
    TEACHER_3A: CLASS_3A,
    TEACHER_7B: CLASS_7B,
    TEACHER_4G: CLASS_4G,
    TEACHER_9V: CLASS_9V,
}
MEAL_ADMINS = {MEAL_ADMIN: SCHOOL_1, OTHER_MEAL_ADMIN: SCHOOL_2}

STARTS = {BREAKFAST: "09:20", LUNCH: "12:10"}
STARTS_IN_B = {BREAKFAST: "09:20", LUNCH: "13:00"}
"""Meals of building B of school 1."""

PRICES = {
    (BREAKFAST, YOUNGER): (Decimal("95.55"), Decimal("101.25")),
    (BREAKFAST, OLDER): (Decimal("110.00"), Decimal("118.40")),
    (LUNCH, YOUNGER): (Decimal("150.00"), Decimal("163.33")),
    (LUNCH, OLDER): (Decimal("170.05"), Decimal("182.00")),
}
"""Of the default complex and of the other one."""
DISHES = {"KASHA": Decimal("40.00"), "SUP": Decimal("55.50"), "CHAI": Decimal("12.30")}
DISHES_OF = {BREAKFAST: ("KASHA", "CHAI"), LUNCH: ("SUP", "KASHA", "CHAI")}
JUICE, JUICE_PRICE = "SOK", Decimal("35.00")
"""A STANDARD item of the additional menu of both organizers."""
HOME_SET, HOME_SET_PRICE = "NABOR", Decimal("120.00")
"""A HOME_STUDY item of both organizers."""


def complex_of(
    meal_type: str,
    age_category: str,
    *,
    other: bool = False,
    menu_type: str = BASIC,
    organizer_inn: str = INN,
) -> Complex:
    """Return the default complex of a meal, or the other one."""
    code = f"{menu_type}-{meal_type}-{age_category}-{'2' if other else '1'}"
    price = PRICES[meal_type, age_category][other]
    return Complex(organizer_inn, code, menu_type, meal_type, age_category, not other, price)


COMPLEXES = tuple(
    complex_of(meal, age, other=other, menu_type=menu, organizer_inn=inn)
    for inn in (INN, OTHER_INN)
    for menu in (BASIC, DIET)
    for meal, age in PRICES
    for other in (False, True)
)


def binding_id(school: School) -> UUID:
    """Return the identifier of the binding of a school."""
    return UUID(int=1 + SCHOOLS.index(school))


def settle(transaction: Transaction) -> None:
    """Enter the town: places, people, settings, the catalogue; no menu is published yet."""
    _places(transaction)
    _people(transaction)
    _directories(transaction)
    _terms(transaction)
    _catalogue(transaction)


def publish(
    transaction: Transaction, days: Iterable[date], schools: Iterable[School] = SCHOOLS
) -> None:
    """Let the organizers of `schools` publish all of their complexes on `days`."""
    days, numbers = list(days), _numbers(transaction)
    rows = [
        {
            "school": school.code,
            "day": day,
            "building": "",
            "organizer_inn": school.organizer_inn,
            "code": one.code,
            "complex_id": numbers[one.organizer_inn, one.code],
            "publication": UUID(int=900),
            "version": 1,
        }
        for school in schools
        for one in COMPLEXES
        if one.organizer_inn == school.organizer_inn
        for day in days
    ]
    _enter(transaction, models.offer, rows)


def complex_id(transaction: Transaction, one: Complex) -> int:
    """Return the number of the current revision of a complex."""
    c = models.complex_revision.c
    found = sa.select(c.id).where(
        c.organizer_inn == one.organizer_inn, c.code == one.code, c.is_current
    )
    return int(transaction.execute(found).scalar_one())


def _numbers(transaction: Transaction) -> dict[tuple[str, str], int]:
    c = models.complex_revision.c
    current = sa.select(c.organizer_inn, c.code, c.id).where(c.is_current)
    return {(inn, code): number for inn, code, number in transaction.execute(current)}


def top_up(transaction: Transaction, pupil: Pupil, roubles: str, source: str = "") -> None:
    """Put money on the account of a pupil, at the organizer that feeds the school."""
    posting = Posting(
        pupil.account,
        pupil.school_class.school.organizer_inn,
        Decimal(roubles),
        PostingKind.TOP_UP,
        source or f"town/{pupil.account}",
        SINCE,
        ENTRY,
    )
    MealsLedger(transaction).post([posting], SETTLED_AT)


def _places(transaction: Transaction) -> None:
    _enter(
        transaction,
        models.municipality,
        [
            {"code": MUNICIPALITY, "name": "Город Тюмень", "participant": OMSU.code},
            {"code": FOREIGN_MUNICIPALITY, "name": "Город Ишим", "participant": "OMSU72002"},
        ],
    )
    _enter(
        transaction,
        models.school,
        [{"code": one.code, "name": one.name, "municipality": MUNICIPALITY} for one in SCHOOLS],
    )
    _enter(
        transaction,
        models.building,
        [
            {"school": one.code, "code": code, "name": f"Корпус {code}"}
            for one in SCHOOLS
            for code in one.buildings
        ],
    )
    _enter(
        transaction,
        models.organizer,
        [{"inn": one.inn, "name": one.name} for one in (ORGANIZER, OTHER_ORGANIZER)],
    )
    _enter(
        transaction,
        models.school_class,
        [
            {
                "code": one.code,
                "school": one.school.code,
                "building": one.building,
                "name": one.name,
                "parallel": one.parallel,
                "entry": ENTRY,
            }
            for one in CLASSES
        ],
    )


def _people(transaction: Transaction) -> None:
    _enter(transaction, models.personal_account, [_account(one) for one in PUPILS])
    _enter(
        transaction,
        models.pupil,
        [
            {
                "id": one.id,
                "account": one.account,
                "name": one.name,
                "birth_date": f"{2026 - one.school_class.parallel - 7}-05-17",
                "class_code": one.school_class.code,
                "since": SINCE,
                "until": one.until,
                "is_home_study": one.is_home_study,
                **_LOADED,
            }
            for one in PUPILS
        ],
    )
    _enter(transaction, models.guardian, [_person(transaction, one) for one in CHILDREN])
    _enter(
        transaction,
        models.guardian_pupil,
        [
            {"guardian": guardian.id, "pupil": pupil.id, "relation": "PARENT"}
            for guardian, pupils in CHILDREN.items()
            for pupil in pupils
        ],
    )
    _enter(
        transaction,
        models.staff,
        [
            *(
                _person(transaction, one) | {"role": "CLASS_TEACHER", "school": led.school.code}
                for one, led in TEACHERS.items()
            ),
            *(
                _person(transaction, one) | {"role": "MEAL_ADMIN", "school": school.code}
                for one, school in MEAL_ADMINS.items()
            ),
        ],
    )
    _enter(
        transaction,
        models.staff_class,
        [{"staff": one.id, "class_code": led.code} for one, led in TEACHERS.items()],
    )


_LOADED = {"digest": b"town", "entry": ENTRY}


def _account(one: Pupil) -> dict[str, object]:
    return {
        "number": one.account,
        "status": one.status.value,
        "pupil_mask": one.mask,
        "class_name": one.school_class.name,
        "school_code": one.school_class.school.code,
        "organizer_inn": one.school_class.school.organizer_inn,
    }


def _person(transaction: Transaction, one: Person) -> dict[str, object]:
    vault = transaction.vault
    return {
        "id": one.id,
        "name": one.name,
        "esia_mark": vault.mark("person.esia", one.esia_oid),
        "snils_mark": vault.mark("person.snils", one.snils_hash),
        **_LOADED,
    }


def _directories(transaction: Transaction) -> None:
    menu_types = {BASIC: "Основное", DIET: "Диетическое"}
    ages = {YOUNGER: ("7–11 лет", 7, 11), OLDER: ("12–18 лет", 12, 18)}
    rules = {FULL: ("FULL", None), HALF: ("PERCENT", 50_00), SUM: ("AMOUNT", 30_00)}
    _enter(
        transaction,
        models.directory_item,
        [
            *(_item("MENU_TYPES", code, name) for code, name in menu_types.items()),
            *(
                _item("AGE_CATEGORIES", code, name, age_from=first, age_to=last)
                for code, (name, first, last) in ages.items()
            ),
            *(
                _item("PCHVR_CATEGORIES", code, code, mode=mode, value=value)
                for code, (mode, value) in rules.items()
            ),
        ],
    )


def _item(directory: str, code: str, name: str, **more: object) -> dict[str, object]:
    columns = dict.fromkeys(("age_from", "age_to", "mode", "value"))
    return {
        "municipality": MUNICIPALITY,
        "directory": directory,
        "code": code,
        "meal_type": "",
        "valid_from": SINCE,
        "name": name,
        "version": 1,
        "entry": ENTRY,
        **columns,
        **more,
    }


def _terms(transaction: Transaction) -> None:
    """Enter bindings, credit limits, times of meals, what is set for pupils."""
    _enter(
        transaction,
        models.binding,
        [
            {
                "id": binding_id(one),
                "bind_id": UUID(int=100 + number),
                "school": one.code,
                "building": "",
                "organizer_inn": one.organizer_inn,
                "contract_number": one.contract,
                "contract_date": SINCE,
                "valid_from": SINCE,
                **_LOADED,
            }
            for number, one in enumerate(SCHOOLS)
        ],
    )
    _enter(
        transaction,
        models.binding_menu_type,
        [
            {"binding": binding_id(one), "menu_type": menu_type}
            for one in SCHOOLS
            for menu_type in (BASIC, DIET)
        ],
    )
    _enter(
        transaction,
        models.credit_limit,
        [
            {
                "school": one.code,
                "valid_from": SINCE,
                "amount": one.credit_limit,
                "version": 1,
                "entry": ENTRY,
            }
            for one in SCHOOLS
        ],
    )
    _enter(
        transaction,
        models.meal_schedule,
        [
            *(row for one in SCHOOLS for row in _schedule(one, "", STARTS)),
            *_schedule(SCHOOL_1, "B", STARTS_IN_B),
        ],
    )
    _enter(
        transaction,
        models.pupil_setting,
        [
            {
                "account": one.account,
                "valid_from": SINCE,
                "pchvr": one.pchvr,
                "menu_type": one.menu_type,
                "is_home_study": one.is_home_study,
                "entry": ENTRY,
            }
            for one in PUPILS
        ],
    )
    _enter(
        transaction,
        models.pupil_meal,
        [
            {"account": one.account, "valid_from": SINCE, "meal_type": meal_type}
            for one in PUPILS
            for meal_type in one.meals
        ],
    )


def _schedule(school: School, building: str, starts: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "school": school.code,
            "building": building,
            "class_code": "",
            "meal_type": meal_type,
            "weekday": weekday,
            "start_time": start,
            "version": 1,
            "entry": ENTRY,
        }
        for meal_type, start in starts.items()
        for weekday in range(1, school.last_weekday + 1)
    ]


def _catalogue(transaction: Transaction) -> None:
    for inn in (INN, OTHER_INN):
        owned = {"organizer_inn": inn, "version": 1, **_LOADED}
        _enter(transaction, models.catalogue_version, [{"organizer_inn": inn, "version": 1}])
        _enter(
            transaction,
            models.dish,
            [
                {"code": code, "name": code, "yield_text": "200", "price": price, "is_active": True}
                | owned
                for code, price in DISHES.items()
            ],
        )
        _enter(
            transaction,
            models.additional_item,
            [
                {"code": JUICE, "kind": "STANDARD", "name": "Сок", "price": JUICE_PRICE}
                | {"valid_from": SINCE, "unit": "шт"}
                | owned,
                {"code": HOME_SET, "kind": "HOME_STUDY", "name": "Набор", "price": HOME_SET_PRICE}
                | {"valid_from": SINCE, "unit": "шт"}
                | owned,
            ],
        )
    _enter(transaction, models.complex_revision, [_revision(one) for one in COMPLEXES])
    numbers = _numbers(transaction)
    _enter(
        transaction,
        models.complex_dish,
        [
            {
                "complex_id": numbers[one.organizer_inn, one.code],
                "position": position,
                "dish_code": code,
                "portions": 100,
            }
            for one in COMPLEXES
            for position, code in enumerate(DISHES_OF[one.meal_type], 1)
        ],
    )


def _revision(one: Complex) -> dict[str, object]:
    contract = next(s.contract for s in SCHOOLS if s.organizer_inn == one.organizer_inn)
    return {
        "organizer_inn": one.organizer_inn,
        "code": one.code,
        "name": f"Комплекс {one.code}",
        "menu_type": one.menu_type,
        "meal_type": one.meal_type,
        "age_category": one.age_category,
        "is_default": one.is_default,
        "full_price": one.price,
        "contract_number": contract,
        "is_current": True,
        "version": 1,
        **_LOADED,
    }


def _enter(transaction: Transaction, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        transaction.execute(sa.insert(table), rows)
