"""JOB-02 in SQL: what was eaten on a day is taken off the accounts, class by class.

The meals of a piece are laid out once in a table of the connection (`debit_piece`); debits, entries
of the ledger, balances, orders and notices follow from it in the same transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from adapters.meals.repository import feed
from adapters.meals.repository.classes import Piece
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant, instant_text

_OWN_DIGITS = 8
"""Digits of a debit's identifier that tell it from the others of its piece."""

_NEXT_DAY = Query(
    """
    SELECT d.day, d.after_class, d.due_at FROM debit_day d
    WHERE d.state <> 'DONE' ORDER BY d.day LIMIT 1
    """
)
_IS_FREEZING = Query(
    """
    SELECT 1 FROM meal_day
    WHERE day = :day AND freezing_after IS NOT NULL AND frozen_at IS NULL
    """
)
_PLAN = Query(
    """
    INSERT INTO debit_day (day, state, due_at) VALUES (:day, 'WAITING', :due_at)
    ON CONFLICT (day) DO NOTHING
    """
)
_PROGRESS = Query("SELECT after_class, state FROM debit_day WHERE day = :day", locking=True)

_COLUMNS = """
    account {text} NOT NULL, organizer_inn {text} NOT NULL, day {date} NOT NULL,
    meal_type {text} NOT NULL, school {text} NOT NULL, building {text} NOT NULL,
    class_code {text} NOT NULL, complex_code {text}, full_price {number} NOT NULL,
    discount {number} NOT NULL, to_pay {number} NOT NULL, pchvr {text}, id {id} NOT NULL,
    later {number} NOT NULL, balance {number}, is_over_credit {flag},
    PRIMARY KEY (account, organizer_inn, meal_type)
"""
_LAY_OUT = {
    True: Query(
        "CREATE TEMPORARY TABLE IF NOT EXISTS debit_piece ("
        + _COLUMNS.format(text="text", date="date", number="bigint", id="uuid", flag="boolean")
        + ") ON COMMIT DELETE ROWS"
    ),
    False: Query(
        "CREATE TEMPORARY TABLE IF NOT EXISTS debit_piece ("
        + _COLUMNS.format(text="TEXT", date="DATE", number="BIGINT", id="TEXT", flag="BOOLEAN")
        + ")"
    ),
}
_EMPTY = Query("DELETE FROM debit_piece")

_IDENTIFIER = """
    :prefix || substr(
        CAST(100000000 + row_number() OVER (ORDER BY f.account, f.meal_type) AS TEXT), 2
    )
"""
SOURCE = (
    "'debit/' || {0}.account || '/' || {0}.organizer_inn"
    " || '/' || CAST({0}.day AS TEXT) || '/' || {0}.meal_type"
)
"""The `source` of the ledger entry of a debit."""
_MEALS = """
    SELECT l.account, l.organizer_inn, r.day, l.meal_type, r.school, r.building, r.class_code,
           l.complex_code, l.full_price, l.discount, l.to_pay, l.pchvr
    FROM class_request r JOIN request_line l ON l.request_id = r.id
    WHERE r.day = :day AND r.class_code > :after AND r.class_code <= :upto
      AND coalesce(l.is_eaten, l.is_included)
    UNION ALL
    SELECT o.account, o.organizer_inn, o.day, o.meal_type, o.school, o.building, o.class_code,
           o.complex_code, o.full_price, o.discount, o.to_pay, o.pchvr
    FROM meal_order o
    WHERE o.day = :day AND o.class_code > :after AND o.class_code <= :upto
      AND o.is_home_study AND o.state IN ('CONFIRMED', 'FROZEN')
"""
_GATHER = """
    INSERT INTO debit_piece (
        account, organizer_inn, day, meal_type, school, building, class_code, complex_code,
        full_price, discount, to_pay, pchvr, id, later
    )
    SELECT f.account, f.organizer_inn, f.day, f.meal_type, f.school, f.building, f.class_code,
           f.complex_code, f.full_price, f.discount, f.to_pay, f.pchvr, {identifier},
           sum(f.to_pay) OVER (PARTITION BY f.account, f.organizer_inn)
           - sum(f.to_pay) OVER (PARTITION BY f.account, f.organizer_inn ORDER BY f.meal_type)
    FROM (
        SELECT m.*, row_number() OVER (
            PARTITION BY m.account, m.organizer_inn, m.meal_type ORDER BY m.class_code
        ) AS place
        FROM ({meals}) AS m
    ) AS f
    WHERE f.place = 1 AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.source = {source})
"""
# Whether a meal was debited is asked by the only key of one column: on a table that was empty when
# it was analyzed PostgreSQL takes any index of several, and reads all debits of the day for each.
_GATHERED = {
    True: Query(
        _GATHER.format(
            identifier=f"CAST({_IDENTIFIER} AS uuid)", meals=_MEALS, source=SOURCE.format("f")
        )
    ),
    False: Query(_GATHER.format(identifier=_IDENTIFIER, meals=_MEALS, source=SOURCE.format("f"))),
}

