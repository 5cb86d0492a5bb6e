"""The record of chores: one row per business time."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "chore_run",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("business_time", Instant(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant()),
        sa.Column("planned", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failed_at", Instant()),
        sa.Column("failure", sa.Text()),
        sa.PrimaryKeyConstraint("job", "business_time"),
    )
