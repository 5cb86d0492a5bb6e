"""What stands on prints and in no message: names of places and categories, dishes of a day."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.meals.names import FullName
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_PLACE = Query(
    """
    SELECT s.name, b.name
    FROM school s LEFT JOIN building b ON b.school = s.code AND b.code = :building
    WHERE s.code = :school
    """
)
_STAFF = Query("SELECT name FROM staff WHERE id = :staff")
_OFFERED = """
    FROM offer o
    JOIN complex_revision x ON x.id = o.complex_id
    JOIN school s ON s.code = o.school
    WHERE o.school = :school AND o.day = :day AND o.building IN ('', :building)
      AND o.publication IS NOT NULL
      AND (:organizer_inn = '' OR o.organizer_inn = :organizer_inn)
"""
_CALLED = """
    coalesce((
        SELECT i.name FROM directory_item i
        WHERE i.municipality = s.municipality AND i.directory = '{directory}' AND i.code = {code}
          AND i.valid_from <= :day AND (i.valid_to IS NULL OR i.valid_to >= :day)
        ORDER BY i.valid_from DESC LIMIT 1
    ), {code})
"""
_MEAL_SETS = Query(
    f"""
    SELECT x.id, x.meal_type, {_CALLED.format(directory="AGE_CATEGORIES", code="x.age_category")},
           {_CALLED.format(directory="MENU_TYPES", code="x.menu_type")}, x.name, x.is_default,
           x.full_price
    {_OFFERED}
    ORDER BY x.meal_type, (
        SELECT min(i.age_from) FROM directory_item i
        WHERE i.municipality = s.municipality AND i.directory = 'AGE_CATEGORIES'
          AND i.code = x.age_category
    ), x.age_category, x.menu_type, x.is_default DESC, x.code
    """  # noqa: S608 -- text of our own
)
_DISHES = Query(
    f"""
    SELECT x.id, d.name, d.yield_text, n.portions, d.energy
    FROM (SELECT DISTINCT x.id, x.organizer_inn {_OFFERED}) AS x
    JOIN complex_dish n ON n.complex_id = x.id
    JOIN dish d ON d.organizer_inn = x.organizer_inn AND d.code = n.dish_code
    ORDER BY x.id, n.position
    """  # noqa: S608 -- text of our own
)
_ORGANIZERS = Query(
    f"""
    SELECT DISTINCT g.name FROM organizer g
    WHERE g.inn IN (SELECT o.organizer_inn {_OFFERED}) ORDER BY g.name
    """  # noqa: S608 -- text of our own
)
_ADDITIONAL = Query(
    f"""
    SELECT a.organizer_inn, a.code, a.name, a.unit, a.price, m.meal_type
    FROM additional_item a
    LEFT JOIN additional_item_meal m ON m.organizer_inn = a.organizer_inn AND m.code = a.code
    WHERE a.organizer_inn IN (SELECT o.organizer_inn {_OFFERED})
      AND a.kind = 'STANDARD' AND NOT a.is_deleted
      AND a.valid_from <= :day AND (a.valid_to IS NULL OR a.valid_to >= :day)
      AND (
          NOT EXISTS (
              SELECT 1 FROM additional_item_school l
              WHERE l.organizer_inn = a.organizer_inn AND l.code = a.code
          ) OR EXISTS (
              SELECT 1 FROM additional_item_school l
              WHERE l.organizer_inn = a.organizer_inn AND l.code = a.code AND l.school = :school
          )
      )
    ORDER BY a.name, a.organizer_inn, a.code, m.meal_type
    """  # noqa: S608 -- text of our own
)
# The building after the school: what is read later holds.
_STARTS = Query(
    """
    SELECT meal_type, start_time FROM meal_schedule
    WHERE school = :school AND building IN ('', :building) AND class_code = ''
      AND weekday = :weekday
    ORDER BY building
    """
)


class Menu(NamedTuple):
    """Whose menu of which day; an empty building is the whole school, no INN is everybody."""

    organizer_inn: str
    school: str
    building: str
    day: date


class MealSet(NamedTuple):
    """A complex that is served, with its price in roubles."""

    id: int
    meal_type: str
    age: str
    menu_type: str
    name: str
    is_default: bool
    price: Decimal


class Dish(NamedTuple):
    """A dish of a complex."""

    name: str
    portion: str
    portions: Decimal
    energy: Decimal | None
    """Kilocalories of one portion."""


class Extra(NamedTuple):
    """An item of the additional menu and the meals it is for; none means all."""

    name: str
    unit: str | None
    price: Decimal
    meals: tuple[str, ...]


def place_of(transaction: Transaction, school: str, building: str) -> tuple[str, str | None]:
    """Return the names of a school and of its building."""
    rows = transaction.rows(_PLACE, school=school, building=building)
    return rows[0] if rows else (school, building or None)


def name_of_staff(transaction: Transaction, staff: str) -> FullName | None:
    """Return the name of an employee."""
    rows = transaction.rows(_STAFF, staff=staff)
    return FullName.read(transaction.vault.open("staff.name", rows[0][0])) if rows else None


def meal_sets(transaction: Transaction, menu: Menu) -> list[MealSet]:
    """Return the published complexes of a menu, by meal, age, type of menu, the default first."""
    return [
        MealSet._make((int(row[0]), *row[1:5], bool(row[5]), to_roubles(int(row[6]))))
        for row in transaction.rows(_MEAL_SETS, **_values(menu))
    ]


def dishes(transaction: Transaction, menu: Menu) -> dict[int, list[Dish]]:
    """Return the dishes of the complexes of a menu."""
    found: dict[int, list[Dish]] = {}
    for number, name, portion, portions, energy in transaction.rows(_DISHES, **_values(menu)):
        dish = Dish(
            name,
            portion,
            Decimal(int(portions)) / 100,
            None if energy is None else Decimal(int(energy)) / 100,
        )
        found.setdefault(int(number), []).append(dish)
    return found


def organizers(transaction: Transaction, menu: Menu) -> list[str]:
    """Return the names of those who cook by a menu."""
    return [name for (name,) in transaction.rows(_ORGANIZERS, **_values(menu))]


def extras(transaction: Transaction, menu: Menu) -> list[Extra]:
    """Return the additional menu that goes with complexes."""
    found: dict[tuple[str, str], Extra] = {}
    for inn, code, name, unit, price, meal in transaction.rows(_ADDITIONAL, **_values(menu)):
        before = found.get((inn, code), Extra(name, unit, to_roubles(int(price)), ()))
        found[inn, code] = before._replace(meals=before.meals + (() if meal is None else (meal,)))
    return list(found.values())


def starts_of(transaction: Transaction, menu: Menu) -> dict[str, str]:
    """Return when a school or its building eats, local `HH:MM` by meal."""
    weekday = menu.day.isoweekday()
    return dict(
        transaction.rows(_STARTS, school=menu.school, building=menu.building, weekday=weekday)
    )


def _values(menu: Menu) -> dict[str, object]:
    return {**menu._asdict(), "day": menu.day.isoformat()}
