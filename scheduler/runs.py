"""The record of runs: one row per (job, business time), whoever runs it, in either database."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from gateway.storage.database import Transaction, contour_metadata, registry_metadata
from gateway.storage.types import Instant

IDLE_LIMIT_MINUTES = 30
"""A run whose process says nothing to PostgreSQL for so long is rolled back by the server: its
machine is gone, and nobody else could take the run before."""
KEPT = timedelta(days=90)
"""How long the record of a finished run is kept."""

_IDLE_LIMIT = sa.text(f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_LIMIT_MINUTES}min'")
_NOBODY_ELSE = sa.text("SELECT pg_try_advisory_xact_lock(hashtext(:table), hashtext(:job))")


class Attempt(NamedTuple):
    """Somebody sets about a run."""

    job: str
    business_time: datetime
    owner: str
    """Host and process, or the operator."""
    started_at: datetime
    planned: bool
    """Whether the business time is one of the clock's; else somebody asked for it."""


class RunLine(NamedTuple):
    """One row of the record."""

    job: str
    business_time: datetime
    owner: str
    """Who ran it last."""
    started_at: datetime
    finished_at: datetime | None
    """None: it has failed so far, or has not begun."""
    planned: bool
    failures: int
    failed_at: datetime | None
    failure: str | None
    """Why it failed last."""


def run_table(name: str, metadata: sa.MetaData) -> sa.Table:
    """Make the table of runs of a database."""
    return sa.Table(
        name,
        metadata,
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("business_time", Instant, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("finished_at", Instant),
        sa.Column("planned", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failed_at", Instant),
        sa.Column("failure", sa.Text),
    )


job_run = run_table("job_run", contour_metadata)
chore_run = run_table("chore_run", registry_metadata)
# Both schemas may live in one database, so the names differ.


class Runs:
    """The statements on one table of runs."""

    def __init__(self, table: sa.Table) -> None:
        """Work on `table`."""
        self._table = table
        self._c = table.c

    def take(
        self, transaction: Transaction, attempt: Attempt, *, unless_later: bool = False
    ) -> bool:
        """Claim the run for the rest of the transaction; False when it is done or being done.

        With `unless_later` a later business time that is done stands for this one, too: a process
        may have been slow to come here. The key of the row makes the claim exclusive, and it is
        visible to others only together with the effect. The lock spares a second process the wait
        for a first one, and keeps runs of one job apart.
        """
        if transaction.on_postgresql:
            transaction.execute(_IDLE_LIMIT)
            lock = {"table": self._table.name, "job": attempt.job}
            if not transaction.execute(_NOBODY_ELSE, lock).scalar_one():
                return False
        if unless_later:
            done = self.last_finished(transaction, attempt.job)
            if done is not None and done.business_time > attempt.business_time:
                return False
        taken = {"owner": attempt.owner, "started_at": attempt.started_at}
        return self._put(transaction, attempt, taken)

    def finish(self, transaction: Transaction, attempt: Attempt, now: datetime) -> None:
        """Note that the run is done."""
        transaction.execute(
            self._table.update()
            .where(self._c.job == attempt.job, self._c.business_time == attempt.business_time)
            .values(finished_at=now)
        )

    def fail(self, transaction: Transaction, attempt: Attempt, reason: str, now: datetime) -> None:
        """Note that a run has failed once more, unless somebody else has done it by now."""
        failed = {"failed_at": now, "failure": reason}
        self._put(
            transaction,
            attempt,
            {
                "owner": attempt.owner,
                "started_at": attempt.started_at,
                "failures": self._c.failures + 1,
                **failed,
            },
            failures=1,
            **failed,
        )

    def begin(self, transaction: Transaction, attempt: Attempt) -> None:
        """Say from which business time on a job is to be run, if that was not said before."""
        if not self.known(transaction, attempt.job):
            self._put(transaction, attempt, {"owner": attempt.owner})

    def known(self, transaction: Transaction, job: str) -> bool:
        """Tell whether a planned run of the job was ever begun."""
        query = sa.select(self._c.job).where(self._c.job == job, self._c.planned).limit(1)
        return transaction.execute(query).first() is not None

    def find(self, transaction: Transaction, job: str, business_time: datetime) -> RunLine | None:
        """Return the row of a run."""
        query = self._lines().where(self._c.job == job, self._c.business_time == business_time)
        row = transaction.execute(query).one_or_none()
        return None if row is None else RunLine(*row)

    def last_finished(self, transaction: Transaction, job: str) -> RunLine | None:
        """Return the finished run of the latest business time of the clock."""
        return self._first(
            transaction,
            self._lines()
            .where(self._c.job == job, self._c.planned, self._c.finished_at.is_not(None))
            .order_by(self._c.business_time.desc()),
        )

    def first_open(self, transaction: Transaction, job: str) -> RunLine | None:
        """Return the unfinished run of the earliest business time of the clock."""
        return self._first(
            transaction,
            self._lines()
            .where(self._c.job == job, self._c.planned, self._c.finished_at.is_(None))
            .order_by(self._c.business_time),
        )

    def last(self, transaction: Transaction, job: str) -> RunLine | None:
        """Return the run that was finished last, the operator's own ones included."""
        return self._first(
            transaction,
            self._lines()
            .where(self._c.job == job, self._c.finished_at.is_not(None))
            .order_by(self._c.finished_at.desc(), self._c.business_time.desc()),
        )

    def failed(self, transaction: Transaction, job: str) -> list[RunLine]:
        """Return the failed runs after the last planned one that was done; others are history."""
        done = self.last_finished(transaction, job)
        query = self._lines().where(
            self._c.job == job, self._c.finished_at.is_(None), self._c.failures > 0
        )
        if done is not None:
            query = query.where(self._c.business_time > done.business_time)
        rows = transaction.execute(query.order_by(self._c.business_time))
        return [RunLine(*row) for row in rows]

    def forget(self, transaction: Transaction, now: datetime) -> int:
        """Remove old rows, never the last finished of a job; return how many went."""
        later = self._table.alias()
        newer = (
            sa.select(later.c.job)
            .where(
                later.c.job == self._c.job,
                later.c.planned,
                later.c.finished_at.is_not(None),
                later.c.business_time > self._c.business_time,
            )
            .exists()
        )
        gone = transaction.execute(
            self._table.delete().where(self._c.started_at < now - KEPT, newer)
        )
        return gone.rowcount

    def _put(
        self,
        transaction: Transaction,
        attempt: Attempt,
        otherwise: Mapping[str, object],
        **more: object,
    ) -> bool:
        """Add a row, or change the one that is there and not finished; tell whether one was."""
        insert = postgresql.insert if transaction.on_postgresql else sqlite.insert
        statement = insert(self._table).values(**attempt._asdict(), **more)
        put = transaction.execute(
            statement.on_conflict_do_update(
                index_elements=[self._c.job, self._c.business_time],
                set_=otherwise,
                where=self._c.finished_at.is_(None),
            ).returning(self._c.job)
        )
        return put.first() is not None

    def _lines(self) -> sa.Select[*tuple[Any, ...]]:
        return sa.select(*(self._c[name] for name in RunLine._fields))

    def _first(
        self, transaction: Transaction, query: sa.Select[*tuple[Any, ...]]
    ) -> RunLine | None:
        row = transaction.execute(query.limit(1)).first()
        return None if row is None else RunLine(*row)


JOBS = Runs(job_run)
"""Runs of the slices' timed jobs, in the database of a contour."""
CHORES = Runs(chore_run)
"""Runs of chores and routines, in the registry's database."""
