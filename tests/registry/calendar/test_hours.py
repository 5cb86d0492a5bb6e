from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel.ports import LOCAL
from registry.calendar import (
    OPERATOR_HOURS,
    PORTAL_INTAKE,
    CalendarMissing,
    Hours,
    OfficeHours,
    ProductionCalendar,
    due_working_hours,
    is_open,
    registered_at,
    worked_between,
)

CALENDAR = ProductionCalendar.load()


def local(*parts):
    return datetime(*parts, tzinfo=LOCAL)


def due(received, count, hours=OPERATOR_HOURS):
    return due_working_hours(CALENDAR, hours, received, count)


@pytest.mark.parametrize(
    ("received", "count", "expected"),
    [
        pytest.param(local(2026, 3, 2, 10), 4, local(2026, 3, 2, 14), id="within a day"),
        pytest.param(local(2026, 3, 2, 16), 4, local(2026, 3, 3, 11), id="over a night"),
        pytest.param(local(2026, 3, 2, 14), 4, local(2026, 3, 2, 18), id="to the closing"),
        pytest.param(local(2026, 3, 2, 7), 4, local(2026, 3, 2, 13), id="before the opening"),
        pytest.param(local(2026, 3, 2, 18), 1, local(2026, 3, 3, 10), id="at the closing"),
        pytest.param(local(2026, 3, 2, 23), 8, local(2026, 3, 3, 17), id="at night"),
        pytest.param(local(2026, 3, 6, 16), 4, local(2026, 3, 10, 12), id="Friday over 8 March"),
        pytest.param(local(2026, 3, 7, 12), 4, local(2026, 3, 10, 13), id="on a day off"),
        pytest.param(local(2026, 11, 3, 16), 4, local(2026, 11, 5, 12), id="a shortened Tuesday"),
        pytest.param(local(2026, 6, 11, 9), 8, local(2026, 6, 11, 17), id="a shortened Thursday"),
        pytest.param(local(2026, 5, 8, 15), 2, local(2026, 5, 12, 10), id="a shortened Friday"),
        pytest.param(local(2027, 2, 19, 16), 4, local(2027, 2, 20, 12), id="a working Saturday"),
        pytest.param(local(2027, 2, 20, 16), 4, local(2027, 2, 24, 12), id="it is shortened, too"),
        pytest.param(local(2024, 12, 28, 17), 2, local(2025, 1, 9, 10), id="over the New Year"),
        pytest.param(local(2026, 3, 2, 10), 0.5, local(2026, 3, 2, 10, 30), id="half an hour"),
    ],
)
def test_hours_run_while_the_operator_works(received, count, expected):
    assert due(received, count) == expected


def test_a_working_saturday_has_the_hours_of_the_day_it_was_exchanged_for():
    # Saturday 28 December 2024 works for Monday 30 December, until 18:00.
    assert is_open(CALENDAR, OPERATOR_HOURS, local(2024, 12, 28, 17, 59))
    assert not is_open(CALENDAR, OPERATOR_HOURS, local(2024, 12, 28, 18))


def test_friday_closes_an_hour_earlier():
    assert is_open(CALENDAR, OPERATOR_HOURS, local(2026, 3, 6, 16, 59))
    assert not is_open(CALENDAR, OPERATOR_HOURS, local(2026, 3, 6, 17))


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        pytest.param(local(2026, 3, 2, 8), True, id="Monday at 8"),
        pytest.param(local(2026, 3, 2, 19, 59), True, id="Monday before 20"),
        pytest.param(local(2026, 3, 2, 20), False, id="Monday at 20"),
        pytest.param(local(2026, 2, 28, 9), True, id="Saturday at 9"),
        pytest.param(local(2026, 2, 28, 17), False, id="Saturday at 17"),
        pytest.param(local(2026, 3, 1, 12), False, id="Sunday"),
        pytest.param(local(2026, 11, 3, 19), True, id="a shortened day"),
        pytest.param(local(2026, 11, 4, 12), False, id="a holiday"),
        pytest.param(local(2026, 3, 9, 12), False, id="a moved day off"),
    ],
)
def test_the_telephone_of_the_portal_is_answered_by_its_own_week(moment, answered):
    assert is_open(CALENDAR, PORTAL_INTAKE, moment) is answered


def test_a_call_in_the_night_is_registered_in_the_morning():
    called = local(2026, 3, 6, 21)

    assert registered_at(CALENDAR, PORTAL_INTAKE, called) == local(2026, 3, 7, 9)
    assert registered_at(CALENDAR, OPERATOR_HOURS, called) == local(2026, 3, 10, 9)


def test_a_call_in_the_hours_is_registered_as_it_comes():
    called = local(2026, 3, 6, 15, 30)

    assert registered_at(CALENDAR, PORTAL_INTAKE, called) == called


def test_hours_that_run_into_a_missing_year_are_refused():
    with pytest.raises(CalendarMissing, match="2028"):
        due(local(2027, 12, 30, 16), 8)


@pytest.mark.parametrize("count", [0, -1])
def test_there_is_no_term_without_hours(count):
    with pytest.raises(ValueError, match=str(count)):
        due(local(2026, 3, 2, 10), count)


def test_an_office_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="week"):
        due(local(2026, 3, 2, 10), 1, OfficeHours({}))


def test_office_hours_are_data():
    nights = OfficeHours({0: Hours(time(20), time(23))})

    assert due(local(2026, 3, 2, 10), 4, nights) == local(2026, 3, 16, 21)  # 9 March is off


days = st.dates(date(2021, 2, 1), date(2027, 10, 1))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
counts = st.integers(1, 2400).map(lambda minutes: minutes / 60)
offices = st.sampled_from([OPERATOR_HOURS, PORTAL_INTAKE])


@given(offices, moments, counts)
def test_exactly_so_many_hours_are_worked_until_the_due_moment(hours, received, count):
    worked = worked_between(CALENDAR, hours, received, due(received, count, hours))

    assert abs(worked - timedelta(hours=count)) < timedelta(milliseconds=1)


@given(offices, moments, counts)
def test_a_due_moment_lies_in_office_hours_or_at_a_closing(hours, received, count):
    assert is_open(CALENDAR, hours, due(received, count, hours) - timedelta(microseconds=1))


@given(offices, st.lists(moments, min_size=2, max_size=4), counts)
def test_what_comes_later_is_never_due_earlier(hours, received, count):
    dues = [due(moment, count, hours) for moment in sorted(received)]

    assert all(earlier <= later for earlier, later in pairwise(dues))


@given(offices, moments, counts)
def test_hours_count_from_the_registration(hours, received, count):
    registered = registered_at(CALENDAR, hours, received)

    assert registered >= received
    assert is_open(CALENDAR, hours, registered)
    assert due(registered, count, hours) == due(received, count, hours)


@given(st.dates(date(2021, 1, 1), date(2027, 12, 31)))
def test_the_operator_works_on_working_days_and_an_hour_less_on_shortened_ones(day):
    opening = OPERATOR_HOURS.opening(CALENDAR, day)

    assert (opening is not None) == CALENDAR.is_working_day(day)
    if opening is not None:
        length = 8 if CALENDAR.works_as(day).weekday() == 4 else 9
        cut = CALENDAR.is_shortened_day(day)
        assert opening.end - opening.start == timedelta(hours=length - cut)
