"""A bad night: everything between the hub and the departments breaks, and the hub is killed.

Sixteen connections submit applications to three departments and repeat whatever was not answered;
the departments tell of each application three to five times. Their endpoints and the portal's are
behind proxies that are slow, drop, answer 500, cut answers and stay down, and what is sent to the
hub goes through one that does the same but for staying down. In the morning every
application is in its department once in effect, every event at the portal once in effect and in
order, and the books balance. It is shorter on SQLite, for the suite has no time for two such
nights; `make proofs` runs it on PostgreSQL with 10,000 applications and 20 kills.
"""

import logging
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from uuid import UUID, uuid4

import pytest
from fault_proxy import DOWN, STORM, Faults, Manner
from night_party import codes_of
from night_world import DEPARTMENTS, FORM_VERSION, HUB, World, form_of, night_world, service_of
from proofs import on_both

from gateway.edge.emulators import calls
from gateway.edge.emulators.caller import Caller
from gateway.edge.emulators.calls import Order
from gateway.edge.emulators.department import Document
from gateway.storage import outbox
from gateway.storage.outbox import State, accounts

log = logging.getLogger(__name__)

SEED = 20261126
CONNECTIONS = 16
OF_THE_HUB = [1, 2]
"""The states that the hub itself tells of: taken, and given to the department."""
IS_PROOF = "HUB_PROOFS" in os.environ


@dataclass(frozen=True)
class Night:
    """How long and how bad it is."""

    applications: int
    kills: int
    faults: Faults
    patience: str
    """HUB_DELIVERY_DELAYS."""
    breaker: str
    within: timedelta
    seed: int = SEED


SHORTEST = Night(
    30,
    2,
    Faults(
        {"pass": 46, "slow": 6, "drop": 8, "error": 8, "spoilt": 12, "lost": 10, "cut": 10},
        (0.05, 0.1),
        up_seconds=(1, 2.5),
        down_seconds=(0.3, 0.6),
    ),
    patience="0.1 0.2 0.4",
    breaker="5 0.2 0.4",
    within=timedelta(minutes=3),
    # By this one every manner comes among the first requests of the departments, and each of them
    # is cheated of an answer: so few would else prove it on most nights only.
    seed=20261392,
)
SHORT = Night(
    150,
    3,
    Faults(STORM, (0.05, 0.2), up_seconds=(1, 3), down_seconds=(0.5, 1.5)),
    patience="0.1 0.2 0.5",
    breaker="5 0.2 0.5",
    within=timedelta(minutes=3),
)
LONG = Night(
    int(os.environ.get("HUB_PROOF_APPLICATIONS", "10000")),
    int(os.environ.get("HUB_PROOF_KILLS", "20")),
    Faults(STORM, (0.2, 1.5), up_seconds=(10, 40), down_seconds=(5, 40)),
    patience="0.5 1 2 5",
    breaker="5 1 10",
    within=timedelta(hours=2),
)


@pytest.fixture
def night(engine: str) -> Night:
    if engine == "sqlite":
        return SHORTEST
    return LONG if IS_PROOF else SHORT


@pytest.fixture
def world(night, new_hub) -> Iterator[World]:
    new_hub.environment |= {
        "HUB_DELIVERY_DELAYS": night.patience,
        "HUB_DELIVERY_BREAKER": night.breaker,
        "HUB_DELIVERY_LEASE_SECONDS": "2",
    }
    with night_world(new_hub, night.faults, night.seed) as world:
        new_hub.start()
        yield world


@dataclass
class Sending:
    """The portal's side: submits, repeats what was not answered and some of what was."""

    world: World
    orders: Sequence[Order]
    seed: int
    answered: dict[int, UUID] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    stopping: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[ThreadPoolExecutor]:
        """Submit from sixteen connections while the block runs; then wait for the last answer."""
        waiting: SimpleQueue[Order] = SimpleQueue()
        for order in self.orders:
            waiting.put(order)
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            done = [threads.submit(self._send, waiting, n) for n in range(CONNECTIONS)]
            try:
                yield
            except BaseException:
                self.stopping.set()
                raise
            for one in done:
                one.result()

    def _send(self, waiting: "SimpleQueue[Order]", number: int) -> None:
        caller, chance = self.caller(), random.Random(self.seed + number)
        while True:
            try:
                order = waiting.get_nowait()
            except Empty:
                break
            self._submit(caller, order)
            if chance.random() < 0.1:  # as one that has forgotten what it was answered
                self._submit(caller, order)
        caller.close()

    def _submit(self, caller: Caller, order: Order) -> None:
        answer = calls.submit(caller, order)
        known = self.answered.setdefault(order.order_id, answer.application_id)
        assert known == answer.application_id, order.order_id
        self.counts["answers"] += 1
        self.counts["repeated"] += answer.attempts - 1
        self.counts["duplicates"] += answer.is_duplicate

    def caller(self) -> Caller:
        pause = timedelta(milliseconds=100)
        return Caller(self.world.account, lambda: datetime.now(UTC), uuid4, pause, self.stopping)


def orders_of(night: Night) -> list[Order]:
    """Return the applications of the night: every fifth with a document."""
    document = Document("scan.txt", b"attached " * 2000, "text/plain")
    return [
        Order(
            1000 + number,
            service_of(department_of(1000 + number)),
            FORM_VERSION,
            form_of(department_of(1000 + number), f"Вопрос {number}"),
            datetime.now(UTC),
            (document,) if number % 5 == 0 else (),
        )
        for number in range(night.applications)
    ]


