"""The day of a meal in SQL: locks, deadlines of print, classes that nobody asked meals for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import instant_text

_LOCK_DAY = Query(
    """
    INSERT INTO meal_day (day, locked_at) VALUES (:day, :now)
    ON CONFLICT (day) DO UPDATE SET locked_at = coalesce(meal_day.locked_at, excluded.locked_at)
    """
)
_LOCK_REQUESTS = Query(
    "UPDATE class_request SET state = 'LOCKED' WHERE day = :day AND state <> 'LOCKED'"
)

# The most exact schedule holds: of the class, else of the building, else of the school.
_EXPECTED = Query(
    """
    SELECT c.code, o.meal_type, (
               SELECT s.start_time FROM meal_schedule s
               WHERE s.school = c.school AND s.building IN ('', c.building)
                 AND s.class_code IN ('', c.code) AND s.meal_type = o.meal_type
                 AND s.weekday = :weekday
               ORDER BY s.class_code DESC, s.building DESC LIMIT 1
           )
    FROM (
        SELECT DISTINCT m.class_code, m.meal_type FROM meal_order m
        WHERE m.organizer_inn IN (SELECT inn FROM organizer) AND m.day = :day
          AND NOT m.is_home_study AND m.state IN ('FROZEN', 'DEFAULTED', 'SERVED', 'NOT_SERVED')
    ) AS o
    JOIN school_class c ON c.code = o.class_code
    LEFT JOIN class_request r ON r.class_code = c.code AND r.day = :day
    WHERE r.printed_at IS NULL
    ORDER BY c.code, o.meal_type
    """
)
_UNFORMED = Query(
    """
    INSERT INTO unformed_class (day, class_code, school, orders, found_at)
    SELECT o.day, o.class_code, c.school, count(*), :now
    FROM meal_order o JOIN school_class c ON c.code = o.class_code
    WHERE o.organizer_inn IN (SELECT inn FROM organizer) AND o.day = :day
      AND NOT o.is_home_study AND o.state NOT IN ('CHOSEN', 'CONFIRMED')
      AND NOT EXISTS (
          SELECT 1 FROM class_request r WHERE r.class_code = o.class_code AND r.day = o.day
      )
    GROUP BY o.day, o.class_code, c.school
    ON CONFLICT (day, class_code) DO NOTHING
    """
)


class Unprinted(NamedTuple):
    """A meal of a class whose request is not printed yet."""

    class_code: str
    meal_type: str
    start: str | None
    """HH:MM, local; None where no schedule says it."""


def lock(transaction: Transaction, day: date, now: datetime) -> int:
    """Close a day; return how many requests that locked."""
    text = day.isoformat()
    transaction.run(_LOCK_DAY, day=text, now=instant_text(now))
    return transaction.run(_LOCK_REQUESTS, day=text)


def unprinted(transaction: Transaction, day: date) -> Sequence[Unprinted]:
    """Return the meals of a day that are ordered and whose request is not printed."""
    rows = transaction.rows(_EXPECTED, day=day.isoformat(), weekday=day.isoweekday())
    return [Unprinted(*row) for row in rows]


def add_unformed(transaction: Transaction, day: date, now: datetime) -> int:
    """Note the classes with orders and without a request; return how many are new."""
    return transaction.run(_UNFORMED, day=day.isoformat(), now=instant_text(now))
