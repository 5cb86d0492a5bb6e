"""SVC-02 GetReconciliation: what was told, what registries brought, what was credited."""

from datetime import date
from typing import NamedTuple

from adapters.bank import messages
from adapters.bank.handlers import dates
from adapters.bank.messages import ReconciliationTotalType, UnmatchedPaymentType
from adapters.bank.repository import reconciliation
from adapters.bank.repository.reconciliation import Scope, Total, Totals, Unmatched
from adapters.bank.terms import banking_calendar
from gateway.adapter import Received, Work
from registry.calendar import BankingCalendar, end_of, local_date, start_of

MOST_LISTED = 10_000
"""How many discrepancies of one class are listed; the answer then says `truncated`."""


def get_reconciliation(
    received: Received[messages.GetReconciliationRequest], work: Work
) -> messages.GetReconciliationResponse:
    """Reconcile the sender's payments made on the days of a period (MEAL-BANK-14)."""
    scope = _scope(received)
    sides = sum(reconciliation.totals(work.database, scope).values(), Totals())
    unregistered = reconciliation.missing_in_registry(work.database, scope, MOST_LISTED)
    unnoticed = reconciliation.missing_notice(work.database, scope, MOST_LISTED)
    different = reconciliation.mismatched(work.database, scope, MOST_LISTED)
    ages = _Ages(banking_calendar(received.sender, work), local_date(work.now))
    listed = len(unregistered) + len(unnoticed) + len(different)
    found = sides.missing_in_registry + sides.missing_notice + sides.mismatched
    return messages.GetReconciliationResponse(
        notified=_total(sides.notified),
        registered=_total(sides.registered),
        credited=_total(sides.credited),
        missing_in_registry=[_unmatched(payment, ages) for payment in unregistered],
        missing_notice=[_unmatched(payment, ages) for payment in unnoticed],
        mismatched=[
            messages.MismatchedPaymentType(
                bank_payment_id=payment.bank_payment_id,
                notice_amount=payment.notice_amount,
                registry_amount=payment.registry_amount,
            )
            for payment in different
        ],
        suspense=_total(sides.suspense),
        truncated=True if listed < found.count else None,
    )


def _scope(received: Received[messages.GetReconciliationRequest]) -> Scope:
    request = received.request
    first, last = request.period.from_value, request.period.to
    dates.control_days(first, last, "/GetReconciliationRequest/period")
    return Scope(start_of(first), end_of(last), received.sender.code, request.organizer_inn)


class _Ages(NamedTuple):
    """How old payments are, in banking days of their bank (CAL-05)."""

    calendar: BankingCalendar
    today: date

    def of(self, payment: Unmatched) -> int:
        """Count the banking days since the payment; one that runs ahead of our clock is new."""
        day = local_date(payment.payment_time)
        return max(0, self.calendar.working_days_between(day, self.today))


def _total(total: Total) -> ReconciliationTotalType:
    return ReconciliationTotalType(count=total.count, sum=total.amount)


def _unmatched(payment: Unmatched, ages: _Ages) -> UnmatchedPaymentType:
    return UnmatchedPaymentType(
        bank_payment_id=payment.bank_payment_id,
        account=payment.account,
        amount=payment.amount,
        payment_time=payment.payment_time,
        age_banking_days=ages.of(payment),
    )
