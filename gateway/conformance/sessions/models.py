"""Tables of sessions. All of them only grow: how a session stands is computed, never kept."""

from typing import Any

import sqlalchemy as sa

from gateway.storage import append_only, attachments
from gateway.storage.database import contour_metadata
from gateway.storage.types import Identifier, Instant


def _of_session(*, key: bool = True) -> sa.Column[Any]:
    return sa.Column(
        "session",
        Identifier,
        sa.ForeignKey("conformance_session.id"),
        primary_key=key,
        nullable=False,
    )


def _place() -> tuple[sa.Column[Any], ...]:
    """Return the key of a step of one attempt at one line (`Place` of the evidence)."""
    return (
        _of_session(),
        sa.Column("case_code", sa.Text, primary_key=True),
        sa.Column("data_row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("step", sa.Text, primary_key=True),
    )


def _number() -> sa.Column[Any]:
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)


session = sa.Table(
    "conformance_session",
    contour_metadata,
    sa.Column("id", Identifier, primary_key=True),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("request_id", Identifier, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("suite", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),  # of the plan when the session began
    sa.Column("onboarding_case", Identifier),
    sa.Column("contour", sa.Text, nullable=False),
    sa.Column("endpoint_url", sa.Text),
    sa.Column("system_version", sa.Text, nullable=False),
    sa.Column("rehearsal", sa.Boolean, nullable=False),
    sa.Column("entered", sa.Text, nullable=False),  # JSON: what the participant entered
    sa.Column("params", sa.Text, nullable=False),  # JSON: the same and what the stand prepared
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.UniqueConstraint("participant", "request_id", name="conformance_session_request"),
    sa.Index("conformance_session_expires", "expires_at"),
    sa.Index("conformance_session_plan", "plan", "started_at"),
)

ending = sa.Table(
    "conformance_ending",
    contour_metadata,
    _of_session(),
    sa.Column("kind", sa.Text, nullable=False),  # Ending
    sa.Column("at", Instant, nullable=False),
    sa.Column("comment", sa.Text),
)

attempt = sa.Table(
    "conformance_attempt",
    contour_metadata,
    _of_session(),
    sa.Column("case_code", sa.Text, primary_key=True),
    sa.Column("data_row", sa.Integer, primary_key=True, autoincrement=False),
    _number(),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("system_version", sa.Text, nullable=False),
    sa.Column("drawn", sa.Text, nullable=False),  # JSON: the values of the case's variables
)

handed_out = sa.Table(
    "conformance_file",
    contour_metadata,
    *_place(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

provided = sa.Table(
    "conformance_provided",
    contour_metadata,
    *_place(),
    _number(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("provided_by", sa.Text, nullable=False),
    attachments.reference("sha256", nullable=False),
)

decision = sa.Table(
    "conformance_decision",
    contour_metadata,
    *_place(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("tester", sa.Text, nullable=False),
    sa.Column("confirmed", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

call = sa.Table(
    "conformance_call",
    contour_metadata,
    *_place(),
    _number(),
    sa.Column("sent_at", Instant, nullable=False),
    sa.Column("answered_at", Instant),
    sa.Column("request", sa.LargeBinary, nullable=False),
    sa.Column("http_status", sa.Integer),
    sa.Column("reply", sa.LargeBinary),
    sa.Column("trouble", sa.Text),
    sa.Column("ours", sa.Boolean, nullable=False),
    sa.Column("signature", sa.Text),  # of the reply
)

answer = sa.Table(
    "conformance_answer",
    contour_metadata,
    *_place(),
    _number(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("rows_found", sa.Integer, nullable=False),
    sa.Column("found", sa.Text, nullable=False),  # JSON: the first rows of the hub's state
    sa.Column("trouble", sa.Text),
)

withheld = sa.Table(
    "conformance_withheld",
    contour_metadata,
    *_place(),  # one message a step: whoever comes second is answered
    sa.Column("entry", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

preflight = sa.Table(
    "conformance_preflight",
    contour_metadata,
    _of_session(),
    sa.Column("name", sa.Text, primary_key=True),
    _number(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("green", sa.Boolean, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

told = sa.Table(
    "conformance_told",
    contour_metadata,
    _of_session(),
    sa.Column("line", sa.Text, primary_key=True),
    _number(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),  # of the plan it was judged by
)

purged = sa.Table(
    "conformance_purged",  # what was prepared for a session is gone
    contour_metadata,
    _of_session(),
    sa.Column("at", Instant, nullable=False),
)

frozen = sa.Table(
    "conformance_frozen",
    contour_metadata,
    _of_session(),
    sa.Column("at", Instant, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),  # canonical JSON, compressed
)

for _table in (
    session,
    ending,
    attempt,
    handed_out,
    provided,
    decision,
    call,
    answer,
    withheld,
    preflight,
    told,
    purged,
    frozen,
):
    append_only.protect(_table)
