"""Certificates of participants, authorities of contours, what responders said, notices."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Instant

revision = "0002"
down_revision = "0001"

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STILL_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add the tables; let the change log tell of what belongs to no participant."""
    op.add_column(
        "participant",
        sa.Column("signature_in_test", sa.Text(), nullable=False, server_default="OPTIONAL"),
    )
    _open_the_change_log()
    _create_certificates()
    _create_authorities()
    _create_revocation()


def _open_the_change_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("change_log", "participant", existing_type=sa.Text(), nullable=True)
        return
    # SQLite cannot take a NOT NULL back: the table is written anew.
    for change in ("update", "delete"):
        op.execute(f"DROP TRIGGER change_log_no_{change}")
    op.drop_index("change_log_participant", "change_log")
    op.rename_table("change_log", "change_log_before")
    op.create_table(
        "change_log",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text()),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO change_log SELECT * FROM change_log_before ORDER BY id")
    op.drop_table("change_log_before")
    op.create_index("change_log_participant", "change_log", ["participant", "id"])
    for statement in append_only.statements("change_log", "sqlite"):
        op.execute(statement)


def _create_certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("contour", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("thumbprint", sa.Text(), nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("inn", sa.Text()),
        sa.Column("ogrn", sa.Text()),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("not_after", Instant(), nullable=False),
        sa.Column("vouched_by", sa.Text()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.Column("revoked", sa.Text()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _one_open("certificate_open", "certificate")
    op.create_index("certificate_thumbprint", "certificate", ["thumbprint"])
    op.create_table(
        "certificate_notice",
        sa.Column("certificate", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["certificate"], ["certificate.id"]),
        sa.PrimaryKeyConstraint("certificate", "step"),
    )


def _create_authorities() -> None:
    op.create_table(
        "authority",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("contour", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("thumbprint", sa.Text(), nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("not_after", Instant(), nullable=False),
        sa.Column("crl_address", sa.Text()),
        sa.Column("ocsp_address", sa.Text()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.PrimaryKeyConstraint("id"),
    )
    _one_open("authority_open", "authority")


def _create_revocation() -> None:
    op.create_table(
        "revocation_list",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.Column("this_update", Instant(), nullable=False),
        sa.Column("next_update", Instant(), nullable=False),
        sa.Column("fetched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("issuer"),
    )
    op.create_table(
        "revocation_answer",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("thumbprint", sa.Text(), nullable=False),
        sa.Column("der", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("this_update", Instant(), nullable=False),
        sa.Column("next_update", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.Column("fetched_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "thumbprint"),
    )
    op.create_table(
        "revocation_attempt",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("thumbprint", sa.Text(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.PrimaryKeyConstraint("address", "thumbprint"),
    )


def _one_open(name: str, table: str) -> None:
    op.create_index(
        name,
        table,
        ["contour", "thumbprint"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
