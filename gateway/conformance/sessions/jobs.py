"""Background work on sessions: the stand's own moves, and sessions whose time is over (JOB-21)."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from gateway.adapter import Job, JobContext, Work
from gateway.conformance.sessions.desk import MOST_PURGED, SessionDesk
from gateway.conformance.sessions.gathering import JOURNAL_DELAY
from gateway.conformance.sessions.repository import Mark
from gateway.conformance.sessions.values import Session
from gateway.kernel.message import Contour

ADVANCE = "test.session_advance"
EXPIRE = "test.session_expire"
_PAGE = 100


class Seen(NamedTuple):
    """What a session was like when it was last looked at."""

    mark: Mark
    since: datetime
    """When this mark was first met."""
    again_at: datetime
    """When time alone may change it."""


class Advancer:
    """Goes through the open sessions of a contour and makes the stand's moves.

    A session that nothing has happened to is passed over; what is remembered for that only saves
    work, and a new process begins with nothing.
    """

    def __init__(self, desk: SessionDesk) -> None:
        """Work at a desk."""
        self._desk = desk
        self._seen: dict[tuple[Contour, UUID], Seen] = {}

    def run(self, context: JobContext, now: datetime) -> bool:
        """Advance each open session that wants it, each in a transaction of its own."""
        last = None
        while True:
            with context.read() as work:
                page = self._desk.listed(work.database, is_open=True, before=last, limit=_PAGE)
                wanting = [session for session in page if self._wants(work, session, now)]
            for session in wanting:
                with context.begin() as work:
                    self._desk.advance(work.database, session, now)
            if len(page) < _PAGE:
                return False
            last = page[-1].id

    def _wants(self, work: Work, session: Session, now: datetime) -> bool:
        key = (work.contour, session.id)
        mark = self._desk.mark(work.database, session)
        seen = self._seen.get(key)
        if seen is not None and seen.mark == mark and now < seen.again_at:
            return False
        due = self._desk.due(work.database, session, now)
        since = seen.since if seen is not None and seen.mark == mark else now
        # The mark counts what came after `now`, too, and nobody has judged that yet.
        settled_at = since + JOURNAL_DELAY
        again_at = due.again_at if now >= settled_at else min(due.again_at, settled_at)
        # A move may have to be made again: a question that the hub answered with «not yet».
        self._seen[key] = Seen(mark, since, now if due.now else again_at)
        return due.now


def jobs(desk: SessionDesk) -> tuple[Job, ...]:
    """Return the background work of a desk."""

    def expire(context: JobContext, _: datetime) -> bool:
        with context.begin() as work:
            desk.expire(work.database, work.now)
            while desk.purge(work.database, work.now) == MOST_PURGED:
                pass
        return False

    return (
        Job(ADVANCE, Advancer(desk).run),
        Job(EXPIRE, expire, cron="17 * * * *"),
    )
