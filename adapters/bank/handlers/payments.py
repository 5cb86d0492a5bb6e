"""SVC-01 RegisterPayment and GetPaymentStatus.

Every business outcome is a result code in an ordinary response. A refused payment is not stored:
the same message succeeds once the reason is gone. What was accepted is accepted for ever: a
repeat of it gets the first answer, even if the account was closed meanwhile.
"""

from collections.abc import Sequence
from datetime import date, datetime

from adapters.bank import messages
from adapters.bank.errors import Refusal
from adapters.bank.handlers import rules
from adapters.bank.handlers.outcome import (
    OK_TEXT,
    ZERO,
    conflict_text,
    differing,
)
from adapters.bank.messages import ResultCode
from adapters.bank.repository import payments
from adapters.bank.repository.payments import Payment
from gateway.adapter import PersonalAccount, Posting, PostingKind, Received, Work
from gateway.contracts.messages.common import PaymentState
from gateway.kernel.errors import TemporaryUnavailable
from gateway.kernel.message import BankTerms, CreditMode
from gateway.kernel.ports import LOCAL
from registry.calendar import BankingCalendar, CalendarMissing

_REPEATED_TEXT = "ОК: платёж был зарегистрирован раньше"
_CANCELLED_TEXT = "Платёж был зарегистрирован и затем отменён"
_ACCEPTED = PaymentState.ACCEPTED
_CREDITED = PaymentState.CREDITED
_CANCELLED = PaymentState.CANCELLED
_SUSPENSE = PaymentState.SUSPENSE


def register_payments(
    received: Sequence[Received[messages.RegisterPaymentRequest]], work: Work
) -> list[messages.RegisterPaymentResponse]:
    """Register each payment of a batch once, as if they came one after another (MEAL-BANK-03).

    The same payment again gets the first `hubPaymentId` with `duplicate` true. «The same» is the
    same account, amount, commission, channel, terminal, document and organizer by value, and a
    time within `outcome.RESTAMPED_WITHIN`; anything else under the same id is DUPLICATE_CONFLICT.
    Money of an ON_NOTIFY bank is in the ledger when the answer leaves (MEAL-BANK-07).

    At most five statements, however many messages wait.
    """
    try:
        desk = _Desk(received, work)
    except TemporaryUnavailable:
        return [_refused(message.request, Refusal.TEMPORARY) for message in received]
    responses = [desk.register(message) for message in received]
    payments.add(work.database, desk.accepted)
    if desk.postings:
        work.ledger.post(desk.postings, work.now)
    return responses


def get_payment_status(
    received: Received[messages.GetPaymentStatusRequest], work: Work
) -> messages.GetPaymentStatusResponse:
    """Tell what became of a payment; payments of other banks do not exist for the sender."""
    bank_payment_id = received.request.bank_payment_id
    payment = payments.find(work.database, received.sender.code, bank_payment_id)
    if payment is None:
        return messages.GetPaymentStatusResponse(
            result_code=Refusal.PAYMENT_NOT_FOUND.code,
            result_text=Refusal.PAYMENT_NOT_FOUND.text,
            reason=Refusal.PAYMENT_NOT_FOUND.reason,
        )
    return messages.GetPaymentStatusResponse(
        result_code=ResultCode.OK,
        result_text=OK_TEXT,
        hub_payment_id=str(payment.id),
        state=PaymentState(payment.state),
        account=payment.account,
        amount=payment.amount,
        credited_at=payment.credited_at,
        registry_number=(
            None
            if payment.registry_id is None
            else payments.registry_number(work.database, payment.registry_id)
        ),
    )


