"""JOB-01 and JOB-02: at 23:00 a day is closed, five seconds later its meals are taken off accounts.

The timed jobs only note what is due; the queue debits, the earliest day first, so many classes a
piece. A piece is one transaction: debits, entries of the ledger, balances and the mark of progress
are there together or not at all, so a process may be killed at any moment (MEAL-DEB-03, 04).
"""

import logging
from datetime import datetime, timedelta

from adapters.meals.repository import days, debits
from adapters.meals.repository.classes import next_piece
from adapters.meals.times import cut_off
from gateway.adapter import JobContext
from registry.calendar import local_date

GRACE = timedelta(seconds=5)
"""What an operation that began before 23:00 is given to end (JOB-02 is at 23:00:05)."""

log = logging.getLogger(__name__)


def lock_day(context: JobContext, business_time: datetime) -> bool:
    """Close the requests of the day (JOB-01, MEAL-CLS-08); services look at the clock besides."""
    day = local_date(business_time)
    with context.begin() as work:
        locked = days.lock(work.database, day, work.now)
    log.info("%d requests of %s locked", locked, day)
    return False


def plan_debit(context: JobContext, business_time: datetime) -> bool:
    """Note that the day is to be debited (JOB-02); every missed day is noted, too."""
    day = local_date(business_time)
    with context.begin() as work:
        debits.plan(work.database, day, cut_off(day) + GRACE)
    return False


def debit(context: JobContext, now: datetime) -> bool:
    """Do one piece of the earliest day that is due; False when nothing is."""
    with context.read() as work:
        waiting = debits.next_day(work.database)
    if waiting is None or now < waiting.due_at:
        return False
    with context.begin() as work:
        if not debits.hold(work.database, waiting.day, waiting.after):
            return True
        piece = next_piece(work.database, waiting.after, context.rules.batch_lines)
        lines = debits.debit(work.database, waiting.day, piece, work.identifiers(), work.now)
        if piece.is_last:
            debits.finish(work.database, waiting.day, work.now)
    log.info("%d meals of %s debited, up to class %s", lines, waiting.day, piece.upto)
    if piece.is_last:
        log.info("the meals of %s are debited", waiting.day)
    return True
