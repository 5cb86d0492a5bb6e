"""Trials: answers that the stand has kept back, signatures of those it has called (GW-11)."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table and the column."""
    op.add_column("conformance_call", sa.Column("signature", sa.Text()))
    place = ("session", "case_code", "data_row", "attempt", "step")
    op.create_table(
        "conformance_withheld",
        sa.Column("session", Identifier(), nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("data_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint(*place),
        sa.ForeignKeyConstraint(["session"], ["conformance_session.id"]),
    )
    for statement in append_only.statements("conformance_withheld", op.get_bind().dialect.name):
        op.execute(statement)
