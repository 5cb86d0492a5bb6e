"""The sweep of terms: two warnings and one overdue mark a deadline, each once (JOB-11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

import sqlalchemy as sa

from gateway.storage.database import Transaction
from registry.notices.codes import NoticeCode
from registry.onboarding import models, terms
from registry.onboarding.cases import Running, running_of
from registry.onboarding.machines import MACHINES
from registry.onboarding.table import CaseKind


class Threshold(Enum):
    """How far a term has run."""

    HALF = "DEADLINE-HALF"
    LAST_DAY = "DEADLINE-LAST-DAY"
    OVERDUE = "DEADLINE-OVERDUE"

    @property
    def notice(self) -> NoticeCode:
        """What the operator is told when it is crossed."""
        return _NOTICES[self]

    def is_crossed(self, deadline: Running, now: datetime) -> bool:
        """Tell whether a deadline has come so far: overdue only when 24:00 has passed."""
        match self:
            case Threshold.HALF:
                return now >= deadline.half_at
            case Threshold.LAST_DAY:
                return now >= deadline.last_day_at
        return deadline.is_overdue(now)


_NOTICES = {
    Threshold.HALF: NoticeCode.TERM_HALF,
    Threshold.LAST_DAY: NoticeCode.TERM_LAST_DAY,
    Threshold.OVERDUE: NoticeCode.TERM_OVERDUE,
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A threshold that a case has crossed for the first time."""

    case_id: UUID
    number: str
    kind: CaseKind
    participant: str
    threshold: Threshold
    deadline: Running

    @property
    def event(self) -> str:
        """What the notice is about: one event a deadline."""
        return f"deadline:{self.deadline.id}"

    @property
    def facts(self) -> Mapping[str, str]:
        """What the notice has to tell."""
        return {
            "case": self.number,
            "kind": MACHINES[self.kind].title,
            "participant": self.participant,
            "what": self.deadline.what,
            "due": terms.told(self.deadline.due_at),
        }


def sweep(transaction: Transaction, now: datetime) -> list[Flag]:
    """Flag what was crossed and not flagged before; of several thresholds only the furthest.

    A case that was left alone over its whole term is told as overdue, not warned as well.
    """
    flags = []
    for case_id, number, kind, participant, deadline in list(_open(transaction, now)):
        crossed = [one for one in Threshold if one.is_crossed(deadline, now)]
        known = _flagged(transaction, deadline.id)
        fresh = [one for one in crossed if one.value not in known]
        for one in fresh:
            flag(transaction, deadline.id, one, now)
        if fresh and fresh[-1] is crossed[-1]:
            flags.append(Flag(case_id, number, kind, participant, fresh[-1], deadline))
    return flags


def flag(transaction: Transaction, deadline: int, threshold: Threshold, now: datetime) -> None:
    """Mark a threshold as crossed."""
    transaction.execute(
        sa.insert(models.deadline_flag).values(deadline=deadline, threshold=threshold.value, at=now)
    )


def overdue(transaction: Transaction, case_id: UUID) -> bool:
    """Tell whether any deadline of the case was flagged as overdue, done since or not."""
    table = models.case_deadline
    query = (
        sa.select(table.c.id)
        .join(models.deadline_flag, models.deadline_flag.c.deadline == table.c.id)
        .where(
            table.c.case_id == case_id,
            models.deadline_flag.c.threshold == Threshold.OVERDUE.value,
        )
    )
    return transaction.execute(query.limit(1)).first() is not None


def settle(transaction: Transaction, running: Running, now: datetime) -> None:
    """Mark as overdue what is done too late before a sweep has seen it."""
    if running.is_overdue(now) and Threshold.OVERDUE.value not in _flagged(transaction, running.id):
        flag(transaction, running.id, Threshold.OVERDUE, now)


def _open(
    transaction: Transaction, now: datetime
) -> Iterator[tuple[UUID, str, CaseKind, str, Running]]:
    table, case = models.case_deadline, models.onboarding_case
    query = (
        sa.select(table, case.c.number, case.c.kind, case.c.participant)
        .join(case, case.c.id == table.c.case_id)
        .where(table.c.ended_at.is_(None), table.c.half_at <= now)
        .order_by(table.c.due_at, table.c.id)
    )
    for row in transaction.execute(query).all():
        yield row.case_id, row.number, CaseKind(row.kind), row.participant, running_of(row)


def _flagged(transaction: Transaction, deadline: int) -> set[str]:
    table = models.deadline_flag
    query = sa.select(table.c.threshold).where(table.c.deadline == deadline)
    return set(transaction.execute(query).scalars())