def department_of(order_id: int) -> str:
    return DEPARTMENTS[order_id // len(DEPARTMENTS) % len(DEPARTMENTS)]


def expected_events(orders: Sequence[Order]) -> int:
    return sum(len(OF_THE_HUB) + len(codes_of(order.order_id)) for order in orders)


@on_both
def test_a_bad_night_loses_nothing_and_does_nothing_twice(night, world):
    orders = orders_of(night)
    sending = Sending(world, orders, night.seed)
    began = time.monotonic()
    with sending.running():
        kill(world, night, sending)
    for proxy in world.proxies.values():
        proxy.calm()
    wait_for_the_morning(world, night, orders)
    seconds = time.monotonic() - began

    tell(world, night, sending, seconds)
    assert sending.answered.keys() == {order.order_id for order in orders}
    every_application_is_in_its_department(world, orders)
    every_event_is_at_the_portal(world, orders, sending)
    everything_bad_has_really_happened(world, sending)
    world.hub.wait_until(lambda: world.hub.run("reconcile").exit_code == 0)


def kill(world: World, night: Night, sending: Sending) -> None:
    """Kill the hub at moments of the work that a seed decides, and start it again.

    One half of them comes while applications are submitted, the other while events are told.
    """
    chance, moment = random.Random(night.seed), threading.Event()
    events = expected_events(sending.orders)
    submitted = sorted(chance.uniform(0.05, 0.95) for _ in range((night.kills + 1) // 2))
    told = sorted(chance.uniform(0.2, 0.9) for _ in range(night.kills // 2))
    deadline = time.monotonic() + night.within.total_seconds()
    for number, (share, whole, done) in enumerate(
        (
            *((one, night.applications, lambda: len(sending.answered)) for one in submitted),
            *((one, events, lambda: world.portal.counts()["new"]) for one in told),
        ),
        1,
    ):
        while done() < share * whole:
            assert time.monotonic() < deadline, (number, sending.counts)
            moment.wait(0.02)
        moment.wait(chance.random() * 0.2)
        for proxy in world.proxies.values():
            proxy.counts()  # one that has died would let this night pass for a bad one
        world.hub.kill()
        reached = len(sending.answered), world.portal.counts()["new"]
        log.warning("kill %d: %d applications answered, %d events told", number, *reached)
        world.hub.start()


def wait_for_the_morning(world: World, night: Night, orders: Sequence[Order]) -> None:
    """Wait until every event is acknowledged and every letter is delivered."""
    database = world.hub.database()
    deadline = time.monotonic() + night.within.total_seconds()
    moment = threading.Event()
    while True:
        with database.reading() as transaction:
            account = accounts.account_for(outbox.CONTOUR, transaction)
        counts = [party.counts() for party in world.departments.values()]
        if (
            all(count["idle"] for count in counts)
            and sum(count["new"] for count in counts) == len(orders)
            and account.waiting == 0
        ):
            break
        assert time.monotonic() < deadline, (account.states, counts)
        moment.wait(0.2)
    assert account.states[State.DELIVERED] == account.written, account.states
    assert account.faults == []


def every_application_is_in_its_department(world: World, orders: Sequence[Order]) -> None:
    for code, party in world.departments.items():
        report, counts = party.report(), party.counts()
        mine = [order.order_id for order in orders if department_of(order.order_id) == code]
        assert report["applications"] == {str(one): codes_of(one) for one in mine}
        assert report["refusals"] == []
        assert counts["new"] == len(mine)
        assert counts["changed"] == 0, "a repeat had other bytes"


def every_event_is_at_the_portal(world: World, orders: Sequence[Order], sending: Sending) -> None:
    report = world.portal.report()
    assert report["complaints"] == []
    assert world.portal.counts()["changed"] == 0, "a repeat had other bytes"
    assert report["events"].keys() == {str(order.order_id) for order in orders}
    caller = sending.caller()
    for order in orders:
        told = [code for _, _, code in report["events"][str(order.order_id)]]
        assert told == OF_THE_HUB + codes_of(order.order_id), order.order_id
        assert calls.state(caller, order.order_id) == (told[-1], told)
    caller.close()


def everything_bad_has_really_happened(world: World, sending: Sending) -> None:
    done = {code: proxy.counts() for code, proxy in world.proxies.items()}
    before_hub = done.pop(HUB)
    assert set(before_hub) == set(Manner), before_hub
    assert set(sum(done.values(), Counter())) == {*Manner, DOWN}, done
    assert all(counts[DOWN] for counts in done.values()), done
    for party in world.departments.values():
        counts = party.counts()
        # Otherwise nothing was proven: no application came twice, no event was known already.
        assert counts["repeated"]
        assert counts["event duplicate"]
    assert world.portal.counts()["repeated"]
    assert sending.counts["duplicates"]


def tell(world: World, night: Night, sending: Sending, seconds: float) -> None:
    """Print what the night was like."""
    log.warning(
        "%d applications, %d kills, %.0f s; portal's side %s",
        night.applications,
        night.kills,
        seconds,
        dict(sending.counts),
    )
    for code, party in {**world.departments, "portal": world.portal}.items():
        log.warning("%s: %s", code, dict(party.counts()))
    for code, proxy in world.proxies.items():
        log.warning("proxy of %s: %s", code, dict(proxy.counts()))
