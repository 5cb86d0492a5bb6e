"""The organisation behind a participant: its card in versions, of which none is lost (PART-10)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gateway.kernel import identifiers
from gateway.storage.database import Transaction
from registry import errors, models, records
from registry.change import Change, change_of
from registry.entry import check_kpp, require
from registry.kinds import ParticipantKind
from registry.records import Record

_BANK_COLUMNS = ("bank_name", "bik", "account", "correspondent_account")

ORGANIZATION = Record(
    "organization",
    models.organization_version,
    ("participant",),
    (
        *("full_name", "short_name", "inn", "kpp", "ogrn", "legal_form"),
        *("address", "postal_address", "head_name", "phone"),
        *_BANK_COLUMNS,
        "valid_from",
    ),
)


@dataclass(frozen=True, slots=True)
class BankDetails:
    """Where money for the organisation goes."""

    bank_name: str
    bik: str
    account: str
    correspondent_account: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """What documents print about a participant."""

    full_name: str
    short_name: str
    inn: str | None = None
    kpp: str | None = None
    ogrn: str | None = None
    legal_form: str | None = None
    address: str | None = None
    postal_address: str | None = None
    head_name: str | None = None
    phone: str | None = None
    bank_details: BankDetails | None = None
    valid_from: date | None = None
    """Day from which others are shown this; absent: at once."""


@dataclass(frozen=True, slots=True)
class Version:
    """One card and the time for which it stood."""

    organization: Organization
    valid_from: datetime
    valid_until: datetime | None
    """Absent while it stands."""


def change_card(
    transaction: Transaction,
    code: str,
    organization: Organization,
    now: datetime,
    actor: str,
    basis: str | None = None,
) -> bool:
    """Let this card stand from now on; return False if it stands already.

    The participant's own name, ИНН and КПП follow the card. Raises ParticipantUnknown,
    AttributeInvalid, and SingleOperator when the operator would get another name (PART-01).
    """
    _check(organization)
    change = change_of(transaction, now, actor, code)
    _check_name_of_the_operator(change, organization)
    bank = asdict(organization.bank_details) if organization.bank_details else {}
    row = {
        **asdict(organization),
        **dict.fromkeys(_BANK_COLUMNS),
        **bank,
        "participant": code,
    }
    if not records.put(change, ORGANIZATION, row, basis=basis):
        return False
    change.update_participant(
        name=organization.short_name, inn=organization.inn, kpp=organization.kpp
    )
    return True


def current(transaction: Transaction, code: str) -> Organization:
    """Return the card that stands; raise ParticipantUnknown.

    Before the first card it is what was said when the participant was entered.
    """
    rows = records.standing(transaction, ORGANIZATION, participant=code)
    return _organization(rows[0]) if rows else _as_entered(transaction, code)


def at(transaction: Transaction, code: str, moment: datetime) -> Organization | None:
    """Return the card that stood at a moment, None before the first one."""
    for version in versions(transaction, code):
        ended = version.valid_until
        if version.valid_from <= moment and (ended is None or moment < ended):
            return version.organization
    return None


def versions(transaction: Transaction, code: str) -> tuple[Version, ...]:
    """Return every card of the participant, oldest first."""
    return tuple(
        Version(_organization(row), row["created_at"], row["ended_at"])
        for row in records.history(transaction, ORGANIZATION, participant=code)
    )


def in_force(transaction: Transaction, day: date) -> Mapping[str, Organization]:
    """Return by ИНН what organizers of meals are on a day; who has no card is not there.

    Of the cards that are in force by then the one told last holds.
    """
    card, who = models.organization_version.c, models.participant.c
    newest = (
        sa.select(sa.func.max(card.id))
        .join(models.participant, who.code == card.participant)
        .where(
            who.kind == ParticipantKind.ORGANIZER.value,
            card.valid_from.is_(None) | (card.valid_from <= day),
        )
        .group_by(card.participant)
    )
    rows = transaction.execute(sa.select(models.organization_version).where(card.id.in_(newest)))
    return {row["inn"]: _organization(row) for row in rows.mappings() if row["inn"] is not None}


def recall(transaction: Transaction, code: str, digest: bytes) -> int | None:
    """Return which version a statement of this content came to, None if it was never made."""
    told = models.organization_statement
    query = sa.select(told.c.version).where(told.c.participant == code, told.c.digest == digest)
    version: int | None = transaction.execute(query).scalar_one_or_none()
    return version


def remember(transaction: Transaction, code: str, digest: bytes, now: datetime) -> int:
    """Keep that a statement of this content was made; return the version that it came to."""
    card = models.organization_version.c
    counted = sa.select(sa.func.count()).where(card.participant == code)
    version = int(transaction.execute(counted).scalar_one())
    values = {"participant": code, "digest": digest, "version": version, "told_at": now}
    transaction.execute(sa.insert(models.organization_statement).values(**values))
    return version


def with_changes(organization: Organization, **changes: Any) -> Organization:  # noqa: ANN401 -- as dataclasses.replace
    """Return the card with some lines changed; what is None stays as it was."""
    return replace(
        organization, **{name: value for name, value in changes.items() if value is not None}
    )


def _check(organization: Organization) -> None:
    if not organization.full_name.strip() or not organization.short_name.strip():
        raise errors.AttributeInvalid("Наименование организации пусто.")
    if organization.inn is not None:
        require("ИНН", identifiers.check_inn(organization.inn))
    if organization.kpp is not None:
        check_kpp(organization.kpp)
    if organization.ogrn is not None:
        require("ОГРН", identifiers.check_ogrn(organization.ogrn))
    if organization.bank_details is not None:
        _check_bank(organization.bank_details)


def _check_bank(details: BankDetails) -> None:
    if not details.bank_name.strip():
        raise errors.AttributeInvalid("Наименование банка пусто.")
    require("БИК", identifiers.check_bik(details.bik))
    require("Расчётный счёт", identifiers.check_bank_account(details.account, details.bik))
    if details.correspondent_account is not None:
        require(
            "Корреспондентский счёт",
            identifiers.check_bank_account(details.correspondent_account, details.bik),
        )


def _check_name_of_the_operator(change: Change, organization: Organization) -> None:
    is_operator = change.kind == ParticipantKind.OPERATOR.value
    if is_operator and organization.short_name != change.name:
        raise errors.SingleOperator


def _organization(row: sa.RowMapping) -> Organization:
    details = None
    if row["account"] is not None:
        details = BankDetails(**{name: row[name] for name in _BANK_COLUMNS})
    plain = (name for name in ORGANIZATION.values if name not in _BANK_COLUMNS)
    return Organization(**{name: row[name] for name in plain}, bank_details=details)


def _as_entered(transaction: Transaction, code: str) -> Organization:
    table = models.participant
    row = transaction.execute(sa.select(table).where(table.c.code == code)).one_or_none()
    if row is None:
        raise errors.ParticipantUnknown(f"Участника {code} нет.")
    return Organization(row.name, row.name, row.inn, row.kpp)
