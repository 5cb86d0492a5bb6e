"""How a handler changes the participant registry: one transaction of its own, before the answer.

The registry commits first, the contour's journal entry and answer after it (ADR 0014). A process
that dies between the two leaves a change whose sender was told nothing; the repeated message finds
it by its business key.
"""

from collections.abc import Callable
from typing import TypeVar

from gateway.adapter import Work
from gateway.kernel.errors import TemporaryUnavailable
from gateway.storage.database import Database, Transaction, is_busy, is_race

Result = TypeVar("Result")

RACES_BORNE = 5


def change_registry(work: Work, change: Callable[[Transaction], Result]) -> Result:
    """Do a change in a registry transaction and commit it; raise what `change` raises.

    Somebody else's change at the same moment makes it be done again, at most five times; a registry
    that stays locked is TEMPORARY_UNAVAILABLE. `change` may have no effect outside the transaction.
    """
    return changed(work.registry, change)


def changed(database: Database, change: Callable[[Transaction], Result]) -> Result:
    """Do a change in a transaction of its own, as `change_registry` does in the registry."""
    for _ in range(RACES_BORNE):
        try:
            with database.writing() as transaction:
                return change(transaction)
        except Exception as error:
            if is_busy(error):
                raise TemporaryUnavailable from error
            if not is_race(error):
                raise
    raise TemporaryUnavailable
