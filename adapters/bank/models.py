"""Tables of the bank slice: payments told online, cancellations, payment registries."""

import sqlalchemy as sa

from gateway.storage import attachments
from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant, Roubles

# --- SVC-01: payments -----------------------------------------------------------------------

payment = sa.Table(
    "payment",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("bank_payment_id", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("amount", Roubles, nullable=False),
    sa.Column("commission", Roubles),
    sa.Column("payment_time", Instant, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("terminal_id", sa.Text),
    sa.Column("document_number", sa.Text),
    sa.Column("state", sa.Text, nullable=False),  # PaymentState of the contract
    sa.Column("accepted_at", Instant, nullable=False),
    sa.Column("expected_credit_date", sa.Date),
    sa.Column("credited_at", Instant),
    sa.Column("credited_by", sa.Text),  # NOTICE or REGISTRY: what an annulment takes back
    sa.Column("entry", sa.BigInteger, nullable=False),  # journal entry that brought it
    sa.Column("registry_id", Identifier),  # payment_registry.id that confirmed or brought it
    sa.Column("registry_line", sa.Integer),
    sa.Column("source", sa.Text, nullable=False),  # ONLINE or REGISTRY
    # The id first: one look-up serves a batch of messages from several banks.
    sa.UniqueConstraint("bank_payment_id", "bank", name="payment_bank_key"),
)

payment_cancel = sa.Table(
    "payment_cancel",
    contour_metadata,
    sa.Column("bank", sa.Text, primary_key=True),
    sa.Column("cancel_id", sa.Text, primary_key=True),
    # A payment is cancelled at most once.
    sa.Column("payment_id", Identifier, nullable=False, unique=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("cancel_time", Instant, nullable=False),
    sa.Column("cancelled_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

# By time of payment, for reconciliation. Payments come in about that order, so on PostgreSQL a
# BRIN serves and costs the hot path nothing.
sa.Index("payment_time_range", payment.c.payment_time, postgresql_using="brin")

# --- SVC-02: payment registries -------------------------------------------------------------

payment_registry = sa.Table(
    "payment_registry",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("registry_id", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("registry_date", sa.Date, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("contract_number", sa.Text),
    sa.Column("period_from", Instant, nullable=False),
    sa.Column("period_to", Instant, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("order_number", sa.Text),  # payment order that moved the money
    sa.Column("order_date", sa.Date),
    sa.Column("order_amount", Roubles),
    sa.Column("line_count", sa.Integer, nullable=False),
    sa.Column("total_amount", Roubles, nullable=False),
    sa.Column("total_commission", Roubles),
    sa.Column("net_amount", Roubles),
    sa.Column("source", sa.Text, nullable=False),  # INLINE or FILE
    sa.Column("file_name", sa.Text),
    attachments.reference("file_sha256"),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # what «the same registry» means
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("late_before", Instant, nullable=False),  # payments earlier than this came late
    # Processing.
    sa.Column("state", sa.Text, nullable=False),  # RegistryState of the contract
    sa.Column("phase", sa.Text, nullable=False),  # STAGING, CHECKING, BOOKING, ANNULLING, DONE
    sa.Column("lease_owner", sa.Text),
    sa.Column("lease_until", Instant),
    sa.Column("staged", sa.Integer, nullable=False, server_default="0"),
    sa.Column("staged_amount", Roubles, nullable=False, server_default="0"),
    sa.Column("staged_commission", Roubles, nullable=False, server_default="0"),
    sa.Column("booked_through", sa.Integer, nullable=False, server_default="0"),  # a lineNo
    sa.Column("processed_at", Instant),
    sa.Column("refusal_code", sa.Text),
    sa.Column("refusal_text", sa.Text),
    sa.Column("refusal_findings", sa.Text),  # JSON: the broken rules and their places
    sa.Column("refusal_truncated", sa.Boolean, nullable=False, server_default=sa.false()),
    # Counters, moved in the transaction that moves the lines.
    sa.Column("credited_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("credited_amount", Roubles, nullable=False, server_default="0"),
    sa.Column("already_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("already_amount", Roubles, nullable=False, server_default="0"),
    sa.Column("error_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("error_amount", Roubles, nullable=False, server_default="0"),
    sa.Column("suspense_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("suspense_amount", Roubles, nullable=False, server_default="0"),
    sa.Column("cancelled_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("cancelled_amount", Roubles, nullable=False, server_default="0"),
    # Annulment.
    sa.Column("annul_reason", sa.Text),
    sa.Column("annul_digest", sa.LargeBinary),
    sa.Column("annul_entry", sa.BigInteger),
    sa.Column("annulled_at", Instant),
    sa.UniqueConstraint("bank", "registry_id", name="payment_registry_bank_key"),
)
_LIVE = sa.text("state NOT IN ('ANNULLED', 'REJECTED')")
_UNFINISHED = sa.text("phase <> 'DONE'")
sa.Index(
    "payment_registry_number_key",
    payment_registry.c.bank,
    payment_registry.c.organizer_inn,
    payment_registry.c.number,
    payment_registry.c.registry_date,
    unique=True,
    postgresql_where=_LIVE,
    sqlite_where=_LIVE,
)
sa.Index("payment_registry_by_date", payment_registry.c.bank, payment_registry.c.registry_date)
sa.Index(
    "payment_registry_unfinished",
    payment_registry.c.line_count,
    postgresql_where=_UNFINISHED,
    sqlite_where=_UNFINISHED,
)

# A million rows a registry: one key, no others, no foreign keys; `hub reconcile` proves the rest.
registry_line = sa.Table(
    "registry_line",
    contour_metadata,
    sa.Column("registry_id", Identifier, primary_key=True),  # payment_registry.id
    sa.Column("line_no", sa.Integer, primary_key=True),
    sa.Column("bank_payment_id", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("amount", Roubles, nullable=False),
    sa.Column("commission", Roubles),
    sa.Column("payment_time", Instant, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("terminal_id", sa.Text),
    sa.Column("status", sa.Text, nullable=False),  # PAID or CANCELLED
    sa.Column("result", sa.Text),
    sa.Column("warnings", sa.Text),  # codes with a space between
    sa.Column("note", sa.Text),  # code of the sentence that explains the result
    sa.Column("payment_id", Identifier),  # the payment that the line moved or made
    sa.Column("payment_was", sa.Text),  # its state before; empty when the line made it
    sa.Column("posted", Roubles),  # what the line, or its correction, moved in the ledger
    sa.Column("posted_to", sa.Text),  # and on which account
    sa.Column("correction_id", sa.Text),  # the correction that settled the line
)

registry_correction = sa.Table(
    "registry_correction",
    contour_metadata,
    sa.Column("bank", sa.Text, primary_key=True),
    sa.Column("correction_id", sa.Text, primary_key=True),
    sa.Column("registry_id", Identifier, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

correction_line = sa.Table(
    "correction_line",
    contour_metadata,
    sa.Column("bank", sa.Text, primary_key=True),
    sa.Column("correction_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),  # place in the request
    sa.Column("line_no", sa.Integer, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("new_account", sa.Text),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("result_was", sa.Text, nullable=False),
)

reconciliation = sa.Table(
    "reconciliation",
    contour_metadata,
    sa.Column("bank", sa.Text, primary_key=True),
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("business_date", sa.Date, primary_key=True),  # the local day of the payments
    sa.Column("notified_count", sa.Integer, nullable=False),
    sa.Column("notified_amount", Roubles, nullable=False),
    sa.Column("registered_count", sa.Integer, nullable=False),
    sa.Column("registered_amount", Roubles, nullable=False),
    sa.Column("credited_count", sa.Integer, nullable=False),
    sa.Column("credited_amount", Roubles, nullable=False),
    sa.Column("missing_in_registry_count", sa.Integer, nullable=False),
    sa.Column("missing_in_registry_amount", Roubles, nullable=False),
    sa.Column("missing_notice_count", sa.Integer, nullable=False),
    sa.Column("missing_notice_amount", Roubles, nullable=False),
    sa.Column("mismatched_count", sa.Integer, nullable=False),
    sa.Column("mismatched_amount", Roubles, nullable=False),
    sa.Column("suspense_count", sa.Integer, nullable=False),
    sa.Column("suspense_amount", Roubles, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

# What an operator has to look at; the key makes a job that runs twice say it once.
alert = sa.Table(
    "alert",
    contour_metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("participant", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),  # such as the organizer's INN
    sa.Column("business_date", sa.Date, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)
