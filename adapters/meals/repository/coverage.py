"""Whether every family has a choice: two complexes and one default per key (MEAL-CAT-08, 09, 11).

A key is a day, a school or one of its buildings, a meal, a type of menu, an age category and a ПЧВР
category. The type of menu belongs to it, because a parent is offered complexes of one type only.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from adapters.meals.repository.menu import AGE_OF_FIRST_CLASS, CLASS_SEATS
from adapters.meals.times import days_of
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day

FEWEST_COMPLEXES = 2
"""How many complexes a parent chooses from (MEAL-CAT-08)."""

_CLASSES = "c.school IN {schools:text} AND NOT c.is_closed"
_COUNTED = """
    place AS (
        SELECT DISTINCT c.school, c.building, c.municipality
        FROM class_seat c JOIN binding b ON b.id = c.binding
        WHERE b.organizer_inn = :organizer_inn
        UNION
        SELECT o.school, o.building, s.municipality
        FROM offer o JOIN school s ON s.code = o.school
        WHERE o.organizer_inn = :organizer_inn AND o.day = :day AND o.school IN {schools:text}
          AND (o.building <> '' OR NOT EXISTS (
              SELECT 1 FROM school_class c WHERE c.school = o.school AND NOT c.is_closed
          ))
    ),
    category AS (
        SELECT DISTINCT i.municipality, i.code FROM directory_item i
        WHERE i.directory = 'PCHVR_CATEGORIES'
          AND i.valid_from <= :day AND (i.valid_to IS NULL OR i.valid_to >= :day)
        UNION SELECT '', ''
    ),
    counted AS (
        SELECT p.school, p.building, x.menu_type, x.meal_type, x.age_category, k.code AS pchvr,
               count(DISTINCT x.code) AS complexes,
               count(DISTINCT CASE WHEN x.is_default THEN x.code END) AS defaults
        FROM place p
        JOIN offer o ON o.school = p.school AND o.day = :day AND o.building IN ('', p.building)
            AND o.organizer_inn = :organizer_inn
            AND (o.publication IS NOT NULL OR :with_drafts = 1)
        JOIN complex_revision x ON x.id = o.complex_id
        JOIN category k ON k.municipality IN ('', p.municipality)
        WHERE NOT EXISTS (SELECT 1 FROM complex_pchvr l WHERE l.complex_id = x.id)
           OR EXISTS (
               SELECT 1 FROM complex_pchvr l WHERE l.complex_id = x.id AND l.pchvr = k.code
           )
        GROUP BY p.school, p.building, x.menu_type, x.meal_type, x.age_category, k.code
    )
