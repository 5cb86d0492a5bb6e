"""SVC-02 SubmitCorrection: settling lines whose money is in suspense (MEAL-BANK-12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.bank import booking, bookkeeping, errors, messages
from adapters.bank.booking import Note
from adapters.bank.handlers.registries import found
from adapters.bank.messages import CorrectionAction, CorrectionLineType, CorrectionResult
from adapters.bank.repository import corrections, registries
from adapters.bank.repository.corrections import Correction, CorrectionLine, Settled, Suspended
from adapters.bank.repository.registries import PaymentRegistry
from gateway.adapter import AccountStatus, PersonalAccount, Posting, PostingKind, Received, Work
from gateway.contracts.messages.common import RegistryState
from gateway.kernel.errors import DuplicateConflict, Finding, IllegalTransition, ValidationError
from registry.calendar import local_date

_LINES = "/SubmitCorrectionRequest/line"
_UNFINISHED = {RegistryState.RECEIVED.value, RegistryState.PROCESSING.value}
_ZERO = Decimal("0.00")


def submit_correction(
    received: Received[messages.SubmitCorrectionRequest], work: Work
) -> messages.SubmitCorrectionResponse:
    """Settle suspense lines: credit another account or write off as refunded.

    The same correction again gets the first answer. All lines must be in suspense, or nothing is
    done; a line whose new account does not serve stays in suspense and says so.
    """
    before = _corrected_before(received, work)
    if before is not None:
        return before
    registry = found(work, received.sender, UUID(received.request.hub_registry_id))
    registry = registries.hold(work.database, registry.id)
    # Whoever held the registry until now may have brought this very correction.
    return _corrected_before(received, work) or _correct(registry, received, work)


def _correct(
    registry: PaymentRegistry,
    received: Received[messages.SubmitCorrectionRequest],
    work: Work,
) -> messages.SubmitCorrectionResponse:
    request = received.request
    if registry.state in _UNFINISHED:
        raise IllegalTransition("Реестр ещё обрабатывается.")
    _control_accounts(request.line)
    suspended = _suspended(registry, request.line, work)
    accounts = work.ledger.accounts([line.new_account for line in request.line if line.new_account])
    steps = [_Step(line, suspended[line.line_no], _result(line, accounts)) for line in request.line]
    _store(steps, registry, received, work)
    return _corrected(
        request.correction_id, [(step.line.line_no, step.result.value) for step in steps]
    )


class _Step(NamedTuple):
    """One line of a correction and what becomes of it."""

    line: CorrectionLineType
    suspended: Suspended
    result: CorrectionResult


def _corrected_before(
    received: Received[messages.SubmitCorrectionRequest], work: Work
) -> messages.SubmitCorrectionResponse | None:
    """Return the first answer to a correction that has been here before."""
    bank, correction_id = received.sender.code, received.request.correction_id
    digest = corrections.digest_of(work.database, bank, correction_id)
    if digest is None:
        return None
    if digest != received.digest:
        raise DuplicateConflict(
            f"Уточнение с идентификатором {correction_id} уже принято с другим содержимым."
        )
    return _corrected(correction_id, corrections.results_of(work.database, bank, correction_id))


def _corrected(
    correction_id: str, results: Iterable[tuple[int, str]]
) -> messages.SubmitCorrectionResponse:
    return messages.SubmitCorrectionResponse(
        correction_id=correction_id,
        line=[
            messages.CorrectionOutcomeType(line_no=line_no, result=CorrectionResult(result))
            for line_no, result in results
        ],
    )


def _control_accounts(lines: Sequence[CorrectionLineType]) -> None:
    """Refuse a reassignment to nowhere and a refund to an account."""
    findings = [
        Finding(
            "При REASSIGN счёт newAccount обязателен, при REFUND не указывается.",
            path=f"{_LINES}[{position}]/newAccount",
            rule="action",
        )
        for position, line in enumerate(lines, start=1)
        if (line.action is CorrectionAction.REASSIGN) != (line.new_account is not None)
    ]
    if findings:
        raise ValidationError(findings=tuple(findings))


def _suspended(
    registry: PaymentRegistry, lines: Sequence[CorrectionLineType], work: Work
) -> Mapping[int, Suspended]:
    """Return the lines to be settled; refuse one that is not in suspense or is named twice."""
    suspended = corrections.suspended(work.database, registry.id, [line.line_no for line in lines])
    waiting = set(suspended)
    findings = []
    for position, line in enumerate(lines, start=1):
        if line.line_no in waiting:
            waiting.remove(line.line_no)
            continue
        findings.append(
            Finding(
                f"Строка {line.line_no} не числится невыясненной.",
                path=f"{_LINES}[{position}]/lineNo",
                value=str(line.line_no),
            )
        )
    if findings:
        raise errors.LineNotInSuspense(findings=tuple(findings))
    return suspended


def _result(line: CorrectionLineType, accounts: Mapping[str, PersonalAccount]) -> CorrectionResult:
    if line.new_account is None:
        return CorrectionResult.REFUNDED
    account = accounts.get(line.new_account)
    if account is None:
        return CorrectionResult.ACCOUNT_UNKNOWN
    if account.status is AccountStatus.CLOSED:
        return CorrectionResult.ACCOUNT_CLOSED
    return CorrectionResult.REASSIGNED


def _store(
    steps: Sequence[_Step],
    registry: PaymentRegistry,
    received: Received[messages.SubmitCorrectionRequest],
    work: Work,
) -> None:
    bank, correction_id = registry.bank, received.request.correction_id
    correction = Correction(
        bank, correction_id, registry.id, received.digest, received.entry, work.now
    )
    corrections.add(
        work.database,
        correction,
        [_correction_line(correction, *numbered) for numbered in enumerate(steps, start=1)],
    )
    reassigned = [step for step in steps if step.result is CorrectionResult.REASSIGNED]
    refunded = [step for step in steps if step.result is CorrectionResult.REFUNDED]
    corrections.settle(
        work.database,
        [_settled(correction, step) for step in (*reassigned, *refunded)],
        credited=[step.suspended.payment_id for step in reassigned],
        refunded=[step.suspended.payment_id for step in refunded],
        now=work.now,
    )
    work.ledger.post(
        [
            _posting(correction, step, step.line.new_account)
            for step in reassigned
            if step.line.new_account is not None
        ],
        work.now,
    )
    bookkeeping.store_counters(work, _counted(registry, reassigned, refunded))


def _correction_line(correction: Correction, position: int, step: _Step) -> CorrectionLine:
    return CorrectionLine(
        correction.bank,
        correction.correction_id,
        position,
        step.line.line_no,
        step.line.action.value,
        step.line.new_account,
        step.line.basis,
        step.result.value,
        step.suspended.result,
    )


def _settled(correction: Correction, step: _Step) -> Settled:
    key = (correction.registry_id, step.line.line_no)
    if step.result is CorrectionResult.REFUNDED:
        return Settled(
            *key, booking.CANCELLED, Note.REFUNDED.name, None, None, correction.correction_id
        )
    noticed = step.suspended.payment_was is not None
    return Settled(
        *key,
        booking.CREDITED if noticed else booking.CREDITED_WITHOUT_NOTICE,
        Note.REASSIGNED.name,
        step.suspended.amount,
        step.line.new_account,
        correction.correction_id,
    )


def _posting(correction: Correction, step: _Step, account: str) -> Posting:
    return Posting(
        account,
        step.suspended.organizer_inn,
        step.suspended.amount,
        PostingKind.CORRECTION,
        f"{bookkeeping.correction_source(correction.registry_id)}{step.line.line_no}",
        local_date(correction.created_at),
        correction.entry,
        step.line.basis,
    )


def _counted(
    registry: PaymentRegistry, reassigned: Sequence[_Step], refunded: Sequence[_Step]
) -> PaymentRegistry:
    """Move the settled lines from the suspense counter to those of their new results."""
    credited_amount = sum((step.suspended.amount for step in reassigned), _ZERO)
    refunded_amount = sum((step.suspended.amount for step in refunded), _ZERO)
    return replace(
        registry,
        suspense_count=registry.suspense_count - len(reassigned) - len(refunded),
        suspense_amount=registry.suspense_amount - credited_amount - refunded_amount,
        credited_count=registry.credited_count + len(reassigned),
        credited_amount=registry.credited_amount + credited_amount,
        cancelled_count=registry.cancelled_count + len(refunded),
        cancelled_amount=registry.cancelled_amount + refunded_amount,
    )
