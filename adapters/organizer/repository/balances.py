"""Balances at one organizer, added up by school, building, class or account (MEAL-ORG-03, H-17).

The money of a pupil who is fed by somebody else by now is the organizer's to give back: such
accounts come after all places, without a school.
"""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from adapters.meals.repository.menu import CLASS_SEATS
from gateway.kernel.money import to_roubles
from gateway.storage.database import Transaction
from gateway.storage.query import Query

_CLASSES = """
    c.school IN (SELECT own.school FROM binding own WHERE own.organizer_inn = :organizer_inn)
    AND (:school = '' OR c.school = :school) AND (:building = '' OR c.building = :building)
    AND (:class_code = '' OR c.code = :class_code)
"""
_FED = f"""
    {CLASS_SEATS.format(classes=_CLASSES)},
    fed AS (
        SELECT c.school, c.building, c.code FROM class_seat c JOIN binding b ON b.id = c.binding
        WHERE b.organizer_inn = :organizer_inn
    )
"""  # noqa: S608 -- text of our own
_SITS = "p.class_code = f.code AND (p.until IS NULL OR p.until >= :day)"
_OWNED = """
    coalesce((
        SELECT b.balance FROM ledger_balance b
        WHERE b.account = h.account AND b.organizer_inn = :organizer_inn
    ), 0)
"""
_LATER = """
    coalesce((
        SELECT sum(e.amount) FROM ledger_entry e
        WHERE e.account = h.account AND e.organizer_inn = :organizer_inn
          AND e.business_date > :day
    ), 0)
"""
_ROWS = f"""
    WITH {_FED},
    holder AS (
        SELECT 0 AS elsewhere, f.school, f.building, f.code AS class_code, p.account
        FROM fed f JOIN pupil p ON {_SITS}
        WHERE :account = '' OR p.account = :account
        UNION ALL
        SELECT 1, '', '', '', o.account FROM ledger_balance o
        WHERE o.organizer_inn = :organizer_inn AND :school = ''
          AND (:account = '' OR o.account = :account)
          AND NOT EXISTS (
              SELECT 1 FROM fed f JOIN pupil p ON {_SITS} WHERE p.account = o.account
          )
    ),
    purse AS (
        SELECT h.elsewhere, h.school, {{building}} AS building, {{class_code}} AS class_code,
               {{account}} AS account, {{balance}} AS balance
        FROM holder h
    )
    SELECT s.elsewhere, s.school, s.building, s.class_code, s.account, sum(s.balance), (
               SELECT l.amount FROM credit_limit l
               WHERE l.school = s.school AND l.valid_from <= :day
               ORDER BY l.valid_from DESC LIMIT 1
           )
    FROM purse s
    WHERE (s.elsewhere = 0 OR s.balance <> 0)
      AND (s.elsewhere, s.school, s.building, s.class_code, s.account)
          > (:after_elsewhere, :after_school, :after_building, :after_class, :after_account)
    GROUP BY s.elsewhere, s.school, s.building, s.class_code, s.account
    ORDER BY s.elsewhere, s.school, s.building, s.class_code, s.account LIMIT :limit
"""  # noqa: S608 -- text of our own
_CLASS_IS_FED = Query(f"WITH {_FED} SELECT 1 FROM fed LIMIT 1")  # noqa: S608 -- text of our own


class Level(Enum):
    """By what balances are added up; the value says how many codes tell a row."""

    SCHOOL = 1
    BUILDING = 2
    CLASS = 3
    ACCOUNT = 4


def _rendered(level: Level, balance: str) -> Query:
    columns = ("building", "class_code", "account")
    told = {
        name: f"h.{name}" if place < level.value else "''" for place, name in enumerate(columns, 1)
    }
    return Query(_ROWS.format(balance=balance, **told))


_NOW = {level: _rendered(level, _OWNED) for level in Level}
_THEN = {level: _rendered(level, f"{_OWNED} - {_LATER}") for level in Level}
"""What was posted later is taken off what there is now: fewer entries than all before."""


class Asked(NamedTuple):
    """Whose balances at the end of which day; an empty code asks for all."""

    organizer_inn: str
    day: date
    is_past: bool
    """Whether entries may have come after the day."""
    school: str
    building: str
    class_code: str
    account: str


class Place(NamedTuple):
    """After which row the next page begins."""

    elsewhere: int = -1
    school: str = ""
    building: str = ""
    class_code: str = ""
    account: str = ""


class Balance(NamedTuple):
    """How much there is; empty codes are wider than the level or not to be told."""

    place: Place
    balance: Decimal
    """Roubles."""
    credit_limit: Decimal | None
    """Roubles per pupil, of the school."""


def page(
    transaction: Transaction, level: Level, asked: Asked, after: Place, limit: int
) -> list[Balance]:
    """Return at most `limit` balances after a place, by school, building, class and account.

    Pupils are where they sit now.
    """
    rows = transaction.rows(
        (_THEN if asked.is_past else _NOW)[level],
        **_named(asked),
        account=asked.account,
        after_elsewhere=after.elsewhere,
        after_school=after.school,
        after_building=after.building,
        after_class=after.class_code,
        after_account=after.account,
        limit=limit,
    )
    return [_balance(row) for row in rows]


def is_fed(transaction: Transaction, asked: Asked) -> bool:
    """Tell whether the organizer feeds a class of the asked place on the day."""
    return bool(transaction.rows(_CLASS_IS_FED, **_named(asked)))


def _named(asked: Asked) -> dict[str, object]:
    return {
        "organizer_inn": asked.organizer_inn,
        "day": asked.day.isoformat(),
        "school": asked.school,
        "building": asked.building,
        "class_code": asked.class_code,
    }


def _balance(row: tuple[Any, ...]) -> Balance:
    *place, balance, limit = row
    return Balance(
        Place(*place),
        to_roubles(int(balance)),
        None if limit is None else to_roubles(int(limit)),
    )
