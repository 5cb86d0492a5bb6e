"""Applications, their files, and what the applicant has sent after them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from adapters.portal import models
from adapters.portal.messages.application import SubmitApplicationRequest
from adapters.portal.repository import events
from adapters.portal.repository.packing import pack, unpack
from gateway.contracts.messages.common import FileRef, HashAlgorithm
from gateway.kernel.message import Kept
from gateway.storage.database import Transaction
from registry.portal_services import Route


class Kind(Enum):
    """What an applicant sends after the application."""

    CANCEL = "CANCEL"
    MESSAGE = "MESSAGE"
    CORRECTION = "CORRECTION"


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it stands; its content is read apart."""

    id: UUID
    portal: str
    order_id: int
    department: str
    service: str
    form_version: str
    route: Route
    digest: bytes
    submitted_at: datetime
    received_at: datetime
    entry: int
    state: int
    """techCode."""
    org_code: str | None
    changed_at: datetime
    cancel_allowed: bool
    message_allowed: bool
    org_number: str | None
    """Its number in the department's own register."""
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A cancellation, a message or a correction as it was taken."""

    digest: bytes
    accepted: bool | None


_EVENT = "event/"
_MOVED = ("state", "org_code", "changed_at", "cancel_allowed", "message_allowed")
"""What events change."""
_COLUMNS = [column for column in models.application.c if column.name != "content"]


def add(transaction: Transaction, one: Application, content: SubmitApplicationRequest) -> None:
    """Keep a new application; one with the same number raises a race."""
    events.wait_turn(transaction, one.portal)
    values = {column.name: getattr(one, column.name) for column in _COLUMNS}
    transaction.execute(
        models.application.insert(),
        {**values, "route": one.route.value, "content": pack(content)},
    )


def of_portal(transaction: Transaction, portal: str, order_id: int) -> Application | None:
    """Return the application that a portal has numbered so, as it stands."""
    return _one(transaction, _by_portal(portal, order_id))


def lock_of_portal(transaction: Transaction, portal: str, order_id: int) -> Application | None:
    """Return the same and keep everybody else from changing it."""
    return _locked(transaction, _by_portal(portal, order_id))


def of_department(transaction: Transaction, department: str, order_id: int) -> Application | None:
    """Return the application of this number that was given to a department."""
    return _one(transaction, _by_department(department, order_id))


def lock_of_department(
    transaction: Transaction, department: str, order_id: int
) -> Application | None:
    """Return the same and keep everybody else from changing it."""
    return _locked(transaction, _by_department(department, order_id))


def lock_all(
    transaction: Transaction, told: Collection[tuple[str, int]]
) -> dict[tuple[str, int], Application]:
    """Lock many applications; return them by department and number."""
    a = models.application.c
    by_department: dict[str, set[int]] = defaultdict(set)
    for department, order_id in told:
        by_department[department].add(order_id)
    wanted = sa.or_(
        sa.false(),
        *(
            sa.and_(a.department == department, a.order_id.in_(sorted(order_ids)))
            for department, order_ids in by_department.items()
        ),
    )
    found = sa.select(*_COLUMNS).where(wanted).order_by(a.id)
    events.wait_turn(transaction, sa.select(a.portal).where(wanted))
    rows = transaction.execute(found.with_for_update())
    return {(one.department, one.order_id): one for one in map(_of_row, rows)}


def lock(transaction: Transaction, identifier: UUID) -> Application | None:
    """Return an application by the hub's own number, locked."""
    found = sa.select(*_COLUMNS).where(models.application.c.id == identifier)
    return _locked(transaction, found)


def existing(transaction: Transaction, order_ids: Collection[int]) -> frozenset[int]:
    """Return those numbers under which any portal has sent an application."""
    a = models.application.c
    found = sa.select(a.order_id).where(a.order_id.in_(sorted(order_ids)))
    return frozenset(transaction.execute(found).scalars()) if order_ids else frozenset()


def move(transaction: Transaction, applications: Collection[Application]) -> None:
    """Write where locked applications stand now."""
    transaction.update(
        models.application,
        ("id",),
        _MOVED,
        [(one.id, *(getattr(one, name) for name in _MOVED)) for one in applications],
    )


def exists(transaction: Transaction, order_id: int) -> bool:
    """Tell whether any portal has sent an application of this number."""
    found = sa.select(models.application.c.id).where(models.application.c.order_id == order_id)
    return transaction.execute(found.limit(1)).one_or_none() is not None


