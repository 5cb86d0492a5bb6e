from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from gateway.cli.calendar import calendar
from registry.calendar import ProductionCalendar

CALENDAR = ProductionCalendar.load()
UP_TO_2026 = ProductionCalendar(year for year in CALENDAR.years if year.year < 2027)


@pytest.fixture
def run(clock):
    def run(*arguments, code=0, known=CALENDAR):
        hub = SimpleNamespace(calendar=known, clock=clock)
        result = CliRunner().invoke(calendar, arguments, obj=hub, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_a_year_is_shown_with_its_decree_its_months_and_its_moves(run):
    shown = run("show", "2027")

    assert "№ 1187" in shown
    assert "20 отдых перенесён на 22.02; 22 выходной вместо 20.02; 23 День защитника" in shown
    assert "1, 2, 3, 4, 5, 6, 8 Новогодние каникулы; 7 Рождество Христово" in shown
    assert "Всего рабочих дней: 247" in shown


@pytest.mark.parametrize("day", ["2027-02-20", "20.02.2027"])
def test_a_day_is_shown_with_its_hours_and_its_freeze(run, day):
    assert run("show", day).splitlines() == [
        "20.02.2027, суббота: рабочий день, сокращённый на час, отдых перенесён на 22.02",
        "Оператор узла: 09:00-17:00",
        "Телефон портала: 09:00-17:00",
        "Следующий рабочий день: 24.02.2027",
        "Выбор питания на этот день закрыт с 15.02.2027 00:00",
    ]


def test_a_holiday_is_shown_by_its_name(run):
    shown = run("show", "2026-11-04")

    assert shown.startswith("04.11.2026, среда: выходной, День народного единства\n")
    assert "Оператор узла: закрыто" in shown


def test_a_missing_year_is_an_error_and_no_guess(run):
    assert "2031" in run("show", "2031", code=1)
    assert "2031" in run("show", "2031-06-02", code=1)


@pytest.mark.parametrize("what", ["завтра", "2026-02-30", "31.02.2026", "26-11-04"])
def test_what_is_no_day_is_refused(run, what):
    assert what in run("show", what, code=2)


def test_the_loaded_years_are_listed_with_their_decrees(run):
    assert "2026: 247 рабочих дней. Статья 112" in run("check")


def test_from_december_a_missing_next_year_is_an_error(run, clock):
    run("check", known=UP_TO_2026)
    clock.now = datetime(2026, 11, 30, 19, tzinfo=UTC)

    assert "2027" in run("check", known=UP_TO_2026, code=1)
    run("check")
