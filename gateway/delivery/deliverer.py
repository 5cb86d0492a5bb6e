"""The loop that delivers: settle what was tried, claim what is due, send it side by side.

One thread speaks to the database; what the senders finish while it does is settled together in
its next turn, so under load one commit serves many letters. Any number of deliverers may work on
one outbox, in whatever processes: a claim holds for a lease, and one whose process died is taken
over when the lease ends.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from gateway.delivery.channel import Channel, Outcome
from gateway.delivery.patience import Breaker, Patience
from gateway.kernel.ports import Clock
from gateway.storage.database import Database, Transaction, is_race
from gateway.storage.outbox import Delivery, Outbox, State, Verdict, claims
from gateway.storage.outbox.letter import Settlement
from gateway.storage.outbox.wakeup import Listener

log = logging.getLogger(__name__)

_LOST = Outcome(Verdict.LOST, "LOST", "Процесс доставки прервался; дошло ли, неизвестно.")
_TOO_LATE = Outcome(Verdict.LATER, "DEADLINE", "Срок доставки истёк.")


@dataclass(frozen=True, slots=True)
class Pace:
    """How much and how often."""

    together: int = 64
    """Letters in flight at a time."""
    per_address: int = 16
    """Of these, to one address: a slow one must not take all hands."""
    lease: timedelta = timedelta(minutes=1)
    """A claim is renewed at half of it; so long a killed process keeps its letters."""
    poll_seconds: float = 1.0
    """How often to look when nobody wakes us."""
    failure_pause_seconds: float = 5.0
    """After the database refused a turn."""


class Tried(NamedTuple):
    """An attempt that has ended."""

    delivery: Delivery
    outcome: Outcome
    started_at: datetime
    ended_at: datetime


@dataclass(slots=True)
class _Hands:
    """What is shared between the loop and the senders."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    in_flight: dict[int, Delivery] = field(default_factory=dict)
    done: list[Tried] = field(default_factory=list)
    woken: bool = False
    stopping: bool = False


