"""From the description of a report and who asks to its lines, row by row, and back to Russian."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from adapters.meals.names import FullName
from adapters.meals.prints import meal_name
from adapters.meals.reports.description import (
    PERIOD,
    Asked,
    Column,
    Kind,
    Line,
    Param,
    Table,
)
from adapters.meals.repository import reported
from adapters.meals.repository.reported import Statement
from gateway.documents.tables import Cell
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.types import as_day, as_instant

_CONDITIONS = {
    Param.MUNICIPALITY_CODE: "s.municipality = :municipality_code",
    Param.SCHOOL_CODE: "f.school = :school_code",
    Param.CLASS_CODE: "f.class_code = :class_code",
    Param.ORGANIZER_INN: "f.organizer_inn = :organizer",
    Param.MEAL_TYPE: "f.meal_type = :meal_type",
    Param.ACCOUNT: "f.account = :account",
    Param.PCHVR_CODE: "f.pchvr = :pchvr_code",
}
_NAMES = {Param.ORGANIZER_INN: "organizer"}
_DAYS = "f.day BETWEEN :first AND :last"

Found = tuple[Line, datetime | None]
"""A line and when the last of its facts was written."""


def seen_columns(columns: Sequence[Column], asked: Asked) -> tuple[Column, ...]:
    """Return the columns of a report as they are for who asks."""
    return tuple(one for one in columns if one.is_seen(asked.grain, asked.actor.role))


def found(transaction: Transaction, table: Table, asked: Asked, limit: int) -> Iterator[Found]:
    """Give the lines of a report in their order, at most `limit` before they are joined."""
    columns = seen_columns(table.columns, asked)
    conditions, values = _bounds(table, asked)
    keys = [one for one in columns if not one.is_measure]
    statement = Statement(
        table.source,
        table.joins,
        [one.sql for one in keys],
        [one.order or one.sql for one in keys],
        [one.sql for one in columns if one.is_measure],
        table.moment,
        conditions,
    )
    rows = reported.lines(transaction, statement, limit=limit, **values)
    read = ((_line(transaction, columns, row), _moment(row[-1])) for row in rows)
    named = [place for place, one in enumerate(columns) if one.kind is Kind.NAME]
    joined = [place for place, one in enumerate(columns) if one.is_joined]
    return _joined(_by_name(read, named), joined)


def _bounds(table: Table, asked: Asked) -> tuple[list[str], dict[str, object]]:
    """Return the conditions of the scope and of the parameters, with their values."""
    values: dict[str, object] = {"first": asked.first.isoformat(), "last": asked.last.isoformat()}
    conditions = [] if table.is_of_day else [_DAYS]
    known = _CONDITIONS | {Param.BUILDING_CODE: table.building}
    for param, value in asked.params.items():
        if param in known:
            conditions.append(known[param])
            values[_NAMES.get(param, param.value.lower())] = value
    actor = asked.actor
    bounds = {
        "classes": ("f.class_code IN {classes:text}", actor.classes),
        "schools": ("f.school IN {schools:text}", actor.schools),
        "municipalities": ("s.municipality IN {municipalities:text}", actor.municipalities),
    }
    for name, (condition, bound) in bounds.items():
        if bound is not None:
            conditions.append(condition)
            values[name] = sorted(bound)
    if actor.organizer_inn is not None:
        conditions.append("f.organizer_inn = :organizer_inn")
        values["organizer_inn"] = actor.organizer_inn
    used = " ".join([*conditions, table.source, *(one.sql for one in table.columns)])
    return conditions, {
        name: value for name, value in values.items() if f":{name}" in used or f"{{{name}:" in used
    }


def _moment(value: Any) -> datetime | None:  # noqa: ANN401 -- a value of either driver
    return None if value is None else as_instant(value)


def _line(transaction: Transaction, columns: Sequence[Column], row: Sequence[Any]) -> Line:
    """Put what the statement gave, keys first, in the order of the columns."""
    keys = iter(row)
    measures = iter(row[sum(not one.is_measure for one in columns) :])
    return tuple(
        _cell(transaction, one, next(measures if one.is_measure else keys)) for one in columns
    )


def _cell(transaction: Transaction, column: Column, value: Any) -> Cell:  # noqa: ANN401 -- a value of either driver
    if value is None:
        return None
    match column.kind:
        case Kind.NUMBER:
            return int(value)
        case Kind.MONEY:
            return to_roubles(int(value))
        case Kind.DAY:
            return as_day(value)
        case Kind.NAME:
            return FullName.read(transaction.vault.open("pupil.name", value)).brief
        case Kind.TEXT:
            return column.told(str(value))


def _by_name(lines: Iterable[Found], places: Sequence[int]) -> Iterator[Found]:
    """Sort the pupils of a class by name: the database sees names sealed."""
    if not places:
        yield from lines
        return
    (place,) = places
    for _, together in groupby(lines, key=lambda one: one[0][:place]):
        yield from sorted(together, key=lambda one: str(one[0][place]))


def _joined(lines: Iterable[Found], places: Sequence[int]) -> Iterator[Found]:
    """Make one line of those that differ at `places` only."""
    if not places:
        yield from lines
        return
    (place,) = places
    for _, alike in groupby(lines, key=lambda one: (*one[0][:place], *one[0][place + 1 :])):
        together = list(alike)
        line, moment = together[0]
        text = ", ".join(str(one[place]) for one, _ in together if one[place])
        yield (*line[:place], text, *line[place + 1 :]), moment


def told_parameters(transaction: Transaction, asked: Asked) -> list[tuple[str, str]]:
    """Say in Russian what a report is about: days, whose it is, what it was narrowed to."""
    one_day = asked.first == asked.last and not asked.params.keys() & PERIOD
    days = f"{asked.first:%d.%m.%Y}" + ("" if one_day else f" — {asked.last:%d.%m.%Y}")
    told = [("День" if one_day else "Период", days)]
    told += _told_scope(transaction, asked)
    told += [
        (_HEADS[param], _told(transaction, param, value))
        for param, value in sorted(asked.params.items(), key=lambda one: one[0].value)
        if param in _HEADS
    ]
    return told


_HEADS: Mapping[Param, str] = {
    Param.MUNICIPALITY_CODE: "Муниципалитет",
    Param.SCHOOL_CODE: "Школа",
    Param.BUILDING_CODE: "Корпус",
    Param.CLASS_CODE: "Класс",
    Param.ORGANIZER_INN: "Организатор питания",
    Param.MEAL_TYPE: "Приём пищи",
    Param.ACCOUNT: "Лицевой счёт",
    Param.BANK_CODE: "Банк",
    Param.PCHVR_CODE: "Категория ПЧВР",
}
_KINDS = {
    Param.MUNICIPALITY_CODE: "municipality",
    Param.SCHOOL_CODE: "school",
    Param.CLASS_CODE: "class",
    Param.ORGANIZER_INN: "organizer",
}


def _told(transaction: Transaction, param: Param, value: str) -> str:
    if param in _KINDS:
        return reported.name_of(transaction, _KINDS[param], value)
    return meal_name(value) if param is Param.MEAL_TYPE else value


def _told_scope(transaction: Transaction, asked: Asked) -> list[tuple[str, str]]:
    actor = asked.actor
    if actor.organizer_inn is not None:
        name = reported.name_of(transaction, "organizer", actor.organizer_inn)
        return [("Организатор питания", f"{name}, ИНН {actor.organizer_inn}")]
    schools = actor.schools
    told: list[tuple[str, str]] = []
    if actor.classes is not None:
        schools = reported.schools_of(transaction, actor.classes)
        if actor.classes and Param.CLASS_CODE not in asked.params:
            told = [("Класс", _names(transaction, "class", actor.classes))]
    if schools and Param.SCHOOL_CODE not in asked.params:
        told = [("Школа", _names(transaction, "school", schools)), *told]
    if actor.municipalities is not None and Param.MUNICIPALITY_CODE not in asked.params:
        told.append(("Муниципалитет", _names(transaction, "municipality", actor.municipalities)))
    return told


def _names(transaction: Transaction, kind: str, codes: Iterable[str]) -> str:
    return ", ".join(reported.name_of(transaction, kind, code) for code in sorted(codes))
