"""The day of a meal: attendance, class requests, locks, debits (SVC-07, section F)."""

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant, Roubles, Sealed

attendance = sa.Table(
    "attendance",
    contour_metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("lesson", sa.Integer, primary_key=True),
    sa.Column("is_present", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

class_request = sa.Table(
    "class_request",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("building", sa.Text, nullable=False, server_default=""),
    sa.Column("class_code", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # RequestState of the contract
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("formed_at", Instant, nullable=False),
    sa.Column("formed_by", sa.Text, nullable=False),  # staff.id
    sa.Column("sent_at", Instant),
    sa.Column("printed_at", Instant),
    sa.Column("is_print_late", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("confirmed_at", Instant),
    sa.Column("entry", sa.BigInteger, nullable=False),  # of the last message that changed it
    sa.UniqueConstraint("class_code", "day", name="class_request_day"),
)
sa.Index("class_request_school", class_request.c.day, class_request.c.school)

request_line = sa.Table(
    "request_line",
    contour_metadata,
    sa.Column("request_id", Identifier, primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("meal_type", sa.Text, primary_key=True),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("complex_id", sa.BigInteger, nullable=False),
    sa.Column("complex_code", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("is_present", sa.Boolean, nullable=False),
    sa.Column("is_included", sa.Boolean, nullable=False),
    sa.Column("is_eaten", sa.Boolean),  # empty: the request is the fact (MEAL-CLS-09)
    sa.Column("is_over_credit", sa.Boolean, nullable=False),  # as seen when it was formed
    sa.Column("reason", sa.Text),
    sa.Column("comment", sa.Text),
    sa.Column("full_price", Roubles, nullable=False),
    sa.Column("discount", Roubles, nullable=False),
    sa.Column("to_pay", Roubles, nullable=False),
    sa.Column("pchvr", sa.Text),
)

request_change = sa.Table(
    "request_change",
    contour_metadata,
    sa.Column("request_id", Identifier, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),  # that the change was decided upon
    sa.Column("digest", sa.LargeBinary, nullable=False),  # what «the same change» means
    # The response as it was sent, packed; there are names in it.
    sa.Column("answer", Sealed("request_change.answer"), nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False),  # staff.id
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
append_only.protect(request_change)

meal_day = sa.Table(
    "meal_day",
    contour_metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("locked_at", Instant),  # JOB-01
    # Orders are frozen up to this class; empty while JOB-03 has not come to the day.
    sa.Column("freezing_after", sa.Text),
    sa.Column("frozen_at", Instant),  # when the last class was done
)

debit_day = sa.Table(
    "debit_day",
    contour_metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # WAITING, RUNNING or DONE
    sa.Column("after_class", sa.Text, nullable=False, server_default=""),  # debited up to here
    sa.Column("lines", sa.Integer, nullable=False, server_default="0"),
    sa.Column("full_price", Roubles, nullable=False, server_default="0"),
    sa.Column("discount", Roubles, nullable=False, server_default="0"),
    sa.Column("to_pay", Roubles, nullable=False, server_default="0"),
    sa.Column("over_credit", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("started_at", Instant),
    sa.Column("finished_at", Instant),
)

meal_debit = sa.Table(
    "meal_debit",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("meal_type", sa.Text, nullable=False),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("building", sa.Text, nullable=False, server_default=""),
    sa.Column("class_code", sa.Text, nullable=False),
    sa.Column("complex_code", sa.Text),
    sa.Column("full_price", Roubles, nullable=False),
    sa.Column("discount", Roubles, nullable=False),
    sa.Column("to_pay", Roubles, nullable=False),
    sa.Column("pchvr", sa.Text),
    sa.Column("is_over_credit", sa.Boolean, nullable=False),
    sa.Column("debited_at", Instant, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("account", "organizer_inn", "day", "meal_type", name="meal_debit_key"),
)
append_only.protect(meal_debit)
sa.Index("meal_debit_organizer", meal_debit.c.organizer_inn, meal_debit.c.day)
sa.Index("meal_debit_school", meal_debit.c.school, meal_debit.c.day)

unformed_class = sa.Table(
    "unformed_class",
    contour_metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("class_code", sa.Text, primary_key=True),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("orders", sa.Integer, nullable=False),  # how many meals nobody asked for
    sa.Column("found_at", Instant, nullable=False),
)