_MOVE_BALANCES = Query(
    """
    INSERT INTO ledger_balance (account, organizer_inn, balance)
    SELECT p.account, p.organizer_inn, -sum(p.to_pay) FROM debit_piece p WHERE 1 = 1
    GROUP BY p.account, p.organizer_inn ORDER BY p.account, p.organizer_inn
    ON CONFLICT (account, organizer_inn)
    DO UPDATE SET balance = ledger_balance.balance + excluded.balance
    """
)
_WEIGH = Query(
    """
    UPDATE debit_piece SET balance = b.balance + debit_piece.later,
        is_over_credit = b.balance + debit_piece.later < -coalesce((
            SELECT l.amount FROM credit_limit l
            WHERE l.school = debit_piece.school AND l.valid_from <= debit_piece.day
            ORDER BY l.valid_from DESC LIMIT 1
        ), 0)
    FROM ledger_balance b
    WHERE b.account = debit_piece.account AND b.organizer_inn = debit_piece.organizer_inn
    """
)
_DEBIT = Query(
    f"""
    INSERT INTO meal_debit (
        id, account, organizer_inn, day, meal_type, school, building, class_code, complex_code,
        full_price, discount, to_pay, pchvr, is_over_credit, debited_at, entry
    )
    SELECT p.id, p.account, p.organizer_inn, p.day, p.meal_type, p.school, p.building,
           p.class_code, p.complex_code, p.full_price, p.discount, p.to_pay, p.pchvr,
           p.is_over_credit, :now, {NO_MESSAGE}
    FROM debit_piece p ORDER BY p.account, p.meal_type
    """  # noqa: S608 -- text of our own
)
_POST = Query(
    f"""
    INSERT INTO ledger_entry (
        account, organizer_inn, amount, kind, source, business_date, entry, created_at
    )
    SELECT p.account, p.organizer_inn, -p.to_pay, 'DEBIT', {SOURCE.format("p")}, p.day,
           {NO_MESSAGE}, :now
    FROM debit_piece p ORDER BY p.account, p.meal_type
    """  # noqa: S608 -- text of our own
)
_MARK_DEBITED = Query(
    """
    UPDATE meal_order SET state = 'DEBITED'
    FROM debit_piece p
    WHERE meal_order.account = p.account AND meal_order.day = p.day
      AND meal_order.meal_type = p.meal_type
    """
)
_MARK_NOT_SERVED = Query(
    """
    UPDATE meal_order SET state = 'NOT_SERVED'
    WHERE day = :day AND class_code > :after AND class_code <= :upto
      AND state IN ('CONFIRMED', 'FROZEN', 'DEFAULTED', 'SERVED')
    """
)
_TELL = Query(
    """
    INSERT INTO meal_notice (
        seq, code, account, day, meal_type, amount, balance, created_at
    )
    SELECT (SELECT f.last_seq FROM feed f WHERE f.name = 'notices')
           + row_number() OVER (ORDER BY t.account, t.code, t.meal_type),
           t.code, t.account, t.day, t.meal_type, t.amount, t.balance, :now
    FROM (
        SELECT 'DEBITED' AS code, p.account, p.day, p.meal_type, p.to_pay AS amount, p.balance
        FROM debit_piece p WHERE p.to_pay > 0
        UNION ALL
        SELECT 'LOW_BALANCE', p.account, p.day, '', sum(p.to_pay), min(p.balance)
        FROM debit_piece p GROUP BY p.account, p.organizer_inn, p.day
        HAVING min(p.balance) < sum(p.to_pay)
    ) AS t
    WHERE 1 = 1
    ON CONFLICT (account, class_code, code, day, meal_type, reference) DO NOTHING
    """
)
_ADVANCE = Query(
    """
    UPDATE debit_day SET state = 'RUNNING', after_class = :upto,
        started_at = coalesce(debit_day.started_at, :now), lines = debit_day.lines + g.lines,
        full_price = debit_day.full_price + g.full_price,
        discount = debit_day.discount + g.discount, to_pay = debit_day.to_pay + g.to_pay,
        over_credit = debit_day.over_credit + g.over_credit
    FROM (
        SELECT count(*) AS lines, coalesce(sum(p.full_price), 0) AS full_price,
               coalesce(sum(p.discount), 0) AS discount, coalesce(sum(p.to_pay), 0) AS to_pay,
               coalesce(sum(CASE WHEN p.is_over_credit THEN 1 ELSE 0 END), 0) AS over_credit
        FROM debit_piece p
    ) AS g
    WHERE day = :day
    """
)
_FINISH = Query("UPDATE debit_day SET state = 'DONE', finished_at = :now WHERE day = :day")
_DAYS = Query(
    """
    SELECT day, state, after_class, lines, full_price, discount, to_pay, over_credit, due_at,
           started_at, finished_at
    FROM debit_day ORDER BY day DESC LIMIT :limit
    """
)


