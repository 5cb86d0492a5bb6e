"""Items of the additional menu: rules of a row and what is stored (MEAL-CAT-06, 07)."""

from collections.abc import Iterator, Mapping
from datetime import date

from adapters.organizer.messages import AdditionalRowType, ItemErrorCode, ItemResult
from adapters.organizer.repository import additional, dishes
from adapters.organizer.repository.additional import Entered, Item
from adapters.organizer.repository.dishes import Validity
from adapters.organizer.repository.imports import ImportKind
from adapters.organizer.rows import (
    Fault,
    Piece,
    Verdict,
    digest_of,
    hundredths,
    period_faults,
    price_faults,
    rejected,
    repetition_faults,
)
from adapters.organizer.terms import Terms

_CODE = ItemErrorCode


def apply(piece: Piece[AdditionalRowType]) -> list[Verdict]:
    """Store the items that are right and new; return the verdicts in the order of the rows."""
    database, inn = piece.work.database, piece.batch.organizer_inn
    rows = piece.rows
    known = additional.digests(database, inn, [row.item_code for row in rows])
    assortment = dishes.validity(
        database, inn, {row.dish_code for row in rows if row.dish_code is not None}
    )
    terms = Terms(
        database,
        inn,
        {school for row in rows for school in row.school_code},
        min(row.valid_from for row in rows),
        max(row.valid_to or date.max for row in rows),
    )
    verdicts: list[Verdict] = []
    changed: list[Entered] = []
    for number, row in piece.numbered():
        one = _entered(row, piece.batch.kind)
        is_repeated = number in piece.repeated
        if not is_repeated and known.get(row.item_code) == one.item.digest:
            verdicts.append(Verdict(row.item_code, ItemResult.UNCHANGED))
            continue
        faults = [
            *_row_faults(row, piece.batch.kind, is_repeated=is_repeated),
            *_reference_faults(row, assortment, terms),
        ]
        if faults:
            verdicts.append(rejected(row.item_code, faults))
            continue
        changed.append(one)
        is_known = row.item_code in known
        verdicts.append(
            Verdict(row.item_code, ItemResult.UPDATED if is_known else ItemResult.CREATED)
        )
    additional.store(database, inn, changed, piece.version, piece.batch.entry)
    return verdicts


def _row_faults(row: AdditionalRowType, kind: str, *, is_repeated: bool) -> Iterator[Fault]:
    """Refuse what the row itself shows."""
    if is_repeated:
        text = "Код позиции повторяется в пакете. Оставьте одну строку."
        yield Fault(_CODE.ROW_DUPLICATE, text, "itemCode")
    if kind == ImportKind.HOME_STUDY.value and row.dish_code is not None:
        text = "В наборе для обучающегося на дому указывают продукт, а не блюдо."
        yield Fault(_CODE.KIND_UNKNOWN, text, "dishCode")
    yield from price_faults(row.price, "price")
    yield from period_faults(row.valid_from, row.valid_to)
    yield from repetition_faults(row.school_code, "schoolCode[{}]")
    yield from repetition_faults(row.meal_type, "mealType[{}]")


def _reference_faults(
    row: AdditionalRowType, assortment: Mapping[str, Validity], terms: Terms
) -> Iterator[Fault]:
    """Refuse what names a dish, a school or a meal that it may not."""
    if row.dish_code is not None and row.dish_code not in assortment:
        text = f"Блюда с кодом {row.dish_code} нет в ассортименте. Передайте его раньше."
        yield Fault(_CODE.DISH_UNKNOWN, text, "dishCode")
    elif row.dish_code is not None and not assortment[row.dish_code].covers(
        row.valid_from, row.valid_from
    ):
        text = f"Блюдо с кодом {row.dish_code} не действует с указанного дня."
        yield Fault(_CODE.DISH_UNKNOWN, text, "dishCode")
    for number, school in enumerate(row.school_code, 1):
        if not terms.serves(school, row.valid_from, row.valid_to):
            text = "Школа не закреплена за организатором на эти дни. Уберите её."
            yield Fault(_CODE.SCHOOL_NOT_BOUND, text, f"schoolCode[{number}]")
    for number, meal_type in enumerate(row.meal_type, 1):
        if meal_type not in terms.meal_types:
            text = f"Приёма пищи {meal_type} нет в справочниках. Сверьтесь с GetDirectories."
            yield Fault(_CODE.CATEGORY_UNKNOWN, text, f"mealType[{number}]")


def _entered(row: AdditionalRowType, kind: str) -> Entered:
    schools = tuple(sorted(set(row.school_code)))
    meal_types = tuple(sorted(set(row.meal_type)))
    content = (
        kind,
        row.name,
        row.dish_code,
        row.product_name,
        row.unit,
        hundredths(row.price),
        row.valid_from.isoformat(),
        None if row.valid_to is None else row.valid_to.isoformat(),
        row.max_qty,
        schools,
        meal_types,
    )
    item = Item(
        code=row.item_code,
        kind=kind,
        name=row.name,
        dish_code=row.dish_code,
        product_name=row.product_name,
        unit=row.unit,
        price=row.price,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        max_qty=row.max_qty,
        digest=digest_of(content),
    )
    return Entered(item, schools, meal_types)
