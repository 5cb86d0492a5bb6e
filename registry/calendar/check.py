"""The yearly reminder: from 1 December the next year's calendar has to be there (JOB-22)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gateway.storage.database import Transaction
from registry.calendar.production import ProductionCalendar
from registry.calendar.terms import local_date

log = logging.getLogger(__name__)

_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class CalendarAlert:
    """A year is missing that terms run into already."""

    year: int

    @property
    def text(self) -> str:
        """What the operator reads."""
        return (
            f"Нет производственного календаря на {self.year} год: сроки, которые в него заходят, "
            "узел не вычислит (CALENDAR_MISSING). Составьте файл по постановлению Правительства "
            "РФ о переносе выходных дней и перезапустите узел."
        )


Post = Callable[[Transaction, CalendarAlert, datetime], object]
"""Tells the operator, inside the transaction of the check."""


def calendar_check(
    transaction: Transaction, calendar: ProductionCalendar, now: datetime, post: Post | None = None
) -> CalendarAlert | None:
    """Alert when the next year is missing in December, or this one at any time (JOB-22).

    Meant for once a day: it alerts every day until the year is loaded.
    """
    alert = missing_year(calendar, now)
    if alert is not None:
        log.warning("production calendar of %d is missing", alert.year)
        if post is not None:
            post(transaction, alert, now)
    return alert


def missing_year(calendar: ProductionCalendar, now: datetime) -> CalendarAlert | None:
    """Return the first year that should be loaded at `now` in Tyumen and is not."""
    today = local_date(now)
    needed = [today.year] if today.month < _DECEMBER else [today.year, today.year + 1]
    known = {year.year for year in calendar.years}
    return next((CalendarAlert(year) for year in needed if year not in known), None)
