"""Whether the hub can do its work just now."""

import logging
from collections.abc import Mapping

from gateway.storage.database import Database
from gateway.storage.query import Query

log = logging.getLogger(__name__)

_ANYTHING = Query("SELECT 1")


def answering(databases: Mapping[str, Database]) -> dict[str, bool]:
    """Ask every database something and tell which of them answer."""
    return {name: _answers(name, database) for name, database in databases.items()}


def _answers(name: str, database: Database) -> bool:
    try:
        with database.reading() as transaction:
            transaction.rows(_ANYTHING)
    except Exception:  # whatever the driver raises, this database is not ready
        log.exception("database %s does not answer", name)
        return False
    return True
