"""Two scheduler processes on one database, either killed at any moment: each run happens once."""

import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from schedulers import CHORES, business_clock, effects

from scheduler.due import dues, last_due
from scheduler.job import CatchUp
from scheduler.runs import chore_run

SCRIPT = Path(__file__).parent / "schedulers.py"
SEED = 4
KILLS = 25
PATIENCE_SECONDS = 30
NEVER = datetime.min.replace(tzinfo=UTC)


class Schedulers:
    """Processes of the script, named by their numbers; all end with the block."""

    def __init__(self, url):
        self.started = time.time()
        self.clock = business_clock(self.started)
        self.said = Counter()
        self._numbers = queue.Queue()
        self._script = subprocess.Popen(
            [sys.executable, str(SCRIPT), url, str(self.started)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def start(self):
        self._script.stdin.write("\n")
        self._script.stdin.flush()
        return self._numbers.get(timeout=PATIENCE_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # The script ends with its input, the schedulers end with the script.
        self._script.stdin.close()
        self._script.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        self._script.stdout.close()

    def _read(self):
        for line in self._script.stdout:
            word, _, told = line.partition(" ")
            if word == "started":
                self._numbers.put(int(told))
            else:
                self.said[word] += 1


@pytest.fixture
def database(registry_database):
    effects.create(registry_database.engine)
    yield registry_database
    effects.drop(registry_database.engine)


def done(database):
    """Return by chore the business times of its effects in the order of the first halves."""
    with database.reading() as transaction:
        rows = transaction.execute(sa.select(effects).order_by(effects.c.id)).all()
    halves = defaultdict(list)
    for row in rows:
        key = (row.chore, datetime.fromisoformat(row.business_time))
        halves[key].append((row.half, row.process))
    for key, found in halves.items():
        assert [half for half, _ in found] == [1, 2], (key, found)
        assert len({process for _, process in found}) == 1, (key, found)
    by_chore = defaultdict(list)
    for name, moment in halves:
        by_chore[name].append(moment)
    return by_chore


def recorded(database, name):
    query = sa.select(chore_run.c.business_time).where(
        chore_run.c.job == name, chore_run.c.finished_at.is_not(None)
    )
    with database.reading() as transaction:
        return set(transaction.execute(query).scalars())


def wait_until(condition):
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_each_run_happens_once_though_both_processes_are_killed_at_any_moment(database):
    chance = random.Random(SEED)
    with Schedulers(database.url.render_as_string(hide_password=False)) as schedulers:
        alive = [schedulers.start(), schedulers.start()]
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, 0.15))  # the moment of the kill, by chance
            victim = chance.randrange(2)
            os.kill(alive[victim], signal.SIGKILL)
            alive[victim] = schedulers.start()
        now = schedulers.clock()
        wait_until(lambda: all(caught_up(database, name, now) for name in CHORES))

    effects_of = done(database)
    for name, (cron, catch_up) in CHORES.items():
        moments = effects_of[name]
        assert moments == sorted(moments)
        assert set(moments) == recorded(database, name)
        if catch_up is CatchUp.EVERY:
            assert moments == list(dues(cron, moments[0], moments[-1]))
    runs = sum(len(moments) for moments in effects_of.values())
    killed = schedulers.said["begun"] - schedulers.said["stumbled"] - runs
    assert killed > 0, "no kill has hit a run: the test proves nothing"


def caught_up(database, name, now):
    cron, _ = CHORES[name]
    return max(recorded(database, name), default=NEVER) >= last_due(cron, now)
