"""The outbox: what the hub has to send, written in the transaction that decided it (GW-10).

A `Letter` never changes once it is written: its bytes, its ids, its source. What becomes of it is
its `Delivery`, and every try is an `Attempt`, a child of it. Letters of one key are delivered in
the order they were written, letters of different keys side by side.

`outbox.CONTOUR` lies in the database of each contour, `outbox.REGISTRY` in the participant
registry's:

    outbox.CONTOUR.put(transaction, [Letter(id=ids(), key=f"portal/{application}", ...)], now)
"""

from gateway.storage.database import contour_metadata, registry_metadata
from gateway.storage.outbox.letter import (
    DAY,
    Attempt,
    Delivery,
    Letter,
    State,
    Verdict,
)
from gateway.storage.outbox.tables import Outbox

CONTOUR = Outbox(contour_metadata, "")
"""What a contour sends."""

REGISTRY = Outbox(registry_metadata, "registry_")
"""What the participant registry sends: notices."""

__all__ = [
    "CONTOUR",
    "DAY",
    "REGISTRY",
    "Attempt",
    "Delivery",
    "Letter",
    "Outbox",
    "State",
    "Verdict",
]
