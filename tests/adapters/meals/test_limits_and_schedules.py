"""Credit limits and schedules of meals of a school (MEAL-ADM-03, MEAL-CAT-13)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from admin_counter import OPERATOR

from adapters.meals import errors, models
from adapters.meals.messages import (
    ScheduledMealType,
    SetCreditLimitRequest,
    SetMealScheduleRequest,
)
from gateway.kernel.errors import NotAllowed, NotFound, ValidationError

TODAY = date(2026, 11, 16)
TOMORROW = TODAY + timedelta(days=1)


def limit(amount, day=TOMORROW, school=town.SCHOOL_1):
    return SetCreditLimitRequest(school_code=school.code, amount=Decimal(amount), valid_from=day)


def limits(counter):
    c = models.credit_limit.c
    with counter.database.reading() as transaction:
        found = sa.select(c.valid_from, c.amount).where(c.school == town.SCHOOL_1.code)
        return sorted(map(tuple, transaction.execute(found)))


def test_a_limit_begins_with_its_day_and_has_a_version(counter):
    assert counter.send(limit("0.00")).version == 2
    assert limits(counter) == [(town.SINCE, Decimal("300.00")), (TOMORROW, Decimal("0.00"))]


def test_a_repeat_of_a_limit_has_the_version_of_the_first_time(counter):
    assert counter.send(limit("50.00")) == counter.send(limit("50.00"))
    counter.clock.advance(days=5)
    assert counter.send(limit("50.00")).version == 2


def test_another_amount_for_the_day_mends_the_first(counter):
    counter.send(limit("5000.00"))
    assert counter.send(limit("500.00")).version == 3
    assert limits(counter)[1:] == [(TOMORROW, Decimal("500.00"))]


def test_a_limit_of_a_closed_day_is_refused(counter):
    counter.clock.now = datetime(2026, 11, 16, 18, tzinfo=UTC)
    with pytest.raises(errors.LockedDay):
        counter.send(limit("50.00", TODAY))


def test_a_limit_of_a_foreign_school_is_refused(counter):
    with pytest.raises(NotAllowed):
        counter.send(limit("50.00", school=town.SCHOOL_2))
    assert counter.send(limit("50.00", school=town.SCHOOL_2), OPERATOR).version == 2


def meal(meal_type=town.LUNCH, start=time(12, 30), *weekdays):
    return ScheduledMealType(meal_type=meal_type, start_time=start, weekday=list(weekdays))


def schedule(*meals, **level):
    return SetMealScheduleRequest(
        school_code=town.SCHOOL_1.code, meal=list(meals) or [meal()], **level
    )


def meals_of(counter, building="", class_code=""):
    c = models.meal_schedule.c
    with counter.database.reading() as transaction:
        found = sa.select(c.meal_type, c.weekday, c.start_time).where(
            c.school == town.SCHOOL_1.code, c.building == building, c.class_code == class_code
        )
        return sorted(map(tuple, transaction.execute(found)))


def test_a_schedule_replaces_its_level_and_no_other(counter):
    in_b = meals_of(counter, "B")
    answer = counter.send(schedule(meal(), meal(town.BREAKFAST, time(9), 1, 2)))
    assert answer.version == 2
    assert meals_of(counter) == [
        (town.BREAKFAST, 1, "09:00"),
        (town.BREAKFAST, 2, "09:00"),
        *((town.LUNCH, day, "12:30") for day in range(1, 8)),
    ]
    assert meals_of(counter, "B") == in_b


def test_a_repeat_of_a_schedule_has_the_version_of_the_first_time(counter):
    lunch = [meal(town.LUNCH, time(12, 30), day) for day in range(1, 8)]
    assert counter.send(schedule()).version == counter.send(schedule(*lunch)).version == 2
    assert counter.send(schedule(building_code="B")).version == 3
    assert counter.send(schedule()).version == 2


def test_a_class_has_one_schedule_whatever_building_it_is_named_with(counter):
    code = town.CLASS_7B.code
    assert counter.send(schedule(building_code="B", class_code=code)).version == 2
    assert counter.send(schedule(class_code=code)).version == 2
    assert len(meals_of(counter, class_code=code)) == 7


@pytest.mark.parametrize(
    "level",
    [
        {"building_code": "Z"},
        {"class_code": "Z"},
        {"class_code": town.CLASS_4G.code},
        {"building_code": "A", "class_code": town.CLASS_7B.code},
    ],
    ids=str,
)
def test_a_schedule_of_what_the_school_does_not_have_is_refused(counter, level):
    with pytest.raises(NotFound):
        counter.send(schedule(**level))


@pytest.mark.parametrize(
    "meals",
    [[meal(), meal(town.LUNCH, time(13), 3)], [meal(town.LUNCH, time(12, 30, 15))]],
    ids=["twice a day", "with seconds"],
)
def test_a_schedule_that_cannot_be_is_refused(counter, meals):
    with pytest.raises(ValidationError):
        counter.send(schedule(*meals))


def test_a_schedule_of_a_foreign_school_is_refused(counter):
    asked = SetMealScheduleRequest(school_code=town.SCHOOL_2.code, meal=[meal()])
    with pytest.raises(NotAllowed):
        counter.send(asked)