def content(transaction: Transaction, identifier: UUID) -> SubmitApplicationRequest:
    """Return the application as it came, without the content of its files."""
    found = sa.select(models.application.c.content).where(models.application.c.id == identifier)
    return unpack(SubmitApplicationRequest, transaction.execute(found).scalar_one())


def change(transaction: Transaction, one: Application, **values: Any) -> Application:  # noqa: ANN401 -- columns
    """Change columns of a locked application and return it as it is then."""
    if values:
        transaction.execute(
            models.application.update().where(models.application.c.id == one.id).values(**values)
        )
    return replace(one, **values)


def keep_files(
    transaction: Transaction, application: UUID, source: str, files: Iterable[FileRef]
) -> None:
    """Note which kept attachments belong to an application, and what brought them."""
    rows = [
        {
            "application": application,
            "source": source,
            "file_id": UUID(file.file_id),
            "name": file.file_name,
            "media_type": file.mime_type,
            "size": file.size,
            "sha256": file.hash,
        }
        for file in files
    ]
    if rows:
        transaction.execute(models.attachment.insert(), rows)


def event_source(seq: int) -> str:
    """Return what brought the files of an event."""
    return f"{_EVENT}{seq}"


def is_of_event(source: str) -> bool:
    """Tell whether an event brought a file, not the applicant."""
    return source.startswith(_EVENT)


def files(transaction: Transaction, application: UUID, number: UUID) -> Mapping[str, FileRef]:
    """Return the files of an application under one number, content and all, by their source."""
    table = models.attachment
    rows = transaction.execute(
        sa.select(table).where(table.c.application == application, table.c.file_id == number)
    )
    return {row.source: _file(row) for row in rows}


def asked(transaction: Transaction, application: UUID, kind: Kind, number: UUID) -> Asked | None:
    """Return what was taken under the portal's number before."""
    table = models.request
    found = transaction.execute(
        sa.select(table.c.digest, table.c.accepted).where(
            table.c.application == application, table.c.kind == kind.value, table.c.id == number
        )
    ).one_or_none()
    return None if found is None else Asked(bytes(found.digest), found.accepted)


def add_request(
    transaction: Transaction,
    application: UUID,
    kind: Kind,
    number: UUID,
    request: object,
    **values: Any,  # noqa: ANN401 -- columns
) -> None:
    """Keep what an applicant has sent; `values` are `digest`, `received_at` and `entry`."""
    transaction.execute(
        models.request.insert(),
        {
            "application": application,
            "kind": kind.value,
            "id": number,
            "content": pack(request),
            **values,
        },
    )


def answer_request(
    transaction: Transaction, application: UUID, kind: Kind, number: UUID, *, accepted: bool
) -> None:
    """Note what the department has answered to a request."""
    table = models.request
    transaction.execute(
        table.update()
        .where(table.c.application == application, table.c.kind == kind.value, table.c.id == number)
        .values(accepted=accepted)
    )


def _file(row: Any) -> FileRef:  # noqa: ANN401 -- a row of SQLAlchemy
    digest = bytes(row.sha256)
    return FileRef(
        file_id=str(row.file_id),
        file_name=row.name,
        mime_type=row.media_type,
        size=row.size,
        hash=digest,
        hash_alg=HashAlgorithm.SHA_256,
        content=Kept.of(digest),
    )


def _by_portal(portal: str, order_id: int) -> sa.Select[Any]:
    table = models.application
    return sa.select(*_COLUMNS).where(table.c.portal == portal, table.c.order_id == order_id)


def _by_department(department: str, order_id: int) -> sa.Select[Any]:
    table = models.application
    return sa.select(*_COLUMNS).where(
        table.c.department == department, table.c.order_id == order_id
    )


def _locked(transaction: Transaction, found: sa.Select[Any]) -> Application | None:
    """Return the application locked, after the numbers of its portal's events.

    Everybody locks in this order: two who both change applications never wait for each other.
    """
    events.wait_turn(transaction, found.with_only_columns(models.application.c.portal))
    return _one(transaction, found.with_for_update())


def _one(transaction: Transaction, found: sa.Select[Any]) -> Application | None:
    row = transaction.execute(found).one_or_none()
    return None if row is None else _of_row(row)


def _of_row(row: Any) -> Application:  # noqa: ANN401 -- a row of SQLAlchemy
    values = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's own public name
    return Application(**{**values, "route": Route(row.route), "digest": bytes(row.digest)})
