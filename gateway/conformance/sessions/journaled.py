"""The participant's messages, as the journal of the contour keeps them.

His messages carry no number of a session. His are those that the journal says he sent; a message
whose sender nobody learnt (a broken signature) is looked at only where a plan expects such a one.
"""

import zlib
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.conformance.errors import StandBroken
from gateway.conformance.evidence import Message, Signature
from gateway.kernel.errors import CertificateExpired, SignatureInvalid
from gateway.pipeline.process import REFUSED_REQUEST_BYTES
from gateway.security.errors import Reason
from gateway.storage.database import Transaction
from gateway.storage.journal import Entry, Outcome, journal_entry, unpack

MOST_MESSAGES = 20_000
MOST_BYTES = 256 * 1024 * 1024
"""What one judgement holds in memory."""
MOST_STORED_BYTES = 64 * 1024 * 1024
"""The same as the journal keeps them, compressed: asked for before anything is read."""

_ENTRY = journal_entry.c
_TRIALS = "test/conformance/1.0"
_NO_QUESTION = sa.or_(
    _ENTRY.service != _TRIALS, _ENTRY.operation.is_(None), _ENTRY.operation == "Ping"
)
"""Asking how a session stands is no trial, and whoever follows one asks every two seconds."""
_FIRST = journal_entry.alias("first")  # the entry whose answer a repeat got again
_FACTS = (
    _ENTRY.entry,
    _ENTRY.received_at,
    _ENTRY.sender,
    _ENTRY.service,
    _ENTRY.operation,
    _ENTRY.outcome,
    _ENTRY.code,
    _ENTRY.http_status,
    _ENTRY.reason,
    _ENTRY.certificate,
    _ENTRY.packed,
    _ENTRY.request,
    _ENTRY.response,
    _FIRST.c.packed.label("first_packed"),
    _FIRST.c.response.label("first_response"),
)


class TooManyMessages(StandBroken):
    """A session has more messages than a judgement may hold in memory."""

    message = "Сообщений в сеансе больше, чем стенд может проверить."
    action = "Завершите или отмените сеанс и начните новый; участнику сбой не засчитывается."


def messages(
    transaction: Transaction,
    participant: str,
    services: Collection[str],
    since: datetime,
    until: datetime,
    *,
    unidentified: bool,
) -> tuple[Message, ...]:
    """Return what the participant sent to contracts (`*`: to any) from `since` to `until`.

    `unidentified` adds messages of nobody. Raises TooManyMessages.
    """
    found: list[Message] = []
    size = 0
    senders = [_ENTRY.sender == participant]
    if unidentified:
        senders.append(_ENTRY.sender.is_(None))
    for row in _rows(transaction, services, since, until, senders):
        message = _message(row)
        size += len(message.request or b"") + len(message.reply or b"")
        if size > MOST_BYTES:
            raise TooManyMessages
        found.append(message)
    return tuple(found)


def message_of(entry: Entry) -> Message:
    """Return a message that is about to be journaled."""
    return Message(
        entry=entry.entry,
        received_at=entry.received_at,
        sender=entry.sender,
        service=entry.service,
        operation=entry.operation,
        request=entry.request,
        reply=entry.response,
        http_status=entry.http_status,
        code=entry.code,
        signature=_signature(entry),
        damage=_cut_off(entry.outcome, entry.request),
    )


def count(transaction: Transaction, participant: str, since: datetime) -> int:
    """Count what the participant has sent since a moment."""
    where = (_ENTRY.sender == participant, _ENTRY.received_at >= since)
    counted = sa.select(sa.func.count()).select_from(journal_entry).where(*where)
    return int(transaction.execute(counted).scalar_one())


def _rows(
    transaction: Transaction,
    services: Collection[str],
    since: datetime,
    until: datetime,
    senders: list[sa.ColumnElement[bool]],
) -> Iterator[sa.Row[Any]]:
    """Ask for each sender by himself: an index leads to each, and to no two of them at once."""
    for sender in senders:
        where = [
            sender,
            _ENTRY.received_at >= since,
            _ENTRY.received_at < until,
            # An interrupted message had no effect and no answer; its sender repeats it.
            _ENTRY.outcome != Outcome.INTERRUPTED.value,
        ]
        where.append(_NO_QUESTION if "*" in services else _ENTRY.service.in_(services))
        _refuse_too_many(transaction, where)
        asked = (
            sa.select(*_FACTS)
            .outerjoin(_FIRST, _FIRST.c.entry == _ENTRY.repeat_of)
            .where(*where)
            .order_by(_ENTRY.received_at, _ENTRY.entry)
        )
        yield from transaction.execute(asked)


def _refuse_too_many(transaction: Transaction, where: list[sa.ColumnElement[bool]]) -> None:
    stored = sa.func.sum(
        sa.func.coalesce(sa.func.length(_ENTRY.request), 0)
        + sa.func.coalesce(sa.func.length(_ENTRY.response), 0)
    )
    asked = sa.select(sa.func.count(), sa.func.coalesce(stored, 0)).where(*where)
    count, size = transaction.execute(asked).one()
    if count > MOST_MESSAGES or size > MOST_STORED_BYTES:
        raise TooManyMessages


def _message(row: sa.Row[Any]) -> Message:
    request, reply, damage = _contents(row)
    return Message(
        entry=row.entry,
        received_at=row.received_at,
        sender=row.sender,
        service=row.service,
        operation=row.operation,
        request=request,
        reply=reply,
        http_status=row.http_status,
        code=row.code,
        signature=_signature(row),
        damage=damage,
    )


def _contents(row: sa.Row[Any]) -> tuple[bytes | None, bytes | None, str | None]:
    """Return both sides of an entry, or why they cannot be read."""
    try:
        request = _unpacked(row.request, packed=row.packed)
        reply = _unpacked(row.response, packed=row.packed)
        if reply is None:
            reply = _unpacked(row.first_response, packed=bool(row.first_packed))
    except zlib.error:
        return None, None, "содержимое не распаковывается"
    damage = _cut_off(Outcome(row.outcome), request)
    return None if damage else request, reply, damage


def _cut_off(outcome: Outcome, request: bytes | None) -> str | None:
    if outcome is Outcome.REFUSED and len(request or b"") >= REFUSED_REQUEST_BYTES:
        return "отвергнутое сообщение сохранено не целиком"
    return None


def _unpacked(octets: bytes | memoryview | None, *, packed: bool) -> bytes | None:
    return None if octets is None else unpack(octets, packed=packed)


def _signature(row: sa.Row[Any] | Entry) -> Signature:
    """Return what the hub found; a signature that was proven left its certificate."""
    if row.certificate is not None:
        return Signature.VALID
    missing = Reason.MISSING.value[0]
    refused = row.code in {SignatureInvalid.code, CertificateExpired.code}
    if refused and not (row.reason or "").startswith(missing):
        return Signature.INVALID
    return Signature.NONE
