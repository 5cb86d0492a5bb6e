"""The stand's own calls: from what a judgement wants to what a session has recorded.

Whoever asks for a call (RunCase) only wakes the queue `CALL`. The judge is asked in one
transaction, the call is made in none, and its record is another. A call that was made and not
recorded is wanted again, and is then the same message (`caller`).
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gateway.adapter import Job, JobContext
from gateway.conformance import prepare
from gateway.conformance.calls.address import named
from gateway.conformance.calls.caller import Call, Caller, Order
from gateway.conformance.calls.errors import CannotSign, EndpointNotNamed
from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Evidence, Place
from gateway.conformance.judge import Judgement
from gateway.conformance.language import model
from gateway.conformance.sessions import SessionDesk
from gateway.conformance.sessions import values as recorded
from gateway.conformance.sessions.values import line_name
from gateway.conformance.steps import Wanted
from gateway.contracts.catalog import Catalog
from gateway.kernel.message import Contour
from gateway.wire.errors import EndpointForbidden
from registry.endpoints import Registered

log = logging.getLogger(__name__)

CALL = "test.session_call"
REFUSED_PAUSE = timedelta(minutes=1)
"""How long a call that may not be made is not tried again."""
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Due:
    """A call that a session waits for."""

    session: UUID
    suite: model.Suite
    wanted: Wanted
    evidence: Evidence


class Rounds:
    """Makes due calls, one a piece: a silent participant holds only the queue, never a database."""

    def __init__(
        self,
        desk: SessionDesk,
        callers: Callable[[Contour], Caller],
        registered: Callable[[str], Iterable[Registered]],
    ) -> None:
        """Call by `callers` where `registered` tells of a participant's endpoints as they stand."""
        self._desk = desk
        self._callers = callers
        self._registered = registered
        self._refused: dict[tuple[UUID, Place], datetime] = {}

    def run(self, context: JobContext, _: datetime) -> bool:
        """Make one call that is due; tell whether there may be more."""
        due = self._next(context)
        if due is None:
            return False
        made = self._made(due, context)
        if made is not None:
            self._record(due, made, context)
        return True

    def _next(self, context: JobContext) -> Due | None:
        if not any(map(_calls_participants, self._desk.suites.all())):
            return None
        now, last = context.now(), None
        self._refused = {key: until for key, until in self._refused.items() if now < until}
        while True:
            with context.read() as work:
                page = self._desk.listed(work.database, is_open=True, before=last, limit=_PAGE)
                for session in filter(self._is_of_calls, page):
                    found = self._desk.evidence(work.database, session, now)
                    for wanted in wanted_calls(found.judgement):
                        if found.suite and (session.id, wanted.place) not in self._refused:
                            return Due(session.id, found.suite, wanted, found.evidence)
            if len(page) < _PAGE:
                return None
            last = page[-1].id

    def _is_of_calls(self, session: recorded.Session) -> bool:
        """Tell whether a session's plan calls anybody; of one that is broken the judge tells."""
        suites = self._desk.suites.all()
        return any(s.plan == session.plan and _calls_participants(s) for s in suites)

    def _made(self, due: Due, context: JobContext) -> Call | None:
        """Call; None when it may not be made: that is a matter of pre-flight, never a verdict."""
        caller = self._callers(context.contour)
        try:
            ordered = order(
                due,
                self._registered(due.evidence.participant),
                context.contour,
                self._desk.suites.catalog,
            )
            return caller.call(ordered)
        except (EndpointNotNamed, EndpointForbidden) as refusal:
            log.warning("session %s, %s: %s", due.session, due.wanted.place, refusal.code)
            self._refused[due.session, due.wanted.place] = context.now() + REFUSED_PAUSE
            return None
        except (CannotSign, StandBroken) as trouble:
            log.error("session %s, %s: %s", due.session, due.wanted.place, trouble.text)  # noqa: TRY400
            return _stands_fault(due, trouble.text, context.now())

    def _record(self, due: Due, made: Call, context: JobContext) -> None:
        """Record a call that is still wanted: meanwhile another attempt may have begun."""
        with context.begin() as work:
            session = self._desk.find(work.database, due.session)
            judgement = self._desk.judged(work.database, session, context.now())
            if due.wanted.place not in {wanted.place for wanted in wanted_calls(judgement)}:
                log.warning("session %s wants %s no more", due.session, due.wanted.place)
                return
            place, seen = due.wanted.place, made.evidence
            self._desk.record_call(
                work.database,
                session,
                line_name(place.case, place.row),
                place.step,
                recorded.Call(
                    seen.sent_at,
                    seen.answered_at,
                    seen.request,
                    seen.http_status,
                    seen.reply,
                    seen.trouble,
                    seen.ours,
                    seen.signature,
                ),
            )
            self._desk.advance(work.database, session, context.now())


def job(rounds: Rounds) -> Job:
    """Return the queue that makes the calls."""
    return Job(CALL, rounds.run)


def wanted_calls(judgement: Judgement) -> Iterator[Wanted]:
    """Return the moves of the stand that are calls; each is wanted until it is recorded."""
    for line in judgement.lines:
        for step in line.steps:
            if step.wanted is not None and isinstance(step.wanted.step, model.Call):
                yield step.wanted


def order(due: Due, registered: Iterable[Registered], contour: Contour, catalog: Catalog) -> Order:
    """Return what to send and where; raise EndpointNotNamed, StandBroken.

    The address in the parameters of the session only chooses among those that the registry names.
    """
    step = due.wanted.step
    if not isinstance(step, model.Call):
        raise TypeError(step)
    url = due.evidence.params.get(step.to.part or "", "")
    return Order(
        session=due.session,
        place=due.wanted.place,
        participant=due.evidence.participant,
        endpoint=named(url, registered, contour),
        operation=step.operation,
        soap_action=_action(due.suite, step, catalog),
        payload=prepare.fill(due.suite, due.wanted.place, step.body, due.evidence),
        timeout=step.timeout,
    )


def _calls_participants(suite: model.Suite) -> bool:
    return any(isinstance(step, model.Call) for case in suite.cases for step in case.steps)


def _action(suite: model.Suite, step: model.Call, catalog: Catalog) -> str:
    """Return the action that the contract publishes; the name where there is no contract yet."""
    contract = catalog.contracts.get(suite.format)
    operations = contract.operations if contract else ()
    actions = [found.soap_action for found in operations if found.name == step.operation]
    return actions[0] if actions else step.operation


def _stands_fault(due: Due, text: str, now: datetime) -> Call:
    return Call(
        place=due.wanted.place,
        url="",
        message_id=due.session,
        sent_at=now,
        answered_at=None,
        request=b"",
        trouble=text,
        ours=True,
    )
