"""Submits applications to the hub from a thread of its own, as the portal does."""

from collections.abc import Callable, Iterable
from threading import Event, Thread

from gateway.edge.emulators import calls
from gateway.edge.emulators.caller import Caller, Faulted, Stopped
from gateway.edge.emulators.calls import Order, Submitted

Heard = Callable[[Order, Submitted | Faulted], None]
"""Is told what was answered to an application."""


class Submitter:
    """The portal's client of ApplicationService."""

    def __init__(
        self, connect: Callable[[Event], Caller], orders: Iterable[Order], heard: Heard
    ) -> None:
        """Prepare; `connect` makes the caller, ended by its event."""
        self._stopping = Event()
        self._connect, self._orders, self._heard = connect, orders, heard
        self._thread = Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin to submit."""
        self._thread.start()

    def stop(self) -> None:
        """Submit no more."""
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        caller = self._connect(self._stopping)
        for order in self._orders:
            try:
                self._heard(order, calls.submit(caller, order))
            except Faulted as fault:
                self._heard(order, fault)
            except Stopped:
                break
        caller.close()
