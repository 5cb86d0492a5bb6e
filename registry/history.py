"""The change log of a participant: told to the operator, and replayed into what stands now."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.storage.database import Transaction
from gateway.storage.types import Sealed
from gateway.storage.vault import Vault
from registry import (
    acquirers,
    agreements,
    contacts,
    endpoints,
    errors,
    models,
    organizations,
    schools,
    smev2,
    systems,
    users,
)
from registry.portal_services import repository as portal_services
from registry.records import Record

RECORDS: Mapping[str, Record] = {
    record.subject: record
    for record in (
        organizations.ORGANIZATION,
        contacts.CONTACT,
        agreements.AGREEMENT,
        systems.SYSTEM,
        endpoints.ENDPOINT,
        smev2.PROFILE,
        acquirers.ACQUIRER,
        schools.SCHOOL,
        users.USER,
        users.GRANT,
        users.CONSENT,
        portal_services.SERVICE,
        portal_services.ROUTE,
        portal_services.CODE,
        portal_services.FORM,
    )
}
"""What is kept as records, by its name in the change log."""

SINGLE = frozenset({"participant", "state", "sub-kind", "terms", "signature-in-test"})
"""Subjects of which a participant has one."""

_SETS: Mapping[str, tuple[str, ...]] = {
    "right": ("service", "contour"),
    "credentials": ("login",),
    "bank-day": ("day",),
    "binding": ("organizer_inn", "since"),
}
"""Subjects of which a participant has several, with what tells one from another."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change as the log keeps it; personal data still sealed."""

    changed_at: datetime
    actor: str
    subject: str
    before: Any
    after: Any
    basis: str | None


def lines(transaction: Transaction, code: str) -> tuple[Line, ...]:
    """Return every change of a participant, oldest first; raise ParticipantUnknown."""
    table = models.participant
    query = sa.select(table.c.code).where(table.c.code == code)
    if transaction.execute(query).one_or_none() is None:
        raise errors.ParticipantUnknown(f"Участника {code} нет.")
    log = models.change_log.c
    changes = (
        sa.select(log.changed_at, log.actor, log.subject, log.before, log.after, log.basis)
        .where(log.participant == code)
        .order_by(log.id)
    )
    return tuple(
        Line(moment, actor, subject, _read(before), _read(after), basis)
        for moment, actor, subject, before, after, basis in transaction.execute(changes)
    )


CASE = "case "
"""A case of enrolment by its number: the state it has come to."""


def replay(changes: Iterable[Line]) -> dict[str, dict[tuple[str, ...], Any]]:
    """Return what stands after the changes: by subject, then by what tells one thing from another.

    The change log alone is enough: this is how an auditor checks the tables.
    """
    standing: dict[str, dict[tuple[str, ...], Any]] = {}
    for change in changes:
        things = standing.setdefault(change.subject, {})
        if change.after is None:
            things.pop(_key(change.subject, change.before), None)
        else:
            things[_key(change.subject, change.after)] = change.after
    return {subject: things for subject, things in standing.items() if things}


def opened(subject: str, value: Any, vault: Vault) -> Any:  # noqa: ANN401 -- JSON
    """Return a value of the log with its personal data opened."""
    record = RECORDS.get(subject)
    if record is None or not isinstance(value, dict):
        return value
    return {name: _opened(record, name, text, vault) for name, text in value.items()}


def _opened(record: Record, name: str, text: Any, vault: Vault) -> Any:  # noqa: ANN401 -- JSON
    kind = record.table.c[name].type
    return vault.open(kind.place, text) if text is not None and isinstance(kind, Sealed) else text


def _key(subject: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- JSON
    if subject in SINGLE or subject.startswith(CASE):
        return ()
    if not isinstance(value, dict):
        return (str(value),)
    record = RECORDS.get(subject)
    names = record.key if record is not None else _SETS.get(subject, tuple(value))
    return tuple(str(value[name]) for name in names if name in value)


def _read(text: str | None) -> Any:  # noqa: ANN401 -- JSON
    return None if text is None else json.loads(text)
