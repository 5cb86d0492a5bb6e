"""What a report is: its columns, its parameters, who may have it and how finely (MEAL-RPT-01).

A report over tables of the hub is a `Table`: its columns are parts of one statement, and how fine
its lines are depends on who asks. To a school a line is a pupil with a name, to an organizer a
personal account without one (MEAL-ORG-03), to a municipality a class, to the region a school.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from adapters.meals.access import Actor, Role
from adapters.meals.prints import meal_name
from gateway.adapter import Work
from gateway.contracts.messages.common import ReportCode, ReportFormat
from gateway.documents.tables import Cell

Line = tuple[Cell, ...]


class Param(Enum):
    """A parameter of a report; the names are those of the contracts (`ReportParamName`)."""

    PERIOD_FROM = "PERIOD_FROM"
    PERIOD_TO = "PERIOD_TO"
    DATE = "DATE"
    MUNICIPALITY_CODE = "MUNICIPALITY_CODE"
    SCHOOL_CODE = "SCHOOL_CODE"
    BUILDING_CODE = "BUILDING_CODE"
    CLASS_CODE = "CLASS_CODE"
    ORGANIZER_INN = "ORGANIZER_INN"
    MEAL_TYPE = "MEAL_TYPE"
    ACCOUNT = "ACCOUNT"
    BANK_CODE = "BANK_CODE"
    PCHVR_CODE = "PCHVR_CODE"


PERIOD = frozenset({Param.PERIOD_FROM, Param.PERIOD_TO})
DAY = frozenset({Param.DATE})
PLACES = frozenset(
    {Param.MUNICIPALITY_CODE, Param.SCHOOL_CODE, Param.BUILDING_CODE, Param.CLASS_CODE}
)
"""Parameters that narrow a report to a place."""


class Grain(Enum):
    """What one line of a report is about."""

    PUPIL = "PUPIL"
    CLASS = "CLASS"
    SCHOOL = "SCHOOL"
    MUNICIPALITY = "MUNICIPALITY"


_FINE = frozenset({Grain.PUPIL, Grain.CLASS})
EVERY = frozenset(Grain)

R = Role
BY_PUPIL: Mapping[Role, Grain] = {
    R.CLASS_TEACHER: Grain.PUPIL,
    R.MEAL_ADMIN: Grain.PUPIL,
    R.ORGANIZER: Grain.PUPIL,
    R.OMSU: Grain.CLASS,
    R.DON: Grain.SCHOOL,
    R.ADMIN: Grain.PUPIL,
}
"""Who may have a report about pupils, and how finely."""
BY_CLASS: Mapping[Role, Grain] = {
    role: grain if grain is Grain.SCHOOL else Grain.CLASS for role, grain in BY_PUPIL.items()
}
BY_SCHOOL: Mapping[Role, Grain] = dict.fromkeys(BY_PUPIL, Grain.SCHOOL)
NAMED = frozenset({R.CLASS_TEACHER, R.MEAL_ADMIN})
"""Who sees names of pupils: the school itself, nobody else."""


class Kind(Enum):
    """What a column holds, as the database gives it."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    MONEY = "MONEY"
    """Kopecks in, roubles out."""
    DAY = "DAY"
    NAME = "NAME"
    """A sealed name of a pupil: «Иванов И.»."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its Russian head and its part of the statement."""

    head: str
    sql: str
    kind: Kind = Kind.TEXT
    grains: frozenset[Grain] = EVERY
    roles: frozenset[Role] | None = None
    """Who sees it; None means everybody."""
    order: str = ""
    """What lines are sorted by, where that is not the column itself."""
    told: Callable[[str], str] = str
    """Says a code in Russian."""
    is_measure: bool = False
    """`sql` is an aggregate over the line."""
    has_total: bool = False
    is_joined: bool = False
    """Lines that differ in this column only are one line with all of its values."""

    def is_seen(self, grain: Grain, role: Role) -> bool:
        """Tell whether the column belongs to the report of a role at a grain."""
        return grain in self.grains and (self.roles is None or role in self.roles)


def measure(head: str, sql: str, kind: Kind = Kind.NUMBER, **more: Any) -> Column:  # noqa: ANN401 -- passes to Column
    """Make a column that is summed up at the end of the report."""
    return Column(head, sql, kind, is_measure=True, **{"has_total": True, **more})


