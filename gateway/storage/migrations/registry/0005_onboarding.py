"""Cases of enrolment with their history, and the facts that access follows from.

Until here an operator set the state of a participant by hand. Who had been let into the test
contour that way keeps it: its agreement is entered as a case that was joined at the last change.
Production that was opened by hand has no act behind it and is closed.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from gateway.storage import append_only
from gateway.storage.types import Identifier, Instant

revision = "0005"
down_revision = "0004"

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STILL_OPEN = sa.text("ended_at IS NULL")
_APPEND_ONLY = (
    *("case_step", "case_remark", "case_request", "deadline_flag"),
    *("commissioning", "disconnection"),
)


def upgrade() -> None:
    """Create the tables and carry over who had joined."""
    _create_cases()
    _create_terms()
    _create_access()
    for table in _APPEND_ONLY:
        for statement in append_only.statements(table, op.get_bind().dialect.name):
            op.execute(statement)
    _carry_over()


def _create_cases() -> None:
    op.create_table(
        "onboarding_case",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("onboarding_case_participant", "onboarding_case", ["participant"])
    op.create_index("onboarding_case_kind", "onboarding_case", ["kind", "state"])
    op.create_table(
        "case_step",
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("doc_type", sa.Text()),
        sa.Column("document_id", Identifier()),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        _of_case(),
        sa.PrimaryKeyConstraint("case_id", "seq"),
    )
    op.create_table(
        "case_remark",
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _of_case(),
        sa.PrimaryKeyConstraint("case_id", "seq", "line"),
    )
    op.create_table(
        "case_request",
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        _of_case(),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("participant", "key"),
    )
    op.create_table(
        "case_serial",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", "year"),
    )


def _create_terms() -> None:
    op.create_table(
        "case_deadline",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("half_at", Instant(), nullable=False),
        sa.Column("last_day_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        _of_case(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_deadline_case", "case_deadline", ["case_id"])
    op.create_index(
        "case_deadline_open",
        "case_deadline",
        ["case_id", "term"],
        unique=True,
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )
    op.create_table(
        "deadline_flag",
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("threshold", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["deadline"], ["case_deadline.id"]),
        sa.PrimaryKeyConstraint("deadline", "threshold"),
    )
    op.create_table(
        "responsible_change",
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("informed_at", Instant()),
        sa.Column("overdue_at", Instant()),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("participant", "role", "ended_on"),
    )


def _create_access() -> None:
    op.create_table(
        "joining",
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        _of_case(),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "signed_act",
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("document_id", Identifier(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        _of_case(),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "commissioning",
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["signed_act.case_id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "suspension",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("case_id", Identifier()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        _of_case(),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "disconnection",
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        _of_case(),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "limited_admission",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("case_id", Identifier(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        _of_case(),
        sa.ForeignKeyConstraint(["participant"], ["participant.code"]),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("used <= quota", name="limited_admission_used"),
    )
    for table in ("joining", "signed_act", "suspension", "disconnection", "limited_admission"):
        op.create_index(f"{table}_participant", table, ["participant"])


def _carry_over() -> None:
    """Enter a case and a joining for everybody whose test contour was opened by hand."""
    connection = op.get_bind()
    participant = sa.table(
        "participant",
        sa.column("code", sa.Text),
        sa.column("kind", sa.Text),
        sa.column("state", sa.Text),
        sa.column("changed_at", Instant),
    )
    case = sa.table(
        "onboarding_case",
        sa.column("id", Identifier),
        sa.column("number", sa.Text),
        sa.column("kind", sa.Text),
        sa.column("participant", sa.Text),
        sa.column("state", sa.Text),
        sa.column("seq", sa.Integer),
        sa.column("entered_at", Instant),
        sa.column("opened_at", Instant),
        sa.column("facts", sa.Text),
    )
    joining = sa.table(
        "joining",
        sa.column("case_id", Identifier),
        sa.column("participant", sa.Text),
        sa.column("number", sa.Text),
        sa.column("joined_at", Instant),
    )
    suspension = sa.table(
        "suspension",
        sa.column("participant", sa.Text),
        sa.column("basis", sa.Text),
        sa.column("created_at", Instant),
    )
    kinds = {"BANK": "SM-BANK", "ORGANIZER": "SM-ORG-INT"}
    rows = connection.execute(
        sa.select(participant).where(participant.c.state != "CANDIDATE")
    ).all()
    for row in rows:
        case_id = uuid4()
        connection.execute(
            sa.insert(case).values(
                id=case_id,
                number=f"ДО-УЧЁТА-{row.code}",
                kind=kinds.get(row.kind, "SM-REG"),
                participant=row.code,
                state="JOINED",
                seq=0,
                entered_at=row.changed_at,
                opened_at=row.changed_at,
                facts="{}",
            )
        )
        connection.execute(
            sa.insert(joining).values(
                case_id=case_id,
                participant=row.code,
                number="до учёта дел",
                joined_at=row.changed_at,
            )
        )
        if row.state == "SUSPENDED":
            connection.execute(
                sa.insert(suspension).values(
                    participant=row.code, basis="до учёта дел", created_at=row.changed_at
                )
            )
        elif row.state == "IN_OPERATION":
            connection.execute(
                sa.update(participant).where(participant.c.code == row.code).values(state="JOINED")
            )


def _of_case() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["onboarding_case.id"])
