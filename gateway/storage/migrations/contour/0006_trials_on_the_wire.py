"""Trials: answers kept back, signatures of the called, test data that goes (GW-11, JOB-21)."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables and the column."""
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
    op.create_table(
        "conformance_purged",
        sa.Column("session", Identifier(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("session"),
        sa.ForeignKeyConstraint(["session"], ["conformance_session.id"]),
    )
    op.create_table(
        "trial_account",
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.ForeignKeyConstraint(["number"], ["personal_account.number"]),
    )
    for table in ("conformance_withheld", "conformance_purged"):
        for statement in append_only.statements(table, op.get_bind().dialect.name):
            op.execute(statement)
