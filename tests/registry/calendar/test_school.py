from datetime import date, datetime

import pytest

from gateway.kernel.ports import LOCAL
from registry.calendar import ProductionCalendar, SchoolCalendar, Vacation, freeze_moment

CALENDAR = ProductionCalendar.load()
FIVE_DAYS = frozenset(range(5))
SIX_DAYS = frozenset(range(6))
AUTUMN = Vacation(date(2026, 10, 26), date(2026, 11, 3))


@pytest.mark.parametrize(
    ("weekdays", "day", "meals"),
    [
        pytest.param(SIX_DAYS, date(2026, 11, 14), True, id="Saturday of a six-day school"),
        pytest.param(FIVE_DAYS, date(2026, 11, 14), False, id="Saturday of a five-day school"),
        pytest.param(SIX_DAYS, date(2026, 11, 15), False, id="Sunday"),
        pytest.param(FIVE_DAYS, date(2026, 10, 26), False, id="first day of the vacation"),
        pytest.param(FIVE_DAYS, date(2026, 11, 3), False, id="last day of the vacation"),
        pytest.param(FIVE_DAYS, date(2026, 11, 4), False, id="holiday"),
        pytest.param(FIVE_DAYS, date(2026, 11, 5), True, id="first day of the term"),
        pytest.param(SIX_DAYS, date(2026, 3, 9), False, id="moved day off"),
        pytest.param(FIVE_DAYS, date(2027, 2, 20), False, id="working Saturday, five days"),
    ],
)
def test_meals_follow_the_schedule_the_vacations_and_the_holidays(weekdays, day, meals):
    school = SchoolCalendar(CALENDAR, weekdays, (AUTUMN,))

    assert school.is_meal_day(day) is meals


def test_a_day_may_be_added_and_another_removed():
    school = SchoolCalendar(
        CALENDAR,
        FIVE_DAYS,
        (AUTUMN,),
        added=frozenset({date(2027, 2, 20), date(2026, 11, 2)}),
        removed=frozenset({date(2026, 11, 6)}),
    )

    assert school.is_meal_day(date(2027, 2, 20))
    assert school.is_meal_day(date(2026, 11, 2))
    assert not school.is_meal_day(date(2026, 11, 6))


def test_the_freeze_counts_working_days_whatever_the_school_does():
    # Two of the five days before Monday 9 November are vacation; the freeze does not mind.
    assert freeze_moment(CALENDAR, date(2026, 11, 9)) == datetime(2026, 10, 30, tzinfo=LOCAL)
