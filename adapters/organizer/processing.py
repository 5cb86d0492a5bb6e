"""The queue that works through received packages of menu rows, one bounded piece a call.

A package is read twice. The first time every row is validated and noted by its code, so that a
file which is not what it must be changes nothing, and a code that repeats is known wherever it
stands. The second time rows are applied, a batch in one transaction together with their answers
and the package's own mark of progress. A process killed at any moment leaves whole pieces behind.
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
from adapters.organizer.rows import Batch, Verdict, answers, repeated_rows
from adapters.organizer.staging import ImportRows
from gateway.adapter import JobContext, Work
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import Contour
from gateway.kernel.ports import Calendar
from gateway.storage.database import is_race
from registry.calendar import local_date

LEASE = timedelta(seconds=10)
"""How long a killed process keeps others from its package: a courtesy, the lock is the row."""
PUT_OFF = timedelta(minutes=1)
"""How long a package that met an error of ours waits."""
MOST_RACES = 20
"""Lost races in a row after which it is no race."""
MOST_OPEN = 4
"""Files kept open between pieces, so that a long one is not read from its start each time."""

_FARTHEST_FREEZE = timedelta(days=60)
"""No freeze reaches farther: five working days are never so many calendar days."""
_APPLY: Mapping[ImportKind, Callable[[Batch[Any]], list[Verdict]]] = {
    ImportKind.DISHES: dishes.apply,
    ImportKind.COMPLEXES: mealsets.apply,
    ImportKind.STANDARD: additional.apply,
    ImportKind.HOME_STUDY: additional.apply,
}
OpenRows = Callable[[JobContext, MenuImport, int], ImportRows[Any]]
log = logging.getLogger(__name__)


class ImportQueue:
    """Background work on packages; any number of processes may have one each."""

    def __init__(self, open_rows: OpenRows) -> None:
        """Read the rows of a package through `open_rows`."""
        self._open_rows = open_rows
        self._workers: dict[Contour, _Worker] = {}

    def run(self, context: JobContext, _: datetime) -> bool:
        """Do one piece of one unfinished package; False when there is none."""
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
        package = self._claimed(context)
        if package is None:
            return False
        try:
            if package.total is None:
                self._note(context, package)
            else:
                self._apply(context, package)
        except Exception as error:
            self._close(package.id)
            if is_race(error) and self._races < MOST_RACES:
                self._races += 1
                return True
            with context.begin() as work:
                imports.put_off(work.database, package.id, work.now + PUT_OFF)
            raise
        self._races = 0
        return True

    def _claimed(self, context: JobContext) -> MenuImport | None:
        """Return the package to work on; its lease is ours."""
        while True:
            with context.read() as work:
                owner = self._owner = self._owner or str(work.identifiers())
                package = imports.next_unfinished(work.database, work.now, owner)
                now = work.now
            if package is None:
                return None
            if package.lease_owner == owner and (package.lease_until or now) > now:
                return package
            with context.begin() as work:
                if imports.claim(work.database, package, owner, work.now, work.now + LEASE):
                    return package

    def _held(self, work: Work, package: MenuImport) -> MenuImport | None:
        """Hold the package; None when it moved since it was claimed: look again then."""
        held = imports.hold(work.database, package.id)
        is_ours = held.lease_owner == self._owner
        return held if is_ours and _progress(held) == _progress(package) else None

    def _note(self, context: JobContext, package: MenuImport) -> None:
        """Validate the next rows and note them by their codes."""
        limit = context.rules.batch_lines
        try:
            reader = self._rows(context, package, package.staged)
            rows = reader.take(limit)
        except GatewayError as error:
            if error.retryable:
                raise
            self._fail(context, package, error)
            return
        noted = [_noted(number, row) for number, row in enumerate(rows, package.staged + 1)]
        with context.begin() as work:
            if self._held(work, package) is None:
                self._close(package.id)
                return
            imports.note(work.database, package.id, noted)
            over = len(rows) < limit
            imports.change(
                work.database,
                package.id,
                lease_until=work.now + LEASE,
                staged=reader.taken,
                total=reader.taken if over else None,
            )
        if over:
            self._close(package.id)

    def _apply(self, context: JobContext, package: MenuImport) -> None:
        """Apply and answer the next rows; after the last, settle the package."""
        rows = self._rows(context, package, package.processed).take(context.rules.batch_lines)
        with context.begin() as work:
            held = self._held(work, package)
            if held is None:
                self._close(package.id)
                return
            version = versions.hold(work.database, held.organizer_inn)
            batch = _batch(work, held, rows, version + 1)
            verdicts = _APPLY[ImportKind(held.kind)](batch) if rows else []
            imports.answer(work.database, held.id, answers(batch, verdicts))
            progress = _counted(held, verdicts)
            changed = progress["accepted"] != held.accepted
            is_over = progress["processed"] == held.total
            if is_over and held.mode == ImportMode.REPLACE.value and not progress["rejected"]:
                changed |= bool(
                    assortment.retire_others(
                        work.database, held.organizer_inn, held.id, batch.version
                    )
                )
            if changed:
                versions.advance(work.database, held.organizer_inn, batch.version)
                progress["version"] = batch.version
            more = _settled(progress["rejected"], work.now) if is_over else _leased(work.now)
            imports.change(work.database, held.id, **progress, **more)
        if is_over:
            self._close(package.id)
            log.info("package %s of %s processed", package.batch_id, package.sender)

    def _fail(self, context: JobContext, package: MenuImport, error: GatewayError) -> None:
        self._close(package.id)
        with context.begin() as work:
            if self._held(work, package) is not None:
                imports.fail(work.database, package, error, work.now)
                log.info("package %s of %s failed", package.batch_id, package.sender)

    def _rows(self, context: JobContext, package: MenuImport, after: int) -> ImportRows[Any]:
        """Return the rows after the first `after`."""
        rows = self._open.get(package.id)
        if rows is None or rows.context is not context or rows.taken != after:
            self._close(package.id)
            while len(self._open) >= MOST_OPEN:
                self._close(next(iter(self._open)))
            rows = self._open[package.id] = self._open_rows(context, package, after)
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


def _progress(package: MenuImport) -> tuple[int, int | None, int]:
    return (package.staged, package.total, package.processed)


def _noted(number: int, row: Any) -> Noted:  # noqa: ANN401 -- a row of any kind
    if isinstance(row, DishRowType):
        return Noted(number, row.dish_code, None)
    if isinstance(row, AdditionalRowType):
        return Noted(number, row.item_code, None)
    return Noted(number, row.complex_code, " ".join(day.isoformat() for day in row.date))


def _batch(work: Work, package: MenuImport, rows: Sequence[Any], version: int) -> Batch[Any]:
    first_no = package.processed + 1
    codes = [_noted(number, row).code for number, row in enumerate(rows, first_no)]
    return Batch(
        work=work,
        package=package,
        rows=rows,
        first_no=first_no,
        repeated=repeated_rows(imports.namesakes(work.database, package.id, codes)),
        version=version,
        today=local_date(work.now),
        first_open=first_open_day(work.calendar, work.now),
    )


def _counted(package: MenuImport, verdicts: Sequence[Verdict]) -> dict[str, int]:
    results = [verdict.result for verdict in verdicts]
    rejected = results.count(ItemResult.REJECTED)
    unchanged = results.count(ItemResult.UNCHANGED)
    return {
        "processed": package.processed + len(results),
        "accepted": package.accepted + len(results) - rejected - unchanged,
        "unchanged": package.unchanged + unchanged,
        "rejected": package.rejected + rejected,
    }


def _leased(now: datetime) -> dict[str, object]:
    return {"lease_until": now + LEASE}


def _settled(rejected: int, now: datetime) -> dict[str, object]:
    """Return the columns of a package with no work left."""
    state = ImportState.DONE_WITH_ERRORS if rejected else ImportState.DONE
    return {
        "state": state.value,
        "processed_at": now,
        "lease_owner": None,
        "lease_until": None,
    }
