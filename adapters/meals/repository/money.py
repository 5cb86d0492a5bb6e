"""Balances and movements of money over a scope: what is on accounts, and at which organizer.

A day of money is the business date of its entry: a debit belongs to the day of the meal.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from adapters.meals.repository.scopes import OF_ACCOUNT, Scope
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query
from gateway.storage.types import as_day, as_instant

SCHOOL, CLASS, ACCOUNT = "SCHOOL", "CLASS", "ACCOUNT"

_PLACE = f"""
    place AS (
        SELECT a.number AS account, p.name AS pupil_name, c.code AS class_code,
               c.name AS class_name, s.code AS school, s.municipality AS municipality,
               coalesce(a.organizer_inn, '') AS organizer_inn
        FROM school s JOIN school_class c ON c.school = s.code
        JOIN pupil p ON p.class_code = c.code JOIN personal_account a ON a.number = p.account
        WHERE {OF_ACCOUNT}
    )
"""  # noqa: S608 -- text of our own
_OF_ORGANIZERS = "(:any_organizers = 1 OR {0}.organizer_inn IN {{organizers:text}})"

_MONEY_NOW = "SELECT account, organizer_inn, balance FROM ledger_balance"
_MONEY_THEN = """
    SELECT account, organizer_inn, amount AS balance FROM ledger_entry WHERE business_date <= :day
