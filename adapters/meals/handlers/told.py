"""How changes of orders are told to the organizers that cook them (MEAL-PAR-11, NOT-12)."""

import json
from collections.abc import Sequence
from datetime import datetime

from adapters.meals.repository.feed import Change
from adapters.meals.repository.orders import Order, OrderItem


def change_of(order: Order, kind: str, items: Sequence[OrderItem], now: datetime) -> Change:
    """Return the change that an organizer reads: what is ordered, or was."""
    return Change(
        order.organizer_inn,
        kind,
        order.account,
        order.day,
        order.meal_type,
        order.school,
        order.building,
        order.class_code,
        order.complex_code,
        json.dumps([{"code": item.code, "qty": item.qty} for item in items]) if items else None,
        now,
    )
