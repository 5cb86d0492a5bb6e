"""Deliverers killed at any moment: every letter arrives, the same bytes, in order per key."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from relay import RelayProcess, wait_until

from gateway.delivery import mail
from gateway.delivery.mail import Sender
from gateway.storage import outbox
from gateway.storage.outbox import State, accounts

PROCESS = Path(__file__).with_name("deliverer_process.py")
LETTERS, KEYS, KILLS = 120, 20, 4
SENDER = Sender("hub@example.ru", "Узел")
MESSAGE_ID = re.compile(rb"Message-ID: <([0-9a-f-]+)@")


@pytest.fixture
def relay(tmp_path):
    relay = RelayProcess(tmp_path / "taken")
    relay.start()
    yield relay
    relay.stop()


@pytest.fixture
def letters(database):
    """Mails of twenty keys, in the order in which they were written."""
    now = datetime.now(UTC)
    made = [
        mail.letter(uuid4(), f"k{n % KEYS}", f"n/{n}", SENDER, "a@example.ru", "Тема", f"{n}", now)
        for n in range(LETTERS)
    ]
    with database.writing() as transaction:
        outbox.CONTOUR.put(transaction, made, now)
    return made


def test_killed_deliverers_lose_nothing_and_keep_the_order(database, relay, letters):
    url = database.url.set(drivername=database.url.get_backend_name())
    command = [sys.executable, str(PROCESS), url.render_as_string(False), str(relay.port)]  # noqa: FBT003 -- SQLAlchemy's own
    chance = random.Random(20261126)
    moment = threading.Event()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as script:
        alive = [start(script), start(script)]
        for kill in range(KILLS):
            target = LETTERS * (kill + 1) // (KILLS + 2)
            wait_until(lambda seen=target: len(relay.taken()) >= seen, 60)
            moment.wait(chance.random() * 0.05)
            victim = chance.randrange(2)
            os.kill(alive[victim], signal.SIGKILL)
            alive[victim] = start(script)
        wait_until(lambda: account(database).states[State.DELIVERED] == LETTERS, 60)
        codes, _ = script.communicate(timeout=20)
    assert sorted(map(int, codes.split())) == [-signal.SIGKILL] * KILLS + [0, 0]

    written = {str(one.id): (number, one) for number, one in enumerate(letters)}
    order = defaultdict(list)
    for octets in relay.taken():
        number, one = written[MESSAGE_ID.search(octets)[1].decode()]
        assert octets == one.payload
        order[one.key].append(number)
    assert sum(len(set(numbers)) for numbers in order.values()) == LETTERS
    assert all(numbers == sorted(numbers) for numbers in order.values())
    assert account(database).faults == []


def start(script):
    """Start a deliverer and return the number of its process."""
    script.stdin.write("\n")
    script.stdin.flush()
    return int(script.stdout.readline())


def account(database):
    with database.reading() as transaction:
        return accounts.account_for(outbox.CONTOUR, transaction)
