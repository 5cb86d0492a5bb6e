"""Directories of municipalities: menu types, ages, ПЧВР categories, by days (MEAL-CAT-04)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from adapters.meals import models
from adapters.meals.spans import Span, span
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day

MENU_TYPES = "MENU_TYPES"
AGE_CATEGORIES = "AGE_CATEGORIES"
PCHVR_CATEGORIES = "PCHVR_CATEGORIES"

_SHOWN = "code, meal_type, valid_from, valid_to, name, age_from, age_to, mode, value"
_KEY = "municipality, directory, code, meal_type, valid_from"
_CHANGED = ("valid_to", "name", "age_from", "age_to", "mode", "value", "version", "entry")

_OF_CODES = Query(
    f"""
    SELECT {_SHOWN} FROM directory_item
    WHERE municipality = :municipality AND directory = :directory AND code IN {{codes:text}}
    """  # noqa: S608 -- text of our own
)
_PAGE = Query(
    f"""
    SELECT {_SHOWN} FROM directory_item
    WHERE municipality = :municipality AND directory = :directory
      AND (:every_day = 1 OR (valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)))
      AND (code, valid_from, meal_type) > (:code, :first, :meal_type)
    ORDER BY code, valid_from, meal_type LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_SPANS = Query(
    """
    SELECT municipality, directory, code, valid_from, valid_to FROM directory_item
    WHERE municipality IN {municipalities:text} AND directory IN {directories:text}
    """
)
_VERSION = Query(
    """
    SELECT coalesce(max(version), 0) FROM (
        SELECT version FROM directory_version
        WHERE municipality = :municipality AND directory = :directory
        UNION ALL
        SELECT version FROM directory_item
        WHERE municipality = :municipality AND directory = :directory
    ) AS known
    """
)


_SETTINGS = """
    SELECT t.{column} AS code, t.valid_from AS first, coalesce(t.valid_to, '9999-12-31') AS last
    FROM school s JOIN school_class c ON c.school = s.code
    JOIN pupil p ON p.class_code = c.code JOIN pupil_setting t ON t.account = p.account
    WHERE s.municipality = :municipality AND t.{column} IN {{codes:text}}
      AND (p.until IS NULL OR p.until >= :today)
"""
_OFFERS = """
    SELECT x.{column} AS code, o.day AS first, o.day AS last
    FROM school s JOIN offer o ON o.school = s.code
    JOIN complex_revision x ON x.id = o.complex_id
    WHERE s.municipality = :municipality AND o.day >= :today AND x.{column} IN {{codes:text}}
"""
_OFFERS_OF_PCHVR = """
    SELECT k.pchvr AS code, o.day AS first, o.day AS last
    FROM school s JOIN offer o ON o.school = s.code
    JOIN complex_pchvr k ON k.complex_id = o.complex_id
    WHERE s.municipality = :municipality AND o.day >= :today AND k.pchvr IN {codes:text}
"""
_CONTRACTS = """
    SELECT m.menu_type AS code, b.valid_from AS first, coalesce(b.valid_to, '9999-12-31') AS last
    FROM school s JOIN binding b ON b.school = s.code
    JOIN binding_menu_type m ON m.binding = b.id
    WHERE s.municipality = :municipality AND m.menu_type IN {codes:text}
"""


def _used(*parts: str) -> Query:
    """Return what asks from when till when codes are used."""
    text = " UNION ALL ".join(parts)
    return Query(f"SELECT u.code, min(u.first), max(u.last) FROM ({text}) AS u GROUP BY u.code")  # noqa: S608 -- text of our own


_USED = {
    MENU_TYPES: _used(
        _SETTINGS.format(column="menu_type"), _OFFERS.format(column="menu_type"), _CONTRACTS
    ),
    AGE_CATEGORIES: _used(_OFFERS.format(column="age_category")),
    PCHVR_CATEGORIES: _used(_SETTINGS.format(column="pchvr"), _OFFERS_OF_PCHVR),
}


