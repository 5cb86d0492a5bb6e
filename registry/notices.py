"""The ladder of expiry: 60, 30, 14, 7 and 1 days before a certificate ends there is a notice.

Written once for each certificate and step, however often and on whatever days anybody looks;
whoever delivers notices reads the table.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from gateway.storage.database import Database
from registry import models
from registry.calendar import local_date

STEPS = (60, 30, 14, 7, 1)
"""Local days before the day on which the certificate ends."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A certificate has reached a step."""

    certificate: int
    step: int
    days_left: int
    """On the day of writing: fewer than `step` when nobody looked on the day itself."""


def write_notices(database: Database, now: datetime) -> list[Notice]:
    """Write what is due and was not written yet, and return it.

    A step whose day had passed when the certificate was bound is no news and is left out.
    """
    today = local_date(now)
    table = models.certificate_notice
    with database.writing() as transaction:
        due = [
            notice
            for row in transaction.execute(_live()).all()
            for notice in due_notices(row.id, row.created_at, row.not_after, today)
        ]
        known = {
            (row.certificate, row.step)
            for row in transaction.execute(sa.select(table.c.certificate, table.c.step))
        }
        fresh = [notice for notice in due if (notice.certificate, notice.step) not in known]
        transaction.insert(
            table,
            ("certificate", "step", "days_left", "noted_at"),
            [(one.certificate, one.step, one.days_left, now) for one in fresh],
            "DO NOTHING",
        )
    return fresh


def due_notices(
    certificate: int, bound_at: datetime, not_after: datetime, today: date
) -> list[Notice]:
    """Return the steps that a certificate has reached since it was bound."""
    last_day = local_date(not_after)
    since = local_date(bound_at)
    return [
        Notice(certificate, step, (last_day - today).days)
        for step in STEPS
        if since <= last_day - timedelta(days=step) <= today
    ]


def _live() -> sa.Select[tuple[int, datetime, datetime]]:
    c = models.certificate.c
    return sa.select(c.id, c.created_at, c.not_after).where(c.ended_at.is_(None)).order_by(c.id)
