"""The outbox of the participant registry, and notices."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0007"
down_revision = "0006"

_PREFIX = "registry_"
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_WAITING = sa.text("state = 'WAITING'")
_CLAIMED = sa.text("state = 'CLAIMED'")
_IN_LINE = sa.text("in_line")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        f"{_PREFIX}outbox_letter",
        sa.Column("letter", _SERIAL, nullable=False),
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entry", sa.BigInteger()),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("letter"),
    )
    op.create_index(f"{_PREFIX}outbox_letter_id", f"{_PREFIX}outbox_letter", ["id"], unique=True)
    op.create_index(f"{_PREFIX}outbox_letter_source", f"{_PREFIX}outbox_letter", ["source"])
    _create_delivery()
    op.create_table(
        f"{_PREFIX}outbox_attempt",
        sa.Column("letter", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("letter", "number"),
        sa.ForeignKeyConstraint(["letter"], [f"{_PREFIX}outbox_letter.letter"]),
    )
    op.create_table(
        f"{_PREFIX}outbox_address",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", Instant()),
        sa.Column("paused_at", Instant()),
        sa.PrimaryKeyConstraint("address"),
    )
    op.create_table(
        f"{_PREFIX}outbox_command",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("letter", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["letter"], [f"{_PREFIX}outbox_letter.letter"]),
    )
    _create_notice()
    dialect = op.get_bind().dialect.name
    outbox = [f"{_PREFIX}outbox_{table}" for table in ("letter", "attempt", "command")]
    for table in (*outbox, "notice", "notice_acknowledgement"):
        for statement in append_only.statements(table, dialect):
            op.execute(statement)


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text()),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
    )
    op.create_index("notice_once", "notice", ["code", "participant", "event"], unique=True)
    op.create_index("notice_seq", "notice", ["participant", "seq"], unique=True)
    op.create_table(
        "notice_counter",
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("participant"),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
    )
    op.create_table(
        "notice_acknowledgement",
        sa.Column("notice", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("acknowledged_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("notice"),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"]),
    )


def _create_delivery() -> None:
    op.create_table(
        f"{_PREFIX}outbox_delivery",
        sa.Column("letter", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("deadline", Instant(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("in_line", sa.Boolean(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_at", Instant()),
        sa.Column("lease_until", Instant()),
        sa.Column("ended_at", Instant()),
        sa.PrimaryKeyConstraint("letter"),
        sa.CheckConstraint(
            "state IN ('WAITING', 'CLAIMED', 'DELIVERED', 'PARKED', 'CANCELLED', 'EXPIRED')",
            name=f"{_PREFIX}outbox_delivery_state",
        ),
        sa.CheckConstraint(
            "(state = 'CLAIMED') = (lease_until IS NOT NULL)",
            name=f"{_PREFIX}outbox_delivery_lease",
        ),
        sa.ForeignKeyConstraint(["letter"], [f"{_PREFIX}outbox_letter.letter"]),
    )
    _index("due", _WAITING, "address", "due_at", "letter")
    _index("deadline", _WAITING, "deadline")
    _index("claimed", _CLAIMED, "lease_until")
    _index("line", _IN_LINE, "key", "letter")


def _index(name: str, condition: sa.TextClause, *columns: str) -> None:
    op.create_index(
        f"{_PREFIX}outbox_delivery_{name}",
        f"{_PREFIX}outbox_delivery",
        list(columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )
