"""An order as families read it, in menus and in lists of orders."""

from adapters.meals.messages import order as messages
from adapters.meals.repository.orders import Shown
from gateway.contracts.messages.common import ChoiceSource, OrderState


def chosen_of(shown: Shown) -> messages.ChosenType:
    """Return what is chosen for a meal."""
    order = shown.order
    return messages.ChosenType(
        complex_code=order.complex_code,
        complex_name=shown.complex_name,
        item=[
            messages.ChosenItemType(item_code=code, name=name, qty=qty, price=price)
            for code, name, qty, price in shown.items
        ],
        state=OrderState(order.state),
        source=ChoiceSource(order.source),
        full_price=order.full_price,
        discount=order.discount,
        to_pay=order.to_pay,
        confirmed_at=order.confirmed_at,
    )
