"""SVC-09: class teachers and meal administrators."""

from collections.abc import Mapping, Sequence
from datetime import date

from adapters.school.batches import Change, Closing, Kind, Known, Scope, answer, synchronize
from adapters.school.errors import Problem
from adapters.school.handlers.institutions import tell
from adapters.school.handlers.numbers import snils_problem
from adapters.school.messages.data import (
    ItemErrorCode,
    StaffRole,
    StaffType,
    SyncStaffRequest,
    SyncStaffResponse,
)
from adapters.school.repository import persons, places
from gateway.adapter import Received, Work
from gateway.storage.database import Transaction


def sync_staff(received: Received[SyncStaffRequest], work: Work) -> SyncStaffResponse:
    """Store staff with their classes; FULL closes the staff of the school that is not named."""

    def decide() -> SyncStaffResponse:
        outcomes = synchronize(STAFF, received, work)
        return SyncStaffResponse(batch_id=received.request.batch_id, result=list(tell(outcomes)))

    return answer(received, work, SyncStaffResponse, decide)


def _known(transaction: Transaction, keys: Sequence[str], _: date) -> dict[str, Known]:
    return {key: Known(*kept) for key, kept in persons.staff(transaction, keys).items()}


def _problems(
    transaction: Transaction, records: Sequence[StaffType], scope: Scope | None, _: date
) -> Mapping[str, Problem]:
    classes = places.classes(transaction, [code for one in records for code in one.class_code])
    schools = places.open_schools(
        transaction, [one.school_code for one in records if one.school_code is not None]
    )
    found = {}
    for one in records:
        problem = _problem(one, classes, schools, scope)
        if problem is not None:
            found[one.staff_id] = problem
    return found


def _problem(
    one: StaffType,
    classes: Mapping[str, places.Kept],
    schools: frozenset[str],
    scope: Scope | None,
) -> Problem | None:
    if one.role is StaffRole.MEAL_ADMIN and one.school_code is None:
        return Problem(ItemErrorCode.DATA_REQUIRED, "staff/schoolCode")
    if one.role is StaffRole.CLASS_TEACHER and not one.class_code:
        return Problem(ItemErrorCode.DATA_REQUIRED, "staff/classCode")
    if one.school_code is not None and one.school_code not in schools:
        return Problem(ItemErrorCode.SCHOOL_UNKNOWN, "staff/schoolCode")
    if any(code not in classes or not classes[code].is_open for code in one.class_code):
        return Problem(ItemErrorCode.CLASS_UNKNOWN, "staff/classCode")
    theirs = {one.school_code, *(classes[code].school for code in one.class_code)} - {None}
    if scope is not None and theirs != {scope.school}:
        return Problem(ItemErrorCode.OUT_OF_SCOPE)
    return snils_problem(one.snils, "staff/snils")


def _write(work: Work, change: Change[StaffType]) -> None:
    persons.put_staff(work.database, change.records, change.digests, change.entry)


def _close(transaction: Transaction, keys: Sequence[str], closing: Closing) -> None:
    persons.close_staff(transaction, keys, closing.entry)


STAFF: Kind[StaffType] = Kind(
    record=lambda item: item.staff,
    key=lambda record: record.staff_id,
    known=_known,
    problems=_problems,
    write=_write,
    in_use=lambda *_: frozenset(),
    close=_close,
    open_in=lambda transaction, scope, _: persons.staff_of(transaction, scope.school),
)
