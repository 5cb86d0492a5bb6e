"""Marks of the class journal."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from adapters.meals import models
from gateway.storage.database import Transaction
from gateway.storage.query import Query, replacing
from gateway.storage.types import as_instant

_PRESENT = Query(
    """
    SELECT p.id, p.account FROM pupil p
    WHERE p.id IN {ids:text} AND p.since <= :day AND (p.until IS NULL OR p.until >= :day)
    """
)
_LAST = Query(
    """
    SELECT account, lesson, at FROM attendance WHERE account IN {accounts:text} AND day = :day
    """
)
_COLUMNS = ("account", "day", "lesson", "is_present", "reason", "at", "entry")


class Mark(NamedTuple):
    """Whether a pupil was at a lesson."""

    account: str
    day: date
    lesson: int
    is_present: bool
    reason: str | None
    at: datetime


def accounts(transaction: Transaction, ids: Iterable[str], day: date) -> dict[str, str]:
    """Return the accounts of those of `ids` who learn on `day`."""
    rows = transaction.rows(_PRESENT, ids=sorted(set(ids)), day=day.isoformat())
    return dict(rows)


def last_moments(
    transaction: Transaction, numbers: Iterable[str], day: date
) -> dict[tuple[str, int], datetime]:
    """Return when the mark that stands was made, by account and lesson."""
    rows = transaction.rows(_LAST, accounts=sorted(set(numbers)), day=day.isoformat())
    return {(account, int(lesson)): as_instant(at) for account, lesson, at in rows}


def put(transaction: Transaction, marks: Sequence[Mark], entry: int) -> None:
    """Let marks stand."""
    transaction.insert(
        models.attendance,
        _COLUMNS,
        [(*mark, entry) for mark in marks],
        replacing(("account", "day", "lesson"), _COLUMNS),
    )
