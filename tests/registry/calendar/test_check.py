from datetime import datetime

import pytest

from gateway.kernel.ports import LOCAL
from registry.calendar import CalendarAlert, ProductionCalendar, calendar_check, missing_year

CALENDAR = ProductionCalendar.load()
UP_TO_2026 = ProductionCalendar(year for year in CALENDAR.years if year.year <= 2026)


def local(*parts):
    return datetime(*parts, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        pytest.param(local(2026, 11, 30, 23, 59), None, id="in November"),
        pytest.param(local(2026, 12, 1), 2027, id="from 1 December"),
        pytest.param(local(2026, 12, 31, 23), 2027, id="to the last day"),
        pytest.param(local(2027, 1, 1), 2027, id="and after it"),
        pytest.param(local(2027, 5, 1), 2027, id="until it is loaded"),
    ],
)
def test_a_missing_year_is_an_alert_from_1_december_until_it_is_loaded(now, missing):
    alert = missing_year(UP_TO_2026, now)

    assert (alert.year if alert else None) == missing


def test_a_year_that_is_loaded_is_no_alert():
    assert missing_year(CALENDAR, local(2026, 12, 1)) is None


def test_the_alert_is_posted_in_the_transaction_of_the_check(registry_database, caplog):
    posted = []
    now = local(2026, 12, 1, 9)

    with registry_database.writing() as transaction:
        alert = calendar_check(transaction, UP_TO_2026, now, lambda *told: posted.append(told))
        assert posted == [(transaction, CalendarAlert(2027), now)]

    assert alert == CalendarAlert(2027)
    assert "2027" in alert.text
    assert "2027" in caplog.text


def test_nothing_is_posted_while_nothing_is_missing(sqlite_registry_database):
    posted = []

    with sqlite_registry_database.writing() as transaction:
        calendar_check(transaction, CALENDAR, local(2026, 12, 1), lambda *told: posted.append(told))

    assert posted == []
