"""How SVC-01 says yes and no on the wire; shared by its operations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from adapters.bank.errors import MEANINGS, Refusal
from adapters.bank.messages import ResultCode

ZERO = Decimal("0.00")

OK_TEXT = MEANINGS[ResultCode.OK].text

RESTAMPED_WITHIN = timedelta(hours=24)
"""How far apart the times of a message and its repeat may be.

Some cash programs, and the GET dialects when the agent gives no time, stamp each attempt anew. A
day keeps them working, and still tells a bank that began to count its ids from one again.
"""


def differing(pairs: Sequence[tuple[str, object, object]]) -> list[str]:
    """Name the fields whose two values are not the same; moments may be restamped."""
    return [name for name, now, before in pairs if not _same(now, before)]


def _same(now: object, before: object) -> bool:
    if isinstance(now, datetime) and isinstance(before, datetime):
        return abs(now - before) <= RESTAMPED_WITHIN
    return now == before


def conflict_text(different: Sequence[str]) -> str:
    """Return the sentence of DUPLICATE_CONFLICT that names the fields."""
    return Refusal.DUPLICATE_CONFLICT.text.format(fields=", ".join(different))
