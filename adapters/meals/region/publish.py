"""Menus of a period: every organizer of a region publishes the days of its cycle."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from adapters.meals import models
from adapters.meals.region import dishes
from adapters.meals.region.plan import Region
from adapters.meals.region.rows import NO_MESSAGE, digest, identifier
from adapters.meals.times import days_of
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from registry.calendar.school import RestCalendar, SchoolCalendar

_WEEK = 7
_VERSION = 1
_COMPLEXES = Query(
    """
    SELECT organizer_inn, code, id FROM complex_revision
    WHERE organizer_inn IN {inns:text} AND is_current
    """
)
_BOUND = Query(
    """
    SELECT b.school, b.building, b.organizer_inn,
           (SELECT max(m.weekday) FROM meal_schedule m WHERE m.school = b.school)
    FROM binding b JOIN school s ON s.code = b.school
    WHERE s.municipality IN {municipalities:text} AND b.organizer_inn IN {inns:text}
    ORDER BY b.school, b.building
    """
)


class _Bound(NamedTuple):
    school: str
    building: str
    organizer_inn: str
    last_weekday: int


def publish_days(
    transaction: Transaction,
    region: Region,
    first: date,
    last: date,
    calendar: RestCalendar,
    now: datetime,
) -> int:
    """Publish the menus of a filled region, both days included; return how many offers there are.

    A day of rest has none, Saturday only where there are lessons. What is published stays. Raises
    CalendarMissing.
    """
    inns = [organizer.inn for organizer in region.organizers]
    publications = {inn: identifier("publication", inn, first, last) for inn in inns}
    _enter_publications(transaction, region, publications, first, last, now)
    numbers = {
        (inn, code): int(number) for inn, code, number in transaction.rows(_COMPLEXES, inns=inns)
    }
    places = [place.code for place in region.municipalities]
    bound = [_Bound(*row) for row in transaction.rows(_BOUND, municipalities=places, inns=inns)]
    offers = 0
    for day in days_of(first, last):
        rows = list(_offers(bound, day, calendar, numbers, publications))
        offers += len(rows)
        transaction.insert(
            models.offer,
            (
                "school",
                "day",
                "building",
                "organizer_inn",
                "code",
                "complex_id",
                "publication",
                "version",
            ),
            rows,
            "DO NOTHING",
        )
    return offers


def cycle_day(day: date) -> int:
    """Return the day of the two-week cycle, from 0; nobody cooks on Sundays."""
    week = (day.toordinal() - 1) // _WEEK % 2
    return week * (_WEEK - 1) + day.weekday()


def _enter_publications(
    transaction: Transaction,
    region: Region,
    publications: Mapping[str, UUID],
    first: date,
    last: date,
    now: datetime,
) -> None:
    transaction.insert(
        models.publication,
        (
            "id",
            "sender",
            "publication_id",
            "organizer_inn",
            "period_from",
            "period_to",
            "state",
            "digest",
            "decided_at",
            "entry",
        ),
        [
            (
                number,
                region.mark,
                f"{inn}/{first}/{last}",
                inn,
                first,
                last,
                "PUBLISHED",
                digest(inn, str(first), str(last)),
                now,
                NO_MESSAGE,
            )
            for inn, number in publications.items()
        ],
        "DO NOTHING",
    )


def _offers(
    bound: list[_Bound],
    day: date,
    calendar: RestCalendar,
    numbers: Mapping[tuple[str, str], int],
    publications: Mapping[str, UUID],
) -> Iterator[tuple[object, ...]]:
    codes = _codes(day)
    for place in bound:
        if not SchoolCalendar(calendar, frozenset(range(place.last_weekday))).is_meal_day(day):
            continue
        for code in codes:
            yield (
                place.school,
                day,
                place.building,
                place.organizer_inn,
                code,
                numbers[place.organizer_inn, code],
                publications[place.organizer_inn],
                _VERSION,
            )


def _codes(day: date) -> list[str]:
    if day.weekday() == _WEEK - 1:
        return []
    return [mealset.code for mealset in dishes.sets_of(cycle_day(day))]
