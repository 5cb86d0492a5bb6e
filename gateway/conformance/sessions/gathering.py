"""The evidence of a session, and the judgement on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gateway.conformance.errors import StandBroken, SuiteBroken
from gateway.conformance.evidence import Evidence, Message
from gateway.conformance.judge import Judgement, Line, judge, unjudged
from gateway.conformance.language import model
from gateway.conformance.sessions import journaled, repository
from gateway.conformance.sessions.errors import SuiteUnknown
from gateway.conformance.sessions.suites import Suites
from gateway.conformance.sessions.values import Session
from gateway.storage.database import Transaction

JOURNAL_DELAY = timedelta(seconds=5)
"""Within this a message that was received is in the journal."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, and what it was made of."""

    judgement: Judgement
    evidence: Evidence
    suite: model.Suite | None
    """None when the plan's own files are broken."""

    def line(self, name: str) -> Line | None:
        """Return a line by its name."""
        return next((line for line in self.judgement.lines if line.name == name), None)


def judged(transaction: Transaction, session: Session, suites: Suites, now: datetime) -> Judged:
    """Judge a session from its rows and the journal; what breaks is the stand's ERROR (GW-11)."""
    now = min(now, session.ended_at) if session.ended_at is not None else now
    own = repository.evidence_of(transaction, session)
    try:
        suite = suites.plan(session.plan)
    except SuiteBroken as error:
        return Judged(unjudged(session.plan, error, own, now), own, None)
    except SuiteUnknown:
        # The hub was updated while the session ran: its plan is shipped no more.
        gone = StandBroken(f"Плана {session.plan} у стенда больше нет, судить не по чему.")
        return Judged(unjudged(session.plan, gone, own, now), own, None)
    try:
        evidence = gathered(transaction, session, suite, own, now)
    except StandBroken as error:
        return Judged(unjudged(session.plan, error, own, now), own, suite)
    judgement = judge(suite, evidence, suites.catalog, whole_until(evidence, now))
    return Judged(judgement, _own_only(evidence, judgement), suite)


def gathered(
    transaction: Transaction,
    session: Session,
    suite: model.Suite,
    own: Evidence,
    now: datetime,
) -> Evidence:
    """Return the evidence of a session with its messages; raise TooManyMessages."""
    return replace(own, messages=_messages(transaction, session, suite, own, now))


def whole_until(evidence: Evidence, now: datetime) -> datetime:
    """Return a moment up to which the evidence is whole.

    A message on its way is journaled a little after it was received: a window that has just ended
    is not called over yet. What is recorded already is seen at once.
    """
    seen = [now - JOURNAL_DELAY]
    seen += [message.received_at + timedelta(microseconds=1) for message in evidence.messages]
    seen += _moments(evidence)
    return max(moment for moment in (*seen, now - JOURNAL_DELAY) if moment <= now)


def _messages(
    transaction: Transaction,
    session: Session,
    suite: model.Suite,
    own: Evidence,
    now: datetime,
) -> tuple[Message, ...]:
    """Return what the participant has sent since his first attempt: before, nothing is judged."""
    if not own.attempts:
        return ()
    return journaled.messages(
        transaction,
        session.participant,
        suite.services,
        max(session.started_at, min(attempt.started_at for attempt in own.attempts)),
        now,
        unidentified=any(
            isinstance(step, model.Expect) and step.unidentified
            for case in suite.cases
            for step in case.steps
        ),
    )


def _own_only(evidence: Evidence, judgement: Judgement) -> Evidence:
    """Forget messages of nobody that no step took: they may be somebody else's."""
    taken = {
        entry
        for line in judgement.lines
        for result in line.attempts
        for step in result.steps
        for entry in step.entries
    }
    kept = tuple(m for m in evidence.messages if m.sender is not None or m.entry in taken)
    return replace(evidence, messages=kept)


def _moments(evidence: Evidence) -> Iterator[datetime]:
    yield from (attempt.started_at for attempt in evidence.attempts)
    yield from (file.at for file in evidence.handed_out)
    yield from (thing.at for thing in evidence.provided)
    yield from (decision.at for decision in evidence.decisions)
    yield from (answer.at for answer in evidence.answers)
    yield from (check.at for check in evidence.preflight)
    yield from (call.answered_at or call.sent_at for call in evidence.calls)
