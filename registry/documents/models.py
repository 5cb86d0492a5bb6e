"""Tables of documents. Files, signatures, scans and the history only grow."""

from uuid import UUID

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import registry_metadata
from gateway.storage.types import Identifier, Instant

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only an INTEGER key


def _document(*, primary_key: bool = True) -> sa.Column[UUID]:
    return sa.Column(
        "document",
        Identifier,
        sa.ForeignKey("document.id"),
        primary_key=primary_key,
        nullable=False,
    )


document_counter = sa.Table(
    "document_counter",
    registry_metadata,
    sa.Column("doc_type", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

document = sa.Table(
    "document",
    registry_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("doc_type", sa.Text, nullable=False),  # DocType
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("serial", sa.Integer, nullable=False),
    sa.Column("number", sa.Text, nullable=False, unique=True),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # DocumentState
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("case_id", Identifier),
    sa.Column("session_id", Identifier),
    sa.Column("go_live", sa.Date),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("signed_at", Instant),
    sa.Column("registered_at", Instant),
    sa.Column("cancelled", sa.Text),  # why
    sa.UniqueConstraint("doc_type", "year", "serial", name="document_serial"),
    sa.Index("document_case", "case_id"),
    sa.Index("document_date", "date"),
)

document_party = sa.Table(
    "document_party",
    registry_metadata,
    _document(),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("participant", sa.Text, sa.ForeignKey("participant.code"), nullable=False),
    sa.Column("signs", sa.Boolean, nullable=False),
    sa.UniqueConstraint("document", "participant", name="document_party_once"),
    sa.Index("document_party_participant", "participant"),
)
append_only.protect(document_party)

document_file = sa.Table(
    "document_file",
    registry_metadata,
    _document(),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("format", sa.Text, primary_key=True),  # FileFormat
    sa.Column("octets", sa.LargeBinary, nullable=False),
    sa.Column("sealed", sa.Boolean, nullable=False),  # encrypted, for it holds personal data
    sa.Column("sha256", sa.LargeBinary, nullable=False),  # of what was sealed, not of the seal
    sa.Column("streebog", sa.LargeBinary, nullable=False),  # GOST R 34.11-2012, 256 bits
    # What it was rendered with; absent for XML, which is not rendered.
    sa.Column("template_sha256", sa.LargeBinary),
    sa.Column("fonts_sha256", sa.LargeBinary),
    sa.Column("engine", sa.Text),
    sa.Column("made_at", Instant, nullable=False),
)
append_only.protect(document_file)

document_scan = sa.Table(
    "document_scan",
    registry_metadata,
    sa.Column("sha256", sa.LargeBinary, primary_key=True),  # of what was sealed
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("octets", sa.LargeBinary, nullable=False),  # always sealed
    sa.Column("kept_at", Instant, nullable=False),
)
append_only.protect(document_scan)

document_signature = sa.Table(
    "document_signature",
    registry_metadata,
    _document(),
    sa.Column("participant", sa.Text, sa.ForeignKey("participant.code"), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # SignatureKind
    sa.Column("signatory_name", sa.Text, nullable=False),
    sa.Column("signatory_position", sa.Text, nullable=False),
    sa.Column("signatory_basis", sa.Text, nullable=False),
    sa.Column("signed_at", Instant, nullable=False),
    sa.Column("accepted_at", Instant, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("scan", sa.LargeBinary, sa.ForeignKey("document_scan.sha256")),
    sa.Column("certificate", sa.Text),
    sa.Column("verdict", sa.Text, nullable=False),
)
append_only.protect(document_signature)

document_cms = sa.Table(
    "document_cms",
    registry_metadata,
    _document(),
    sa.Column("participant", sa.Text, primary_key=True),
    sa.Column("format", sa.Text, primary_key=True),  # the file it is over
    sa.Column("octets", sa.LargeBinary, nullable=False),  # CMS, DER
    sa.ForeignKeyConstraint(
        ["document", "participant"],
        ["document_signature.document", "document_signature.participant"],
    ),
)
append_only.protect(document_cms)

document_history = sa.Table(
    "document_history",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _document(primary_key=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),  # Step
    sa.Column("before", sa.Text),  # DocumentState; absent for what is new
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Index("document_history_document", "document", "id"),
)
append_only.protect(document_history)
