"""The connection desk: opens cases, takes them on, lets participants in by what was signed.

Every function works in the transaction that it is given; history, terms, document, notice, access
and change log are one commit. Steps of all cases come one after another: the registry's version is
the lock. What a caller repeats under its key has its first result, marked as a duplicate.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa

from gateway.kernel.ports import LOCAL, Calendar, Identifiers
from gateway.storage.database import Transaction
from registry.change import Change, change_of, hold
from registry.notices.codes import NoticeCode
from registry.notices.operator import operator_code
from registry.onboarding import (
    access,
    cases,
    deadlines,
    effects,
    engine,
    errors,
    facts,
    models,
    particulars,
    trials,
)
from registry.onboarding.cases import CaseView, Done
from registry.onboarding.deadlines import Flag
from registry.onboarding.engine import Transition
from registry.onboarding.facts import Facts
from registry.onboarding.machines import MACHINES
from registry.onboarding.ports import DocumentDesk, NoticeBoard
from registry.onboarding.table import NEW, CaseKind, Doc, Effect, Row, Situation, Who
from registry.onboarding.telling import Told
from registry.onboarding.trials import Account, Ground, Suites, Trial
from registry.participants import ParticipantKind

_NEEDS_JOINING = frozenset({CaseKind.REG, CaseKind.ORG_INT, CaseKind.ORG_ARM, CaseKind.BANK})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does a step, and in whose name."""

    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class StepData:
    """What comes with a step."""

    facts: Mapping[str, object] = field(default_factory=dict)
    """By the names of `registry.onboarding.facts.FACTS`; as text, or typed."""
    comment: str | None = None
    document_id: UUID | None = None
    """A document that the step brings: an application, a letter."""
    key: str | None = None
    """The sender's name of the request (requestId)."""


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """What opens a case: its first step."""

    participant: str
    kind: CaseKind
    step: str
    """`submit_join`, `continue_joined` or the first step of the machine."""
    data: StepData = StepData()


