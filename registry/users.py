"""People of participants, their roles, and the user agreement they have accepted (PART-06 … 08).

Names and СНИЛС are sealed at rest; a person is found by the keyed mark of the СНИЛС (SEC-10).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from gateway.kernel import identifiers
from gateway.kernel.errors import NotAllowed
from gateway.kernel.ports import Identifiers
from gateway.storage.database import Transaction
from registry import errors, models, records, roles
from registry.change import change_of
from registry.kinds import ParticipantKind
from registry.records import Record
from registry.roles import Grantor, Role

USER = Record(
    "user",
    models.registry_user,
    ("user_id",),
    ("participant", "full_name", "snils", "snils_mark"),
)
GRANT = Record("role", models.role_grant, ("user_id", "role", "participant"), ("granted_by",))
CONSENT = Record("consent", models.consent, ("user_id", "version"), ("accepted_at",))

_SNILS = "registry_user.snils"


class ConsentMissing(NotAllowed):
    """The user has not accepted the user agreement in force (SEC-09)."""

    message = "Пользователь не принял действующее пользовательское соглашение."
    action = "Примите пользовательское соглашение при входе и повторите действие."


@dataclass(frozen=True, slots=True)
class User:
    """A person of one participant."""

    user_id: UUID
    participant: str
    full_name: str
    snils: str
    """Eleven digits."""


def enter(
    transaction: Transaction,
    participant: str,
    full_name: str,
    snils: str,
    now: datetime,
    actor: str,
    ids: Identifiers,
) -> UUID:
    """Enter a person of a participant, or give the known one this name; return its identifier.

    Raises AttributeInvalid, ParticipantUnknown.
    """
    if not full_name.strip():
        raise errors.AttributeInvalid("Имя пользователя пусто.")
    # The verdict names what was given: СНИЛС must not reach a log.
    if identifiers.check_snils(snils).failed:
        raise errors.AttributeInvalid("СНИЛС записан неверно.")
    digits = identifiers.normalize_snils(snils)
    change = change_of(transaction, now, actor, participant)
    known = find(transaction, participant, digits)
    user_id = ids() if known is None else known.user_id
    row = {
        "user_id": user_id,
        "participant": participant,
        "full_name": full_name,
        "snils": digits,
        "snils_mark": transaction.vault.mark(_SNILS, digits),
    }
    records.put(change, USER, row)
    return user_id


def end(transaction: Transaction, user_id: UUID, basis: str, now: datetime, actor: str) -> None:
    """Take a person out with all roles; raise NothingToChange if there is no such user."""
    user = get(transaction, user_id)
    if user is None:
        raise errors.NothingToChange("Такого пользователя нет.")
    change = change_of(transaction, now, actor, user.participant)
    for row in records.standing(transaction, GRANT, user_id=user_id):
        records.finish(change, GRANT, dict(row), basis=basis)
    records.finish(change, USER, {"user_id": user_id}, basis=basis)


def grant(
    transaction: Transaction,
    user_id: UUID,
    role: str,
    grantor: Grantor,
    now: datetime,
    actor: str,
) -> bool:
    """Give a role to a user inside the user's own participant; return False if it is held.

    Raises RoleRefused, and NothingToChange if there is no such user.
    """
    user = get(transaction, user_id)
    if user is None:
        raise errors.NothingToChange("Такого пользователя нет.")
    change = change_of(transaction, now, actor, user.participant)
    roles.check_grant(grantor, _role(role), user.participant, ParticipantKind(change.kind))
    row = {
        "user_id": user_id,
        "role": role,
        "participant": user.participant,
        "granted_by": grantor.participant,
    }
    return records.put(change, GRANT, row)


def revoke(
    transaction: Transaction,
    user_id: UUID,
    role: str,
    grantor: Grantor,
    now: datetime,
    actor: str,
) -> None:
    """Take a role back; who may grant it may take it. Raises RoleRefused and NothingToChange."""
    user = get(transaction, user_id)
    if user is None:
        raise errors.NothingToChange("Такого пользователя нет.")
    change = change_of(transaction, now, actor, user.participant)
    roles.check_grant(grantor, _role(role), user.participant, ParticipantKind(change.kind))
    key = {"user_id": user_id, "role": role, "participant": user.participant}
    records.finish(change, GRANT, key)


def accept(
    transaction: Transaction, user_id: UUID, version: str, now: datetime, actor: str
) -> bool:
    """Record that a user accepted a version of the user agreement; the first time counts (SEC-09).

    Returns False if it was accepted before. Raises NothingToChange if there is no such user.
    """
    user = get(transaction, user_id)
    if user is None:
        raise errors.NothingToChange("Такого пользователя нет.")
    if records.standing(transaction, CONSENT, user_id=user_id, version=version):
        return False
    change = change_of(transaction, now, actor, user.participant)
    return records.put(
        change, CONSENT, {"user_id": user_id, "version": version, "accepted_at": now}
    )


def require_consent(transaction: Transaction, user_id: UUID, version: str) -> None:
    """Raise ConsentMissing unless the user has accepted this version."""
    if not records.standing(transaction, CONSENT, user_id=user_id, version=version):
        raise ConsentMissing


def get(transaction: Transaction, user_id: UUID) -> User | None:
    """Return a user by identifier, or None."""
    rows = records.standing(transaction, USER, user_id=user_id)
    return _user(rows[0]) if rows else None


def find(transaction: Transaction, participant: str, snils: str) -> User | None:
    """Return the person of a participant with this СНИЛС, or None."""
    mark = transaction.vault.mark(_SNILS, identifiers.normalize_snils(snils))
    rows = records.standing(transaction, USER, participant=participant, snils_mark=mark)
    return _user(rows[0]) if rows else None


def roles_of(transaction: Transaction, user_id: UUID) -> tuple[Role, ...]:
    """Return the roles that a user holds, by code."""
    rows = records.standing(transaction, GRANT, user_id=user_id)
    return tuple(roles.ROLES[row["role"]] for row in rows)


def _role(code: str) -> Role:
    try:
        return roles.ROLES[code]
    except KeyError:
        raise errors.RoleRefused(f"Роли {code} нет.") from None


def _user(row: sa.RowMapping) -> User:
    return User(row["user_id"], row["participant"], row["full_name"], row["snils"])
