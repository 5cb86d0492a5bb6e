"""Dishes of an organizer's assortment: rules of a row and what is stored (MEAL-CAT-01)."""

from collections.abc import Iterator

from adapters.organizer.messages import DishRowType, ItemErrorCode, ItemResult
from adapters.organizer.repository import dishes
from adapters.organizer.repository.dishes import Dish
from adapters.organizer.rows import (
    Fault,
    Piece,
    Verdict,
    digest_of,
    hundredths,
    period_faults,
    price_faults,
    rejected,
)


def apply(piece: Piece[DishRowType]) -> list[Verdict]:
    """Store the dishes that are right and new; return the verdicts in the order of the rows."""
    database, inn = piece.work.database, piece.batch.organizer_inn
    known = dishes.digests(database, inn, [row.dish_code for row in piece.rows])
    verdicts: list[Verdict] = []
    changed: list[Dish] = []
    for number, row in piece.numbered():
        faults = list(_faults(row, is_repeated=number in piece.repeated))
        if faults:
            verdicts.append(rejected(row.dish_code, faults))
            continue
        one = _dish(row)
        result = _result(one, known.get(one.code))
        if result is not ItemResult.UNCHANGED:
            changed.append(one)
        verdicts.append(Verdict(one.code, result))
    dishes.store(database, inn, changed, piece.version, piece.batch.entry)
    return verdicts


def _faults(row: DishRowType, *, is_repeated: bool) -> Iterator[Fault]:
    if is_repeated:
        text = "Код блюда повторяется в пакете. Оставьте одну строку."
        yield Fault(ItemErrorCode.DISH_CODE_DUPLICATE, text, "dishCode")
    yield from price_faults(row.price, "price")
    yield from period_faults(row.valid_from, row.valid_to)


def _result(one: Dish, known: bytes | None) -> ItemResult:
    if known is None:
        return ItemResult.CREATED
    return ItemResult.UNCHANGED if known == one.digest else ItemResult.UPDATED


def _dish(row: DishRowType) -> Dish:
    content = (
        row.name,
        row.group,
        row.yield_value,
        row.composition,
        hundredths(row.price),
        hundredths(row.energy_kcal),
        hundredths(row.proteins),
        hundredths(row.fats),
        hundredths(row.carbohydrates),
        "\n".join(row.allergen) or None,
        row.recipe_number,
        row.active,
        None if row.valid_from is None else row.valid_from.isoformat(),
        None if row.valid_to is None else row.valid_to.isoformat(),
    )
    return Dish(
        code=row.dish_code,
        name=row.name,
        dish_group=row.group,
        yield_text=row.yield_value,
        composition=row.composition,
        price=row.price,
        energy=hundredths(row.energy_kcal),
        proteins=hundredths(row.proteins),
        fats=hundredths(row.fats),
        carbohydrates=hundredths(row.carbohydrates),
        allergens="\n".join(row.allergen) or None,
        recipe_number=row.recipe_number,
        is_active=row.active,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        digest=digest_of(content),
    )
