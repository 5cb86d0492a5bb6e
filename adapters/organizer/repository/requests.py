"""Requests of classes and what was eaten, a page of a day in one statement (MEAL-ORG-02)."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from adapters.organizer.repository.orders import Item
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_instant, as_uuid

_OF_DAY = """
    r.day = :day AND l.organizer_inn = :organizer_inn
    AND (:school = '' OR r.school = :school) AND (:building = '' OR r.building = :building)
"""
_COMPLEX, _ITEM, _ACCOUNT, _ACCOUNT_ITEM = range(4)
_REQUESTS = Query(
    f"""
    WITH page AS (
        SELECT DISTINCT r.id, r.school, r.building, r.class_code, r.state, r.version, r.formed_at,
               l.meal_type
        FROM class_request r JOIN request_line l ON l.request_id = r.id
        WHERE {_OF_DAY} AND (r.school, r.building, r.class_code, l.meal_type)
              > (:after_school, :after_building, :after_class, :after_meal)
        ORDER BY r.school, r.building, r.class_code, l.meal_type LIMIT :limit
    ),
    line AS (
        SELECT p.id, p.meal_type, l.account, l.complex_code,
               CASE WHEN l.is_included THEN 1 ELSE 0 END AS included,
               CASE WHEN l.is_present THEN 1 ELSE 0 END AS present
        FROM page p JOIN request_line l ON l.request_id = p.id AND l.meal_type = p.meal_type
            AND l.organizer_inn = :organizer_inn
    ),
    item AS (
        SELECT l.id, l.meal_type, l.account, l.included, i.item_code, i.qty
        FROM line l JOIN order_item i ON i.account = l.account AND i.day = :day
            AND i.meal_type = l.meal_type
    )
    SELECT p.school, p.building, p.class_code, p.meal_type, p.id, c.name, p.state, p.version,
           p.formed_at, x.part, x.account, x.code, x.qty, x.included, x.present
    FROM page p JOIN school_class c ON c.code = p.class_code
    JOIN (
        SELECT l.id, l.meal_type, {_COMPLEX} AS part, '' AS account, l.complex_code AS code,
               sum(l.included) AS qty, 0 AS included, 0 AS present
        FROM line l GROUP BY l.id, l.meal_type, l.complex_code
        UNION ALL
        SELECT i.id, i.meal_type, {_ITEM}, '', i.item_code, sum(i.qty), 0, 0
        FROM item i WHERE i.included = 1 GROUP BY i.id, i.meal_type, i.item_code
        UNION ALL
        SELECT l.id, l.meal_type, {_ACCOUNT}, l.account, l.complex_code, 0, l.included, l.present
        FROM line l WHERE :by_account = 1
        UNION ALL
        SELECT i.id, i.meal_type, {_ACCOUNT_ITEM}, i.account, i.item_code, i.qty, 0, 0
        FROM item i WHERE :by_account = 1
    ) AS x ON x.id = p.id AND x.meal_type = p.meal_type
    ORDER BY p.school, p.building, p.class_code, p.meal_type, x.part, x.account, x.code
    """  # noqa: S608 -- text of our own
)
_MEAL = "e.school, e.class_code, e.meal_type, e.complex_code"
_EATEN = Query(
    f"""
    WITH eaten AS (
        SELECT r.school, r.building, r.class_code, l.meal_type, l.complex_code, l.account
        FROM class_request r JOIN request_line l ON l.request_id = r.id
        WHERE {_OF_DAY} AND coalesce(l.is_eaten, l.is_included)
    ),
    page AS (
        SELECT DISTINCT {_MEAL}, e.building FROM eaten e
        WHERE ({_MEAL}) > (:after_school, :after_class, :after_meal, :after_code)
        ORDER BY {_MEAL} LIMIT :limit
    )
    SELECT p.school, p.class_code, p.meal_type, p.complex_code, p.building,
           x.part, x.account, x.code, x.qty
    FROM page p
    JOIN (
        SELECT {_MEAL}, {_ACCOUNT} AS part, e.account, '' AS code, 1 AS qty FROM eaten e
        UNION ALL
        SELECT {_MEAL}, {_ITEM}, '', i.item_code, sum(i.qty)
        FROM eaten e JOIN order_item i ON i.account = e.account AND i.day = :day
            AND i.meal_type = e.meal_type
        GROUP BY {_MEAL}, i.item_code
    ) AS x ON x.class_code = p.class_code AND x.meal_type = p.meal_type
        AND x.complex_code = p.complex_code
    ORDER BY p.school, p.class_code, p.meal_type, p.complex_code, x.part, x.account, x.code
    """  # noqa: S608 -- text of our own
)


class Asked(NamedTuple):
    """Which day and place are asked for; an empty code asks for all."""

    organizer_inn: str
    day: date
    school: str
    building: str = ""


class RequestPlace(NamedTuple):
    """After which request the next page begins."""

    school: str = ""
    building: str = ""
    class_code: str = ""
    meal_type: str = ""


class MealPlace(NamedTuple):
    """After which complex of a class the next page of actual meals begins."""

    school: str = ""
    class_code: str = ""
    meal_type: str = ""
    complex_code: str = ""


class Portions(NamedTuple):
    """So many portions of a complex."""

    complex_code: str
    qty: int


class Eater(NamedTuple):
    """A pupil of a request, by the account."""

    account: str
    complex_code: str
    is_included: bool
    is_present: bool
    items: tuple[Item, ...]


class ClassRequest(NamedTuple):
    """The request of a class for one meal."""

    place: RequestPlace
    id: UUID
    class_name: str
    state: str
    version: int
    formed_at: datetime
    complexes: tuple[Portions, ...]
    items: tuple[Item, ...]
    eaters: tuple[Eater, ...]
    """Empty unless accounts are asked for."""


class ActualMeal(NamedTuple):
    """Who of a class ate a complex."""

    place: MealPlace
    building: str
    items: tuple[Item, ...]
    accounts: tuple[str, ...]


def page(
    transaction: Transaction, asked: Asked, after: RequestPlace, limit: int, *, by_account: bool
) -> list[ClassRequest]:
    """Return at most `limit` requests after a place, in one statement whatever is on the page."""
    rows = transaction.rows(
        _REQUESTS,
        **_named(asked),
        after_school=after.school,
        after_building=after.building,
        after_class=after.class_code,
        after_meal=after.meal_type,
        limit=limit,
        by_account=int(by_account),
    )
    return [_request(head, list(parts)) for head, parts in groupby(rows, itemgetter(slice(9)))]


def eaten(transaction: Transaction, asked: Asked, after: MealPlace, limit: int) -> list[ActualMeal]:
    """Return at most `limit` complexes of classes after a place with those who ate them.

    Where a class confirmed nothing, its request is the fact (MEAL-CLS-09).
    """
    rows = transaction.rows(
        _EATEN,
        **_named(asked),
        after_school=after.school,
        after_class=after.class_code,
        after_meal=after.meal_type,
        after_code=after.complex_code,
        limit=limit,
    )
    return [_meal(head, list(parts)) for head, parts in groupby(rows, itemgetter(slice(5)))]


def _named(asked: Asked) -> dict[str, object]:
    return {
        "organizer_inn": asked.organizer_inn,
        "day": asked.day.isoformat(),
        "school": asked.school,
        "building": asked.building,
    }


def _request(head: tuple[Any, ...], rows: Iterable[tuple[Any, ...]]) -> ClassRequest:
    *place, key, name, state, version, formed_at = head
    complexes, items, eaters = [], [], []
    owned: dict[str, list[Item]] = {}
    for part, account, code, qty, included, present in (row[9:] for row in rows):
        if part == _COMPLEX:
            complexes.append(Portions(code, int(qty)))
        elif part == _ITEM:
            items.append(Item(code, int(qty)))
        elif part == _ACCOUNT:
            eaters.append(Eater(account, code, bool(included), bool(present), ()))
        else:
            owned.setdefault(account, []).append(Item(code, int(qty)))
    return ClassRequest(
        RequestPlace(*place),
        as_uuid(key),
        name,
        state,
        int(version),
        as_instant(formed_at),
        tuple(complexes),
        tuple(items),
        tuple(one._replace(items=tuple(owned.get(one.account, ()))) for one in eaters),
    )


def _meal(head: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> ActualMeal:
    *place, building = head
    told = [row[5:] for row in rows]
    return ActualMeal(
        MealPlace(*place),
        building,
        tuple(Item(code, int(qty)) for part, _, code, qty in told if part == _ITEM),
        tuple(account for part, account, _, _ in told if part == _ACCOUNT),
    )
