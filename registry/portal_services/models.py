"""Tables of portal services. What ends keeps its row; schema documents only grow."""

from typing import Any

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import registry_metadata
from gateway.storage.types import Instant

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only an INTEGER key


def _kept(name: str, key: tuple[str, ...], *columns: sa.Column[Any]) -> sa.Table:
    """Make a table of a `Record`: of equal keys one row has no end."""
    still_open = sa.text("ended_at IS NULL")
    return sa.Table(
        name,
        registry_metadata,
        sa.Column("id", _SERIAL, primary_key=True),
        *columns,
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Index(
            f"{name}_open",
            *key,
            unique=True,
            sqlite_where=still_open,
            postgresql_where=still_open,
        ),
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


portal_service = _kept(
    "portal_service",
    ("code",),
    _text("code"),
    sa.Column("department", sa.Text, sa.ForeignKey("participant.code"), nullable=False),
    _text("title"),
    # Media types parted by spaces, in order; absent when nothing may be attached.
    _text("attachment_types", nullable=True),
    sa.Column("attachment_bytes", sa.BigInteger),
)

portal_service_route = _kept(
    "portal_service_route",
    ("service", "contour"),
    _text("service"),
    _text("contour"),
    _text("route"),  # Route
    sa.Column("is_open", sa.Boolean, nullable=False),
)

portal_service_code = _kept(
    "portal_service_code",
    ("service", "org_code"),
    _text("service"),
    _text("org_code"),  # what the department calls a status
    sa.Column("tech_code", sa.Integer, nullable=False),
)

portal_form = _kept(
    "portal_form",
    ("service", "version"),
    _text("service"),
    _text("version"),
    _text("namespace"),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
)

portal_form_document = sa.Table(
    "portal_form_document",
    registry_metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True),  # of all documents of the form
    sa.Column("name", sa.Text, primary_key=True),  # a relative file name
    sa.Column("content", sa.LargeBinary, nullable=False),
)
append_only.protect(portal_form_document)
