"""What rows of a region have in common, whatever table they go to."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID, uuid5

import sqlalchemy as sa

from adapters.meals.region.plan import Organizer, Region
from gateway.storage.database import Transaction

_NAMESPACE = UUID("6f0f7c1e-5b2d-4a9c-9a53-0c1d7a2b6e40")
NO_MESSAGE = 0
"""These rows stem from no message."""
FIRST_VERSION = 1


def enter(
    transaction: Transaction,
    table: sa.Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Insert rows; those whose keys are there stay as they are."""
    transaction.insert(table, columns, rows, "DO NOTHING")


def contract_of(region: Region, organizer: Organizer) -> str:
    """Return the number of the contract that an organizer feeds the schools of a region by."""
    return f"{region.mark}/{region.year}-{organizer.inn[4:9]}"


def identifier(*parts: object) -> UUID:
    """Return the identifier of a thing of a region: always the same for the same thing."""
    return uuid5(_NAMESPACE, "/".join(map(str, parts)))


def digest(*facts: object) -> bytes:
    """Return what tells one content from another."""
    return sha256(repr(facts).encode()).digest()
