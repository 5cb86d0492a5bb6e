"""Do the books of an outbox balance: written = delivered + waiting + parked + cancelled + expired.

Letters are counted in a table that the database lets nobody change, deliveries in the one that
moves; so the equation can fail.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from gateway.storage.database import Transaction
from gateway.storage.outbox.letter import State, Verdict
from gateway.storage.outbox.tables import Outbox

NAMED = 20
"""How many rows of one kind are named before they are only counted."""


@dataclass(frozen=True, slots=True)
class Account:
    """The totals of an outbox and what does not balance, in Russian, row by row."""

    written: int
    states: dict[State, int]
    faults: list[str]

    @property
    def waiting(self) -> int:
        """Those that are not ended: in line, or in the hands of a deliverer."""
        return self.states[State.WAITING] + self.states[State.CLAIMED]


def account_for(box: Outbox, transaction: Transaction) -> Account:
    """Hold deliveries against letters and attempts."""
    d, letter, attempt = box.delivery.c, box.letter.c, box.attempt.c
    written = transaction.execute(sa.select(sa.func.count()).select_from(box.letter)).scalar_one()
    counted = transaction.execute(sa.select(d.state, sa.func.count()).group_by(d.state))
    found = {State(state): count for state, count in counted}
    states = {state: found.get(state, 0) for state in State}
    undelivered = (
        sa.select(letter.id)
        .outerjoin(box.delivery, d.letter == letter.letter)
        .where(d.letter.is_(None))
    )
    tries = (
        sa.select(attempt.letter, sa.func.count().label("tries"))
        .group_by(attempt.letter)
        .subquery()
    )
    at_it = sa.case((d.state == State.CLAIMED.value, 1), else_=0)
    miscounted = (
        sa.select(letter.id)
        .join(box.delivery, d.letter == letter.letter)
        .outerjoin(tries, tries.c.letter == d.letter)
        .where(d.attempts - at_it != sa.func.coalesce(tries.c.tries, 0))
    )
    unproven = (
        sa.select(letter.id)
        .join(box.delivery, d.letter == letter.letter)
        .where(
            d.state == State.DELIVERED.value,
            ~sa.exists().where(
                attempt.letter == d.letter, attempt.verdict == Verdict.DELIVERED.value
            ),
        )
    )
    faults = [
        *_named(box, transaction, undelivered, "у отправления нет доставки"),
        *_named(box, transaction, miscounted, "число попыток не равно числу записей о них"),
        *_named(box, transaction, unproven, "доставлено, а удачной попытки нет"),
    ]
    if sum(states.values()) != written:
        faults.append(f"{box.letter.name}: написано {written}, доставок {sum(states.values())}")
    return Account(written, states, faults)


def without_source(
    box: Outbox, transaction: Transaction, prefix: str, known: "sa.Select[tuple[str]]"
) -> list[str]:
    """Name the letters whose source begins with `prefix` and is not among `known`."""
    letter = box.letter.c
    orphans = sa.select(letter.id).where(
        letter.source.startswith(prefix, autoescape=True), letter.source.not_in(known)
    )
    return _named(box, transaction, orphans, "нет того, чем отправление вызвано")


def _named(
    box: Outbox, transaction: Transaction, query: "sa.Select[tuple[object]]", fault: str
) -> list[str]:
    letters = transaction.execute(query.order_by(box.letter.c.letter)).scalars().all()
    named = [f"{box.letter.name} {one}: {fault}" for one in letters[:NAMED]]
    if len(letters) > NAMED:
        named.append(f"{box.letter.name}: {fault}, и ещё {len(letters) - NAMED}")
    return named
