"""JOB-05 and JOB-06: what a class teacher is reminded of, and what was never asked for.

A meal whose time no schedule tells has no deadline.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from adapters.meals.repository import days, feed
from adapters.meals.repository.days import Unprinted
from adapters.meals.repository.feed import Told
from adapters.meals.times import PRINT_BEFORE, REMIND_BEFORE, meal_start
from gateway.adapter import JobContext
from registry.calendar import local_date

log = logging.getLogger(__name__)


def watch_print(context: JobContext, business_time: datetime) -> bool:
    """Tell teachers of requests to print: at T-90 minutes, and at T-60 that it is late (NOT-15).

    Nothing is ordered on a day without meals, so nobody is told of one. Each is told once.
    """
    day = local_date(business_time)
    with context.begin() as work:
        waiting = days.unprinted(work.database, day)
        feed.add_notices(work.database, list(_due(waiting, day, business_time)), work.now)
    return False


def report_unformed(context: JobContext, business_time: datetime) -> bool:
    """List the classes that had orders and no request: nothing is debited for them (JOB-06)."""
    day = local_date(business_time)
    with context.begin() as work:
        found = days.add_unformed(work.database, day, work.now)
    if found:
        log.warning("%d classes formed no request for %s", found, day)
    return False


def _due(waiting: Sequence[Unprinted], day: date, now: datetime) -> Iterator[Told]:
    for meal in waiting:
        if meal.start is None:
            continue
        start = meal_start(day, meal.start)
        if now >= start - PRINT_BEFORE:
            yield Told("PRINT_OVERDUE", day, class_code=meal.class_code, meal_type=meal.meal_type)
        elif now >= start - REMIND_BEFORE:
            yield Told("PRINT_SOON", day, class_code=meal.class_code, meal_type=meal.meal_type)
