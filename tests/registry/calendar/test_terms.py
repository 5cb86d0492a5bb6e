from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel.ports import LOCAL
from registry.calendar import (
    CalendarMissing,
    ProductionCalendar,
    due_after,
    due_calendar_days,
    editable_days,
    freeze_moment,
    is_overdue,
    local_date,
    start_of,
    working_day_before,
)

CALENDAR = ProductionCalendar.load()
MINUTE = timedelta(minutes=1)


def local(*parts):
    return datetime(*parts, tzinfo=LOCAL)


def test_the_day_of_a_moment_is_the_one_in_tyumen():
    assert local_date(datetime(2026, 3, 2, 18, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert local_date(datetime(2026, 3, 2, 19, 0, tzinfo=UTC)) == date(2026, 3, 3)


def test_a_term_of_working_days_ends_at_midnight_after_the_last_one():
    # Thursday evening in Tyumen; Friday is the first day, Tuesday after 9 March the second.
    event = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)

    assert due_after(CALENDAR, event, 2) == datetime(2026, 3, 10, 19, 0, tzinfo=UTC)


def test_a_term_counts_a_working_saturday():
    # Thursday; Friday 26 April, Saturday 27 April, then 2 May.
    event = local(2024, 4, 25, 11)

    assert due_after(CALENDAR, event, 2) == local(2024, 4, 28)
    assert due_after(CALENDAR, event, 3) == local(2024, 5, 3)


def test_a_term_runs_over_the_new_year():
    # Wednesday 30 December, then 11, 12, 13 and 14 January.
    assert due_after(CALENDAR, local(2026, 12, 29, 15), 5) == local(2027, 1, 15)


def test_at_midnight_sharp_nothing_is_overdue_and_a_minute_later_it_is():
    due = due_after(CALENDAR, local(2026, 3, 5, 17), 2)

    assert not is_overdue(due, local(2026, 3, 11))
    assert is_overdue(due, local(2026, 3, 11, 0, 1))


def test_a_term_of_calendar_days_ends_on_a_working_day_as_it_falls():
    event = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)

    assert due_calendar_days(CALENDAR, event, 30) == datetime(2026, 4, 1, 19, 0, tzinfo=UTC)


def test_a_term_of_calendar_days_that_falls_on_a_day_off_moves_on():
    event = datetime(2026, 2, 5, 7, 0, tzinfo=UTC)  # thirty days later is Saturday 7 March

    assert due_calendar_days(CALENDAR, event, 30) == datetime(2026, 3, 10, 19, 0, tzinfo=UTC)


def test_a_term_of_calendar_days_that_falls_on_a_working_saturday_ends_there():
    assert due_calendar_days(CALENDAR, local(2027, 1, 21, 10), 30) == local(2027, 2, 21)


@pytest.mark.parametrize(
    ("meal", "frozen"),
    [
        pytest.param(date(2026, 11, 16), local(2026, 11, 9), id="a Monday"),
        pytest.param(date(2026, 11, 14), local(2026, 11, 9), id="a Saturday of a six-day school"),
        pytest.param(date(2026, 11, 10), local(2026, 11, 2), id="over 4 November"),
        pytest.param(date(2026, 11, 5), local(2026, 10, 28), id="the day after a holiday"),
        pytest.param(date(2027, 2, 24), local(2027, 2, 16), id="over a working Saturday"),
    ],
)
def test_a_choice_is_frozen_from_midnight_of_the_fifth_working_day_before(meal, frozen):
    assert freeze_moment(CALENDAR, meal) == frozen


def test_of_a_window_of_fourteen_days_only_a_week_can_still_be_changed():
    assert editable_days(CALENDAR, local(2026, 11, 9)) == [
        date(2026, 11, day) for day in range(17, 24)
    ]


def test_a_minute_before_midnight_the_day_was_still_open():
    assert date(2026, 11, 16) in editable_days(CALENDAR, local(2026, 11, 8, 23, 59))


def test_a_freeze_of_other_length_is_only_a_number():
    assert freeze_moment(CALENDAR, date(2026, 11, 16), 1) == local(2026, 11, 13)


def test_a_freeze_that_reaches_into_a_missing_year_is_refused():
    with pytest.raises(CalendarMissing, match="2020"):
        freeze_moment(CALENDAR, date(2021, 1, 11))


def test_a_step_back_has_at_least_one_day():
    with pytest.raises(ValueError, match="0"):
        working_day_before(CALENDAR, date(2026, 11, 16), 0)


days = st.dates(date(2021, 6, 1), date(2027, 9, 1))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
counts = st.integers(1, 40)


@given(moments, counts)
def test_a_due_moment_is_midnight_in_tyumen_after_a_working_day(event, count):
    due = due_after(CALENDAR, event, count).astimezone(LOCAL)

    assert (due.hour, due.minute, due.second, due.microsecond) == (0, 0, 0, 0)
    assert CALENDAR.is_working_day(due.date() - timedelta(days=1))
    assert CALENDAR.working_days_between(local_date(event), local_date(due - MINUTE)) == count


@given(st.lists(moments, min_size=2, max_size=4), counts)
def test_what_comes_later_is_never_due_earlier(events, count):
    for due in (due_after, due_calendar_days):
        dues = [due(CALENDAR, event, count) for event in sorted(events)]
        assert all(earlier <= later for earlier, later in pairwise(dues))


@given(moments, counts)
def test_calendar_days_are_due_at_the_end_of_the_first_working_day_that_they_reach(event, count):
    reached = local_date(event) + timedelta(days=count)
    last = local_date(due_calendar_days(CALENDAR, event, count) - MINUTE)

    assert last >= reached
    assert CALENDAR.is_working_day(last)
    assert not any(
        CALENDAR.is_working_day(reached + timedelta(days=number))
        for number in range((last - reached).days)
    )


@given(days, counts)
def test_a_step_back_is_the_step_forward_undone(day, count):
    before = working_day_before(CALENDAR, day, count)

    # From the eve of `day`, for it need not be a working day itself.
    assert CALENDAR.is_working_day(before)
    assert CALENDAR.working_days_between(before, day - timedelta(days=1)) == count - 1


@given(st.lists(days, min_size=2, max_size=4))
def test_a_later_meal_is_never_frozen_earlier(meals):
    frozen = [freeze_moment(CALENDAR, day) for day in sorted(meals)]

    assert all(earlier <= later for earlier, later in pairwise(frozen))


@given(moments)
def test_a_day_can_be_changed_exactly_until_its_freeze(now):
    editable = editable_days(CALENDAR, now)

    for number in range(1, 15):
        day = local_date(now) + timedelta(days=number)
        assert (day in editable) == (now < freeze_moment(CALENDAR, day))
    assert all(start_of(day) > now for day in editable)
