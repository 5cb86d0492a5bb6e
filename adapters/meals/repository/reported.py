"""Facts of reports: one statement, made of a report's description, its lines read one by one.

What a column is, is said in `adapters.meals.reports`; here it becomes SQL over the facts `f`,
within the scope of who asks, so that nothing of another's is ever read.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_uuid

_FROM = """
    FROM ({source}) AS f
    JOIN school s ON s.code = f.school
    LEFT JOIN municipality m ON m.code = s.municipality
    {joins}
"""
_JOINS = {
    "c": "LEFT JOIN school_class c ON c.code = f.class_code",
    "h": "LEFT JOIN building h ON h.school = f.school AND h.code = f.building",
    "p": "LEFT JOIN pupil p ON p.account = f.account",
    "g": "LEFT JOIN organizer g ON g.inn = f.organizer_inn",
}
"""Joined where a column names them."""
_SCHOOLS = Query("SELECT DISTINCT school FROM school_class WHERE code IN {classes:text}")
_BUILDING = Query("SELECT 1 FROM building WHERE school = :school AND code = :building")
_MUNICIPALITY = Query("SELECT name FROM municipality WHERE code = :code")
_MENU = Query(
    """
    SELECT 1 FROM offer
    WHERE school = :school AND day = :day AND publication IS NOT NULL
      AND (organizer_inn = :inn OR :inn = '') LIMIT 1
    """
)
_REQUESTS = Query(
    """
    SELECT r.id FROM class_request r JOIN school_class c ON c.code = r.class_code
    WHERE r.school = :school AND r.day = :day AND (r.class_code = :class_code OR :class_code = '')
      AND (:inn = '' OR EXISTS (
          SELECT 1 FROM request_line l WHERE l.request_id = r.id AND l.organizer_inn = :inn
      ))
    ORDER BY c.parallel, c.name, c.code
    """
)
_SCHOOL = Query("SELECT name FROM school WHERE code = :code")
_CLASS = Query("SELECT name FROM school_class WHERE code = :code")
_ORGANIZER = Query("SELECT name FROM organizer WHERE inn = :code")
_ORGANIZERS = Query("SELECT inn FROM organizer ORDER BY inn")
_NAMES = {
    "municipality": _MUNICIPALITY,
    "school": _SCHOOL,
    "class": _CLASS,
    "organizer": _ORGANIZER,
}


class Statement(NamedTuple):
    """The parts of a report's statement."""

    source: str
    joins: str
    keys: Sequence[str]
    """What a line is about."""
    order: Sequence[str]
    measures: Sequence[str]
    """Aggregates over the facts of a line."""
    moment: str | None
    """When a fact was written."""
    conditions: Sequence[str]

    @property
    def query(self) -> Query:
        """The statement, of `:limit` lines: keys, measures, the last moment."""
        moment = f"max({self.moment})" if self.moment else "NULL"
        named = " ".join([*self.keys, *self.order, *self.measures, *self.conditions])
        joins = [join for name, join in _JOINS.items() if re.search(rf"\b{name}\.", named)]
        order = list(dict.fromkeys([*_parts(self.order), *self.keys]))
        where = " AND ".join(f"({one})" for one in self.conditions) or "1 = 1"
        return Query(
            f"SELECT {', '.join([*self.keys, *self.measures, moment])}"
            + _FROM.format(source=self.source, joins="\n".join([*joins, self.joins]))
            + f"WHERE {where} GROUP BY {', '.join(order)}"
            + f" ORDER BY {', '.join(order)} LIMIT :limit"
        )


def lines(
    transaction: Transaction, statement: Statement, **values: object
) -> Iterator[tuple[Any, ...]]:
    """Give the lines of a report in their order."""
    transaction.for_report()
    return transaction.stream(statement.query, **values)


def _parts(order: Sequence[str]) -> list[str]:
    """Part the columns that lines are sorted by; texts with brackets are one column."""
    parts: list[str] = []
    for one in order:
        parts.extend([one] if "(" in one else [part.strip() for part in one.split(",")])
    return parts


def schools_of(transaction: Transaction, classes: Collection[str]) -> frozenset[str]:
    """Return the schools of classes."""
    rows = transaction.rows(_SCHOOLS, classes=sorted(classes))
    return frozenset(school for (school,) in rows)


def is_building(transaction: Transaction, school: str, building: str) -> bool:
    """Tell whether a school has a building."""
    return bool(transaction.rows(_BUILDING, school=school, building=building))


def is_municipality(transaction: Transaction, code: str) -> bool:
    """Tell whether a municipality is known."""
    return bool(transaction.rows(_MUNICIPALITY, code=code))


def organizers(transaction: Transaction) -> list[str]:
    """Return the INNs of all organizers."""
    return [inn for (inn,) in transaction.rows(_ORGANIZERS)]


def has_menu(transaction: Transaction, school: str, day: date, inn: str) -> bool:
    """Tell whether an organizer has published a menu for a school and day."""
    return bool(transaction.rows(_MENU, school=school, day=day.isoformat(), inn=inn))


def class_requests(
    transaction: Transaction, school: str, class_code: str, day: date, inn: str
) -> list[UUID]:
    """Return the requests of a class, or of all of a school, that an organizer cooks for."""
    rows = transaction.rows(
        _REQUESTS, school=school, class_code=class_code, day=day.isoformat(), inn=inn
    )
    return [as_uuid(number) for (number,) in rows]


def name_of(transaction: Transaction, kind: str, code: str) -> str:
    """Return the name of a `municipality`, `school`, `class` or `organizer`; its code, if none."""
    rows = transaction.rows(_NAMES[kind], code=code)
    return str(rows[0][0]) if rows else code