class _Desk:
    """One batch of payments: what was known before it, and what it adds."""

    def __init__(
        self, received: Sequence[Received[messages.RegisterPaymentRequest]], work: Work
    ) -> None:
        requests = [message.request for message in received]
        self.accepted: list[Payment] = []
        self.postings: list[Posting] = []
        self._work = work
        self._known = payments.known(
            work.database, [request.bank_payment_id for request in requests]
        )
        self._accounts = work.ledger.accounts(list({request.account for request in requests}))
        self._earliest = work.now - work.rules.oldest_payment
        self._latest = work.now + work.rules.payment_ahead
        self._today = work.now.astimezone(LOCAL).date()
        self._credit_dates: dict[tuple[str, date], date] = {}

    def register(
        self, message: Received[messages.RegisterPaymentRequest]
    ) -> messages.RegisterPaymentResponse:
        request, sender = message.request, message.sender
        earlier = self._known.get((sender.code, request.bank_payment_id))
        if earlier is not None:
            return _repeated(request, earlier)
        account = self._accounts.get(request.account)
        refusal = rules.refuse_account(
            account, request.account, request.organizer_inn, sender, self._work.rules
        )
        if account is None or refusal is not None:
            return _refused(request, refusal or Refusal.ACCOUNT_NOT_FOUND)
        refusal = rules.refuse_amount(account, request.amount)
        if refusal is not None:
            return _refused(request, refusal, rules.amount_text(refusal, account))
        if not self._earliest <= request.payment_time <= self._latest:
            return _refused(request, Refusal.PAYMENT_TIME)
        if sender.bank is None:
            return _refused(request, Refusal.BANK_TERMS_MISSING)
        if sender.bank.credit_mode is CreditMode.ON_NOTIFY:
            return self._accept(message, account, credit_date=None)
        try:
            credit_date = self._credit_date(sender.code, sender.bank, request.payment_time)
        except CalendarMissing:
            return _refused(request, Refusal.CALENDAR_MISSING)
        return self._accept(message, account, credit_date=credit_date)

    def _credit_date(self, bank: str, terms: BankTerms, payment_time: datetime) -> date:
        key = (bank, payment_time.astimezone(LOCAL).date())
        found = self._credit_dates.get(key)
        if found is None:
            calendar = BankingCalendar(self._work.calendar, terms.closed_days, terms.opened_days)
            found = calendar.add_working_days(key[1], terms.credit_days)
            self._credit_dates[key] = found
        return found

    def _accept(
        self,
        message: Received[messages.RegisterPaymentRequest],
        account: PersonalAccount,
        *,
        credit_date: date | None,
    ) -> messages.RegisterPaymentResponse:
        """Enter the payment; with no date to wait for, its money is credited now."""
        request, bank, now = message.request, message.sender.code, self._work.now
        at_once = credit_date is None
        state = _CREDITED if at_once else _ACCEPTED
        payment = Payment(
            self._work.identifiers(),
            bank,
            request.bank_payment_id,
            account.number,
            account.organizer_inn,
            request.amount,
            request.commission,
            request.payment_time,
            request.channel.value,
            request.terminal_id,
            request.document_number,
            state.value,
            now,
            credit_date,
            now if at_once else None,
            payments.NOTICE if at_once else None,
            message.entry,
            None,
            None,
            payments.ONLINE,
        )
        self._known[bank, request.bank_payment_id] = payment
        self.accepted.append(payment)
        if at_once:
            self.postings.append(_top_up(payment, self._today))
        return messages.RegisterPaymentResponse(
            result_code=ResultCode.OK,
            result_text=OK_TEXT,
            bank_payment_id=request.bank_payment_id,
            hub_payment_id=str(payment.id),
            state=state,
            accepted_at=now,
            expected_credit_date=credit_date,
            duplicate=False,
        )


def _top_up(payment: Payment, today: date) -> Posting:
    return Posting(
        payment.account,
        payment.organizer_inn,
        payment.amount,
        PostingKind.TOP_UP,
        payment.top_up_source,
        today,
        payment.entry,
    )


def _refused(
    request: messages.RegisterPaymentRequest, refusal: Refusal, text: str | None = None
) -> messages.RegisterPaymentResponse:
    return messages.RegisterPaymentResponse(
        result_code=refusal.code,
        result_text=text or refusal.text,
        reason=refusal.reason,
        bank_payment_id=request.bank_payment_id,
    )


def _repeated(
    request: messages.RegisterPaymentRequest, payment: Payment
) -> messages.RegisterPaymentResponse:
    """Answer for a payment that is registered already."""
    different = _differences(request, payment)
    if different:
        return _refused(request, Refusal.DUPLICATE_CONFLICT, conflict_text(different))
    state = PaymentState(payment.state)
    unsettled = state is _SUSPENSE
    return messages.RegisterPaymentResponse(
        result_code=Refusal.SUSPENSE.code if unsettled else ResultCode.OK,
        result_text=_repeated_text(state),
        reason=Refusal.SUSPENSE.reason if unsettled else None,
        bank_payment_id=request.bank_payment_id,
        hub_payment_id=str(payment.id),
        state=state,
        accepted_at=payment.accepted_at,
        expected_credit_date=payment.expected_credit_date,
        duplicate=True,
    )


def _repeated_text(state: PaymentState) -> str:
    if state is _SUSPENSE:
        return Refusal.SUSPENSE.text
    return _CANCELLED_TEXT if state is _CANCELLED else _REPEATED_TEXT


def _differences(request: messages.RegisterPaymentRequest, payment: Payment) -> list[str]:
    """Name the fields in which a repeat differs from the payment that has its id."""
    pairs: list[tuple[str, object, object]] = [
        ("account", request.account, payment.account),
        ("amount", request.amount, payment.amount),
        ("commission", request.commission or ZERO, payment.commission or ZERO),
        ("channel", request.channel.value, payment.channel),
        ("paymentTime", request.payment_time, payment.payment_time),
    ]
    if payment.source == payments.ONLINE:  # a registry line does not carry these
        pairs.append(("terminalId", request.terminal_id, payment.terminal_id))
        pairs.append(("documentNumber", request.document_number, payment.document_number))
    if request.organizer_inn is not None:
        pairs.append(("organizerInn", request.organizer_inn, payment.organizer_inn))
    return differing(pairs)
