"""On what terms an organizer feeds schools: bindings, menu types of contracts, directories."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_uuid

MENU_TYPES = "MENU_TYPES"
AGE_CATEGORIES = "AGE_CATEGORIES"
PCHVR_CATEGORIES = "PCHVR_CATEGORIES"


class Binding(NamedTuple):
    """Who feeds a school, or a building of it, by days (MEAL-CAT-15)."""

    id: UUID
    school: str
    building: str
    """Empty: the whole school, but for buildings with a binding of their own."""
    organizer_inn: str
    contract_number: str
    first: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the binding is valid on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class Entry(NamedTuple):
    """An entry of a directory that a municipality keeps (MEAL-CAT-04)."""

    municipality: str
    directory: str
    code: str
    meal_type: str
    """Of a rule of compensation: the meal it is for; empty: every meal without one."""
    first: date
    last: date | None
    name: str
    age_from: int | None
    age_to: int | None
    mode: str | None
    value: int | None
    """Hundredths of a per cent, or kopecks."""


class FedSchool(NamedTuple):
    """A school that an organizer feeds, as it is shown."""

    code: str
    name: str
    municipality: str


class Building(NamedTuple):
    """A building of a school."""

    school: str
    code: str
    name: str
    address: str | None


class Start(NamedTuple):
    """When the earliest meal of a kind begins in a school, local HH:MM."""

    school: str
    meal_type: str
    start_time: str


_BINDINGS = Query(
    """
    SELECT id, school, building, organizer_inn, contract_number, valid_from, valid_to FROM binding
    WHERE school IN {schools:text}
      AND valid_from <= :last AND (valid_to IS NULL OR valid_to >= :first)
    """
)
_BOUND = Query(
    """
    SELECT DISTINCT school FROM binding WHERE organizer_inn = :organizer_inn
      AND valid_from <= :last AND (valid_to IS NULL OR valid_to >= :first)
    ORDER BY school
    """
)
_MENU_TYPES = Query(
    """
    SELECT t.binding, t.menu_type FROM binding b JOIN binding_menu_type t ON t.binding = b.id
    WHERE b.organizer_inn = :organizer_inn AND b.school IN {schools:text}
    """
)
_SCHOOLS = Query(
    """
    SELECT code, coalesce(short_name, name), coalesce(municipality, '') FROM school
    WHERE code IN {schools:text} ORDER BY code
    """
)
_BUILDINGS = Query(
    """
    SELECT school, code, name, address FROM building
    WHERE school IN {schools:text} AND NOT is_closed ORDER BY school, code
    """
)
_STARTS = Query(
    """
    SELECT school, meal_type, min(start_time) FROM meal_schedule
    WHERE school IN {schools:text} GROUP BY school, meal_type ORDER BY school, min(start_time)
    """
)
_ENTRIES = Query(
    """
    SELECT municipality, directory, code, meal_type, valid_from, valid_to, name, age_from, age_to,
           mode, value
    FROM directory_item
    WHERE municipality IN {municipalities:text} AND (valid_to IS NULL OR valid_to >= :first)
    ORDER BY municipality, directory, code, valid_from, meal_type
    """
)
_CHANGED = Query(
    """
    SELECT DISTINCT municipality, directory FROM directory_version
    WHERE municipality IN {municipalities:text} AND changed_at > :since
    """
)


def bindings(
    transaction: Transaction, schools: Collection[str], first: date, last: date
) -> list[Binding]:
    """Return the bindings of schools, to anybody, that are valid within a period."""
    rows = transaction.rows(
        _BINDINGS, schools=sorted(schools), first=first.isoformat(), last=last.isoformat()
    )
    return [_binding(row) for row in rows]


def bound_schools(
    transaction: Transaction, organizer_inn: str, first: date, last: date
) -> list[str]:
    """Return the schools bound to an organizer, whole or in part, within a period."""
    rows = transaction.rows(
        _BOUND, organizer_inn=organizer_inn, first=first.isoformat(), last=last.isoformat()
    )
    return [school for (school,) in rows]


def menu_types(
    transaction: Transaction, organizer_inn: str, schools: Collection[str]
) -> frozenset[tuple[UUID, str]]:
    """Return (binding, menu type) of an organizer's contracts with schools (MEAL-CAT-03)."""
    rows = transaction.rows(_MENU_TYPES, organizer_inn=organizer_inn, schools=sorted(schools))
    return frozenset((as_uuid(binding), menu_type) for binding, menu_type in rows)


def schools(transaction: Transaction, codes: Collection[str]) -> list[FedSchool]:
    """Return the known ones of schools; a municipality may be empty."""
    return [FedSchool(*row) for row in transaction.rows(_SCHOOLS, schools=sorted(codes))]


def buildings(transaction: Transaction, codes: Collection[str]) -> list[Building]:
    """Return the open buildings of schools."""
    return [Building(*row) for row in transaction.rows(_BUILDINGS, schools=sorted(codes))]


def starts(transaction: Transaction, codes: Collection[str]) -> list[Start]:
    """Return when meals begin in schools, at the earliest."""
    return [Start(*row) for row in transaction.rows(_STARTS, schools=sorted(codes))]


def entries(transaction: Transaction, municipalities: Collection[str], first: date) -> list[Entry]:
    """Return what directories say from a day on."""
    rows = transaction.rows(
        _ENTRIES, municipalities=sorted(municipalities), first=first.isoformat()
    )
    return [_entry(row) for row in rows]


def changed_directories(
    transaction: Transaction, municipalities: Collection[str], since: str
) -> frozenset[tuple[str, str]]:
    """Return (municipality, directory) of those changed after a moment, as it is stored."""
    rows = transaction.rows(_CHANGED, municipalities=sorted(municipalities), since=since)
    return frozenset((municipality, directory) for municipality, directory in rows)


def _binding(row: tuple[Any, ...]) -> Binding:
    key, school, building, inn, contract, first, last = row
    return Binding(as_uuid(key), school, building, inn, contract, as_day(first), _day(last))


def _entry(row: tuple[Any, ...]) -> Entry:
    one = Entry(*row)
    return one._replace(first=as_day(one.first), last=_day(one.last))


def _day(value: date | str | None) -> date | None:
    return None if value is None else as_day(value)
