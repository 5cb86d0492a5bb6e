"""Serial numbers of documents: by type and year, from 1, without a gap.

The counter's row is locked until the transaction ends, so the next one waits and takes the next
number; a transaction that is rolled back gives its number back. A number once drawn stays, for a
document is cancelled and never deleted.
"""

import sqlalchemy as sa

from gateway.documents import DocType
from gateway.storage.database import Transaction

_NEXT = sa.text(
    "INSERT INTO document_counter (doc_type, year, last) VALUES (:doc_type, :year, 1)"
    " ON CONFLICT (doc_type, year) DO UPDATE SET last = document_counter.last + 1"
    " RETURNING last"
)


def take_next(transaction: Transaction, doc_type: DocType, year: int) -> int:
    """Return the next serial of a type and a year."""
    values = {"doc_type": doc_type.value, "year": year}
    return int(transaction.execute(_NEXT, values).scalar_one())
