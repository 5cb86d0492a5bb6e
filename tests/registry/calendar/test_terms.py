from datetime import UTC, date, datetime

from registry.calendar import (
    ProductionCalendar,
    calendar_term_end,
    local_date,
    working_term_end,
)

CALENDAR = ProductionCalendar.load()


def test_the_day_of_a_moment_is_the_one_in_tyumen():
    assert local_date(datetime(2026, 3, 2, 18, 59, tzinfo=UTC)) == date(2026, 3, 2)
    assert local_date(datetime(2026, 3, 2, 19, 0, tzinfo=UTC)) == date(2026, 3, 3)


def test_a_term_of_working_days_ends_at_midnight_after_the_last_one():
    # Thursday evening in Tyumen; Friday is the first day, Tuesday after 9 March the second.
    event = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)

    assert working_term_end(CALENDAR, event, 2) == datetime(2026, 3, 10, 19, 0, tzinfo=UTC)


def test_a_term_of_calendar_days_ends_on_a_working_day_as_it_falls():
    event = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)

    assert calendar_term_end(CALENDAR, event, 30) == datetime(2026, 4, 1, 19, 0, tzinfo=UTC)


def test_a_term_of_calendar_days_that_falls_on_a_day_off_moves_on():
    event = datetime(2026, 2, 5, 7, 0, tzinfo=UTC)  # thirty days later is Saturday 7 March

    assert calendar_term_end(CALENDAR, event, 30) == datetime(2026, 3, 10, 19, 0, tzinfo=UTC)
