"""Orders of families as the kitchen counts them, and the feed of their changes (MEAL-ORG-01)."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from adapters.meals.repository import feed
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant

# What is confirmed or was set by the hub; a choice that is not confirmed is nobody's business.
_ORDERED = """
    o.organizer_inn = :organizer_inn AND o.day BETWEEN :first AND :last AND o.state <> 'CHOSEN'
    AND (:school = '' OR o.school = :school) AND (:building = '' OR o.building = :building)
"""
_PRODUCTS = """
    coalesce((
        SELECT sum(i.qty * i.price) FROM order_item i
        WHERE i.account = o.account AND i.day = o.day AND i.meal_type = o.meal_type
    ), 0)
"""
_PLACE = "o.day, o.school, o.building, o.meal_type"
_PARTS = f"""
    SELECT {_PLACE}, o.class_code, o.account, 0 AS is_item, o.complex_code AS code, 1 AS qty,
           o.source, o.to_pay - {_PRODUCTS} AS to_pay
    FROM meal_order o
    WHERE {_ORDERED} AND o.complex_code IS NOT NULL {{complexes}}
    UNION ALL
    SELECT {_PLACE}, o.class_code, o.account, 1, n.item_code, n.qty, o.source, n.qty * n.price
    FROM meal_order o
    JOIN order_item n ON n.account = o.account AND n.day = o.day AND n.meal_type = o.meal_type
    WHERE {_ORDERED} {{items}}
"""  # noqa: S608 -- text of our own
_FROZEN = """
    EXISTS (SELECT 1 FROM meal_day d WHERE d.day = r.day AND d.frozen_at IS NOT NULL)
"""
_AFTER = "(:after_day, :after_school, :after_building, :after_meal, {more})"
_AFTER_ACCOUNT = _AFTER.format(more=":after_account, :after_kind, :after_code")
_AFTER_CODE = _AFTER.format(more=":after_kind, :after_code, :after_source")
_BY_ACCOUNT = Query(
    f"""
    SELECT r.day, r.school, r.building, r.meal_type, r.class_code, r.account, r.is_item, r.code,
           r.qty, r.source, r.to_pay, {_FROZEN}
    FROM ({
        _PARTS.format(
            complexes=f"AND ({_PLACE}, o.account, 0, o.complex_code) > {_AFTER_ACCOUNT}",
            items=f"AND ({_PLACE}, o.account, 1, n.item_code) > {_AFTER_ACCOUNT}",
        )
    }) AS r
    ORDER BY r.day, r.school, r.building, r.meal_type, r.account, r.is_item, r.code LIMIT :limit
    """  # noqa: S608 -- text of our own
)
_KEY = "r.day, r.school, r.building, r.meal_type, r.is_item, r.code, r.source"
_TOGETHER = Query(
    f"""
    SELECT r.day, r.school, r.building, r.meal_type, '', '', r.is_item, r.code,
           sum(r.qty), r.source, sum(r.to_pay), {_FROZEN}
    FROM ({_PARTS.format(complexes="", items="")}) AS r
    WHERE ({_KEY}) > {_AFTER_CODE}
    GROUP BY {_KEY} ORDER BY {_KEY} LIMIT :limit
    """  # noqa: S608 -- text of our own
)

_CHANGES = Query(
    """
    SELECT seq, changed_at, kind, account, school, building, class_code, day, meal_type,
           complex_code, items
    FROM order_change WHERE organizer_inn = :organizer_inn AND seq > :after
    ORDER BY seq LIMIT :limit
    """
)
_LAST = Query("SELECT last_seq FROM feed WHERE name = :name")


class Asked(NamedTuple):
    """Which orders are asked for; an empty code asks for all."""

    organizer_inn: str
    first: date
    last: date
    school: str
    building: str


class AccountPlace(NamedTuple):
    """After which row the next page of orders by account begins."""

    day: str
    school: str = ""
    building: str = ""
    meal: str = ""
    account: str = ""
    kind: int = -1
    code: str = ""


class CodePlace(NamedTuple):
    """After which row the next page of orders together begins."""

    day: str
    school: str = ""
    building: str = ""
    meal: str = ""
    kind: int = -1
    code: str = ""
    source: str = ""


class Ordered(NamedTuple):
    """So much of a complex, or of an item, on a day."""

    day: date
    school: str
    building: str
    meal_type: str
    class_code: str
    """Empty where classes and accounts are added up."""
    account: str
    is_item: bool
    code: str
    qty: int
    source: str
    to_pay: Decimal
    """Roubles of the whole row."""
    is_frozen: bool

    @property
    def account_place(self) -> AccountPlace:
        """Its place among orders by account."""
        where = (self.school, self.building, self.meal_type)
        return AccountPlace(
            self.day.isoformat(), *where, self.account, int(self.is_item), self.code
        )

    @property
    def code_place(self) -> CodePlace:
        """Its place among orders together."""
        where = (self.school, self.building, self.meal_type)
        return CodePlace(self.day.isoformat(), *where, int(self.is_item), self.code, self.source)


class Item(NamedTuple):
    """So many of an item of the additional menu."""

    code: str
    qty: int


class Change(NamedTuple):
    """What an order has become."""

    seq: int
    changed_at: datetime
    kind: str
    account: str
    school: str
    building: str
    class_code: str
    day: date
    meal_type: str
    complex_code: str | None
    items: tuple[Item, ...]


def page(
    transaction: Transaction, asked: Asked, after: AccountPlace | CodePlace, limit: int
) -> list[Ordered]:
    """Return at most `limit` rows after a place: by account, or all accounts together."""
    statement = _BY_ACCOUNT if isinstance(after, AccountPlace) else _TOGETHER
    rows = transaction.rows(
        statement,
        organizer_inn=asked.organizer_inn,
        # What lies before the place need not be looked at.
        first=max(after.day, asked.first.isoformat()),
        last=asked.last.isoformat(),
        school=asked.school,
        building=asked.building,
        limit=limit,
        **{f"after_{name}": value for name, value in after._asdict().items()},
    )
    return [_ordered(row) for row in rows]


def changes(transaction: Transaction, organizer_inn: str, after: int, limit: int) -> list[Change]:
    """Return at most `limit` changes numbered above `after`, in the order of their numbers."""
    rows = transaction.rows(_CHANGES, organizer_inn=organizer_inn, after=after, limit=limit)
    return [_change(row) for row in rows]


def last_number(transaction: Transaction, organizer_inn: str) -> int:
    """Return the number of the organizer's last change, 0 before the first."""
    rows = transaction.rows(_LAST, name=feed.orders_of(organizer_inn))
    return int(rows[0][0]) if rows else 0


def _ordered(row: tuple[Any, ...]) -> Ordered:
    raw = Ordered(*row)
    return raw._replace(
        day=as_day(raw.day),
        is_item=bool(raw.is_item),
        qty=int(raw.qty),
        to_pay=to_roubles(int(raw.to_pay)),
        is_frozen=bool(raw.is_frozen),
    )


def _change(row: tuple[Any, ...]) -> Change:
    *facts, items = row
    told = tuple(Item(one["code"], one["qty"]) for one in json.loads(items or "[]"))
    raw = Change._make((*facts, told))
    return raw._replace(
        seq=int(raw.seq), changed_at=as_instant(raw.changed_at), day=as_day(raw.day)
    )
