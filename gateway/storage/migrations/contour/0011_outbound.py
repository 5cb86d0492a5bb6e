"""What participants answered to what the hub has sent them."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "outbound_exchange",
        sa.Column("letter", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("remote", sa.Text()),
        sa.Column("http_status", sa.Integer()),
        sa.Column("certificate", sa.Text()),
        sa.Column("packed", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["letter"], ["outbox_letter.letter"]),
        sa.PrimaryKeyConstraint("letter", "number"),
    )
    for statement in append_only.statements("outbound_exchange", op.get_bind().dialect.name):
        op.execute(statement)
