"""One change of the registry: its transaction, the raised version, the row of the change log."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.storage.database import Database, Transaction
from registry import errors, models

_BANK = "BANK"
_RAISE_VERSION = sa.text(
    "INSERT INTO registry_version (id, version) VALUES (1, 1)"
    " ON CONFLICT (id) DO UPDATE SET version = registry_version.version + 1"
)


class Change:
    """What a change of one participant may do inside its transaction."""

    def __init__(
        self, transaction: Transaction, now: datetime, actor: str, participant: Mapping[Any, Any]
    ) -> None:
        """Stand in a transaction that has raised the version, so no other change runs beside."""
        self._transaction = transaction
        self._actor = actor
        self._participant = participant
        self.now = now

    @property
    def inn(self) -> str | None:
        """The participant's taxpayer number."""
        inn: str | None = self._participant["inn"]
        return inn

    @property
    def code(self) -> str:
        """The participant's code."""
        code: str = self._participant["code"]
        return code

    @property
    def transaction(self) -> Transaction:
        """The transaction of the change."""
        return self._transaction

    @property
    def name(self) -> str:
        """The participant's name before the change."""
        name: str = self._participant["name"]
        return name

    @property
    def kind(self) -> str:
        """The participant's kind, a value of ParticipantKind."""
        kind: str = self._participant["kind"]
        return kind

    @property
    def sub_kind(self) -> str | None:
        """What it is more closely, a value of SubKind."""
        sub_kind: str | None = self._participant["sub_kind"]
        return sub_kind

    def seal(self, place: str, text: str) -> str:
        """Return personal data as the change log may hold it (SEC-10)."""
        return self._transaction.vault.seal(place, text)

    def require_bank(self) -> None:
        """Raise NotABank for any other kind."""
        if self._participant["kind"] != _BANK:
            raise errors.NotABank

    def insert(self, table: sa.Table, **values: object) -> None:
        """Add a row."""
        self._transaction.execute(sa.insert(table).values(**values))

    def update_participant(self, **values: object) -> None:
        """Change the participant's own row."""
        table = models.participant
        self._transaction.execute(
            sa.update(table).where(table.c.code == self._participant["code"]).values(**values)
        )

    def first(self, query: sa.Select[Any]) -> sa.RowMapping | None:
        """Return the first row of a query, or None."""
        return self._transaction.execute(query).mappings().first()

    def count(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        """Return how many rows of a table meet the conditions."""
        query = sa.select(sa.func.count()).select_from(table).where(*conditions)
        return int(self._transaction.execute(query).scalar_one())

    def open_rights(self) -> set[str]:
        """Return the services that the participant has a right to, in either contour."""
        right = models.access_right.c
        query = sa.select(right.service).where(
            right.participant == self.code, right.ended_at.is_(None)
        )
        return set(self._transaction.execute(query).scalars())

    def execute(self, statement: sa.Executable) -> sa.CursorResult[Any]:
        """Run a statement of the change."""
        return self._transaction.execute(statement)

    def open(self, table: sa.Table, key: Mapping[str, object], **more: object) -> None:
        """Begin what `key` names; raise NothingToChange if it has begun and not ended."""
        if self.first(sa.select(table).where(*_open_rows(table, key))) is not None:
            raise errors.NothingToChange
        self.insert(table, created_at=self.now, **key, **more)

    def end(self, table: sa.Table, key: Mapping[str, object]) -> None:
        """End what `key` names; raise NothingToChange if it is not there or has ended."""
        ended = self._transaction.execute(
            sa.update(table).where(*_open_rows(table, key)).values(ended_at=self.now)
        )
        if not ended.rowcount:
            raise errors.NothingToChange

    def free_login(self, prefix: str) -> str:
        """Return the next login of `prefix`; one that was ever issued is never issued again."""
        login = models.credential.c.login
        taken = self._transaction.execute(
            sa.select(sa.func.count()).where(login.startswith(f"{prefix}-", autoescape=True))
        ).scalar_one()
        return f"{prefix}-{taken + 1}"

    def log(self, subject: str, before: object, after: object, basis: str | None = None) -> None:
        """Leave the trace: who, when, what, from what to what (SEC-13)."""
        code = self._participant.get("code")
        if code is not None:
            self.update_participant(changed_at=self.now)
        self.insert(
            models.change_log,
            changed_at=self.now,
            actor=self._actor,
            participant=code,
            subject=subject,
            before=_text(before),
            after=_text(after),
            basis=basis,
        )


@contextmanager
def changing(database: Database, now: datetime, actor: str, code: str) -> Iterator[Change]:
    """Change a known participant; raise ParticipantUnknown."""
    with database.writing() as transaction:
        yield change_of(transaction, now, actor, code)


def change_of(transaction: Transaction, now: datetime, actor: str, code: str) -> Change:
    """Change a known participant inside the caller's transaction; raise ParticipantUnknown."""
    participant = _locked(transaction, code)
    if participant is None:
        raise errors.ParticipantUnknown(f"Участника {code} нет.")
    return Change(transaction, now, actor, participant)


def entry_of(transaction: Transaction, now: datetime, actor: str, code: str) -> Change:
    """Enter a new participant inside the caller's transaction; raise ParticipantExists."""
    if _locked(transaction, code) is not None:
        raise errors.ParticipantExists(f"Участник {code} уже есть.")
    return Change(transaction, now, actor, {"code": code})


@contextmanager
def changing_common(database: Database, now: datetime, actor: str) -> Iterator[Change]:
    """Change what belongs to no participant, such as the authorities of a contour."""
    with database.writing() as transaction:
        raise_version(transaction)
        yield Change(transaction, now, actor, {})


def raise_version(transaction: Transaction) -> None:
    """Let every directory look anew; changes of the registry come one after another."""
    # The row of the version is the lock.
    transaction.execute(_RAISE_VERSION)


def hold(transaction: Transaction) -> None:
    """Let no other change run beside, without making one: what is read now stays so."""
    transaction.execute(sa.select(models.registry_version.c.version).with_for_update())


def _locked(transaction: Transaction, code: str) -> sa.RowMapping | None:
    raise_version(transaction)
    table = models.participant
    return transaction.execute(sa.select(table).where(table.c.code == code)).mappings().first()


def _open_rows(table: sa.Table, key: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    return [table.c.ended_at.is_(None), *(table.c[name] == value for name, value in key.items())]


def _text(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
