"""The desk of sessions: everything that may happen to one, each in the caller's transaction.

How a session stands is never kept: `judged` computes it from rows and the journal, so a process
may die at any moment and nothing is lost but time.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from gateway.adapter import LedgerFactory
from gateway.conformance import prepare
from gateway.conformance.coverage import Covered, coverage
from gateway.conformance.evidence import Decision as Decided
from gateway.conformance.evidence import Evidence, HandedOut, OwnCall, Preflight
from gateway.conformance.judge import Judgement, Line
from gateway.conformance.language import model
from gateway.conformance.language.template import Choose, Sources
from gateway.conformance.outcome import masked
from gateway.conformance.sessions import (
    ends,
    errors,
    journaled,
    moves,
    opening,
    proofs,
    repository,
    told,
)
from gateway.conformance.sessions.frozen import Finished
from gateway.conformance.sessions.gathering import Judged, judged
from gateway.conformance.sessions.moves import HubState
from gateway.conformance.sessions.repository import Mark
from gateway.conformance.sessions.suites import Suites
from gateway.conformance.sessions.values import (
    Call,
    CallDue,
    Decision,
    Difference,
    Due,
    NewSession,
    Review,
    Session,
    Shown,
)
from gateway.kernel.errors import DuplicateConflict
from gateway.kernel.message import Contour, Participant
from gateway.kernel.ports import Calendar, Identifiers
from gateway.storage.database import Transaction
from gateway.storage.journal import name_of
from gateway.trial_data import Preparation, TestData

SESSION_LASTS = timedelta(days=14)
MOST_OPEN = 20
"""Open sessions of one participant."""
MOST_ATTEMPTS = 100
"""At one line."""
PURGED_AFTER = timedelta(days=1)
"""How long after its end a session keeps its test data: registries may still be processed."""
MOST_PURGED = 500
"""Sessions at a time."""
_MOST_MOVES = 50
"""In a row: after each the judge is asked again."""


class SessionDesk:
    """Sessions of one hub."""

    def __init__(
        self,
        suites: Suites,
        test_data: Sequence[TestData],
        participants: Callable[[Contour, str], Participant | None],
        identifiers: Identifiers,
        choose: Choose,
        calendar: Calendar,
        ledger: LedgerFactory,
    ) -> None:
        """Work with these suites; `test_data` is what the slices give, `choose` is randomness."""
        self.suites = suites
        self._test_data = tuple(test_data)
        self._participants = participants
        self._identifiers = identifiers
        self._choose = choose
        self._calendar = calendar
        self._ledger = ledger
        self._state = HubState(self._test_data)
        self.begun = 0
        """Sessions that were begun at this desk, committed or not: a sign to look again."""

    # A participant begins.

    def start(self, transaction: Transaction, new: NewSession, now: datetime) -> Session:
        """Begin a session with prepared test data; the same request gets the same session.

        Raises SuiteUnknown, SuiteBroken, ParameterRefused, StandUnprepared, TooMuch,
        DuplicateConflict, NotFound.
        """
        known = repository.by_request(transaction, new.participant, new.request_id)
        if known is not None:
            if not opening.is_same(known, new):
                raise DuplicateConflict
            return known
        suite = self.suites.named(new.suite)
        who = self._participants(new.contour, new.participant)
        if who is None:
            raise errors.SessionUnknown("Такого участника нет.")
        mine = repository.listed(
            transaction, participant=who.code, is_open=True, limit=MOST_OPEN + 1
        )
        if sum(now < session.expires_at for session in mine) >= MOST_OPEN:
            raise errors.TooMuch("Слишком много незавершённых сеансов.")
        entered = opening.entered(suite, new)
        preparation = Preparation(
            participant=who,
            wanted=opening.wanted_of(suite),
            given={},
            now=now,
            calendar=self._calendar,
            ledger=self._ledger(transaction),
            identifiers=self._identifiers,
            choose=self._choose,
        )
        given = opening.prepared(
            transaction, suite, preparation, self._test_data, self.suites.catalog
        )
        session = Session(
            id=self._identifiers(),
            request_id=new.request_id,
            participant=who.code,
            plan=suite.plan,
            suite=suite.code,
            digest=suite.digest,
            onboarding_case=new.onboarding_case,
            contour=new.contour,
            endpoint_url=new.endpoint_url,
            system_version=new.system_version,
            rehearsal=new.rehearsal,
            entered=entered,
            params={**given, **entered},
            started_at=now,
            expires_at=now + SESSION_LASTS,
        )
        repository.add(transaction, session)
        self.begun += 1
        return session

    def find(
        self, transaction: Transaction, session_id: UUID, participant: str | None = None
    ) -> Session:
        """Return a session, to a participant only his own; raise SessionUnknown."""
        session = repository.find(transaction, session_id)
        if session is None or participant not in {None, session.participant}:
            raise errors.SessionUnknown
        return session

    def listed(
        self,
        transaction: Transaction,
        *,
        participant: str | None = None,
        plan: str | None = None,
        is_open: bool | None = None,
        before: UUID | None = None,
        limit: int = 50,
    ) -> list[Session]:
        """Return sessions, newest first; `before` is the last one of the page before."""
        return repository.listed(
            transaction,
            participant=participant,
            plan=plan,
            is_open=is_open,
            before=before,
            limit=limit,
        )

    # How it stands.

    def judged(self, transaction: Transaction, session: Session, now: datetime) -> Judgement:
        """Say how a session stands; changes nothing and remembers nothing."""
        return self.evidence(transaction, session, now).judgement

    def evidence(self, transaction: Transaction, session: Session, now: datetime) -> Judged:
        """Return the judgement with what it was made of."""
        return judged(transaction, session, self.suites, now)

    def recorded(self, transaction: Transaction, session: Session) -> Evidence:
        """Return what was recorded in a session, without its messages and without a judgement."""
        return repository.evidence_of(transaction, session)

    def coverage(
        self, transaction: Transaction, session: Session, now: datetime
    ) -> tuple[Covered, ...]:
        """Return the table requirement, lines, verdict; raise SuiteBroken."""
        suite = self.suites.plan(session.plan)
        return coverage(suite, self.judged(transaction, session, now))

    def shown(self, transaction: Transaction, session: Session, now: datetime) -> tuple[Shown, ...]:
        """Return the messages that the steps of a session took, personal data hidden (SEC-10)."""
        found = self.evidence(transaction, session, now)
        messages = {message.entry: message for message in found.evidence.messages}
        return tuple(
            Shown(
                line=line.name,
                step=step.id,
                entry=name_of(entry),
                received_at=messages[entry].received_at,
                http_status=messages[entry].http_status,
                code=messages[entry].code,
                request=masked(messages[entry].request),
                reply=masked(messages[entry].reply),
            )
            for line in found.judgement.lines
            for step in line.steps
            for entry in step.entries
        )

    def mark(self, transaction: Transaction, session: Session) -> Mark:
        """Return what changes whenever something has happened in a session; cheap."""
        return (
            journaled.count(transaction, session.participant, session.started_at),
            repository.count_attempts(transaction, session.id),
        )

    def due(self, transaction: Transaction, session: Session, now: datetime) -> Due:
        """Say whether `advance` has anything to do now, and when time alone may change that."""
        found = self.evidence(transaction, session, now)
        is_news = told.is_news(transaction, session.id, found.judgement)
        is_now = moves.any_due(found, now) or is_news
        return Due(is_now, min(session.expires_at, moves.next_end(found, now)))

    # What happens in it.

    def advance(self, transaction: Transaction, session: Session, now: datetime) -> Judgement:
        """Make the stand's moves that need only the database; return how the session then stands.

        Files are filled in, the hub is asked for its state, and verdicts that are other than
        those told last are written down. Calls of the participant are for `calls_due`.
        """
        return self._advanced(transaction, session, now).judgement

    def _advanced(self, transaction: Transaction, session: Session, now: datetime) -> Judged:
        found = self.evidence(transaction, session, now)
        if not session.is_open:
            return found
        for _ in range(_MOST_MOVES):
            if not moves.make(transaction, session, found, self._state, self._sources(now)):
                break
            found = self.evidence(transaction, session, now)
        told.tell(transaction, session.id, found.judgement)
        return found

    def new_attempt(
        self, transaction: Transaction, session: Session, line: str, now: datetime
    ) -> Judged:
        """Begin the next attempt at a line; the earlier ones stay in the protocol.

        Raises SessionEnded, LineUnknown, TooMuch, SuiteBroken.
        """
        _open(session, now)
        suite = self.suites.plan(session.plan)
        case, row = _row(suite, line)
        evidence = repository.evidence_of(transaction, session)
        attempt = prepare.begin(suite, case, row, evidence, self._sources(now))
        if attempt.number > MOST_ATTEMPTS:
            raise errors.TooMuch
        repository.add_attempt(transaction, session.id, attempt)
        return self._advanced(transaction, session, now)

    def hand_out(
        self, transaction: Transaction, session: Session, line: str, now: datetime
    ) -> HandedOut:
        """Return the prepared file of the last attempt at a line, always the same bytes.

        Raises LineUnknown, NothingToHandOut, SuiteBroken.
        """
        _row(self.suites.plan(session.plan), line)
        found = self._advanced(transaction, session, now)
        file = _last_file(found.evidence, found.line(line))
        if file is None:
            raise errors.NothingToHandOut
        return file

    def provide(
        self,
        transaction: Transaction,
        session: Session,
        line: str,
        step: str,
        content: bytes,
        by: str,
        now: datetime,
    ) -> None:
        """Keep what a step asks to be shown, by its content.

        Raises SessionEnded, LineUnknown, NothingToProvide, EvidenceRefused, TooMuch.
        """
        _open(session, now)
        found = self.evidence(transaction, session, now)
        proofs.provide(transaction, session, found, line, step, content, by, now)

    def calls_due(
        self, transaction: Transaction, session: Session, now: datetime
    ) -> tuple[CallDue, ...]:
        """Return the calls of the participant that the judge waits for."""
        if not session.is_open:
            return ()
        return tuple(moves.calls_due(self.evidence(transaction, session, now)))

    def record_call(
        self, transaction: Transaction, session: Session, line: str, step: str, made: Call
    ) -> None:
        """Record a call of ours for the last attempt at a line; only the first one counts.

        Raises SessionEnded, LineUnknown.
        """
        if not session.is_open:
            raise errors.SessionEnded
        suite = self.suites.plan(session.plan)
        case, row = _row(suite, line)
        evidence = repository.evidence_of(transaction, session)
        place = moves.last_place(evidence, case, row, step, model.Call)
        if place is None:
            raise errors.LineUnknown
        number = 1 + sum(known.place == place for known in evidence.calls)
        call = OwnCall(
            place,
            made.sent_at,
            made.answered_at,
            made.request,
            made.http_status,
            made.reply,
            made.trouble,
            made.ours,
            made.signature,
        )
        repository.add_call(transaction, session.id, number, call)

    def record_preflight(
        self, transaction: Transaction, session: Session, checks: Sequence[Preflight]
    ) -> None:
        """Record checks that are other than before; never a verdict. Raises SessionEnded."""
        if not session.is_open:
            raise errors.SessionEnded
        known: dict[str, list[Preflight]] = {}
        for check in repository.evidence_of(transaction, session).preflight:
            known.setdefault(check.name, []).append(check)
        for check in checks:
            before = known.setdefault(check.name, [])
            last = max(before, key=lambda one: one.at, default=None)
            if last is None or (last.green, last.text) != (check.green, check.text):
                before.append(check)
                repository.add_preflight(transaction, session.id, len(before), check)

    # Testers.

    def reviews(self, transaction: Transaction, now: datetime, limit: int = 100) -> list[Review]:
        """Return the steps of all open sessions that wait for a tester, oldest first."""
        return proofs.reviews(transaction, self.suites, now, limit)

    def decide(
        self,
        transaction: Transaction,
        session: Session,
        line: str,
        step: str,
        decision: Decision,
        now: datetime,
    ) -> None:
        """Write down what a named tester decided, and why; the first decision stands.

        Raises SessionEnded, LineUnknown, ReviewNotWaiting, DecisionIncomplete.
        """
        _open(session, now)
        found = self.evidence(transaction, session, now)
        place = proofs.waiting_for_tester(found, line, step)
        tester, reason = decision.tester.strip(), decision.reason.strip()
        if not tester or not reason:
            raise errors.DecisionIncomplete
        decided = Decided(place, now, tester, decision.accepted, reason)
        repository.add_decision(transaction, session.id, decided)

    # The end.

    def cancel(
        self, transaction: Transaction, session: Session, now: datetime, comment: str | None = None
    ) -> Session:
        """End a session without a result; what was recorded stays. Raises SessionEnded."""
        if not session.is_open:
            raise errors.SessionEnded
        repository.end(transaction, session.id, repository.Ending.CANCELLED, now, comment)
        return self.find(transaction, session.id)

    def finish(
        self,
        transaction: Transaction,
        session: Session,
        now: datetime,
        *,
        force: bool = False,
        comment: str | None = None,
    ) -> Finished:
        """Freeze how a session stands; finished before, return what was frozen then.

        `force` finishes it though mandatory lines are not decided. Raises MandatoryPending,
        SessionEnded, StandBroken (our own fault is frozen into nobody's protocol).
        """
        known = ends.finished(transaction, session)
        if known is not None:
            return known
        _open(session, now)
        found = self._advanced(transaction, session, now)
        return ends.finish(transaction, session, found, now, force=force, comment=comment)

    def finished(self, transaction: Transaction, session: Session) -> Finished | None:
        """Return what a session was frozen as; None when it was not."""
        return ends.finished(transaction, session)

    def expire(self, transaction: Transaction, now: datetime) -> list[Session]:
        """End the sessions whose time is over; return them (JOB-21)."""
        over = repository.overdue(transaction, now)
        for session in over:
            repository.end(transaction, session.id, repository.Ending.EXPIRED, now, None)
        return over

    def purge(self, transaction: Transaction, now: datetime) -> int:
        """Remove what the slices had made for sessions that are over; return how many (JOB-21).

        The journal, what was recorded in the sessions and what was frozen stay.
        """
        over = repository.unpurged(transaction, now - PURGED_AFTER, MOST_PURGED)
        given = [
            {name: value for name, value in session.params.items() if name not in session.entered}
            for session in over
        ]
        if over:
            for data in self._test_data:
                data.purge(transaction, given)
            repository.note_purged(transaction, over, now)
        return len(over)

    def rejudge(
        self, transaction: Transaction, plans: Sequence[str], now: datetime
    ) -> list[Difference]:
        """List lines of stored sessions that today's rules judge otherwise; change nothing."""
        return ends.rejudge(transaction, self.suites, plans, now)

    def _sources(self, now: datetime) -> Sources:
        return Sources(now, self._identifiers, self._choose)


def _open(session: Session, now: datetime) -> None:
    if not session.is_open or now >= session.expires_at:
        raise errors.SessionEnded


def _row(suite: model.Suite, line: str) -> tuple[model.Case, model.Row]:
    for case in suite.cases:
        for row in case.rows:
            if line == (f"{case.code}/{row.number}" if row.number else case.code):
                return case, row
    raise errors.LineUnknown


def _last_file(evidence: Evidence, line: Line | None) -> HandedOut | None:
    if line is None or not line.attempts:
        return None
    attempt = line.attempts[-1].attempt
    files = [
        file
        for file in evidence.handed_out
        if file.place[:3] == (attempt.case, attempt.row, attempt.number)
    ]
    return max(files, key=lambda file: file.at, default=None)
