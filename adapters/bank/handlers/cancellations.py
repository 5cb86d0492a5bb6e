"""SVC-01 CancelPayment: taking back what was registered."""

from adapters.bank import messages
from adapters.bank.errors import Refusal
from adapters.bank.handlers.outcome import (
    OK_TEXT,
    ZERO,
    conflict_text,
    differing,
)
from adapters.bank.messages import ResultCode
from adapters.bank.repository import payments
from adapters.bank.repository.payments import Cancellation, Payment
from gateway.adapter import Posting, PostingKind, Received, Work
from gateway.contracts.messages.common import PaymentState
from gateway.kernel.ports import LOCAL

_ACCEPTED = PaymentState.ACCEPTED
_CREDITED = PaymentState.CREDITED
_CANCELLED = PaymentState.CANCELLED


def cancel_payment(
    received: Received[messages.CancelPaymentRequest], work: Work
) -> messages.CancelPaymentResponse:
    """Cancel a payment until it is in an accepted registry (MEAL-BANK-15).

    The same cancellation again gets the first answer. A second cancellation under another id is
    251, never 0: a bank that pays out on every 0 would pay twice. Credited money must still be
    on the account.
    """
    request, bank = received.request, received.sender.code
    earlier = payments.cancellation(work.database, bank, request.cancel_id)
    if earlier is not None:
        return _cancelled_before(request, earlier, work)
    payment = payments.find(work.database, bank, request.bank_payment_id)
    if payment is None:
        return _not_cancelled(request, Refusal.PAYMENT_NOT_FOUND)
    refusal = _refuse_cancellation(payment) or _cancel(payment, received, work)
    if refusal is not None:
        return _not_cancelled(request, refusal, payment)
    return messages.CancelPaymentResponse(
        result_code=ResultCode.OK,
        result_text=OK_TEXT,
        bank_payment_id=request.bank_payment_id,
        state=_CANCELLED,
        cancelled_at=work.now,
    )


def _cancelled_before(
    request: messages.CancelPaymentRequest, earlier: Cancellation, work: Work
) -> messages.CancelPaymentResponse:
    payment = payments.by_ids(work.database, [earlier.payment_id])[earlier.payment_id]
    different = differing(
        [
            ("bankPaymentId", request.bank_payment_id, payment.bank_payment_id),
            ("reason", request.reason, earlier.reason),
            ("cancelTime", request.cancel_time, earlier.cancel_time),
        ]
    )
    if different:
        return _not_cancelled(request, Refusal.DUPLICATE_CONFLICT, text=conflict_text(different))
    return messages.CancelPaymentResponse(
        result_code=ResultCode.OK,
        result_text=OK_TEXT,
        bank_payment_id=payment.bank_payment_id,
        state=_CANCELLED,
        cancelled_at=earlier.cancelled_at,
    )


def _refuse_cancellation(payment: Payment) -> Refusal | None:
    if payment.state == _CANCELLED.value:
        return Refusal.ALREADY_CANCELLED
    if payment.registry_id is not None:
        return Refusal.IN_REGISTRY
    if payment.state not in (_ACCEPTED.value, _CREDITED.value):
        return Refusal.NOT_CANCELLABLE
    return None


class _Overdrawn(Exception):
    """The reversal would take money that is not there."""


def _cancel(
    payment: Payment, received: Received[messages.CancelPaymentRequest], work: Work
) -> Refusal | None:
    """Cancel the payment; undo everything if its money is spent."""
    request = received.request
    cancellation = Cancellation(
        payment.bank,
        request.cancel_id,
        payment.id,
        request.reason,
        request.cancel_time,
        work.now,
        received.entry,
    )
    try:
        with work.database.savepoint():
            payments.cancel(work.database, payment, cancellation)
            if payment.state == _CREDITED.value:
                _take_back(payment, cancellation, work)
    except _Overdrawn:
        return Refusal.BALANCE
    return None


def _take_back(payment: Payment, cancellation: Cancellation, work: Work) -> None:
    key = (payment.account, payment.organizer_inn)
    reversal = Posting(
        *key,
        -payment.amount,
        PostingKind.CANCELLATION,
        payment.cancellation_source,
        work.now.astimezone(LOCAL).date(),
        cancellation.entry,
        basis=cancellation.cancel_id,
    )
    work.ledger.post([reversal], work.now)
    # After the posting, not before: now the balance is ours until the transaction ends.
    if work.ledger.balances([key])[key] < ZERO:
        raise _Overdrawn


def _not_cancelled(
    request: messages.CancelPaymentRequest,
    refusal: Refusal,
    payment: Payment | None = None,
    text: str | None = None,
) -> messages.CancelPaymentResponse:
    return messages.CancelPaymentResponse(
        result_code=refusal.code,
        result_text=text or refusal.text,
        reason=refusal.reason,
        bank_payment_id=request.bank_payment_id,
        state=None if payment is None else PaymentState(payment.state),
    )
