"""School meals: orders, days of meals, debits."""

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant, Roubles, Sealed

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables; what was debited and told to organizers never changes."""
    _create_orders()
    _create_days()
    for table in ("order_change", "meal_debit", "request_change"):
        for statement in append_only.statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _create_orders() -> None:
    op.create_table(
        "meal_order",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("complex_id", sa.BigInteger()),
        sa.Column("complex_code", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("full_price", Roubles(), nullable=False),
        sa.Column("discount", Roubles(), nullable=False),
        sa.Column("to_pay", Roubles(), nullable=False),
        sa.Column("pchvr", sa.Text()),
        sa.Column("is_home_study", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("choice_id", Identifier()),
        sa.Column("order_id", Identifier()),
        sa.Column("chosen_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant()),
        sa.Column("frozen_at", Instant()),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "day", "meal_type"),
    )
    op.create_index("meal_order_class", "meal_order", ["class_code", "day"])
    op.create_index("meal_order_organizer", "meal_order", ["organizer_inn", "day"])
    op.create_table(
        "order_item",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("price", Roubles(), nullable=False),
        sa.PrimaryKeyConstraint("account", "day", "meal_type", "item_code"),
    )
    op.create_table(
        "order_choice",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("choice_id", Identifier(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "choice_id"),
    )
    op.create_table(
        "order_confirmation",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("confirm_id", Identifier(), nullable=False),
        sa.Column("order_id", Identifier(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "confirm_id"),
        sa.UniqueConstraint("order_id"),
    )
    op.create_table(
        "top_up",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("top_up_id", Identifier(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("amount", Roubles(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payment_url", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("credited_at", Instant()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "top_up_id"),
    )
    op.create_table(
        "feed",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "order_change",
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("complex_code", sa.Text()),
        sa.Column("items", sa.Text()),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organizer_inn", "seq"),
    )
    op.create_table(
        "meal_notice",
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False, server_default=""),
        sa.Column("class_code", sa.Text(), nullable=False, server_default=""),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False, server_default=""),
        sa.Column("reference", sa.Text(), nullable=False, server_default=""),
        sa.Column("amount", Roubles()),
        sa.Column("balance", Roubles()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint(
            "account", "class_code", "code", "day", "meal_type", "reference", name="meal_notice_key"
        ),
    )


def _create_days() -> None:
    op.create_table(
        "attendance",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lesson", sa.Integer(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "day", "lesson"),
    )
    op.create_table(
        "class_request",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("formed_at", Instant(), nullable=False),
        sa.Column("formed_by", sa.Text(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("printed_at", Instant()),
        sa.Column("is_print_late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("confirmed_at", Instant()),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("class_code", "day", name="class_request_day"),
    )
    op.create_index("class_request_school", "class_request", ["day", "school"])
    op.create_table(
        "request_line",
        sa.Column("request_id", Identifier(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("complex_id", sa.BigInteger(), nullable=False),
        sa.Column("complex_code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("is_included", sa.Boolean(), nullable=False),
        sa.Column("is_eaten", sa.Boolean()),
        sa.Column("is_over_credit", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("comment", sa.Text()),
        sa.Column("full_price", Roubles(), nullable=False),
        sa.Column("discount", Roubles(), nullable=False),
        sa.Column("to_pay", Roubles(), nullable=False),
        sa.Column("pchvr", sa.Text()),
        sa.PrimaryKeyConstraint("request_id", "account", "meal_type"),
    )
    op.create_table(
        "request_change",
        sa.Column("request_id", Identifier(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", Sealed("request_change.answer"), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "version"),
    )
    op.create_table(
        "meal_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("locked_at", Instant()),
        sa.Column("freezing_after", sa.Text()),
        sa.Column("frozen_at", Instant()),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "debit_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("after_class", sa.Text(), nullable=False, server_default=""),
        sa.Column("lines", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("full_price", Roubles(), nullable=False, server_default="0"),
        sa.Column("discount", Roubles(), nullable=False, server_default="0"),
        sa.Column("to_pay", Roubles(), nullable=False, server_default="0"),
        sa.Column("over_credit", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("started_at", Instant()),
        sa.Column("finished_at", Instant()),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "meal_debit",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("complex_code", sa.Text()),
        sa.Column("full_price", Roubles(), nullable=False),
        sa.Column("discount", Roubles(), nullable=False),
        sa.Column("to_pay", Roubles(), nullable=False),
        sa.Column("pchvr", sa.Text()),
        sa.Column("is_over_credit", sa.Boolean(), nullable=False),
        sa.Column("debited_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account", "organizer_inn", "day", "meal_type", name="meal_debit_key"),
    )
    op.create_index("meal_debit_organizer", "meal_debit", ["organizer_inn", "day"])
    op.create_index("meal_debit_school", "meal_debit", ["school", "day"])
    op.create_table(
        "unformed_class",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", "class_code"),
    )
