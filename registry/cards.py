"""What the operator is shown of a participant: its card with history, read from the tables."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gateway.storage.database import Database
from registry import errors, models


@dataclass(frozen=True, slots=True)
class Line:
    """One participant in the list."""

    code: str
    name: str
    kind: str
    state: str
    inn: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Login:
    """Credentials as far as they may be shown."""

    login: str
    contour: str
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Right:
    """An access right to one service in one contour."""

    service: str
    contour: str
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Binding:
    """An organizer of meals whose payments the bank takes."""

    organizer_inn: str
    contract_number: str
    since: date
    until: date | None
    """Last day of the binding."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with the bank."""

    credit_mode: str
    credit_days: int
    bank_name: str
    bik: str


@dataclass(frozen=True, slots=True)
class BankDay:
    """A day on which the bank does otherwise than the calendar says."""

    day: date
    banking: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one participant; what has ended is shown with its end."""

    line: Line
    kpp: str | None
    sub_kind: str | None
    created_at: datetime
    signature_in_test: str
    """SignatureInTest: whether the test contour takes unsigned messages."""
    logins: tuple[Login, ...]
    rights: tuple[Right, ...]
    dialects: tuple[str, ...]
    terms: Terms | None
    bindings: tuple[Binding, ...]
    bank_days: tuple[BankDay, ...]


def list_participants(database: Database) -> list[Line]:
    """Return all participants by code."""
    table = models.participant
    with database.reading() as transaction:
        rows = transaction.execute(sa.select(table).order_by(table.c.code)).all()
    return [_line(row) for row in rows]


def read_card(database: Database, code: str) -> Card:
    """Return the card of a participant; raise ParticipantUnknown."""
    with database.reading() as transaction:
        table = models.participant
        row = transaction.execute(sa.select(table).where(table.c.code == code)).one_or_none()
        if row is None:
            raise errors.ParticipantUnknown(f"Участника {code} нет.")

        def rows(query: sa.Select[Any]) -> list[Any]:
            return list(transaction.execute(query).all())

        return Card(
            line=_line(row),
            kpp=row.kpp,
            sub_kind=row.sub_kind,
            created_at=row.created_at,
            signature_in_test=row.signature_in_test,
            logins=tuple(Login(*found) for found in rows(_logins(code))),
            rights=tuple(Right(*found) for found in rows(_rights(code))),
            dialects=tuple(found.dialect for found in rows(_dialects(code))),
            terms=next((Terms(*found) for found in rows(_terms(code))), None),
            bindings=tuple(Binding(*found) for found in rows(_bindings(code))),
            bank_days=tuple(BankDay(*found) for found in rows(_bank_days(code))),
        )


def _line(row: Any) -> Line:  # noqa: ANN401 -- a row of the participant table
    return Line(row.code, row.name, row.kind, row.state, row.inn, row.changed_at)


def _logins(code: str) -> sa.Select[Any]:
    c = models.credential.c
    columns = (c.login, c.contour, c.created_at, c.ended_at)
    return sa.select(*columns).where(c.participant == code).order_by(c.created_at, c.login)


def _rights(code: str) -> sa.Select[Any]:
    c = models.access_right.c
    columns = (c.service, c.contour, c.created_at, c.ended_at)
    return sa.select(*columns).where(c.participant == code).order_by(c.service, c.contour, c.id)


def _dialects(code: str) -> sa.Select[Any]:
    c = models.dialect_switch.c
    still_on = (c.participant == code, c.ended_at.is_(None))
    return sa.select(c.dialect).where(*still_on).order_by(c.dialect)


def _terms(code: str) -> sa.Select[Any]:
    c = models.bank_terms.c
    return sa.select(c.credit_mode, c.credit_days, c.bank_name, c.bik).where(c.participant == code)


def _bindings(code: str) -> sa.Select[Any]:
    c = models.organizer_binding.c
    columns = (c.organizer_inn, c.contract_number, c.since, c.until)
    return sa.select(*columns).where(c.bank == code).order_by(c.since, c.id)


def _bank_days(code: str) -> sa.Select[Any]:
    c = models.bank_day.c
    still_special = (c.participant == code, c.ended_at.is_(None))
    return sa.select(c.day, c.banking).where(*still_special).order_by(c.day)
