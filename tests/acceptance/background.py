"""The background work of a hub on a clock that a test moves: what its scheduler would do, when."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gateway.bootstrap import Hub
from gateway.kernel.message import Contour
from scheduler.due import dues
from scheduler.job import CatchUp
from scheduler.once import look
from scheduler.runner import duties_of

OWNER = "test"


class Background:
    """The timed jobs and queues of every slice, in the test contour."""

    def __init__(self, hub: Hub, clock: Any) -> None:
        """Take the jobs as the hub has put them together."""
        jobs = [job for adapter in hub.adapters for job in adapter.jobs]
        contexts = [context for context in hub.job_contexts if context.contour is Contour.TEST]
        self._clock = clock
        self._duties = duties_of(jobs, contexts)
        self._queues = [(job, context) for job in jobs if job.cron is None for context in contexts]

    def until(self, moment: datetime) -> None:
        """Let time pass, with a stop at each business time that must not be missed."""
        for stop in sorted(set(self._stops(moment))):
            self._clock.now = stop
            self.work()
        self._clock.now = moment
        self.work()

    def work(self) -> None:
        """Do what is due at this moment, then what the queues hold; nothing may fail."""
        for duty in self._duties:
            look(duty, self._clock, OWNER)
            with duty.reading() as transaction:
                assert not duty.runs.failed(transaction, duty.job), duty.name
        while sum(job.run(context, self._clock()) for job, context in self._queues):
            pass

    def _stops(self, moment: datetime) -> Iterator[datetime]:
        for duty in self._duties:
            if duty.catch_up is CatchUp.EVERY:
                yield from dues(duty.cron, self._clock(), moment)
