"""Deliverers of messages killed at any moment: each arrives, the same bytes, in order per key."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import peers
import pytest
from postal import Postal, Slice, envelope_of, good, header_of
from relay import wait_until

from gateway.storage import outbound, outbox
from gateway.storage.outbox import State, accounts

PROCESS = Path(__file__).with_name("soap_process.py")
MESSAGES, KEYS, KILLS = 100, 20, 4
SLOW_SECONDS = 0.01


@pytest.fixture
def written(contour_database):
    """Messages of twenty keys, in the order in which they were written, by their id."""
    postal = Postal(contour_database, lambda: datetime.now(UTC), Slice())
    written = {}
    for number in range(MESSAGES):
        delivery = postal.send(key=f"application/PORTAL/{number % KEYS}", source=f"event/{number}")
        written[postal.card(delivery).message_id] = number
    return written


def slow(peer):
    """Take a message, think about it, and sometimes hang up instead of answering."""
    pause = threading.Event()

    def behave(line):
        request = peers.read_request(line)
        if not request.endswith(b"Envelope>"):
            return
        peer.requests.append(request)
        pause.wait(SLOW_SECONDS)
        if len(peer.requests) % 17:
            line.sendall(good(request))

    return behave


def test_killed_deliverers_lose_no_message_and_keep_the_order(contour_database, written):
    url = contour_database.url.set(drivername=contour_database.url.get_backend_name())
    chance = random.Random(20261126)
    moment = threading.Event()
    with peers.peer(slow) as peer:
        command = [sys.executable, str(PROCESS), url.render_as_string(False), peer.url()]  # noqa: FBT003 -- SQLAlchemy's own
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as script:
            alive = [start(script), start(script)]
            for kill in range(KILLS):
                target = MESSAGES * (kill + 1) // (KILLS + 2)
                wait_until(lambda seen=target: len(peer.requests) >= seen, 60)
                moment.wait(chance.random() * 0.05)
                victim = chance.randrange(2)
                os.kill(alive[victim], signal.SIGKILL)
                alive[victim] = start(script)
            wait_until(lambda: account(contour_database).states[State.DELIVERED] == MESSAGES, 90)
            codes, _ = script.communicate(timeout=20)
        requests = list(peer.requests)
    assert sorted(map(int, codes.split())) == [-signal.SIGKILL] * KILLS + [0, 0]

    seen = defaultdict(set)
    order = defaultdict(list)
    for request in requests:
        envelope = envelope_of(request)
        number = written[header_of(envelope, "messageId")]
        seen[number].add(envelope)
        order[number % KEYS].append(number)
    assert sorted(seen) == list(range(MESSAGES))
    assert all(len(texts) == 1 for texts in seen.values())
    assert all(numbers == sorted(numbers) for numbers in order.values())
    assert account(contour_database).faults == []
    with contour_database.reading() as transaction:
        assert outbound.reconcile(transaction, ("soap",)) == []


def start(script):
    """Start a deliverer and return the number of its process."""
    script.stdin.write("\n")
    script.stdin.flush()
    return int(script.stdout.readline())


def account(database):
    with database.reading() as transaction:
        return accounts.account_for(outbox.CONTOUR, transaction)
