"""The town of the tests is one that the rules accept."""

from datetime import date

import pytest
import town

from adapters.meals.repository import menu
from gateway.kernel import identifiers

DAY = date(2026, 11, 16)


@pytest.fixture
def published(contour_database):
    with contour_database.writing() as transaction:
        town.settle(transaction)
        town.publish(transaction, [DAY])
        yield transaction


@pytest.mark.parametrize(
    "pupil", [town.IVAN, town.TIMUR, town.DARYA, town.GLEB], ids=lambda p: p.id
)
def test_a_pupil_is_offered_two_complexes_of_each_meal(published, pupil):
    offers = menu.offers_to(published, pupil.account, DAY)
    age, inn = pupil.school_class.age_category, pupil.school_class.school.organizer_inn
    expected = [
        town.complex_of(meal, age, other=other, menu_type=pupil.menu_type, organizer_inn=inn)
        for meal in (town.BREAKFAST, town.LUNCH)
        for other in (False, True)
    ]
    assert [(o.code, o.is_default, o.full) for o in offers] == [
        (one.code, one.is_default, one.price) for one in expected
    ]


def test_nobody_else_is_offered_anything(published):
    assert menu.offers_to(published, town.EGOR.account, DAY) == []
    assert menu.offers_to(published, town.ROMAN.account, DAY) == []


def test_numbers_of_persons_have_right_check_digits():
    people = [*town.CHILDREN, *town.TEACHERS, *town.MEAL_ADMINS]
    assert not [one for one in people if identifiers.check_snils(one.snils).failed]
