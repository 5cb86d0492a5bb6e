"""SVC-06 ConfirmOrder: a choice becomes an order that the organizer sees (MEAL-PAR-10 ... 12)."""

from collections.abc import Sequence
from uuid import UUID

from adapters.meals import access, times
from adapters.meals.access import Function
from adapters.meals.errors import Frozen, NothingToConfirm
from adapters.meals.handlers import periods, purse
from adapters.meals.handlers.told import change_of
from adapters.meals.messages import order as messages
from adapters.meals.repository import feed, orders
from adapters.meals.repository.orders import Confirmation, Order
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import OrderState
from gateway.kernel.errors import DuplicateConflict, Finding

_PERIOD = "/ConfirmOrderRequest/period"


def confirm_order(
    received: Received[messages.ConfirmOrderRequest], work: Work
) -> messages.ConfirmOrderResponse:
    """Confirm what is chosen in a period and can still be changed.

    The same confirmation again gets the first answer. Lack of money stops nothing (MEAL-PAR-10);
    the family is offered to top up (NOT-13).

    Raises NotAllowed, DuplicateConflict, PeriodInvalid, NothingToConfirm, Frozen,
    CalendarMissing.
    """
    request, sender = received.request, received.sender.code
    access.admit_parent(received, work, Function.ORDER, request.account)
    confirm_id = UUID(request.confirm_id)
    before = orders.confirmation(work.database, sender, confirm_id)
    if before is not None:
        return _repeated(before, received.digest)
    periods.control(request.period, _PERIOD, periods.MONTH)
    chosen = _chosen(request, work)
    confirmation = Confirmation(
        sender,
        confirm_id,
        work.identifiers(),
        request.account,
        work.now,
        [(order.day, order.meal_type) for order in chosen],
        received.digest,
        received.entry,
    )
    orders.confirm(work.database, chosen, confirmation)
    _tell(chosen, confirmation, work)
    return _response(confirmation, duplicate=False)


def _repeated(before: Confirmation, digest: bytes) -> messages.ConfirmOrderResponse:
    if before.digest != digest:
        raise DuplicateConflict("Этот confirmId уже использован с другим содержимым.")
    return _response(before, duplicate=True)


def _chosen(request: messages.ConfirmOrderRequest, work: Work) -> list[Order]:
    """Return what waits for confirmation, held until the commit; closed days are left out."""
    first, last = request.period.from_value, request.period.to
    held = orders.hold(work.database, request.account, first, last)
    waiting = [order for order in held if order.state == orders.CHOSEN]
    if not waiting:
        raise NothingToConfirm
    days = sorted({order.day for order in waiting})
    closed = {day for day in days if times.is_frozen(work.calendar, day, work.now)}
    if len(closed) == len(days):
        raise Frozen(
            "Все неподтверждённые дни периода уже закрыты.",
            findings=tuple(
                Finding(
                    f"День {day:%d.%m.%Y} закрыт для изменений.",
                    path=_PERIOD,
                    rule=Frozen.code,
                    value=str(day),
                )
                for day in days
            ),
        )
    return [order for order in waiting if order.day not in closed]


def _tell(chosen: Sequence[Order], confirmation: Confirmation, work: Work) -> None:
    """Tell the organizers what is ordered, and the family what lacks on the account."""
    account = confirmation.account
    money = purse.purse_of(work, account)
    lacking = purse.shortage(work, account, money)
    items = orders.items_of(work.database, chosen)
    changes = [
        change_of(order, _kind(order), items[order.key], confirmation.confirmed_at)
        for order in chosen
    ]
    feeds = {feed.orders_of(order.organizer_inn) for order in chosen}
    # All at once and in one order, as the freeze holds them: nobody waits for us who has ours.
    feed.hold(work.database, feeds | {feed.NOTICES} if lacking else feeds)
    feed.add_changes(work.database, changes)
    if lacking:
        offer = feed.Told(
            "TOPUP_OFFER",
            chosen[0].day,
            account=account,
            reference=str(confirmation.order_id),
            amount=lacking,
            balance=money.balance,
        )
        feed.add_notices(work.database, [offer], work.now)


def _kind(order: Order) -> str:
    """Tell an order that was never told from one that was, and was taken back to be changed."""
    return "CONFIRMED" if order.order_id is None else "CHANGED"


def _response(confirmation: Confirmation, *, duplicate: bool) -> messages.ConfirmOrderResponse:
    return messages.ConfirmOrderResponse(
        order_id=str(confirmation.order_id),
        confirmed_at=confirmation.confirmed_at,
        item=[
            messages.ConfirmedType(date=day, meal_type=meal_type, state=OrderState.CONFIRMED)
            for day, meal_type in confirmation.lines
        ],
        duplicate=duplicate,
    )
