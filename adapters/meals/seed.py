"""A school with everybody in it for the demo and the test contour: all of them are invented."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from adapters.meals.region.day import order_day
from adapters.meals.region.dishes import BREAKFAST, LUNCH
from adapters.meals.region.fill import enter_school
from adapters.meals.region.ground import enter_ground
from adapters.meals.region.plan import VILLAGE, Organizer, Pupil, Region, School
from adapters.meals.region.publish import publish_days
from adapters.meals.region.rows import contract_of
from adapters.meals.times import days_of, is_frozen
from gateway.adapter import AccountStatus
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from registry.calendar import CalendarMissing, ProductionCalendar, SchoolCalendar, local_date

OPEN_ACCOUNTS = 30
"""Accounts that the demo pays to; more pupils of the school have one."""
SCHOOL_CODE = "DEMO-SCHOOL-1"

_SEED = 0
_YEAR = 2025
_NAME = "Демонстрационная школа № 1"
_MANY = "MANY_CHILDREN"
_FARTHEST_FREEZE = timedelta(days=60)
_OFFERED = Query("SELECT 1 FROM offer WHERE school = :school AND day = :day LIMIT 1")


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """What the seed leaves to pay to."""

    open: tuple[str, ...]
    blocked: str
    closed: str


class DemoPupil(NamedTuple):
    """A pupil as the school system knows it."""

    id: str
    account: str


@dataclass(frozen=True, slots=True)
class DemoClass:
    """A class with its teacher and one family of it, as the school and the organizer know them."""

    school: str
    code: str
    name: str
    weekdays: frozenset[int]
    """Days with lessons, Monday is 0."""
    contract: str
    """Number of the contract by which the organizer feeds the school."""
    pupils: tuple[DemoPupil, ...]
    teacher_oid: str
    """Account of the teacher in ЕСИА, as `parent_oid`."""
    child: DemoPupil
    """To whom a part of what meals cost is paid back."""
    parent_oid: str
    stranger: str
    """An account of another class."""

    def is_meal_day(self, calendar: ProductionCalendar, day: date) -> bool:
        """Tell whether the class eats on a day; raise CalendarMissing."""
        return SchoolCalendar(calendar, self.weekdays).is_meal_day(day)


def seed_demo(transaction: Transaction, organizer_inn: str, organizer_name: str) -> DemoAccounts:
    """Enter the demo school, the organizer and its accounts; rows that exist stay as they are."""
    region = demo_region(organizer_inn, organizer_name)
    school = _demo_school(region)
    settled_at = datetime.combine(region.since, time(), UTC)
    enter_ground(transaction, region, settled_at)
    enter_school(transaction, region, school, settled_at)
    numbers = [pupil.account for pupil in school.pupils]
    return DemoAccounts(
        open=tuple(numbers[:OPEN_ACCOUNTS]),
        blocked=numbers[OPEN_ACCOUNTS],
        closed=numbers[OPEN_ACCOUNTS + 1],
    )


def demo_class(organizer_inn: str, organizer_name: str) -> DemoClass:
    """Return the class of the first pupil who has both meals and a family with many children."""
    region = demo_region(organizer_inn, organizer_name)
    school = _demo_school(region)
    child = next(
        one
        for one in school.pupils[:OPEN_ACCOUNTS]
        if one.pchvr == _MANY and one.meals == (BREAKFAST, LUNCH) and not one.is_home_study
    )
    led = next(one for one in school.classes if one.code == child.class_code)
    others = (one for one in school.pupils if one.class_code != led.code)
    return DemoClass(
        school=school.code,
        code=led.code,
        name=led.name,
        weekdays=frozenset(day - 1 for day in school.weekdays),
        contract=contract_of(region, school.organizer),
        pupils=tuple(
            DemoPupil(one.id, one.account) for one in school.pupils if one.class_code == led.code
        ),
        teacher_oid=led.teacher.oid,
        child=DemoPupil(child.id, child.account),
        parent_oid=child.guardians[0].oid,
        stranger=next(one.account for one in others if one.guardians != child.guardians),
    )


def lay_tables(
    transaction: Transaction,
    organizer_inn: str,
    organizer_name: str,
    calendar: ProductionCalendar,
    now: datetime,
) -> list[date]:
    """Enter what families would have chosen weeks ago: menus and orders of the frozen days.

    A day for which anything is offered stays as it is, and nothing is laid beyond the calendar.
    Return the days that got a menu.
    """
    region, today = demo_region(organizer_inn, organizer_name), local_date(now)
    laid = []
    with suppress(CalendarMissing):
        for day in days_of(today, today + _FARTHEST_FREEZE):
            if not is_frozen(calendar, day, now):
                break
            if transaction.rows(_OFFERED, school=SCHOOL_CODE, day=day.isoformat()):
                continue
            if publish_days(transaction, region, day, day, calendar, now):
                order_day(transaction, day, now)
                laid.append(day)
    return laid


def demo_region(organizer_inn: str, organizer_name: str) -> Region:
    """Return the region of the demo: one village, whose accounts begin with the first of all."""
    return Region(
        _SEED, VILLAGE, _YEAR, prefix="DEMO", organizer=Organizer(organizer_inn, organizer_name)
    )


def _demo_school(region: Region) -> School:
    """Return the only school under the name of the demo, with a blocked and a closed account."""
    (school,) = region.schools()
    pupils = list(school.pupils)
    pupils[OPEN_ACCOUNTS] = pupils[OPEN_ACCOUNTS]._replace(status=AccountStatus.BLOCKED.value)
    pupils[OPEN_ACCOUNTS + 1] = _gone(pupils[OPEN_ACCOUNTS + 1], region.since)
    return replace(school, name=_NAME, short_name=_NAME, pupils=tuple(pupils))


def _gone(pupil: Pupil, since: date) -> Pupil:
    """Let a pupil leave the school in its first week: the account is closed."""
    return pupil._replace(status=AccountStatus.CLOSED.value, until=since + timedelta(days=6))