@dataclass(frozen=True)
class Desk:
    """The desk with what it asks of others."""

    calendar: Calendar
    identifiers: Identifiers
    documents: DocumentDesk
    notices: NoticeBoard
    operator: str
    """Code of the operator, should it not be in the registry yet."""
    suites: Suites = trials.suites_of
    """The suites that a case has to pass."""

    def open_case(
        self, transaction: Transaction, request: CaseRequest, now: datetime, actor: Actor
    ) -> CaseView:
        """Open a case by its first step.

        Raises ParticipantUnknown, NotApplicable, JoinRequired, DuplicateConflict, and whatever the
        step itself raises.
        """
        change = change_of(transaction, now, actor.name, request.participant)
        machine = MACHINES[request.kind]
        key, digest = request.data.key, _digest(request.kind.value, request.step, request.data)
        if key is not None:
            known = cases.recall(transaction, request.participant, key, digest)
            if known is not None:
                return cases.read(transaction, known, duplicate=True)
        _check_applicable(machine.participants, change, request)
        _check_joined(transaction, request, now)
        case_id = self.identifiers()
        number = cases.next_number(transaction, machine, now)
        cases.open_row(transaction, case_id, number, request.kind, request.participant, now)
        case = cases.read(transaction, case_id)
        return self._do(change, case, request.step, request.data, actor, digest)

    def advance(
        self,
        transaction: Transaction,
        case_id: UUID,
        step: str,
        data: StepData,
        now: datetime,
        actor: Actor,
    ) -> CaseView:
        """Take a case on by one step, and by the steps of the hub itself that become due by it.

        Raises CaseUnknown, IllegalTransition, NotAllowed, FactInvalid, SnilsInvalid, GuardFailed,
        DuplicateConflict, CalendarMissing, DocumentsUnwired.
        """
        code = cases.participant_of(transaction, case_id)
        change = change_of(transaction, now, actor.name, code)
        digest = _digest(str(case_id), step, data)
        if data.key is not None:
            known = cases.recall(transaction, code, data.key, digest)
            if known is not None:
                return cases.read(transaction, known, duplicate=True)
        return self._do(change, cases.read(transaction, case_id), step, data, actor, digest)

    def enter_trial(
        self, transaction: Transaction, trial: Trial, account: Account, now: datetime, actor: str
    ) -> Trial:
        """Draw up the protocol of a finished session and enter it for its case (SVC-17).

        Entered before, it stays as it is. A protocol of a session that did not open the gate says
        so, and no step rests on it. Raises CaseUnknown, DocumentsUnwired.
        """
        change = change_of(transaction, now, actor, trial.participant)
        known = trials.of_session(transaction, trial.session)
        if known is not None:
            return known
        case = cases.read(transaction, trial.case_id)
        document_id = None
        if case.kind in trials.PROTOCOLS:
            document_id = self.documents.draw_up_protocol(transaction, case, trial, account, now)
        told = replace(trial, document_id=document_id)
        trials.enter(transaction, told)
        change.log(f"trial {case.number}", None, trial.suite, trial.frozen)
        return told

    def view(self, transaction: Transaction, case_id: UUID) -> CaseView:
        """Return a case as it stands; raise CaseUnknown."""
        return cases.read(transaction, case_id)

    def overdue(self, transaction: Transaction, now: datetime) -> list[Flag]:
        """Flag every deadline that has come to half, to its last day, to its end (JOB-11).

        Each threshold of a deadline is flagged and told once, however often this runs. All terms
        of the tables are the operator's, or the owner's whose decisions it brings: it is told.
        """
        hold(transaction)
        flags = deadlines.sweep(transaction, now)
        for flag in flags:
            self.notices.post(
                transaction,
                flag.threshold.notice,
                operator_code(transaction, self.operator, now),
                flag.event,
                flag.facts,
                now,
                ref=str(flag.case_id),
            )
        return flags

    def go_live(self, transaction: Transaction, now: datetime) -> list[CaseView]:
        """Take into operation whose act's date has come (JOB-18); return these cases."""
        hold(transaction)
        actor = Actor("go-live", Who.SCHEDULER)
        waiting = [cases.read(transaction, one) for one in cases.to_go_live(transaction)]
        return [
            self.advance(transaction, case.id, "go_live", StepData(), now, actor)
            for case in waiting
            if self._is_ripe(transaction, case, now)
        ]

    def _do(
        self,
        change: Change,
        case: CaseView,
        step: str,
        data: StepData,
        actor: Actor,
        digest: bytes,
    ) -> CaseView:
        transaction, now = change.transaction, change.now
        given = facts.read(data.facts)
        ground = self._ground(transaction, case, now)
        situation = self._situation(change, case, given, ground)
        machine = MACHINES[case.kind]
        transition = engine.step(
            machine, case.state, step, actor.who, given, situation, self.calendar
        )
        row = transition.row
        if row.rests_on_trials:
            sessions = "; ".join(str(one.session) for one in ground.trials)
            transition = replace(transition, facts={**transition.facts, "session": sessions})
        document_id = data.document_id
        if row.draws is not None:
            drawn = self.documents.draw_up(
                transaction, row.draws, case, situation.facts, ground.trials, now
            )
            document_id = drawn or data.document_id
        elif row.signs is not None:
            document_id = case.document(row.signs)
        self._record(change, case, transition, data, document_id, actor)
        particulars.keep(change, given, actor.name, case.number)
        self._take_effect(change, case, transition, situation.facts, actor)
        if data.key is not None:
            cases.remember(
                transaction, case.participant, data.key, digest, case.id, case.seq + 1, now
            )
        done = cases.read(transaction, case.id)
        self._tell(change, done, row, transition.facts, document_id)
        if self._is_ripe(transaction, done, now):
            hub = Actor(actor.name, Who.SCHEDULER)
            return self._do(change, done, "go_live", StepData(), hub, b"")
        return done

    def _ground(self, transaction: Transaction, case: CaseView, now: datetime) -> Ground:
        """Return the sessions that a step of the case may rest on now."""
        counted = trials.counting(case, trials.of_case(transaction, case.id))
        return trials.ground(counted, self.suites(case.kind, case.facts), now)

    def _situation(self, change: Change, case: CaseView, given: Facts, ground: Ground) -> Situation:
        transaction = change.transaction
        drawn = {doc: found for doc in Doc if (found := case.document(doc)) is not None}
        return Situation(
            participant_kind=ParticipantKind(change.kind),
            facts={**case.facts, **given},
            now=change.now,
            is_joined=access.standing_of(transaction, case.participant, change.now).is_joined,
            has_organizer=cases.has_organizer(transaction, case.participant),
            is_admitted=cases.is_admitted(transaction, case.id),
            untried=ground.missing,
            signed=frozenset(
                doc
                for doc, document_id in drawn.items()
                if self.documents.is_signed(transaction, document_id)
            ),
        )

    def _record(
        self,
        change: Change,
        case: CaseView,
        transition: Transition,
        data: StepData,
        document_id: UUID | None,
        actor: Actor,
    ) -> None:
        row, transaction = transition.row, change.transaction
        doc_type = row.document
        if document_id is None:
            doc_type = None
        done = Done(
            row.id,
            row.step,
            transition.before,
            transition.after,
            change.now,
            actor.name,
            actor.who.name,
            data.comment,
            doc_type,
            document_id,
            row.notice.kind.number,
            transition.facts,
        )
        cases.record(transaction, case, transition.kind, done)
        if transition.moves:
            for running in case.deadlines:
                deadlines.settle(transaction, running, change.now)
            cases.run_deadlines(transaction, case, transition.deadlines, change.now)
        before = None if case.state == NEW else case.state
        change.log(f"case {case.number}", before, transition.after, data.comment)

    def _take_effect(
        self,
        change: Change,
        case: CaseView,
        transition: Transition,
        known: Facts,
        actor: Actor,
    ) -> None:
        """Change what access follows from, and nothing else does."""
        basis = str(known.get("reason") or case.number)
        match transition.row.effect:
            case None:
                return
            case Effect.JOINS:
                effects.join(change, case, known, actor.name)
            case Effect.ADMITS:
                effects.admit(change, case, known, self.identifiers())
            case Effect.ENDS_ADMISSION:
                access.end_admission(change, case.id)
            case Effect.SIGNS_ACT:
                effects.enter_act(change, case, transition.row, known)
            case Effect.GOES_LIVE:
                change.insert(models.commissioning, case_id=case.id, at=change.now)
            case Effect.SUSPENDS:
                access.suspend(change, basis, case.id)
            case Effect.RESUMES:
                access.resume(change, case.id)
            case Effect.DISCONNECTS:
                self._disconnect(change, case, basis, actor)
            case Effect.ENDS:
                access.end_all(change, case.id)
        access.settle_state(change, f"{case.number}: {transition.row.step}")

    def _disconnect(self, change: Change, case: CaseView, basis: str, actor: Actor) -> None:
        """End everything that let the participant in; its other running cases end too."""
        access.end_all(change)
        effects.enter_disconnection(change, case, basis)
        running = {state for machine in MACHINES.values() for state in machine.operational}
        others = cases.of_participant(change.transaction, change.code, {*running, "SUSPENDED"})
        for other in others:
            if other != case.id:
                view = cases.read(change.transaction, other)
                row = MACHINES[view.kind].index[view.state, "disconnect"]
                reason: Facts = {"reason": basis}
                moved = Transition(row, view.kind, view.state, row.after, reason, ())
                self._record(change, view, moved, StepData(), None, actor)
                effects.enter_disconnection(change, view, basis)
                ended = cases.read(change.transaction, other)
                self._tell(change, ended, row, reason, None)

    def _is_ripe(self, transaction: Transaction, case: CaseView, now: datetime) -> bool:
        """Tell whether the hub itself has to take the case into operation."""
        if (case.state, "go_live") not in MACHINES[case.kind].index:
            return False
        table = models.signed_act
        query = sa.select(table.c.effective_on).where(
            table.c.case_id == case.id, table.c.ended_at.is_(None)
        )
        effective_on: date | None = transaction.execute(query).scalar_one_or_none()
        return effective_on is not None and effective_on <= now.astimezone(LOCAL).date()

    def _tell(
        self, change: Change, case: CaseView, row: Row, given: Facts, document_id: UUID | None
    ) -> None:
        """Post the notice of a step: to the participant, of its readiness to the operator."""
        transaction, now = change.transaction, change.now
        to = case.participant
        if row.notice is NoticeCode.READY:
            to = operator_code(transaction, self.operator, now)
        told = Told(case, row, given, change.name, document_id, now)
        ref = str(document_id or case.id)
        self.notices.post(
            transaction, row.notice, to, f"{case.id}:{case.seq}", told.facts, now, ref=ref
        )


