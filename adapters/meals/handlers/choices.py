"""SVC-06 SaveChoice and GetOrders: what parents choose, all lines or none (MEAL-PAR-03 ... 10)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals import access, choosing, errors, times
from adapters.meals.access import Function
from adapters.meals.choosing import Line
from adapters.meals.handlers import periods, purse
from adapters.meals.handlers.chosen import chosen_of
from adapters.meals.handlers.told import change_of
from adapters.meals.messages import order as messages
from adapters.meals.repository import feed, orders
from adapters.meals.repository.orders import FirstAnswer, Key, Order, Shown
from gateway.adapter import Received, Work
from gateway.contracts.messages.common import ChoiceSource, OrderState
from gateway.kernel.errors import DuplicateConflict
from registry.calendar import local_date

_ZERO = Decimal("0.00")


def save_choice(
    received: Received[messages.SaveChoiceRequest], work: Work
) -> messages.SaveChoiceResponse:
    """Put the lines of a choice in the place of what was chosen before (MEAL-PAR-03 ... 09).

    The same choice again gets the first answer. A line that was confirmed has to be confirmed
    again, and its organizer hears at once that it is cancelled. Lack of money stops nothing
    (MEAL-PAR-10).

    Raises NotAllowed, DuplicateConflict, ValidationError, OutOfWindow, Frozen,
    ComplexNotAvailable, WrongMenuType, AdditionalWithoutComplex, ItemNotAvailable,
    CalendarMissing.
    """
    request, sender = received.request, received.sender.code
    access.admit_parent(received, work, Function.ORDER, request.account)
    choice_id = UUID(request.choice_id)
    before = orders.answer_to(work.database, sender, choice_id)
    if before is not None:
        return _repeated(before, received.digest)
    lines = choosing.choose(request.item, request.account, work)
    _save(lines, request.account, choice_id, received.entry, work)
    answer = _answer(lines, request.account, work)
    first = FirstAnswer(received.digest, answer._asdict())
    orders.add_answer(work.database, sender, choice_id, request.account, first, received.entry)
    return _response(answer, duplicate=False)


def get_orders(
    received: Received[messages.GetOrdersRequest], work: Work
) -> messages.GetOrdersResponse:
    """Tell what is chosen, confirmed and served; raise NotAllowed, PeriodInvalid."""
    request = received.request
    access.admit_parent(received, work, Function.ORDER, request.account)
    periods.control(request.period, "/GetOrdersRequest/period", periods.MONTH)
    made = orders.shown(
        work.database, request.account, request.period.from_value, request.period.to
    )
    return messages.GetOrdersResponse(
        account=request.account, order=[_order(one, work) for one in made]
    )


class _Answer(NamedTuple):
    """The answer to a choice as it is kept: sums are text, so that they stay exact."""

    lines: list[list[str]]
    """Day, meal, full price, discount and what is to pay of each."""
    balance: str
    suggested: str | None


def _repeated(before: FirstAnswer, digest: bytes) -> messages.SaveChoiceResponse:
    if before.digest != digest:
        raise DuplicateConflict("Этот choiceId уже использован с другим содержимым.")
    return _response(_Answer(**before.answer), duplicate=True)


def _save(lines: Sequence[Line], account: str, choice_id: UUID, entry: int, work: Work) -> None:
    """Store the lines; tell organizers that what they had been given is cancelled."""
    days = [line.day for line in lines]
    meals = {Key(account, line.day, line.meal_type) for line in lines}
    held = orders.hold(work.database, account, min(days), max(days))
    before = {order.key: order for order in held if order.key in meals}
    _refuse_fixed(lines, before)
    confirmed = [one for one in before.values() if one.state == orders.CONFIRMED]
    given = orders.items_of(work.database, confirmed)
    made = [_made(line, account, before, choice_id, entry, work) for line in lines]
    items = {order.key: line.items for order, line in zip(made, lines, strict=True)}
    orders.save(work.database, made, items, before)
    if confirmed:
        changes = [change_of(one, "CANCELLED", given[one.key], work.now) for one in confirmed]
        feed.add_changes(work.database, changes)


def _refuse_fixed(lines: Sequence[Line], before: Mapping[Key, Order]) -> None:
    """Refuse what the freeze has fixed already, whatever the calendar says by now."""
    fixed = {
        (order.day, order.meal_type)
        for order in before.values()
        if order.state not in {orders.CHOSEN, orders.CONFIRMED}
    }
    if fixed:
        findings = tuple(
            choosing.closed(line.day, place)
            for place, line in enumerate(lines, 1)
            if (line.day, line.meal_type) in fixed
        )
        raise errors.Frozen(findings=findings)


def _made(
    line: Line,
    account: str,
    before: Mapping[Key, Order],
    choice_id: UUID,
    entry: int,
    work: Work,
) -> Order:
    seat, offer = line.seat, line.offer
    last = before.get(Key(account, line.day, line.meal_type))
    # Whom the last confirmation was told to hears of the next one as a change.
    is_same = last is not None and last.organizer_inn == seat.organizer_inn
    return Order(
        account,
        line.day,
        line.meal_type,
        seat.organizer_inn,
        seat.school,
        seat.building,
        seat.class_code,
        None if offer is None else offer.complex_id,
        None if offer is None else offer.code,
        ChoiceSource.PARENT.value,
        orders.CHOSEN,
        line.full,
        line.discount,
        line.to_pay,
        seat.pchvr,
        seat.is_home_study,
        choice_id,
        last.order_id if last is not None and is_same else None,
        work.now,
        None,
        entry,
    )


def _answer(lines: Sequence[Line], account: str, work: Work) -> _Answer:
    """Sum up the lines, and offer to top up what lacks (MEAL-PAR-08, 09)."""
    money = purse.purse_of(work, account)
    lacking = purse.shortage(work, account, money)
    return _Answer(
        [
            [str(one.day), one.meal_type, str(one.full), str(one.discount), str(one.to_pay)]
            for one in lines
        ],
        str(money.balance),
        str(min(lacking, money.largest)) if lacking else None,
    )


def _response(answer: _Answer, *, duplicate: bool) -> messages.SaveChoiceResponse:
    saved = [_saved(line) for line in answer.lines]
    return messages.SaveChoiceResponse(
        saved=saved,
        total=messages.TotalType(
            full=sum((one.full_price for one in saved), _ZERO),
            discount=sum((one.discount for one in saved), _ZERO),
            to_pay=sum((one.to_pay for one in saved), _ZERO),
        ),
        balance=Decimal(answer.balance),
        top_up_suggested=answer.suggested is not None,
        suggested_amount=None if answer.suggested is None else Decimal(answer.suggested),
        duplicate=duplicate,
    )


def _saved(line: Sequence[Any]) -> messages.SavedType:
    day, meal_type, full, discount, to_pay = line
    return messages.SavedType(
        date=date.fromisoformat(day),
        meal_type=meal_type,
        state=OrderState.CHOSEN,
        full_price=Decimal(full),
        discount=Decimal(discount),
        to_pay=Decimal(to_pay),
    )


def _order(shown: Shown, work: Work) -> messages.OrderType:
    order = shown.order
    is_confirmed = order.confirmed_at is not None and order.order_id is not None
    return messages.OrderType(
        date=order.day,
        meal_type=order.meal_type,
        frozen=order.day <= local_date(work.now)
        or times.is_frozen(work.calendar, order.day, work.now),
        order_id=str(order.order_id) if is_confirmed else None,
        chosen=chosen_of(shown),
    )
