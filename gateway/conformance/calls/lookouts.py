"""Pre-flight by itself: the setting of a session is looked at as soon as it has begun.

What is red is looked at again: when something has happened in the session, and by and by without
that, for what was mended may be a certificate, an address, or the participant's own server. What
is green stays as it was seen. A look goes over the net, so it is made in no transaction.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from gateway.adapter import Job, JobContext, Work
from gateway.conformance import admission
from gateway.conformance.errors import SuiteBroken
from gateway.conformance.language import model
from gateway.conformance.sessions import Session, SessionDesk
from gateway.conformance.sessions.errors import SessionEnded, SuiteUnknown
from gateway.conformance.sessions.repository import Mark
from gateway.kernel.message import Contour

log = logging.getLogger(__name__)

PREFLIGHT = "test.session_preflight"
NEWS_PAUSE = timedelta(seconds=2)
"""Between two looks, whatever happens meanwhile."""
PAUSE = timedelta(minutes=1)
"""Between two looks at a session in which something has happened lately."""
LONG_PAUSE = timedelta(minutes=15)
LATELY = timedelta(hours=1)
_PAGE = 100

Look = Callable[[Contour, UUID], object]
"""Makes the checks of a session and records them; raises SessionEnded."""


class Seen(NamedTuple):
    """A session when it was last looked at."""

    mark: Mark
    at: datetime
    news_at: datetime
    """When something had happened in it, as far as is known."""


class Lookouts:
    """Looks at the setting of every session whose plan wants that, one session a piece.

    What is remembered here only spares looks; a new process begins with nothing.
    """

    def __init__(self, desk: SessionDesk, look: Look) -> None:
        """Look by `look`."""
        self._desk = desk
        self._look = look
        self._seen: dict[tuple[Contour, UUID], Seen] = {}

    def run(self, context: JobContext, _: datetime) -> bool:
        """Look at one session that is due; tell whether there may be more."""
        with context.read() as work:
            due = next(self._due(work), None)
        if due is None:
            return False
        session, seen = due
        self._seen[context.contour, session.id] = seen
        try:
            self._look(context.contour, session.id)
        except SessionEnded:
            log.info("session %s ended while its setting was looked at", session.id)
        return True

    def _due(self, work: Work) -> Iterator[tuple[Session, Seen]]:
        for session in self._open(work):
            suite = self._suite(session.plan)
            if suite is None or not suite.preflight or work.now >= session.expires_at:
                continue
            mark = self._desk.mark(work.database, session)
            seen = self._seen.get((work.contour, session.id))
            is_news = seen is None or seen.mark != mark
            news_at = work.now if seen is None or is_news else seen.news_at
            if seen is not None and not _is_time(seen, work.now, is_news=is_news):
                continue
            known = self._desk.recorded(work.database, session)
            if admission.red_checks(suite, known, work.now):
                yield session, Seen(mark, work.now, news_at)
            else:
                self._seen[work.contour, session.id] = Seen(mark, work.now, news_at)

    def _open(self, work: Work) -> Iterator[Session]:
        last = None
        while True:
            page = self._desk.listed(work.database, is_open=True, before=last, limit=_PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1].id

    def _suite(self, plan: str) -> model.Suite | None:
        try:
            return self._desk.suites.plan(plan)
        except (SuiteUnknown, SuiteBroken):
            return None  # its sessions are ERROR already


def job(lookouts: Lookouts) -> Job:
    """Return the queue that looks."""
    return Job(PREFLIGHT, lookouts.run)


def _is_time(seen: Seen, now: datetime, *, is_news: bool) -> bool:
    if is_news:
        return now >= seen.at + NEWS_PAUSE
    return now >= seen.at + (PAUSE if now < seen.news_at + LATELY else LONG_PAUSE)
