import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.calendar import (
    BankingCalendar,
    CalendarBroken,
    CalendarMissing,
    ProductionCalendar,
)
from registry.calendar.production import read_year

CALENDAR = ProductionCalendar.load()
SHIPPED = [year.year for year in CALENDAR.years]
BROKEN = Path(__file__).parent / "broken"


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_the_years_that_the_hub_needs_are_shipped():
    assert {2024, 2025, 2026, 2027} <= set(SHIPPED)


@pytest.mark.parametrize("year", SHIPPED)
def test_a_shipped_year_agrees_with_an_independent_library(year):
    independent = holidays.Russia(years=year)

    differing = {
        day.isoformat(): f"working here {ours}, there {theirs}"
        for day in days_of(year)
        if (ours := CALENDAR.is_working_day(day)) != (theirs := independent.is_working_day(day))
    }
    assert differing == {}


@pytest.mark.parametrize("year", CALENDAR.years, ids=lambda year: str(year.year))
def test_a_shipped_year_moves_the_days_that_an_independent_library_moves(year):
    # "Выходной (перенесено с 02.01.2027)"; what article 112 moves has the name of its holiday.
    told = holidays.Russia(years=year.year, language="ru").items()
    moved = {
        day: datetime.strptime(found[1], "%d.%m.%Y").replace(tzinfo=UTC).date()
        for day, name in told
        if (found := re.search(r"перенесено с (\d\d\.\d\d\.\d{4})", name))
    }

    assert moved
    differing = {
        day.isoformat(): f"instead of {year.moved.get(day)} here, of {instead} there"
        for day, instead in moved.items()
        if year.moved.get(day) != instead
    }
    assert differing == {}


@pytest.mark.parametrize("year", CALENDAR.years, ids=lambda year: str(year.year))
def test_a_working_saturday_is_as_long_as_the_day_it_was_exchanged_for(year):
    # Order 588n of 13.08.2009: the length of the day off moves with the day.
    holidays_after = (*year.holidays, date(year.year + 1, 1, 1))
    eves = {day - timedelta(days=1) for day in holidays_after}

    for saturday, day_off in year.rest_moved_to.items():
        assert (saturday in year.shortened) == (day_off in eves or saturday in eves), saturday


@pytest.mark.parametrize("year", CALENDAR.years, ids=lambda year: str(year.year))
def test_a_shipped_year_names_the_law_behind_it(year):
    assert "Трудового кодекса" in year.source
    assert "О переносе выходных дней" in year.source


@pytest.mark.parametrize("year", CALENDAR.years, ids=lambda year: str(year.year))
def test_every_holiday_has_a_working_eve_that_is_shortened(year):
    eves = {day - timedelta(days=1) for day in year.holidays}

    forgotten = {
        eve
        for eve in eves
        if eve.year == year.year and year.is_working_day(eve) and eve not in year.shortened
    }
    assert forgotten == set()


@pytest.mark.parametrize(
    "day",
    [
        date(2018, 4, 28),
        date(2018, 6, 9),
        date(2018, 12, 29),
        date(2021, 2, 20),
        date(2022, 3, 5),
        date(2024, 4, 27),
        date(2024, 11, 2),
        date(2024, 12, 28),
        date(2025, 11, 1),
        date(2027, 2, 20),
    ],
)
def test_a_saturday_whose_rest_was_moved_is_a_working_day(day):
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 1, 9), date(2026, 3, 9), date(2026, 12, 31), date(2025, 5, 8), date(2027, 2, 22)],
)
def test_a_weekday_to_which_rest_was_moved_is_a_day_off(day):
    assert not CALENDAR.is_working_day(day)


def test_the_eve_of_a_holiday_is_shortened_and_a_plain_day_is_not():
    assert CALENDAR.is_shortened_day(date(2026, 11, 3))
    assert not CALENDAR.is_shortened_day(date(2026, 11, 2))


def test_presidential_days_with_pay_do_not_stop_a_term():
    assert CALENDAR.is_working_day(date(2021, 5, 5))


@pytest.mark.parametrize(
    ("paid", "credited"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 10), id="over the moved 9 March"),
        pytest.param(date(2026, 4, 29), date(2026, 5, 7), id="over the first of May"),
        pytest.param(date(2026, 11, 1), date(2026, 11, 9), id="from a Sunday over 4 November"),
        pytest.param(date(2025, 12, 30), date(2026, 1, 16), id="over the New Year"),
    ],
)
def test_five_banking_days_pass_over_days_off(paid, credited):
    assert CALENDAR.add_working_days(paid, 5) == credited


