"""Work by the clock that belongs to the hub itself: what it keeps of trust, the journal's roots.

Each chore may run in any number of processes at once: a notice is unique in its table, so is the
root of a day, a responder's answer replaces an older one. So there is no record of runs and no
lease; what was missed is done by the next run.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from gateway.kernel.ports import LOCAL, Clock
from gateway.security.certificates import CertificateReader
from gateway.security.revocation import Fetch
from gateway.storage.database import Database
from registry import evidence, notices
from registry.notices import Board

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """One kind of work: run at the start, then by `cron` in local time."""

    name: str
    cron: str
    run: Callable[[datetime], object]
    """Called with the present moment."""


def chores(
    registry: Database, fetch: Fetch, reader: CertificateReader, board: Board
) -> tuple[Chore, ...]:
    """Name what has to be done for certificates."""
    return (
        Chore(
            "certificate-revocation",
            "*/10 * * * *",
            lambda now: evidence.refresh(registry, fetch, reader, now),
        ),
        Chore(
            "certificate-notices",
            "5 0,6,12,18 * * *",
            lambda now: notices.write_notices(registry, now, board),
        ),
    )


class Housekeeper:
    """Runs chores in the process that runs the jobs of the contours."""

    def __init__(self, chores: Sequence[Chore], clock: Clock) -> None:
        """Prepare; nothing runs yet."""
        self._chores = chores
        self._now = clock
        self._timer = BackgroundScheduler(timezone=LOCAL)

    def start(self) -> None:
        """Do every chore now and then by its clock."""
        for chore in self._chores:
            self._timer.add_job(
                self.run,
                CronTrigger.from_crontab(chore.cron, timezone=LOCAL),
                args=[chore],
                id=chore.name,
                coalesce=True,
                misfire_grace_time=None,
            )
            self._timer.add_job(self.run, args=[chore])
        self._timer.start()

    def run(self, chore: Chore) -> None:
        """Do a chore; one that fails is tried again at its next time."""
        try:
            chore.run(self._now())
        except Exception:
            log.exception("chore %s failed", chore.name)

    def stop(self) -> None:
        """End after what is at hand."""
        if self._timer.running:
            self._timer.shutdown()
