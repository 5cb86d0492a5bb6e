"""Participants, their credentials and rights, the log of changes."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Instant

revision = "0001"
down_revision = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STILL_OPEN = sa.text("ended_at IS NULL")
_APPEND_ONLY = ("change_log",)


def upgrade() -> None:
    """Create every table; there is no way back but a backup."""
    op.create_table(
        "participant",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("inn", sa.Text()),
        sa.Column("kpp", sa.Text()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "registry_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="registry_version_single"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "access_right",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("contour", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "access_right_open",
        "access_right",
        ["participant", "service", "contour"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.create_table(
        "bank_day",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("banking", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "bank_day_open",
        "bank_day",
        ["participant", "day"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.create_table(
        "bank_terms",
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("credit_mode", sa.Text(), nullable=False),
        sa.Column("credit_days", sa.Integer(), nullable=False),
        sa.Column("bank_name", sa.Text(), nullable=False),
        sa.Column("bik", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("credit_days BETWEEN 3 AND 5", name="bank_terms_credit_days"),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("participant"),
    )
    op.create_table(
        "change_log",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("change_log_participant", "change_log", ["participant", "id"])
    op.create_table(
        "credential",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("contour", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("block_size", sa.Integer(), nullable=False),
        sa.Column("parallelism", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("login"),
    )
    op.create_table(
        "dialect_switch",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("dialect", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "dialect_switch_open",
        "dialect_switch",
        ["participant", "dialect"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.create_table(
        "organizer_binding",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["bank"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("organizer_binding_pair", "organizer_binding", ["bank", "organizer_inn"])
    dialect = op.get_bind().dialect.name
    for table in _APPEND_ONLY:
        for statement in append_only.statements(table, dialect):
            op.execute(statement)
