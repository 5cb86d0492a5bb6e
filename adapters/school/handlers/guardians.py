"""SVC-09: guardians and whom they represent (MEAL-PAR-15)."""

from collections.abc import Mapping, Sequence
from datetime import date

from adapters.school.batches import Change, Closing, Kind, Known, Scope, answer, synchronize
from adapters.school.errors import Problem
from adapters.school.handlers.institutions import tell
from adapters.school.handlers.numbers import snils_problem
from adapters.school.messages.data import (
    GuardianType,
    ItemErrorCode,
    SyncGuardiansRequest,
    SyncGuardiansResponse,
)
from adapters.school.repository import persons
from gateway.adapter import Received, Work
from gateway.storage.database import Transaction


def sync_guardians(received: Received[SyncGuardiansRequest], work: Work) -> SyncGuardiansResponse:
    """Store guardians; FULL ends what unnamed ones have with pupils of the school or class."""

    def decide() -> SyncGuardiansResponse:
        outcomes = synchronize(GUARDIANS, received, work)
        return SyncGuardiansResponse(
            batch_id=received.request.batch_id, result=list(tell(outcomes))
        )

    return answer(received, work, SyncGuardiansResponse, decide)


def _known(transaction: Transaction, keys: Sequence[str], _: date) -> dict[str, Known]:
    return {key: Known(*kept) for key, kept in persons.guardians(transaction, keys).items()}


def _problems(
    transaction: Transaction, records: Sequence[GuardianType], scope: Scope | None, today: date
) -> Mapping[str, Problem]:
    pupils = persons.pupils(transaction, [key for one in records for key in one.pupil_id])
    open_pupils = {key: kept for key, kept in pupils.items() if kept.is_open(today)}
    found = {}
    for one in records:
        problem = _problem(one, open_pupils, scope)
        if problem is not None:
            found[one.guardian_id] = problem
    return found


def _problem(
    one: GuardianType, pupils: Mapping[str, persons.Kept], scope: Scope | None
) -> Problem | None:
    if any(key not in pupils for key in one.pupil_id):
        return Problem(ItemErrorCode.PUPIL_UNKNOWN, "guardian/pupilId")
    if scope is not None and all(pupils[key].school != scope.school for key in one.pupil_id):
        return Problem(ItemErrorCode.OUT_OF_SCOPE, "guardian/pupilId")
    return snils_problem(one.snils, "guardian/snils")


def _write(work: Work, change: Change[GuardianType]) -> None:
    persons.put_guardians(work.database, change.records, change.digests, change.entry)


def _close(transaction: Transaction, keys: Sequence[str], closing: Closing) -> None:
    scope = closing.scope
    if scope is None:
        persons.close_guardians(transaction, keys, closing.entry)
        return
    persons.unlink_guardians(transaction, keys, scope.school, scope.class_code or "", closing.entry)


GUARDIANS: Kind[GuardianType] = Kind(
    record=lambda item: item.guardian,
    key=lambda record: record.guardian_id,
    known=_known,
    problems=_problems,
    write=_write,
    in_use=lambda *_: frozenset(),
    close=_close,
    open_in=lambda transaction, scope, _: persons.guardians_of(
        transaction, scope.school, scope.class_code or ""
    ),
)
