"""Verdicts of the scanner, and the order in which attachments grow old."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the table and the index."""
    op.create_table(
        "attachment_verdict",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("finding", sa.Text()),
        sa.Column("scanned_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index("ix_attachment_kept_at", "attachment", ["kept_at"])
