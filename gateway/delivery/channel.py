"""What a channel is, and what it may say of an attempt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from gateway.storage.database import Transaction
from gateway.storage.outbox import Delivery, State, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended, as the channel saw it."""

    verdict: Verdict
    code: str
    """For machines: `250`, `TIMEOUT`."""
    note: str
    """For people, in Russian, without personal data and without words of the other side."""
    retry_after: timedelta | None = None
    """The other side asks not to come back sooner."""
    answer: bytes = b""
    """What the other side answered, for `Channel.record`."""


class Channel(Protocol):
    """A way to send; one for each kind of counterpart."""

    def send(self, delivery: Delivery) -> Outcome:
        """Try once, within a time limit of its own; called from many threads at a time.

        `delivery.address` is a name: where it leads to is asked of the registry or the settings,
        never of what the other side has said.
        """
        ...

    def record(
        self, transaction: Transaction, delivery: Delivery, state: State, outcome: Outcome
    ) -> Sequence[Callable[[], None]]:
        """Do what has to be done in the transaction that settles a delivery.

        `state` is what becomes of it: WAITING for one that is tried again. What is returned is
        called once the transaction is durable.
        """
        ...
