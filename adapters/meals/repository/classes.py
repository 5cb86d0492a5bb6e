"""Pieces of background work on a day: so many classes at a time, in the order of their codes."""

from typing import NamedTuple

from gateway.storage.database import Transaction
from gateway.storage.query import Query

LINES_OF_A_CLASS = 50
"""What a class is taken to have: some 25 pupils with two meals each."""

_NEXT = Query(
    """
    SELECT max(code), count(*) FROM (
        SELECT code FROM school_class WHERE code > :after ORDER BY code LIMIT :limit
    ) AS next_classes
    """
)


class Piece(NamedTuple):
    """The classes after one code up to another one, that included."""

    after: str
    upto: str
    is_last: bool


def next_piece(transaction: Transaction, after: str, lines: int) -> Piece:
    """Return the classes after `after` that have about `lines` meals a day."""
    limit = max(1, lines // LINES_OF_A_CLASS)
    ((upto, count),) = transaction.rows(_NEXT, after=after, limit=limit)
    return Piece(after, after if upto is None else upto, int(count) < limit)
