"""Tables of the bank slice: payments told online, cancellations, payment registries."""

import sqlalchemy as sa

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

# --- SVC-02: payment registries -------------------------------------------------------------

payment_registry = sa.Table(
    "payment_registry",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("registry_id", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("bank", "registry_id", name="payment_registry_bank_key"),
)

registry_line = sa.Table(
    "registry_line",
    contour_metadata,
    sa.Column("registry_id", Identifier, primary_key=True),  # payment_registry.id
    sa.Column("line_no", sa.Integer, primary_key=True),
    sa.Column("bank_payment_id", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("amount", Roubles, nullable=False),
    sa.Column("result", sa.Text),
)