def test_a_year_without_a_file_is_refused_and_named():
    with pytest.raises(CalendarMissing, match="2031") as refusal:
        CALENDAR.is_working_day(date(2031, 6, 2))
    assert refusal.value.code == "CALENDAR_MISSING"
    assert refusal.value.retryable


def test_a_term_that_runs_into_a_missing_year_is_refused():
    last = SHIPPED[-1]

    with pytest.raises(CalendarMissing, match=str(last + 1)):
        CALENDAR.add_working_days(date(last, 12, 29), 5)


def test_a_count_over_a_missing_year_is_refused():
    with pytest.raises(CalendarMissing, match="2019"):
        CALENDAR.working_days_between(date(2018, 12, 1), date(2021, 2, 1))


@pytest.mark.parametrize("count", [0, -1])
def test_a_term_has_at_least_one_day(count):
    with pytest.raises(ValueError, match=str(count)):
        CALENDAR.add_working_days(date(2026, 3, 2), count)


known_days = st.dates(date(2021, 1, 2), date(2027, 9, 1))
terms = st.integers(1, 60)
exceptions = st.frozensets(st.dates(date(2023, 1, 1), date(2027, 12, 31)), max_size=20)
calendars = st.one_of(
    st.just(CALENDAR), st.builds(BankingCalendar, st.just(CALENDAR), exceptions, exceptions)
)


@given(calendars, known_days, terms)
def test_days_that_were_added_are_counted_back(calendar, day, count):
    assert calendar.working_days_between(day, calendar.add_working_days(day, count)) == count


@given(calendars, known_days, terms)
def test_a_term_ends_on_a_working_day_after_its_start(calendar, day, count):
    end = calendar.add_working_days(day, count)

    assert end > day
    assert calendar.is_working_day(end)


@given(calendars, known_days, st.integers(1, 59))
def test_a_longer_term_ends_later(calendar, day, count):
    assert calendar.add_working_days(day, count) < calendar.add_working_days(day, count + 1)


@given(calendars, st.lists(known_days, min_size=2, max_size=4), terms)
def test_a_later_start_never_ends_earlier(calendar, days, count):
    ends = [calendar.add_working_days(day, count) for day in sorted(days)]

    assert all(earlier <= later for earlier, later in pairwise(ends))


@given(calendars, known_days, known_days, known_days)
def test_counts_of_neighbouring_spans_add_up(calendar, start, middle, end):
    assert calendar.working_days_between(start, end) == calendar.working_days_between(
        start, middle
    ) + calendar.working_days_between(middle, end)


@given(calendars, known_days)
def test_a_span_of_one_day_counts_that_day(calendar, day):
    counted = calendar.working_days_between(day - timedelta(days=1), day)

    assert counted == calendar.is_working_day(day)


def test_a_bank_may_rest_on_a_working_day():
    bank = BankingCalendar(CALENDAR, closed=frozenset({date(2026, 3, 3)}))

    assert bank.add_working_days(date(2026, 3, 2), 1) == date(2026, 3, 4)
    assert bank.working_days_between(date(2026, 3, 2), date(2026, 3, 4)) == 1


def test_a_bank_may_settle_on_a_day_off():
    bank = BankingCalendar(CALENDAR, opened=frozenset({date(2026, 3, 7)}))

    assert bank.add_working_days(date(2026, 3, 6), 1) == date(2026, 3, 7)
    assert bank.working_days_between(date(2026, 3, 6), date(2026, 3, 8)) == 1


def test_an_operators_own_file_adds_a_year(tmp_path):
    (tmp_path / "2031.xml").write_text(
        '<production-calendar year="2031"><source>приказ</source></production-calendar>',
        encoding="utf-8",
    )

    assert ProductionCalendar.load(tmp_path).is_working_day(date(2031, 1, 6))


@pytest.mark.parametrize("file", sorted(BROKEN.glob("*.xml")), ids=lambda file: file.stem)
def test_a_file_that_contradicts_itself_is_refused_by_name(file):
    with pytest.raises(CalendarBroken, match=file.name):
        read_year(file)
