"""When to try again, and when to leave an address alone: rules without a database or a clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.delivery.channel import Outcome
from gateway.kernel.visible import visible
from gateway.storage.outbox import Attempt, Delivery, State, Verdict
from gateway.storage.outbox.letter import Settlement

_MINUTE = timedelta(minutes=1)
LOST_AT_ONCE = 3
"""A letter that was in the hands of a process that died is taken up at once, so many times; one
that kills its deliverer every time has to wait like any other."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before the next attempt (GW-10)."""

    delays: tuple[timedelta, ...] = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, 60 * _MINUTE)
    """After the first failure, the second …; the last one repeats until the deadline."""
    jitter: float = 0.2
    """Part of a delay by which it may be shorter or longer, so that not all come back at once."""

    def delay(self, attempt: int, outcome: Outcome, chance: float) -> timedelta:
        """Return the pause after attempt number `attempt`; `chance` is drawn from [0, 1)."""
        if outcome.verdict is Verdict.LOST and attempt <= LOST_AT_ONCE:
            return timedelta()
        planned = self.delays[min(attempt, len(self.delays)) - 1]
        varied = planned * (1 + self.jitter * (2 * chance - 1))
        return max(varied, outcome.retry_after or timedelta())

    def settle(
        self,
        delivery: Delivery,
        outcome: Outcome,
        tried: tuple[datetime, datetime],
        chance: float,
    ) -> Settlement:
        """Decide what becomes of a delivery; `tried` is when the attempt began and ended."""
        started, ended = tried
        due = min(ended + self.delay(delivery.attempt, outcome, chance), delivery.deadline)
        state = self._state(delivery, outcome, ended)
        in_line = state is State.WAITING or (state is not State.DELIVERED and delivery.holds)
        attempt = Attempt(
            delivery.letter,
            delivery.attempt,
            started,
            ended,
            outcome.verdict,
            visible(outcome.code),
            visible(outcome.note),
        )
        return Settlement(attempt, delivery.key, state, due, in_line)

    def _state(self, delivery: Delivery, outcome: Outcome, now: datetime) -> State:
        if outcome.verdict is Verdict.DELIVERED:
            return State.DELIVERED
        if outcome.verdict is Verdict.NEVER:
            return State.PARKED
        if delivery.attempt >= delivery.budget or now >= delivery.deadline:
            return State.EXPIRED
        return State.WAITING


@dataclass(frozen=True, slots=True)
class Breaker:
    """When an address that does not answer is left alone, and for how long."""

    failures: int = 5
    """In a row, of whichever letters."""
    pause: timedelta = timedelta(seconds=30)
    """Then one letter goes to see; each further failure doubles the pause."""
    longest: timedelta = timedelta(minutes=10)

    def open_until(self, failures: int, now: datetime) -> datetime | None:
        """Return until when nothing goes to an address that failed so often; None lets all go."""
        further = failures - self.failures
        if further < 0:
            return None
        # 2 ** 20 pauses are beyond any `longest`.
        return now + min(self.longest, self.pause * (1 << min(further, 20)))
