"""JOB-03, the freeze: at 00:00 of the fifth working day before a meal its choice stands.

The timed job only notes which days are due; the queue freezes them, so many classes a piece. A
piece is one transaction with its mark of progress, so a process may be killed at any moment.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from adapters.meals.repository import accounts, freezing
from adapters.meals.repository.classes import next_piece
from gateway.adapter import JobContext
from gateway.kernel.ports import Calendar
from registry.calendar import freeze_moment, local_date, start_of

_DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def days_frozen_at(calendar: Calendar, today: date) -> Iterator[date]:
    """Give the days whose choice is frozen at 00:00 of `today` (CAL-09): several, one or none.

    Raises CalendarMissing.
    """
    day, moment = today + _DAY, start_of(today)
    while (frozen := freeze_moment(calendar, day)) <= moment:
        if frozen == moment:
            yield day
        day += _DAY


def plan_freezing(context: JobContext, business_time: datetime) -> bool:
    """Note the days that freeze today; let accounts follow the bindings that begin today."""
    today = local_date(business_time)
    with context.begin() as work:
        for day in days_frozen_at(work.calendar, today):
            freezing.plan(work.database, day)
        changed = accounts.follow_all(work.database, today)
    log.info("%d accounts follow the classes and bindings of %s", changed, today)
    return False


def freeze(context: JobContext, _: datetime) -> bool:
    """Do one piece of the earliest day that is due; False when nothing is."""
    with context.read() as work:
        waiting = freezing.next_day(work.database)
    if waiting is None:
        return False
    day, after = waiting
    with context.begin() as work:
        if not freezing.hold(work.database, day, after):
            return True
        piece = next_piece(work.database, after, context.rules.batch_lines)
        freezing.freeze(work.database, day, piece, work.now)
        if piece.is_last:
            freezing.finish(work.database, day, work.now)
            log.info("the choice of %s is frozen", day)
    return True
