"""Tables of notices."""

import sqlalchemy as sa

from gateway.storage import append_only
from gateway.storage.database import registry_metadata
from gateway.storage.types import Instant
from registry import models

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")

notice = sa.Table(
    "notice",
    registry_metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("participant", sa.Text, sa.ForeignKey(models.participant.c.code), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),  # of the participant, from 1 without gaps
    sa.Column("code", sa.Text, nullable=False),  # NOT-01 …
    sa.Column("event", sa.Text, nullable=False),  # what it tells of: case/<uuid>/JOINED
    sa.Column("posted_at", Instant, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("ref", sa.Text),  # document or case that a program may ask for
    sa.Column("letters", sa.Integer, nullable=False),  # mails written into the outbox
    sa.Index("notice_once", "code", "participant", "event", unique=True),
    sa.Index("notice_seq", "participant", "seq", unique=True),
)
append_only.protect(notice)

notice_counter = sa.Table(
    "notice_counter",
    registry_metadata,
    # Its row is the lock of the participant's notices: numbers grow in the order of commits.
    sa.Column("participant", sa.Text, sa.ForeignKey(models.participant.c.code), primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)

notice_acknowledgement = sa.Table(
    "notice_acknowledgement",
    registry_metadata,
    sa.Column(
        "notice",
        sa.BigInteger,
        sa.ForeignKey(notice.c.id),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("acknowledged_at", Instant, nullable=False),
)
append_only.protect(notice_acknowledgement)