"""
_KEY = "school, building, menu_type, meal_type, age_category, pchvr"
_SHORT = Query(
    f"""
    WITH {CLASS_SEATS.format(classes=_CLASSES)}, {_COUNTED}
    SELECT {_KEY}, complexes, defaults FROM counted WHERE complexes < :fewest OR defaults <> 1
    ORDER BY {_KEY}
    """  # noqa: S608 -- text of our own
)
_NEEDED = Query(
    """
    SELECT DISTINCT c.school, c.building, c.parallel, s.municipality, t.menu_type,
           coalesce(t.pchvr, ''), m.meal_type,
           CASE WHEN p.since > t.valid_from THEN p.since ELSE t.valid_from END,
           p.until, t.valid_to, (
               SELECT min(n.valid_from) FROM pupil_setting n
               WHERE n.account = t.account AND n.valid_from > t.valid_from
           )
    FROM school_class c
    JOIN school s ON s.code = c.school
    JOIN pupil p ON p.class_code = c.code
    JOIN personal_account a ON a.number = p.account AND a.status <> 'CLOSED'
    JOIN pupil_setting t ON t.account = p.account
    JOIN pupil_meal m ON m.account = t.account AND m.valid_from = t.valid_from
    WHERE c.school IN {schools:text} AND NOT c.is_closed AND NOT t.is_home_study
      AND t.valid_from <= :last AND (t.valid_to IS NULL OR t.valid_to >= :first)
      AND p.since <= :last AND (p.until IS NULL OR p.until >= :first)
    """
)
_SCHEDULED = Query(
    "SELECT DISTINCT school, meal_type, weekday FROM meal_schedule WHERE school IN {schools:text}"
)
_BOUND = Query(
    """
    SELECT school, building, organizer_inn, valid_from, valid_to FROM binding
    WHERE school IN {schools:text}
      AND valid_from <= :last AND (valid_to IS NULL OR valid_to >= :first)
    """
)
_AGES = Query(
    """
    SELECT municipality, code, age_from, age_to, valid_from, valid_to FROM directory_item
    WHERE directory = 'AGE_CATEGORIES'
      AND valid_from <= :last AND (valid_to IS NULL OR valid_to >= :first)
    """
)
_OFFERED = Query(
    """
    SELECT DISTINCT o.day, o.school, o.building, x.menu_type, x.meal_type, x.age_category,
           coalesce(k.pchvr, '')
    FROM offer o
    JOIN complex_revision x ON x.id = o.complex_id
    LEFT JOIN complex_pchvr k ON k.complex_id = x.id
    WHERE o.organizer_inn = :organizer_inn AND o.day BETWEEN :first AND :last
      AND o.school IN {schools:text} AND (o.publication IS NOT NULL OR :with_drafts = 1)
    """
)
_FED = Query(
    """
    SELECT DISTINCT organizer_inn, school FROM binding
    WHERE valid_from <= :last AND (valid_to IS NULL OR valid_to >= :first)
    ORDER BY organizer_inn, school
    """
)


class Problem(NamedTuple):
    """A key for which a family has too little to choose from."""

    day: date
    school: str
    building: str
    """Empty where the school has one building."""
    menu_type: str
    meal_type: str
    age_category: str
    pchvr: str
    """Empty: pupils without a category."""
    complexes: int
    defaults: int

    @property
    def is_short(self) -> bool:
        """Whether there are fewer than two complexes (MENU_MIN_COMPLEXES)."""
        return self.complexes < FEWEST_COMPLEXES

    @property
    def is_default_wrong(self) -> bool:
        """Whether none or several are the default one (MENU_DEFAULT_COMPLEX)."""
        return self.defaults != 1


def problems(
    transaction: Transaction,
    organizer_inn: str,
    first: date,
    last: date,
    schools: Collection[str],
    *,
    with_drafts: bool = False,
) -> list[Problem]:
    """Return the keys that an organizer has begun to offer and that do not hold, by day.

    `with_drafts` counts what is not published yet, too: that is what a publication would show.
    """
    found = []
    for day in days_of(first, last):
        rows = transaction.rows(
            _SHORT,
            day=day.isoformat(),
            organizer_inn=organizer_inn,
            schools=sorted(schools),
            with_drafts=int(with_drafts),
            fewest=FEWEST_COMPLEXES,
        )
        found += [
            Problem._make((day, *key, int(complexes), int(defaults)))
            for *key, complexes, defaults in rows
        ]
    return found


def gaps(
    transaction: Transaction,
    organizer_inn: str,
    days: Sequence[date],
    schools: Collection[str],
    *,
    with_drafts: bool = False,
) -> list[Problem]:
    """Return the keys of pupils for whom nothing is published on days of meals (MEAL-CAT-11).

    `with_drafts` counts what is not published yet, too. Pupils are read once for all days: tens
    of thousands of them need some hundreds of keys.
    """
    if not days:
        return []
    first, last = min(days), max(days)
    bounds = {"first": first.isoformat(), "last": last.isoformat(), "schools": sorted(schools)}
    needed = [_Need.read(row) for row in transaction.rows(_NEEDED, **bounds)]
    places = _Places(transaction, organizer_inn, bounds)
    offered = {
        (as_day(day), *key)
        for day, *key in transaction.rows(
            _OFFERED, organizer_inn=organizer_inn, with_drafts=int(with_drafts), **bounds
        )
    }
    found = set()
    for day in days:
        for need in needed:
            if not (need.holds_on(day) and places.is_served(need, day)):
                continue
            for age in places.ages(need.municipality, need.parallel, day):
                key = (need.menu_type, need.meal_type, age)
                if not any(
                    (day, need.school, building, *key, pchvr) in offered
                    for building in ("", need.building)
                    for pchvr in ("", need.pchvr)
                ):
                    found.add(Problem(day, need.school, need.building, *key, need.pchvr, 0, 0))
    return sorted(found)


def fed(transaction: Transaction, first: date, last: date) -> Sequence[tuple[str, list[str]]]:
    """Return the organizers bound to schools within a period, each with its schools."""
    schools: dict[str, list[str]] = {}
    for inn, school in transaction.rows(_FED, first=first.isoformat(), last=last.isoformat()):
        schools.setdefault(inn, []).append(school)
    return list(schools.items())


class _Need(NamedTuple):
    """What some pupils of a place are to be offered, and on which days."""

    school: str
    building: str
    parallel: int
    municipality: str
    menu_type: str
    pchvr: str
    meal_type: str
    since: date
    until: date | None
    valid_to: date | None
    followed_from: date | None
    """From this day on something else is set for the pupils."""

    @classmethod
    def read(cls, row: tuple[Any, ...]) -> "_Need":
        """Read a row of either database."""
        *key, since, until, valid_to, followed = row
        return cls._make((*key, as_day(since), _day(until), _day(valid_to), _day(followed)))

    def holds_on(self, day: date) -> bool:
        """Tell whether it is so on a day."""
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and (self.valid_to is None or day <= self.valid_to)
            and (self.followed_from is None or day < self.followed_from)
        )


class _Places:
    """Who feeds which place when, what meals it has, what ages are called there."""

    def __init__(
        self, transaction: Transaction, organizer_inn: str, bounds: Mapping[str, Any]
    ) -> None:
        period = {name: bounds[name] for name in ("first", "last")}
        self._inn = organizer_inn
        self._scheduled = {
            (school, meal, int(weekday))
            for school, meal, weekday in transaction.rows(_SCHEDULED, schools=bounds["schools"])
        }
        self._bound: dict[tuple[str, str], list[tuple[str, date, date | None]]] = {}
        for school, building, inn, first, last in transaction.rows(_BOUND, **bounds):
            until = _day(last)
            self._bound.setdefault((school, building), []).append((inn, as_day(first), until))
        self._ages = [
            (municipality, code, int(youngest), int(oldest), as_day(first), _day(last))
            for municipality, code, youngest, oldest, first, last in transaction.rows(
                _AGES, **period
            )
        ]

    def is_served(self, need: _Need, day: date) -> bool:
        """Tell whether the organizer feeds the place, and whether the meal is on that weekday.

        A binding of a building goes before that of its school (MEAL-CAT-15).
        """
        if (need.school, need.meal_type, day.isoweekday()) not in self._scheduled:
            return False
        for building in dict.fromkeys((need.building, "")):
            for inn, first, last in self._bound.get((need.school, building), ()):
                if first <= day and (last is None or day <= last):
                    return inn == self._inn
        return False

    def ages(self, municipality: str, parallel: int, day: date) -> Iterator[str]:
        """Give the age categories of a parallel."""
        age = parallel + AGE_OF_FIRST_CLASS
        for where, code, youngest, oldest, first, last in self._ages:
            known = where == municipality and first <= day and (last is None or day <= last)
            if known and youngest <= age <= oldest:
                yield code


def _day(value: date | str | None) -> date | None:
    return None if value is None else as_day(value)
