"""A bad night: everything between the hub and the departments breaks, and the hub is killed.

Sixteen connections submit applications to three departments and repeat whatever was not answered;
the departments tell of each application three to five times. Their endpoints and the portal's are
behind proxies that are slow, drop, answer 500, cut answers and stay down. In the morning every
application is in its department once in effect, every event at the portal once in effect and in
order, and the books balance. `make proofs` runs it with 10,000 applications and 20 kills.
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
from night_world import DEPARTMENTS, FORM_VERSION, World, form_of, night_world, service_of

from gateway.edge.emulators import calls
from gateway.edge.emulators.caller import Caller
from gateway.edge.emulators.calls import Order
from gateway.edge.emulators.department import Document
from gateway.storage import outbox
from gateway.storage.outbox import State, accounts

pytest.importorskip("adapters.portal.handlers", reason="the slice is being written")

log = logging.getLogger(__name__)

SEED = 20261126
CONNECTIONS = 16
SENT = 2
"""The state that the hub itself tells of, once the department has the application."""
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
    if not IS_PROOF:
        return SHORT
    if engine != "postgresql":
        pytest.skip("the long night is one of PostgreSQL")
    return LONG


@pytest.fixture
def world(new_hub, night) -> Iterator[World]:
    new_hub.environment |= {
        "HUB_DELIVERY_DELAYS": night.patience,
        "HUB_DELIVERY_BREAKER": night.breaker,
        "HUB_DELIVERY_LEASE_SECONDS": "2",
    }
    with night_world(new_hub, night.faults, SEED) as world:
        new_hub.start()
        yield world


@dataclass
class Sending:
    """The portal's side: submits, repeats what was not answered and some of what was."""

    world: World
    orders: Sequence[Order]
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
        caller, chance = self.caller(), random.Random(SEED + number)
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
    return sum(len(codes_of(order.order_id)) + 1 for order in orders)


def test_a_bad_night_loses_nothing_and_does_nothing_twice(world, night):
    orders = orders_of(night)
    sending = Sending(world, orders)
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
    everything_bad_has_really_happened(world)
    world.hub.wait_until(lambda: world.hub.run("reconcile").returncode == 0)


def kill(world: World, night: Night, sending: Sending) -> None:
    """Kill the hub at moments of the work that a seed decides, and start it again."""
    chance, moment = random.Random(SEED), threading.Event()
    whole = night.applications + expected_events(sending.orders)
    shares = sorted(chance.uniform(0.02, 0.9) for _ in range(night.kills))
    deadline = time.monotonic() + night.within.total_seconds()
    for number, share in enumerate(shares, 1):
        while len(sending.answered) + world.portal.counts()["new"] < share * whole:
            assert time.monotonic() < deadline, (number, sending.counts)
            moment.wait(0.02)
        moment.wait(chance.random() * 0.2)
        world.hub.kill()
        log.warning("kill %d at %d of %d applications", number, len(sending.answered), whole)
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
        assert told == [SENT, *codes_of(order.order_id)], order.order_id
        state, history = calls.state(caller, order.order_id)
        assert (state, history) == (told[-1], [1, *told]), order.order_id
    caller.close()


def everything_bad_has_really_happened(world: World) -> None:
    done = sum((proxy.counts() for proxy in world.proxies.values()), Counter())
    assert set(done) == {*Manner, DOWN}, done
    assert all(proxy.counts()[DOWN] for proxy in world.proxies.values())
    repeated = sum(party.counts()["repeated"] for party in world.departments.values())
    assert repeated, "no department saw an application twice: nothing was proven"
    assert world.portal.counts()["repeated"]


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
