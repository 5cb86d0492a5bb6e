"""Numbers of what is read by number: changes of orders (per organizer), notices to schools.

A number is given out under the lock of its feed's row, which is kept until the commit: whoever has
read up to a number never misses one that was committed later (ADR 0019). A transaction holds all
feeds it needs in one call and as late as it can.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from adapters.meals import models
from gateway.storage.database import Transaction
from gateway.storage.query import Query

NOTICES = "notices"
"""The feed of `meal_notice`."""
_ORDERS = "orders/"

_HOLD = Query(
    "SELECT name, last_seq FROM feed WHERE name IN {names:text} ORDER BY name", locking=True
)
_ADVANCE = Query("UPDATE feed SET last_seq = :last WHERE name = :name AND last_seq < :last")
_CAUGHT_UP = {
    True: Query(
        """
        UPDATE feed SET last_seq = (SELECT max(n.seq) FROM meal_notice n)
        WHERE name = 'notices' AND last_seq < (SELECT max(n.seq) FROM meal_notice n)
        """
    ),
    False: Query(
        """
        UPDATE feed SET last_seq = (
            SELECT max(c.seq) FROM order_change c WHERE c.organizer_inn = substr(feed.name, 8)
        )
        WHERE name IN {names:text} AND last_seq < (
            SELECT max(c.seq) FROM order_change c WHERE c.organizer_inn = substr(feed.name, 8)
        )
        """
    ),
}
"""By whether the feed is that of notices; the name of another one begins with 7 letters."""


class Change(NamedTuple):
    """A row of `order_change` that has no number yet."""

    organizer_inn: str
    kind: str
    """CONFIRMED, CHANGED, DEFAULTED or CANCELLED."""
    account: str
    day: date
    meal_type: str
    school: str
    """Where the organizer feeds the pupil that day, as the order says."""
    building: str
    class_code: str
    complex_code: str | None
    items: str | None
    """JSON: code and quantity of each."""
    changed_at: datetime


class Told(NamedTuple):
    """A row of `meal_notice` that has no number yet."""

    code: str
    day: date
    account: str = ""
    class_code: str = ""
    meal_type: str = ""
    reference: str = ""
    amount: Decimal | None = None
    """Roubles."""
    balance: Decimal | None = None
    """Roubles."""


def orders_of(organizer_inn: str) -> str:
    """Return the name of the feed of an organizer's order changes."""
    return f"{_ORDERS}{organizer_inn}"


def hold(transaction: Transaction, names: Iterable[str]) -> Mapping[str, int]:
    """Keep the feeds from others until the commit; return the last number of each."""
    wanted = sorted(set(names))
    transaction.insert(
        models.feed, ("name", "last_seq"), [(name, 0) for name in wanted], "DO NOTHING"
    )
    return {name: int(last) for name, last in transaction.rows(_HOLD, names=wanted)}


def advance(transaction: Transaction, name: str, last: int) -> None:
    """Say that numbers up to `last` of a held feed are given out."""
    transaction.run(_ADVANCE, name=name, last=last)


def catch_up(transaction: Transaction, names: Iterable[str]) -> None:
    """Advance held feeds to the numbers that statements over many rows have given out."""
    wanted = list(names)
    if NOTICES in wanted:
        transaction.run(_CAUGHT_UP[True])
    transaction.run(_CAUGHT_UP[False], names=[name for name in wanted if name != NOTICES])


def add_changes(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Store changes of orders with their numbers, in the order given."""
    last = dict(hold(transaction, (orders_of(change.organizer_inn) for change in changes)))
    rows = []
    for change in changes:
        name = orders_of(change.organizer_inn)
        last[name] += 1
        rows.append((last[name], *change))
    transaction.insert(models.order_change, ("seq", *Change._fields), rows)
    for name, number in last.items():
        advance(transaction, name, number)


def add_notices(transaction: Transaction, notices: Sequence[Told], now: datetime) -> None:
    """Store notices with their numbers; one that was told before is not told again."""
    if not notices:
        return
    last = hold(transaction, [NOTICES])[NOTICES]
    rows = [(number, *told, now) for number, told in enumerate(notices, last + 1)]
    columns = ("seq", *Told._fields, "created_at")
    transaction.insert(models.meal_notice, columns, rows, "DO NOTHING")
    advance(transaction, NOTICES, last + len(rows))
