"""School meals: people, settings, catalogue of dishes and complexes."""

import sqlalchemy as sa
from alembic import op

from gateway.storage.types import Identifier, Instant, Roubles, Sealed

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables; an account may be there before somebody feeds its school."""
    for column in (
        sa.Column("short_name", sa.Text()),
        sa.Column("inn", sa.Text()),
        sa.Column("municipality", sa.Text()),
        sa.Column("is_closed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("digest", sa.LargeBinary()),
    ):
        op.add_column("school", column)
    op.create_index("school_municipality", "school", ["municipality"])
    with op.batch_alter_table("personal_account") as account:
        account.alter_column("organizer_inn", existing_type=sa.Text(), nullable=True)
    op.create_index("ledger_entry_account", "ledger_entry", ["account", "business_date"])
    _create_people()
    _create_settings()
    _create_catalogue()


def _create_people() -> None:
    op.create_table(
        "municipality",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text()),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("municipality_participant", "municipality", ["participant"])
    op.create_table(
        "building",
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("is_closed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("school", "code"),
    )
    op.create_table(
        "school_class",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parallel", sa.Integer(), nullable=False),
        sa.Column("teacher", sa.Text()),
        sa.Column("is_closed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("school_class_school", "school_class", ["school"])
    op.create_table(
        "pupil",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", Sealed("pupil.name"), nullable=False),
        sa.Column("birth_date", Sealed("pupil.birth_date"), nullable=False),
        sa.Column("snils_mark", sa.LargeBinary()),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("is_home_study", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account"),
    )
    op.create_index("pupil_class", "pupil", ["class_code"])
    op.create_table(
        "guardian",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", Sealed("guardian.name"), nullable=False),
        sa.Column("snils_mark", sa.LargeBinary()),
        sa.Column("esia_mark", sa.LargeBinary()),
        sa.Column("is_closed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("guardian_esia", "guardian", ["esia_mark"])
    op.create_index("guardian_snils", "guardian", ["snils_mark"])
    op.create_table(
        "guardian_pupil",
        sa.Column("guardian", sa.Text(), nullable=False),
        sa.Column("pupil", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guardian", "pupil"),
    )
    op.create_index("guardian_pupil_pupil", "guardian_pupil", ["pupil"])
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", Sealed("staff.name"), nullable=False),
        sa.Column("snils_mark", sa.LargeBinary()),
        sa.Column("esia_mark", sa.LargeBinary()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("school", sa.Text()),
        sa.Column("is_closed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("staff_esia", "staff", ["esia_mark"])
    op.create_index("staff_snils", "staff", ["snils_mark"])
    op.create_table(
        "staff_class",
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff", "class_code"),
    )
    op.create_index("staff_class_class", "staff_class", ["class_code"])


def _create_settings() -> None:
    op.create_table(
        "directory_item",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("directory", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False, server_default=""),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("age_from", sa.Integer()),
        sa.Column("age_to", sa.Integer()),
        sa.Column("mode", sa.Text()),
        sa.Column("value", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "directory", "code", "meal_type", "valid_from"),
    )
    op.create_table(
        "directory_version",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("directory", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "directory", "version"),
    )
    op.create_table(
        "admin_request",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("request_id", Identifier(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "operation", "request_id"),
    )
    op.create_table(
        "binding",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("bind_id", Identifier(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("contract_date", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("binding_organizer", "binding", ["organizer_inn"])
    op.create_index("binding_school", "binding", ["school", "building", "valid_from"])
    op.create_table(
        "binding_menu_type",
        sa.Column("binding", Identifier(), nullable=False),
        sa.Column("menu_type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("binding", "menu_type"),
    )
    op.create_table(
        "credit_limit",
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("amount", Roubles(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "valid_from"),
    )
    op.create_table(
        "meal_schedule",
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("class_code", sa.Text(), nullable=False, server_default=""),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_time", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "building", "class_code", "meal_type", "weekday"),
    )
    op.create_table(
        "meal_schedule_version",
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "version"),
    )
    op.create_table(
        "pupil_setting",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("pchvr", sa.Text()),
        sa.Column("menu_type", sa.Text(), nullable=False),
        sa.Column("is_home_study", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "valid_from"),
    )
    op.create_table(
        "pupil_meal",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "valid_from", "meal_type"),
    )


def _create_catalogue() -> None:
    op.create_table(
        "catalogue_version",
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organizer_inn"),
    )
    op.create_table(
        "dish",
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dish_group", sa.Text()),
        sa.Column("yield_text", sa.Text(), nullable=False),
        sa.Column("composition", sa.Text()),
        sa.Column("price", Roubles(), nullable=False),
        sa.Column("energy", sa.BigInteger()),
        sa.Column("proteins", sa.BigInteger()),
        sa.Column("fats", sa.BigInteger()),
        sa.Column("carbohydrates", sa.BigInteger()),
        sa.Column("allergens", sa.Text()),
        sa.Column("recipe_number", sa.Text()),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("is_deleted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organizer_inn", "code"),
    )
    op.create_index("dish_version", "dish", ["organizer_inn", "version", "code"])
    op.create_table(
        "complex_revision",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("menu_type", sa.Text(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.Column("age_category", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("full_price", Roubles(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("complex_revision_code", "complex_revision", ["organizer_inn", "code"])
    op.create_index("complex_revision_version", "complex_revision", ["organizer_inn", "version"])
    op.create_table(
        "complex_dish",
        sa.Column("complex_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dish_code", sa.Text(), nullable=False),
        sa.Column("portions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("complex_id", "position"),
    )
    op.create_table(
        "complex_pchvr",
        sa.Column("complex_id", sa.BigInteger(), nullable=False),
        sa.Column("pchvr", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("complex_id", "pchvr"),
    )
    op.create_table(
        "offer",
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False, server_default=""),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("complex_id", sa.BigInteger(), nullable=False),
        sa.Column("publication", Identifier()),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("school", "day", "building", "organizer_inn", "code"),
    )
    op.create_index("offer_complex", "offer", ["complex_id"])
    op.create_index("offer_organizer", "offer", ["organizer_inn", "day"])
    op.create_index("offer_code", "offer", ["organizer_inn", "code", "day"])
    op.create_index("offer_publication", "offer", ["publication"])
    op.create_table(
        "additional_item",
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dish_code", sa.Text()),
        sa.Column("product_name", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.Column("price", Roubles(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("max_qty", sa.Integer()),
        sa.Column("is_deleted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organizer_inn", "code"),
    )
    op.create_index("additional_item_version", "additional_item", ["organizer_inn", "version"])
    op.create_table(
        "additional_item_school",
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organizer_inn", "code", "school"),
    )
    op.create_table(
        "additional_item_meal",
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("meal_type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("organizer_inn", "code", "meal_type"),
    )
    op.create_table(
        "menu_import",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.LargeBinary()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("processed_at", Instant()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("lease_until", Instant()),
        sa.Column("staged", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("total", sa.Integer()),
        sa.Column("processed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("accepted", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("unchanged", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("rejected", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("version", sa.BigInteger()),
        sa.Column("refusal_code", sa.Text()),
        sa.Column("refusal_text", sa.Text()),
        sa.Column("refusal_findings", sa.Text()),
        sa.Column("refusal_truncated", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sender", "batch_id", name="menu_import_batch"),
    )
    op.create_index("menu_import_state", "menu_import", ["state", "received_at"])
    op.create_table(
        "menu_import_row",
        sa.Column("import_id", Identifier(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("days", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("errors", sa.Text()),
        sa.PrimaryKeyConstraint("import_id", "row_no"),
    )
    op.create_index("menu_import_row_code", "menu_import_row", ["import_id", "code"])
    op.create_table(
        "publication",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("publication_id", sa.Text(), nullable=False),
        sa.Column("organizer_inn", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text()),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant()),
        sa.Column("reason", sa.Text()),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sender", "publication_id", name="publication_key"),
    )
