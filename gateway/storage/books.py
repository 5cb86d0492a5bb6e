"""Do the journal's books balance (architecture, promise 1).

`received = answered + refused + interrupted`, and every effect has its message.
"""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from gateway.storage import journal, received, verification
from gateway.storage.database import Transaction, contour_metadata
from gateway.storage.journal import Outcome, journal_entry

NAMED = 20
"""How many rows of one kind are named before they are only counted."""


@dataclass(frozen=True, slots=True)
class Account:
    """The journal's totals and what does not balance, in Russian, row by row."""

    totals: dict[Outcome, int]
    in_flight: int
    faults: list[str]

    @property
    def received(self) -> int:
        """All messages that ever got an entry number and are not in flight."""
        return sum(self.totals.values())


def account_for(transaction: Transaction, marks: Path) -> Account:
    """Hold the journal against its strands, its marks and the effects of its messages."""
    in_flight = received.open_entries(marks)
    faults = [
        f"журнал: нет записи {journal.name_of(entry)}"
        for entry in journal.missing(transaction, in_flight)
    ]
    faults += verification.loose_heads(transaction)
    for table in contour_metadata.sorted_tables:
        if "entry" in table.c and table is not journal_entry:
            faults += _orphans(transaction, table)
    return Account(journal.totals(transaction), _open(transaction, in_flight), faults)


def _orphans(transaction: Transaction, table: sa.Table) -> list[str]:
    """Name the journal entries that rows of `table` refer to and that do not exist."""
    absent = (
        sa.select(table.c.entry)
        .outerjoin(journal_entry, journal_entry.c.entry == table.c.entry)
        .where(table.c.entry != journal.NO_MESSAGE, journal_entry.c.entry.is_(None))
        .distinct()
        .order_by(table.c.entry)
    )
    entries = list(transaction.execute(absent).scalars())
    named = [
        f"{table.name}: нет сообщения {journal.name_of(entry)}, которым вызвана запись"
        for entry in entries[:NAMED]
    ]
    if len(entries) > NAMED:
        named.append(f"{table.name}: и ещё {len(entries) - NAMED} сообщений")
    return named


def _open(transaction: Transaction, in_flight: frozenset[int]) -> int:
    known = transaction.execute(
        sa.select(sa.func.count()).where(journal_entry.c.entry.in_(in_flight))
    ).scalar_one()
    return len(in_flight) - int(known)
