"""The ledger of one account at one organizer, as it is read from day to day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant, instant_text

# One statement, so that the sums and the entries are of one moment.
_PAGE = Query(
    """
    WITH book AS (
        SELECT e.id, e.created_at, e.business_date, e.kind, e.amount, e.source
        FROM ledger_entry e
        WHERE e.account = :account AND e.organizer_inn = :organizer_inn AND e.created_at < :until
    ),
    total AS (
        SELECT coalesce(sum(CASE WHEN b.created_at < :since THEN b.amount ELSE 0 END), 0)
               AS opening,
               coalesce(sum(b.amount), 0) AS closing
        FROM book b
    ),
    page AS (
        SELECT m.* FROM (
            SELECT b.*, sum(b.amount) OVER (ORDER BY b.id) AS moved
            FROM book b WHERE b.created_at >= :since
        ) AS m
        WHERE m.id > :after ORDER BY m.id LIMIT :limit
    )
    SELECT t.opening, t.closing, p.id, p.created_at, p.business_date, p.kind, p.amount,
           t.opening + p.moved, p.source
    FROM total t LEFT JOIN page p ON 1 = 1
    ORDER BY p.id
    """
)
_OTHERS = Query(
    """
    SELECT b.organizer_inn, o.name, b.balance
    FROM ledger_balance b JOIN organizer o ON o.inn = b.organizer_inn
    WHERE b.account = :account AND b.organizer_inn <> :organizer_inn
    ORDER BY b.organizer_inn
    """
)


class Movement(NamedTuple):
    """An entry of the ledger; sums are in roubles."""

    number: int
    at: datetime
    business_date: date
    kind: str
    """PostingKind."""
    amount: Decimal
    balance: Decimal
    """After this entry."""
    source: str


class Book(NamedTuple):
    """A part of what happened within a period; sums are in roubles."""

    opening: Decimal
    closing: Decimal
    """Of the whole period, whatever part it is."""
    movements: list[Movement]


class OtherBalance(NamedTuple):
    """What lies at an organizer that does not feed the school any more (H-17)."""

    organizer_inn: str
    name: str
    balance: Decimal


def page_of(
    transaction: Transaction,
    account: str,
    organizer_inn: str,
    since: datetime,
    until: datetime,
    after: int,
    limit: int,
) -> Book:
    """Return at most `limit` entries written from `since` to `until`, numbered above `after`."""
    rows = transaction.rows(
        _PAGE,
        account=account,
        organizer_inn=organizer_inn,
        since=instant_text(since),
        until=instant_text(until),
        after=after,
        limit=limit,
    )
    opening, closing = (to_roubles(int(total)) for total in rows[0][:2])
    return Book(opening, closing, [_movement(row[2:]) for row in rows if row[2] is not None])


def other_balances(
    transaction: Transaction, account: str, organizer_inn: str
) -> list[OtherBalance]:
    """Return what was ever moved on an account at other organizers."""
    rows = transaction.rows(_OTHERS, account=account, organizer_inn=organizer_inn)
    return [OtherBalance(inn, name, to_roubles(int(balance))) for inn, name, balance in rows]


def _movement(row: tuple[Any, ...]) -> Movement:
    number, at, business_date, kind, amount, balance, source = row
    return Movement(
        int(number),
        as_instant(at),
        as_day(business_date),
        kind,
        to_roubles(int(amount)),
        to_roubles(int(balance)),
        source,
    )
