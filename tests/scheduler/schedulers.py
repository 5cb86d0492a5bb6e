"""A script that starts schedulers: one process for each line it reads, whose number it prints.

They are forked, so that a killed one is replaced at once. `schedulers.py URL STARTED` with STARTED
in seconds since 1970: from then on a minute of the hub's clock takes a tenth of a second.
"""

import logging
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from gateway.storage.database import Database
from scheduler.housekeeping import Housekeeper
from scheduler.job import CatchUp, Chore

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
MINUTES_A_SECOND = 10
STUMBLES = 0.1
"""How many of the runs fail after their effect."""

effects = sa.Table(
    "effect",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("chore", sa.Text, nullable=False),
    sa.Column("business_time", sa.Text, nullable=False),
    sa.Column("half", sa.Integer, nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
)
"""What the chores leave. Nothing keeps a second row out: only the scheduler does."""

CHORES = {
    "every-minute": ("* * * * *", CatchUp.EVERY),
    "every-other-minute": ("*/2 * * * *", CatchUp.EVERY),
    "latest-minute": ("* * * * *", CatchUp.LATEST),
}


def business_clock(started):
    return lambda: NOON + timedelta(minutes=(time.time() - started) * MINUTES_A_SECOND)


def chore(name):
    def work(transaction, business_time, _):
        say(f"begun {name}")
        for half in (1, 2):
            transaction.execute(
                effects.insert().values(
                    chore=name,
                    business_time=business_time.isoformat(),
                    half=half,
                    process=os.getpid(),
                )
            )
            time.sleep(random.uniform(0, 0.01))  # work takes its time, so that a kill may hit it
        if random.random() < STUMBLES:
            say(f"stumbled {name}")
            raise RuntimeError(name)

    cron, catch_up = CHORES[name]
    return Chore(name, cron, work, catch_up)


def say(line):
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def keep(url, started, parent):
    logging.disable()  # stumbling is part of the play
    database = Database(url)
    keeper = Housekeeper(
        [chore(name) for name in CHORES],
        (),
        database,
        business_clock(started),
        f"here:{os.getpid()}",
        look_seconds=0.02,
    )
    keeper.start()
    while os.getppid() == parent:
        time.sleep(0.05)
    os._exit(0)


def main(url, started):
    for _ in sys.stdin:
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            random.seed()
            keep(url, float(started), parent)
        say(f"started {child}")


if __name__ == "__main__":
    main(*sys.argv[1:])
