"""SVC-07 FormRequest: what a request is filled with, and when it is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from teachers import DAY, included, line_of, local

from adapters.meals import models
from adapters.meals.errors import CutOffPassed, NotToday
from adapters.meals.handlers.requests import form_request
from gateway.contracts.messages.common import ChoiceSource, RequestState
from gateway.kernel.errors import NotAllowed, NotFound
from gateway.kernel.message import ActingRole

PRESENT = {
    (pupil.account, meal)
    for pupil in (town.IVAN, town.MARIA, town.TIMUR)
    for meal in (town.BREAKFAST, town.LUNCH)
}


def test_it_is_filled_from_the_orders_of_the_day(teacher):
    response = teacher.form()

    assert (response.version, response.state) == (1, RequestState.FORMED)
    assert (response.class_name, response.duplicate) == ("3А", False)
    assert included(response.line) == PRESENT
    line = line_of(response.line, town.TIMUR, town.LUNCH)
    assert line.complex_code == "DIET-LUNCH-AGE_7_11-1"
    assert line.source is ChoiceSource.DEFAULT
    assert (line.to_pay, line.balance) == (Decimal("75.00"), Decimal("0.00"))
    assert (line.pupil_id, line.pupil_name.last_name) == (town.TIMUR.id, "Гареев")


def test_lines_stand_by_the_time_of_the_meal_and_by_name(teacher):
    lines = teacher.form().line

    names = [(line.meal_type, line.pupil_name.last_name) for line in lines]
    assert names == [
        (meal, name)
        for meal in (town.BREAKFAST, town.LUNCH)
        for name in ("Белова", "Гареев", "Соколов")
    ]


def test_it_is_printed_an_hour_before_each_meal(teacher):
    deadlines = {one.meal_type: one.at for one in teacher.form().print_deadline}

    assert deadlines == {town.BREAKFAST: local("08:20"), town.LUNCH: local("11:10")}


def test_a_building_with_a_schedule_of_its_own_has_deadlines_of_its_own(teacher):
    response = teacher.of(town.TEACHER_7B, town.CLASS_7B).form()

    deadlines = {one.meal_type: one.at for one in response.print_deadline}
    assert deadlines[town.LUNCH] == local("12:00")


def test_who_was_absent_at_the_first_lesson_is_left_out_of_every_meal(teacher):
    teacher.mark(town.IVAN, present=False)

    lines = teacher.form().line

    assert not any(line.present for line in lines if line.account == town.IVAN.account)
    assert included(lines) == {key for key in PRESENT if key[0] != town.IVAN.account}


def test_a_later_mark_brings_a_pupil_back(teacher):
    teacher.mark(town.IVAN, present=False)
    teacher.mark(town.IVAN, present=True, lesson=2)

    assert included(teacher.form().line) == PRESENT


def test_a_pupil_without_marks_is_expected(teacher):
    teacher.mark(town.MARIA, present=True)

    assert all(line.present for line in teacher.form().line)


def test_whoever_has_left_the_class_is_not_in_it(teacher):
    with teacher.transaction() as transaction:
        gone = sa.update(models.pupil).where(models.pupil.c.account == town.IVAN.account)
        transaction.execute(gone.values(until=DAY - timedelta(days=1)))

    assert included(teacher.form().line) == {k for k in PRESENT if k[0] != town.IVAN.account}


def test_whoever_has_come_into_the_class_is_in_it(teacher):
    with teacher.transaction() as transaction:
        moved = sa.update(models.pupil).where(models.pupil.c.account == town.LEV.account)
        transaction.execute(moved.values(class_code=town.CLASS_3A.code))

    assert (town.LEV.account, town.LUNCH) in included(teacher.form().line)


def test_earlier_meals_of_the_day_count_before_credit_is_exceeded(teacher):
    # Credit 300.00; breakfast 95.55, lunch 150.00.
    teacher.top_up(town.IVAN, "-54.46")

    lines = teacher.form().line

    assert not line_of(lines, town.IVAN, town.BREAKFAST).credit_exceeded
    assert line_of(lines, town.IVAN, town.LUNCH).credit_exceeded


def test_exactly_the_whole_credit_is_not_exceeded(teacher):
    teacher.top_up(town.IVAN, "-54.45")

    assert not line_of(teacher.form().line, town.IVAN, town.LUNCH).credit_exceeded


def test_without_credit_any_debt_is_marked_and_a_free_meal_is_not(teacher):
    lines = teacher.of(town.TEACHER_4G, town.CLASS_4G).form().line

    assert line_of(lines, town.ALINA, town.BREAKFAST).credit_exceeded
    assert not line_of(lines, town.OLEG, town.BREAKFAST).credit_exceeded


def test_forming_again_returns_the_one_that_is_there(teacher):
    first = teacher.form()
    teacher.mark(town.IVAN, present=False)

    again = teacher.at("10:00").form()

    assert again.duplicate
    assert (again.request_id, again.version) == (first.request_id, 1)
    assert (again.formed_at, again.line) == (first.formed_at, first.line)


def test_a_class_without_orders_has_an_empty_request(teacher):
    with teacher.transaction() as transaction:
        transaction.execute(sa.delete(models.meal_order))

    response = teacher.form()

    assert (response.line, response.print_deadline) == ([], [])
    assert teacher.get().state is RequestState.FORMED


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), DAY + timedelta(days=1)])
def test_only_today_has_a_request(teacher, day):
    assert isinstance(teacher.refused(form_request, teacher.forming(day)), NotToday)


def test_today_is_the_day_in_tyumen(teacher):
    teacher.at("00:00:00")

    assert teacher.form().version == 1


def test_it_is_formed_until_23_00_sharp(teacher):
    assert teacher.at("22:59:59").form().version == 1

    other = teacher.of(town.TEACHER_7B, town.CLASS_7B).at("23:00:00")
    assert isinstance(other.refused(form_request, other.forming()), CutOffPassed)


def test_after_23_00_one_that_was_formed_is_still_returned(formed):
    response = formed.at("23:00:00").form()

    assert (response.duplicate, response.state) == (True, RequestState.LOCKED)


@pytest.mark.parametrize("code", [town.CLASS_7B.code, "SCH-1/NONE"], ids=["foreign", "none"])
def test_a_foreign_class_and_none_look_alike(teacher, code):
    refusal = teacher.refused(form_request, teacher.forming(class_code=code))

    assert type(refusal) is NotAllowed
    assert (refusal.text, refusal.findings) == (NotAllowed.message, ())


def test_a_class_is_looked_for_in_its_own_school(teacher):
    refusal = teacher.refused(form_request, teacher.forming(school_code=town.SCHOOL_2.code))

    assert isinstance(refusal, NotFound)


@pytest.mark.parametrize(
    ("person", "role"),
    [(town.MOTHER, ActingRole.PARENT), (town.MEAL_ADMIN, ActingRole.MEAL_ADMIN)],
    ids=["parent", "meal administrator"],
)
def test_only_a_class_teacher_forms_requests(teacher, person, role):
    teacher.person, teacher.role = person, role

    assert isinstance(teacher.refused(form_request, teacher.forming()), NotAllowed)


def test_without_a_schedule_there_are_no_deadlines(teacher):
    with teacher.transaction() as transaction:
        transaction.execute(sa.delete(models.meal_schedule))

    response = teacher.form()

    assert response.print_deadline == []
    assert included(response.line) == PRESENT
