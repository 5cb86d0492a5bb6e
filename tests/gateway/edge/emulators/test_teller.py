"""A department's client of events: each told until it is acknowledged, in order per application."""

import random
import threading
from collections import defaultdict
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from gateway.edge.emulators.caller import Faulted, Stopped
from gateway.edge.emulators.department import State, StatusEvent
from gateway.edge.emulators.teller import Receipt, Teller

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


class NoCaller:
    def __init__(self, stopping):
        self.stopping = stopping

    def close(self):
        pass


def event(order_id: int, code: int = 6) -> StatusEvent:
    return StatusEvent(uuid4(), order_id, State(code, NOW, "Состояние"))


@pytest.fixture
def telling():
    """Tellers that are stopped when the test ends."""
    tellers = []

    def start(push, hands=4):
        teller = Teller(NoCaller, push, hands)
        tellers.append(teller)
        teller.start()
        return teller

    yield start
    for teller in tellers:
        teller.stop()


def wait_for(teller):
    moment = threading.Event()
    while not teller.is_idle:
        moment.wait(0.002)


def test_events_of_one_application_are_told_in_order(telling):
    told, chance, moment = defaultdict(list), random.Random(72), threading.Event()

    def push(_, one):
        moment.wait(chance.random() * 0.002)
        told[one.order_id].append(one)
        return Receipt(0, is_duplicate=False, attempts=1)

    events = [event(number % 7) for number in range(70)]
    teller = telling(push)
    for one in events:
        teller.tell(one)
    wait_for(teller)
    assert told == {
        order_id: [one for one in events if one.order_id == order_id] for order_id in range(7)
    }
    assert teller.counts["acknowledged"] == 70


def test_what_is_refused_is_kept_and_the_next_one_is_told(telling):
    def push(_, one):
        if one.state.tech_code == 4:
            raise Faulted("VALIDATION_ERROR", "нет")
        return Receipt(5 if one.state.tech_code == 7 else 0, is_duplicate=False, attempts=1)

    events = [event(1, code) for code in (6, 4, 7, 3)]
    teller = telling(push)
    for one in events:
        teller.tell(one)
    wait_for(teller)
    assert [(one.event, one.why) for one in teller.refusals()] == [
        (events[1], "VALIDATION_ERROR"),
        (events[2], "5"),
    ]
    assert teller.counts["acknowledged"] == 2


def test_repeats_and_duplicates_are_counted(telling):
    teller = telling(lambda *_: Receipt(0, is_duplicate=True, attempts=3))
    teller.tell(event(1))
    wait_for(teller)
    assert teller.counts == {"told": 1, "acknowledged": 1, "duplicate": 1, "repeated": 2}


def test_stopping_leaves_what_nobody_acknowledges(telling):
    def push(caller, _):
        caller.stopping.wait()
        raise Stopped

    teller = telling(push, hands=1)
    teller.tell(event(1))
    teller.stop()
    assert not teller.is_idle
