"""SVC-09: schools with their buildings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

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
from adapters.school.messages.data import (
    InstitutionType,
    ItemErrorCode,
    SyncInstitutionsRequest,
    SyncInstitutionsResponse,
    SyncResultType,
)
from adapters.school.repository import places
from gateway.adapter import Received, Work
from gateway.storage.database import Transaction


def sync_institutions(
    received: Received[SyncInstitutionsRequest], work: Work
) -> SyncInstitutionsResponse:
    """Store schools; FULL closes the buildings of the school that are not named."""

    def decide() -> SyncInstitutionsResponse:
        outcomes = synchronize(INSTITUTIONS, received, work)
        return SyncInstitutionsResponse(
            batch_id=received.request.batch_id, result=list(tell(outcomes))
        )

    return answer(received, work, SyncInstitutionsResponse, decide)


def tell(outcomes: Iterable[Outcome]) -> Iterable[SyncResultType]:
    """Give the results of rows as a response carries them."""
    for one in outcomes:
        error = None if one.problem is None else one.problem.message
        yield SyncResultType(external_id=one.external_id, result=one.result, error=error)


def _known(transaction: Transaction, keys: Sequence[str], _: date) -> dict[str, Known]:
    kept = places.schools(transaction, keys)
    return {key: Known(one.digest, one.is_open) for key, one in kept.items()}


def _problems(
    _: Transaction, records: Sequence[InstitutionType], scope: Scope | None, __: date
) -> Mapping[str, Problem]:
    found = {}
    for one in records:
        codes = [building.building_code for building in one.building]
        if len(set(codes)) < len(codes):
            text = "Код корпуса повторяется."
            found[one.school_code] = Problem(
                ItemErrorCode.VALUE_INVALID, "institution/building/buildingCode", text
            )
        elif scope is not None and one.school_code != scope.school:
            found[one.school_code] = Problem(ItemErrorCode.OUT_OF_SCOPE)
    return found


def _write(work: Work, change: Change[InstitutionType]) -> None:
    places.put_schools(
        work.database, change.records, change.digests, whole=change.scope is not None
    )


def _close(transaction: Transaction, keys: Sequence[str], _: Closing) -> None:
    places.close_schools(transaction, keys)


INSTITUTIONS: Kind[InstitutionType] = Kind(
    record=lambda item: item.institution,
    key=lambda record: record.school_code,
    known=_known,
    problems=_problems,
    write=_write,
    in_use=lambda transaction, keys, _: places.busy_schools(transaction, keys),
    close=_close,
    open_in=lambda *_: (),
)
