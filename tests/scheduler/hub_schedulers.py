"""A script that starts schedulers with the hub's own chores: one process for each line it reads.

`hub_schedulers.py URL STARTED` with STARTED in seconds since 1970: from then on a day of the hub's
clock takes a quarter of a second.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from gateway.delivery.mail import Sender
from gateway.storage.database import Database
from registry.calendar import ProductionCalendar
from registry.notices import Board
from registry.notices.operator import CalendarNews
from registry.onboarding.desk import Desk
from registry.onboarding.ports import Unwired
from scheduler import housekeeping
from scheduler.housekeeping import Housekeeper

BEGINNING = datetime(2026, 11, 24, 7, tzinfo=UTC)
DAYS_A_SECOND = 4
OPERATOR = "CITTO"
CALENDAR = ProductionCalendar(
    year for year in ProductionCalendar.load().years if year.year <= BEGINNING.year
)
"""The next year is missing: in December the operator hears of it."""


def business_clock(started):
    return lambda: BEGINNING + timedelta(days=(time.time() - started) * DAYS_A_SECOND)


def chores():
    board = Board(uuid4, lambda *_: (), Sender("hub@example.ru", "Узел"))
    desk = Desk(CALENDAR, uuid4, Unwired(), board, OPERATOR)
    return (
        housekeeping.check_the_calendar(CALENDAR, CalendarNews(board, OPERATOR)),
        housekeeping.tell_of_certificates(board),
        housekeeping.go_live(desk),
        housekeeping.flag_deadlines(desk),
    )


def keep(url, started, parent):
    keeper = Housekeeper(
        chores(),
        (),
        Database(url),
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
            keep(url, float(started), parent)
        os.write(sys.stdout.fileno(), f"started {child}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
