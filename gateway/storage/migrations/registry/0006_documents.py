"""Documents: their numbers, files, signatures and history."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0006"
down_revision = "0005"

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_APPEND_ONLY = (
    "document_party",
    "document_file",
    "document_scan",
    "document_signature",
    "document_cms",
    "document_history",
)


def upgrade() -> None:
    """Add the tables."""
    _create_documents()
    _create_files()
    _create_signatures()
    _create_history()
    for table in _APPEND_ONLY:
        for statement in append_only.statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _create_documents() -> None:
    op.create_table(
        "document_counter",
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("doc_type", "year"),
    )
    op.create_table(
        "document",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", Identifier()),
        sa.Column("session_id", Identifier()),
        sa.Column("go_live", sa.Date()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("signed_at", Instant()),
        sa.Column("registered_at", Instant()),
        sa.Column("cancelled", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("doc_type", "year", "serial", name="document_serial"),
    )
    op.create_index("document_case", "document", ["case_id"])
    op.create_index("document_date", "document", ["date"])
    op.create_table(
        "document_party",
        sa.Column("document", Identifier(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("signs", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("document", "position"),
        sa.UniqueConstraint("document", "participant", name="document_party_once"),
    )
    op.create_index("document_party_participant", "document_party", ["participant"])


def _create_files() -> None:
    op.create_table(
        "document_file",
        sa.Column("document", Identifier(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("streebog", sa.LargeBinary(), nullable=False),
        sa.Column("template_sha256", sa.LargeBinary()),
        sa.Column("fonts_sha256", sa.LargeBinary()),
        sa.Column("engine", sa.Text()),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.PrimaryKeyConstraint("document", "revision", "format"),
    )
    op.create_table(
        "document_scan",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )


def _create_signatures() -> None:
    op.create_table(
        "document_signature",
        sa.Column("document", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("signatory_name", sa.Text(), nullable=False),
        sa.Column("signatory_position", sa.Text(), nullable=False),
        sa.Column("signatory_basis", sa.Text(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scan", sa.LargeBinary()),
        sa.Column("certificate", sa.Text()),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.ForeignKeyConstraint(["scan"], ["document_scan.sha256"]),
        sa.PrimaryKeyConstraint("document", "participant"),
    )
    op.create_table(
        "document_cms",
        sa.Column("document", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.ForeignKeyConstraint(
            ["document", "participant"],
            ["document_signature.document", "document_signature.participant"],
        ),
        sa.PrimaryKeyConstraint("document", "participant", "format"),
    )


def _create_history() -> None:
    op.create_table(
        "document_history",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("document", Identifier(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("document_history_document", "document_history", ["document", "id"])
