"""What pupils need by days within a period: exactly as their settings and bindings change."""

from datetime import date

import pytest
import sqlalchemy as sa
import town

from adapters.meals import models
from adapters.meals.repository import coverage

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
DAYS = [date(2026, 11, 14), date(2026, 11, 15), MONDAY, TUESDAY]


@pytest.fixture
def settled(contour_database):
    with contour_database.writing() as transaction:
        town.settle(transaction)
        yield transaction


def gaps(transaction, **more) -> set[tuple[date, str, str]]:
    found = coverage.gaps(transaction, town.INN, DAYS, [town.SCHOOL_1.code], **more)
    return {(one.day, one.menu_type, one.pchvr) for one in found}


def test_days_without_meals_need_nothing(settled):
    assert {day for day, *_ in gaps(settled)} == {MONDAY, TUESDAY}


def test_a_setting_is_needed_from_its_first_day_and_the_former_until_then(settled):
    town.publish(settled, DAYS, [town.SCHOOL_1])
    settled.execute(
        sa.delete(models.offer).where(
            models.offer.c.code.startswith(town.DIET), models.offer.c.day == MONDAY
        )
    )
    settled.execute(
        sa.delete(models.pupil_setting).where(models.pupil_setting.c.account == town.TIMUR.account)
    )
    settled.execute(
        sa.insert(models.pupil_setting),
        [
            {"account": town.TIMUR.account, "valid_from": first, "menu_type": menu, "entry": 1}
            for first, menu in ((town.SINCE, town.BASIC), (TUESDAY, town.DIET))
        ],
    )
    settled.execute(
        sa.insert(models.pupil_meal).values(
            account=town.TIMUR.account, valid_from=TUESDAY, meal_type=town.LUNCH
        )
    )

    assert gaps(settled) == set()


def test_a_draft_counts_only_when_asked(settled):
    town.publish(settled, DAYS, [town.SCHOOL_1])
    settled.execute(sa.update(models.offer).values(publication=None))

    assert gaps(settled, with_drafts=True) == set()
    assert {day for day, *_ in gaps(settled)} == {MONDAY, TUESDAY}


def test_what_another_feeds_is_not_needed_of_the_organizer(settled):
    settled.execute(sa.update(models.binding).values(valid_to=MONDAY))

    assert {day for day, *_ in gaps(settled)} == {MONDAY}
