"""How much one may ask: messages a second, messages at a time, bytes a day.

A quota is kept for each key (a participant, an address, everybody together) in the memory of one
process; several processes share a limit by parts, see `Quota.shared`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from gateway.kernel.ports import LOCAL, Clock

MOST_KEYS = 10_000
"""Keys that are remembered; beyond it the one asked longest ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What a key may have; zero means without limit."""

    per_second: float = 0.0
    """Messages a second in the long run."""
    burst: int = 0
    """Messages that may come at once after a pause; zero is one second's worth."""
    at_a_time: int = 0
    """Messages that may wait for their answers."""
    bytes_a_day: int = 0
    """Of message bodies, by the local day."""

    def shared(self, processes: int) -> "Quota":
        """Return the part of one of `processes` that serve the same port."""
        return replace(
            self,
            per_second=self.per_second / processes,
            burst=-(-self.burst // processes),
            at_a_time=-(-self.at_a_time // processes),
            bytes_a_day=-(-self.bytes_a_day // processes),
        )


@dataclass(slots=True)
class _Account:
    tokens: float
    filled_at: float
    waiting: int = 0
    day: int = 0
    octets: int = 0


class QuotaExceeded(Exception):
    """Too much was asked; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        """Say when asking again makes sense."""
        super().__init__(retry_after)
        self.retry_after = retry_after


class Quotas:
    """The accounts of all keys of one kind; safe for many threads."""

    def __init__(self, quota: Quota, clock: Clock, seconds: Callable[[], float]) -> None:
        """`seconds` is a steady clock; `clock` tells the day."""
        self._quota = quota
        self._clock = clock
        self._seconds = seconds
        self._burst = float(quota.burst or max(quota.per_second, 1.0))
        self._accounts: OrderedDict[str, _Account] = OrderedDict()
        self._lock = threading.Lock()
        self._is_unlimited = not (quota.per_second or quota.at_a_time or quota.bytes_a_day)

    def enter(self, key: str, octets: int = 0) -> None:
        """Take a message in; raise QuotaExceeded, and nothing is counted."""
        if self._is_unlimited:
            return
        with self._lock:
            self._enter(key, octets)

    def _enter(self, key: str, octets: int) -> None:
        quota = self._quota
        account = self._account(key)
        if quota.per_second and account.tokens < 1.0:
            raise QuotaExceeded(max(1, round((1.0 - account.tokens) / quota.per_second)))
        if quota.at_a_time and account.waiting >= quota.at_a_time:
            raise QuotaExceeded(1)
        if quota.bytes_a_day:
            self._count_bytes(account, octets)
        account.tokens -= 1.0
        if quota.at_a_time:
            account.waiting += 1

    def leave(self, key: str) -> None:
        """Note that a message of the key is answered."""
        if not self._quota.at_a_time:
            return
        with self._lock:
            account = self._accounts.get(key)
            if account is not None and account.waiting:
                account.waiting -= 1

    def _account(self, key: str) -> _Account:
        """Return the account of a key with its tokens as they are by now."""
        now = self._seconds()
        account = self._accounts.get(key)
        if account is None:
            account = self._accounts[key] = _Account(self._burst, now)
            if len(self._accounts) > MOST_KEYS:
                self._forget()
        else:
            self._accounts.move_to_end(key)
            grown = account.tokens + (now - account.filled_at) * self._quota.per_second
            account.tokens, account.filled_at = min(grown, self._burst), now
        return account

    def _forget(self) -> None:
        """Forget the key asked longest ago that owes nothing."""
        idle = next((key for key, one in self._accounts.items() if not one.waiting), None)
        if idle is not None:
            del self._accounts[idle]

    def _count_bytes(self, account: _Account, octets: int) -> None:
        now = self._clock().astimezone(LOCAL)
        day = now.toordinal()
        if account.day != day:
            account.day, account.octets = day, 0
        if account.octets + octets > self._quota.bytes_a_day:
            raise QuotaExceeded(_seconds_to_midnight(now))
        account.octets += octets


def _seconds_to_midnight(now: datetime) -> int:
    return 86_400 - (now.hour * 3600 + now.minute * 60 + now.second)
