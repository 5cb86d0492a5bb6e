"""Whom to call and to write: persons named by a participant, one per role (PART-05, PART-14)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa

from gateway.kernel.ports import Calendar
from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.calendar import end_of
from registry.change import change_of
from registry.records import Record

REPLACEMENT_DAYS = 5
"""Working days in which an owner names a new responsible person (PART-14)."""

CONTACT = Record(
    "contact",
    models.contact,
    ("participant", "role"),
    ("full_name", "position", "phone", "email", "powers_ended_on"),
)


class ContactRole(Enum):
    """What a person answers for."""

    RESPONSIBLE = "RESPONSIBLE"
    """Организационное ответственное лицо."""
    TECHNICAL = "TECHNICAL"
    """Технический специалист."""
    SERVICE_OWNER = "SERVICE_OWNER"
    """Ответственное лицо владельца сервиса (portal of services for authorities)."""
    SIGNATORY = "SIGNATORY"
    """Who signs acts for the participant."""


REQUIRED_ROLES = (ContactRole.RESPONSIBLE, ContactRole.TECHNICAL)
"""Without both a request is rejected (PART-05)."""

_WORDS = {
    ContactRole.RESPONSIBLE: "организационное ответственное лицо",
    ContactRole.TECHNICAL: "технический специалист",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A person; the data are personal: sealed at rest, never logged (SEC-10)."""

    role: ContactRole
    full_name: str
    phone: str
    email: str
    position: str | None = None
    powers_ended_on: date | None = None
    """Last day of the powers, once the owner has told that they ended."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A person whose powers have ended and who was not replaced in time (PART-14)."""

    participant: str
    role: ContactRole
    powers_ended_on: date
    due: datetime


def name(
    transaction: Transaction,
    code: str,
    contact: Contact,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> bool:
    """Name the person of a role in place of the one before; return False if named so already.

    Raises ParticipantUnknown and AttributeInvalid.
    """
    _check(contact)
    change = change_of(transaction, now, actor, code)
    row = {column: getattr(contact, column) for column in ("role", *CONTACT.values)}
    return records.put(change, CONTACT, {"participant": code, **row}, basis=basis)


def end(
    transaction: Transaction, code: str, role: ContactRole, basis: str, now: datetime, actor: str
) -> None:
    """Take the person of a role out without a successor; raise NothingToChange."""
    change = change_of(transaction, now, actor, code)
    records.finish(change, CONTACT, {"participant": code, "role": role}, basis=basis)


def current(transaction: Transaction, code: str) -> tuple[Contact, ...]:
    """Return the persons of a participant in the order of roles."""
    found = {
        contact.role: contact
        for contact in map(_contact, records.standing(transaction, CONTACT, participant=code))
    }
    return tuple(found[role] for role in ContactRole if role in found)


def require_contacts(transaction: Transaction, code: str) -> None:
    """Raise ContactsMissing, naming who is missing, unless both required persons are there."""
    named = {contact.role for contact in current(transaction, code)}
    missing = [_WORDS[role] for role in REQUIRED_ROLES if role not in named]
    if missing:
        raise errors.ContactsMissing(f"У участника {code} не назван: {', '.join(missing)}.")


def addressee(transaction: Transaction, code: str, role: ContactRole) -> Contact | None:
    """Return to whom a notice of a role's matters goes: its person, else the responsible one."""
    named = {contact.role: contact for contact in current(transaction, code)}
    return named.get(role) or named.get(ContactRole.RESPONSIBLE)


def replacement_due(calendar: Calendar, powers_ended_on: date) -> datetime:
    """Return 24:00 of the fifth working day after the powers ended; raise CalendarMissing."""
    return end_of(calendar.add_working_days(powers_ended_on, REPLACEMENT_DAYS))


def is_replacement_overdue(
    calendar: Calendar, powers_ended_on: date, told_at: datetime | None, now: datetime
) -> bool:
    """Tell whether a new person was named, or is still not named, after the term (PART-14)."""
    return (told_at or now) > replacement_due(calendar, powers_ended_on)


def overdue(transaction: Transaction, calendar: Calendar, now: datetime) -> tuple[Overdue, ...]:
    """Return whose successors should have been named by now."""
    table = models.contact
    query = sa.select(table.c.participant, table.c.role, table.c.powers_ended_on).where(
        table.c.ended_at.is_(None), table.c.powers_ended_on.is_not(None)
    )
    rows = transaction.execute(query.order_by(table.c.participant, table.c.role))
    return tuple(
        Overdue(code, ContactRole(role), ended_on, replacement_due(calendar, ended_on))
        for code, role, ended_on in rows
        if is_replacement_overdue(calendar, ended_on, None, now)
    )


def _check(contact: Contact) -> None:
    if not contact.full_name.strip():
        raise errors.AttributeInvalid("Имя контактного лица пусто.")
    if not any(character.isdigit() for character in contact.phone):
        raise errors.AttributeInvalid("Телефон контактного лица: нет ни одной цифры.")
    local, at, host = contact.email.rpartition("@")
    is_address = local and at and "." in host and not any(map(str.isspace, contact.email))
    if not is_address or not contact.email.isprintable():
        raise errors.AttributeInvalid("E-mail контактного лица: ожидается имя@узел.")


def _contact(row: sa.RowMapping) -> Contact:
    return Contact(
        role=ContactRole(row["role"]), **{column: row[column] for column in CONTACT.values}
    )
