"""SVC-04: an organizer's own catalogue, whole or what has changed, in pages (MEAL-CAT-10)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from adapters.meals import access
from adapters.meals.access import Function
from adapters.organizer import messages
from adapters.organizer.handlers.periods import bound_schools, days_of_period
from adapters.organizer.messages import (
    CatalogueAdditionalType,
    CatalogueDishType,
    CatalogueMealSetType,
    GetCatalogueRequest,
    GetCatalogueResponse,
)
from adapters.organizer.repository import additional, catalogue, dishes, versions
from adapters.organizer.repository.catalogue import Revision, Shown
from adapters.organizer.repository.mealsets import Place
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.common import AddMenuKind
from gateway.kernel.errors import NotAllowed
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from registry.calendar import local_date

_DISHES, _COMPLEXES, _ADDITIONAL = range(3)
_SECTIONS = 3
_CODES_AT_A_TIME = 100
"""A complex may be offered on 92 days in a hundred schools."""


def get_catalogue(received: Received[GetCatalogueRequest], work: Work) -> GetCatalogueResponse:
    """Tell dishes, then complexes, then additional items, each by code.

    Raises PERIOD_INVALID, and NOT_ALLOWED for a school that is not bound to the organizer.
    """
    inn = access.admit(received, work, Function.VIEW_CATALOGUE).organizer_inn
    if inn is None:
        raise NotAllowed
    request = received.request
    period = days_of_period(request.period, "GetCatalogueRequest")
    if request.school_code is not None:
        bound_schools(work.database, inn, [request.school_code], *period)
    page = paging.page_of(request.page)
    # Before the rows: what is changed meanwhile will be told again after this version.
    place = _place_of(page.cursor) or _Place(versions.current(work.database, inn), _DISHES, 0, "")
    asked = _Asked(
        work.database, inn, period, request.school_code, request.since_version, local_date(work.now)
    )
    response = GetCatalogueResponse(version=place.version)
    following = _fill(response, asked, place, page.limit)
    response.next_cursor = None if following is None else _cursor_of(following)
    return response


class _Asked(NamedTuple):
    database: Transaction
    organizer_inn: str
    period: tuple[date, date]
    school: str | None
    since: int | None
    today: date


class _Place(NamedTuple):
    """Where a page begins: a section, a code in it, and how many of the code's records are told."""

    version: int
    section: int
    told: int
    code: str


def _fill(
    response: GetCatalogueResponse, asked: _Asked, place: _Place, limit: int
) -> _Place | None:
    """Put at most `limit` records into a response; return where the next page begins."""
    left = limit
    while place.section < _SECTIONS:
        if place.section == _DISHES:
            found = dishes.listed(
                asked.database, asked.organizer_inn, asked.period, asked.since, place.code, left + 1
            )
            response.dish = [_dish(one) for one in found[:left]]
            codes = [one.dish.code for one in found]
        elif place.section == _ADDITIONAL:
            items = additional.listed(
                asked.database,
                asked.organizer_inn,
                asked.period,
                asked.school,
                asked.since,
                place.code,
                left + 1,
            )
            response.additional = [_item(one, asked.today) for one in items[:left]]
            codes = [one.entered.item.code for one in items]
        else:
            following = _fill_complexes(response, asked, place, left)
            if following is not None:
                return following
            codes = [one.complex_code for one in response.complex]
        if len(codes) > left:
            return place._replace(code=codes[left - 1] if left else place.code)
        left -= len(codes)
        place = _Place(place.version, place.section + 1, 0, "")
    return None


def _fill_complexes(
    response: GetCatalogueResponse, asked: _Asked, place: _Place, left: int
) -> _Place | None:
    """Put complexes into a response; return where the next page begins, None at their end."""
    start, told = place.code, place.told
    while True:
        codes = catalogue.codes_from(
            asked.database,
            asked.organizer_inn,
            asked.period,
            asked.school,
            asked.since,
            start,
            _CODES_AT_A_TIME + 1,
        )
        for code, records in _records(asked, codes[:_CODES_AT_A_TIME]):
            for number, record in enumerate(records[told:], told):
                if len(response.complex) == left:
                    return place._replace(code=code, told=number)
                response.complex.append(record)
            told = 0
        if len(codes) <= _CODES_AT_A_TIME:
            return None
        start = codes[_CODES_AT_A_TIME]


