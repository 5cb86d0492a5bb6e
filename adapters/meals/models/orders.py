"""What parents choose and confirm, what is set by default, who hears of it (SVC-06)."""

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant, Roubles

meal_order = sa.Table(
    "meal_order",
    contour_metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("meal_type", sa.Text, primary_key=True),
    # Where the pupil sat when the choice was made, fixed again at the freeze.
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("building", sa.Text, nullable=False, server_default=""),
    sa.Column("class_code", sa.Text, nullable=False),
    sa.Column("complex_id", sa.BigInteger),  # empty: products for home study only
    sa.Column("complex_code", sa.Text),
    sa.Column("source", sa.Text, nullable=False),  # ChoiceSource of the contract
    sa.Column("state", sa.Text, nullable=False),  # OrderState of the contract
    # Prices as last shown; from the freeze on they stand (MEAL-DEB-02).
    sa.Column("full_price", Roubles, nullable=False),  # complex and items together
    sa.Column("discount", Roubles, nullable=False),
    sa.Column("to_pay", Roubles, nullable=False),
    sa.Column("pchvr", sa.Text),
    sa.Column("is_home_study", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("choice_id", Identifier),
    # Of the confirmation; of the last one, while what was confirmed is chosen anew.
    sa.Column("order_id", Identifier),
    sa.Column("chosen_at", Instant, nullable=False),
    sa.Column("confirmed_at", Instant),
    sa.Column("frozen_at", Instant),
    sa.Column("entry", sa.BigInteger, nullable=False),
)
sa.Index("meal_order_class", meal_order.c.class_code, meal_order.c.day)
sa.Index("meal_order_organizer", meal_order.c.organizer_inn, meal_order.c.day)

order_item = sa.Table(
    "order_item",
    contour_metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("meal_type", sa.Text, primary_key=True),
    sa.Column("item_code", sa.Text, primary_key=True),
    sa.Column("qty", sa.Integer, nullable=False),
    sa.Column("price", Roubles, nullable=False),  # of one
)

order_choice = sa.Table(
    "order_choice",
    contour_metadata,
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("choice_id", Identifier, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),  # JSON: the first answer, for those who repeat
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

order_confirmation = sa.Table(
    "order_confirmation",
    contour_metadata,
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("confirm_id", Identifier, primary_key=True),
    sa.Column("order_id", Identifier, nullable=False, unique=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("confirmed_at", Instant, nullable=False),
    sa.Column("lines", sa.Text, nullable=False),  # JSON: day and meal of each
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

top_up = sa.Table(
    "top_up",
    contour_metadata,
    sa.Column("sender", sa.Text, primary_key=True),
    sa.Column("top_up_id", Identifier, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("amount", Roubles, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # TopUpState of the contract
    sa.Column("payment_url", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("credited_at", Instant),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
)

feed = sa.Table(
    "feed",
    contour_metadata,
    sa.Column("name", sa.Text, primary_key=True),  # `orders/<INN>` or `notices`
    # Numbers are given out under the lock of this row: a reader never passes one that comes later.
    sa.Column("last_seq", sa.BigInteger, nullable=False),
)

order_change = sa.Table(
    "order_change",
    contour_metadata,
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # CONFIRMED CHANGED DEFAULTED CANCELLED
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("meal_type", sa.Text, nullable=False),
    # Where the pupil was to be fed by this organizer: an order that is taken off is gone.
    sa.Column("school", sa.Text, nullable=False),
    sa.Column("building", sa.Text, nullable=False, server_default=""),
    sa.Column("class_code", sa.Text, nullable=False),
    sa.Column("complex_code", sa.Text),
    sa.Column("items", sa.Text),  # JSON: code and quantity of each
    sa.Column("changed_at", Instant, nullable=False),
)
append_only.protect(order_change)

meal_notice = sa.Table(
    "meal_notice",
    contour_metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    # CREDITED DEBITED DEFAULT_SET LOW_BALANCE TOPUP_OFFER to a family, PRINT_SOON PRINT_OVERDUE to
    # a class teacher (MEAL-PAR-16, NOT-13 ... NOT-15).
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False, server_default=""),
    sa.Column("class_code", sa.Text, nullable=False, server_default=""),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("meal_type", sa.Text, nullable=False, server_default=""),
    sa.Column("reference", sa.Text, nullable=False, server_default=""),  # of a payment
    sa.Column("amount", Roubles),
    sa.Column("balance", Roubles),
    sa.Column("created_at", Instant, nullable=False),
    sa.UniqueConstraint(
        "account", "class_code", "code", "day", "meal_type", "reference", name="meal_notice_key"
    ),
)
