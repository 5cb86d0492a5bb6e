"""What the authority and the schools' meal administrators decide (SVC-08), by days."""

import sqlalchemy as sa

from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant, Roubles

admin_request = sa.Table(
    "admin_request",
    contour_metadata,
    # A request that names itself: its repeat gets the first answer.
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("operation", sa.Text, primary_key=True),
    sa.Column("request_id", Identifier, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),  # of the payload and of who acts
    sa.Column("answer", sa.Text, nullable=False),  # JSON
    sa.Column("entry", sa.BigInteger, nullable=False),
)

directory_item = sa.Table(
    "directory_item",
    contour_metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column(
        "directory", sa.Text, primary_key=True
    ),  # MENU_TYPES, AGE_CATEGORIES, PCHVR_CATEGORIES
    sa.Column("code", sa.Text, primary_key=True),
    # A rule of compensation may differ by meal; empty means every meal that has no rule of its own.
    sa.Column("meal_type", sa.Text, primary_key=True, server_default=""),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("age_from", sa.Integer),
    sa.Column("age_to", sa.Integer),
    sa.Column("mode", sa.Text),  # CompensationMode of the contract
    sa.Column("value", sa.BigInteger),  # hundredths of a per cent, or kopecks
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

directory_version = sa.Table(
    "directory_version",
    contour_metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("directory", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

binding = sa.Table(
    "binding",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("bind_id", Identifier, nullable=False),  # of the one who asked
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("building", sa.Text, nullable=False, server_default=""),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("contract_number", sa.Text, nullable=False),
    sa.Column("contract_date", sa.Date, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("binding_school", binding.c.school, binding.c.building, binding.c.valid_from)
sa.Index("binding_organizer", binding.c.organizer_inn)

binding_menu_type = sa.Table(
    "binding_menu_type",
    contour_metadata,
    sa.Column("binding", Identifier, primary_key=True),
    sa.Column("menu_type", sa.Text, primary_key=True),
)

credit_limit = sa.Table(
    "credit_limit",
    contour_metadata,
    sa.Column("school", sa.Text, primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("amount", Roubles, nullable=False),  # per pupil; 0 means no credit
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

meal_schedule = sa.Table(
    "meal_schedule",
    contour_metadata,
    sa.Column("school", sa.Text, primary_key=True),
    sa.Column("building", sa.Text, primary_key=True, server_default=""),
    sa.Column("class_code", sa.Text, primary_key=True, server_default=""),
    sa.Column("meal_type", sa.Text, primary_key=True),
    sa.Column("weekday", sa.Integer, primary_key=True),  # Monday is 1
    sa.Column("start_time", sa.Text, nullable=False),  # HH:MM, local
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

meal_schedule_version = sa.Table(
    "meal_schedule_version",
    contour_metadata,
    sa.Column("school", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("building", sa.Text, nullable=False),
    sa.Column("class_code", sa.Text, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

pupil_setting = sa.Table(
    "pupil_setting",
    contour_metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("valid_to", sa.Date),
    sa.Column("pchvr", sa.Text),  # code only; sensitive, never told to banks (MEAL-ADM-07)
    sa.Column("menu_type", sa.Text, nullable=False),
    sa.Column("is_home_study", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

pupil_meal = sa.Table(
    "pupil_meal",
    contour_metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("valid_from", sa.Date, primary_key=True),
    sa.Column("meal_type", sa.Text, primary_key=True),
)
