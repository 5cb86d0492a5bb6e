"""A school with everybody in it for the demo and the test contour: all of them are invented."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from adapters.meals.region.fill import enter_school
from adapters.meals.region.ground import enter_ground
from adapters.meals.region.plan import VILLAGE, Organizer, Pupil, Region, School
from gateway.adapter import AccountStatus
from gateway.storage.database import Transaction

OPEN_ACCOUNTS = 30
"""Accounts that the demo pays to; more pupils of the school have one."""
SCHOOL_CODE = "DEMO-SCHOOL-1"

_SEED = 0
_YEAR = 2025
_NAME = "Демонстрационная школа № 1"


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """What the seed leaves to pay to."""

    open: tuple[str, ...]
    blocked: str
    closed: str


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
