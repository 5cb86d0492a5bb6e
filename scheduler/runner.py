"""Runs the background jobs of the slices: queues when woken, timed jobs once per business time.

Any number of processes may run it on one database: a queue job claims its own pieces, a timed
run is one transaction with its row in `job_run`, unique per (job, business time).
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from typing import IO

from lxml import etree

from gateway.adapter import Job, JobContext, Rules, Work
from gateway.kernel.message import Contour, Participant
from gateway.kernel.ports import Clock
from gateway.storage.database import Transaction
from scheduler.once import Duty, Stage
from scheduler.runs import JOBS
from scheduler.timekeeper import Timekeeper

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
"""A queue looks at its work at least this often: somebody else's process may have left some."""
FAILURE_PAUSE_SECONDS = 5.0


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

    def __init__(
        self, jobs: Sequence[Job], contexts: Sequence[JobContext], clock: Clock, owner: str
    ) -> None:
        """Prepare a queue thread per queue job and contour, a timekeeper for the others."""
        self._queues = {
            (context.contour, job.name): Queue(job, context)
            for context in contexts
            for job in jobs
            if job.cron is None
        }
        self._keeper = Timekeeper(duties_of(jobs, contexts), clock, owner)

    def start(self) -> None:
        """Start the queues and the timekeeper; catch up what was missed."""
        for queue in self._queues.values():
            queue.start()
        self._keeper.start()

    def wake(self, contour: Contour, name: str) -> None:
        """Wake a queue by the name of its job."""
        queue = self._queues.get((contour, name))
        if queue is not None:
            queue.wake()

    def stop(self) -> None:
        """Stop the timekeeper, then each queue after the piece at hand."""
        self._keeper.stop()
        for queue in self._queues.values():
            queue.stop()


def duties_of(jobs: Sequence[Job], contexts: Sequence[JobContext]) -> list[Duty]:
    """Bind every timed job to the database of every contour."""
    return [
        Duty(
            name=f"{context.contour.path}/{job.name}",
            job=job.name,
            cron=job.cron,
            catch_up=job.catch_up,
            runs=JOBS,
            stage=partial(_stage, job, context),
            reading=partial(_reading, context),
            writing=partial(_writing, context),
        )
        for context in contexts
        for job in jobs
        if job.cron is not None
    ]


class Inside:
    """A `JobContext` whose transactions are parts of one that is open already."""

    def __init__(self, context: JobContext, work: Work) -> None:
        """Stand inside the transaction of `work`."""
        self._context = context
        self._work = work

    @property
    def contour(self) -> Contour:
        """The contour it works in."""
        return self._context.contour

    @property
    def rules(self) -> Rules:
        """Switches and limits of the contour."""
        return self._context.rules

    def now(self) -> datetime:
        """Return the moment at which the run began."""
        return self._work.now

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """Give the work; what fails inside is undone to here, what ends is kept with the run."""
        with self._work.database.savepoint():
            yield self._work

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Give the work: a run sees what it has written."""
        yield self._work

    def payload(self, entry: int) -> etree._Element:
        """Return the payload of a journal entry."""
        return self._context.payload(entry)

    def open_attachment(self, sha256: bytes) -> AbstractContextManager[IO[bytes]]:
        """Open a kept attachment."""
        return self._context.open_attachment(sha256)

    def everyone(self) -> Sequence[Participant]:
        """Return every participant of the directory."""
        return self._context.everyone()


@contextmanager
def _stage(job: Job, context: JobContext) -> Iterator[Stage]:
    with context.begin() as work:
        inside = Inside(context, work)
        yield Stage(work.database, lambda business_time, _: job.run(inside, business_time))


@contextmanager
def _reading(context: JobContext) -> Iterator[Transaction]:
    with context.read() as work:
        yield work.database


@contextmanager
def _writing(context: JobContext) -> Iterator[Transaction]:
    with context.begin() as work:
        yield work.database
