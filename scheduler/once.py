"""Once per business time, however many processes look and whichever of them is killed.

Claim, effect and end of a run are one transaction of the database in which the effect lies. There
is no moment at which one of them is there without the others, so nothing has to be taken back or
guessed after a crash: whoever looks next finds the business time done, or not begun.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from typing import NamedTuple

from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import Clock
from gateway.storage.database import Transaction
from scheduler.due import dues, dues_after, is_due, last_due
from scheduler.job import CatchUp
from scheduler.runs import Attempt, RunLine, Runs

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)
"""Pause after the first failure of a run; it doubles with each further one."""
LONGEST_RETRY = timedelta(hours=1)
AT_A_LOOK = 1000
"""Missed business times that one look goes through."""
_DOUBLINGS = 10


class Outcome(Enum):
    """What came of an attempt."""

    DONE = "done"
    TAKEN = "taken"
    """Somebody has done it or is at it."""
    FAILED = "failed"


class Stage(NamedTuple):
    """An open transaction and the effect that belongs into it."""

    transaction: Transaction
    effect: Callable[[datetime, datetime], object]
    """Called with the business time and the present moment."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A timed job together with the database that keeps its effect and its record."""

    name: str
    """As the operator knows it; unique in the hub."""
    job: str
    """As it is recorded; unique in its database."""
    cron: str
    catch_up: CatchUp
    runs: Runs
    stage: Callable[[], AbstractContextManager[Stage]]
    """Opens the transaction of a run; it commits when the block ends."""
    reading: Callable[[], AbstractContextManager[Transaction]]
    writing: Callable[[], AbstractContextManager[Transaction]]


def look(
    duty: Duty, clock: Clock, owner: str, stopped: Callable[[], bool] = lambda: False
) -> list[datetime]:
    """Run what is due and return the business times done, the oldest first."""
    done: list[datetime] = []
    coalesced = duty.catch_up is CatchUp.LATEST
    for moment in pending(duty, clock(), owner):
        if stopped() or run(duty, moment, clock, owner, coalesced=coalesced) is not Outcome.DONE:
            break
        done.append(moment)
    return done


def pending(duty: Duty, now: datetime, owner: str) -> list[datetime]:
    """Return the business times that should be run now, the oldest first."""
    latest = last_due(duty.cron, now)
    if duty.catch_up is CatchUp.LATEST:
        missed: Iterable[datetime] = [] if latest is None else [latest]
    else:
        missed = _every(duty, latest, now, owner)
    with duty.reading() as transaction:
        lines = [
            (moment, duty.runs.find(transaction, duty.job, moment))
            for moment in islice(missed, AT_A_LOOK)
        ]
    waiting = []
    for moment, line in lines:
        if line is not None and line.finished_at is not None:
            continue
        if line is not None and now < retry_at(line):
            break
        waiting.append(moment)
    return waiting


def run(
    duty: Duty, business_time: datetime, clock: Clock, owner: str, *, coalesced: bool = False
) -> Outcome:
    """Try to run a business time; a failure is recorded, never raised.

    A business time that is not of the clock is recorded as one that somebody asked for. A
    `coalesced` one is taken for done once a later one is. Raises only when the failure cannot be
    recorded: then the database is away.
    """
    attempt = attempt_of(duty.job, duty.cron, business_time, owner, clock())
    try:
        with duty.stage() as (transaction, effect):
            if not duty.runs.take(transaction, attempt, unless_later=coalesced):
                return Outcome.TAKEN
            effect(business_time, attempt.started_at)
            duty.runs.finish(transaction, attempt, clock())
    except Exception as error:
        log.exception("%s of %s failed", duty.name, business_time.isoformat())
        with duty.writing() as transaction:
            duty.runs.fail(transaction, attempt, reason_of(error), clock())
        return Outcome.FAILED
    return Outcome.DONE


def attempt_of(job: str, cron: str, business_time: datetime, owner: str, now: datetime) -> Attempt:
    """Return the attempt at a business time."""
    return Attempt(job, business_time, owner, now, planned=is_due(cron, business_time))


def reason_of(error: Exception) -> str:
    """Name an error without the data in its text; our own errors say nothing personal."""
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, GatewayError) else name


def retry_at(line: RunLine) -> datetime:
    """Return when a run that failed may be tried again; one that did not fail, at once."""
    if line.failed_at is None:
        return line.started_at
    doublings = min(line.failures - 1, _DOUBLINGS)
    return line.failed_at + min(RETRY * (1 << doublings), LONGEST_RETRY)


def _every(duty: Duty, latest: datetime | None, now: datetime, owner: str) -> Iterable[datetime]:
    """Give the business times after the last one done; a new job begins with the latest."""
    with duty.reading() as transaction:
        finished = duty.runs.last_finished(transaction, duty.job)
        opened = duty.runs.first_open(transaction, duty.job)
    if finished is not None:
        return dues_after(duty.cron, finished.business_time, now)
    if opened is not None:
        return dues(duty.cron, opened.business_time, now)
    if latest is None:
        return []
    with duty.writing() as transaction:
        duty.runs.begin(transaction, Attempt(duty.job, latest, owner, now, planned=True))
    return [latest]
