"""Debits of meals as the organizer accounts for them (MEAL-ORG-04, MEAL-DEB-07)."""

from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from adapters.organizer.repository.orders import Item
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_uuid

_ASKED = """
    d.organizer_inn = :organizer_inn AND d.day BETWEEN :first AND :last
    AND (:school = '' OR d.school = :school)
"""
_PAGE = Query(
    f"""
    WITH page AS (
        SELECT d.id, d.day, d.school, d.account, d.meal_type, d.class_code, d.complex_code,
               d.full_price, d.discount, d.to_pay, d.pchvr, d.is_over_credit
        FROM meal_debit d
        WHERE {_ASKED} AND (d.day, d.school, d.account, d.meal_type)
              > (:after_day, :after_school, :after_account, :after_meal)
        ORDER BY d.day, d.school, d.account, d.meal_type LIMIT :limit
    )
    SELECT p.id, p.day, p.school, p.account, p.meal_type, p.class_code, p.complex_code,
           p.full_price, p.discount, p.to_pay, p.pchvr, p.is_over_credit, i.item_code, i.qty
    FROM page p LEFT JOIN order_item i ON i.account = p.account AND i.day = p.day
        AND i.meal_type = p.meal_type
    ORDER BY p.day, p.school, p.account, p.meal_type, i.item_code
    """  # noqa: S608 -- text of our own
)
_TOTALS = Query(
    f"""
    SELECT coalesce(sum(d.full_price), 0), coalesce(sum(d.discount), 0),
           coalesce(sum(d.to_pay), 0)
    FROM meal_debit d WHERE {_ASKED}
    """  # noqa: S608 -- text of our own
)


class Asked(NamedTuple):
    """Which debits are asked for; an empty school asks for all."""

    organizer_inn: str
    first: date
    last: date
    school: str


class Place(NamedTuple):
    """After which debit the next page begins."""

    day: str
    school: str = ""
    account: str = ""
    meal_type: str = ""


class Debit(NamedTuple):
    """What was taken off an account for a meal; sums in roubles."""

    id: UUID
    day: date
    school: str
    account: str
    meal_type: str
    class_code: str
    complex_code: str | None
    full: Decimal
    discount: Decimal
    to_pay: Decimal
    pchvr: str | None
    """Code of the category only (MEAL-ADM-07)."""
    is_over_credit: bool
    items: tuple[Item, ...] = ()

    @property
    def place(self) -> Place:
        """Its place in the list."""
        return Place(self.day.isoformat(), self.school, self.account, self.meal_type)


class Totals(NamedTuple):
    """What all debits come to, in roubles."""

    full: Decimal
    discount: Decimal
    to_pay: Decimal


def page(transaction: Transaction, asked: Asked, after: Place, limit: int) -> list[Debit]:
    """Return at most `limit` debits after a place, by day, school, account and meal."""
    rows = transaction.rows(
        _PAGE,
        # What lies before the place need not be looked at.
        **_named(asked) | {"first": max(after.day, asked.first.isoformat())},
        after_day=after.day,
        after_school=after.school,
        after_account=after.account,
        after_meal=after.meal_type,
        limit=limit,
    )
    return [_debit(head, list(parts)) for head, parts in groupby(rows, itemgetter(slice(12)))]


def totals(transaction: Transaction, asked: Asked) -> Totals:
    """Return what all debits of the period come to, whatever is on a page."""
    ((full, discount, to_pay),) = transaction.rows(_TOTALS, **_named(asked))
    return Totals(*(to_roubles(int(sum_)) for sum_ in (full, discount, to_pay)))


def _named(asked: Asked) -> dict[str, object]:
    return {
        "organizer_inn": asked.organizer_inn,
        "first": asked.first.isoformat(),
        "last": asked.last.isoformat(),
        "school": asked.school,
    }


def _debit(head: tuple[Any, ...], rows: list[tuple[Any, ...]]) -> Debit:
    raw = Debit(*head)
    return raw._replace(
        id=as_uuid(raw.id),
        day=as_day(raw.day),
        full=to_roubles(int(raw.full)),
        discount=to_roubles(int(raw.discount)),
        to_pay=to_roubles(int(raw.to_pay)),
        is_over_credit=bool(raw.is_over_credit),
        items=tuple(Item(code, int(qty)) for code, qty in (row[12:] for row in rows) if code),
    )
