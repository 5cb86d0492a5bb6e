"""When a pupil's class eats: the most exact schedule of its school holds."""

from collections.abc import Mapping

from gateway.storage.database import Transaction
from gateway.storage.query import Query

# The class after the building after the school: what is read later holds.
_STARTS = Query(
    """
    SELECT s.weekday, s.meal_type, s.start_time
    FROM pupil p
    JOIN school_class c ON c.code = p.class_code
    JOIN meal_schedule s ON s.school = c.school AND s.building IN ('', c.building)
        AND s.class_code IN ('', c.code)
    WHERE p.account = :account
    ORDER BY s.class_code, s.building
    """
)


def starts_of(transaction: Transaction, account: str) -> Mapping[tuple[int, str], str]:
    """Return local times `HH:MM` by day of the week, Monday is 1, and meal."""
    rows = transaction.rows(_STARTS, account=account)
    return {(int(weekday), meal_type): start for weekday, meal_type, start in rows}
