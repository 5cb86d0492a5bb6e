"""The clock that makes processes look: at each business time, and now and then in between."""

import threading
from collections.abc import Sequence

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.interval import IntervalTrigger

from gateway.kernel.ports import LOCAL, Clock
from scheduler.due import trigger
from scheduler.once import Duty, look

LOOK_SECONDS = 20.0
"""How often a duty is looked at besides its business times: to retry what has failed, and to take
what a killed process has left."""


class Timekeeper:
    """Looks after the duties of one process."""

    def __init__(
        self,
        duties: Sequence[Duty],
        clock: Clock,
        owner: str,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        """Prepare; nothing runs yet."""
        self._duties = duties
        self._now = clock
        self._owner = owner
        self._look_seconds = look_seconds
        self._timer = BackgroundScheduler(timezone=LOCAL)
        self._at_it = {duty.name: threading.Lock() for duty in duties}
        self._stopped = threading.Event()

    def start(self) -> None:
        """Look at every duty now, so that what was missed is caught up, then by the clock."""
        for duty in self._duties:
            by_the_clock = [trigger(duty.cron), IntervalTrigger(seconds=self._look_seconds)]
            self._timer.add_job(
                self.look,
                OrTrigger(by_the_clock),
                args=[duty],
                id=duty.name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=2,
            )
            self._timer.add_job(self.look, args=[duty], misfire_grace_time=None)
        self._timer.start()

    def look(self, duty: Duty) -> None:
        """Run what is due of a duty, unless this process is at it already."""
        if not self._at_it[duty.name].acquire(blocking=False):
            return
        try:
            look(duty, self._now, self._owner, self._stopped.is_set)
        finally:
            self._at_it[duty.name].release()

    def stop(self) -> None:
        """End after the runs at hand."""
        self._stopped.set()
        if self._timer.running:
            self._timer.shutdown()
