"""Who is there before anybody joins: the operator and the systems' owner (PART-01, PART-02)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gateway.kernel.settings import Settings
from gateway.storage.database import Transaction
from registry import agreements, entry, errors, models
from registry.kinds import ParticipantKind
from registry.reference import OPERATOR, OWNER


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the operator, as acts print it; an unknown fact stays a blank line."""

    position: str | None
    full_name: str | None
    basis: str | None
    """The document that entitles, in the genitive: «Устава»."""


def found(transaction: Transaction, operator_code: str, now: datetime, actor: str) -> None:
    """Enter the operator and the owner where they are missing; whoever is there stays as it is.

    Both act by law: their basis is registered as their agreement, and they are in operation.
    """
    operator = entry.Newcomer(operator_code, OPERATOR.name, ParticipantKind.OPERATOR)
    owner = entry.Newcomer(OWNER.code, OWNER.name, ParticipantKind.DEPARTMENT)
    if operator_of(transaction) is None:
        entry.enter_founder(transaction, operator, OPERATOR.basis, now, actor)
    with suppress(errors.ParticipantExists):
        entry.enter_founder(transaction, owner, OWNER.basis, now, actor)


def operator_of(transaction: Transaction) -> str | None:
    """Return the operator's code: the left signatory of every act; None before `found`."""
    table = models.participant
    query = sa.select(table.c.code).where(table.c.kind == ParticipantKind.OPERATOR.value)
    code: str | None = transaction.execute(query).scalar_one_or_none()
    return code


def owner_of(transaction: Transaction) -> str | None:
    """Return the code of whom approvals of the owner are assigned to; None before `found`."""
    return OWNER.code if agreements.current(transaction, OWNER.code) is not None else None


def signatory(settings: Settings) -> Signatory:
    """Return who signs acts for the operator by the settings."""
    return Signatory(
        position=settings.signatory_position or None,
        full_name=settings.signatory_name or None,
        basis=settings.signatory_basis or None,
    )
