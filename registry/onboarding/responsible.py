"""The owner of a service names a new responsible person within five working days (PART-14)."""

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from gateway.kernel.ports import Calendar
from gateway.storage.database import Transaction
from registry import contacts
from registry.change import change_of, hold
from registry.contacts import Contact
from registry.notices.codes import NoticeCode
from registry.onboarding import cases, models, terms
from registry.onboarding.ports import NoticeBoard
from registry.onboarding.table import CaseKind


class Change(NamedTuple):
    """A change of a responsible person as the desk answers it."""

    due_at: datetime
    overdue: bool


def powers_ended(
    transaction: Transaction,
    code: str,
    role: str,
    ended_on: date,
    now: datetime,
    calendar: Calendar,
    actor: str,
) -> Change:
    """Note that a responsible person's powers ended, before the owner has told; repeatable."""
    due = contacts.replacement_due(calendar, ended_on)
    found = _find(transaction, code, role, ended_on)
    if found is None:
        change = change_of(transaction, now, actor, code)
        change.insert(
            models.responsible_change,
            participant=code,
            role=role,
            ended_on=ended_on,
            due_at=due,
            noted_at=now,
        )
        change.log("responsible", {"role": role, "ended_on": ended_on.isoformat()}, None)
    return Change(due, now > due)


def named_anew(
    transaction: Transaction,
    code: str,
    role: str,
    ended_on: date,
    now: datetime,
    calendar: Calendar,
    actor: str,
) -> Change:
    """Note that the owner has named a new person; say whether that was too late; repeatable.

    Who the person is belongs to the participant's contacts.
    """
    due = powers_ended(transaction, code, role, ended_on, now, calendar, actor).due_at
    found = _find(transaction, code, role, ended_on)
    informed_at = now if found is None or found.informed_at is None else found.informed_at
    if found is not None and found.informed_at is None:
        table = models.responsible_change
        transaction.execute(
            sa.update(table).where(*_key(code, role, ended_on)).values(informed_at=now)
        )
        change_of(transaction, now, actor, code).log("responsible", None, {"role": role})
    return Change(due, informed_at > due)


def follow(
    transaction: Transaction,
    code: str,
    person: Contact,
    now: datetime,
    calendar: Calendar,
    actor: str,
) -> None:
    """Note what a change of a contact says: that powers ended, or who stands there from now on."""
    role = person.role.value
    if person.powers_ended_on is not None:
        powers_ended(transaction, code, role, person.powers_ended_on, now, calendar, actor)
        return
    column = models.responsible_change.c
    awaited = sa.select(column.ended_on).where(
        column.participant == code, column.role == role, column.informed_at.is_(None)
    )
    for ended_on in transaction.execute(awaited).scalars().all():
        named_anew(transaction, code, role, ended_on, now, calendar, actor)


def overdue(transaction: Transaction, now: datetime, notices: NoticeBoard) -> list[str]:
    """Flag once, and tell, who has not named anybody in time; return the participants (NOT-18)."""
    hold(transaction)
    table = models.responsible_change
    late = transaction.execute(
        sa.select(table).where(
            table.c.informed_at.is_(None), table.c.overdue_at.is_(None), table.c.due_at < now
        )
    ).all()
    for row in late:
        key = _key(row.participant, row.role, row.ended_on)
        transaction.execute(sa.update(table).where(*key).values(overdue_at=now))
        facts = {
            "service": _services(transaction, row.participant),
            "ended_on": f"{row.ended_on:%d.%m.%Y}",
            "due": terms.told(row.due_at),
        }
        event = f"responsible:{row.role}:{row.ended_on.isoformat()}"
        code = NoticeCode.RESPONSIBLE_OVERDUE
        notices.post(transaction, code, row.participant, event, facts, now)
    return [row.participant for row in late]


def _services(transaction: Transaction, code: str) -> str:
    """Return how the services of an owner are called, by its cases."""
    owned = cases.listed(transaction, CaseKind.OIV_SVC, code)
    names = dict.fromkeys(str(case.facts["service_name"]) for case in owned)
    return "», «".join(names) or "Портал сервисов для ОИВ"


def _find(
    transaction: Transaction, code: str, role: str, ended_on: date
) -> sa.Row[tuple[object, ...]] | None:
    query = sa.select(models.responsible_change).where(*_key(code, role, ended_on))
    return transaction.execute(query).one_or_none()


def _key(code: str, role: str, ended_on: date) -> list[sa.ColumnElement[bool]]:
    column = models.responsible_change.c
    return [column.participant == code, column.role == role, column.ended_on == ended_on]
