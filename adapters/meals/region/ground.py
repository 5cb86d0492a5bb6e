"""What schools stand on: municipalities with their directories, organizers with what they cook."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from adapters.meals import models
from adapters.meals.region import dishes
from adapters.meals.region.plan import Organizer, Region
from adapters.meals.region.rows import FIRST_VERSION, NO_MESSAGE, contract_of, digest, enter
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_HUNDREDTHS = 100
_BENEFICIARY = {
    # The key of the account holds with this BIK; no bank has either.
    "beneficiary_account": "40702810600000000001",
    "beneficiary_bik": "047199999",
    "beneficiary_bank": "Демонстрационный банк",
    "beneficiary_purpose": "Питание учащихся по лицевому счёту. НДС не облагается.",
}
_MENU_TYPES = ((dishes.MENU_TYPE, "Основное меню"), ("DIET", "Щадящее (диетическое) меню"))
_AGES = ((dishes.YOUNGER, "7–11 лет", 7, 11), (dishes.ELDER, "12 лет и старше", 12, 18))
_PCHVR = (
    ("MANY_CHILDREN", "Дети из многодетных семей", "", "PERCENT", 50_00),
    ("MANY_CHILDREN", "Дети из многодетных семей", dishes.BREAKFAST, "FULL", None),
    ("LOW_INCOME", "Дети из малообеспеченных семей", "", "AMOUNT", 70_00),
    ("OVZ", "Дети с ограниченными возможностями здоровья", "", "FULL", None),
    ("DISABLED", "Дети-инвалиды", "", "PERCENT", 80_00),
    ("ORPHAN", "Дети-сироты и дети, оставшиеся без попечения родителей", "", "FULL", None),
)
_REVISIONS = Query(
    "SELECT code, id FROM complex_revision WHERE organizer_inn = :inn AND is_current"
)


def enter_ground(transaction: Transaction, region: Region, now: datetime) -> None:
    """Enter what schools stand on: municipalities, directories, organizers, their catalogues."""
    enter(
        transaction,
        models.municipality,
        ("code", "name"),
        [(place.code, place.name) for place in region.municipalities],
    )
    for place in region.municipalities:
        enter_directories(transaction, region, place.code, now)
    for organizer in region.organizers:
        _enter_organizer(transaction, organizer)
        _enter_catalogue(transaction, region, organizer)


def enter_directories(
    transaction: Transaction, region: Region, municipality: str, now: datetime
) -> None:
    """Enter what a municipality keeps: types of menu, ages, categories of compensation."""
    rows: list[tuple[Any, ...]] = [
        ("MENU_TYPES", code, "", name, None, None, None, None) for code, name in _MENU_TYPES
    ]
    rows += [
        ("AGE_CATEGORIES", code, "", name, first, last, None, None)
        for code, name, first, last in _AGES
    ]
    rows += [
        ("PCHVR_CATEGORIES", code, meal, name, None, None, mode, value)
        for code, name, meal, mode, value in _PCHVR
    ]
    enter(
        transaction,
        models.directory_item,
        (
            "municipality",
            "valid_from",
            "version",
            "entry",
            "directory",
            "code",
            "meal_type",
            "name",
            "age_from",
            "age_to",
            "mode",
            "value",
        ),
        [(municipality, region.since, FIRST_VERSION, NO_MESSAGE, *row) for row in rows],
    )
    enter(
        transaction,
        models.directory_version,
        ("municipality", "directory", "version", "digest", "changed_at", "entry"),
        [
            (municipality, name, FIRST_VERSION, digest(municipality, name), now, NO_MESSAGE)
            for name in ("MENU_TYPES", "AGE_CATEGORIES", "PCHVR_CATEGORIES")
        ],
    )


def _enter_organizer(transaction: Transaction, organizer: Organizer) -> None:
    enter(
        transaction,
        models.organizer,
        ("inn", "name", *_BENEFICIARY),
        [(organizer.inn, organizer.name, *_BENEFICIARY.values())],
    )
    enter(transaction, models.catalogue_version, ("organizer_inn", "version"), [(organizer.inn, 1)])


def _enter_catalogue(transaction: Transaction, region: Region, organizer: Organizer) -> None:
    enter(
        transaction,
        models.dish,
        (
            "organizer_inn",
            "code",
            "name",
            "dish_group",
            "yield_text",
            "composition",
            "price",
            "energy",
            "proteins",
            "fats",
            "carbohydrates",
            "allergens",
            "recipe_number",
            "is_active",
            "version",
            "digest",
            "entry",
        ),
        [_dish_row(organizer, dish) for dish in dishes.ASSORTMENT.values()],
    )
    _enter_complexes(transaction, organizer, contract_of(region, organizer))
    enter(
        transaction,
        models.additional_item,
        (
            "organizer_inn",
            "code",
            "kind",
            "name",
            "dish_code",
            "product_name",
            "unit",
            "price",
            "valid_from",
            "max_qty",
            "version",
            "digest",
            "entry",
        ),
        [
            (
                organizer.inn,
                item.code,
                item.kind,
                item.name,
                item.dish,
                None if item.dish else item.name,
                item.unit,
                item.price,
                region.since,
                item.most,
                FIRST_VERSION,
                digest(*item),
                NO_MESSAGE,
            )
            for item in dishes.ADDITIONAL
        ],
    )


def _dish_row(organizer: Organizer, dish: dishes.Dish) -> tuple[object, ...]:
    nutrition = (dish.energy, dish.proteins, dish.fats, dish.carbohydrates)
    return (
        organizer.inn,
        dish.code,
        dish.name,
        dish.section,
        dish.portion,
        dish.composition,
        dishes.dish_price(dish, organizer.markup),
        *map(_hundredths, nutrition),
        "\n".join(dish.allergens) or None,
        dish.recipe,
        True,
        FIRST_VERSION,
        digest(*dish),
        NO_MESSAGE,
    )


def _enter_complexes(transaction: Transaction, organizer: Organizer, contract: str) -> None:
    """Enter the revisions that are missing, then what they consist of by the numbers they got."""
    cycle = [
        mealset
        for day in range(dishes.CYCLE_DAYS)
        for mealset in dishes.sets_of(day, organizer.shift, organizer.markup)
    ]
    known = {code for code, _ in transaction.rows(_REVISIONS, inn=organizer.inn)}
    new = [mealset for mealset in cycle if mealset.code not in known]
    transaction.insert(
        models.complex_revision,
        (
            "organizer_inn",
            "code",
            "name",
            "menu_type",
            "meal_type",
            "age_category",
            "is_default",
            "full_price",
            "contract_number",
            "is_current",
            "version",
            "digest",
            "entry",
        ),
        [
            (
                organizer.inn,
                mealset.code,
                mealset.name,
                dishes.MENU_TYPE,
                mealset.meal_type,
                mealset.age,
                mealset.is_default,
                mealset.price,
                contract,
                True,
                FIRST_VERSION,
                digest(*mealset),
                NO_MESSAGE,
            )
            for mealset in new
        ],
    )
    numbers = dict(transaction.rows(_REVISIONS, inn=organizer.inn))
    enter(
        transaction,
        models.complex_dish,
        ("complex_id", "position", "dish_code", "portions"),
        [
            (numbers[mealset.code], place, served.dish.code, _hundredths(served.portions))
            for mealset in new
            for place, served in enumerate(mealset.dishes, 1)
        ],
    )
    enter(
        transaction,
        models.complex_pchvr,
        ("complex_id", "pchvr"),
        [(numbers[mealset.code], pchvr) for mealset in new for pchvr in mealset.pchvr],
    )


def _hundredths(value: Decimal) -> int:
    return int(value * _HUNDREDTHS)
