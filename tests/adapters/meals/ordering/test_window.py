"""The window of choice and its freeze by working days (MEAL-PAR-04, 05, CAL-09)."""

from datetime import date, timedelta

import pytest
import town
from family import CALENDAR, Family
from town import JUICE, LUNCH

from gateway.kernel.errors import GatewayError
from registry.calendar import editable_days

LUNCH_1 = "BASIC-LUNCH-AGE_7_11-1"


def outcome(family: Family, day: date) -> str:
    """Try to choose a lunch; return OK or the code."""
    request = (day.isoformat(), LUNCH, LUNCH_1)
    try:
        family.save(request)
    except GatewayError as refusal:
        return refusal.code
    return "OK"


@pytest.mark.parametrize(
    ("today", "clock", "day", "expected"),
    [
        ("2026-11-08", "23:59:59", "2026-11-16", "OK"),
        ("2026-11-09", "00:00:00", "2026-11-16", "FROZEN"),
        # The fourth of November is a holiday: one calendar day more is frozen.
        ("2026-11-01", "23:59:59", "2026-11-10", "OK"),
        ("2026-11-02", "00:00:00", "2026-11-10", "FROZEN"),
        ("2026-10-27", "23:59:59", "2026-11-05", "OK"),
        ("2026-10-28", "00:00:00", "2026-11-05", "FROZEN"),
        ("2026-11-09", "12:00:00", "2026-11-17", "OK"),
        ("2026-11-09", "12:00:00", "2026-11-23", "OK"),
        ("2026-11-09", "12:00:00", "2026-11-24", "OUT_OF_WINDOW"),
        ("2026-11-09", "12:00:00", "2026-11-09", "OUT_OF_WINDOW"),
        ("2026-11-09", "12:00:00", "2026-11-08", "OUT_OF_WINDOW"),
        ("2026-11-09", "23:59:59", "2026-11-24", "OUT_OF_WINDOW"),
        ("2026-11-10", "00:00:00", "2026-11-24", "OK"),
    ],
)
def test_day_can_be_chosen_from_two_weeks_before_until_its_freeze(
    family, today, clock, day, expected
):
    family.at(date.fromisoformat(today), clock)
    assert outcome(family, date.fromisoformat(day)) == expected


@pytest.fixture
def february(family):
    """Menus around 20 February 2027, a working Saturday, and the days off after it."""
    days = [date(2027, 2, 15) + timedelta(days=number) for number in range(20)]
    with family.database.writing() as transaction:
        town.publish(transaction, days)
    return family


@pytest.mark.parametrize(
    ("today", "clock", "day", "expected"),
    [
        ("2027-02-17", "23:59:59", "2027-02-26", "OK"),
        ("2027-02-18", "00:00:00", "2027-02-26", "FROZEN"),
        ("2027-02-14", "23:59:59", "2027-02-20", "OK"),
        ("2027-02-15", "00:00:00", "2027-02-20", "FROZEN"),
    ],
)
def test_working_saturday_counts_as_a_working_day(february, today, clock, day, expected):
    february.at(date.fromisoformat(today), clock)
    assert outcome(february, date.fromisoformat(day)) == expected


def test_pupil_of_a_six_day_school_eats_on_a_saturday(february):
    february.of(town.ALINA, town.MOTHER_OF_ALINA).at(date(2027, 2, 17))
    assert outcome(february, date(2027, 2, 27)) == "OK"
    saturday = february.orders("2027-02-27", "2027-02-27")
    assert [one.chosen.complex_code for one in saturday] == [LUNCH_1]


@pytest.mark.parametrize("today", [date(2026, 10, 28) + timedelta(days=n) for n in range(0, 20, 3)])
def test_days_that_can_be_chosen_are_those_that_the_calendar_calls_editable(family, today):
    family.at(today)
    open_days = [
        day
        for day in (today + timedelta(days=number) for number in range(-1, 17))
        if outcome(family, day) in {"OK", "COMPLEX_NOT_AVAILABLE"}
    ]
    assert open_days == editable_days(CALENDAR, family.moment)


def test_choice_cannot_be_confirmed_after_its_freeze(family):
    family.save(("2026-11-16", LUNCH, LUNCH_1), ("2026-11-17", LUNCH, LUNCH_1, JUICE, 1))
    family.at(date(2026, 11, 9), "00:00:00")
    answer = family.confirm("2026-11-16", "2026-11-17")
    assert [one.date for one in answer.item] == [date(2026, 11, 17)]
    states = {one.date: one.chosen.state.value for one in family.orders("2026-11-16", "2026-11-17")}
    assert states == {date(2026, 11, 16): "CHOSEN", date(2026, 11, 17): "CONFIRMED"}
    error = family.not_confirmed("2026-11-16", "2026-11-17")
    assert (error.code, [finding.value for finding in error.findings]) == (
        "FROZEN",
        ["2026-11-16"],
    )
