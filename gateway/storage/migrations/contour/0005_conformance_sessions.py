"""Sessions of trials: what was asked, recorded, decided, told and frozen; messages by sender."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables, and the index by which a participant's messages are found."""
    op.create_index("journal_entry_sender", "journal_entry", ["sender", "received_at"])
    _create_session()
    _create(
        "ending",
        [sa.Column("session", Identifier(), nullable=False)],
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("comment", sa.Text()),
    )
    _create(
        "attempt",
        [*_place()[:3], _number()],
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("system_version", sa.Text(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
    )
    _create(
        "file",
        _place(),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    _create(
        "provided",
        [*_place(), _number()],
        sa.Column("at", Instant(), nullable=False),
        sa.Column("provided_by", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
    )
    _create(
        "decision",
        _place(),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("tester", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    _create(
        "call",
        [*_place(), _number()],
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant()),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("http_status", sa.Integer()),
        sa.Column("reply", sa.LargeBinary()),
        sa.Column("trouble", sa.Text()),
        sa.Column("ours", sa.Boolean(), nullable=False),
    )
    _create(
        "answer",
        [*_place(), _number()],
        sa.Column("at", Instant(), nullable=False),
        sa.Column("rows_found", sa.Integer(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text()),
    )
    _create(
        "preflight",
        [*_place()[:1], sa.Column("name", sa.Text(), nullable=False), _number()],
        sa.Column("at", Instant(), nullable=False),
        sa.Column("green", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    _create(
        "told",
        [*_place()[:1], sa.Column("line", sa.Text(), nullable=False), _number()],
        sa.Column("at", Instant(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
    )
    _create(
        "frozen",
        _place()[:1],
        sa.Column("at", Instant(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _create_session() -> None:
    op.create_table(
        "conformance_session",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("request_id", Identifier(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("suite", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("onboarding_case", Identifier()),
        sa.Column("contour", sa.Text(), nullable=False),
        sa.Column("endpoint_url", sa.Text()),
        sa.Column("system_version", sa.Text(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("participant", "request_id", name="conformance_session_request"),
    )
    op.create_index("conformance_session_expires", "conformance_session", ["expires_at"])
    op.create_index("conformance_session_plan", "conformance_session", ["plan", "started_at"])
    _protect("conformance_session")


def _create(name: str, key: list[sa.Column[Any]], *columns: sa.Column[Any]) -> None:
    table = f"conformance_{name}"
    op.create_table(
        table,
        *key,
        *columns,
        sa.PrimaryKeyConstraint(*(column.name for column in key)),
        sa.ForeignKeyConstraint(["session"], ["conformance_session.id"]),
    )
    _protect(table)


def _place() -> list[sa.Column[Any]]:
    return [
        sa.Column("session", Identifier(), nullable=False),
        sa.Column("case_code", sa.Text(), nullable=False),
        sa.Column("data_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
    ]


def _number() -> sa.Column[Any]:
    return sa.Column("number", sa.Integer(), autoincrement=False, nullable=False)


def _protect(table: str) -> None:
    for statement in append_only.statements(table, op.get_bind().dialect.name):
        op.execute(statement)
