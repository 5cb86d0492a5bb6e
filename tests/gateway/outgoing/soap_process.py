"""A script that starts deliverers of messages: one process for each line it reads.

They are forked, so that a killed one is replaced at once: `soap_process.py DATABASE URL`.
"""

import os
import random
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta

from postal import CONTRACT, Postal, Slice

from gateway.delivery import Breaker, Pace, Patience
from gateway.kernel.message import Contour
from gateway.storage.database import Database
from registry.endpoints import Endpoint
from registry.kinds import Network

SOON = timedelta(milliseconds=100)
PACE = Pace(lease=timedelta(seconds=1), poll_seconds=0.05, failure_pause_seconds=0.1)


def deliver(url: str, service: str, stopped: threading.Event) -> None:
    postal = Postal(Database(url), lambda: datetime.now(UTC), Slice())
    family = CONTRACT.rpartition("/")[0]
    postal.place = Endpoint(family, Contour.TEST, service, Network.INTERNET, "1.0")
    deliverer = postal.deliverer(
        pace=PACE,
        patience=Patience(delays=(SOON,)),
        breaker=Breaker(pause=SOON, longest=SOON),
    )
    deliverer.start()
    stopped.wait()
    deliverer.stop()


def main(url: str, service: str) -> None:
    """Start deliverers until the input ends, then end those that are left; print their codes."""
    stopped = threading.Event()
    # Before the fork: a deliverer that is ended at once ends in order.
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    children = []
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            random.seed()
            deliver(url, service, stopped)
            os._exit(0)
        children.append(child)
        say(child)
    for child in children:
        os.kill(child, signal.SIGTERM)  # one that was killed is a zombie of ours: no stranger's
    for child in children:
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def say(number: int) -> None:
    os.write(sys.stdout.fileno(), f"{number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
