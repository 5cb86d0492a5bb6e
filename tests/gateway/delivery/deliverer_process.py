"""A deliverer as a process, to be killed: `deliverer_process.py DATABASE RELAY_PORT`."""

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


def main(url: str, port: str) -> None:
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
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


if __name__ == "__main__":
    main(*sys.argv[1:])
