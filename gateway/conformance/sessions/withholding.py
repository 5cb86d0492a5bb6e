"""Answers that the stand keeps back: only those that a case says, one message a step (GW-11).

Whether an answer is kept back is decided in the transaction that journals the message, by the
judge himself, and is recorded there: a killed hub has either done it or knows nothing of it. A
hub for which no session with such a case runs looks once a second at the sessions and at nothing
else. A session that another process has begun is met within that second; an answer that was
given meanwhile is the stand's ERROR, never the participant's.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gateway.conformance.errors import StandBroken, SuiteBroken
from gateway.conformance.evidence import Evidence, Message, Place, Withheld
from gateway.conformance.judge import Judgement, judge
from gateway.conformance.language import model
from gateway.conformance.sessions import journaled, models, repository
from gateway.conformance.sessions.desk import SessionDesk
from gateway.conformance.sessions.errors import SuiteUnknown
from gateway.conformance.sessions.gathering import gathered
from gateway.conformance.sessions.values import Session
from gateway.kernel.ports import Clock
from gateway.storage.database import Transaction, is_race
from gateway.storage.journal import Entry

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=1)
_TICK = timedelta(microseconds=1)


class Step(NamedTuple):
    """A step of a suite that keeps its answer back."""

    case: model.Case
    step: model.Expect

    @property
    def until(self) -> timedelta:
        """How long after the beginning of an attempt its message may come, at the most."""
        earlier = takewhile(lambda step: step.id != self.step.id, self.case.steps)
        windows = (
            getattr(step, "within", None) or getattr(step, "timeout", None) for step in earlier
        )
        return sum(filter(None, windows), self.step.within)


class Withholder:
    """A `Withhold` of the test contour; called by its writer alone."""

    def __init__(self, desk: SessionDesk, clock: Clock) -> None:
        """Watch the sessions of a desk."""
        self._desk = desk
        self._clock = clock
        self._watched: frozenset[str] = frozenset()
        self._again_at: datetime | None = None
        self._begun = -1

    def __call__(self, transaction: Transaction, entries: Sequence[Entry]) -> Collection[int]:
        """Return the entries whose answers are kept back; record them."""
        now = self._clock()
        if self._again_at is None or now >= self._again_at or self._begun != self._desk.begun:
            self._look(transaction, now)
        if not self._watched:
            return ()
        return [
            entry.entry
            for entry in entries
            if entry.sender in self._watched and self._is_kept_back(transaction, entry)
        ]

    def _look(self, transaction: Transaction, now: datetime) -> None:
        self._begun = self._desk.begun
        self._again_at = now + LOOK_EVERY
        self._watched = frozenset(
            participant
            for participant, plan in _running(transaction, now)
            if _steps(self._suite(plan))
        )

    def _is_kept_back(self, transaction: Transaction, entry: Entry) -> bool:
        """Ask the judge; a stand that cannot tell answers as ever, and the judge tells of it."""
        try:
            found = self._places(transaction, entry)
            rows = [(number, *place, entry.entry, entry.received_at) for number, place in found]
            if rows:
                with transaction.savepoint():
                    transaction.insert_new(models.withheld, _COLUMNS, rows)
        except Exception as error:
            if is_race(error):
                raise
            log.exception("answers cannot be kept back")
            return False
        return bool(rows)

    def _places(self, transaction: Transaction, entry: Entry) -> Iterator[tuple[UUID, Place]]:
        message = journaled.message_of(entry)
        sender = entry.sender or ""
        for session in repository.listed(transaction, participant=sender, is_open=True):
            suite = self._suite(session.plan)
            if suite is not None and entry.received_at < session.expires_at:
                for place in self._taken(transaction, session, suite, message):
                    yield session.id, place

    def _taken(
        self, transaction: Transaction, session: Session, suite: model.Suite, message: Message
    ) -> Iterator[Place]:
        """Give the places whose steps take the message, were its answer kept back."""
        if not suite.is_about(message.service):
            return
        steps = [step for step in _steps(suite) if step.step.operation in {"*", message.operation}]
        if not steps or not _is_awaited(transaction, session, steps, message.received_at):
            return
        own = repository.evidence_of(transaction, session)
        waiting = set(_waiting(own, steps))
        if not waiting:
            return
        try:
            evidence = gathered(transaction, session, suite, own, message.received_at + _TICK)
        except StandBroken as trouble:
            log.error("session %s: %s", session.id, trouble.text)  # noqa: TRY400 -- said, not traced
            return
        tried = replace(
            evidence,
            messages=(*evidence.messages, message),
            withheld=(
                *evidence.withheld,
                *(Withheld(place, message.entry, message.received_at) for place in waiting),
            ),
        )
        judgement = judge(suite, tried, self._desk.suites.catalog, message.received_at + _TICK)
        yield from sorted(waiting & set(_places_of(judgement, message.entry)))

    def _suite(self, plan: str) -> model.Suite | None:
        try:
            return self._desk.suites.plan(plan)
        except (SuiteUnknown, SuiteBroken):
            return None  # its sessions are ERROR already


_COLUMNS = ("session", "case_code", "data_row", "attempt", "step", "entry", "at")


def _running(transaction: Transaction, now: datetime) -> list[tuple[str, str]]:
    """Return who is in the middle of which plan."""
    session, ending = models.session, models.ending
    found = (
        sa.select(session.c.participant, session.c.plan)
        .outerjoin(ending, ending.c.session == session.c.id)
        .where(session.c.expires_at > now, ending.c.kind.is_(None))
        .distinct()
    )
    return [(row.participant, row.plan) for row in transaction.execute(found)]


def _is_awaited(
    transaction: Transaction, session: Session, steps: Sequence[Step], now: datetime
) -> bool:
    """Tell whether an attempt runs in which such a step may still be met; cheap."""
    attempt = models.attempt.c
    begun = [
        sa.and_(attempt.case_code == step.case.code, attempt.started_at > now - step.until)
        for step in steps
    ]
    asked = sa.select(attempt.number).where(attempt.session == session.id, sa.or_(*begun)).limit(1)
    return transaction.execute(asked).first() is not None


def _steps(suite: model.Suite | None) -> tuple[Step, ...]:
    if suite is None:
        return ()
    return tuple(
        Step(case, step)
        for case in suite.cases
        for step in case.steps
        if isinstance(step, model.Expect) and step.reply is not None and step.reply.drop
    )


def _waiting(own: Evidence, steps: Sequence[Step]) -> Iterator[Place]:
    kept = {each.place for each in own.withheld}
    for attempt in own.attempts:
        for step in steps:
            place = Place(attempt.case, attempt.row, attempt.number, step.step.id)
            if step.case.code == attempt.case and place not in kept:
                yield place


def _places_of(judgement: Judgement, entry: int) -> Iterator[Place]:
    for line in judgement.lines:
        for result in line.attempts:
            for step in result.steps:
                if entry in step.entries:
                    yield Place(line.case.code, line.row.number, result.attempt.number, step.id)
