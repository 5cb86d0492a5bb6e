"""The journal as evidence: why and by which certificate, the chains of strands, daily roots."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns and the table of roots; strands of before stay without a chain."""
    op.add_column("journal_entry", sa.Column("reason", sa.Text()))
    op.add_column("journal_entry", sa.Column("certificate", sa.Text()))
    op.add_column("journal_entry", sa.Column("position", sa.BigInteger()))
    op.add_column("journal_entry", sa.Column("link", sa.LargeBinary()))
    op.add_column(
        "journal_strand",
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("journal_strand", sa.Column("link", sa.LargeBinary()))
    op.create_table(
        "journal_root",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.LargeBinary()),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    for statement in append_only.statements("journal_root", op.get_bind().dialect.name):
        op.execute(statement)
