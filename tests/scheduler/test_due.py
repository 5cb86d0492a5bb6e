from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel.ports import LOCAL
from scheduler.due import CATCH_UP, dues, dues_after, is_due, last_due, next_due

NOW = datetime(2026, 3, 4, 12, 30, tzinfo=LOCAL)


def test_the_last_business_time_is_the_one_in_tyumen():
    assert last_due("30 8 * * mon-fri", NOW) == datetime(2026, 3, 4, 3, 30, tzinfo=UTC)


def test_a_business_time_is_due_from_its_very_second():
    moment = datetime(2026, 3, 4, 8, 30, tzinfo=LOCAL)

    assert last_due("30 8 * * *", moment) == moment
    assert last_due("30 8 * * *", moment - timedelta(seconds=1)) == moment - timedelta(days=1)


def test_a_monthly_business_time_is_found_until_the_next_one():
    first = datetime(2026, 3, 1, tzinfo=LOCAL)

    assert last_due("0 0 1 * *", first + timedelta(days=30, hours=23)) == first


def test_a_yearly_business_time_is_forgotten_in_the_end():
    assert last_due("0 9 1 12 *", datetime(2026, 12, 2, tzinfo=LOCAL)) is not None
    assert last_due("0 9 1 12 *", datetime(2027, 6, 1, tzinfo=LOCAL)) is None


def test_missed_business_times_come_in_order():
    done = datetime(2026, 3, 1, 2, tzinfo=LOCAL)

    assert list(dues_after("0 2 * * *", done, NOW)) == [
        datetime(2026, 3, day, 2, tzinfo=LOCAL) for day in (2, 3, 4)
    ]


def test_the_next_business_time_is_after_now():
    assert next_due("30 12 * * *", NOW) == NOW + timedelta(days=1)


def test_the_next_business_time_may_be_less_than_a_second_away():
    assert next_due("* * * * *", NOW - timedelta(milliseconds=1)) == NOW


def test_a_line_that_is_no_cron_line_is_refused():
    with pytest.raises(ValueError, match="Wrong number of fields"):
        last_due("at noon", NOW)


crons = st.sampled_from(["* * * * *", "*/10 * * * *", "0 2 * * *", "30 8 * * mon-fri", "0 0 1 * *"])
moments = st.datetimes(
    NOW.replace(tzinfo=None), NOW.replace(tzinfo=None) + timedelta(days=400)
).map(lambda moment: moment.replace(tzinfo=UTC))


@given(crons, moments)
def test_now_lies_between_the_last_business_time_and_the_next(cron, now):
    last, following = last_due(cron, now), next_due(cron, now)

    assert last <= now < following
    assert is_due(cron, last)
    assert list(dues_after(cron, last, now)) == []
    assert next(dues_after(cron, last, following)) == following


@given(crons, moments, st.timedeltas(timedelta(), timedelta(hours=30)))
def test_business_times_ascend_within_their_span(cron, since, span):
    found = list(dues(cron, since, since + span))

    assert all(earlier < later for earlier, later in pairwise(found))
    assert all(since <= moment <= since + span for moment in found)
    if span < CATCH_UP and found:
        assert last_due(cron, since + span) == found[-1]
