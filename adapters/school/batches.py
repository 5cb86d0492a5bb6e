"""A batch of the school system: admitted, held against its limits, answered once for ever.

`answer` is the story of every operation of SVC-09. What differs between pupils, classes and the
rest is a `Kind`; how rows are told apart, refused, stored and closed is here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from lxml import etree

from adapters.meals import access
from adapters.school.errors import Problem
from adapters.school.messages.data import ItemErrorCode, SyncAction, SyncMode, SyncResult
from adapters.school.repository import batches
from gateway.adapter import Received, Work
from gateway.contracts import codec
from gateway.kernel import xml
from gateway.kernel.errors import DuplicateConflict, Finding, TooLarge, ValidationError
from gateway.storage.database import Transaction
from registry.calendar import local_date

MOST_ROWS = 2000
"""Rows in one message: they are answered in the same breath."""

Record = TypeVar("Record")
Answer = TypeVar("Answer")


class Item(Protocol):
    """A row: what to do with a record."""

    external_id: str
    action: SyncAction


class Known(NamedTuple):
    """A record that is there already."""

    digest: bytes | None
    is_open: bool


class Scope(NamedTuple):
    """Whose records a batch of mode FULL names, all of them."""

    school: str
    class_code: str | None = None


class Outcome(NamedTuple):
    """What became of a row."""

    external_id: str
    result: SyncResult
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Change(Generic[Record]):
    """Records to write, in the order of the batch, and what they stem from."""

    records: Sequence[Record]
    digests: Mapping[str, bytes]
    """By the record's own identifier."""
    known: Mapping[str, Known]
    scope: Scope | None
    entry: int
    today: date


class Closing(NamedTuple):
    """When and by which message records are closed, and whose whole list has left them out."""

    today: date
    entry: int
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Kind(Generic[Record]):
    """One kind of records: institutions, classes, pupils, guardians, staff."""

    record: Callable[[Any], Record | None]
    """The record inside a row."""
    key: Callable[[Record], str]
    """Its own identifier, which the row's externalId repeats."""
    known: Callable[[Transaction, Sequence[str], date], Mapping[str, Known]]
    problems: Callable[[Transaction, Sequence[Record], Scope | None, date], Mapping[str, Problem]]
    """Why records cannot be stored, by key; one look-up over all of them."""
    write: Callable[[Work, Change[Record]], None]
    in_use: Callable[[Transaction, Sequence[str], date], frozenset[str]]
    """Those of open records that cannot be closed yet."""
    close: Callable[[Transaction, Sequence[str], Closing], None]
    open_in: Callable[[Transaction, Scope, date], Sequence[str]]
    """Open records of a scope, in the order of their keys."""


def answer(
    received: Received[Any], work: Work, cls: type[Answer], decide: Callable[[], Answer]
) -> Answer:
    """Return the answer to a batch: the first one again, or a new one that is kept.

    Raises NotAllowed, DuplicateConflict.
    """
    access.admit(received, work, access.Function.TELL_SCHOOLS)
    sender, batch_id = received.sender.code, received.request.batch_id
    before = batches.answered(work.database, sender, batch_id)
    if before is not None:
        if before.digest != received.digest:
            raise DuplicateConflict
        return codec.decode(cls, etree.fromstring(before.answer, xml.parser()))
    given = decide()
    kept = batches.Answered(received.digest, codec.octet_encoder(cls)(given))
    batches.keep(work.database, sender, batch_id, kept, received.entry, work.now)
    return given


def control_rows(request: Any, rows: Sequence[object]) -> None:  # noqa: ANN401 -- any request
    """Refuse more rows than a message may have with TOO_LARGE."""
    if len(rows) > MOST_ROWS:
        text = f"Строк больше {MOST_ROWS}: {len(rows)}. Ничего не изменено."
        raise TooLarge(text, findings=(Finding(text, path=f"/{type(request).__name__}"),))


def synchronize(kind: Kind[Record], received: Received[Any], work: Work) -> list[Outcome]:
    """Do what a batch says and return what became of each row, then of what FULL has closed.

    One bad row never rejects the rest; with one bad row FULL closes nothing. Raises TooLarge,
    ValidationError.
    """
    request, transaction, today = received.request, work.database, local_date(work.now)
    control_rows(request, request.item)
    scope = _scope(request)
    rows = _rows(kind, request.item)
    outcomes = dict(_misshapen(kind, rows))
    sound = [row for row in rows if row.number not in outcomes]
    known = kind.known(transaction, [row.item.external_id for row in sound], today)
    outcomes |= _refused(kind, transaction, sound, scope, today)
    upserts = [
        row for row in sound if row.number not in outcomes and row.item.action is SyncAction.UPSERT
    ]
    outcomes |= _write(kind, work, upserts, known, scope, received.entry, today)
    closes = [row for row in sound if row.item.action is SyncAction.CLOSE]
    outcomes |= _close(kind, transaction, closes, known, received.entry, today)
    answered = [outcomes[row.number] for row in rows]
    if scope is None or any(one.result is SyncResult.REJECTED for one in answered):
        return answered
    return [*answered, *_close_rest(kind, transaction, scope, answered, received.entry, today)]


