"""An invented village in the tables of a contour."""

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.ledger import MealsLedger
from adapters.meals.reconcile import reconcile
from adapters.meals.region import VILLAGE, Region, fill, fill_day, publish_days, top_up
from adapters.meals.repository import menu, people
from gateway.storage.database import Database, contour_metadata
from registry.calendar import ProductionCalendar

REGION = Region(1, VILLAGE, 2025)
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 14)
SCHOOL_DAY = date(2026, 3, 3)
TABLES = [table for table in contour_metadata.sorted_tables if table.name in models.__all__]


@pytest.fixture
def village(contour_database, clock):
    fill(contour_database, REGION, clock())
    with contour_database.writing() as transaction:
        publish_days(transaction, REGION, FIRST, LAST, ProductionCalendar.load(), clock())
    return contour_database


@pytest.fixture
def transaction(village):
    with village.writing() as transaction:
        yield transaction


def rows_of(database: Database) -> dict[str, str]:
    """Everything that the meals domain holds, opened: a digest per table."""
    with database.reading() as transaction:
        return {
            table.name: sha256(
                repr(sorted(map(tuple, transaction.execute(sa.select(table))))).encode()
            ).hexdigest()
            for table in TABLES
        }


def count(transaction, table):
    return transaction.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_both_databases_hold_the_same_village(
    sqlite_contour_database, postgresql_contour_database, clock
):
    for database in (sqlite_contour_database, postgresql_contour_database):
        fill(database, REGION, clock())
        with database.writing() as transaction:
            publish_days(transaction, REGION, FIRST, LAST, ProductionCalendar.load(), clock())
    assert rows_of(sqlite_contour_database) == rows_of(postgresql_contour_database)


def test_filling_again_changes_nothing(village, clock):
    before = rows_of(village)
    clock.advance(days=1)
    fill(village, REGION, clock())
    with village.writing() as transaction:
        publish_days(transaction, REGION, FIRST, LAST, ProductionCalendar.load(), clock())
    assert rows_of(village) == before


def test_two_villages_stand_side_by_side(village, clock):
    fill(village, Region(2, VILLAGE, 2025), clock())
    with village.reading() as transaction:
        assert count(transaction, models.school) == 2
        assert count(transaction, models.pupil) == 2 * VILLAGE.pupils


def test_everybody_has_an_account_and_meals(transaction):
    assert count(transaction, models.pupil) == VILLAGE.pupils
    assert count(transaction, models.personal_account) == VILLAGE.pupils
    assert count(transaction, models.pupil_setting) == VILLAGE.pupils


def test_names_are_sealed(transaction):
    kept = transaction.execute(sa.text("SELECT name FROM pupil")).scalars().all()
    assert all(name.startswith("1:") for name in kept)
    opened = set(transaction.execute(sa.select(models.pupil.c.name)).scalars())
    assert opened == {pupil.name.full for pupil in REGION.school(0).pupils}


def test_a_guardian_is_found_by_either_number_and_has_the_children(transaction):
    school = REGION.school(0)
    pupil = school.pupils[0]
    parent = pupil.guardians[0]
    hashed = sha256(parent.snils.encode()).hexdigest()
    found = {
        people.guardian_by(
            transaction, people.Mark("esia", people.esia_mark(transaction, parent.oid))
        ),
        people.guardian_by(
            transaction, people.Mark("snils", transaction.vault.mark("person.snils", hashed))
        ),
    }
    assert found == {parent.id}
    children = {one.account for one in school.pupils if parent in one.guardians}
    assert people.accounts_of_guardian(transaction, parent.id) == children


def test_a_teacher_leads_the_own_class(transaction):
    led = REGION.school(0).classes[0]
    mark = people.Mark("esia", people.esia_mark(transaction, led.teacher.oid))
    teacher = people.staff_by(transaction, "CLASS_TEACHER", mark)
    assert people.classes_of_staff(transaction, teacher.id) == {led.code}


def test_every_key_has_two_complexes_and_one_of_the_day(transaction):
    """MEAL-CAT-08, MEAL-CAT-09, for every category of compensation."""
    offer, complex_ = models.offer.c, models.complex_revision.c
    offered = transaction.execute(
        sa.select(offer.day, offer.school, complex_.meal_type, complex_.age_category)
        .add_columns(complex_.id, complex_.is_default)
        .join_from(models.offer, models.complex_revision, offer.complex_id == complex_.id)
    ).all()
    meant = Counter(transaction.execute(sa.select(models.complex_pchvr.c.complex_id)).scalars())
    keys = Counter(tuple(row[:4]) for row in offered if row.id not in meant)
    defaults = Counter(tuple(row[:4]) for row in offered if row.is_default)
    assert len(keys) == 9 * 2 * 2  # nine school days: the 9 March is a day off
    assert all(number >= 2 for number in keys.values())
    assert defaults == dict.fromkeys(keys, 1)


def test_every_pupil_is_offered_each_meal_that_is_set(transaction):
    for pupil in REGION.school(0).pupils:
        offers = menu.offers_to(transaction, pupil.account, SCHOOL_DAY)
        assert {offer.meal_type for offer in offers} == set(pupil.meals)
        for meal in pupil.meals:
            of_meal = [offer for offer in offers if offer.meal_type == meal]
            assert len(of_meal) >= 2
            assert sum(offer.is_default for offer in of_meal) == 1
            assert all(0 <= offer.to_pay <= offer.full for offer in of_meal)


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 3, 9), date(2026, 3, 7)])
def test_nobody_cooks_on_days_of_rest(transaction, day):
    found = sa.select(models.offer).where(models.offer.c.day == day)
    assert transaction.execute(found).first() is None


def test_accounts_are_topped_up_once(transaction, clock):
    topped = top_up(transaction, FIRST, clock())
    assert 0.8 * VILLAGE.pupils < topped <= VILLAGE.pupils
    assert top_up(transaction, FIRST, clock()) == 0
    assert reconcile(transaction, MealsLedger(transaction)) == []


def test_a_day_can_be_made_ready_for_its_debit(transaction, clock):
    top_up(transaction, FIRST, clock())
    eaters = [pupil for pupil in REGION.school(0).pupils if not pupil.is_home_study]
    meals = sum(len(pupil.meals) for pupil in eaters)
    assert fill_day(transaction, SCHOOL_DAY, clock()) == meals
    assert fill_day(transaction, SCHOOL_DAY, clock()) == 0
    assert count(transaction, models.meal_order) == meals
    assert count(transaction, models.class_request) == len(REGION.school(0).classes)
    line = models.request_line.c
    included = transaction.execute(sa.select(line.is_included)).scalars().all()
    assert 0.8 * meals < sum(included) < meals
    sources = set(transaction.execute(sa.select(models.meal_order.c.source)).scalars())
    assert sources == {"PARENT", "DEFAULT"}


def test_an_order_has_the_price_that_the_pupil_was_shown(transaction, clock):
    fill_day(transaction, SCHOOL_DAY, clock())
    order = models.meal_order.c
    chosen = transaction.execute(
        sa.select(order.account, order.complex_code, order.full_price, order.discount)
    ).all()
    for account, code, full, discount in chosen[:40]:
        offers = {one.code: one for one in menu.offers_to(transaction, account, SCHOOL_DAY)}
        assert (offers[code].full, offers[code].discount) == (full, discount)
