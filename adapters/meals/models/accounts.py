"""Tables of the meals domain that a bank meets: schools, organizers, accounts, the ledger.

The ledger has no foreign keys on purpose: it is the hottest table of the hub, and
`adapters.meals.reconcile` proves what a key would have promised.
"""

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import contour_metadata
from gateway.storage.types import Instant, Roubles

school = sa.Table(
    "school",
    contour_metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("max_top_up", Roubles),  # H-06: the school's own limit wins over the organizer's
    sa.Column("short_name", sa.Text),
    sa.Column("inn", sa.Text),
    sa.Column("municipality", sa.Text),
    sa.Column("is_closed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("digest", sa.LargeBinary),  # of what the school system has told
)
sa.Index("school_municipality", school.c.municipality)

organizer = sa.Table(
    "organizer",
    contour_metadata,
    sa.Column("inn", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("beneficiary_account", sa.Text),
    sa.Column("beneficiary_bik", sa.Text),
    sa.Column("beneficiary_bank", sa.Text),
    sa.Column("beneficiary_purpose", sa.Text),
    sa.Column("min_top_up", Roubles),
    sa.Column("max_top_up", Roubles),
)

personal_account = sa.Table(
    "personal_account",
    contour_metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("pupil_mask", sa.Text, nullable=False),  # «Иван И.»: never a full name (SEC-10)
    sa.Column("class_name", sa.Text, nullable=False),
    sa.Column("school_code", sa.Text, sa.ForeignKey("school.code"), nullable=False),
    # Empty while nobody feeds the pupil's school.
    sa.Column("organizer_inn", sa.Text, sa.ForeignKey("organizer.inn")),
    sa.CheckConstraint("status IN ('OPEN', 'BLOCKED', 'CLOSED')", name="personal_account_status"),
)

trial_account = sa.Table(
    "trial_account",  # made for a session of trials, to be removed after it (JOB-21)
    contour_metadata,
    sa.Column("number", sa.Text, sa.ForeignKey("personal_account.number"), primary_key=True),
)

ledger_entry = sa.Table(
    "ledger_entry",
    contour_metadata,
    sa.Column(
        "id",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),  # SQLite numbers only an INTEGER key
        primary_key=True,
    ),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("organizer_inn", sa.Text, nullable=False),
    sa.Column("amount", Roubles, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False, unique=True),
    sa.Column("business_date", sa.Date, nullable=False),
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("basis", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
)
append_only.protect(ledger_entry)
sa.Index("ledger_entry_account", ledger_entry.c.account, ledger_entry.c.business_date)

ledger_balance = sa.Table(
    "ledger_balance",
    contour_metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("organizer_inn", sa.Text, primary_key=True),
    sa.Column("balance", Roubles, nullable=False),
)