class _Row(NamedTuple):
    number: int
    item: Any
    record: Any


def _scope(request: Any) -> Scope | None:  # noqa: ANN401 -- any request
    if request.mode is not SyncMode.FULL:
        return None
    if request.school_code is None:
        name = type(request).__name__
        text = "При mode = FULL обязателен schoolCode: чей состав передан целиком."
        raise ValidationError(text, findings=(Finding(text, path=f"/{name}/schoolCode"),))
    return Scope(request.school_code, getattr(request, "class_code", None))


def _rows(kind: Kind[Any], items: Iterable[Item]) -> list[_Row]:
    return [_Row(number, item, kind.record(item)) for number, item in enumerate(items)]


def _misshapen(kind: Kind[Any], rows: Sequence[_Row]) -> Iterable[tuple[int, Outcome]]:
    """Find rows that contradict themselves or each other."""
    times = Counter(row.item.external_id for row in rows)
    for row in rows:
        problem = None
        if times[row.item.external_id] > 1:
            problem = Problem(ItemErrorCode.ROW_DUPLICATE, "externalId")
        elif row.item.action is SyncAction.UPSERT:
            if row.record is None:
                problem = Problem(ItemErrorCode.DATA_REQUIRED)
            elif kind.key(row.record) != row.item.external_id:
                problem = Problem(ItemErrorCode.ID_MISMATCH, "externalId")
        if problem is not None:
            yield row.number, _rejected(row, problem)


def _refused(
    kind: Kind[Any],
    transaction: Transaction,
    rows: Sequence[_Row],
    scope: Scope | None,
    today: date,
) -> dict[int, Outcome]:
    """Find records that cannot be stored."""
    upserts = [row for row in rows if row.item.action is SyncAction.UPSERT]
    problems = kind.problems(transaction, [row.record for row in upserts], scope, today)
    return {
        row.number: _rejected(row, problems[row.item.external_id])
        for row in upserts
        if row.item.external_id in problems
    }


def _write(
    kind: Kind[Any],
    work: Work,
    rows: Sequence[_Row],
    known: Mapping[str, Known],
    scope: Scope | None,
    entry: int,
    today: date,
) -> dict[int, Outcome]:
    """Store what is new or different."""
    digests = {row.item.external_id: digest_of(row.record) for row in rows}
    different = [
        row
        for row in rows
        if known.get(row.item.external_id) != Known(digests[row.item.external_id], is_open=True)
    ]
    if different:
        records = [row.record for row in different]
        kind.write(work, Change(records, digests, known, scope, entry, today))
    changed = {row.number for row in different}
    return {
        row.number: Outcome(
            row.item.external_id,
            SyncResult.UNCHANGED
            if row.number not in changed
            else SyncResult.UPDATED
            if row.item.external_id in known
            else SyncResult.CREATED,
        )
        for row in rows
    }


def _close(
    kind: Kind[Any],
    transaction: Transaction,
    rows: Sequence[_Row],
    known: Mapping[str, Known],
    entry: int,
    today: date,
) -> dict[int, Outcome]:
    """Close what a row says is to be closed."""
    standing = [
        row.item.external_id
        for row in rows
        if row.item.external_id in known and known[row.item.external_id].is_open
    ]
    in_use = kind.in_use(transaction, standing, today)
    closed = [key for key in standing if key not in in_use]
    kind.close(transaction, closed, Closing(today, entry))
    outcomes = {}
    for row in rows:
        key = row.item.external_id
        if key not in known:
            outcomes[row.number] = _rejected(row, Problem(ItemErrorCode.RECORD_UNKNOWN))
        elif key in in_use:
            outcomes[row.number] = _rejected(row, Problem(ItemErrorCode.IN_USE))
        else:
            was_open = known[key].is_open
            result = SyncResult.CLOSED if was_open else SyncResult.UNCHANGED
            outcomes[row.number] = Outcome(key, result)
    return outcomes


def _close_rest(
    kind: Kind[Any],
    transaction: Transaction,
    scope: Scope,
    answered: Sequence[Outcome],
    entry: int,
    today: date,
) -> list[Outcome]:
    """Close what a full batch does not name."""
    named = {one.external_id for one in answered}
    rest = [key for key in kind.open_in(transaction, scope, today) if key not in named]
    in_use = kind.in_use(transaction, rest, today)
    closed = [key for key in rest if key not in in_use]
    kind.close(transaction, closed, Closing(today, entry, scope))
    return [
        Outcome(key, SyncResult.REJECTED, Problem(ItemErrorCode.IN_USE))
        if key in in_use
        else Outcome(key, SyncResult.CLOSED)
        for key in rest
    ]


def _rejected(row: _Row, problem: Problem) -> Outcome:
    return Outcome(row.item.external_id, SyncResult.REJECTED, problem)


def digest_of(record: object) -> bytes:
    """Return what tells a record from one that says the same."""
    return sha256(codec.octet_encoder(type(record))(record)).digest()
