"""Tells the hub of events from threads of its own: each until it is acknowledged, in order.

Events of one application are told one after another; those of different ones side by side. An
event that the service refused is kept and never told again.
"""

import queue
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread

from gateway.edge.emulators.caller import Caller, Faulted, Stopped
from gateway.edge.emulators.department import StatusEvent

OK = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the events service answered to an event."""

    code: int
    is_duplicate: bool
    attempts: int


Push = Callable[[Caller, StatusEvent], Receipt]
"""Tells one event; raises Faulted, Stopped."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that the service did not take."""

    event: StatusEvent
    why: str


class Teller:
    """The client of «Модуль событий» in a department."""

    def __init__(self, connect: Callable[[Event], Caller], push: Push, hands: int = 4) -> None:
        """Prepare; `connect` makes the caller of one thread, ended by its event."""
        self.counts: Counter[str] = Counter()
        """Events `told`, `acknowledged`, `duplicate` (known to the hub already), `repeated`."""
        self._refusals: list[Refusal] = []
        self._lock = Lock()
        self._stopping = Event()
        self._connect, self._push = connect, push
        self._queues: list[queue.SimpleQueue[StatusEvent | None]] = [
            queue.SimpleQueue() for _ in range(hands)
        ]
        self._threads = [
            Thread(target=self._work, args=(one,), daemon=True) for one in self._queues
        ]

    def start(self) -> None:
        """Begin to tell."""
        for thread in self._threads:
            thread.start()

    def tell(self, event: StatusEvent) -> None:
        """Have an event told; returns at once."""
        with self._lock:
            self.counts["told"] += 1
        self._queues[event.order_id % len(self._queues)].put(event)

    def refusals(self) -> list[Refusal]:
        """Return what the service did not take."""
        with self._lock:
            return list(self._refusals)

    @property
    def is_idle(self) -> bool:
        """Whether every event has come to its end."""
        with self._lock:
            return self.counts["told"] == self.counts["acknowledged"] + len(self._refusals)

    def stop(self) -> None:
        """Tell no more, and leave what is not acknowledged."""
        self._stopping.set()
        for one in self._queues:
            one.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, events: "queue.SimpleQueue[StatusEvent | None]") -> None:
        caller = self._connect(self._stopping)
        while (event := events.get()) is not None and not self._stopping.is_set():
            try:
                receipt = self._push(caller, event)
            except Stopped:
                break
            except Faulted as fault:
                self._refuse(event, fault.code)
                continue
            if receipt.code == OK:
                self._count(receipt)
            else:
                self._refuse(event, str(receipt.code))
        caller.close()

    def _count(self, receipt: Receipt) -> None:
        with self._lock:
            self.counts["acknowledged"] += 1
            self.counts["duplicate"] += receipt.is_duplicate
            self.counts["repeated"] += receipt.attempts - 1

    def _refuse(self, event: StatusEvent, why: str) -> None:
        with self._lock:
            self._refusals.append(Refusal(event, why))
