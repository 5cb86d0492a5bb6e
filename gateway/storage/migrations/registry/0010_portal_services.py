"""Services of the portal: their departments, routes, status codes and forms."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Instant

revision = "0010"
down_revision = "0009"

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STILL_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Add the tables."""
    _create(
        "portal_service",
        ("code",),
        _text("code"),
        _text("department"),
        _text("title"),
        sa.Column("attachment_types", sa.Text()),
        sa.Column("attachment_bytes", sa.BigInteger()),
        sa.ForeignKeyConstraint(["department"], ["participant.code"]),
    )
    _create(
        "portal_service_route",
        ("service", "contour"),
        _text("service"),
        _text("contour"),
        _text("route"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
    )
    _create(
        "portal_service_code",
        ("service", "org_code"),
        _text("service"),
        _text("org_code"),
        sa.Column("tech_code", sa.Integer(), nullable=False),
    )
    _create(
        "portal_form",
        ("service", "version"),
        _text("service"),
        _text("version"),
        _text("namespace"),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
    )
    op.create_table(
        "portal_form_document",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "name"),
    )
    for statement in append_only.statements("portal_form_document", op.get_bind().dialect.name):
        op.execute(statement)


def _create(name: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem) -> None:
    """Make a table whose rows begin and end, one of them open per `key`."""
    op.create_table(
        name,
        sa.Column("id", _SERIAL, nullable=False),
        *parts,
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        f"{name}_open",
        name,
        list(key),
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
