"""Business times: the moments of a cron line, in local time, as moments in UTC."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from gateway.kernel.ports import LOCAL

CATCH_UP = timedelta(days=32)
"""How far back a missed business time is looked for."""

_WINDOWS = (timedelta(hours=1), timedelta(days=1), timedelta(days=8), CATCH_UP)
"""A short look back finds the frequent ones without walking through thousands of minutes."""
_NEXT = timedelta(microseconds=1)


def trigger(cron: str) -> CronTrigger:
    """Return the trigger of a cron line; raise ValueError for a broken one."""
    return CronTrigger.from_crontab(cron, timezone=LOCAL)


def dues(cron: str, since: datetime, until: datetime) -> Iterator[datetime]:
    """Give the business times from `since` to `until`, both included."""
    of = trigger(cron)
    moment = of.get_next_fire_time(None, since)
    while moment is not None and moment <= until:
        yield moment.astimezone(UTC)
        moment = of.get_next_fire_time(moment, moment + _NEXT)


def last_due(cron: str, now: datetime) -> datetime | None:
    """Return the last business time at or before `now`; None if it is too long ago."""
    for window in _WINDOWS:
        last = None
        for last in dues(cron, now - window, now):  # noqa: B007 -- the last one is wanted
            pass
        if last is not None:
            return last
    return None


def dues_after(cron: str, done: datetime, now: datetime) -> Iterator[datetime]:
    """Give the business times after `done` up to `now`."""
    return dues(cron, done + _NEXT, now)


def next_due(cron: str, now: datetime) -> datetime | None:
    """Return the first business time after `now`; None if there is none."""
    moment = trigger(cron).get_next_fire_time(None, now + _NEXT)
    return None if moment is None else moment.astimezone(UTC)


def is_due(cron: str, moment: datetime) -> bool:
    """Tell whether `moment` is a business time of the clock."""
    return next(dues(cron, moment, moment), None) is not None
