"""Runs the background jobs of the slices: queues when woken, timed jobs once per business time.

Any number of processes may run it on one database: a queue job claims its own pieces, a timed
run is a row in `job_run`, unique per (job, business time).
"""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from gateway.adapter import Job, JobContext
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from scheduler import job as runs

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
"""A queue looks at its work at least this often: somebody else's process may have left some."""
FAILURE_PAUSE_SECONDS = 5.0
CATCH_UP = timedelta(days=8)
"""How far back a missed run is looked for."""


class Queue(threading.Thread):
    """One queue job of one contour: works while there is work, then sleeps until woken."""

    def __init__(self, job: Job, context: JobContext) -> None:
        """Prepare the thread."""
        super().__init__(name=f"{context.contour.path}-{job.name}", daemon=True)
        self._job = job
        self._context = context
        self._work = threading.Event()
        self._stopped = threading.Event()

    def wake(self) -> None:
        """Look at the work now."""
        self._work.set()

    def stop(self) -> None:
        """End after the piece at hand."""
        self._stopped.set()
        self._work.set()
        self.join()

    def run(self) -> None:
        """Do piece after piece."""
        while not self._stopped.is_set():
            self._work.clear()
            if not self._one_piece():
                self._work.wait(IDLE_SECONDS)

    def _one_piece(self) -> bool:
        try:
            return self._job.run(self._context, self._context.now())
        except Exception:
            log.exception("job %s failed", self._job.name)
            self._stopped.wait(FAILURE_PAUSE_SECONDS)
            return False


class Runner:
    """All jobs of one process."""

    def __init__(self, jobs: Sequence[Job], contexts: Sequence[JobContext], owner: str) -> None:
        """Prepare a queue thread per queue job and contour, a timer for the others."""
        self._queues = {
            (context.contour, job.name): Queue(job, context)
            for context in contexts
            for job in jobs
            if job.cron is None
        }
        self._timed = [(job, context) for context in contexts for job in jobs if job.cron]
        self._owner = owner
        self._clock = BackgroundScheduler(timezone=LOCAL)

    def start(self) -> None:
        """Start the queues and the timer; catch up what was missed."""
        for queue in self._queues.values():
            queue.start()
        for job, context in self._timed:
            self._clock.add_job(
                self.run_due,
                trigger(job),
                args=[job, context],
                id=f"{context.contour.path}-{job.name}",
                coalesce=True,
                misfire_grace_time=None,
            )
            self._clock.add_job(self.run_due, args=[job, context])
        self._clock.start()

    def wake(self, contour: Contour, name: str) -> None:
        """Wake a queue by the name of its job."""
        queue = self._queues.get((contour, name))
        if queue is not None:
            queue.wake()

    def run_due(self, job: Job, context: JobContext) -> None:
        """Run a timed job for its last business time, unless that was done or is being done."""
        moment = last_due(job, context.now())
        if moment is None or not self._claim(job, context, moment):
            return
        try:
            job.run(context, moment)
        except Exception:
            log.exception("job %s of %s failed", job.name, moment.isoformat())
            with context.begin() as work:
                runs.give_up(work.database, job.name, moment)
        else:
            with context.begin() as work:
                runs.finish(work.database, job.name, moment, work.now)

    def _claim(self, job: Job, context: JobContext, moment: datetime) -> bool:
        with context.begin() as work:
            return runs.claim(work.database, job.name, moment, self._owner, work.now)

    def stop(self) -> None:
        """Stop the timer, then each queue after the piece at hand."""
        if self._clock.running:
            self._clock.shutdown()
        for queue in self._queues.values():
            queue.stop()


def trigger(job: Job) -> CronTrigger:
    """Return the trigger of a timed job, in local time."""
    return CronTrigger.from_crontab(job.cron, timezone=LOCAL)


def last_due(job: Job, now: datetime) -> datetime | None:
    """Return the last moment at or before `now` at which the job was due."""
    due = None
    moment = trigger(job).get_next_fire_time(None, now - CATCH_UP)
    while moment is not None and moment <= now:
        due = moment
        moment = trigger(job).get_next_fire_time(moment, moment + timedelta(seconds=1))
    return due
