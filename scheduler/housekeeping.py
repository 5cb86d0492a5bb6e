"""Work by the clock that belongs to the hub itself and to no contour: chores and routines.

Its record lies in the registry's database. A chore is plugged in where the hub is put together
(`gateway.bootstrap.Hub.chores`), one line each.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from gateway.kernel.ports import LOCAL, Clock
from gateway.security.certificates import CertificateReader
from gateway.security.revocation import Fetch
from gateway.storage.database import Database, Transaction
from registry import evidence, notices
from registry.calendar import ProductionCalendar, calendar_check
from registry.calendar.check import Post
from registry.notices import Board
from registry.onboarding import responsible
from registry.onboarding.desk import Desk
from scheduler.due import last_due, trigger
from scheduler.job import Chore, Routine
from scheduler.once import Duty, Outcome, Stage, attempt_of, reason_of
from scheduler.runs import CHORES
from scheduler.timekeeper import LOOK_SECONDS, Timekeeper

log = logging.getLogger(__name__)


def keep_the_record() -> Chore:
    """Forget runs that are long over."""
    return Chore(
        "runs.retention", "40 4 * * *", lambda transaction, _, now: CHORES.forget(transaction, now)
    )


def check_the_calendar(calendar: ProductionCalendar, post: Post) -> Chore:
    """Tell the operator every morning while the next year is missing in December (JOB-22)."""
    return Chore(
        "calendar.check",
        "0 9 * * *",
        lambda transaction, _, now: calendar_check(transaction, calendar, now, post),
    )


def tell_of_certificates(board: Board) -> Chore:
    """Tell participants of certificates that will end (JOB-19).

    Nothing has to end the use of those that have expired: `gateway.security.path` holds every chain
    against the moment of each message, and a chain that is remembered only until its first end.
    """
    return Chore(
        "certificate.expiry",
        "0 7 * * *",
        lambda transaction, _, now: notices.write_notices(transaction, now, board),
    )


def go_live(desk: Desk) -> Chore:
    """Take into operation whose act's date has come (JOB-18)."""
    return Chore(
        "onboarding.go_live",
        "0 * * * *",
        lambda transaction, _, now: desk.go_live(transaction, now),
    )


def flag_deadlines(desk: Desk) -> Chore:
    """Flag and tell the terms of cases and of responsible persons (JOB-11)."""

    def flag(transaction: Transaction, _: datetime, now: datetime) -> None:
        responsible.overdue(transaction, now, desk.notices)
        desk.overdue(transaction, now)

    return Chore("onboarding.deadlines", "0,30 * * * *", flag)


def watch_certificates(registry: Database, fetch: Fetch, reader: CertificateReader) -> Routine:
    """Ask issuers about revocation."""
    return Routine(
        "certificate-revocation",
        "*/10 * * * *",
        lambda now: evidence.refresh(registry, fetch, reader, now),
    )


def duty_of(chore: Chore, registry: Database) -> Duty:
    """Bind a chore to the registry's database."""
    return Duty(
        name=chore.name,
        job=chore.name,
        cron=chore.cron,
        catch_up=chore.catch_up,
        runs=CHORES,
        stage=partial(_stage, registry, chore.run),
        reading=registry.reading,
        writing=registry.writing,
    )


def run_routine(
    routine: Routine, registry: Database, business_time: datetime, clock: Clock, owner: str
) -> Outcome:
    """Do a routine and record how it went; a failure is recorded, never raised."""
    attempt = attempt_of(routine.name, routine.cron, business_time, owner, clock())
    try:
        routine.run(attempt.started_at)
    except Exception as error:
        log.exception("%s failed", routine.name)
        with registry.writing() as transaction:
            CHORES.fail(transaction, attempt, reason_of(error), clock())
        return Outcome.FAILED
    with registry.writing() as transaction:
        # Another process may have done the same at the same time; the first one's record stays.
        if CHORES.take(transaction, attempt):
            CHORES.finish(transaction, attempt, clock())
    return Outcome.DONE


class Housekeeper:
    """Does chores and routines in the process that runs the jobs of the contours."""

    def __init__(
        self,
        chores: Sequence[Chore],
        routines: Sequence[Routine],
        registry: Database,
        clock: Clock,
        owner: str,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        """Prepare; nothing runs yet."""
        duties = [duty_of(chore, registry) for chore in chores]
        self._keeper = Timekeeper(duties, clock, owner, look_seconds)
        self._routines = routines
        self._registry = registry
        self._now = clock
        self._owner = owner
        self._timer = BackgroundScheduler(timezone=LOCAL)

    def start(self) -> None:
        """Catch up what was missed, do every routine now, then go by the clock."""
        self._keeper.start()
        for routine in self._routines:
            self._timer.add_job(
                self.run,
                trigger(routine.cron),
                args=[routine],
                id=routine.name,
                coalesce=True,
                misfire_grace_time=None,
            )
            self._timer.add_job(self.run, args=[routine])
        self._timer.start()

    def run(self, routine: Routine) -> None:
        """Do a routine; one that fails is tried again at its next time."""
        now = self._now()
        business_time = last_due(routine.cron, now) or now
        run_routine(routine, self._registry, business_time, self._now, self._owner)

    def stop(self) -> None:
        """End after what is at hand."""
        self._keeper.stop()
        if self._timer.running:
            self._timer.shutdown()


@contextmanager
def _stage(
    registry: Database, effect: Callable[[Transaction, datetime, datetime], object]
) -> Iterator[Stage]:
    with registry.writing() as transaction:
        yield Stage(transaction, partial(effect, transaction))
