"""A script that starts deliverers: one process for each line it reads, whose number it prints.

They are forked, so that a killed one is replaced at once: `deliverer_process.py DATABASE PORT`.
"""

import os
import random
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta

from gateway.delivery import Breaker, Deliverer, Pace, Patience, mail
from gateway.delivery.mail import MailChannel, Relay, Security
from gateway.storage import outbox
from gateway.storage.database import Database

SOON = timedelta(milliseconds=100)
PACE = Pace(lease=timedelta(seconds=1), poll_seconds=0.05, failure_pause_seconds=0.1)


def deliver(url: str, port: str, stopped: threading.Event) -> None:
    channel = MailChannel(Relay("127.0.0.1", int(port), Security.NONE, timeout_seconds=5))
    deliverer = Deliverer(
        Database(url),
        outbox.CONTOUR,
        {mail.MAIL: channel},
        lambda: datetime.now(UTC),
        random.random,
        "deliverer",
        pace=PACE,
        patience=Patience(delays=(SOON,)),
        breaker=Breaker(pause=SOON, longest=SOON),
    )
    deliverer.start()
    stopped.wait()
    deliverer.stop()


def main(url: str, port: str) -> None:
    """Start deliverers until the input ends, then end those that are left; print their codes."""
    stopped = threading.Event()
    # Before the fork: a deliverer that is ended at once ends in order.
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    children = []
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            random.seed()
            deliver(url, port, stopped)
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
