"""The record of timed runs: one row per (job, business time), whoever runs it."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from gateway.storage.database import RaceLost, Transaction, contour_metadata
from gateway.storage.types import Instant

LEASE = timedelta(minutes=30)
"""A run that takes longer than this without an end is taken over: its process was killed."""

job_run = sa.Table(
    "job_run",
    contour_metadata,
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("business_time", Instant, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
)


def claim(
    transaction: Transaction, job: str, business_time: datetime, owner: str, now: datetime
) -> bool:
    """Take the run for `owner`; False when it was done or somebody is at it."""
    this = _run(job, business_time)
    row = transaction.execute(
        sa.select(job_run.c.started_at, job_run.c.finished_at).where(this)
    ).one_or_none()
    if row is None:
        columns = ("job", "business_time", "owner", "started_at")
        try:
            transaction.insert_new(job_run, columns, [(job, business_time, owner, now)])
        except RaceLost:
            return False
        return True
    if row.finished_at is not None or now - row.started_at < LEASE:
        return False
    taken = transaction.execute(
        job_run.update()
        .where(this, job_run.c.started_at == row.started_at)
        .values(owner=owner, started_at=now)
    )
    return taken.rowcount == 1


def finish(transaction: Transaction, job: str, business_time: datetime, now: datetime) -> None:
    """Note that the run is done."""
    transaction.execute(job_run.update().where(_run(job, business_time)).values(finished_at=now))


def give_up(transaction: Transaction, job: str, business_time: datetime) -> None:
    """Free a failed run, so that the next look takes it again."""
    transaction.execute(job_run.delete().where(_run(job, business_time)))


def _run(job: str, business_time: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(job_run.c.job == job, job_run.c.business_time == business_time)