def _records(
    asked: _Asked, codes: Sequence[str]
) -> Iterator[tuple[str, list[CatalogueMealSetType]]]:
    """Give the records of complexes in the order of their codes."""
    shown = catalogue.shown(asked.database, asked.organizer_inn, codes, asked.period, asked.school)
    revisions = catalogue.revisions(asked.database, {one.complex_id for one in shown})
    by_code = {code: list(ones) for code, ones in groupby(shown, key=lambda one: one.code)}
    absent = [code for code in codes if code not in by_code]
    current = catalogue.current(asked.database, asked.organizer_inn, absent)
    elsewhere = catalogue.offered_at_all(asked.database, asked.organizer_inn, absent)
    for code in codes:
        if code in by_code:
            yield code, list(_offered_records(by_code[code], revisions))
        else:
            is_deleted = code not in elsewhere
            yield code, [_meal_set(current[code], (), (), is_deleted=is_deleted)]


def _offered_records(
    shown: Sequence[Shown], revisions: dict[int, Revision]
) -> Iterator[CatalogueMealSetType]:
    """Give a record for each revision and set of places, with the days it is so."""
    by_day: dict[tuple[int, date], list[Shown]] = {}
    for one in shown:
        by_day.setdefault((one.complex_id, one.day), []).append(one)
    alike: dict[tuple[int, tuple[Place, ...]], list[Shown]] = {}
    for (complex_id, _), ones in sorted(by_day.items()):
        places = tuple(sorted(one.place for one in ones))
        alike.setdefault((complex_id, places), []).extend(ones)
    for (complex_id, places), ones in alike.items():
        yield _meal_set(revisions[complex_id], places, ones, is_deleted=False)


def _meal_set(
    revision: Revision, places: Sequence[Place], shown: Sequence[Shown], *, is_deleted: bool
) -> CatalogueMealSetType:
    one = revision.meal_set
    return CatalogueMealSetType(
        complex_code=one.code,
        name=one.name,
        menu_type_code=one.menu_type,
        meal_type=one.meal_type,
        age_category_code=one.age_category,
        pchvr_category_code=list(one.pchvr),
        school_code=[
            messages.MenuSchoolType(
                code=school,
                building_code=[place.building for place in of_school if place.building],
            )
            for school, of_school in groupby(places, key=lambda place: place.school)
        ],
        date=sorted({one.day for one in shown}),
        is_default=one.is_default,
        full_price=one.full_price,
        contract_number=one.contract_number,
        dish=[
            messages.MealSetDishType(
                dish_code=portion.dish_code, portions=_from_hundredths(portion.portions)
            )
            for portion in one.dishes
        ],
        published_date=sorted({one.day for one in shown if one.is_published}),
        version=max([revision.version, *(one.version for one in shown)]),
        deleted=is_deleted,
    )


def _dish(listed: dishes.Listed) -> CatalogueDishType:
    one = listed.dish
    return CatalogueDishType(
        dish_code=one.code,
        name=one.name,
        group=one.dish_group,
        yield_value=one.yield_text,
        composition=one.composition,
        price=one.price,
        energy_kcal=_maybe_hundredths(one.energy),
        proteins=_maybe_hundredths(one.proteins),
        fats=_maybe_hundredths(one.fats),
        carbohydrates=_maybe_hundredths(one.carbohydrates),
        allergen=one.allergens.split("\n") if one.allergens else [],
        recipe_number=one.recipe_number,
        active=one.is_active,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        version=listed.version,
        deleted=listed.is_deleted or not one.is_active,
    )


def _item(listed: additional.Listed, today: date) -> CatalogueAdditionalType:
    one = listed.entered.item
    return CatalogueAdditionalType(
        kind=AddMenuKind(one.kind),
        item_code=one.code,
        name=one.name,
        dish_code=one.dish_code,
        product_name=one.product_name,
        unit=one.unit,
        price=one.price,
        school_code=list(listed.entered.schools),
        meal_type=list(listed.entered.meal_types),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        max_qty=one.max_qty,
        version=listed.version,
        deleted=listed.is_deleted or (one.valid_to is not None and one.valid_to < today),
    )


def _from_hundredths(value: int) -> Decimal:
    return to_roubles(value)


def _maybe_hundredths(value: int | None) -> Decimal | None:
    return None if value is None else _from_hundredths(value)


def _cursor_of(place: _Place) -> str:
    return f"{place.version}.{place.section}.{place.told}.{place.code}"


def _place_of(cursor: str | None) -> _Place | None:
    """Return what `_cursor_of` made a cursor of."""
    if cursor is None:
        return None
    version, section, told, code = (*cursor.split(".", 3), "", "", "")[:4]
    numbers = (version, section, told)
    if not all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers):  # noqa: PLR2004 -- digits of a bigint
        raise paging.foreign_cursor(cursor)
    if int(section) >= _SECTIONS:
        raise paging.foreign_cursor(cursor)
    return _Place(int(version), int(section), int(told), code)
