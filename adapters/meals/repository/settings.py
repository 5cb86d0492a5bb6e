"""What is decided about pupils and schools by days: settings, credit limits, schedules of meals."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from adapters.meals import models
from adapters.meals.spans import Span, span
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day

_PUPILS = Query(
    """
    SELECT a.number, s.code, coalesce(s.municipality, ''), p.since, p.until
    FROM personal_account a JOIN pupil p ON p.account = a.number
    JOIN school_class c ON c.code = p.class_code JOIN school s ON s.code = c.school
    WHERE a.number IN {accounts:text} AND a.status <> 'CLOSED'
    """
)
_SETTINGS = Query(
    """
    SELECT account, valid_from, valid_to, pchvr, menu_type, is_home_study, entry
    FROM pupil_setting WHERE account IN {accounts:text} ORDER BY account, valid_from
    """
)
_MEALS = Query(
    "SELECT account, valid_from, meal_type FROM pupil_meal WHERE account IN {accounts:text}"
)
_DROP_SETTINGS = Query("DELETE FROM pupil_setting WHERE account IN {accounts:text}")
_DROP_MEALS = Query("DELETE FROM pupil_meal WHERE account IN {accounts:text}")
_SERVED = Query(
    "SELECT DISTINCT school, meal_type FROM meal_schedule WHERE school IN {schools:text}"
)
_LIMIT = Query(
    "SELECT amount, version FROM credit_limit WHERE school = :school AND valid_from = :day"
)
_LIMIT_VERSION = Query("SELECT coalesce(max(version), 0) FROM credit_limit WHERE school = :school")
_SCHEDULE = Query(
    """
    SELECT meal_type, weekday, start_time, version FROM meal_schedule
    WHERE school = :school AND building = :building AND class_code = :class_code
    """
)
_DROP_SCHEDULE = Query(
    """
    DELETE FROM meal_schedule
    WHERE school = :school AND building = :building AND class_code = :class_code
    """
)
_SCHEDULE_VERSION = Query(
    """
    SELECT coalesce(max(version), 0) FROM (
        SELECT version FROM meal_schedule_version WHERE school = :school
        UNION ALL SELECT version FROM meal_schedule WHERE school = :school
    ) AS known
    """
)
_CLASS = Query(
    """
    SELECT 1 FROM school_class
    WHERE school = :school AND code = :code AND NOT is_closed
      AND (:building = '' OR building = :building)
    """
)


class Enrolled(NamedTuple):
    """Where the pupil of an account is, and on which days."""

    school: str
    municipality: str
    days: Span


class Setting(NamedTuple):
    """What is set for a pupil from a day on."""

    account: str
    valid_from: date
    valid_to: date | None
    pchvr: str | None
    menu_type: str
    is_home_study: bool
    meals: frozenset[str]
    entry: int


class Level(NamedTuple):
    """Whose schedule of meals: of a school, of its building, or of a class."""

    school: str
    building: str = ""
    class_code: str = ""


class Meal(NamedTuple):
    """When a meal starts on a day of the week; Monday is 1."""

    meal_type: str
    weekday: int
    start: str
    """HH:MM, local."""


class Schedule(NamedTuple):
    """The meals of one level."""

    meals: frozenset[Meal]
    version: int


def enrolled(transaction: Transaction, accounts: Collection[str]) -> Mapping[str, Enrolled]:
    """Return where the pupils of accounts are; an unknown or closed account is left out."""
    return {
        number: Enrolled(school, municipality, _span(since, until))
        for number, school, municipality, since, until in transaction.rows(
            _PUPILS, accounts=sorted(accounts)
        )
    }


def settings_of(transaction: Transaction, accounts: Collection[str]) -> Mapping[str, list[Setting]]:
    """Return all settings of accounts by their first days."""
    wanted = sorted(accounts)
    meals: dict[tuple[str, date], set[str]] = defaultdict(set)
    for account, first, meal_type in transaction.rows(_MEALS, accounts=wanted):
        meals[account, as_day(first)].add(meal_type)
    found: dict[str, list[Setting]] = defaultdict(list)
    for account, first, last, pchvr, menu_type, home, entry in transaction.rows(
        _SETTINGS, accounts=wanted
    ):
        day = as_day(first)
        end = None if last is None else as_day(last)
        taken = frozenset(meals[account, day])
        found[account].append(
            Setting(account, day, end, pchvr, menu_type, bool(home), taken, entry)
        )
    return found


def replace(transaction: Transaction, settings: Mapping[str, Sequence[Setting]]) -> None:
    """Let accounts have just these settings."""
    accounts = sorted(settings)
    transaction.run(_DROP_MEALS, accounts=accounts)
    transaction.run(_DROP_SETTINGS, accounts=accounts)
    rows = [one for account in accounts for one in settings[account]]
    columns = ("account", "valid_from", "valid_to", "pchvr", "menu_type", "is_home_study", "entry")
    transaction.insert(models.pupil_setting, columns, [(*one[:6], one.entry) for one in rows])
    transaction.insert(
        models.pupil_meal,
        ("account", "valid_from", "meal_type"),
        [(one.account, one.valid_from, meal) for one in rows for meal in sorted(one.meals)],
    )


def meals_served(
    transaction: Transaction, schools: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """Return the meals that the schedules of schools name."""
    found: dict[str, set[str]] = defaultdict(set)
    for school, meal_type in transaction.rows(_SERVED, schools=sorted(schools)):
        found[school].add(meal_type)
    return {school: frozenset(meals) for school, meals in found.items()}


def limit_from(transaction: Transaction, school: str, day: date) -> tuple[Decimal, int] | None:
    """Return the credit limit that begins on a day, in roubles, and its version."""
    rows = transaction.rows(_LIMIT, school=school, day=day.isoformat())
    return next(((to_roubles(int(amount)), version) for amount, version in rows), None)


def put_limit(transaction: Transaction, school: str, day: date, amount: Decimal, entry: int) -> int:
    """Set the credit limit from a day on; return its version."""
    version = int(transaction.rows(_LIMIT_VERSION, school=school)[0][0]) + 1
    transaction.insert(
        models.credit_limit,
        ("school", "valid_from", "amount", "version", "entry"),
        [(school, day, amount, version, entry)],
        "(school, valid_from) DO UPDATE SET amount = excluded.amount, version = excluded.version,"
        " entry = excluded.entry",
    )
    return version


def has_class(transaction: Transaction, school: str, building: str, code: str) -> bool:
    """Tell whether a school has an open class, in a building if one is named."""
    return bool(transaction.rows(_CLASS, school=school, building=building, code=code))


def schedule_of(transaction: Transaction, level: Level) -> Schedule | None:
    """Return the schedule of just this level."""
    rows = transaction.rows(_SCHEDULE, **level._asdict())
    if not rows:
        return None
    meals = frozenset(Meal(*row[:3]) for row in rows)
    return Schedule(meals, max(version for *_, version in rows))


def put_schedule(
    transaction: Transaction,
    level: Level,
    meals: Collection[Meal],
    digest: bytes,
    now: datetime,
    entry: int,
) -> int:
    """Let a level have just these meals; return the new version of the school's schedule."""
    version = int(transaction.rows(_SCHEDULE_VERSION, school=level.school)[0][0]) + 1
    transaction.run(_DROP_SCHEDULE, **level._asdict())
    transaction.insert(
        models.meal_schedule,
        (*Level._fields, "meal_type", "weekday", "start_time", "version", "entry"),
        [(*level, *meal, version, entry) for meal in sorted(meals)],
    )
    transaction.insert_new(
        models.meal_schedule_version,
        ("school", "version", "building", "class_code", "digest", "changed_at", "entry"),
        [(level.school, version, level.building, level.class_code, digest, now, entry)],
    )
    return version


def _span(first: date | str, last: date | str | None) -> Span:
    return span(as_day(first), None if last is None else as_day(last))
