"""Which schools and buildings an organizer feeds, by days (MEAL-ORG-06, MEAL-CAT-15)."""

from datetime import date

from gateway.storage.database import Transaction
from gateway.storage.query import Query

# A building of its own organizer is not fed by that of its school.
_BOUND = Query(
    """
    SELECT 1 FROM binding b
    WHERE b.organizer_inn = :organizer_inn AND b.school = :school
      AND b.valid_from <= :last AND (b.valid_to IS NULL OR b.valid_to >= :first)
      AND (
          :building = '' OR b.building = :building
          OR (
              b.building = ''
              AND EXISTS (
                  SELECT 1 FROM building g WHERE g.school = :school AND g.code = :building
              )
              AND NOT EXISTS (
                  SELECT 1 FROM binding o WHERE o.school = :school AND o.building = :building
                    AND o.organizer_inn <> :organizer_inn AND o.valid_from <= :first
                    AND (o.valid_to IS NULL OR o.valid_to >= :last)
              )
          )
      )
    LIMIT 1
    """
)


def is_bound(
    transaction: Transaction,
    organizer_inn: str,
    school: str,
    building: str | None,
    first: date,
    last: date,
) -> bool:
    """Tell whether an organizer feeds a school, or a building of it, on a day of a period."""
    return bool(
        transaction.rows(
            _BOUND,
            organizer_inn=organizer_inn,
            school=school,
            building=building or "",
            first=first.isoformat(),
            last=last.isoformat(),
        )
    )