class Deliverer:
    """Delivers the letters of one outbox."""

    def __init__(
        self,
        database: Database,
        box: Outbox,
        channels: Mapping[str, Channel],
        clock: Clock,
        chance: Callable[[], float],
        owner: str,
        *,
        pace: Pace = Pace(),
        patience: Patience = Patience(),  # noqa: B008 -- frozen
        breaker: Breaker = Breaker(),  # noqa: B008 -- frozen
    ) -> None:
        """Prepare; `chance` draws from [0, 1). Letters of channels that are not given wait."""
        self._database = database
        self._box = box
        self._channels = channels
        self._now = clock
        self._chance = chance
        self._pace = pace
        self._patience = patience
        self._breaker = breaker
        self._hands = _Hands()
        self._after_commit: list[Callable[[], None]] = []
        self._claimant = claims.Claimant(
            owner, tuple(channels), pace.lease, pace.together, pace.per_address
        )
        self._thread = threading.Thread(target=self._work, name=box.channel, daemon=True)
        self._listener = (
            Listener(database, box.channel, self.wake) if database.on_postgresql else None
        )

    def start(self) -> None:
        """Deliver in threads of its own."""
        self._thread.start()
        if self._listener is not None:
            self._listener.start()

    def wake(self) -> None:
        """Look at the outbox now."""
        with self._hands.changed:
            self._hands.woken = True
            self._hands.changed.notify()

    def stop(self, seconds: float | None = None) -> None:
        """Claim nothing more, settle what is in flight; after `seconds` its leases may end it."""
        with self._hands.changed:
            self._hands.stopping = True
            self._hands.changed.notify()
        if self._listener is not None:
            self._listener.stop()
        self._thread.join(seconds)

    def drain(self) -> int:
        """Deliver in this thread until nothing is due; return how many attempts that took."""
        tried: list[Tried] = []
        attempts = 0
        while claimed := self._turn(tried):
            tried = [self._attempt(delivery) for delivery in claimed]
            attempts += len(tried)
            self._hands.in_flight.clear()
        return attempts

    def _work(self) -> None:
        with ThreadPoolExecutor(self._pace.together, self._box.channel) as senders:
            while (done := self._wait()) is not None:
                try:
                    claimed = self._turn(done)
                except Exception as error:
                    self._put_back(done)
                    if not is_race(error):
                        log.exception("outbox %s: a turn failed", self._box.channel)
                        self._rest()
                    continue
                for delivery in claimed:
                    senders.submit(self._send, delivery)

    def _wait(self) -> list[Tried] | None:
        """Wait for something to do and return what was tried; None when all is settled."""
        hands = self._hands
        with hands.changed:
            if not (hands.done or hands.woken or hands.stopping):
                hands.changed.wait(self._pace.poll_seconds)
            while hands.stopping and hands.in_flight and not hands.done:
                hands.changed.wait(self._pace.poll_seconds)
                if not hands.done:
                    break  # to renew the leases
            if hands.stopping and not (hands.in_flight or hands.done):
                return None
            hands.woken = False
            done, hands.done = hands.done, []
            return done

    def _turn(self, tried: Sequence[Tried]) -> list[Delivery]:
        """Settle, keep house, claim, in one transaction; return what has to be sent."""
        now = self._now()
        ageing = self._ageing(now)
        if not tried and not ageing and self._is_quiet(now):
            return []
        self._after_commit.clear()
        with self._database.writing() as transaction:
            self._settle(transaction, tried, now)
            claims.renew(self._box, transaction, ageing, now + self._pace.lease)
            self._take_over(transaction, now)
            self._expire(transaction, now)
            claimed = self._claim(transaction, now)
        self._carry(ageing, claimed, now)
        self._follow_up()
        return claimed

    def _follow_up(self) -> None:
        """Do what the channels wanted done once all is durable; none of it may stop the turn."""
        for call in self._after_commit:
            try:
                call()
            except Exception:
                log.exception("outbox %s: a follow-up failed", self._box.channel)

    def _is_quiet(self, now: datetime) -> bool:
        with self._database.reading() as transaction:
            return claims.is_quiet(self._box, transaction, self._channels, now)

    def _settle(self, transaction: Transaction, tried: Sequence[Tried], now: datetime) -> None:
        if not tried:
            return
        mine = claims.still_claimed(self._box, transaction, [one.delivery for one in tried])
        for one in tried:
            if one.delivery.letter not in mine:
                log.warning("letter %s was taken over meanwhile", one.delivery.id)
        settled = self._decide_all(
            transaction, [one for one in tried if one.delivery.letter in mine]
        )
        claims.settle(self._box, transaction, settled, now)
        self._note_health(transaction, tried, now)

    def _decide_all(self, transaction: Transaction, tried: Sequence[Tried]) -> list[Settlement]:
        """Decide all under one savepoint; if one cannot be recorded, each under its own."""
        if len(tried) > 1:
            after: list[Callable[[], None]] = []
            settled = [self._settlement(one) for one in tried]
            try:
                with transaction.savepoint():
                    for one, settlement in zip(tried, settled, strict=True):
                        after += self._record(
                            transaction, one.delivery, settlement.state, one.outcome
                        )
            except Exception:
                log.warning("outbox %s: recorded one by one", self._box.channel, exc_info=True)
            else:
                self._after_commit += after
                for one, settlement in zip(tried, settled, strict=True):
                    _tell(one, settlement)
                return settled
        return [self._decide(transaction, one) for one in tried]

    def _decide(self, transaction: Transaction, tried: Tried) -> Settlement:
        """Decide and let the channel record it; what it cannot record is tried again."""
        settlement = self._settlement(tried)
        delivery, outcome = tried.delivery, tried.outcome
        try:
            with transaction.savepoint():
                after = self._record(transaction, delivery, settlement.state, outcome)
            self._after_commit += after
        except Exception:
            log.exception("letter %s: its outcome could not be recorded", tried.delivery.id)
            note = "Исход не удалось записать; подробности в журнале программы."
            settlement = self._settlement(
                tried._replace(outcome=Outcome(Verdict.LATER, "NOT_RECORDED", note))
            )
        _tell(tried, settlement)
        return settlement

    def _settlement(self, tried: Tried) -> Settlement:
        times = (tried.started_at, tried.ended_at)
        return self._patience.settle(tried.delivery, tried.outcome, times, self._chance())

    def _record(
        self, transaction: Transaction, delivery: Delivery, state: State, outcome: Outcome
    ) -> Sequence[Callable[[], None]]:
        channel = self._channels.get(delivery.channel)
        return () if channel is None else channel.record(transaction, delivery, state, outcome)

    def _note_health(self, transaction: Transaction, tried: Sequence[Tried], now: datetime) -> None:
        in_a_row: dict[str, int] = {}
        answered: set[str] = set()
        for one in sorted(tried, key=lambda one: one.ended_at):
            address = one.delivery.address
            if one.outcome.verdict is Verdict.UNREACHED:
                in_a_row[address] = in_a_row.get(address, 0) + 1
            else:
                in_a_row.pop(address, None)
                answered.add(address)
        for address in sorted(answered | in_a_row.keys()):
            if address in answered:
                claims.reached(self._box, transaction, address)
            if address in in_a_row:
                until = claims.unreached(
                    self._box,
                    transaction,
                    address,
                    in_a_row[address],
                    lambda failures: self._breaker.open_until(failures, now),
                )
                if until is not None:
                    log.warning("address %s does not answer, left until %s", address, until)

    def _ageing(self, now: datetime) -> list[Delivery]:
        """Return what is still in flight and has used up half of its lease."""
        half = self._pace.lease / 2
        with self._hands.changed:
            return [
                one
                for one in self._hands.in_flight.values()
                if one.lease_until is not None and one.lease_until - now < half
            ]

    def _take_over(self, transaction: Transaction, now: datetime) -> None:
        lost = claims.lost(self._box, transaction, now)
        settled = [
            self._decide(transaction, Tried(one, _LOST, one.claimed_at or now, now)) for one in lost
        ]
        claims.settle(self._box, transaction, settled, now)

    def _expire(self, transaction: Transaction, now: datetime) -> None:
        late = [
            one
            for one in claims.overdue(self._box, transaction, now)
            if self._has_recorded_its_end(transaction, one)
        ]
        claims.expire(self._box, transaction, late, now)
        for one in late:
            log.warning("letter %s to %s has expired", one.id, one.address)

    def _has_recorded_its_end(self, transaction: Transaction, late: Delivery) -> bool:
        try:
            with transaction.savepoint():
                after = self._record(transaction, late, State.EXPIRED, _TOO_LATE)
            self._after_commit += after
        except Exception:
            log.exception("letter %s has expired and cannot be recorded so", late.id)
            return False
        return True

    def _claim(self, transaction: Transaction, now: datetime) -> list[Delivery]:
        with self._hands.changed:
            stopping = self._hands.stopping
            carried = Counter(one.address for one in self._hands.in_flight.values())
        if stopping or carried.total() >= self._pace.together:
            return []
        return claims.claim(self._box, transaction, self._claimant, carried, now)

    def _carry(self, renewed: list[Delivery], claimed: list[Delivery], now: datetime) -> None:
        until = now + self._pace.lease
        with self._hands.changed:
            in_flight = self._hands.in_flight
            for one in renewed:
                if one.letter in in_flight:
                    in_flight[one.letter] = replace(one, lease_until=until)
            in_flight.update({one.letter: one for one in claimed})

    def _send(self, delivery: Delivery) -> None:
        tried = self._attempt(delivery)
        with self._hands.changed:
            del self._hands.in_flight[delivery.letter]
            self._hands.done.append(tried)
            self._hands.changed.notify()

    def _attempt(self, delivery: Delivery) -> Tried:
        started = self._now()
        try:
            outcome = self._channels[delivery.channel].send(delivery)
        except Exception:
            log.exception("letter %s: channel %s failed", delivery.id, delivery.channel)
            note = "Сбой в программе отправки; подробности в журнале программы."
            outcome = Outcome(Verdict.LATER, "CHANNEL_FAILED", note)
        return Tried(delivery, outcome, started, self._now())

    def _put_back(self, done: list[Tried]) -> None:
        with self._hands.changed:
            self._hands.done[:0] = done

    def _rest(self) -> None:
        with self._hands.changed:
            if not self._hands.stopping:
                self._hands.changed.wait(self._pace.failure_pause_seconds)


def _tell(tried: Tried, settlement: Settlement) -> None:
    """Log what was decided, unless it is the usual."""
    if settlement.state is not State.DELIVERED:
        log.info(
            "letter %s to %s: %s %s, %s",
            tried.delivery.id,
            tried.delivery.address,
            settlement.attempt.verdict.value,
            settlement.attempt.code,
            settlement.state.value,
        )
