"""SVC-05 GetDebits: what was taken off accounts for meals (MEAL-ORG-04)."""

from datetime import date

from adapters.meals.access import Function
from adapters.organizer.handlers.scope import organizer_of, past_days, require_place
from adapters.organizer.messages import organizer as messages
from adapters.organizer.repository import debits
from adapters.organizer.repository.debits import Asked, Debit, Place
from gateway.adapter import Received, Work
from gateway.contracts import paging


def get_debits(
    received: Received[messages.GetDebitsRequest], work: Work
) -> messages.GetDebitsResponse:
    """Tell the debits of a period with the totals of all of it.

    Nothing reverses a debit yet, so `reverses` is never there. Raises NotAllowed, PeriodInvalid,
    ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.VIEW_DEBITS)
    first, last = past_days(received, work, request.period)
    require_place(received, work, inn, (first, last), request.school_code)
    asked = Asked(inn, first, last, request.school_code or "")
    page = paging.page_of(request.page)
    found = debits.page(work.database, asked, _place_of(page.cursor, first), page.limit + 1)
    shown = found[: page.limit]
    total = debits.totals(work.database, asked)
    return messages.GetDebitsResponse(
        debit=[_debit(one) for one in shown],
        totals=messages.DebitTotalsType(
            full=total.full, discount=total.discount, to_pay=total.to_pay
        ),
        next_cursor=paging.place(*shown[-1].place) if len(found) > len(shown) else None,
    )


def _place_of(cursor: str | None, first: date) -> Place:
    values = paging.place_after(cursor, date.fromisoformat, *[paging.text] * 3)
    if values is None:
        return Place(first.isoformat())
    day, *more = values
    return Place(day.isoformat(), *more)


def _debit(one: Debit) -> messages.DebitType:
    return messages.DebitType(
        entry_id=str(one.id),
        business_date=one.day,
        account=one.account,
        school_code=one.school,
        class_code=one.class_code,
        meal_type=one.meal_type,
        complex_code=one.complex_code,
        item=[messages.ItemQuantityType(item_code=item.code, qty=item.qty) for item in one.items],
        full_price=one.full,
        discount=one.discount,
        to_pay=one.to_pay,
        pchvr_code=one.pchvr,
        over_credit=one.is_over_credit,
    )
