"""What parents have chosen and confirmed (MEAL-PAR-08 ... 12), and the first answers they got."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals import models
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant, as_uuid

CHOSEN, CONFIRMED = "CHOSEN", "CONFIRMED"
_KEY = ("account", "day", "meal_type")


class Key(NamedTuple):
    """A meal of a pupil."""

    account: str
    day: date
    meal_type: str


class OrderItem(NamedTuple):
    """A position of the additional menu in an order; the price of one is in roubles."""

    code: str
    qty: int
    price: Decimal


class Order(NamedTuple):
    """A row of `meal_order`; sums are in roubles."""

    account: str
    day: date
    meal_type: str
    organizer_inn: str
    school: str
    building: str
    class_code: str
    complex_id: int | None
    complex_code: str | None
    source: str
    state: str
    full_price: Decimal
    discount: Decimal
    to_pay: Decimal
    pchvr: str | None
    is_home_study: bool
    choice_id: UUID | None
    order_id: UUID | None
    """Of the confirmation; of the last one, while what was confirmed is chosen anew."""
    chosen_at: datetime
    confirmed_at: datetime | None
    entry: int

    @property
    def key(self) -> Key:
        """Whose meal it is."""
        return Key(self.account, self.day, self.meal_type)


class NamedItem(NamedTuple):
    """An item of an order as people read it."""

    code: str
    name: str
    qty: int
    price: Decimal


class Shown(NamedTuple):
    """An order as people read it."""

    order: Order
    complex_name: str | None
    items: tuple[NamedItem, ...]


class FirstAnswer(NamedTuple):
    """What was answered to a choice, for those who repeat it."""

    digest: bytes
    answer: dict[str, Any]


class Confirmation(NamedTuple):
    """A row of `order_confirmation`."""

    sender: str
    confirm_id: UUID
    order_id: UUID
    account: str
    confirmed_at: datetime
    lines: list[tuple[date, str]]
    """Day and meal of each."""
    digest: bytes
    entry: int


_SELECTED = ", ".join(f"o.{name}" for name in Order._fields)
_BETWEEN = f"""
    SELECT {_SELECTED} FROM meal_order o
    WHERE o.account = :account AND o.day >= :first AND o.day <= :last
    ORDER BY o.day, o.meal_type
