"""A pupil's account with what holds for it on a day."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_NUMBER = Query("SELECT account FROM pupil WHERE id = :pupil")
_FACTS = Query(
    """
    SELECT p.id, c.school, c.building, c.name, t.pchvr, t.menu_type,
           coalesce(t.is_home_study, FALSE), coalesce((
               SELECT l.amount FROM credit_limit l
               WHERE l.school = c.school AND l.valid_from <= :day
               ORDER BY l.valid_from DESC LIMIT 1
           ), 0)
    FROM pupil p
    JOIN school_class c ON c.code = p.class_code
    LEFT JOIN pupil_setting t ON t.account = p.account
        AND (t.valid_to IS NULL OR t.valid_to >= :day)
        AND t.valid_from = (
            SELECT max(l.valid_from) FROM pupil_setting l
            WHERE l.account = p.account AND l.valid_from <= :day
        )
    WHERE p.account = :account
    """
)
_MEALS = Query(
    """
    SELECT m.meal_type FROM pupil_setting t
    JOIN pupil_meal m ON m.account = t.account AND m.valid_from = t.valid_from
    WHERE t.account = :account AND (t.valid_to IS NULL OR t.valid_to >= :day)
      AND t.valid_from = (
          SELECT max(l.valid_from) FROM pupil_setting l
          WHERE l.account = :account AND l.valid_from <= :day
      )
    ORDER BY m.meal_type
    """
)


class Facts(NamedTuple):
    """What holds for an account on a day."""

    pupil: str
    school: str
    building: str
    class_name: str
    pchvr: str | None
    menu_type: str | None
    is_home_study: bool
    credit_limit: Decimal
    """Roubles."""
    meals: tuple[str, ...]


def number_of(transaction: Transaction, pupil: str) -> str | None:
    """Return the personal account of a pupil."""
    rows = transaction.rows(_NUMBER, pupil=pupil)
    return rows[0][0] if rows else None


def facts_of(transaction: Transaction, account: str, day: date) -> Facts:
    """Return what holds for an account that is known to exist."""
    place = {"account": account, "day": day.isoformat()}
    ((*facts, is_home_study, limit),) = transaction.rows(_FACTS, **place)
    meals = tuple(meal_type for (meal_type,) in transaction.rows(_MEALS, **place))
    return Facts._make((*facts, bool(is_home_study), to_roubles(int(limit)), meals))
