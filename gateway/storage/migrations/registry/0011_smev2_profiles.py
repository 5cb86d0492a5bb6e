"""How participants are known in SMEV 2."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Instant

revision = "0011"
down_revision = "0010"

_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "smev2_profile",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
        ),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("mnemonic", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text()),
        sa.Column("app_data_type", sa.Text()),
        sa.Column("service_name", sa.Text()),
        sa.Column("service_version", sa.Text()),
        sa.Column("exchange_type", sa.Text()),
        sa.Column("serves", sa.Boolean(), nullable=False),
        sa.Column("inline_files", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
    )
    for name, column in (
        ("smev2_profile_open", "participant"),
        ("smev2_profile_mnemonic", "mnemonic"),
    ):
        op.create_index(
            name,
            "smev2_profile",
            [column],
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
