"""How a session is closed: its evidence is frozen in the contour, then its protocol is drawn up.

In this order, each in a transaction of its own: the protocol is made of what was frozen. A process
that dies between the two leaves a frozen session without a protocol; asked again, or by its job,
the hub draws up the same one (ADR 0014, ADR 0018).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from gateway.adapter import Job, JobContext
from gateway.conformance.sessions import accounts, repository
from gateway.conformance.sessions.desk import SessionDesk
from gateway.conformance.sessions.frozen import Finished
from gateway.kernel.message import Contour
from gateway.storage.database import Database
from registry.counter import changed
from registry.onboarding import trials
from registry.onboarding.desk import Desk
from registry.onboarding.trials import Trial

DRAW_UP = "test.session_protocol"
ACTOR = "стенд испытаний"
_LOOKED_BACK = timedelta(days=30)
"""How long ago a session may have ended that still waits for its protocol."""


class Closed(NamedTuple):
    """What a session ended with."""

    finished: Finished
    trial: Trial | None
    """What its case was told; None without a case, and of a rehearsal."""


@dataclass(frozen=True)
class Closing:
    """Closes the sessions of one contour."""

    contour: Database
    registry: Database
    sessions: SessionDesk
    desk: Desk

    def finish(
        self,
        session_id: UUID,
        participant: str,
        now: datetime,
        *,
        force: bool = False,
        comment: str | None = None,
    ) -> Closed:
        """Freeze how a session stands and draw up its protocol; closed before, tell it again.

        Raises SessionUnknown, SessionEnded, MandatoryPending, StandBroken, TemporaryUnavailable.
        """
        finished = changed(
            self.contour,
            lambda transaction: self.sessions.finish(
                transaction,
                self.sessions.find(transaction, session_id, participant),
                now,
                force=force,
                comment=comment,
            ),
        )
        return Closed(finished, self._tell_the_case(finished, now))

    def draw_up_missing(self, now: datetime) -> None:
        """Draw up the protocols that a death of a process has left out."""
        with self.contour.reading() as transaction:
            ended = repository.ended_for_cases(transaction, now - _LOOKED_BACK)
        with self.registry.reading() as transaction:
            waiting = set(ended) - trials.entered(transaction, ended)
        for session_id in sorted(waiting):
            with self.contour.reading() as transaction:
                session = self.sessions.find(transaction, session_id)
                finished = self.sessions.finished(transaction, session)
            if finished is not None:
                self._tell_the_case(finished, now)

    def _tell_the_case(self, finished: Finished, now: datetime) -> Trial | None:
        trial = accounts.trial_of(finished)
        if trial is None:
            return None
        account = accounts.account_of(finished)
        return changed(
            self.registry,
            lambda transaction: self.desk.enter_trial(transaction, trial, account, now, ACTOR),
        )


def job(closing: Callable[[Contour], Closing]) -> Job:
    """Return the background work that looks for protocols not drawn up."""

    def draw_up(context: JobContext, now: datetime) -> bool:
        closing(context.contour).draw_up_missing(now)
        return False

    return Job(DRAW_UP, draw_up, cron="*/5 * * * *")