"""
_COLUMNS = {
    SCHOOL: ("school",),
    CLASS: ("school", "class_code"),
    ACCOUNT: ("school", "class_code", "account"),
}
_BESIDE = {
    SCHOOL: "NULL, NULL, NULL, NULL",
    CLASS: "place.class_code, min(place.class_name), NULL, NULL",
    ACCOUNT: "place.class_code, min(place.class_name), place.account, min(place.pupil_name)",
}


def _balances(level: str, money: str) -> Query:
    """Return what sums balances up; an account without money stands with whoever feeds it now."""
    columns = _COLUMNS[level]
    keys = ", ".join([*(f"place.{name}" for name in columns), "kept.organizer_inn"])
    after = ", ".join([*(f":after_{name}" for name in columns), ":after_organizer"])
    return Query(
        f"""
        WITH {_PLACE}, kept AS (
            SELECT m.account, m.organizer_inn, m.balance
            FROM ({money}) AS m JOIN place ON place.account = m.account
            UNION ALL
            SELECT place.account, place.organizer_inn, 0 FROM place WHERE NOT EXISTS (
                SELECT 1 FROM ({money}) AS m WHERE m.account = place.account
                  AND (m.organizer_inn = place.organizer_inn OR place.organizer_inn = '')
            )
        )
        SELECT min(place.municipality), place.school, {_BESIDE[level]}, kept.organizer_inn,
               sum(kept.balance), coalesce((
                   SELECT l.amount FROM credit_limit l
                   WHERE l.school = place.school AND l.valid_from <= :day
                   ORDER BY l.valid_from DESC LIMIT 1
               ), 0)
        FROM kept JOIN place ON place.account = kept.account
        WHERE {_OF_ORGANIZERS.format("kept")} AND ({keys}) > ({after})
        GROUP BY {keys} ORDER BY {keys} LIMIT :limit
        """  # noqa: S608 -- text of our own
    )


_BALANCES = {
    (level, is_now): _balances(level, _MONEY_NOW if is_now else _MONEY_THEN)
    for level in _COLUMNS
    for is_now in (True, False)
}
_TOTALS = Query(
    f"""
    WITH {_PLACE}
    SELECT CASE WHEN e.business_date < :first THEN '' ELSE e.kind END AS sort, count(*),
           sum(e.amount)
    FROM place JOIN ledger_entry e ON e.account = place.account
    WHERE e.business_date <= :last AND {_OF_ORGANIZERS.format("e")}
    GROUP BY 1
    """  # noqa: S608 -- text of our own
)
_MOVEMENTS = Query(
    f"""
    WITH {_PLACE}, moved AS (
        SELECT e.id, e.created_at, e.business_date, e.kind, e.account, e.organizer_inn, e.amount,
               CASE WHEN :is_of_account = 1 THEN sum(e.amount) OVER (
                   PARTITION BY e.account, e.organizer_inn ORDER BY e.business_date, e.id
               ) END AS balance
        FROM place JOIN ledger_entry e ON e.account = place.account
        WHERE e.business_date <= :last AND (:is_of_account = 1 OR e.business_date >= :first)
          AND {_OF_ORGANIZERS.format("e")}
    )
    SELECT m.id, m.created_at, m.business_date, m.kind, m.account, (
               SELECT min(d.school) FROM meal_debit d
               WHERE m.kind = 'DEBIT' AND d.account = m.account AND d.day = m.business_date
                 AND d.organizer_inn = m.organizer_inn
           ), m.organizer_inn, m.amount, m.balance
    FROM moved m
    WHERE m.business_date >= :first AND (m.business_date, m.id) > (:after_day, :after_id)
    ORDER BY m.business_date, m.id LIMIT :limit
    """  # noqa: S608 -- text of our own
)


class Balance(NamedTuple):
    """Money at one organizer, of a school, a class or an account; what is wider is None."""

    municipality: str | None
    school: str
    class_code: str | None
    class_name: str | None
    account: str | None
    sealed_name: str | None
    """Of the pupil, as it is kept."""
    organizer_inn: str
    """Empty where nobody feeds the pupil and no money is anywhere."""
    balance: Decimal
    credit_limit: Decimal


class BalancePlace(NamedTuple):
    """A place among balances; the first one is before them all."""

    after_school: str = ""
    after_class_code: str = ""
    after_account: str = ""
    after_organizer: str = ""


class Movement(NamedTuple):
    """A ledger entry with what was on the account after it."""

    id: int
    at: datetime
    day: date
    kind: str
    account: str
    school: str | None
    """Where the pupil ate, of a debit."""
    organizer_inn: str
    amount: Decimal
    balance: Decimal | None


class MovementPlace(NamedTuple):
    """A place among movements; the first one is before them all."""

    after_day: str = "0001-01-01"
    after_id: int = 0


class Total(NamedTuple):
    """How much moved, in roubles with a sign."""

    entries: int
    amount: Decimal


def balances(
    transaction: Transaction,
    scope: Scope,
    level: str,
    as_of: date | None,
    today: date,
    after: BalancePlace,
    limit: int,
) -> list[Balance]:
    """Return balances now, or at the end of a day, by school, class, account and organizer."""
    transaction.for_report()
    places = after._asdict()
    wanted = {f"after_{name}" for name in _COLUMNS[level]} | {"after_organizer"}
    rows = transaction.rows(
        _BALANCES[level, as_of is None],
        **scope.values(),
        **{name: value for name, value in places.items() if name in wanted},
        day=(as_of or today).isoformat(),
        limit=limit,
    )
    return [
        Balance._make((*facts, to_roubles(int(balance)), to_roubles(int(credit))))
        for *facts, balance, credit in rows
    ]


def totals(
    transaction: Transaction, scope: Scope, first: date, last: date
) -> tuple[Decimal, Mapping[str, Total]]:
    """Return what was there before `first`, and what moved till `last`, by kind of posting."""
    transaction.for_report()
    rows = transaction.rows(
        _TOTALS, **scope.values(), first=first.isoformat(), last=last.isoformat()
    )
    found = {kind: Total(int(count), to_roubles(int(amount))) for kind, count, amount in rows}
    opening = found.pop("", Total(0, Decimal("0.00")))
    return opening.amount, found


def movements(
    transaction: Transaction,
    scope: Scope,
    first: date,
    last: date,
    after: MovementPlace,
    limit: int,
    *,
    is_of_account: bool,
) -> Sequence[Movement]:
    """Return entries by their days, with running balances when they are of one account."""
    rows = transaction.rows(
        _MOVEMENTS,
        **scope.values(),
        **after._asdict(),
        first=first.isoformat(),
        last=last.isoformat(),
        limit=limit,
        is_of_account=int(is_of_account),
    )
    return [_movement(row) for row in rows]


def _movement(row: tuple[Any, ...]) -> Movement:
    number, at, day, kind, account, school, inn, amount, balance = row
    return Movement(
        int(number),
        as_instant(at),
        as_day(day),
        kind,
        account,
        school,
        inn,
        to_roubles(int(amount)),
        None if balance is None else to_roubles(int(balance)),
    )
