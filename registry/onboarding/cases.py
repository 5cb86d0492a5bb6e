"""Cases in their tables: every statement of the desk that is not about access."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kernel.errors import DuplicateConflict
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Transaction
from registry import models as registry_models
from registry.onboarding import errors, facts, models
from registry.onboarding.facts import Facts
from registry.onboarding.table import CaseKind, Doc, Machine
from registry.onboarding.terms import Deadline


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's history."""

    seq: int
    row: str
    step: str
    before: str
    after: str
    at: datetime
    actor: str
    who: str
    comment: str | None
    doc_type: Doc | None
    document_id: UUID | None
    notice: str


@dataclass(frozen=True, slots=True)
class Running:
    """A deadline that runs in a case."""

    id: int
    term: str
    what: str
    since: datetime
    half_at: datetime
    last_day_at: datetime
    due_at: datetime

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether the term has run out: later than 24:00 of its last day."""
        return now > self.due_at


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stands."""

    id: UUID
    number: str
    kind: CaseKind
    participant: str
    state: str
    seq: int
    entered_at: datetime
    opened_at: datetime
    facts: Facts
    """What was told in its steps, without personal data."""
    history: tuple[Step, ...]
    remarks: tuple[str, ...]
    """The latest ones."""
    deadlines: tuple[Running, ...]
    duplicate: bool = False
    """Whether the request was a repeat: nothing was done again."""

    @property
    def due_at(self) -> datetime | None:
        """The earliest end of what is waited for now."""
        return min((deadline.due_at for deadline in self.deadlines), default=None)

    def document(self, doc_type: Doc) -> UUID | None:
        """Return the latest document of a kind that the hub has drawn up for the case."""
        return next(
            (
                step.document_id
                for step in reversed(self.history)
                if step.doc_type is doc_type and step.document_id is not None
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What a step leaves in the tables."""

    row: str
    step: str
    before: str
    after: str
    at: datetime
    actor: str
    who: str
    comment: str | None
    doc_type: Doc | None
    document_id: UUID | None
    notice: str
    given: Facts


def find(transaction: Transaction, number: str) -> UUID:
    """Return the identifier of the case with this number; raise CaseUnknown."""
    table = models.onboarding_case
    query = sa.select(table.c.id).where(table.c.number == number)
    found: UUID | None = transaction.execute(query).scalar_one_or_none()
    if found is None:
        raise errors.CaseUnknown(f"Дела {number} нет.")
    return found


def participant_of(transaction: Transaction, case_id: UUID) -> str:
    """Return whose case it is; raise CaseUnknown."""
    table = models.onboarding_case
    query = sa.select(table.c.participant).where(table.c.id == case_id)
    code: str | None = transaction.execute(query).scalar_one_or_none()
    if code is None:
        raise errors.CaseUnknown
    return code


def read(transaction: Transaction, case_id: UUID, *, duplicate: bool = False) -> CaseView:
    """Return a case with its history; raise CaseUnknown."""
    table = models.onboarding_case
    row = transaction.execute(sa.select(table).where(table.c.id == case_id)).one_or_none()
    if row is None:
        raise errors.CaseUnknown
    return CaseView(
        id=row.id,
        number=row.number,
        kind=CaseKind(row.kind),
        participant=row.participant,
        state=row.state,
        seq=row.seq,
        entered_at=row.entered_at,
        opened_at=row.opened_at,
        facts=facts.restore(json.loads(row.facts)),
        history=tuple(_history(transaction, case_id)),
        remarks=tuple(_remarks(transaction, case_id)),
        deadlines=tuple(_running(transaction, case_id)),
        duplicate=duplicate,
    )


def listed(
    transaction: Transaction, kind: CaseKind | None = None, participant: str | None = None
) -> list[CaseView]:
    """Return cases by their numbers, all or some."""
    table = models.onboarding_case
    query = sa.select(table.c.id).order_by(table.c.opened_at, table.c.number)
    if kind is not None:
        query = query.where(table.c.kind == kind.value)
    if participant is not None:
        query = query.where(table.c.participant == participant)
    return [read(transaction, case_id) for case_id in transaction.execute(query).scalars().all()]


def next_number(transaction: Transaction, machine: Machine, now: datetime) -> str:
    """Return the next number of a kind in the local year: «БАНК-2026-0001»."""
    year = now.astimezone(LOCAL).year
    table = models.case_serial
    key = (table.c.code == machine.code, table.c.year == year)
    raised = transaction.execute(sa.update(table).where(*key).values(last=table.c.last + 1))
    if not raised.rowcount:
        transaction.execute(sa.insert(table).values(code=machine.code, year=year, last=1))
    serial = transaction.execute(sa.select(table.c.last).where(*key)).scalar_one()
    return f"{machine.code}-{year}-{serial:04}"


def open_row(
    transaction: Transaction,
    case_id: UUID,
    number: str,
    kind: CaseKind,
    participant: str,
    now: datetime,
) -> None:
    """Enter a case before its first step."""
    transaction.execute(
        sa.insert(models.onboarding_case).values(
            id=case_id,
            number=number,
            kind=kind.value,
            participant=participant,
            state="NEW",
            seq=0,
            entered_at=now,
            opened_at=now,
            facts="{}",
        )
    )


def record(transaction: Transaction, case: CaseView, kind: CaseKind, done: Done) -> None:
    """Write a step into the history and move the case."""
    seq = case.seq + 1
    kept = facts.kept(done.given)
    transaction.execute(
        sa.insert(models.case_step).values(
            case_id=case.id,
            seq=seq,
            row=done.row,
            step=done.step,
            before=done.before,
            after=done.after,
            at=done.at,
            actor=done.actor,
            who=done.who,
            comment=done.comment,
            doc_type=done.doc_type,
            document_id=done.document_id,
            notice=done.notice,
            facts=_json(kept),
        )
    )
    remarks = kept.get("remarks")
    for line, text in enumerate(remarks if isinstance(remarks, tuple) else ()):
        transaction.execute(
            sa.insert(models.case_remark).values(case_id=case.id, seq=seq, line=line, text=text)
        )
    moved = {"entered_at": done.at} if done.before != done.after else {}
    transaction.execute(
        sa.update(models.onboarding_case)
        .where(models.onboarding_case.c.id == case.id)
        .values(
            kind=kind.value,
            state=done.after,
            seq=seq,
            facts=_json({**case.facts, **kept}),
            **moved,
        )
    )


def run_deadlines(
    transaction: Transaction, case: CaseView, deadlines: Iterable[Deadline], now: datetime
) -> None:
    """End what was waited for, begin what is waited for now; a term that both share goes on."""
    wanted = {deadline.term: deadline for deadline in deadlines}
    table = models.case_deadline
    for running in case.deadlines:
        if wanted.pop(running.term, None) is None:
            transaction.execute(
                sa.update(table).where(table.c.id == running.id).values(ended_at=now)
            )
    for deadline in wanted.values():
        transaction.execute(
            sa.insert(table).values(
                case_id=case.id,
                seq=case.seq + 1,
                term=deadline.term,
                what=deadline.what,
                since=deadline.since,
                half_at=deadline.half_at,
                last_day_at=deadline.last_day_at,
                due_at=deadline.due_at,
            )
        )


def recall(transaction: Transaction, participant: str, key: str, digest: bytes) -> UUID | None:
    """Return the case of a request that came before; raise DuplicateConflict for other content."""
    table = models.case_request
    row = transaction.execute(
        sa.select(table).where(table.c.participant == participant, table.c.key == key)
    ).one_or_none()
    if row is None:
        return None
    if bytes(row.digest) != digest:
        raise DuplicateConflict
    found: UUID = row.case_id
    return found


def remember(
    transaction: Transaction,
    participant: str,
    key: str,
    digest: bytes,
    case_id: UUID,
    seq: int,
    now: datetime,
) -> None:
    """Keep what a request came to."""
    transaction.execute(
        sa.insert(models.case_request).values(
            participant=participant, key=key, digest=digest, case_id=case_id, seq=seq, at=now
        )
    )


def has_organizer(transaction: Transaction, bank: str) -> bool:
    """Tell whether an organizer is bound to the bank by a contract (PART-12)."""
    binding = registry_models.organizer_binding
    query = sa.select(binding.c.id).where(binding.c.bank == bank, binding.c.until.is_(None))
    return transaction.execute(query.limit(1)).first() is not None


def is_admitted(transaction: Transaction, case_id: UUID) -> bool:
    """Tell whether the case has an admission that was not ended; its term may be over."""
    table = models.limited_admission
    query = sa.select(table.c.id).where(table.c.case_id == case_id, table.c.ended_at.is_(None))
    return transaction.execute(query.limit(1)).first() is not None


def to_go_live(transaction: Transaction) -> Sequence[UUID]:
    """Return the cases whose act is signed and has not gone live."""
    act, live = models.signed_act, models.commissioning
    query = (
        sa.select(act.c.case_id)
        .outerjoin(live, live.c.case_id == act.c.case_id)
        .where(act.c.ended_at.is_(None), live.c.case_id.is_(None))
        .order_by(act.c.effective_on, act.c.registered_at)
    )
    found: Sequence[UUID] = transaction.execute(query).scalars().all()
    return found


def of_participant(transaction: Transaction, code: str, states: Iterable[str]) -> Sequence[UUID]:
    """Return the cases of a participant that are in one of these states."""
    table = models.onboarding_case
    query = sa.select(table.c.id).where(
        table.c.participant == code, table.c.state.in_(list(states))
    )
    found: Sequence[UUID] = transaction.execute(query).scalars().all()
    return found


def _history(transaction: Transaction, case_id: UUID) -> Iterable[Step]:
    table = models.case_step
    query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.seq)
    for row in transaction.execute(query).mappings():
        yield Step(
            row["seq"],
            row["row"],
            row["step"],
            row["before"],
            row["after"],
            row["at"],
            row["actor"],
            row["who"],
            row["comment"],
            None if row["doc_type"] is None else Doc(row["doc_type"]),
            row["document_id"],
            row["notice"],
        )


def _remarks(transaction: Transaction, case_id: UUID) -> Iterable[str]:
    table = models.case_remark
    latest = sa.select(sa.func.max(table.c.seq)).where(table.c.case_id == case_id)
    query = (
        sa.select(table.c.text)
        .where(table.c.case_id == case_id, table.c.seq == latest.scalar_subquery())
        .order_by(table.c.line)
    )
    return transaction.execute(query).scalars().all()


def _running(transaction: Transaction, case_id: UUID) -> Iterable[Running]:
    table = models.case_deadline
    query = (
        sa.select(table)
        .where(table.c.case_id == case_id, table.c.ended_at.is_(None))
        .order_by(table.c.due_at, table.c.id)
    )
    return [running_of(row) for row in transaction.execute(query)]


def running_of(row: sa.Row[Any]) -> Running:
    """Return a deadline from its row."""
    return Running(row.id, row.term, row.what, row.since, row.half_at, row.last_day_at, row.due_at)


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(facts.as_json(values), ensure_ascii=False)
