"""The version of an organizer's catalogue: grows with every change (SVC-04 GetCatalogue).

Whoever changes a catalogue holds its row till the end of the transaction. What a reader sees under
a version is therefore complete: nobody commits a change under an earlier one afterwards.
"""

from gateway.storage.database import Transaction
from gateway.storage.query import Query

_HOLD = Query(
    """
    INSERT INTO catalogue_version (organizer_inn, version) VALUES (:organizer_inn, 0)
    ON CONFLICT (organizer_inn) DO UPDATE SET version = catalogue_version.version
    RETURNING version
    """
)
_CURRENT = Query("SELECT version FROM catalogue_version WHERE organizer_inn = :organizer_inn")
_SET = Query("UPDATE catalogue_version SET version = :version WHERE organizer_inn = :organizer_inn")


def hold(transaction: Transaction, organizer_inn: str) -> int:
    """Return the version of a catalogue and keep others from changing it till the end."""
    return int(transaction.rows(_HOLD, organizer_inn=organizer_inn)[0][0])


def current(transaction: Transaction, organizer_inn: str) -> int:
    """Return the version of a catalogue; 0 before the first change."""
    rows = transaction.rows(_CURRENT, organizer_inn=organizer_inn)
    return int(rows[0][0]) if rows else 0


def advance(transaction: Transaction, organizer_inn: str, version: int) -> None:
    """Let a version be the last; its row is held."""
    transaction.run(_SET, organizer_inn=organizer_inn, version=version)
