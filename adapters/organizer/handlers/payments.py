"""SVC-05: payments and payment registries of banks, as the organizer reads them (MEAL-BANK-13)."""

from datetime import date
from uuid import UUID

from adapters.meals.access import Function
from adapters.organizer.handlers.scope import organizer_of, past_days
from adapters.organizer.messages import organizer as messages
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.common import (
    DateTimePeriod,
    PayChannel,
    PaymentState,
    RegistryState,
)
from gateway.kernel.errors import NotFound
from gateway.payment_books import (
    BankPayment,
    HandedLine,
    HandedRegistry,
    PaymentsAsked,
    RegistriesAsked,
)
from registry.calendar import end_of, start_of


def get_payments(
    received: Received[messages.GetPaymentsRequest], work: Work
) -> messages.GetPaymentsResponse:
    """Tell the payments of a period with the totals of all of it (MEAL-ORG-04).

    Raises NotAllowed, PeriodInvalid, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.VIEW_PAYMENTS)
    first, last = past_days(received, work, request.period)
    asked = PaymentsAsked(inn, start_of(first), end_of(last), request.bank_code)
    page = paging.page_of(request.page)
    after = paging.place_after(page.cursor, paging.moment, paging.identifier)
    found = work.payments.payments(
        asked, None if after is None else (after[0], after[1]), page.limit + 1
    )
    shown = found[: page.limit]
    totals = work.payments.totals(asked)
    following = None
    if len(found) > len(shown):
        following = paging.place(shown[-1].payment_time.isoformat(), str(shown[-1].id))
    return messages.GetPaymentsResponse(
        payment=[_payment(one) for one in shown],
        totals=messages.PaymentTotalsType(count=totals.payments, sum=totals.amount),
        next_cursor=following,
    )


def list_payment_registries(
    received: Received[messages.ListPaymentRegistriesRequest], work: Work
) -> messages.ListPaymentRegistriesResponse:
    """List the accepted registries of a period by their dates.

    Raises NotAllowed, PeriodInvalid, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.VIEW_PAYMENTS)
    first, last = past_days(received, work, request.period)
    asked = RegistriesAsked(inn, first, last, request.bank_code)
    page = paging.page_of(request.page)
    after = paging.place_after(page.cursor, date.fromisoformat, paging.identifier)
    found = work.payments.registries(
        asked, None if after is None else (after[0], after[1]), page.limit + 1
    )
    shown = found[: page.limit]
    following = None
    if len(found) > len(shown):
        following = paging.place(shown[-1].registry_date.isoformat(), str(shown[-1].id))
    return messages.ListPaymentRegistriesResponse(
        registry=[_summary(one) for one in shown], next_cursor=following
    )


def get_payment_registry(
    received: Received[messages.GetPaymentRegistryRequest], work: Work
) -> messages.GetPaymentRegistryResponse:
    """Tell a registry as the bank has handed it in, its lines a page at a time.

    Raises NotAllowed, NotFound for one of another organizer too, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.VIEW_PAYMENTS)
    page = paging.page_of(request.page)
    after = paging.number_after(page.cursor)
    registry = work.payments.registry(inn, UUID(request.hub_registry_id))
    if registry is None:
        raise NotFound("Реестр не найден.")
    found = work.payments.lines(registry.id, after, page.limit + 1)
    shown = found[: page.limit]
    return _registry(
        registry,
        [_line(one) for one in shown],
        str(shown[-1].line_no) if len(found) > len(shown) else None,
    )


def _payment(one: BankPayment) -> messages.PaymentType:
    return messages.PaymentType(
        hub_payment_id=str(one.id),
        bank_code=one.bank,
        bank_payment_id=one.bank_payment_id,
        account=one.account,
        amount=one.amount,
        payment_time=one.payment_time,
        channel=PayChannel(one.channel),
        state=PaymentState(one.state),
        credited_at=one.credited_at,
        registry_number=one.registry_number,
        hub_registry_id=None if one.registry_id is None else str(one.registry_id),
    )


def _summary(one: HandedRegistry) -> messages.PaymentRegistrySummaryType:
    return messages.PaymentRegistrySummaryType(
        hub_registry_id=str(one.id),
        bank_code=one.bank,
        registry_number=one.number,
        registry_date=one.registry_date,
        count=one.line_count,
        total_amount=one.total_amount,
        state=RegistryState(one.state),
    )


def _registry(
    one: HandedRegistry, lines: list[messages.PaymentRegistryLineType], following: str | None
) -> messages.GetPaymentRegistryResponse:
    order = one.order
    return messages.GetPaymentRegistryResponse(
        hub_registry_id=str(one.id),
        bank_code=one.bank,
        registry_number=one.number,
        registry_date=one.registry_date,
        contract_number=one.contract_number,
        period=DateTimePeriod(from_value=one.period_from, to=one.period_to),
        kind=messages.RegistryKind(one.kind),
        payment_order=(
            None
            if order is None
            else messages.PaymentOrderType(number=order.number, date=order.day, amount=order.amount)
        ),
        count=one.line_count,
        total_amount=one.total_amount,
        total_commission=one.total_commission,
        net_amount=one.net_amount,
        state=RegistryState(one.state),
        received_at=one.received_at,
        line=lines,
        next_cursor=following,
    )


def _line(one: HandedLine) -> messages.PaymentRegistryLineType:
    return messages.PaymentRegistryLineType(
        line_no=one.line_no,
        bank_payment_id=one.bank_payment_id,
        account=one.account,
        amount=one.amount,
        commission=one.commission,
        payment_time=one.payment_time,
        channel=PayChannel(one.channel),
        terminal_id=one.terminal_id,
        status=messages.RegistryLineStatus(one.status),
        result=None if one.result is None else messages.RegistryLineResult(one.result),
    )