def formats_are_open(transaction: Transaction, code: str, domain: str) -> bool:
    """Tell whether a participant may read the formats of a domain (GW-07).

    All but those of `emp` are public; these are given after the owner's positive decision.
    """
    if domain != "emp":
        return True
    table, step = models.onboarding_case, models.case_step
    query = (
        sa.select(step.c.seq)
        .join(table, table.c.id == step.c.case_id)
        .where(
            table.c.participant == code,
            table.c.kind.in_([CaseKind.EMP.value, CaseKind.EMP_APP.value]),
            table.c.state.not_in(["REJECTED", "WITHDRAWN", "REFUSED", "DISCONNECTED"]),
            step.c.after == "OWNER_APPROVED",
        )
    )
    return transaction.execute(query.limit(1)).first() is not None


def _check_applicable(
    kinds: frozenset[ParticipantKind], change: Change, request: CaseRequest
) -> None:
    if request.data.facts.get("subsystem") == "EDUCATION_PORTAL":
        raise errors.NotApplicable(
            "Подключения участников не предусматривается. Портал является публичным ресурсом."
        )
    if ParticipantKind(change.kind) not in kinds:
        raise errors.NotApplicable(
            f"Дело {request.kind.value} не для участников вида {change.kind}."
        )


def _check_joined(transaction: Transaction, request: CaseRequest, now: datetime) -> None:
    """Tell a first step that skips the statement what it lacks (H-50: join first)."""
    if request.kind not in _NEEDS_JOINING or request.step == "submit_join":
        return
    if not access.standing_of(transaction, request.participant, now).is_joined:
        raise errors.JoinRequired


def _digest(*parts: object) -> bytes:
    """Return what makes a request the same as another; its key is not part of it."""
    texts = [
        _canonical(replace(part, key=None)) if isinstance(part, StepData) else str(part)
        for part in parts
    ]
    return sha256("\n".join(texts).encode()).digest()


def _canonical(data: StepData) -> str:
    return json.dumps(
        {
            "facts": facts.as_json(facts.read(data.facts)),
            "comment": data.comment,
            "document": None if data.document_id is None else str(data.document_id),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
