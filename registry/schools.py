"""Which organizer feeds a school or one of its buildings, day by day (MEAL-CAT-15)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.change import change_of
from registry.kinds import ParticipantKind
from registry.records import Record

SCHOOL = Record(
    "school",
    models.school_binding,
    ("school", "building", "since"),
    ("organizer", "contract_number", "until"),
)

WHOLE_SCHOOL = ""
"""The `building` of a binding that is not of one building."""


@dataclass(frozen=True, slots=True)
class SchoolBinding:
    """An organizer of a school, or of one building, from day to day."""

    school: str
    """Code of the school in the school system."""
    organizer: str
    """Code of the participant."""
    contract_number: str
    since: date
    building: str = WHOLE_SCHOOL
    until: date | None = None
    """Last day; absent while no end is known."""

    def holds(self, day: date) -> bool:
        """Tell whether the binding holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def bind(transaction: Transaction, binding: SchoolBinding, now: datetime, actor: str) -> bool:
    """Bind a school or a building to an organizer; return False if it is bound so already.

    A building's own binding may lie over that of its school: the building overrides. Raises
    BindingOverlap, NotAnOrganizer, ParticipantUnknown, AttributeInvalid.
    """
    if not binding.school.strip() or not binding.contract_number.strip():
        raise errors.AttributeInvalid("Нужны код школы и номер договора.")
    if binding.until is not None and binding.until < binding.since:
        raise errors.AttributeInvalid("Закрепление кончается раньше, чем начинается.")
    change = change_of(transaction, now, actor, binding.organizer)
    if change.kind != ParticipantKind.ORGANIZER.value:
        raise errors.NotAnOrganizer
    known = of_school(transaction, binding.school)
    if binding in known:
        return False
    if any(_overlaps(binding, other) for other in known):
        raise errors.BindingOverlap
    return records.put(change, SCHOOL, _row(binding))


def end(
    transaction: Transaction, binding: SchoolBinding, last_day: date, now: datetime, actor: str
) -> None:
    """Let a binding that is there hold up to `last_day`.

    Raises NothingToChange if it is not there, AttributeInvalid for a day before its first.
    """
    if last_day < binding.since:
        raise errors.AttributeInvalid("Закрепление кончается раньше, чем начинается.")
    change = change_of(transaction, now, actor, binding.organizer)
    if binding not in of_school(transaction, binding.school) or binding.until == last_day:
        raise errors.NothingToChange
    ended = replace(binding, until=last_day)
    if any(
        _overlaps(ended, other)
        for other in of_school(transaction, binding.school)
        if other != binding
    ):
        raise errors.BindingOverlap
    records.put(change, SCHOOL, _row(ended))


def organizer_of(
    transaction: Transaction, school: str, day: date, building: str = WHOLE_SCHOOL
) -> str | None:
    """Return who feeds the building on a day: its own organizer, else its school's."""
    holding = {
        binding.building: binding.organizer
        for binding in of_school(transaction, school)
        if binding.holds(day)
    }
    return holding.get(building) or holding.get(WHOLE_SCHOOL)


def of_school(transaction: Transaction, school: str) -> tuple[SchoolBinding, ...]:
    """Return the bindings of a school and its buildings, past ones too."""
    return tuple(map(_binding, records.standing(transaction, SCHOOL, school=school)))


def of_organizer(transaction: Transaction, organizer: str) -> tuple[SchoolBinding, ...]:
    """Return the bindings of an organizer, past ones too."""
    return tuple(map(_binding, records.standing(transaction, SCHOOL, organizer=organizer)))


def _overlaps(one: SchoolBinding, other: SchoolBinding) -> bool:
    return (
        one.building == other.building
        and one.since <= (other.until or date.max)
        and other.since <= (one.until or date.max)
    )


def _row(binding: SchoolBinding) -> dict[str, object]:
    return {name: getattr(binding, name) for name in (*SCHOOL.key, *SCHOOL.values)}


def _binding(row: sa.RowMapping) -> SchoolBinding:
    return SchoolBinding(**{name: row[name] for name in (*SCHOOL.key, *SCHOOL.values)})
