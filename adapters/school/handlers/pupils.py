"""SVC-09: pupils; a new one is given a personal account for life (H-16)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from adapters.meals.names import FullName
from adapters.meals.repository import accounts
from adapters.school.batches import (
    Change,
    Closing,
    Kind,
    Known,
    Outcome,
    Scope,
    answer,
    synchronize,
)
from adapters.school.errors import Problem
from adapters.school.handlers.numbers import snils_problem
from adapters.school.messages.data import (
    ItemErrorCode,
    PupilResultType,
    PupilType,
    SyncPupilsRequest,
    SyncPupilsResponse,
    SyncResult,
)
from adapters.school.repository import persons, places
from gateway.adapter import Received, Work
from gateway.storage.database import Transaction

_DAY = timedelta(days=1)


def sync_pupils(received: Received[SyncPupilsRequest], work: Work) -> SyncPupilsResponse:
    """Store pupils and tell their accounts; FULL closes those of the school or class not named."""

    def decide() -> SyncPupilsResponse:
        outcomes = synchronize(PUPILS, received, work)
        return SyncPupilsResponse(
            batch_id=received.request.batch_id, result=_tell(work.database, outcomes)
        )

    return answer(received, work, SyncPupilsResponse, decide)


def _tell(transaction: Transaction, outcomes: Sequence[Outcome]) -> list[PupilResultType]:
    known = persons.pupils(
        transaction,
        [one.external_id for one in outcomes if one.result is not SyncResult.REJECTED],
    )
    return [
        PupilResultType(
            external_id=one.external_id,
            result=one.result,
            account=known[one.external_id].account if one.external_id in known else None,
            error=None if one.problem is None else one.problem.message,
        )
        for one in outcomes
    ]


def _known(transaction: Transaction, keys: Sequence[str], today: date) -> dict[str, Known]:
    kept = persons.pupils(transaction, keys)
    return {key: Known(one.digest, one.is_open(today)) for key, one in kept.items()}


def _problems(
    transaction: Transaction, records: Sequence[PupilType], scope: Scope | None, _: date
) -> Mapping[str, Problem]:
    classes = places.classes(transaction, [one.class_code for one in records])
    found = {}
    for one in records:
        problem = _problem(one, classes.get(one.class_code), scope)
        if problem is not None:
            found[one.pupil_id] = problem
    return found


def _problem(one: PupilType, kept: places.Kept | None, scope: Scope | None) -> Problem | None:
    if kept is None or not kept.is_open:
        return Problem(ItemErrorCode.CLASS_UNKNOWN, "pupil/classCode")
    if scope is not None and (
        kept.school != scope.school or scope.class_code not in {None, one.class_code}
    ):
        return Problem(ItemErrorCode.OUT_OF_SCOPE, "pupil/classCode")
    if one.to is not None and one.to < one.from_value:
        return Problem(ItemErrorCode.PERIOD_INVALID, "pupil/to")
    return snils_problem(one.snils, "pupil/snils")


def _write(work: Work, change: Change[PupilType]) -> None:
    """Store pupils; whoever is new gets an account before he is stored."""
    transaction = work.database
    kept = persons.pupils(transaction, [one.pupil_id for one in change.records])
    new = [one for one in change.records if one.pupil_id not in kept]
    issued = accounts.issue(transaction, len(new))
    held = {one.pupil_id: number for one, number in zip(new, issued, strict=True)}
    held |= {key: one.account for key, one in kept.items()}
    accounts.put(
        transaction,
        [
            accounts.Holder(held[one.pupil_id], FullName.of(one.name).mask, one.class_code)
            for one in change.records
        ],
    )
    persons.put_pupils(transaction, change.records, held, change.digests, change.entry)
    accounts.follow(transaction, sorted(held.values()), change.today)


def _close(transaction: Transaction, keys: Sequence[str], closing: Closing) -> None:
    """Close from today on: yesterday was the last day; the account keeps its money."""
    persons.close_pupils(transaction, keys, (closing.today - _DAY).isoformat(), closing.entry)


def _open_in(transaction: Transaction, scope: Scope, today: date) -> Sequence[str]:
    return persons.open_pupils(transaction, scope.school, scope.class_code or "", today.isoformat())


PUPILS: Kind[PupilType] = Kind(
    record=lambda item: item.pupil,
    key=lambda record: record.pupil_id,
    known=_known,
    problems=_problems,
    write=_write,
    in_use=lambda *_: frozenset(),
    close=_close,
    open_in=_open_in,
)
