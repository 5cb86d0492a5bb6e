"""Publications of menus: what parents may see, and who let them (MEAL-CAT-08, 09)."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from adapters.meals.models import publication
from gateway.storage.database import Transaction
from gateway.storage.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A row of `publication`."""

    id: UUID
    sender: str
    publication_id: str
    organizer_inn: str
    period_from: date
    period_to: date
    state: str
    problems: str | None
    """JSON, of a rejected one."""
    digest: bytes
    decided_at: datetime
    withdrawn_at: datetime | None = None
    reason: str | None = None
    entry: int


_COLUMNS = tuple(field.name for field in fields(Publication))
_PLACES = """
    WHERE organizer_inn = :organizer_inn AND day BETWEEN :first AND :last
      AND school IN {schools:text}
"""
_TOUCH_PLACES = Query(
    f"""
    UPDATE complex_revision SET version = :version
    WHERE organizer_inn = :organizer_inn AND is_current
      AND code IN (SELECT code FROM offer {_PLACES})
    """  # noqa: S608 -- text of our own
)
_SHOW = Query(
    f"UPDATE offer SET publication = :publication, version = :version {_PLACES}"  # noqa: S608 -- text of our own
)
_TOUCH_SHOWN = Query(
    """
    UPDATE complex_revision SET version = :version
    WHERE organizer_inn = :organizer_inn AND is_current
      AND code IN (SELECT code FROM offer WHERE publication = :publication)
    """
)
_HIDE = Query(
    """
    UPDATE offer SET publication = NULL, version = :version WHERE publication = :publication
    """
)
_EARLIEST = Query("SELECT 1 FROM offer WHERE publication = :publication AND day < :day LIMIT 1")


def add(transaction: Transaction, one: Publication) -> None:
    """Store a decision; raise RaceLost if another process took its key meanwhile."""
    row = tuple(getattr(one, name) for name in _COLUMNS)
    transaction.insert_new(publication, _COLUMNS, [row])


def find(transaction: Transaction, sender: str, publication_id: str) -> Publication | None:
    """Return what a sender calls so; another's is unseen."""
    table = publication.c
    statement = (
        sa.select(publication)
        .where(table.sender == sender, table.publication_id == publication_id)
        .with_for_update()
    )
    row = transaction.execute(statement).one_or_none()
    return None if row is None else _publication(row)


def show(
    transaction: Transaction, one: Publication, schools: Collection[str], version: int
) -> None:
    """Let parents see all that is offered in schools within the period."""
    places = {
        "organizer_inn": one.organizer_inn,
        "first": one.period_from.isoformat(),
        "last": one.period_to.isoformat(),
        "schools": sorted(schools),
        "version": version,
    }
    transaction.run(_TOUCH_PLACES, **places)
    transaction.run(_SHOW, publication=str(one.id), **places)


def begins_before(transaction: Transaction, one: Publication, day: date) -> bool:
    """Tell whether something that it shows is for a day before `day`."""
    return bool(transaction.rows(_EARLIEST, publication=str(one.id), day=day.isoformat()))


def hide(
    transaction: Transaction, one: Publication, version: int, now: datetime, reason: str
) -> None:
    """Let parents see what it shows no longer."""
    key = str(one.id)
    transaction.run(_TOUCH_SHOWN, organizer_inn=one.organizer_inn, publication=key, version=version)
    transaction.run(_HIDE, publication=key, version=version)
    transaction.execute(
        sa.update(publication)
        .where(publication.c.id == one.id)
        .values(state="WITHDRAWN", withdrawn_at=now, reason=reason)
    )


def _publication(row: sa.Row[Any]) -> Publication:
    return Publication(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name