class Item(NamedTuple):
    """A row of a directory; a rule of compensation may be of one meal, or of every other one."""

    code: str
    meal_type: str
    valid_from: date
    valid_to: date | None
    name: str
    age_from: int | None = None
    age_to: int | None = None
    mode: str | None = None
    value: int | None = None
    """Hundredths of a per cent, or kopecks."""

    @property
    def key(self) -> tuple[str, str, date]:
        """What a row is known by."""
        return self.code, self.meal_type, self.valid_from


class Place(NamedTuple):
    """A place in a directory; the first one is before every row."""

    code: str = ""
    first: str = "0001-01-01"
    meal_type: str = ""


def of_codes(
    transaction: Transaction, municipality: str, directory: str, codes: Collection[str]
) -> list[Item]:
    """Return every row of some codes."""
    rows = transaction.rows(
        _OF_CODES, municipality=municipality, directory=directory, codes=sorted(codes)
    )
    return [_item(row) for row in rows]


def page_of(
    transaction: Transaction,
    municipality: str,
    directory: str,
    day: date | None,
    after: Place,
    limit: int,
) -> list[Item]:
    """Return rows by code and first day, only those of a day if one is given."""
    rows = transaction.rows(
        _PAGE,
        municipality=municipality,
        directory=directory,
        every_day=int(day is None),
        day=(day or date.max).isoformat(),
        **after._asdict(),
        limit=limit,
    )
    return [_item(row) for row in rows]


def version_of(transaction: Transaction, municipality: str, directory: str) -> int:
    """Return the version of a directory, 0 before anything was entered."""
    rows = transaction.rows(_VERSION, municipality=municipality, directory=directory)
    return int(rows[0][0])


def spans_of(
    transaction: Transaction, municipalities: Collection[str], directories: Sequence[str]
) -> Mapping[tuple[str, str, str], list[Span]]:
    """Return when codes hold, by (municipality, directory, code)."""
    rows = transaction.rows(
        _SPANS, municipalities=sorted(municipalities), directories=list(directories)
    )
    found: dict[tuple[str, str, str], list[Span]] = defaultdict(list)
    for municipality, directory, code, first, last in rows:
        found[municipality, directory, code].append(_span(first, last))
    return found


def uses_of(
    transaction: Transaction,
    municipality: str,
    directory: str,
    codes: Collection[str],
    today: date,
) -> Mapping[str, Span]:
    """Return from the first to the last day that settings, contracts and menus use codes."""
    rows = transaction.rows(
        _USED[directory],
        municipality=municipality,
        codes=sorted(codes),
        today=today.isoformat(),
    )
    return {code: _span(first, last) for code, first, last in rows}


def put(
    transaction: Transaction,
    municipality: str,
    directory: str,
    items: Sequence[Item],
    version: int,
    entry: int,
) -> None:
    """Enter rows, or change those that are known by their keys."""
    columns = ("municipality", "directory", *Item._fields, "version", "entry")
    rows = [(municipality, directory, *one, version, entry) for one in items]
    changes = ", ".join(f"{name} = excluded.{name}" for name in _CHANGED)
    transaction.insert(models.directory_item, columns, rows, f"({_KEY}) DO UPDATE SET {changes}")


def add_version(
    transaction: Transaction,
    municipality: str,
    directory: str,
    version: int,
    digest: bytes,
    now: datetime,
    entry: int,
) -> None:
    """Note what a directory has become."""
    columns = ("municipality", "directory", "version", "digest", "changed_at", "entry")
    row = (municipality, directory, version, digest, now, entry)
    transaction.insert_new(models.directory_version, columns, [row])


def _item(row: tuple[Any, ...]) -> Item:
    code, meal_type, first, last, *rest = row
    return Item(code, meal_type, as_day(first), None if last is None else as_day(last), *rest)


def _span(first: date | str, last: date | str | None) -> Span:
    return span(as_day(first), None if last is None else as_day(last))
