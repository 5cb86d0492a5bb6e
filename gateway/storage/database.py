"""One database: engine, transactions, and the driver underneath for the hot statements."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from gateway.storage import query, vault
from gateway.storage.query import Query

registry_metadata = sa.MetaData()
"""Tables of the participant registry: one database for both contours."""

contour_metadata = sa.MetaData()
"""Tables of a contour: journal, stored answers and the business tables of all slices."""

BUSY_TIMEOUT_SECONDS = 60
TRUSTED_SECONDS = 1.0
"""How long a connection that answered is not asked again whether it is alive."""
CONNECTIONS = 32
"""To one database from one process, unless another number is asked for."""
_KEPT = 4
"""One of so many stays open while nobody needs it."""
_WRITE = "hub_write"
_RESTED = "hub_rested"


_SWITCHED_OFF = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")
"""Hot statements are planned once, often while their tables are still empty. A plan that reads or
hashes a whole table would stay until the next ANALYZE (measured: 5.6 ms instead of 0.5 ms for the
payments of a batch); a batch is always looked up row by row through an index. A small table that
has to be read whole seems endless to a planner so told, and it would compile the statement first
(measured: 100 ms for a turn of the deliverer instead of 20)."""


class RaceLost(Exception):
    """Another process wrote the same key first: roll back and do the batch again."""


class Transaction:
    """An open transaction; committed or rolled back by whoever opened it, never by a handler."""

    __slots__ = ("_driver", "_leave", "_pipeline", "connection", "on_postgresql")

    def __init__(
        self,
        connection: Connection,
        pipeline: psycopg.Pipeline | None = None,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        """Wrap an SQLAlchemy connection whose transaction has begun.

        In a pipeline statements are sent without waiting; an error comes out at the next question
        or at the commit, and then the whole transaction has failed. `leave` ends the pipeline.
        """
        self.connection = connection
        self._pipeline = pipeline
        self._leave = leave
        self.on_postgresql = connection.dialect.name == "postgresql"
        self._driver: Any = connection.connection.driver_connection

    def execute(
        self,
        statement: sa.Executable,
        values: Any = None,  # noqa: ANN401 -- as SQLAlchemy's own
    ) -> sa.CursorResult[*tuple[Any, ...]]:
        """Run an SQLAlchemy statement: queries and rare writes.

        SQLAlchemy asks at once whether there are rows, so a pipeline ends here.
        """
        if self._pipeline is not None:
            self._pipeline = None
            self._leave()
        return self.connection.execute(statement, values)

    def rows(self, statement: Query, **values: object) -> list[tuple[Any, ...]]:
        """Run a hot query on the driver; lists become arrays."""
        return cast("list[tuple[Any, ...]]", self._run(statement, values).fetchall())

    def stream(self, statement: Query, **values: object) -> Iterator[tuple[Any, ...]]:
        """Run a query and give its rows one by one, for reports of many."""
        return iter(self._run(statement, values))

    def run(self, statement: Query, **values: object) -> int:
        """Run a hot statement on the driver and return how many rows it touched."""
        return self._count(self._run(statement, values))

    def send(self, statement: Query, **values: object) -> None:
        """Run a hot statement whose count nobody asks for."""
        self._run(statement, values)

    def insert(
        self,
        table: sa.Table,
        columns: tuple[str, ...],
        rows: Sequence[Sequence[Any]],
        conflict: str = "",
    ) -> None:
        """Insert many rows as one statement.

        Values come in Python's own types (Decimal roubles, aware datetimes, UUIDs, bytes).
        `conflict` is the text after ON CONFLICT, such as `DO NOTHING`.
        """
        if rows:
            self._insert(table, columns, rows, conflict)

    def insert_new(
        self, table: sa.Table, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Insert rows whose keys were just seen to be free.

        A taken key raises RaceLost here, or in a pipeline a violation at the next question;
        `is_race` knows both.
        """
        if not rows:
            return
        if self._pipeline is not None:
            self._insert(table, columns, rows, "")
        elif self._insert(table, columns, rows, "DO NOTHING").rowcount != len(rows):
            raise RaceLost(table.name)

    def update(
        self,
        table: sa.Table,
        key: tuple[str, ...],
        columns: tuple[str, ...],
        rows: Sequence[Sequence[Any]],
    ) -> int:
        """Change many rows, each found by its key, as one statement; return how many were found.

        A row carries the values of `key`, then those of `columns`, in Python's own types.
        """
        if not rows:
            return 0
        plan = query.update_of(table, key, columns)
        if self.on_postgresql:
            cursor = self._driver.execute(plan.postgresql, plan.arrays(rows), prepare=True)
        else:
            cursor = self._driver.executemany(plan.sqlite, plan.plain(rows))
        return self._count(cursor)

    @property
    def vault(self) -> vault.Vault:
        """What seals personal data of this database; raises VaultClosed without a key."""
        return vault.vault_of(self.connection.dialect)

    def for_report(self) -> None:
        """Let the planner read whole tables: this transaction goes through most of their rows."""
        if self.on_postgresql:
            for switch in _SWITCHED_OFF:
                self._driver.execute(f"SET LOCAL {switch} = on".encode())

    def stand_still(self) -> None:
        """See the database as it is now until the transaction ends; before the first question."""
        if self.on_postgresql:
            self._driver.execute(b"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo only what happens inside when it fails."""
        with self.connection.begin_nested():
            yield

    def _insert(
        self,
        table: sa.Table,
        columns: tuple[str, ...],
        rows: Sequence[Sequence[Any]],
        conflict: str,
    ) -> Any:  # noqa: ANN401 -- a cursor of either driver
        plan = query.insert_into(table, columns, conflict)
        if self.on_postgresql:
            return self._driver.execute(plan.postgresql, plan.arrays(rows), prepare=True)
        return self._driver.executemany(plan.sqlite, plan.plain(rows))

    def _count(self, cursor: Any) -> int:  # noqa: ANN401 -- a cursor of either driver
        if self._pipeline is not None:
            self._pipeline.sync()
        return int(cursor.rowcount)

    def _run(self, statement: Query, values: dict[str, object]) -> Any:  # noqa: ANN401 -- a cursor of either driver
        if self.on_postgresql:
            return self._driver.execute(
                statement.postgresql,
                {
                    name: query.text_array(value) if isinstance(value, list) else value
                    for name, value in values.items()
                },
                prepare=True,
            )
        return self._driver.execute(
            statement.sqlite,
            {
                name: query.json_array(value) if isinstance(value, list) else value
                for name, value in values.items()
            },
        )


class Database:
    """A PostgreSQL or SQLite database by its URL."""

    def __init__(
        self, url: str, personal_data: vault.Vault | None = None, connections: int = CONNECTIONS
    ) -> None:
        """Prepare the engine; nothing is opened yet.

        At most `connections` are open at a time; who wants one more waits. `personal_data` seals
        the columns of type `Sealed`; without it they cannot be used.
        """
        parsed = make_url(url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.on_postgresql = parsed.get_backend_name() == "postgresql"
        opened = _postgresql if self.on_postgresql else _sqlite
        self.engine = opened(parsed, connections)
        if personal_data is not None:
            vault.entrust(self.engine.dialect, personal_data)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a transaction that only reads."""
        with self.engine.connect() as connection, connection.begin():
            yield Transaction(connection)

    @contextmanager
    def writing(self, *, pipelined: bool = False) -> Iterator[Transaction]:
        """Open a transaction; commit when the block ends, roll back when it fails.

        `pipelined` saves round trips where the database has a wire (PostgreSQL). When the block
        has ended the commit is durable in either case.
        """
        with self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITE: True})
            if not (pipelined and self.on_postgresql):
                with connection.begin():
                    yield Transaction(connection)
                return
            driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
            # The pipeline ends after the commit was sent: leaving it waits for the commit's answer.
            with ExitStack() as piped:
                pipeline = piped.enter_context(driver.pipeline())
                with connection.begin():
                    try:
                        yield Transaction(connection, pipeline, piped.close)
                    except BaseException:
                        # Inside an aborted pipeline a rollback fails too, and would be heard
                        # instead of the reason.
                        with suppress(psycopg.Error):
                            piped.close()
                        raise

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def is_race(error: BaseException) -> bool:
    """Tell whether the batch failed only because another process was quicker."""
    cause = error.__cause__ if isinstance(error, sa.exc.DBAPIError) else error
    return isinstance(
        cause,
        RaceLost
        | psycopg.errors.DeadlockDetected
        | psycopg.errors.SerializationFailure
        | psycopg.errors.UniqueViolation,
    )


def is_busy(error: BaseException) -> bool:
    """Tell whether somebody else's lock was waited for in vain, or the connection was lost."""
    cause = error.__cause__ if isinstance(error, sa.exc.DBAPIError) else error
    return isinstance(cause, sqlite3.OperationalError | psycopg.OperationalError) and not is_race(
        error
    )


def _postgresql(url: sa.URL, connections: int) -> Engine:
    engine = sa.create_engine(url, **_pool(connections))
    _ask_after_a_pause(engine)

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: psycopg.Connection[Any], _: ConnectionPoolEntry) -> None:
        query.prepare_driver(connection)
        for switch in _SWITCHED_OFF:
            connection.execute(f"SET {switch} = off".encode())
        connection.commit()

    return engine


def _pool(connections: int) -> dict[str, int]:
    """Keep some open for the next to come, and close the others when they are not needed."""
    kept = max(1, connections // _KEPT)
    return {"pool_size": kept, "max_overflow": connections - kept}


def _ask_after_a_pause(engine: Engine) -> None:
    """Ask a connection whether it is alive before it is used, unless it just was.

    SQLAlchemy's own pre-ping costs a round trip every time: a seventh of a batch of one.
    """

    @sa.event.listens_for(engine, "checkin")
    def _rested(_: object, record: ConnectionPoolEntry) -> None:
        record.info[_RESTED] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def _checked(connection: Any, record: ConnectionPoolEntry, _: object) -> None:  # noqa: ANN401 -- a driver's connection
        if time.monotonic() - record.info.get(_RESTED, 0.0) < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.OperationalError as error:
            raise sa.exc.DisconnectionError from error


def _sqlite(url: sa.URL, connections: int) -> Engine:
    engine = sa.create_engine(
        url,
        **_pool(connections),
        connect_args={
            "timeout": BUSY_TIMEOUT_SECONDS,
            "check_same_thread": False,
            "cached_statements": 256,
        },
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # We say BEGIN ourselves: a writer must take its lock at once, not at its first write.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
