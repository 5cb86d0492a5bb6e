"""The portal as the hub's events reach it: what it keeps, and what it would complain of.

An event is done once: told again it is acknowledged and counted, nothing more. The portal holds the
hub to its promises: one content under one `eventId`, and the events of an application in order.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import UUID

from gateway.kernel.ports import Clock


@dataclass(frozen=True, slots=True)
class Told:
    """An event as the portal keeps it."""

    event_id: UUID
    order_id: int
    seq: int
    """Its place among the hub's events; grows within an application."""
    kind: str
    """Name of the element that says what has happened."""
    tech_code: int | None
    """Of a status event."""
    digest: str
    """SHA-256 of the canonical event."""
    at: datetime
    title: str = ""
    """How an applicant reads the state."""
    comment: str = ""
    sender: str = ""
    """Whose event it is: a department's, or the hub's own."""
    documents: tuple[str, ...] = ()
    """Names of the files that came with it."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A promise that the hub has broken."""

    what: str
    """`conflict`: other content under a known number; `disorder`: an event overtook another."""
    event_id: UUID
    order_id: int


class Portal:
    """Events by application; safe for many threads."""

    def __init__(self, clock: Clock) -> None:
        """Begin without events."""
        self.clock = clock
        self._lock = Lock()
        self._by_id: dict[UUID, Told] = {}
        self._by_order: dict[int, list[Told]] = {}
        self._complaints: list[Complaint] = []
        self.counts: Counter[str] = Counter()
        """Events `new` and `repeated`."""

    def take(self, told: Told) -> bool:
        """Keep an event; tell whether it was known."""
        with self._lock:
            known = self._by_id.get(told.event_id)
            self.counts["new" if known is None else "repeated"] += 1
            if known is not None:
                if (known.digest, known.order_id) != (told.digest, told.order_id):
                    self._complain("conflict", told)
                return True
            events = self._by_order.setdefault(told.order_id, [])
            if events and told.seq <= events[-1].seq:
                self._complain("disorder", told)
            events.append(told)
            self._by_id[told.event_id] = told
            return False

    def events(self, order_id: int) -> list[Told]:
        """Return the events of an application, as they came."""
        with self._lock:
            return list(self._by_order.get(order_id, []))

    def everything(self) -> dict[int, list[Told]]:
        """Return all events, by application."""
        with self._lock:
            return {order_id: list(events) for order_id, events in self._by_order.items()}

    def complaints(self) -> list[Complaint]:
        """Return what the hub did wrong."""
        with self._lock:
            return list(self._complaints)

    def _complain(self, what: str, told: Told) -> None:
        self._complaints.append(Complaint(what, told.event_id, told.order_id))
