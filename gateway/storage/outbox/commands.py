"""The operator's side of an outbox: look, pause, resume, resend, cancel; orders leave rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kernel.errors import IllegalTransition
from gateway.storage.database import Transaction
from gateway.storage.outbox import claims
from gateway.storage.outbox.errors import AddressUnknown, LetterUnknown
from gateway.storage.outbox.letter import State
from gateway.storage.outbox.tables import WAITING, Outbox

TRIES_OF_RESEND = 10
"""How many attempts at least a delivery has after it was ordered anew."""


class Command(Enum):
    """What an operator may order."""

    PAUSE = "PAUSE"
    RESUME = "RESUME"
    RESEND = "RESEND"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Order:
    """Who orders, why and when."""

    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries are asked for; None is any."""

    state: State | None = None
    address: str | None = None
    key: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A delivery as it is listed."""

    id: UUID
    source: str
    key: str
    channel: str
    address: str
    state: State
    attempts: int
    created_at: datetime
    due_at: datetime
    deadline: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt as it is shown."""

    number: int
    started_at: datetime
    ended_at: datetime
    verdict: str
    code: str
    note: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """A command as it is shown."""

    given_at: datetime
    actor: str
    command: Command
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one delivery but its bytes."""

    line: Line
    letter: int
    """Number of the letter."""
    message_id: str
    entry: int | None
    size: int
    tried: tuple[Tried, ...]
    ordered: tuple[Ordered, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """An address and how it fares."""

    address: str
    waiting: int
    failures: int
    open_until: datetime | None
    paused_at: datetime | None


def deliveries(box: Outbox, transaction: Transaction, wanted: Wanted, limit: int) -> list[Line]:
    """Return at most `limit` deliveries, the newest first."""
    d, letter = box.delivery.c, box.letter.c
    conditions: dict[sa.ColumnElement[Any], object] = {
        d.state: wanted.state and wanted.state.value,
        d.address: wanted.address,
        d.key: wanted.key,
        letter.source: wanted.source,
    }
    query = _lines(box).where(
        *(column == value for column, value in conditions.items() if value is not None)
    )
    rows = transaction.execute(query.order_by(d.letter.desc()).limit(limit))
    return [_line(row) for row in rows]


def find(box: Outbox, transaction: Transaction, delivery: UUID) -> Card:
    """Return one delivery with its attempts and what was ordered; raise LetterUnknown."""
    letter = box.letter.c
    row = transaction.execute(_lines(box).where(letter.id == delivery)).one_or_none()
    if row is None:
        raise LetterUnknown
    more = transaction.execute(
        sa.select(
            letter.letter, letter.message_id, letter.entry, sa.func.length(letter.payload)
        ).where(letter.id == delivery)
    ).one()
    return Card(
        _line(row), more[0], more[1], more[2], more[3], *_history(box, transaction, more[0])
    )


def destinations(box: Outbox, transaction: Transaction) -> list[Destination]:
    """Return every address that was ever written to."""
    a, d = box.address.c, box.delivery.c
    waiting = sa.select(sa.func.count()).where(d.address == a.address, WAITING).scalar_subquery()
    rows = transaction.execute(
        sa.select(a.address, waiting, a.failures, a.open_until, a.paused_at).order_by(a.address)
    )
    return [Destination(*row) for row in rows]


def pause(box: Outbox, transaction: Transaction, address: str, order: Order) -> None:
    """Send nothing to an address until `resume`; deadlines run on. Raises AddressUnknown."""
    if _lock_address(box, transaction, address).paused_at is not None:
        raise IllegalTransition(f"Адрес {address} уже приостановлен.")
    _write_address(box, transaction, address, paused_at=order.at)
    _log(box, transaction, Command.PAUSE, order, address=address)


def resume(box: Outbox, transaction: Transaction, address: str, order: Order) -> None:
    """Send to an address again and forget its failures; raise AddressUnknown."""
    row = _lock_address(box, transaction, address)
    if row.paused_at is None and row.open_until is None:
        raise IllegalTransition(f"Адрес {address} не остановлен.")
    _write_address(box, transaction, address, paused_at=None, open_until=None, failures=0)
    _log(box, transaction, Command.RESUME, order, address=address)
    box.notify(transaction)


def resend(box: Outbox, transaction: Transaction, delivery: UUID, order: Order) -> None:
    """Try a delivery again now, the same bytes under the same ids.

    One that had ended gets its whole time once more. Raises LetterUnknown, and
    IllegalTransition while a deliverer is at it.
    """
    row = _lock(box, transaction, delivery)
    _refuse(row.state, {State.CLAIMED})
    d = box.delivery.c
    values: dict[str, object] = {"due_at": order.at}
    if row.state != State.WAITING.value:
        values |= {
            "state": State.WAITING.value,
            "in_line": True,
            "ended_at": None,
            "budget": max(row.budget, row.attempts + TRIES_OF_RESEND),
            "deadline": order.at + (row.deadline - row.not_before),
            "not_before": order.at,
        }
    transaction.execute(sa.update(box.delivery).where(d.letter == row.letter).values(**values))
    _log(box, transaction, Command.RESEND, order, letter=row.letter)
    box.notify(transaction)


def cancel(box: Outbox, transaction: Transaction, delivery: UUID, order: Order) -> None:
    """Give a delivery up; letters behind it go on.

    Raises LetterUnknown, and IllegalTransition for one that was delivered, cancelled before, or
    is being sent.
    """
    row = _lock(box, transaction, delivery)
    _refuse(row.state, {State.CLAIMED, State.DELIVERED, State.CANCELLED})
    d = box.delivery.c
    transaction.execute(
        sa.update(box.delivery)
        .where(d.letter == row.letter)
        .values(state=State.CANCELLED.value, in_line=False, ended_at=order.at)
    )
    claims.call_forth(box, transaction, [row.key], order.at)
    _log(box, transaction, Command.CANCEL, order, letter=row.letter)
    box.notify(transaction)


_REFUSED = {
    State.CLAIMED: "Отправление сейчас отправляется; повторите команду через минуту.",
    State.DELIVERED: "Отправление уже доставлено.",
    State.CANCELLED: "Отправление уже отменено.",
}


def _refuse(state: str, states: set[State]) -> None:
    if State(state) in states:
        raise IllegalTransition(_REFUSED[State(state)])


def _lines(box: Outbox) -> "sa.Select[Any]":
    d, letter = box.delivery.c, box.letter.c
    return sa.select(
        letter.id,
        letter.source,
        d.key,
        d.channel,
        d.address,
        d.state,
        d.attempts,
        letter.created_at,
        d.due_at,
        d.deadline,
        d.ended_at,
    ).join(box.letter, letter.letter == d.letter)


def _line(row: Sequence[Any]) -> Line:
    values = list(row)
    values[5] = State(values[5])
    return Line(*values)


def _history(
    box: Outbox, transaction: Transaction, letter: int
) -> tuple[tuple[Tried, ...], tuple[Ordered, ...]]:
    t, c = box.attempt.c, box.command.c
    tried = transaction.execute(
        sa.select(t.number, t.started_at, t.ended_at, t.verdict, t.code, t.note)
        .where(t.letter == letter)
        .order_by(t.number)
    )
    ordered = transaction.execute(
        sa.select(c.given_at, c.actor, c.command, c.reason).where(c.letter == letter).order_by(c.id)
    )
    return (
        tuple(Tried(*row) for row in tried),
        tuple(Ordered(row[0], row[1], Command(row[2]), row[3]) for row in ordered),
    )


def _lock(box: Outbox, transaction: Transaction, delivery: UUID) -> "sa.Row[Any]":
    d, letter = box.delivery.c, box.letter.c
    number = transaction.execute(
        sa.select(letter.letter).where(letter.id == delivery)
    ).scalar_one_or_none()
    if number is None:
        raise LetterUnknown
    return transaction.execute(
        sa.select(d.letter, d.key, d.state, d.attempts, d.budget, d.not_before, d.deadline)
        .where(d.letter == number)
        .with_for_update()
    ).one()


def _lock_address(box: Outbox, transaction: Transaction, address: str) -> "sa.Row[Any]":
    a = box.address.c
    row = transaction.execute(
        sa.select(a.paused_at, a.open_until).where(a.address == address).with_for_update()
    ).one_or_none()
    if row is None:
        raise AddressUnknown(f"Адреса {address} в исходящей очереди нет.")
    return row


def _write_address(box: Outbox, transaction: Transaction, address: str, **values: object) -> None:
    transaction.execute(
        sa.update(box.address).where(box.address.c.address == address).values(**values)
    )


def _log(
    box: Outbox,
    transaction: Transaction,
    command: Command,
    order: Order,
    *,
    address: str | None = None,
    letter: int | None = None,
) -> None:
    transaction.execute(
        sa.insert(box.command).values(
            given_at=order.at,
            actor=order.actor,
            command=command.value,
            address=address,
            letter=letter,
            reason=order.reason,
        )
    )
