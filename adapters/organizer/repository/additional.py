"""Items of the additional menu: what is asked of the database about them, by name."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.meals.models import additional_item, additional_item_meal, additional_item_school
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day


class Item(NamedTuple):
    """An item as an organizer has sent it."""

    code: str
    kind: str
    name: str
    dish_code: str | None
    product_name: str | None
    unit: str | None
    price: Decimal
    valid_from: date
    valid_to: date | None
    max_qty: int | None
    digest: bytes


class Entered(NamedTuple):
    """An item with where and to which meals it is offered; none means everywhere, to all."""

    item: Item
    schools: tuple[str, ...]
    meal_types: tuple[str, ...]


class Listed(NamedTuple):
    """An item in the catalogue."""

    entered: Entered
    version: int
    is_deleted: bool


_COLUMNS = ("organizer_inn", *Item._fields, "is_deleted", "version", "entry")
_REPLACED = (*Item._fields[1:], "is_deleted", "version", "entry")
_UPSERT = "(organizer_inn, code) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _REPLACED
)
_OF = "WHERE organizer_inn = :organizer_inn AND code IN {codes:text}"
_DIGESTS = Query(f"SELECT code, digest, is_deleted FROM additional_item {_OF}")  # noqa: S608 -- text of our own
_CLEAR_SCHOOLS = Query(f"DELETE FROM additional_item_school {_OF}")  # noqa: S608 -- text of our own
_CLEAR_MEALS = Query(f"DELETE FROM additional_item_meal {_OF}")  # noqa: S608 -- text of our own
_SCHOOLS = Query(f"SELECT code, school FROM additional_item_school {_OF} ORDER BY code, school")  # noqa: S608 -- text of our own
_MEALS = Query(f"SELECT code, meal_type FROM additional_item_meal {_OF} ORDER BY code, meal_type")  # noqa: S608 -- text of our own
_LISTED = Query(
    f"""
    SELECT {", ".join(Item._fields)}, version, is_deleted FROM additional_item i
    WHERE organizer_inn = :organizer_inn AND code > :after
      AND (
        (:since >= 0 AND version > :since)
        OR (:since < 0 AND NOT is_deleted
            AND valid_from <= :last AND (valid_to IS NULL OR valid_to >= :first))
      )
      AND (
        :school = '' OR NOT EXISTS (
            SELECT 1 FROM additional_item_school s
            WHERE s.organizer_inn = i.organizer_inn AND s.code = i.code
        ) OR EXISTS (
            SELECT 1 FROM additional_item_school s
            WHERE s.organizer_inn = i.organizer_inn AND s.code = i.code AND s.school = :school
        )
      )
    ORDER BY code LIMIT :limit
    """  # noqa: S608 -- names of our own columns
)


def digests(
    transaction: Transaction, organizer_inn: str, codes: Collection[str]
) -> dict[str, bytes]:
    """Return the digests of the known items; a deleted one has an empty digest."""
    rows = transaction.rows(_DIGESTS, organizer_inn=organizer_inn, codes=sorted(set(codes)))
    return {code: b"" if is_deleted else bytes(digest) for code, digest, is_deleted in rows}


def store(
    transaction: Transaction,
    organizer_inn: str,
    changed: Sequence[Entered],
    version: int,
    entry: int,
) -> None:
    """Store items under a version of the catalogue, over what they were."""
    if not changed:
        return
    rows = [(organizer_inn, *one.item, False, version, entry) for one in changed]
    transaction.insert(additional_item, _COLUMNS, rows, _UPSERT)
    codes = [one.item.code for one in changed]
    transaction.run(_CLEAR_SCHOOLS, organizer_inn=organizer_inn, codes=codes)
    transaction.run(_CLEAR_MEALS, organizer_inn=organizer_inn, codes=codes)
    transaction.insert(
        additional_item_school,
        ("organizer_inn", "code", "school"),
        [(organizer_inn, one.item.code, school) for one in changed for school in one.schools],
    )
    transaction.insert(
        additional_item_meal,
        ("organizer_inn", "code", "meal_type"),
        [(organizer_inn, one.item.code, meal) for one in changed for meal in one.meal_types],
    )


def listed(
    transaction: Transaction,
    organizer_inn: str,
    period: tuple[date, date],
    school: str | None,
    since: int | None,
    after: str,
    limit: int,
) -> list[Listed]:
    """Return items by code: those of a period, or those changed after a version."""
    rows = transaction.rows(
        _LISTED,
        organizer_inn=organizer_inn,
        first=period[0].isoformat(),
        last=period[1].isoformat(),
        school=school or "",
        since=-1 if since is None else since,
        after=after,
        limit=limit,
    )
    codes = [row[0] for row in rows]
    schools = _by_code(transaction.rows(_SCHOOLS, organizer_inn=organizer_inn, codes=codes))
    meals = _by_code(transaction.rows(_MEALS, organizer_inn=organizer_inn, codes=codes))
    return [
        Listed(
            Entered(_item(facts), tuple(schools.get(facts[0], ())), tuple(meals.get(facts[0], ()))),
            int(version),
            bool(is_deleted),
        )
        for *facts, version, is_deleted in rows
    ]


def _item(facts: Sequence[object]) -> Item:
    one = Item._make(facts)
    return one._replace(
        price=to_roubles(int(one.price)),
        valid_from=as_day(one.valid_from),
        valid_to=None if one.valid_to is None else as_day(one.valid_to),
    )


def _by_code(rows: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, value in rows:
        found.setdefault(code, []).append(value)
    return found
