"""Complexes of a catalogue as they are offered: what is asked of the database, by name."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from adapters.organizer.repository.mealsets import MealSet, Place, Portion
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day


class Revision(NamedTuple):
    """One revision of a complex."""

    id: int
    meal_set: MealSet
    version: int


class Shown(NamedTuple):
    """A revision on one day in one place."""

    code: str
    complex_id: int
    place: Place
    day: date
    is_published: bool
    version: int


_OFFERED_CODES = Query(
    """
    SELECT DISTINCT code FROM offer
    WHERE organizer_inn = :organizer_inn AND code >= :start AND day BETWEEN :first AND :last
      AND (:school = '' OR school = :school)
    ORDER BY code LIMIT :limit
    """
)
_CHANGED_CODES = Query(
    """
    SELECT DISTINCT code FROM complex_revision
    WHERE organizer_inn = :organizer_inn AND code >= :start AND is_current AND version > :since
    ORDER BY code LIMIT :limit
    """
)
_SHOWN = Query(
    """
    SELECT code, complex_id, school, building, day, publication IS NOT NULL, version FROM offer
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text} AND day BETWEEN :first AND :last
      AND (:school = '' OR school = :school)
    ORDER BY code, complex_id, school, building, day
    """
)
_OFFERED_AT_ALL = Query(
    """
    SELECT DISTINCT code FROM offer
    WHERE organizer_inn = :organizer_inn AND code IN {codes:text}
    """
)
_CONTENT = """
    id, code, name, menu_type, meal_type, age_category, is_default, full_price, contract_number,
    version
"""
_REVISIONS = Query(
    f"SELECT {_CONTENT} FROM complex_revision WHERE id IN {{ids:bigint}}"  # noqa: S608 -- names of our own columns
)
_CURRENT = Query(
    f"""
    SELECT {_CONTENT} FROM complex_revision
    WHERE organizer_inn = :organizer_inn AND code IN {{codes:text}} AND is_current
    """  # noqa: S608 -- names of our own columns
)
_DISHES = Query(
    """
    SELECT complex_id, dish_code, portions FROM complex_dish
    WHERE complex_id IN {ids:bigint} ORDER BY complex_id, position
    """
)
_PCHVR = Query(
    """
    SELECT complex_id, pchvr FROM complex_pchvr
    WHERE complex_id IN {ids:bigint} ORDER BY complex_id, pchvr
    """
)


def codes_from(
    transaction: Transaction,
    organizer_inn: str,
    period: tuple[date, date],
    school: str | None,
    since: int | None,
    start: str,
    limit: int,
) -> list[str]:
    """Return codes of complexes from `start` on: of a period, or changed after a version."""
    if since is not None:
        found = transaction.rows(
            _CHANGED_CODES, organizer_inn=organizer_inn, start=start, since=since, limit=limit
        )
    else:
        found = transaction.rows(
            _OFFERED_CODES,
            organizer_inn=organizer_inn,
            start=start,
            first=period[0].isoformat(),
            last=period[1].isoformat(),
            school=school or "",
            limit=limit,
        )
    return [code for (code,) in found]


def shown(
    transaction: Transaction,
    organizer_inn: str,
    codes: Collection[str],
    period: tuple[date, date],
    school: str | None,
) -> list[Shown]:
    """Return where and when complexes are offered within a period, by code and revision."""
    rows = transaction.rows(
        _SHOWN,
        organizer_inn=organizer_inn,
        codes=sorted(codes),
        first=period[0].isoformat(),
        last=period[1].isoformat(),
        school=school or "",
    )
    return [
        Shown(code, int(key), Place(school, building), as_day(day), bool(published), int(version))
        for code, key, school, building, day, published, version in rows
    ]


def offered_at_all(
    transaction: Transaction, organizer_inn: str, codes: Collection[str]
) -> frozenset[str]:
    """Return those of `codes` that are offered on any day."""
    rows = transaction.rows(_OFFERED_AT_ALL, organizer_inn=organizer_inn, codes=sorted(codes))
    return frozenset(code for (code,) in rows)


def revisions(transaction: Transaction, ids: Collection[int]) -> dict[int, Revision]:
    """Return revisions by number, whole."""
    return {one.id: one for one in _whole(transaction, transaction.rows(_REVISIONS, ids=list(ids)))}


def current(
    transaction: Transaction, organizer_inn: str, codes: Collection[str]
) -> dict[str, Revision]:
    """Return the revisions imported last, by code."""
    rows = transaction.rows(_CURRENT, organizer_inn=organizer_inn, codes=sorted(codes))
    return {one.meal_set.code: one for one in _whole(transaction, rows)}


def _whole(transaction: Transaction, rows: list[tuple[Any, ...]]) -> list[Revision]:
    ids = [int(row[0]) for row in rows]
    dishes: dict[int, list[Portion]] = {}
    for key, code, portions in transaction.rows(_DISHES, ids=ids):
        dishes.setdefault(int(key), []).append(Portion(code, int(portions)))
    pchvr: dict[int, list[str]] = {}
    for key, category in transaction.rows(_PCHVR, ids=ids):
        pchvr.setdefault(int(key), []).append(category)
    return [
        _revision(row, tuple(pchvr.get(key, ())), tuple(dishes.get(key, ())))
        for key, row in zip(ids, rows, strict=True)
    ]


def _revision(
    row: tuple[Any, ...], pchvr: tuple[str, ...], dishes: tuple[Portion, ...]
) -> Revision:
    key, code, name, menu_type, meal_type, age, is_default, price, contract, version = row
    one = MealSet(
        code=code,
        name=name,
        menu_type=menu_type,
        meal_type=meal_type,
        age_category=age,
        is_default=bool(is_default),
        full_price=to_roubles(int(price)),
        contract_number=contract,
        digest=b"",
        pchvr=pchvr,
        dishes=dishes,
    )
    return Revision(int(key), one, int(version))
