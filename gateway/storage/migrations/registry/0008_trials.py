"""What finished sessions of trials came to for the cases that they were begun for."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0008"
down_revision = "0007"

_TABLE = "case_trial"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        _TABLE,
        sa.Column("session", Identifier(), nullable=False),
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("contour", sa.Text(), nullable=False),
        sa.Column("suite", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("system_version", sa.Text(), nullable=False),
        sa.Column("opens", sa.Boolean(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=False),
        sa.Column("good_until", Instant(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("document_id", Identifier()),
        sa.PrimaryKeyConstraint("session"),
        sa.ForeignKeyConstraint(["case_id"], ["onboarding_case.id"]),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
    )
    op.create_index("case_trial_case", _TABLE, ["case_id"])
    for statement in append_only.statements(_TABLE, op.get_bind().dialect.name):
        op.execute(statement)
