"""SVC-05 GetParentOrders and GetOrderChanges: what families have ordered (MEAL-ORG-01)."""

from datetime import date, timedelta

from adapters.meals.access import Function
from adapters.organizer.errors import CursorInvalid, OrdersOutOfWindow
from adapters.organizer.handlers.scope import organizer_of, require_place, wrong
from adapters.organizer.messages import organizer as messages
from adapters.organizer.repository import orders
from adapters.organizer.repository.orders import AccountPlace, Asked, Change, CodePlace, Ordered
from gateway.adapter import Received, Work
from gateway.contracts import paging
from gateway.contracts.messages.common import ChoiceSource
from registry.calendar import local_date
from registry.calendar.terms import CHOICE_DAYS

_CANCELLED = messages.ChangeKind.CANCELLED
_MOST_DIGITS = 18
_AFTER: tuple[paging.Kind, ...] = (date.fromisoformat, *[paging.text] * 3)
_ACCOUNT_KINDS: tuple[paging.Kind, ...] = (*_AFTER, paging.text, paging.number, paging.text)
_CODE_KINDS: tuple[paging.Kind, ...] = (*_AFTER, paging.number, paging.text, paging.text)


def get_parent_orders(
    received: Received[messages.GetParentOrdersRequest], work: Work
) -> messages.GetParentOrdersResponse:
    """Tell confirmed orders and defaults of at most 14 days, together or by account.

    Raises NotAllowed, OrdersOutOfWindow, ValidationError.
    """
    request = received.request
    inn = organizer_of(received, work, Function.COUNT_EATERS)
    first, last = _days(received, work)
    require_place(received, work, inn, (first, last), request.school_code, request.building_code)
    asked = Asked(inn, first, last, request.school_code or "", request.building_code or "")
    page = paging.page_of(request.page)
    by_account = request.detail is messages.OrderDetail.ACCOUNT
    after = _place_of(page.cursor, first, by_account=by_account)
    # One more than asked: it tells whether there is a next page.
    found = orders.page(work.database, asked, after, page.limit + 1)
    shown = found[: page.limit]
    following = None
    if len(found) > len(shown):
        end = shown[-1]
        following = paging.place(*(end.account_place if by_account else end.code_place))
    return messages.GetParentOrdersResponse(
        as_of=work.now, row=[_row(one) for one in shown], next_cursor=following
    )


def get_order_changes(
    received: Received[messages.GetOrderChangesRequest], work: Work
) -> messages.GetOrderChangesResponse:
    """Tell the changes after a place in the organizer's feed, none twice and none left out.

    Numbers are given out under a lock that is kept until the commit (ADR 0018): whatever is seen
    here, nothing with a smaller number comes later. Raises NotAllowed, CursorInvalid.
    """
    inn = organizer_of(received, work, Function.COUNT_EATERS)
    after = _number_of(received.request.cursor)
    if after > orders.last_number(work.database, inn):
        raise CursorInvalid
    found = orders.changes(work.database, inn, after, received.request.limit)
    return messages.GetOrderChangesResponse(
        change=[_change(one) for one in found], cursor=str(found[-1].seq if found else after)
    )


def _days(received: Received[messages.GetParentOrdersRequest], work: Work) -> tuple[date, date]:
    first, last = received.request.period.from_value, received.request.period.to
    if last < first:
        raise wrong(received, "period/to", "Конец периода раньше начала.")
    latest = local_date(work.now) + timedelta(days=CHOICE_DAYS)
    if (last - first).days >= CHOICE_DAYS or last > latest:
        raise OrdersOutOfWindow
    return first, last


def _place_of(cursor: str | None, first: date, *, by_account: bool) -> AccountPlace | CodePlace:
    place = AccountPlace if by_account else CodePlace
    values = paging.place_after(cursor, *(_ACCOUNT_KINDS if by_account else _CODE_KINDS))
    if values is None:
        return place(first.isoformat())
    day, *more = values
    return place(day.isoformat(), *more)


def _number_of(cursor: str | None) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > _MOST_DIGITS:
        raise CursorInvalid
    return int(cursor)


def _row(one: Ordered) -> messages.OrderRowType:
    return messages.OrderRowType(
        date=one.day,
        school_code=one.school,
        building_code=one.building or None,
        class_code=one.class_code or None,
        meal_type=one.meal_type,
        complex_code=None if one.is_item else one.code,
        item_code=one.code if one.is_item else None,
        qty=one.qty,
        account=one.account or None,
        source=ChoiceSource(one.source),
        frozen=one.is_frozen,
        to_pay=one.to_pay,
    )


def _change(one: Change) -> messages.OrderChangeType:
    kind = messages.ChangeKind(one.kind)
    is_off = kind is _CANCELLED
    return messages.OrderChangeType(
        seq=one.seq,
        changed_at=one.changed_at,
        kind=kind,
        account=one.account,
        school_code=one.school,
        building_code=one.building or None,
        class_code=one.class_code or None,
        date=one.day,
        meal_type=one.meal_type,
        complex_code=None if is_off else one.complex_code,
        item=[]
        if is_off
        else [messages.ItemQuantityType(item_code=item.code, qty=item.qty) for item in one.items],
    )