class Waiting(NamedTuple):
    """A day that is not debited to its end."""

    day: date
    after: str
    """Class up to which it is."""
    due_at: datetime


class DebitDay(NamedTuple):
    """How far the debit of a day has come; sums in roubles."""

    day: date
    state: str
    """WAITING, RUNNING or DONE."""
    after_class: str
    lines: int
    full: Decimal
    discount: Decimal
    to_pay: Decimal
    over_credit: int
    due_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def plan(transaction: Transaction, day: date, due_at: datetime) -> None:
    """Note that a day is to be debited from `due_at` on; once noted it stays so."""
    transaction.run(_PLAN, day=day.isoformat(), due_at=instant_text(due_at))


def next_day(transaction: Transaction) -> Waiting | None:
    """Return the earliest day that is not debited to its end; None while it is being frozen."""
    rows = transaction.rows(_NEXT_DAY)
    if not rows:
        return None
    day, after, due_at = rows[0]
    if transaction.rows(_IS_FREEZING, day=str(day)):
        return None
    return Waiting(as_day(day), after, as_instant(due_at))


def hold(transaction: Transaction, day: date, after: str) -> bool:
    """Keep a day from other processes; False when it was taken further than `after`."""
    ((reached, state),) = transaction.rows(_PROGRESS, day=day.isoformat())
    return bool(reached == after and state != "DONE")


def debit(
    transaction: Transaction, day: date, piece: Piece, identifier: UUID, now: datetime
) -> int:
    """Debit the meals of some classes on a day, each once; return how many (MEAL-DEB-02 ... 07).

    The facts are the lines of requests, actual where they were confirmed (MEAL-CLS-09, 10), and
    the orders of pupils who study at home (H-10). `identifier` makes those of the debits.
    """
    classes = {"day": day.isoformat(), "after": piece.after, "upto": piece.upto}
    moment = instant_text(now)
    transaction.run(_LAY_OUT[transaction.on_postgresql])
    transaction.run(_EMPTY)
    prefix = str(identifier)[:-_OWN_DIGITS]
    lines = transaction.run(_GATHERED[transaction.on_postgresql], **classes, prefix=prefix)
    transaction.run(_MOVE_BALANCES)
    transaction.run(_WEIGH)
    transaction.run(_DEBIT, now=moment)
    transaction.run(_POST, now=moment)
    transaction.run(_MARK_DEBITED)
    transaction.run(_MARK_NOT_SERVED, **classes)
    transaction.run(_ADVANCE, day=classes["day"], upto=piece.upto, now=moment)
    feed.hold(transaction, [feed.NOTICES])
    transaction.run(_TELL, now=moment)
    feed.catch_up(transaction, [feed.NOTICES])
    return lines


def finish(transaction: Transaction, day: date, now: datetime) -> None:
    """Say that a day is debited to its end."""
    transaction.run(_FINISH, day=day.isoformat(), now=instant_text(now))


def days(transaction: Transaction, limit: int) -> Sequence[DebitDay]:
    """Return how the last days were debited, the latest first."""
    return [_debit_day(row) for row in transaction.rows(_DAYS, limit=limit)]


def _debit_day(row: tuple[Any, ...]) -> DebitDay:
    day, state, after, lines, full, discount, to_pay, over_credit, due_at, *moments = row
    started_at, finished_at = (None if one is None else as_instant(one) for one in moments)
    return DebitDay(
        as_day(day),
        state,
        after,
        int(lines),
        to_roubles(int(full)),
        to_roubles(int(discount)),
        to_roubles(int(to_pay)),
        int(over_credit),
        as_instant(due_at),
        started_at,
        finished_at,
    )
