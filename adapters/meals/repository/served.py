"""What is served by default: dishes of the published default complexes of a school and day."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

# The complex of the basic menu: by its age category, then by the code, that two never mix.
_DISHES = Query(
    """
    WITH complexes AS (
        SELECT x.id, x.organizer_inn, x.meal_type, row_number() OVER (
                   PARTITION BY x.meal_type
                   ORDER BY CASE WHEN o.building = :building THEN 0 ELSE 1 END,
                            CASE x.menu_type WHEN 'BASIC' THEN 0 ELSE 1 END, x.menu_type, x.code
               ) AS place
        FROM offer o
        JOIN complex_revision x ON x.id = o.complex_id AND x.is_default
        JOIN school s ON s.code = o.school
        JOIN directory_item age ON age.municipality = s.municipality
            AND age.directory = 'AGE_CATEGORIES' AND age.code = x.age_category
            AND age.valid_from <= :day AND (age.valid_to IS NULL OR age.valid_to >= :day)
            AND age.age_from <= :oldest AND age.age_to >= :youngest
        WHERE o.school = :school AND o.day = :day AND o.publication IS NOT NULL
          AND (o.building = :building OR o.building = '' OR :building = '')
          AND (o.organizer_inn = :organizer_inn OR :organizer_inn = '')
    )
    SELECT x.meal_type, coalesce(d.dish_group, ''), coalesce(d.recipe_number, ''), d.name,
           d.yield_text, n.portions, d.price, d.energy, d.proteins, d.fats, d.carbohydrates
    FROM complexes x
    JOIN complex_dish n ON n.complex_id = x.id
    JOIN dish d ON d.organizer_inn = x.organizer_inn AND d.code = n.dish_code
    WHERE x.place = 1
    ORDER BY x.meal_type, n.position
    """
)
_PLACE = Query(
    """
    SELECT coalesce(s.short_name, s.name), coalesce(b.name, '')
    FROM school s LEFT JOIN building b ON b.school = s.code AND b.code = :building
    WHERE s.code = :school
    """
)
_YOUNGEST, _OLDEST = 7, 11
"""Whom the monitoring is about."""


class ServedDish(NamedTuple):
    """A dish as it is served: of so many portions, with the values of all of them."""

    meal_type: str
    section: str
    """Its group, as the form has them: «гор.блюдо»."""
    recipe: str
    name: str
    portion: str
    """Yield as the organizer writes it: «200/5»."""
    price: Decimal
    """Roubles."""
    energy: Decimal | None
    """Kilocalories."""
    proteins: Decimal | None
    """Grams, as fats and carbohydrates."""
    fats: Decimal | None
    carbohydrates: Decimal | None


def default_dishes(
    transaction: Transaction, school: str, building: str, day: date, organizer_inn: str
) -> list[ServedDish]:
    """Return the dishes for ages 7–11, by meal; empty texts mean any building, any organizer."""
    rows = transaction.rows(
        _DISHES,
        school=school,
        building=building,
        day=day.isoformat(),
        organizer_inn=organizer_inn,
        youngest=_YOUNGEST,
        oldest=_OLDEST,
    )
    dishes = []
    for meal, section, recipe, name, portion, portions, price, *values in rows:
        share = Decimal(int(portions)) / 100
        dishes.append(
            ServedDish(
                meal,
                section,
                recipe,
                name,
                portion if share == 1 else f"{portion} × {share.normalize():f}".replace(".", ","),
                (to_roubles(int(price)) * share).quantize(Decimal("0.01")),
                *(None if v is None else Decimal(int(v)) * share / 100 for v in values),
            )
        )
    return dishes


def place(transaction: Transaction, school: str, building: str) -> tuple[str, str]:
    """Return the names of a school and of its building, if one is named."""
    ((name, building_name),) = transaction.rows(_PLACE, school=school, building=building)
    return name, building_name
