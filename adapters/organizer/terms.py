"""What an organizer may offer where and when: bindings, contracts and directories, looked up once.

A piece of rows asks the same of the same schools again and again, so answers are remembered.
"""

from collections.abc import Collection
from datetime import date
from functools import cache

from adapters.organizer.repository import terms
from adapters.organizer.repository.terms import Binding
from gateway.storage.database import Transaction

MEAL_TYPES = {
    "BREAKFAST": "Завтрак",
    "LUNCH": "Обед",
    "AFTERNOON": "Полдник",
    "DINNER": "Ужин",
}
"""Meals of the common directory; a schedule of a school may name more."""


class Terms:
    """The terms of some schools within a period."""

    def __init__(
        self,
        transaction: Transaction,
        organizer_inn: str,
        schools: Collection[str],
        first: date,
        last: date,
    ) -> None:
        """Look everything up."""
        self.organizer_inn = organizer_inn
        self._bindings: dict[str, list[Binding]] = {}
        for one in terms.bindings(transaction, schools, first, last):
            self._bindings.setdefault(one.school, []).append(one)
        self._menu_types = terms.menu_types(transaction, organizer_inn, schools)
        self._buildings = {(one.school, one.code) for one in terms.buildings(transaction, schools)}
        known = terms.schools(transaction, schools)
        self._municipalities = {one.code: one.municipality for one in known}
        self._entries: dict[tuple[str, str, str], list[tuple[date, date | None]]] = {}
        for entry in terms.entries(transaction, set(self._municipalities.values()), first):
            key = (entry.municipality, entry.directory, entry.code)
            self._entries.setdefault(key, []).append((entry.first, entry.last))
        starts = terms.starts(transaction, schools)
        self.meal_types = {*MEAL_TYPES, *(start.meal_type for start in starts)}
        self.ours = cache(self._ours)
        self.knows = cache(self._knows)

    def serves(self, school: str, first: date, last: date | None) -> bool:
        """Tell whether a school is bound to the organizer on some day of a period."""
        return any(
            one.organizer_inn == self.organizer_inn
            and (last is None or one.first <= last)
            and (one.last is None or one.last >= first)
            for one in self._bindings.get(school, ())
        )

    def allows(self, binding: Binding, menu_type: str) -> bool:
        """Tell whether a contract names a type of menu (MEAL-CAT-03)."""
        return (binding.id, menu_type) in self._menu_types

    def _ours(self, school: str, building: str, day: date) -> tuple[Binding, ...]:
        """Return the organizer's bindings for a place on a day; none: it is not his.

        A binding of a building goes before that of its school (MEAL-CAT-15). For a whole school
        all of its bindings to the organizer count: the offer is for what he feeds of it.
        """
        valid = [one for one in self._bindings.get(school, ()) if one.holds_on(day)]
        if building:
            if (school, building) not in self._buildings:
                return ()
            own = [one for one in valid if one.building == building]
            valid = own or [one for one in valid if not one.building]
        return tuple(one for one in valid if one.organizer_inn == self.organizer_inn)

    def _knows(self, directory: str, code: str, school: str, day: date) -> bool:
        """Tell whether a directory of the school's municipality has a code on a day."""
        key = (self._municipalities.get(school, ""), directory, code)
        return any(
            first <= day and (last is None or day <= last)
            for first, last in self._entries.get(key, ())
        )
