"""The first tables of a contour: journal, meals accounts with their ledger, the bank's work."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant, Roubles

revision = "0001"
down_revision = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_APPEND_ONLY = ("ledger_entry",)


def upgrade() -> None:
    """Create every table; there is no way back but a backup."""
    _create_journal()
    _create_scheduler()
    _create_meals()
    _create_bank()
    dialect = op.get_bind().dialect.name
    for table in _APPEND_ONLY:
        for statement in append_only.statements(table, dialect):
            op.execute(statement)


def _create_journal() -> None:
    """Keep messages, stored answers and attachments."""
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "attachment_chunk",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number"),
    )
    op.create_table(
        "journal_entry",
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant()),
        sa.Column("remote", sa.Text(), nullable=False),
        sa.Column("binding", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text()),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text()),
        sa.Column("message_id", sa.Text()),
        sa.Column("business_key", sa.Text()),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("http_status", sa.Integer()),
        sa.Column("repeat_of", sa.BigInteger()),
        sa.Column("packed", sa.Boolean(), nullable=False),
        sa.Column("request", sa.LargeBinary()),
        sa.Column("response", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_journal_entry_business_key", "journal_entry", ["business_key"])
    op.create_index("ix_journal_entry_received_at", "journal_entry", ["received_at"])
    op.create_table(
        "journal_strand",
        sa.Column("strand", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("highest", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.PrimaryKeyConstraint("strand"),
    )
    op.create_table(
        "stored_answer",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "message_id"),
    )


def _create_scheduler() -> None:
    """Record the runs of background work."""
    op.create_table(
        "job_run",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("business_time", Instant(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant()),
        sa.PrimaryKeyConstraint("job", "business_time"),
    )


def _create_meals() -> None:
    """Know schools, organizers and personal accounts; keep the ledger."""
    op.create_table(
        "ledger_balance",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("balance", Roubles(), nullable=False),
        sa.PrimaryKeyConstraint("account", "organizer_inn"),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("amount", Roubles(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source"),
    )
    op.create_table(
        "organizer",
        sa.Column("inn", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("beneficiary_account", sa.Text()),
        sa.Column("beneficiary_bik", sa.Text()),
        sa.Column("beneficiary_bank", sa.Text()),
        sa.Column("beneficiary_purpose", sa.Text()),
        sa.Column("min_top_up", Roubles()),
        sa.Column("max_top_up", Roubles()),
        sa.PrimaryKeyConstraint("inn"),
    )
    op.create_table(
        "school",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("max_top_up", Roubles()),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "personal_account",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("pupil_mask", sa.Text(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("school_code", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('OPEN', 'BLOCKED', 'CLOSED')", name="personal_account_status"
        ),
        sa.ForeignKeyConstraint(["organizer_inn"], ["organizer.inn"]),
        sa.ForeignKeyConstraint(["school_code"], ["school.code"]),
        sa.PrimaryKeyConstraint("number"),
    )


def _create_bank() -> None:
    """Keep payments, payment registries, corrections and reconciliations."""
    op.create_table(
        "alert",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "participant", "subject", "business_date"),
    )
    op.create_table(
        "correction_line",
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("correction_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("new_account", sa.Text()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("result_was", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bank", "correction_id", "position"),
    )
    op.create_table(
        "payment",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("bank_payment_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("amount", Roubles(), nullable=False),
        sa.Column("commission", Roubles()),
        sa.Column("payment_time", Instant(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.Text()),
        sa.Column("document_number", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("expected_credit_date", sa.Date()),
        sa.Column("credited_at", Instant()),
        sa.Column("credited_by", sa.Text()),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("registry_id", Identifier()),
        sa.Column("registry_line", sa.Integer()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bank_payment_id", "bank", name="payment_bank_key"),
    )
    op.create_index("payment_time_range", "payment", ["payment_time"], postgresql_using="brin")
    op.create_table(
        "payment_cancel",
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("cancel_id", sa.Text(), nullable=False),
        sa.Column("payment_id", Identifier(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cancel_time", Instant(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bank", "cancel_id"),
        sa.UniqueConstraint("payment_id"),
    )
    op.create_table(
        "payment_registry",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("registry_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("registry_date", sa.Date(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text()),
        sa.Column("period_from", Instant(), nullable=False),
        sa.Column("period_to", Instant(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("order_number", sa.Text()),
        sa.Column("order_date", sa.Date()),
        sa.Column("order_amount", Roubles()),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("total_amount", Roubles(), nullable=False),
        sa.Column("total_commission", Roubles()),
        sa.Column("net_amount", Roubles()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text()),
        sa.Column("file_sha256", sa.LargeBinary()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("late_before", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("lease_until", Instant()),
        sa.Column("staged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("staged_amount", Roubles(), server_default="0", nullable=False),
        sa.Column("staged_commission", Roubles(), server_default="0", nullable=False),
        sa.Column("booked_through", sa.Integer(), server_default="0", nullable=False),
        sa.Column("processed_at", Instant()),
        sa.Column("refusal_code", sa.Text()),
        sa.Column("refusal_text", sa.Text()),
        sa.Column("refusal_findings", sa.Text()),
        sa.Column("refusal_truncated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("credited_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("credited_amount", Roubles(), server_default="0", nullable=False),
        sa.Column("already_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("already_amount", Roubles(), server_default="0", nullable=False),
        sa.Column("error_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error_amount", Roubles(), server_default="0", nullable=False),
        sa.Column("suspense_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("suspense_amount", Roubles(), server_default="0", nullable=False),
        sa.Column("cancelled_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cancelled_amount", Roubles(), server_default="0", nullable=False),
        sa.Column("annul_reason", sa.Text()),
        sa.Column("annul_digest", sa.LargeBinary()),
        sa.Column("annul_entry", sa.BigInteger()),
        sa.Column("annulled_at", Instant()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bank", "registry_id", name="payment_registry_bank_key"),
    )
    op.create_index("payment_registry_by_date", "payment_registry", ["bank", "registry_date"])
    op.create_index(
        "payment_registry_number_key",
        "payment_registry",
        ["bank", "organizer_inn", "number", "registry_date"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('ANNULLED', 'REJECTED')"),
        sqlite_where=sa.text("state NOT IN ('ANNULLED', 'REJECTED')"),
    )
    op.create_index(
        "payment_registry_unfinished",
        "payment_registry",
        ["line_count"],
        postgresql_where=sa.text("phase <> 'DONE'"),
        sqlite_where=sa.text("phase <> 'DONE'"),
    )
    op.create_table(
        "reconciliation",
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("notified_count", sa.Integer(), nullable=False),
        sa.Column("notified_amount", Roubles(), nullable=False),
        sa.Column("registered_count", sa.Integer(), nullable=False),
        sa.Column("registered_amount", Roubles(), nullable=False),
        sa.Column("credited_count", sa.Integer(), nullable=False),
        sa.Column("credited_amount", Roubles(), nullable=False),
        sa.Column("missing_in_registry_count", sa.Integer(), nullable=False),
        sa.Column("missing_in_registry_amount", Roubles(), nullable=False),
        sa.Column("missing_notice_count", sa.Integer(), nullable=False),
        sa.Column("missing_notice_amount", Roubles(), nullable=False),
        sa.Column("mismatched_count", sa.Integer(), nullable=False),
        sa.Column("mismatched_amount", Roubles(), nullable=False),
        sa.Column("suspense_count", sa.Integer(), nullable=False),
        sa.Column("suspense_amount", Roubles(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("bank", "organizer_inn", "business_date"),
    )
    op.create_table(
        "registry_correction",
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("correction_id", sa.Text(), nullable=False),
        sa.Column("registry_id", Identifier(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("bank", "correction_id"),
    )
    op.create_table(
        "registry_line",
        sa.Column("registry_id", Identifier(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("bank_payment_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", Roubles(), nullable=False),
        sa.Column("commission", Roubles()),
        sa.Column("payment_time", Instant(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("warnings", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("payment_id", Identifier()),
        sa.Column("payment_was", sa.Text()),
        sa.Column("posted", Roubles()),
        sa.Column("posted_to", sa.Text()),
        sa.Column("correction_id", sa.Text()),
        sa.PrimaryKeyConstraint("registry_id", "line_no"),
    )
