"""Municipalities of a contour, and how much of school meals lies in each."""

from datetime import date
from typing import NamedTuple

from adapters.meals import models
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_OVERVIEW = Query(
    """
    SELECT m.code, m.name, m.participant,
           (SELECT count(*) FROM school s WHERE s.municipality = m.code AND NOT s.is_closed),
           (
               SELECT count(*) FROM school s JOIN school_class c ON c.school = s.code
               JOIN pupil p ON p.class_code = c.code
               WHERE s.municipality = m.code AND (p.until IS NULL OR p.until >= :today)
           ),
           (
               SELECT count(DISTINCT b.organizer_inn)
               FROM school s JOIN binding b ON b.school = s.code
               WHERE s.municipality = m.code AND b.valid_from <= :today
                 AND (b.valid_to IS NULL OR b.valid_to >= :today)
           )
    FROM municipality m ORDER BY m.code
    """
)


class Overview(NamedTuple):
    """A municipality with what is in it today."""

    code: str
    name: str
    participant: str | None
    """Whose scope it is in the role OMSU."""
    schools: int
    pupils: int
    organizers: int


def put_municipality(
    transaction: Transaction, code: str, name: str, participant: str | None
) -> None:
    """Enter a municipality, or change its name and whose scope it is."""
    transaction.insert(
        models.municipality,
        ("code", "name", "participant"),
        [(code, name, participant)],
        "(code) DO UPDATE SET name = excluded.name, participant = excluded.participant",
    )


def overview(transaction: Transaction, today: date) -> list[Overview]:
    """Return every municipality by its code."""
    transaction.for_report()
    return [Overview(*row) for row in transaction.rows(_OVERVIEW, today=today.isoformat())]
