"""The record of jobs tells of failures, and of runs that somebody asked for."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; a run that was begun and not finished is taken up again."""
    for column in (
        sa.Column("planned", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failed_at", Instant()),
        sa.Column("failure", sa.Text()),
    ):
        op.add_column("job_run", column)
