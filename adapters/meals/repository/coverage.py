"""Whether every family has a choice: two complexes and one default per key (MEAL-CAT-08, 09, 11).

A key is a day, a school or one of its buildings, a meal, a type of menu, an age category and a ПЧВР
category. The type of menu belongs to it, because a parent is offered complexes of one type only.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from adapters.meals.repository.menu import AGE_OF_FIRST_CLASS, CLASS_SEATS, seats_of
from adapters.meals.times import days_of
from gateway.storage.database import Transaction
from gateway.storage.query import Query

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
_ABSENT = Query(
    f"""
    WITH {seats_of(classes=_CLASSES)}, {_COUNTED},
    needed AS (
        SELECT DISTINCT seat.school, seat.building, seat.menu_type, m.meal_type,
               age.code AS age_category, coalesce(seat.pchvr, '') AS pchvr
        FROM seat
        JOIN pupil_meal m ON m.account = seat.account AND m.valid_from = seat.set_from
        JOIN directory_item age ON age.municipality = seat.municipality
            AND age.directory = 'AGE_CATEGORIES'
            AND age.valid_from <= :day AND (age.valid_to IS NULL OR age.valid_to >= :day)
            AND seat.parallel + {AGE_OF_FIRST_CLASS} BETWEEN age.age_from AND age.age_to
        WHERE seat.organizer_inn = :organizer_inn AND NOT seat.is_home_study AND EXISTS (
            SELECT 1 FROM meal_schedule s WHERE s.school = seat.school
              AND s.meal_type = m.meal_type AND s.weekday = :weekday
        )
    )
    SELECT {_KEY} FROM needed n
    WHERE NOT EXISTS (
        SELECT 1 FROM counted c
        WHERE c.school = n.school AND c.building = n.building AND c.menu_type = n.menu_type
          AND c.meal_type = n.meal_type AND c.age_category = n.age_category
          AND c.pchvr IN ('', n.pchvr)
    )
    ORDER BY {_KEY}
    """  # noqa: S608 -- text of our own
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
    day: date,
    schools: Collection[str],
    *,
    with_drafts: bool = False,
) -> list[Problem]:
    """Return the keys of pupils for whom nothing is published on a day of meals (MEAL-CAT-11).

    `with_drafts` counts what is not published yet, too.
    """
    rows = transaction.rows(
        _ABSENT,
        day=day.isoformat(),
        weekday=day.isoweekday(),
        organizer_inn=organizer_inn,
        schools=sorted(schools),
        with_drafts=int(with_drafts),
    )
    return [Problem._make((day, *key, 0, 0)) for key in rows]


def fed(transaction: Transaction, first: date, last: date) -> Sequence[tuple[str, list[str]]]:
    """Return the organizers bound to schools within a period, each with its schools."""
    schools: dict[str, list[str]] = {}
    for inn, school in transaction.rows(_FED, first=first.isoformat(), last=last.isoformat()):
        schools.setdefault(inn, []).append(school)
    return list(schools.items())
