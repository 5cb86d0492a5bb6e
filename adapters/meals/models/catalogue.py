"""Dishes, complexes, additional menus and how they came: what organizers import (SVC-04).

A complex that was imported again with another content is a new revision; an offer is one complex
on one day in one school or building and points at the revision that is served then.
"""

import sqlalchemy as sa

from gateway.storage import attachments
from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant, Roubles

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only an INTEGER key

catalogue_version = sa.Table(
    "catalogue_version",
    contour_metadata,
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),  # of the last change; its row is the lock
)

dish = sa.Table(
    "dish",
    contour_metadata,
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("dish_group", sa.Text),
    sa.Column("yield_text", sa.Text, nullable=False),
    sa.Column("composition", sa.Text),
    sa.Column("price", Roubles, nullable=False),
    # Hundredths of a kilocalorie and of a gram.
    sa.Column("energy", sa.BigInteger),
    sa.Column("proteins", sa.BigInteger),
    sa.Column("fats", sa.BigInteger),
    sa.Column("carbohydrates", sa.BigInteger),
    sa.Column("allergens", sa.Text),  # a line each
    sa.Column("recipe_number", sa.Text),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("is_deleted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("dish_version", dish.c.organizer_inn, dish.c.version, dish.c.code)

complex_revision = sa.Table(
    "complex_revision",
    contour_metadata,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("menu_type", sa.Text, nullable=False),
    sa.Column("meal_type", sa.Text, nullable=False),
    sa.Column("age_category", sa.Text, nullable=False),
    sa.Column("is_default", sa.Boolean, nullable=False),  # «комплекс дня»
    sa.Column("full_price", Roubles, nullable=False),
    sa.Column("contract_number", sa.Text, nullable=False),
    sa.Column("is_current", sa.Boolean, nullable=False),  # the one imported last
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # without days and schools
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("complex_revision_code", complex_revision.c.organizer_inn, complex_revision.c.code)
sa.Index("complex_revision_version", complex_revision.c.organizer_inn, complex_revision.c.version)

complex_dish = sa.Table(
    "complex_dish",
    contour_metadata,
    sa.Column("complex_id", sa.BigInteger, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("dish_code", sa.Text, nullable=False),
    sa.Column("portions", sa.Integer, nullable=False),  # hundredths
)

complex_pchvr = sa.Table(
    "complex_pchvr",
    contour_metadata,
    sa.Column("complex_id", sa.BigInteger, primary_key=True),
    sa.Column("pchvr", sa.Text, primary_key=True),  # no row means every category
)

offer = sa.Table(
    "offer",
    contour_metadata,
    sa.Column("school", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("building", sa.Text, primary_key=True, server_default=""),
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("complex_id", sa.BigInteger, nullable=False),
    sa.Column("publication", Identifier),  # empty while parents do not see it
    sa.Column("version", sa.BigInteger, nullable=False),
)
sa.Index("offer_organizer", offer.c.organizer_inn, offer.c.day)
sa.Index("offer_code", offer.c.organizer_inn, offer.c.code, offer.c.day)
sa.Index("offer_publication", offer.c.publication)
sa.Index("offer_complex", offer.c.complex_id)

additional_item = sa.Table(
    "additional_item",
    contour_metadata,
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # AddMenuKind of the contract
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("dish_code", sa.Text),
    sa.Column("product_name", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("price", Roubles, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Column("max_qty", sa.Integer),
    sa.Column("is_deleted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("additional_item_version", additional_item.c.organizer_inn, additional_item.c.version)

additional_item_school = sa.Table(
    "additional_item_school",
    contour_metadata,
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("school", sa.Text, primary_key=True),  # no row means every school of the organizer
)

additional_item_meal = sa.Table(
    "additional_item_meal",
    contour_metadata,
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("meal_type", sa.Text, primary_key=True),  # no row means every meal
)

menu_import = sa.Table(
    "menu_import",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("batch_id", sa.Text, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # DISHES, COMPLEXES, STANDARD, HOME_STUDY
    sa.Column("mode", sa.Text),  # UPSERT or REPLACE, of dishes
    sa.Column("source", sa.Text, nullable=False),  # INLINE or FILE
    attachments.reference("file_sha256"),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # what «the same batch» means
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("processed_at", Instant),
    sa.Column("state", sa.Text, nullable=False),  # RECEIVED PROCESSING DONE DONE_WITH_ERRORS FAILED
    sa.Column("lease_owner", sa.Text),
    sa.Column("lease_until", Instant),
    sa.Column("staged", sa.Integer, nullable=False, server_default="0"),  # rows read and valid
    sa.Column("total", sa.Integer),  # empty until the last row is read
    sa.Column("processed", sa.Integer, nullable=False, server_default="0"),  # rows answered
    sa.Column("accepted", sa.Integer, nullable=False, server_default="0"),
    sa.Column("unchanged", sa.Integer, nullable=False, server_default="0"),
    sa.Column("rejected", sa.Integer, nullable=False, server_default="0"),
    sa.Column("version", sa.BigInteger),  # of the catalogue, that its rows carry
    sa.Column("refusal_code", sa.Text),
    sa.Column("refusal_text", sa.Text),
    sa.Column("refusal_findings", sa.Text),  # JSON: the broken rules and their places
    sa.Column("refusal_truncated", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("sender", "batch_id", name="menu_import_batch"),
)
sa.Index("menu_import_state", menu_import.c.state, menu_import.c.received_at)

menu_import_row = sa.Table(
    "menu_import_row",
    contour_metadata,
    sa.Column("import_id", Identifier, primary_key=True),
    sa.Column("row_no", sa.Integer, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("days", sa.Text),  # of a complex, ISO, by spaces: what must not repeat with the code
    sa.Column("result", sa.Text),  # CREATED UPDATED UNCHANGED REJECTED; empty until answered
    sa.Column("errors", sa.Text),  # JSON: code, message, path of each
)
sa.Index("menu_import_row_code", menu_import_row.c.import_id, menu_import_row.c.code)

publication = sa.Table(
    "publication",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("publication_id", sa.Text, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("period_from", sa.Date, nullable=False),
    sa.Column("period_to", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # PUBLISHED, REJECTED or WITHDRAWN
    sa.Column("problems", sa.Text),  # JSON, of a rejected one
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("decided_at", Instant, nullable=False),
    sa.Column("withdrawn_at", Instant),
    sa.Column("reason", sa.Text),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("sender", "publication_id", name="publication_key"),
)
