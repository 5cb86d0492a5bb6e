"""What a pupil may choose from on a day: one answer for those who show it and those who check it.

A pupil who studies at home does not eat in school: no complexes, but products (H-10).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from adapters.meals.repository import additional, menu, timetable
from adapters.meals.repository.additional import Item
from adapters.meals.repository.menu import Offer, Seat
from gateway.adapter import Work
from gateway.kernel.ports import Calendar

_SATURDAY = 6


@dataclass(frozen=True, slots=True)
class DayMenu:
    """What can be had on one day."""

    seat: Seat | None
    """None where nobody feeds the pupil or nothing is set."""
    complexes: Mapping[tuple[str, str], Offer]
    """By meal and code."""
    items: Mapping[tuple[str, str], Item]
    """By meal and code."""


class Showcase:
    """What is offered to one pupil, day by day."""

    def __init__(self, work: Work, account: str) -> None:
        """Look at the menus of one account."""
        self._work = work
        self._account = account
        self._starts = timetable.starts_of(work.database, account)
        self._weekdays = frozenset(weekday for weekday, _ in self._starts)

    def start(self, day: date, meal_type: str) -> str | None:
        """Return the local time of a meal, `HH:MM`; None where no schedule says it."""
        return self._starts.get((day.isoweekday(), meal_type))

    def is_meal_day(self, day: date) -> bool:
        """Tell whether the class eats on `day` by its schedule (CAL-08); raise CalendarMissing.

        Without a schedule these are the working days.
        """
        if _is_holiday(self._work.calendar, day):
            return False
        if not self._weekdays:
            return self._work.calendar.is_working_day(day)
        return day.isoweekday() in self._weekdays

    def on(self, day: date) -> DayMenu:
        """Return what can be had on `day`; raise CalendarMissing."""
        database, account = self._work.database, self._account
        seat = menu.seat_of(database, account, day)
        if seat is None:
            return DayMenu(None, {}, {})
        complexes = {}
        if not seat.is_home_study:
            # A building's own offer and the school's may share a code: the later revision is
            # served, as at the freeze.
            offers = sorted(menu.offers_to(database, account, day), key=lambda o: o.complex_id)
            complexes = {(offer.meal_type, offer.code): offer for offer in offers}
        items = {}
        if not seat.is_home_study or self.is_meal_day(day):
            found = additional.items_to(database, account, day)
            items = {(item.meal_type, item.code): item for item in found}
        return DayMenu(seat, complexes, items)

    def is_of_another_menu(self, day: date, meal_type: str, code: str) -> bool:
        """Tell whether a complex would be offered but for the type of menu (MEAL-PAR-03)."""
        return (meal_type, code) in menu.of_other_menus(self._work.database, self._account, day)


def _is_holiday(calendar: Calendar, day: date) -> bool:
    """Tell whether nobody eats whatever the schedule says; Saturdays are for the schedule."""
    return day.isoweekday() < _SATURDAY and not calendar.is_working_day(day)
