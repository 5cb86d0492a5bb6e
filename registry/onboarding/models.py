"""Tables of the connection desk: cases with their history, and the facts that access follows from.

History, remarks and numbers given out only grow. What lets a participant in (`joining`,
`signed_act`, `commissioning`, `limited_admission`) gets the moment of its end and is never undone.
"""

from uuid import UUID

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import registry_metadata
from gateway.storage.types import Identifier, Instant

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only an INTEGER key


def _participant() -> sa.Column[str]:
    return sa.Column("participant", sa.Text, sa.ForeignKey("participant.code"), nullable=False)


def _case(*, primary_key: bool = False) -> sa.Column[UUID]:
    link = sa.ForeignKey("onboarding_case.id")
    return sa.Column("case_id", Identifier, link, nullable=False, primary_key=primary_key)


onboarding_case = sa.Table(
    "onboarding_case",
    registry_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("number", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),  # CaseKind
    _participant(),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),  # of the latest step
    sa.Column("entered_at", Instant, nullable=False),  # when the state was entered
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),  # JSON, without personal data
    sa.Index("onboarding_case_participant", "participant"),
    sa.Index("onboarding_case_kind", "kind", "state"),
)

case_step = sa.Table(
    "case_step",
    registry_metadata,
    _case(primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("row", sa.Text, nullable=False),  # id of the requirement: ONB-BANK-03
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),  # Who
    sa.Column("comment", sa.Text),
    sa.Column("doc_type", sa.Text),  # Doc
    sa.Column("document_id", Identifier),
    sa.Column("notice", sa.Text, nullable=False),  # number of the NoticeCode
    sa.Column("facts", sa.Text, nullable=False),  # JSON: those given with the step
)
append_only.protect(case_step)

case_remark = sa.Table(
    "case_remark",
    registry_metadata,
    _case(primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),  # of the step
    sa.Column("line", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
)
append_only.protect(case_remark)

case_request = sa.Table(
    "case_request",
    registry_metadata,
    # What the sender calls its request: the same again gets the same result.
    sa.Column("participant", sa.Text, sa.ForeignKey("participant.code"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    _case(),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
append_only.protect(case_request)

case_serial = sa.Table(
    "case_serial",
    registry_metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

case_deadline = sa.Table(
    "case_deadline",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _case(),
    sa.Column("seq", sa.Integer, nullable=False),  # of the step that it runs from
    sa.Column("term", sa.Text, nullable=False),  # id of the requirement that sets it
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("half_at", Instant, nullable=False),
    sa.Column("last_day_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),  # when what was waited for was done
    sa.Index("case_deadline_case", "case_id"),
    sa.Index(
        "case_deadline_open",
        "case_id",
        "term",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)

deadline_flag = sa.Table(
    "deadline_flag",
    registry_metadata,
    sa.Column("deadline", sa.BigInteger, sa.ForeignKey("case_deadline.id"), primary_key=True),
    sa.Column("threshold", sa.Text, primary_key=True),  # Threshold
    sa.Column("at", Instant, nullable=False),
)
append_only.protect(deadline_flag)

responsible_change = sa.Table(
    "responsible_change",
    registry_metadata,
    _participant(),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("ended_on", sa.Date, nullable=False),  # when the powers ended
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("noted_at", Instant, nullable=False),
    sa.Column("informed_at", Instant),  # when the owner named a new person
    sa.Column("overdue_at", Instant),  # when it was flagged
    sa.PrimaryKeyConstraint("participant", "role", "ended_on"),
)

joining = sa.Table(
    "joining",
    registry_metadata,
    _case(primary_key=True),
    _participant(),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Index("joining_participant", "participant"),
)

signed_act = sa.Table(
    "signed_act",
    registry_metadata,
    _case(primary_key=True),
    _participant(),
    sa.Column("doc_type", sa.Text, nullable=False),
    sa.Column("document_id", Identifier, nullable=False),
    sa.Column("signed_on", sa.Date, nullable=False),
    sa.Column("effective_on", sa.Date, nullable=False),  # first day of operation
    sa.Column("services", sa.Text, nullable=False),  # JSON: families that it opens
    sa.Column("registered_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Index("signed_act_participant", "participant"),
)

commissioning = sa.Table(
    "commissioning",
    registry_metadata,
    # Nothing goes live without its act.
    sa.Column("case_id", Identifier, sa.ForeignKey("signed_act.case_id"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
)
append_only.protect(commissioning)

suspension = sa.Table(
    "suspension",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _participant(),
    # None when the participant was suspended as such.
    sa.Column("case_id", Identifier, sa.ForeignKey("onboarding_case.id")),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Index("suspension_participant", "participant"),
)

disconnection = sa.Table(
    "disconnection",
    registry_metadata,
    _case(primary_key=True),
    _participant(),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("disconnection_participant", "participant"),
)
append_only.protect(disconnection)

case_trial = sa.Table(
    "case_trial",
    registry_metadata,
    sa.Column("session", Identifier, primary_key=True),  # of the contour's conformance_session
    _case(),
    _participant(),
    sa.Column("contour", sa.Text, nullable=False),
    sa.Column("suite", sa.Text, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),  # of the plan, hexadecimal
    sa.Column("system_version", sa.Text, nullable=False),
    sa.Column("opens", sa.Boolean, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant, nullable=False),
    sa.Column("good_until", Instant, nullable=False),
    sa.Column("frozen", sa.Text, nullable=False),  # SHA-256 of the evidence, hexadecimal
    sa.Column("document_id", Identifier),  # the protocol
    sa.Index("case_trial_case", "case_id"),
)
append_only.protect(case_trial)

limited_admission = sa.Table(
    "limited_admission",
    registry_metadata,
    sa.Column("id", Identifier, primary_key=True),
    _case(),
    _participant(),
    sa.Column("quota", sa.Integer, nullable=False),  # messages altogether
    sa.Column("used", sa.Integer, nullable=False, server_default="0"),
    sa.Column("until", Instant, nullable=False),
    sa.Column("masked", sa.Boolean, nullable=False),
    sa.Column("services", sa.Text, nullable=False),  # JSON
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.CheckConstraint("used <= quota", name="limited_admission_used"),
    sa.Index("limited_admission_participant", "participant"),
)
