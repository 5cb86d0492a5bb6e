"""From which day a card is in force, and what participants have told of themselves."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("organization_version", sa.Column("valid_from", sa.Date()))
    op.create_table(
        "organization_statement",
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("participant", "digest"),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
    )
