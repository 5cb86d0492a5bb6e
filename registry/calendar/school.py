"""The overlay of a school: on which days there are meals (CAL-08).

A school day is not a working day: a six-day school eats on Saturdays, nobody eats on vacation. The
schedule decides about meals only; the freeze of a choice counts working days of the production
calendar (`freeze_moment`).
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol


class RestCalendar(Protocol):
    """What a school asks of the production calendar."""

    def is_day_of_rest(self, day: date) -> bool:
        """Tell whether `day` is a public holiday or a moved day off; raise CalendarMissing."""
        ...


class Vacation(NamedTuple):
    """Days without lessons, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Meal days of one school by its meal schedule."""

    base: RestCalendar
    weekdays: frozenset[int]
    """Days of the week with meals, Monday is 0: five or six of them."""
    vacations: tuple[Vacation, ...] = ()
    added: frozenset[date] = frozenset()
    """Days with meals in spite of the rest, such as a working Saturday of a five-day school."""
    removed: frozenset[date] = frozenset()
    """Days without meals in spite of the rest, such as a quarantine."""

    def is_meal_day(self, day: date) -> bool:
        """Tell whether the school has meals on `day`; raise CalendarMissing."""
        if day in self.added or day in self.removed:
            return day in self.added
        if day.weekday() not in self.weekdays or self._on_vacation(day):
            return False
        return not self.base.is_day_of_rest(day)

    def _on_vacation(self, day: date) -> bool:
        return any(vacation.first <= day <= vacation.last for vacation in self.vacations)
