"""SVC-09: classes."""

from collections.abc import Mapping, Sequence
from datetime import date

from adapters.meals.repository import accounts
from adapters.school.batches import Change, Closing, Kind, Known, Scope, answer, synchronize
from adapters.school.errors import Problem
from adapters.school.handlers.institutions import tell
from adapters.school.messages.data import (
    ClassType,
    ItemErrorCode,
    SyncClassesRequest,
    SyncClassesResponse,
)
from adapters.school.repository import places
from gateway.adapter import Received, Work
from gateway.storage.database import Transaction


def sync_classes(received: Received[SyncClassesRequest], work: Work) -> SyncClassesResponse:
    """Store classes; FULL closes the classes of the school that are not named."""

    def decide() -> SyncClassesResponse:
        outcomes = synchronize(CLASSES, received, work)
        return SyncClassesResponse(batch_id=received.request.batch_id, result=list(tell(outcomes)))

    return answer(received, work, SyncClassesResponse, decide)


def _known(transaction: Transaction, keys: Sequence[str], _: date) -> dict[str, Known]:
    kept = places.classes(transaction, keys)
    return {key: Known(one.digest, one.is_open) for key, one in kept.items()}


def _problems(
    transaction: Transaction, records: Sequence[ClassType], scope: Scope | None, _: date
) -> Mapping[str, Problem]:
    codes = [one.school_code for one in records]
    schools = places.open_schools(transaction, codes)
    buildings = places.buildings(transaction, codes)
    found = {}
    for one in records:
        if one.school_code not in schools:
            found[one.class_code] = Problem(ItemErrorCode.SCHOOL_UNKNOWN, "class/schoolCode")
        elif one.building_code and (one.school_code, one.building_code) not in buildings:
            found[one.class_code] = Problem(ItemErrorCode.BUILDING_UNKNOWN, "class/buildingCode")
        elif scope is not None and one.school_code != scope.school:
            found[one.class_code] = Problem(ItemErrorCode.OUT_OF_SCOPE, "class/schoolCode")
    return found


def _write(work: Work, change: Change[ClassType]) -> None:
    places.put_classes(work.database, change.records, change.digests, change.entry)
    accounts.follow_classes(work.database, [one.class_code for one in change.records], change.today)


def _close(transaction: Transaction, keys: Sequence[str], closing: Closing) -> None:
    places.close_classes(transaction, keys, closing.entry)


CLASSES: Kind[ClassType] = Kind(
    record=lambda item: item.class_value,
    key=lambda record: record.class_code,
    known=_known,
    problems=_problems,
    write=_write,
    in_use=lambda transaction, keys, day: places.busy_classes(transaction, keys, day.isoformat()),
    close=_close,
    open_in=lambda transaction, scope, _: places.open_classes(transaction, scope.school),
)
