"""Which days the story of school meals is about: what can be chosen, and what cannot today."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from adapters.meals.seed import DemoClass
from adapters.meals.times import is_closed
from registry.calendar import CalendarMissing, ProductionCalendar, freeze_moment, local_date
from registry.calendar.terms import CHOICE_DAYS

MOST_DAYS = 5
"""Meals of how many days are cooked and chosen in the story."""
_FARTHEST = 60
_DAY = timedelta(days=1)
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


class Days(NamedTuple):
    """The days of a class as they are at a moment."""

    today: date
    is_meal_day: bool
    """Whether the class eats today."""
    is_closed: bool
    """Whether it is after 23:00, and nothing of today can be changed."""
    frozen: date | None
    """The next meal day whose choice is closed already."""
    meals: tuple[date, ...]
    """The next days with meals whose choice is open; in the window if there are any in it."""
    is_in_window: bool
    """Whether parents can choose on those days already."""
    missing_year: int | None
    """The year without a calendar, if that is why there are no days."""


def days_at(calendar: ProductionCalendar, led: DemoClass, now: datetime) -> Days:
    """Look at the days of a class; a calendar that is missing is no error here."""
    today = local_date(now)
    frozen: date | None = None
    meals: list[date] = []
    missing = None
    is_meal_day = False
    try:
        is_meal_day = led.is_meal_day(calendar, today)
        for day in (today + _DAY * number for number in range(1, _FARTHEST)):
            # The freeze of every day on the way has to be known: the hub looks for the first open.
            is_open = now < freeze_moment(calendar, day)
            if meals and day > today + _DAY * CHOICE_DAYS >= meals[0]:
                break
            if not led.is_meal_day(calendar, day):
                continue
            if is_open:
                meals.append(day)
            elif frozen is None:
                frozen = day
            if len(meals) == MOST_DAYS:
                break
    except CalendarMissing as error:
        missing = None if meals else error.year
    is_in_window = bool(meals) and meals[0] <= today + _DAY * CHOICE_DAYS
    return Days(
        today, is_meal_day, is_closed(today, now), frozen, tuple(meals), is_in_window, missing
    )


def told(day: date) -> str:
    """Say a day as people do: «чт 03.12»."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d.%m}"


def period(days: tuple[date, ...]) -> dict[str, date]:
    """Return the period that holds the days, as messages carry it."""
    return {"from": min(days), "to": max(days)}


def meal(code: str) -> str:
    """Say a meal in Russian."""
    return {"BREAKFAST": "завтрак", "LUNCH": "обед"}.get(code, code)
