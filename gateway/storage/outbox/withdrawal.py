"""Letters that are not needed any more: the recipient has got by another way what they say."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from gateway.storage.database import Transaction
from gateway.storage.outbox import claims
from gateway.storage.outbox.letter import State
from gateway.storage.outbox.tables import Outbox

_OPEN = (State.WAITING.value, State.PARKED.value, State.EXPIRED.value)
_AT_ONCE = 500
"""Sources of one statement."""


def withdraw(box: Outbox, transaction: Transaction, sources: Sequence[str], now: datetime) -> int:
    """Cancel the letters of these sources and let those behind them go on; return how many.

    One that was delivered stays so, and one that is being sent at this moment arrives.
    """
    keys: list[str] = []
    for start in range(0, len(sources), _AT_ONCE):
        keys += _withdraw(box, transaction, sources[start : start + _AT_ONCE], now)
    if keys:
        claims.call_forth(box, transaction, sorted(set(keys)), now)
        box.notify(transaction)
    return len(keys)


def _withdraw(
    box: Outbox, transaction: Transaction, sources: Sequence[str], now: datetime
) -> Sequence[str]:
    d, letter = box.delivery.c, box.letter.c
    wanted = sa.select(letter.letter).where(letter.source.in_(sources))
    gone = transaction.execute(
        sa.update(box.delivery)
        .where(d.letter.in_(wanted), d.state.in_(_OPEN))
        .values(state=State.CANCELLED.value, in_line=False, ended_at=now)
        .returning(d.key)
    )
    return gone.scalars().all()
