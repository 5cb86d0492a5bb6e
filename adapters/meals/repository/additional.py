"""What a pupil may have beside the complexes, and what complexes consist of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.meals.repository.menu import OF_ACCOUNT, seats_of
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_ITEMS = Query(
    f"""
    WITH {seats_of(**OF_ACCOUNT)}
    SELECT m.meal_type, i.code, i.kind, i.name, i.unit, i.price, i.max_qty
    FROM seat
    JOIN additional_item i ON i.organizer_inn = seat.organizer_inn AND NOT i.is_deleted
        AND i.kind = CASE WHEN seat.is_home_study THEN 'HOME_STUDY' ELSE 'STANDARD' END
        AND i.valid_from <= :day AND (i.valid_to IS NULL OR i.valid_to >= :day)
    JOIN pupil_meal m ON m.account = seat.account AND m.valid_from = seat.set_from
    WHERE (
        NOT EXISTS (
            SELECT 1 FROM additional_item_school s
            WHERE s.organizer_inn = i.organizer_inn AND s.code = i.code
        )
        OR EXISTS (
            SELECT 1 FROM additional_item_school s
            WHERE s.organizer_inn = i.organizer_inn AND s.code = i.code
              AND s.school = seat.school
        )
    ) AND (
        NOT EXISTS (
            SELECT 1 FROM additional_item_meal l
            WHERE l.organizer_inn = i.organizer_inn AND l.code = i.code
        )
        OR EXISTS (
            SELECT 1 FROM additional_item_meal l
            WHERE l.organizer_inn = i.organizer_inn AND l.code = i.code
              AND l.meal_type = m.meal_type
        )
    )
    ORDER BY m.meal_type, i.code
    """  # noqa: S608 -- text of our own
)
_DISHES = Query(
    """
    SELECT k.complex_id, d.name, d.yield_text, d.composition, d.energy, d.proteins, d.fats,
           d.carbohydrates, d.allergens
    FROM complex_dish k
    JOIN complex_revision x ON x.id = k.complex_id
    JOIN dish d ON d.organizer_inn = x.organizer_inn AND d.code = k.dish_code
    WHERE k.complex_id IN {complexes:bigint}
    ORDER BY k.complex_id, k.position
    """
)


class Item(NamedTuple):
    """A position of the additional menu for one meal; its price is in roubles."""

    meal_type: str
    code: str
    kind: str
    """STANDARD or HOME_STUDY (MEAL-CAT-07)."""
    name: str
    unit: str | None
    price: Decimal
    max_qty: int | None


class Dish(NamedTuple):
    """A dish of a complex; what is in a portion, in kilocalories and grams."""

    name: str
    yield_text: str
    composition: str | None
    energy: Decimal | None
    proteins: Decimal | None
    fats: Decimal | None
    carbohydrates: Decimal | None
    allergens: tuple[str, ...]


def items_to(transaction: Transaction, account: str, day: date) -> list[Item]:
    """Return what a pupil may add on `day`, by meal and code.

    STANDARD items are for those who eat in school, HOME_STUDY ones for those who do not (H-10).
    """
    rows = transaction.rows(_ITEMS, account=account, day=day.isoformat())
    return [
        Item(meal_type, code, kind, name, unit, to_roubles(int(price)), most)
        for meal_type, code, kind, name, unit, price, most in rows
    ]


def dishes_of(transaction: Transaction, complexes: Sequence[int]) -> Mapping[int, list[Dish]]:
    """Return the dishes of complexes, in their order."""
    found: dict[int, list[Dish]] = defaultdict(list)
    for number, name, yield_text, composition, *nutrition, allergens in transaction.rows(
        _DISHES, complexes=list(complexes)
    ):
        energy, proteins, fats, carbohydrates = map(_hundredths, nutrition)
        dish = Dish(
            name,
            yield_text,
            composition,
            energy,
            proteins,
            fats,
            carbohydrates,
            tuple((allergens or "").splitlines()),
        )
        found[int(number)].append(dish)
    return found


def _hundredths(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-2)
