"""Pupils are given a category, meals and a menu type by days (MEAL-ADM-01)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import town
from admin_counter import MEAL_ADMIN, OPERATOR, OTHER_MEAL_ADMIN, new_id

from adapters.meals import models
from adapters.meals.messages import PupilSettingsType, SetPupilMealSettingsRequest
from adapters.meals.repository import menu, settings
from gateway.kernel.errors import DuplicateConflict

TODAY = date(2026, 11, 16)
DECEMBER = date(2026, 12, 1)


def row(**changes):
    values = {
        "account": town.IVAN.account,
        "pchvr_code": town.HALF,
        "meal_type": [town.LUNCH],
        "menu_type_code": town.DIET,
        "valid_from": DECEMBER,
    }
    return PupilSettingsType(**{**values, **changes})


def request(*rows):
    return SetPupilMealSettingsRequest(set_id=new_id(), item=list(rows))


def told(answer):
    return [(one.result.value, one.error and one.error.code.value) for one in answer.result]


def standing(counter, pupil):
    with counter.database.reading() as transaction:
        found = settings.settings_of(transaction, [pupil.account])
    return [(one.valid_from, one.valid_to, one.menu_type) for one in found[pupil.account]]


def test_what_a_pupil_may_be_given_changes_from_the_day(counter):
    days = [DECEMBER - timedelta(days=1), DECEMBER]
    with counter.database.writing() as transaction:
        town.publish(transaction, days)
    assert told(counter.send(request(row()))) == [("UPDATED", None)]
    with counter.database.reading() as transaction:
        before, after = (menu.offers_to(transaction, town.IVAN.account, day) for day in days)
    assert {one.meal_type for one in before} == {town.BREAKFAST, town.LUNCH}
    assert {one.code[:4] for one in before} == {"BASI"}
    assert {(one.meal_type, one.code[:4]) for one in after} == {(town.LUNCH, "DIET")}
    assert all(one.discount > 0 for one in after)


def test_earlier_settings_end_on_the_eve_and_do_not_return(counter):
    counter.send(request(row(valid_to=date(2026, 12, 31))))
    assert standing(counter, town.IVAN) == [
        (town.SINCE, date(2026, 11, 30), town.BASIC),
        (DECEMBER, date(2026, 12, 31), town.DIET),
    ]


def test_later_settings_give_way_on_the_days_that_are_set_anew(counter):
    counter.send(request(row(valid_to=date(2026, 12, 31))))
    counter.send(
        request(row(valid_from=TODAY, valid_to=date(2026, 12, 10), menu_type_code=town.BASIC))
    )
    assert standing(counter, town.IVAN) == [
        (town.SINCE, date(2026, 11, 15), town.BASIC),
        (TODAY, date(2026, 12, 10), town.BASIC),
        (date(2026, 12, 11), date(2026, 12, 31), town.DIET),
    ]


def test_what_holds_already_changes_nothing(counter):
    same = row(pchvr_code=None, meal_type=[town.LUNCH, town.BREAKFAST], menu_type_code=town.BASIC)
    before = standing(counter, town.IVAN)
    assert told(counter.send(request(same))) == [("UNCHANGED", None)]
    assert standing(counter, town.IVAN) == before


def test_days_without_settings_are_set_for_the_first_time(counter):
    with counter.database.writing() as transaction:
        gone = models.pupil_setting.c.account == town.IVAN.account
        transaction.execute(sa.delete(models.pupil_setting).where(gone))
    assert told(counter.send(request(row()))) == [("CREATED", None)]


def test_a_repeat_gets_the_first_answer_and_does_nothing(counter):
    asked = request(row(), row(account=town.ALINA.account))
    first = counter.send(asked)
    counter.send(request(row(menu_type_code=town.BASIC)))
    before = standing(counter, town.IVAN)
    assert counter.send(asked) == first
    assert standing(counter, town.IVAN) == before


def test_a_repeat_with_other_content_is_a_conflict(counter):
    asked = request(row())
    counter.send(asked)
    with pytest.raises(DuplicateConflict):
        counter.send(replace(asked, item=[row(menu_type_code=town.BASIC)]))


def test_a_repeat_for_another_person_is_a_conflict(counter):
    asked = request(row())
    counter.send(asked)
    with pytest.raises(DuplicateConflict):
        counter.send(asked, OTHER_MEAL_ADMIN)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"account": town.ALINA.account}, "PUPIL_UNKNOWN"),
        ({"account": "1234567890"}, "PUPIL_UNKNOWN"),
        ({"account": town.ROMAN.account}, "PUPIL_UNKNOWN"),
        ({"valid_to": TODAY}, "VALUE_INVALID"),
        ({"meal_type": ["LUNCH", "LUNCH"]}, "VALUE_INVALID"),
        ({"meal_type": ["BRUNCH"]}, "VALUE_INVALID"),
        ({"valid_from": TODAY - timedelta(days=1)}, "LOCKED_DAY"),
        ({"menu_type_code": "VEGAN"}, "CATEGORY_UNKNOWN"),
        ({"pchvr_code": "VEGAN"}, "CATEGORY_UNKNOWN"),
        ({"valid_from": date(2026, 11, 16), "menu_type_code": "OLD"}, "CATEGORY_UNKNOWN"),
    ],
)
def test_a_wrong_row_is_refused_and_the_others_are_done(counter, changes, code):
    answer = counter.send(request(row(**changes), row(account=town.DARYA.account)))
    assert told(answer) == [("REJECTED", code), ("UPDATED", None)]


def test_a_second_row_of_a_pupil_and_day_is_refused(counter):
    answer = counter.send(request(row(), row(), row(valid_from=date(2026, 12, 20))))
    assert told(answer) == [("UPDATED", None), ("REJECTED", "ROW_DUPLICATE"), ("UNCHANGED", None)]


def test_a_foreign_pupil_and_one_who_is_not_look_alike(counter):
    foreign, missing = counter.send(
        request(row(account=town.ALINA.account), row(account="1234567890"))
    ).result
    assert foreign.error == missing.error


def test_the_operator_sets_for_every_school(counter):
    rows = [row(), row(account=town.ALINA.account)]
    assert told(counter.send(request(*rows), OPERATOR)) == [("UPDATED", None)] * 2


def test_two_thousand_rows_are_done_in_a_few_statements(counter):
    rows = [row(account=f"{number:010}") for number in range(1999)]
    answer = counter.send(request(row(), *rows), MEAL_ADMIN)
    assert told(answer)[:2] == [("UPDATED", None), ("REJECTED", "PUPIL_UNKNOWN")]
    assert 5 < len(counter.statements) < 20
