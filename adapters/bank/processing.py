"""The queue that works through received payment registries, one bounded piece a call.

A piece is one transaction: it moves the lines, the payments, the ledger and the registry's own
mark of progress together. A process killed at any moment leaves whole pieces behind, and whoever
comes next goes on from the mark.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from adapters.bank import bookkeeping, errors, submission
from adapters.bank.booking import PAID
from adapters.bank.repository import booking, registries
from adapters.bank.repository.registries import FILE, PaymentRegistry, Phase
from adapters.bank.staging import Lines
from adapters.bank.submission import MOST_FINDINGS, Counted, Declared
from gateway.adapter import JobContext, Work
from gateway.contracts.messages.common import RegistryState
from gateway.kernel.errors import Finding, GatewayError
from gateway.kernel.message import Contour
from gateway.storage.database import is_race

LEASE = timedelta(seconds=10)
"""How long a killed process keeps others from its registry: a courtesy, the lock is the row."""
PUT_OFF = timedelta(minutes=1)
"""How long a registry that failed lets others go first."""
MOST_RACES = 20
"""Lost races in a row after which it is no race."""
MOST_OPEN = 4
"""Files kept open between pieces, so that a long one is not read from its start each time."""

_ZERO = Decimal("0.00")
log = logging.getLogger(__name__)


class RegistryQueue:
    """Background work on payment registries; any number of processes may have one each."""

    def __init__(self, open_lines: Callable[[JobContext, PaymentRegistry], Lines]) -> None:
        """Read the lines of a registry through `open_lines`."""
        self._open_lines = open_lines
        self._workers: dict[Contour, _Worker] = {}

    def run(self, context: JobContext, _: datetime) -> bool:
        """Do one piece of the shortest unfinished registry; False when there is none."""
        worker = self._workers.get(context.contour)
        if worker is None:
            worker = self._workers[context.contour] = _Worker(self._open_lines)
        return worker.piece(context)


class _Worker:
    """The queue in one contour; used by one thread."""

    def __init__(self, open_lines: Callable[[JobContext, PaymentRegistry], Lines]) -> None:
        self._open_lines = open_lines
        self._owner: str | None = None
        self._open: dict[UUID, Lines] = {}
        self._races = 0

    def piece(self, context: JobContext) -> bool:
        registry = self._claimed(context)
        if registry is None:
            return False
        try:
            self._pieces[Phase(registry.phase)](self, context, registry)
        except Exception as error:
            self._close(registry.id)
            if is_race(error) and self._races < MOST_RACES:
                self._races += 1
                return True
            with context.begin() as work:
                registries.put_off(work.database, registry.id, work.now + PUT_OFF)
            raise
        self._races = 0
        return True

    def _claimed(self, context: JobContext) -> PaymentRegistry | None:
        """Return the registry to work on; its lease is ours."""
        while True:
            with context.read() as work:
                owner = self._owner = self._owner or str(work.identifiers())
                registry = registries.next_unfinished(work.database, work.now, owner)
                now = work.now
            if registry is None:
                return None
            if registry.lease_owner == owner and (registry.lease_until or now) > now:
                return registry
            with context.begin() as work:
                if registries.claim(work.database, registry, owner, work.now, work.now + LEASE):
                    return registry

    def _held(self, work: Work, registry: PaymentRegistry) -> PaymentRegistry | None:
        """Hold the registry; None when it moved since it was claimed: look again then."""
        held = registries.hold(work.database, registry.id)
        is_ours = held.lease_owner == self._owner
        return held if is_ours and _progress(held) == _progress(registry) else None

    def _stage(self, context: JobContext, registry: PaymentRegistry) -> None:
        """Copy the next lines into the database."""
        limit = context.rules.batch_lines
        try:
            reader = self._lines(context, registry)
            lines = reader.take(limit)
            _control_excess(registry, reader.taken)
        except GatewayError as error:
            if error.retryable:
                raise
            self._reject(context, registry, error)
            return
        with context.begin() as work:
            if self._held(work, registry) is None:
                self._close(registry.id)
                return
            repeated = registries.add_lines(work.database, registry.id, lines)
            if repeated:
                registries.reject(work.database, registry, _repeated_numbers(repeated), work.now)
                return
            over = len(lines) < limit
            paid = [line for line in lines if line.status == PAID]
            registries.change(
                work.database,
                registry.id,
                lease_until=work.now + LEASE,
                phase=(Phase.CHECKING if over else Phase.STAGING).value,
                staged=reader.taken,
                staged_amount=registry.staged_amount + _sum(line.amount for line in paid),
                staged_commission=registry.staged_commission
                + _sum(line.commission or _ZERO for line in paid),
            )
        if over:
            self._close(registry.id)

    def _check(self, context: JobContext, registry: PaymentRegistry) -> None:
        """Hold the lines against the header (MEAL-BANK-09); nothing is credited before."""
        try:
            submission.control_count(_declared(registry), _counted(registry))
            submission.control_sums(_declared(registry), _counted(registry))
            if registry.source == FILE:
                with context.read() as work:
                    _control_repetitions(registry, work)
        except GatewayError as error:
            self._reject(context, registry, error)
            return
        with context.begin() as work:
            if self._held(work, registry) is not None:
                registries.change(work.database, registry.id, phase=Phase.BOOKING.value)

    def _book(self, context: JobContext, registry: PaymentRegistry) -> None:
        """Book the next lines."""
        limit = context.rules.batch_lines
        with context.begin() as work:
            held = self._held(work, registry)
            if held is None:
                return
            lines = booking.lines_after(work.database, held.id, held.booked_through, limit)
            if lines:
                held = bookkeeping.book(work, held, lines)
            more: dict[str, object] = {"lease_until": work.now + LEASE}
            if len(lines) < limit:
                more = _released(_outcome(held)) | {"processed_at": work.now}
                log.info("registry %s of %s processed", held.registry_id, held.bank)
            bookkeeping.store_counters(work, held, **more)

    def _reverse(self, context: JobContext, registry: PaymentRegistry) -> None:
        """Take the last booked lines of an annulled registry back."""
        with context.begin() as work:
            held = self._held(work, registry)
            if held is None:
                return
            left = bookkeeping.take_back(work, held, context.rules.batch_lines).booked_through
            more: dict[str, object] = {"lease_until": work.now + LEASE}
            if left == 0:
                more = _released(RegistryState.ANNULLED) | {"annulled_at": work.now}
            registries.change(work.database, held.id, booked_through=left, **more)

    def _clear(self, context: JobContext, registry: PaymentRegistry) -> None:
        """Drop lines that will never be booked."""
        limit = context.rules.batch_lines
        with context.begin() as work:
            if self._held(work, registry) is None:
                return
            dropped = registries.clear_lines(work.database, registry.id, limit)
            more: dict[str, object] = {"lease_until": work.now + LEASE}
            if dropped < limit:
                nothing = dict.fromkeys(("staged", "staged_amount", "staged_commission"), 0)
                more = _released(RegistryState(registry.state)) | nothing
            registries.change(work.database, registry.id, **more)

    _pieces: ClassVar = {
        Phase.STAGING: _stage,
        Phase.CHECKING: _check,
        Phase.BOOKING: _book,
        Phase.ANNULLING: _reverse,
        Phase.CLEARING: _clear,
    }

    def _reject(self, context: JobContext, registry: PaymentRegistry, error: GatewayError) -> None:
        self._close(registry.id)
        with context.begin() as work:
            if self._held(work, registry) is not None:
                registries.reject(work.database, registry, error, work.now)
                log.info("registry %s of %s rejected", registry.registry_id, registry.bank)

    def _lines(self, context: JobContext, registry: PaymentRegistry) -> Lines:
        """Return the lines after those that are staged."""
        lines = self._open.get(registry.id)
        if lines is None or lines.context is not context or lines.taken != registry.staged:
            self._close(registry.id)
            while len(self._open) >= MOST_OPEN:
                self._close(next(iter(self._open)))
            lines = self._open[registry.id] = self._open_lines(context, registry)
        return lines

    def _close(self, registry_id: UUID) -> None:
        lines = self._open.pop(registry_id, None)
        if lines is not None:
            lines.close()


def _progress(registry: PaymentRegistry) -> tuple[str, int, int]:
    return (registry.phase, registry.staged, registry.booked_through)


def _control_excess(registry: PaymentRegistry, taken: int) -> None:
    """Stop at the first line too many: a file may be endless."""
    if taken > registry.line_count:
        text = f"Строк больше, чем указано в count: {registry.line_count}."
        raise errors.RegistryCountMismatch(
            f"{text} Ничего не зачислено.", findings=(Finding(text, rule="count"),)
        )


def _repeated_numbers(repeated: Sequence[int]) -> errors.DuplicateLine:
    return errors.DuplicateLine(
        f"{errors.DuplicateLine.message} Ничего не зачислено.",
        findings=tuple(
            Finding("Номер строки lineNo повторяется.", rule="unique", value=str(number))
            for number in repeated[:MOST_FINDINGS]
        ),
        truncated=len(repeated) > MOST_FINDINGS,
    )


def _control_repetitions(registry: PaymentRegistry, work: Work) -> None:
    found = registries.repetitions(work.database, registry.id, MOST_FINDINGS + 1)
    if found:
        raise errors.DuplicateLine(
            f"{errors.DuplicateLine.message} Ничего не зачислено.",
            findings=tuple(
                Finding(
                    f"Идентификатор bankPaymentId стоит в {one.lines} строках, "
                    f"впервые в строке {one.first_line}.",
                    rule="unique",
                    value=one.bank_payment_id,
                )
                for one in found[:MOST_FINDINGS]
            ),
            truncated=len(found) > MOST_FINDINGS,
        )


def _declared(registry: PaymentRegistry) -> Declared:
    return Declared(
        registry.line_count,
        registry.total_amount,
        registry.total_commission,
        registry.net_amount,
    )


def _counted(registry: PaymentRegistry) -> Counted:
    return Counted(registry.staged, registry.staged_amount, registry.staged_commission)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _ZERO)


def _outcome(registry: PaymentRegistry) -> RegistryState:
    """Return the state of a registry whose lines are all booked (MEAL-BANK-10)."""
    clean = registry.error_count == 0 and registry.suspense_count == 0
    return RegistryState.ACCEPTED if clean else RegistryState.ACCEPTED_WITH_ERRORS


def _released(state: RegistryState) -> dict[str, object]:
    """Return the columns of a registry with no work left."""
    return {
        "state": state.value,
        "phase": Phase.DONE.value,
        "lease_owner": None,
        "lease_until": None,
    }
