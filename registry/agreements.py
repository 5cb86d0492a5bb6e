"""Agreements that participants have joined: without one nobody is active (PART-04)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import sqlalchemy as sa

from gateway.kernel.errors import DuplicateConflict
from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.change import change_of
from registry.onboarding import models as onboarding
from registry.records import Record

AGREEMENT = Record(
    "agreement",
    models.agreement,
    ("participant", "kind", "number"),
    ("registered_at", "incoming_number"),
)


class AgreementKind(Enum):
    """What a participant has signed."""

    JOIN = "JOIN"
    """Statement of joining the agreement on exchange (договор присоединения)."""
    UNIP = "UNIP"
    """Joining the system of charges and payments."""
    EMP = "EMP"
    """Contract on connection to the mobile platform, of those who are not state bodies."""
    FOUNDING = "FOUNDING"
    """The act that makes somebody the operator or the owner."""
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A registered agreement."""

    number: str
    registered_at: datetime
    """The exact instant: who has joined, has joined from it on."""
    kind: AgreementKind = AgreementKind.JOIN
    incoming_number: str | None = None
    """Under which it came in the operator's document flow (SYS-36)."""


def register(
    transaction: Transaction, code: str, agreement: Agreement, now: datetime, actor: str
) -> bool:
    """Register an agreement of a participant; return False if it is registered so already.

    Raises AttributeInvalid, and DuplicateConflict when kind and number are known otherwise.
    """
    if not agreement.number.strip():
        raise errors.AttributeInvalid("Номер соглашения пуст.")
    if agreement.registered_at > now:
        raise errors.AttributeInvalid("Соглашение не может быть зарегистрировано в будущем.")
    change = change_of(transaction, now, actor, code)
    for known in all_of(transaction, code):
        if (known.kind, known.number) == (agreement.kind, agreement.number):
            if known == agreement:
                return False
            raise DuplicateConflict(
                f"Соглашение {agreement.number} уже зарегистрировано с другими сведениями."
            )
    return records.put(
        change,
        AGREEMENT,
        {
            "participant": code,
            "kind": agreement.kind,
            "number": agreement.number,
            "registered_at": agreement.registered_at,
            "incoming_number": agreement.incoming_number,
        },
    )


def end(
    transaction: Transaction,
    code: str,
    kind: AgreementKind,
    number: str,
    basis: str,
    now: datetime,
    actor: str,
) -> None:
    """End an agreement on the ground of `basis`.

    Raises NothingToChange if there is none, AgreementNeeded for the last one of a participant that
    stands on it: its cases are ended first.
    """
    change = change_of(transaction, now, actor, code)
    others = [one for one in all_of(transaction, code) if (one.kind, one.number) != (kind, number)]
    if not others and (kind is AgreementKind.FOUNDING or _is_joined(transaction, code)):
        raise errors.AgreementNeeded
    key = {"participant": code, "kind": kind, "number": number}
    records.finish(change, AGREEMENT, key, basis=basis)


def _is_joined(transaction: Transaction, code: str) -> bool:
    table = onboarding.joining
    query = sa.select(table.c.case_id).where(
        table.c.participant == code, table.c.ended_at.is_(None)
    )
    return transaction.execute(query).first() is not None


def all_of(transaction: Transaction, code: str) -> tuple[Agreement, ...]:
    """Return the agreements in force, in the order of their registration."""
    found = [
        Agreement(
            number=row["number"],
            registered_at=row["registered_at"],
            kind=AgreementKind(row["kind"]),
            incoming_number=row["incoming_number"],
        )
        for row in records.standing(transaction, AGREEMENT, participant=code)
    ]
    return tuple(sorted(found, key=lambda one: one.registered_at))


def current(transaction: Transaction, code: str) -> Agreement | None:
    """Return the agreement by which a participant is one: the earliest that is in force."""
    return next(iter(all_of(transaction, code)), None)
