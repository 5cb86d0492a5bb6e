"""Two scheduler processes on one database, either killed at any moment: each run happens once."""

import os
import random
import signal
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from processes import Schedulers, wait_until
from schedulers import CHORES, business_clock, effects

from scheduler.due import dues, last_due
from scheduler.job import CatchUp
from scheduler.runs import chore_run

SCRIPT = Path(__file__).parent / "schedulers.py"
SEED = 4
KILLS = 25
NEVER = datetime.min.replace(tzinfo=UTC)


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


def test_each_run_happens_once_though_both_processes_are_killed_at_any_moment(database):
    chance = random.Random(SEED)
    with Schedulers(SCRIPT, database, business_clock) as schedulers:
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
