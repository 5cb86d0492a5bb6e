"""JOB-05 and JOB-06: teachers are reminded to print, classes without a request are listed."""

from datetime import date

import pytest
import sqlalchemy as sa
import town
from nights import form_request, local

from adapters.meals import models

DAY = date(2026, 11, 16)


@pytest.fixture
def morning(night):
    with night.database.writing() as transaction:
        town.publish(transaction, [DAY], [town.SCHOOL_1])
    night.at(date(2026, 11, 9), "00:00").run("meal.default_complex")
    return night


def form(night, school_class, *, printed=False):
    with night.database.writing() as transaction:
        number = form_request(transaction, school_class, DAY)
        if printed:
            request = models.class_request
            values = {"printed_at": local(DAY, "08:00"), "state": "SENT"}
            transaction.execute(sa.update(request).where(request.c.id == number).values(**values))


def told(night, *clocks):
    for clock in clocks:
        night.at(DAY, clock).run("meal.print_deadline")
    rows = night.table(models.meal_notice, account="", day=DAY)
    return sorted((row.class_code, row.meal_type, row.code) for row in rows)


A, B = town.CLASS_3A.code, town.CLASS_7B.code


def test_nobody_is_reminded_earlier_than_90_minutes(morning):
    assert told(morning, "07:45") == []


def test_teachers_are_reminded_90_minutes_before_the_meal(morning):
    assert told(morning, "07:50", "07:55") == [
        (A, town.BREAKFAST, "PRINT_SOON"),
        (B, town.BREAKFAST, "PRINT_SOON"),
    ]


def test_an_hour_before_the_meal_it_is_late(morning):
    assert told(morning, "08:20", "08:25") == [
        (A, town.BREAKFAST, "PRINT_OVERDUE"),
        (B, town.BREAKFAST, "PRINT_OVERDUE"),
    ]


def test_the_schedule_of_the_building_wins(morning):
    form(morning, town.CLASS_3A)
    soon = [line for line in told(morning, "10:40") if line[2] == "PRINT_SOON"]
    assert soon == [(A, town.LUNCH, "PRINT_SOON")]
    assert (B, town.LUNCH, "PRINT_SOON") in told(morning, "11:30")


def test_a_printed_request_needs_no_reminder(morning):
    form(morning, town.CLASS_3A, printed=True)
    form(morning, town.CLASS_7B)
    assert {line[0] for line in told(morning, "07:50", "08:20")} == {B}


def test_classes_without_a_request_are_listed_once(morning):
    form(morning, town.CLASS_3A)
    for _ in range(2):
        morning.at(DAY, "23:05").run("meal.unformed_report")
    (row,) = morning.table(models.unformed_class)
    assert (row.class_code, row.school, row.orders) == (B, town.SCHOOL_1.code, 3)
