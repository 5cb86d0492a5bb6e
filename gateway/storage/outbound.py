"""The outbound half of the journal: what participants answered to each attempt.

The message itself is the letter of the outbox, and when it was tried is the attempt's; here lies
where it went and what came back, byte for byte. Rows are written in the transaction that settles
the attempt, and never changed.
"""

from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from gateway.storage import append_only, outbox
from gateway.storage.database import Transaction, contour_metadata
from gateway.storage.journal import PACK_FROM_BYTES, pack, unpack
from gateway.storage.outbox import State

outbound_exchange = sa.Table(
    "outbound_exchange",
    contour_metadata,
    sa.Column(
        "letter",
        sa.BigInteger,
        sa.ForeignKey(outbox.CONTOUR.letter.c.letter),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("operation", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("remote", sa.Text),
    sa.Column("http_status", sa.Integer),
    sa.Column("certificate", sa.Text),
    sa.Column("packed", sa.Boolean, nullable=False),
    sa.Column("reply", sa.LargeBinary),
)
append_only.protect(outbound_exchange)

_COLUMNS = tuple(column.name for column in outbound_exchange.columns)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One attempt on the wire."""

    letter: int
    number: int
    """Of the attempt."""
    participant: str
    service: str
    """Folder of the contract."""
    operation: str
    url: str | None
    """None: the registry named no address."""
    remote: str | None
    """The IP address that answered."""
    http_status: int | None
    certificate: str | None
    """SHA-256 of the certificate that signed the reply, in hex."""
    reply: bytes | None
    """None: nothing came back, or not to its end."""


def record(transaction: Transaction, exchanged: Exchanged) -> None:
    """Write down one attempt."""
    reply = exchanged.reply
    packed = len(reply or b"") > PACK_FROM_BYTES
    row = (
        exchanged.letter,
        exchanged.number,
        exchanged.participant,
        exchanged.service,
        exchanged.operation,
        exchanged.url,
        exchanged.remote,
        exchanged.http_status,
        exchanged.certificate,
        packed,
        pack(reply) if packed and reply is not None else reply,
    )
    transaction.insert(outbound_exchange, _COLUMNS, [row])


def of_letter(transaction: Transaction, letter: int) -> list[Exchanged]:
    """Return what was exchanged over a letter, in order."""
    table = outbound_exchange.c
    rows = transaction.execute(
        sa.select(outbound_exchange).where(table.letter == letter).order_by(table.number)
    )
    return [_read(row) for row in rows]


def reconcile(transaction: Transaction, channels: tuple[str, ...]) -> list[str]:
    """Name letters of `channels` that were delivered while no answer of theirs was kept."""
    delivery, table = outbox.CONTOUR.delivery.c, outbound_exchange.c
    unproven = (
        sa.select(delivery.letter)
        .where(
            delivery.channel.in_(channels),
            delivery.state == State.DELIVERED.value,
            ~sa.exists().where(
                table.letter == delivery.letter,
                table.number == delivery.attempts,
                table.reply.is_not(None),
            ),
        )
        .order_by(delivery.letter)
    )
    return [
        f"outbound_exchange: отправление {letter} доставлено, а ответа на него нет"
        for letter in transaction.execute(unproven).scalars()
    ]


def _read(row: "sa.Row[Any]") -> Exchanged:
    known = {field.name: getattr(row, field.name) for field in fields(Exchanged)}
    if row.reply is not None:
        known["reply"] = unpack(row.reply, packed=row.packed)
    return Exchanged(**known)
