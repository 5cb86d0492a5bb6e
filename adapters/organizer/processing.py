"""The queue that works through received batches of menu rows, one bounded piece a call.

A batch is read twice. The first time every row is validated and noted by its code, so that a
file which is not what it must be changes nothing, and a code that repeats is known wherever it
stands. The second time rows are applied, a piece in one transaction together with their answers
and the batch's own mark of progress. A process killed at any moment leaves whole pieces behind.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from adapters.meals.times import days_of, is_frozen
from adapters.organizer import additional, dishes, mealsets
from adapters.organizer.messages import (
    AdditionalRowType,
    DishRowType,
    ImportMode,
    ImportState,
    ItemResult,
)
from adapters.organizer.repository import dishes as assortment
from adapters.organizer.repository import imports, versions
from adapters.organizer.repository.imports import ImportKind, MenuImport, Noted
from adapters.organizer.rows import Piece, Verdict, answers, repeated_rows
from adapters.organizer.staging import ImportRows
from gateway.adapter import JobContext, Work
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import Calendar
from gateway.storage.database import is_race
from registry.calendar import local_date

LEASE = timedelta(seconds=10)
"""How long a killed process keeps others from its batch: a courtesy, the lock is the row."""
PUT_OFF = timedelta(minutes=1)
"""How long a batch that met an error of ours waits."""
MOST_RACES = 20
"""Lost races in a row after which it is no race."""
MOST_OPEN = 4
"""Files kept open between pieces, so that a long one is not read from its start each time."""

_FARTHEST_FREEZE = timedelta(days=60)
"""No freeze reaches farther: five working days are never so many calendar days."""
_APPLY: Mapping[ImportKind, Callable[[Piece[Any]], list[Verdict]]] = {
    ImportKind.DISHES: dishes.apply,
    ImportKind.COMPLEXES: mealsets.apply,
    ImportKind.STANDARD: additional.apply,
    ImportKind.HOME_STUDY: additional.apply,
}
OpenRows = Callable[[JobContext, MenuImport, int], ImportRows[Any]]
log = logging.getLogger(__name__)


class ImportQueue:
    """Background work on batches; any number of processes may have one each."""

    def __init__(self, open_rows: OpenRows) -> None:
        """Read the rows of a batch through `open_rows`."""
        self._open_rows = open_rows
        self._workers: dict[Contour, _Worker] = {}

    def run(self, context: JobContext, _: datetime) -> bool:
        """Do one piece of one unfinished batch; False when there is none."""
        worker = self._workers.get(context.contour)
        if worker is None:
            worker = self._workers[context.contour] = _Worker(self._open_rows)
        return worker.piece(context)


class _Worker:
    """The queue in one contour; used by one thread."""

    def __init__(self, open_rows: OpenRows) -> None:
        self._open_rows = open_rows
        self._owner: str | None = None
        self._open: dict[UUID, ImportRows[Any]] = {}
        self._races = 0

    def piece(self, context: JobContext) -> bool:
        batch = self._claimed(context)
        if batch is None:
            return False
        try:
            if batch.total is None:
                self._note(context, batch)
            else:
                self._apply(context, batch)
        except Exception as error:
            self._close(batch.id)
            if is_race(error) and self._races < MOST_RACES:
                self._races += 1
                return True
            with context.begin() as work:
                imports.put_off(work.database, batch.id, work.now + PUT_OFF)
            raise
        self._races = 0
        return True

    def _claimed(self, context: JobContext) -> MenuImport | None:
        """Return the batch to work on; its lease is ours."""
        while True:
            with context.read() as work:
                owner = self._owner = self._owner or str(work.identifiers())
                batch = imports.next_unfinished(work.database, work.now, owner)
                now = work.now
            if batch is None:
                return None
            if batch.lease_owner == owner and (batch.lease_until or now) > now:
                return batch
            with context.begin() as work:
                if imports.claim(work.database, batch, owner, work.now, work.now + LEASE):
                    return batch

    def _held(self, work: Work, batch: MenuImport) -> MenuImport | None:
        """Hold the batch; None when it moved since it was claimed: look again then."""
        held = imports.hold(work.database, batch.id)
        is_ours = held.lease_owner == self._owner
        return held if is_ours and _progress(held) == _progress(batch) else None

    def _note(self, context: JobContext, batch: MenuImport) -> None:
        """Validate the next rows and note them by their codes."""
        limit = context.rules.batch_lines
        try:
            reader = self._rows(context, batch, batch.staged)
            rows = reader.take(limit)
        except GatewayError as error:
            if error.retryable:
                raise
            self._fail(context, batch, error)
            return
        noted = [_noted(number, row) for number, row in enumerate(rows, batch.staged + 1)]
        with context.begin() as work:
            if self._held(work, batch) is None:
                self._close(batch.id)
                return
            imports.note(work.database, batch.id, noted)
            over = len(rows) < limit
            imports.change(
                work.database,
                batch.id,
                lease_until=work.now + LEASE,
                staged=reader.taken,
                total=reader.taken if over else None,
            )
        if over:
            self._close(batch.id)

    def _apply(self, context: JobContext, batch: MenuImport) -> None:
        """Apply and answer the next rows; after the last, settle the batch."""
        rows = self._rows(context, batch, batch.processed).take(context.rules.batch_lines)
        with context.begin() as work:
            held = self._held(work, batch)
            if held is None:
                self._close(batch.id)
                return
            version = versions.hold(work.database, held.organizer_inn)
            piece = _piece(work, held, rows, version + 1)
            verdicts = _APPLY[ImportKind(held.kind)](piece) if rows else []
            imports.answer(work.database, held.id, answers(piece, verdicts))
            progress = _counted(held, verdicts)
            changed = progress["accepted"] != held.accepted
            is_over = progress["processed"] == held.total
            if is_over and held.mode == ImportMode.REPLACE.value and not progress["rejected"]:
                changed |= bool(
                    assortment.retire_others(
                        work.database, held.organizer_inn, held.id, piece.version
                    )
                )
            if changed:
                versions.advance(work.database, held.organizer_inn, piece.version)
                progress["version"] = piece.version
            more = _settled(progress["rejected"], work.now) if is_over else _leased(work.now)
            imports.change(work.database, held.id, **progress, **more)
        if is_over:
            self._close(batch.id)
            log.info("batch %s of %s processed", batch.batch_id, batch.sender)

    def _fail(self, context: JobContext, batch: MenuImport, error: GatewayError) -> None:
        self._close(batch.id)
        with context.begin() as work:
            if self._held(work, batch) is not None:
                imports.fail(work.database, batch, error, work.now)
                log.info("batch %s of %s failed", batch.batch_id, batch.sender)

    def _rows(self, context: JobContext, batch: MenuImport, after: int) -> ImportRows[Any]:
        """Return the rows after the first `after`."""
        rows = self._open.get(batch.id)
        if rows is None or rows.context is not context or rows.taken != after:
            self._close(batch.id)
            while len(self._open) >= MOST_OPEN:
                self._close(next(iter(self._open)))
            rows = self._open[batch.id] = self._open_rows(context, batch, after)
        return rows

    def _close(self, import_id: UUID) -> None:
        rows = self._open.pop(import_id, None)
        if rows is not None:
            rows.close()


def first_open_day(calendar: Calendar, now: datetime) -> date:
    """Return the first day whose choice is not frozen; all after it are open, too.

    Raises CalendarMissing.
    """
    today = local_date(now)
    days = days_of(today, today + _FARTHEST_FREEZE)
    return next(day for day in days if not is_frozen(calendar, day, now))


def _progress(batch: MenuImport) -> tuple[int, int | None, int]:
    return (batch.staged, batch.total, batch.processed)


def _noted(number: int, row: Any) -> Noted:  # noqa: ANN401 -- a row of any kind
    if isinstance(row, DishRowType):
        return Noted(number, row.dish_code, None)
    if isinstance(row, AdditionalRowType):
        return Noted(number, row.item_code, None)
    return Noted(number, row.complex_code, " ".join(day.isoformat() for day in row.date))


def _piece(work: Work, batch: MenuImport, rows: Sequence[Any], version: int) -> Piece[Any]:
    first_no = batch.processed + 1
    codes = [_noted(number, row).code for number, row in enumerate(rows, first_no)]
    return Piece(
        work=work,
        batch=batch,
        rows=rows,
        first_no=first_no,
        repeated=repeated_rows(imports.namesakes(work.database, batch.id, codes)),
        version=version,
        today=local_date(work.now),
        first_open=first_open_day(work.calendar, work.now),
    )


def _counted(batch: MenuImport, verdicts: Sequence[Verdict]) -> dict[str, int]:
    results = [verdict.result for verdict in verdicts]
    rejected = results.count(ItemResult.REJECTED)
    unchanged = results.count(ItemResult.UNCHANGED)
    return {
        "processed": batch.processed + len(results),
        "accepted": batch.accepted + len(results) - rejected - unchanged,
        "unchanged": batch.unchanged + unchanged,
        "rejected": batch.rejected + rejected,
    }


def _leased(now: datetime) -> dict[str, object]:
    return {"lease_until": now + LEASE}


def _settled(rejected: int, now: datetime) -> dict[str, object]:
    """Return the columns of a batch with no work left."""
    state = ImportState.DONE_WITH_ERRORS if rejected else ImportState.DONE
    return {
        "state": state.value,
        "processed_at": now,
        "lease_owner": None,
        "lease_until": None,
    }