"""  # noqa: S608 -- text of our own
_HELD = Query(_BETWEEN, locking=True)
_SHOWN = Query(
    f"""
    SELECT x.name, {_SELECTED} FROM meal_order o
    LEFT JOIN complex_revision x ON x.id = o.complex_id
    WHERE o.account = :account AND o.day >= :first AND o.day <= :last
    ORDER BY o.day, o.meal_type
    """  # noqa: S608 -- text of our own
)
_ITEMS = Query(
    """
    SELECT i.day, i.meal_type, i.item_code, coalesce(a.name, i.item_code), i.qty, i.price
    FROM order_item i
    JOIN meal_order o ON o.account = i.account AND o.day = i.day AND o.meal_type = i.meal_type
    LEFT JOIN additional_item a ON a.organizer_inn = o.organizer_inn AND a.code = i.item_code
    WHERE i.account = :account AND i.day >= :first AND i.day <= :last
    ORDER BY i.day, i.meal_type, i.item_code
    """
)
_DROP_ITEMS = Query(
    """
    DELETE FROM order_item
    WHERE account = :account AND CAST(day AS TEXT) || '/' || meal_type IN {meals:text}
    """
)
_UNPAID = Query(
    """
    SELECT coalesce(sum(to_pay), 0) FROM meal_order
    WHERE account = :account AND organizer_inn = :organizer_inn
      AND state IN ('CHOSEN', 'CONFIRMED', 'FROZEN', 'DEFAULTED', 'SERVED')
    """
)
_ANSWER = Query(
    "SELECT digest, answer FROM order_choice WHERE sender = :sender AND choice_id = :choice_id"
)
_CONFIRMATION = Query(
    """
    SELECT order_id, account, confirmed_at, lines, digest, entry FROM order_confirmation
    WHERE sender = :sender AND confirm_id = :confirm_id
    """
)


def hold(transaction: Transaction, account: str, first: date, last: date) -> list[Order]:
    """Return the orders of an account, and keep them from others until the commit."""
    return [_order(row) for row in transaction.rows(_HELD, **_days(account, first, last))]


def shown(transaction: Transaction, account: str, first: date, last: date) -> list[Shown]:
    """Return the orders of an account as people read them, by day and meal."""
    items = _items(transaction, account, first, last)
    rows = transaction.rows(_SHOWN, **_days(account, first, last))
    return [
        Shown(order, name, tuple(items[order.key]))
        for name, order in ((name, _order(row)) for name, *row in rows)
    ]


def items_of(transaction: Transaction, orders: Sequence[Order]) -> dict[Key, tuple[OrderItem, ...]]:
    """Return the items of orders of one account."""
    if not orders:
        return {}
    days = [order.day for order in orders]
    found = _items(transaction, orders[0].account, min(days), max(days))
    return {
        order.key: tuple(OrderItem(one.code, one.qty, one.price) for one in found[order.key])
        for order in orders
    }


def save(
    transaction: Transaction,
    orders: Sequence[Order],
    items: dict[Key, tuple[OrderItem, ...]],
    known: Iterable[Key],
) -> None:
    """Store orders of one account in the place of the `known` ones, which are held.

    An order that somebody has made meanwhile raises RaceLost.
    """
    there = frozenset(known)
    columns = tuple(name for name in Order._fields if name not in _KEY)
    transaction.update(
        models.meal_order, _KEY, columns, [order for order in orders if order.key in there]
    )
    transaction.insert_new(
        models.meal_order, Order._fields, [order for order in orders if order.key not in there]
    )
    account, meals = orders[0].account, [f"{one.day}/{one.meal_type}" for one in orders]
    transaction.run(_DROP_ITEMS, account=account, meals=meals)
    transaction.insert(
        models.order_item,
        (*_KEY, "item_code", "qty", "price"),
        [(*order.key, *item) for order in orders for item in items[order.key]],
    )


def confirm(transaction: Transaction, orders: Sequence[Order], confirmation: Confirmation) -> None:
    """Mark held orders as confirmed; a confirmation that is there already raises RaceLost."""
    changed = (
        CONFIRMED,
        confirmation.order_id,
        confirmation.confirmed_at,
        confirmation.entry,
    )
    transaction.update(
        models.meal_order,
        _KEY,
        ("state", "order_id", "confirmed_at", "entry"),
        [(*order.key, *changed) for order in orders],
    )
    lines = json.dumps([(day.isoformat(), meal_type) for day, meal_type in confirmation.lines])
    transaction.insert_new(
        models.order_confirmation,
        Confirmation._fields,
        [tuple(confirmation._replace(lines=lines))],  # type: ignore[arg-type]  # as it is stored
    )


def unpaid(transaction: Transaction, account: str, organizer_inn: str) -> Decimal:
    """Return roubles of what is ordered and not debited yet (MEAL-PAR-09)."""
    ((kopecks,),) = transaction.rows(_UNPAID, account=account, organizer_inn=organizer_inn)
    return to_roubles(int(kopecks))


def answer_to(transaction: Transaction, sender: str, choice_id: UUID) -> FirstAnswer | None:
    """Return what was answered to a choice."""
    rows = transaction.rows(_ANSWER, sender=sender, choice_id=str(choice_id))
    return FirstAnswer(bytes(rows[0][0]), json.loads(rows[0][1])) if rows else None


def add_answer(
    transaction: Transaction,
    sender: str,
    choice_id: UUID,
    account: str,
    first: FirstAnswer,
    entry: int,
) -> None:
    """Keep what is answered to a choice; a choice that is there already raises RaceLost."""
    transaction.insert_new(
        models.order_choice,
        ("sender", "choice_id", "account", "answer", "digest", "entry"),
        [(sender, choice_id, account, json.dumps(first.answer), first.digest, entry)],
    )


def confirmation(transaction: Transaction, sender: str, confirm_id: UUID) -> Confirmation | None:
    """Return a confirmation by its key."""
    rows = transaction.rows(_CONFIRMATION, sender=sender, confirm_id=str(confirm_id))
    if not rows:
        return None
    order_id, account, confirmed_at, lines, digest, entry = rows[0]
    return Confirmation(
        sender,
        confirm_id,
        as_uuid(order_id),
        account,
        as_instant(confirmed_at),
        [(date.fromisoformat(day), meal_type) for day, meal_type in json.loads(lines)],
        bytes(digest),
        entry,
    )


def _days(account: str, first: date, last: date) -> dict[str, str]:
    return {"account": account, "first": first.isoformat(), "last": last.isoformat()}


def _items(
    transaction: Transaction, account: str, first: date, last: date
) -> dict[Key, list[NamedItem]]:
    found: dict[Key, list[NamedItem]] = defaultdict(list)
    for day, meal_type, code, name, qty, price in transaction.rows(
        _ITEMS, **_days(account, first, last)
    ):
        item = NamedItem(code, name, qty, to_roubles(int(price)))
        found[Key(account, as_day(day), meal_type)].append(item)
    return found


def _order(row: Sequence[Any]) -> Order:
    order = Order._make(row)
    return order._replace(
        day=as_day(order.day),
        full_price=to_roubles(int(order.full_price)),
        discount=to_roubles(int(order.discount)),
        to_pay=to_roubles(int(order.to_pay)),
        is_home_study=bool(order.is_home_study),
        choice_id=None if order.choice_id is None else as_uuid(order.choice_id),
        order_id=None if order.order_id is None else as_uuid(order.order_id),
        chosen_at=as_instant(order.chosen_at),
        confirmed_at=None if order.confirmed_at is None else as_instant(order.confirmed_at),
    )
