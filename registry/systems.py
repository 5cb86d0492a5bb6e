"""Information systems and mobile applications of participants, by mnemonic."""

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.change import change_of
from registry.landscape import known_systems
from registry.records import Record

SYSTEM = Record(
    "system",
    models.information_system,
    ("code",),
    ("owner", "name", "version", "known_as", "platform"),
)

_MNEMONIC = re.compile(r"[A-Z0-9][A-Z0-9._-]{1,31}")


@dataclass(frozen=True, slots=True)
class System:
    """A system that takes part in the exchange."""

    code: str
    """Mnemonic: 2 to 32 capital Latin letters, digits, «.», «_», «-»."""
    name: str
    owner: str
    """Code of the participant that answers for it."""
    version: str | None = None
    known_as: str | None = None
    """Its number in the catalogue of systems, such as SYS-09."""
    platform: str | None = None
    """Of a mobile application: Android, iOS."""


def register(
    transaction: Transaction, system: System, now: datetime, actor: str, basis: str | None = None
) -> bool:
    """Register a system or its new version; return False if it is registered so already.

    Raises AttributeInvalid, ParticipantUnknown, and SystemTaken for a mnemonic of another owner.
    """
    _check(system)
    change = change_of(transaction, now, actor, system.owner)
    before = find(transaction, system.code)
    if before is not None and before.owner != system.owner:
        raise errors.SystemTaken(f"Мнемоника {system.code} занята участником {before.owner}.")
    row = {name: getattr(system, name) for name in (*SYSTEM.key, *SYSTEM.values)}
    return records.put(change, SYSTEM, row, basis=basis)


def end(transaction: Transaction, code: str, basis: str, now: datetime, actor: str) -> None:
    """Take a system out of the exchange; raise NothingToChange if it is not in it."""
    system = find(transaction, code)
    if system is None:
        raise errors.NothingToChange(f"Действующей системы {code} нет.")
    change = change_of(transaction, now, actor, system.owner)
    records.finish(change, SYSTEM, {"code": code}, basis=basis)


def find(transaction: Transaction, code: str) -> System | None:
    """Return the system with this mnemonic, or None."""
    rows = records.standing(transaction, SYSTEM, code=code)
    return _system(rows[0]) if rows else None


def current(transaction: Transaction, owner: str | None = None) -> tuple[System, ...]:
    """Return the systems in force, of one owner or of all, by mnemonic."""
    columns = {} if owner is None else {"owner": owner}
    return tuple(map(_system, records.standing(transaction, SYSTEM, **columns)))


def _check(system: System) -> None:
    if not _MNEMONIC.fullmatch(system.code):
        raise errors.AttributeInvalid(
            "Мнемоника системы: от 2 до 32 заглавных латинских букв, цифр, «.», «_» и «-»."
        )
    if not system.name.strip():
        raise errors.AttributeInvalid("Наименование системы пусто.")
    if system.known_as is not None and system.known_as not in known_systems():
        raise errors.AttributeInvalid(f"В перечне систем нет номера {system.known_as}.")


def _system(row: sa.RowMapping) -> System:
    return System(**{name: row[name] for name in (*SYSTEM.key, *SYSTEM.values)})
