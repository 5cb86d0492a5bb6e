"""Applications of the portal, what came after them, and the events on them."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Identifier, Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables."""
    _create_application()
    _create_request()
    _create_attachment()
    _create_event()


def _create_application() -> None:
    op.create_table(
        "portal_application",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("org_code", sa.Text()),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("cancel_allowed", sa.Boolean(), nullable=False),
        sa.Column("message_allowed", sa.Boolean(), nullable=False),
        sa.Column("org_number", sa.Text()),
        sa.Column("taken_at", Instant()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("portal", "order_id"),
        sa.UniqueConstraint("department", "order_id"),
    )
    op.create_index(
        "portal_application_inbox", "portal_application", ["department", "state", "received_at"]
    )
    op.create_index("portal_application_order", "portal_application", ["order_id"])


def _create_request() -> None:
    op.create_table(
        "portal_request",
        sa.Column("application", Identifier(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.Boolean()),
        sa.ForeignKeyConstraint(["application"], ["portal_application.id"]),
        sa.PrimaryKeyConstraint("application", "kind", "id"),
    )


def _create_attachment() -> None:
    op.create_table(
        "portal_attachment",
        sa.Column("application", Identifier(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_id", Identifier(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["application"], ["portal_application.id"]),
        sa.PrimaryKeyConstraint("application", "source", "file_id"),
    )


def _create_event() -> None:
    op.create_table(
        "portal_event",
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("application", Identifier(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("tech_code", sa.Integer()),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("pushed", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("event_date", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger()),
        sa.Column("acknowledged_at", Instant()),
        sa.ForeignKeyConstraint(["application"], ["portal_application.id"]),
        sa.PrimaryKeyConstraint("portal", "seq"),
        sa.UniqueConstraint("sender", "id"),
    )
    op.create_index("portal_event_application", "portal_event", ["application", "seq"])
    op.create_table(
        "portal_event_counter",
        sa.Column("portal", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("portal"),
    )