def money(head: str, sql: str, **more: Any) -> Column:  # noqa: ANN401 -- passes to Column
    """Make a column of roubles that is summed up at the end of the report."""
    return measure(head, sql, Kind.MONEY, **more)


def words(known: Mapping[str, str]) -> Callable[[str], str]:
    """Say codes in Russian; a code without a word stands for itself."""
    return lambda code: known.get(code, code)


DATE = Column("Дата", "f.day", Kind.DAY)
MUNICIPALITY = Column(
    "Муниципалитет",
    "coalesce(m.name, s.municipality, 'не указан')",
    roles=frozenset({R.DON, R.ADMIN}),
    order="s.municipality",
)
SCHOOL = Column(
    "Школа",
    "coalesce(s.short_name, s.name)",
    grains=_FINE | {Grain.SCHOOL},
    roles=frozenset({R.ORGANIZER, R.OMSU, R.DON, R.ADMIN}),
    order="s.code",
)
BUILDING = Column(
    "Корпус",
    "coalesce(h.name, f.building, '')",
    grains=_FINE,
    roles=frozenset({R.ORGANIZER}),
    order="f.building",
)
CLASS = Column(
    "Класс",
    "coalesce(c.name, '')",
    grains=_FINE,
    order="c.parallel, c.name, f.class_code",
)
PUPIL = Column("Обучающийся", "p.name", Kind.NAME, frozenset({Grain.PUPIL}), NAMED, "f.account")
ACCOUNT = Column("Лицевой счёт", "f.account", grains=frozenset({Grain.PUPIL}))
_HOURS = """
    CASE f.meal_type WHEN 'BREAKFAST' THEN 1 WHEN 'LUNCH' THEN 2 WHEN 'AFTERNOON' THEN 3 ELSE 4 END,
    f.meal_type
"""
MEAL = Column("Приём пищи", "f.meal_type", told=meal_name, order=_HOURS)
MEAL_SET = Column(
    "Комплекс",
    "coalesce(x.name, f.complex_code, '')",
    grains=_FINE,
    order="f.complex_code",
)
MEAL_SET_CODE = Column(
    "Код комплекса",
    "coalesce(f.complex_code, '')",
    grains=_FINE,
    roles=frozenset({R.ORGANIZER}),
)
ORGANIZER = Column(
    "Организатор питания",
    "coalesce(g.name, f.organizer_inn)",
    roles=frozenset({R.OMSU, R.DON, R.ADMIN}),
    order="f.organizer_inn",
)
PLACE = (MUNICIPALITY, SCHOOL, BUILDING, CLASS, PUPIL, ACCOUNT)


@dataclass(frozen=True, slots=True)
class Table:
    """A report as one statement over facts `f`.

    `source` gives the columns `school`, `building`, `class_code`, `account`, `organizer_inn`,
    `meal_type`, `pchvr` and `day` as far as columns and parameters name them.
    """

    source: str
    columns: tuple[Column, ...]
    moment: str | None = None
    """When a fact was written; the report tells the last of them instead of the time of asking."""
    joins: str = ""
    is_of_day: bool = False
    """The source takes `:day` by itself; else facts are picked by `f.day`."""
    building: str = "f.building = :building_code"
    """What makes a fact one of a building."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that somebody may have: by whom, with which parameters, within which bounds."""

    actor: Actor
    grain: Grain
    params: Mapping[Param, str]
    first: date
    last: date
    """The days it is about, both included."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A report over what another slice keeps, as lines that it gives."""

    columns: tuple[Column, ...]
    lines: Callable[[Work, Asked], Iterable[tuple[Line, datetime | None]]]
    """Lines with the moment of each."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A report of a form that is not ours, as a ready file."""

    make: Callable[[Work, Asked], tuple[str, bytes]]
    """Return the name of the file and its bytes; raise NotFound where there is nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the catalogue."""

    code: ReportCode
    title: str
    body: Table | Listing | Workbook
    grains: Mapping[Role, Grain]
    """Who may have it."""
    required: frozenset[Param] = frozenset()
    optional: frozenset[Param] = frozenset()
    formats: frozenset[ReportFormat] = frozenset(ReportFormat)
