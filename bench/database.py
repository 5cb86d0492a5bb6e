"""The database of one started server: made for it, counted after the load, dropped."""

import os
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

import psutil
import psycopg
from psycopg import conninfo, sql

Mode = Literal["none", "sqlite", "pg"]
MODES: tuple[Mode, ...] = get_args(Mode)

SCHEMA = Path(__file__).with_name("schema")
POSTGRES = os.environ.get("HUB_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows found."""

    payments: int
    registries: int
    lines: int

    def __sub__(self, earlier: "Counted") -> "Counted":
        return Counted(
            self.payments - earlier.payments,
            self.registries - earlier.registries,
            self.lines - earlier.lines,
        )


class Database(Protocol):
    """Where a server keeps what it was sent."""

    mode: Mode

    @property
    def environment(self) -> Mapping[str, str]:
        """What the server's recipe needs to find it."""
        ...

    @property
    def url(self) -> str:
        """The address as SQLAlchemy spells it; empty without a database."""
        ...

    def create_tables(self) -> None:
        """Make the peers' three tables; the hub makes its own."""
        ...

    def settle(self) -> None:
        """Write out what earlier load left behind, so that nobody pays for another's pages."""
        ...

    def numbers(self, query: str) -> tuple[int, ...]:
        """The only row of a query."""
        ...

    def cpu_seconds(self) -> float:
        """Processor time of the database's own processes that serve this server."""
        ...


class NoDatabase:
    mode: Mode = "none"
    environment: Mapping[str, str] = {}
    url = ""

    def create_tables(self) -> None:
        """Nothing to make."""

    def settle(self) -> None:
        """Nothing to settle."""

    def numbers(self, query: str) -> tuple[int, ...]:
        raise LookupError(query)

    def cpu_seconds(self) -> float:
        return 0.0


class Sqlite:
    mode: Mode = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment: Mapping[str, str] = {"BENCH_SQLITE": str(path)}
        self.url = f"sqlite:///{path}"

    def create_tables(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.executescript((SCHEMA / "sqlite.sql").read_text(encoding="utf-8"))

    def settle(self) -> None:
        """Nothing: a checkpoint from outside would meet the server's lock."""

    def numbers(self, query: str) -> tuple[int, ...]:
        with closing(sqlite3.connect(self.path, timeout=60)) as connection:
            row: tuple[int, ...] = connection.execute(query).fetchone()
        return row

    def cpu_seconds(self) -> float:
        """Nothing of its own: SQLite works inside the server."""
        return 0.0


class Postgres:
    mode: Mode = "pg"

    def __init__(self, server: str, name: str) -> None:
        self.server, self.name = server, name
        at = {key: str(value) for key, value in conninfo.conninfo_to_dict(server).items() if value}
        host, port = at.get("host", "127.0.0.1"), at.get("port", "5432")
        user, password = at.get("user", "postgres"), at.get("password", "")
        self.environment: Mapping[str, str] = {
            "PGHOST": host,
            "PGPORT": port,
            "PGUSER": user,
            "PGPASSWORD": password,
            "PGDATABASE": name,
        }
        secret = f":{password}" if password else ""
        self.url = f"postgresql+psycopg://{user}{secret}@{host}:{port}/{name}"

    def create(self) -> None:
        self._serve("CREATE DATABASE {}")

    def drop(self) -> None:
        self._serve("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def create_tables(self) -> None:
        with self._connect() as connection:
            connection.execute((SCHEMA / "postgres.sql").read_bytes())

    def settle(self) -> None:
        with self._connect() as connection:
            connection.execute("CHECKPOINT")

    def numbers(self, query: str) -> tuple[int, ...]:
        with self._connect() as connection:
            row = connection.execute(query.encode()).fetchone()
        if row is None:
            raise LookupError(query)
        return tuple(row)

    def cpu_seconds(self) -> float:
        """Of the backends on this machine, which name their database in their title."""
        return sum(_cpu(process, f" {self.name} ") for process in psutil.process_iter())

    def _connect(self) -> psycopg.Connection[tuple[int, ...]]:
        return psycopg.connect(self.server, dbname=self.name, autocommit=True)

    def _serve(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name)))


@contextmanager
def database(mode: Mode, folder: Path) -> Iterator[Database]:
    """Give a new empty database of the mode and take it away afterwards."""
    if mode == "none":
        yield NoDatabase()
    elif mode == "sqlite":
        yield Sqlite(folder / "bench.db")
    else:
        postgres = Postgres(POSTGRES, f"uzel_bench_{uuid.uuid4().hex[:12]}")
        postgres.create()
        try:
            yield postgres
        finally:
            postgres.drop()


def _cpu(process: psutil.Process, title: str) -> float:
    try:
        if title not in " ".join(process.cmdline()):
            return 0.0
        times = process.cpu_times()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0
    return float(times.user + times.system)


def peer_rows(database: Database) -> Counted:
    """Count the peers' tables."""
    return Counted(
        *database.numbers(
            "SELECT (SELECT count(*) FROM payment), (SELECT count(*) FROM registry),"
            " (SELECT count(*) FROM registry_line)"
        )
    )


def postgres_settings() -> dict[str, str]:
    """The settings that decide what a commit costs; empty when PostgreSQL does not answer."""
    names = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_connections")
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5) as connection:
            rows = connection.execute(
                "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s)",
                (list(names),),
            ).fetchall()
    except psycopg.OperationalError:
        return {}
    return dict(rows)
