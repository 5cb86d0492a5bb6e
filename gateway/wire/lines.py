"""Connections that are left open for the next message to the same address."""

import select
import ssl
import threading
from collections.abc import Callable
from time import monotonic

from gateway.wire.address import Target
from gateway.wire.connection import Connection, Contexts

IDLE_SECONDS = 10.0
"""Less than servers usually wait for the next request."""
MOST_OF_ONE = 32
CONTEXT_SECONDS = 60.0

_Address = tuple[str, str, int]


class Lines:
    """Open connections by address; for many threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Keep none yet; `clock` never goes back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[_Address, list[tuple[float, Connection]]] = {}

    def take(self, target: Target) -> Connection | None:
        """Return the connection that was left open last, to a number that the target still has."""
        while (kept := self._pop(target)) is not None:
            since, connection = kept
            is_fresh = self._clock() - since < IDLE_SECONDS
            if is_fresh and connection.number in target.numbers and _is_quiet(connection):
                connection.was_kept = True
                return connection
            connection.close()
        return None

    def give(self, target: Target, connection: Connection) -> None:
        """Leave a connection open on which nothing is outstanding."""
        now = self._clock()
        with self._lock:
            over = self._overdue(now)
            kept = self._kept.setdefault(_address(target), [])
            if len(kept) < MOST_OF_ONE:
                kept.append((now, connection))
            else:
                over.append(connection)
        for one in over:
            one.close()

    def close(self) -> None:
        """Hang up everywhere."""
        with self._lock:
            kept = [line for lines in self._kept.values() for _, line in lines]
            self._kept.clear()
        for line in kept:
            line.close()

    def _pop(self, target: Target) -> tuple[float, Connection] | None:
        with self._lock:
            kept = self._kept.get(_address(target))
            return kept.pop() if kept else None

    def _overdue(self, now: float) -> list[Connection]:
        over = []
        for address, kept in list(self._kept.items()):
            over += [line for since, line in kept if now - since >= IDLE_SECONDS]
            kept[:] = [(since, line) for since, line in kept if now - since < IDLE_SECONDS]
            if not kept:
                del self._kept[address]
        return over


class Remembered:
    """Contexts that are made anew once a minute: reading the authorities takes milliseconds."""

    def __init__(self, make: Contexts, clock: Callable[[], float] = monotonic) -> None:
        """Make them by `make`."""
        self._make = make
        self._clock = clock
        self._known: tuple[float, ssl.SSLContext] | None = None

    def __call__(self) -> ssl.SSLContext:
        """Return a context; raise what making one raises."""
        known = self._known
        if known is None or self._clock() - known[0] >= CONTEXT_SECONDS:
            known = self._known = (self._clock(), self._make())
        return known[1]


def _address(target: Target) -> _Address:
    return target.scheme, target.host, target.port


def _is_quiet(connection: Connection) -> bool:
    """Tell whether nothing waits to be read: the end, or what nobody has asked for."""
    poll = select.poll()
    poll.register(connection.socket, select.POLLIN)
    return not poll.poll(0)
