"""Which organizer feeds which school or building, by days (MEAL-CAT-15)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals import models
from adapters.meals.repository.scopes import OF_SCHOOL, Scope
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_uuid

_COLUMNS = (
    "id",
    "bind_id",
    "school",
    "building",
    "organizer_inn",
    "contract_number",
    "contract_date",
    "valid_from",
    "valid_to",
    "digest",
    "entry",
)
_SHOWN = """
    b.id, b.school, b.building, b.organizer_inn, b.contract_number, b.contract_date, b.valid_from,
    b.valid_to
"""
_FIND = Query(f"SELECT {_SHOWN} FROM binding b WHERE b.id = :id")  # noqa: S608 -- text of our own
_OVERLAPPING = Query(
    """
    SELECT id FROM binding
    WHERE school = :school AND building = :building AND valid_from <= :last
      AND (valid_to IS NULL OR valid_to >= :first)
    ORDER BY valid_from LIMIT 1
    """
)
_PAGE = Query(
    f"""
    SELECT {_SHOWN} FROM binding b JOIN school s ON s.code = b.school
    WHERE {OF_SCHOOL} AND (:any_organizers = 1 OR b.organizer_inn IN {{organizers:text}})
      AND (b.school, b.building, b.valid_from, b.id) > (:school, :building, :day, :id)
    ORDER BY b.school, b.building, b.valid_from, b.id LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_MENU_TYPES = Query(
    """
    SELECT binding, menu_type FROM binding_menu_type WHERE binding IN {bindings:uuid}
    ORDER BY menu_type
    """
)
_END = Query("UPDATE binding SET valid_to = :last_day WHERE id = :id")
_BUILDING = Query(
    "SELECT 1 FROM building WHERE school = :school AND code = :code AND NOT is_closed"
)


class Binding(NamedTuple):
    """A school or building bound to an organizer; no building is the whole school."""

    id: UUID
    school: str
    building: str
    organizer_inn: str
    contract_number: str
    contract_date: date
    valid_from: date
    valid_to: date | None


class Place(NamedTuple):
    """A place in the list of bindings; the first one is before them all."""

    school: str = ""
    building: str = ""
    day: str = "0001-01-01"
    id: str = str(UUID(int=0))


def find(transaction: Transaction, binding_id: UUID) -> Binding | None:
    """Return a binding."""
    return next(map(_binding, transaction.rows(_FIND, id=str(binding_id))), None)


def overlapping(
    transaction: Transaction, school: str, building: str, first: date, last: date
) -> UUID | None:
    """Return the first binding of just this school or building that has one of these days."""
    rows = transaction.rows(
        _OVERLAPPING,
        school=school,
        building=building,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return next((as_uuid(key) for (key,) in rows), None)


def page_of(transaction: Transaction, scope: Scope, after: Place, limit: int) -> list[Binding]:
    """Return bindings by school, building and first day."""
    rows = transaction.rows(_PAGE, **scope.values(), **after._asdict(), limit=limit)
    return [_binding(row) for row in rows]


def menu_types_of(transaction: Transaction, bindings: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    """Return the menu types of the contracts of bindings."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for key, code in transaction.rows(_MENU_TYPES, bindings=[str(key) for key in bindings]):
        found[as_uuid(key)].append(code)
    return found


def has_building(transaction: Transaction, school: str, code: str) -> bool:
    """Tell whether a school has an open building."""
    return bool(transaction.rows(_BUILDING, school=school, code=code))


def add(
    transaction: Transaction,
    binding: Binding,
    bind_id: UUID,
    menu_types: Sequence[str],
    digest: bytes,
    entry: int,
) -> None:
    """Enter a binding with the menu types of its contract."""
    key, *rest = binding
    transaction.insert_new(models.binding, _COLUMNS, [(key, bind_id, *rest, digest, entry)])
    transaction.insert(
        models.binding_menu_type,
        ("binding", "menu_type"),
        [(key, code) for code in menu_types],
        "DO NOTHING",
    )


def end(transaction: Transaction, binding_id: UUID, last_day: date) -> None:
    """Let a binding end."""
    transaction.run(_END, id=str(binding_id), last_day=last_day.isoformat())


def add_organizer(transaction: Transaction, inn: str, name: str) -> None:
    """Enter an organizer that the contour has not met yet."""
    transaction.insert(models.organizer, ("inn", "name"), [(inn, name)], "DO NOTHING")


def _binding(row: tuple[Any, ...]) -> Binding:
    key, school, building, inn, number, signed, first, last = row
    return Binding(
        as_uuid(key),
        school,
        building,
        inn,
        number,
        as_day(signed),
        as_day(first),
        None if last is None else as_day(last),
    )
