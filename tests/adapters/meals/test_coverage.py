"""Two complexes and one default for every key, and what an organizer is told where they are not."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
import town
from nights import CALENDAR

from adapters.meals import models
from adapters.meals.coverage import horizon
from adapters.meals.repository import coverage
from gateway.delivery.mail import Sender
from registry import notices
from registry.kinds import ParticipantKind
from registry.notices import Board, NoticeCode
from registry.participants import Newcomer, Registrar

DAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 15)
BREAKFAST = town.complex_of(town.BREAKFAST, town.YOUNGER)
OTHER = town.complex_of(town.BREAKFAST, town.YOUNGER, other=True)
SCHOOL_1 = [town.SCHOOL_1.code]


@pytest.fixture
def published(night):
    with night.database.writing() as transaction:
        town.publish(transaction, [DAY])
    return night


def change(night, statement):
    with night.database.writing() as transaction:
        transaction.execute(statement)


def withdraw(night, one):
    change(night, sa.delete(models.offer).where(models.offer.c.code == one.code))


def problems(night, schools=SCHOOL_1, **more):
    with night.database.reading() as transaction:
        return coverage.problems(transaction, town.INN, DAY, DAY, schools, **more)


def gaps(night, day=DAY, schools=SCHOOL_1):
    with night.database.reading() as transaction:
        return coverage.gaps(transaction, town.INN, [day], schools)


def test_two_complexes_and_one_default_are_enough(published):
    assert problems(published) == []
    assert gaps(published) == []


def test_one_complex_is_too_few_for_every_category(published):
    withdraw(published, OTHER)
    found = problems(published)
    assert {(one.building, one.pchvr) for one in found} == {
        (building, category)
        for building in town.SCHOOL_1.buildings
        for category in ("", town.FULL, town.HALF, town.SUM)
    }
    assert {(one.complexes, one.defaults) for one in found} == {(1, 1)}
    assert all(one.is_short and not one.is_default_wrong for one in found)


def test_no_default_is_a_problem(published):
    extra = models.complex_revision
    change(
        published, sa.update(extra).where(extra.c.code == BREAKFAST.code).values(is_default=False)
    )
    assert {(one.complexes, one.defaults) for one in problems(published)} == {(2, 0)}
    assert all(one.is_default_wrong and not one.is_short for one in problems(published))


def test_two_defaults_are_a_problem(published):
    extra = models.complex_revision
    change(published, sa.update(extra).where(extra.c.code == OTHER.code).values(is_default=True))
    assert {(one.complexes, one.defaults) for one in problems(published)} == {(2, 2)}


def test_a_complex_for_one_category_does_not_count_for_others(published):
    with published.database.writing() as transaction:
        only = {"complex_id": town.complex_id(transaction, OTHER), "pchvr": town.FULL}
        transaction.execute(sa.insert(models.complex_pchvr), [only])
    assert {one.pchvr for one in problems(published)} == {"", town.HALF, town.SUM}


def test_a_complex_of_one_building_does_not_count_for_the_other(published):
    offer = models.offer
    change(published, sa.update(offer).where(offer.c.code == OTHER.code).values(building="A"))
    assert {one.building for one in problems(published)} == {"B"}


def test_drafts_count_only_when_asked(published):
    change(published, sa.update(models.offer).values(publication=None))
    withdraw(published, OTHER)
    assert problems(published) == []
    assert problems(published, with_drafts=True) != []


def test_the_menu_of_another_organizer_is_not_looked_at(published):
    withdraw(published, OTHER)
    assert problems(published, [town.SCHOOL_2.code]) == []


def test_pupils_without_any_menu_are_a_gap(published):
    offer = models.offer
    lunch = sa.delete(offer).where(offer.c.code.like(f"{town.DIET}-{town.LUNCH}-%"))
    change(published, lunch)
    (gap,) = gaps(published)
    assert (gap.building, gap.menu_type, gap.meal_type) == ("A", town.DIET, town.LUNCH)
    assert (gap.age_category, gap.pchvr, gap.complexes) == (town.YOUNGER, town.HALF, 0)
    assert problems(published) == []


def test_a_day_without_meals_by_the_schedule_needs_no_menu(night):
    assert gaps(night, SUNDAY) == []
    assert gaps(night, DAY) != []


def test_menus_are_asked_for_two_weeks_and_five_working_days():
    assert horizon(CALENDAR, date(2026, 11, 2)) == (date(2026, 11, 3), date(2026, 11, 23))


@pytest.fixture
def told(published, registry_database, clock):
    """The job with the first organizer in the registry."""
    registrar = Registrar(registry_database, clock, "оператор", services=set)
    one = town.ORGANIZER
    registrar.add(Newcomer(one.code, one.name, ParticipantKind.ORGANIZER, inn=one.inn))
    published.registry = registry_database
    published.offices = {Board: Board(uuid4, lambda *_: (), Sender("hub@example.org", "Узел"))}
    published.everyone = lambda: (town.ORGANIZER, town.SCHOOL_SYSTEM)
    return published


def heard(night):
    with night.registry.reading() as transaction:
        return notices.since(transaction, town.ORGANIZER.code, 0, 10)


def test_an_organizer_is_told_of_gaps_once_a_day(told):
    told.at(DAY - timedelta(days=1), "06:00")
    told.run("meal.menu_coverage")
    told.run("meal.menu_coverage")
    (notice,) = heard(told)
    assert notice.code is NoticeCode.MENU_GAPS
    assert "17.11.2026, SCH-1, корпус A, BREAKFAST" in notice.text
    assert "16.11.2026, SCH-1" not in notice.text


def test_an_organizer_whose_menus_are_whole_is_told_nothing(told):
    first, last = horizon(CALENDAR, DAY)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    with told.database.writing() as transaction:
        town.publish(transaction, days)
    told.at(DAY, "06:00").run("meal.menu_coverage")
    assert heard(told) == []


def test_days_after_the_end_of_a_binding_are_no_gap(night):
    binding = models.binding
    of_school = binding.c.school == town.SCHOOL_1.code
    change(night, sa.update(binding).where(of_school).values(valid_to=DAY))
    with night.database.reading() as transaction:
        days = [DAY, DAY + timedelta(days=1)]
        found = coverage.gaps(transaction, town.INN, days, SCHOOL_1)
    assert {gap.day for gap in found} == {DAY}
