"""Fixtures shared by all tests.

`contour_database` and `registry_database` give a test an empty `Database` with every table of
its metadata. Each runs the test twice: on SQLite (a fresh file) and on PostgreSQL (one database
a session, emptied before the test). `blank_database` is the same without tables, for migrations.
A test that needs one engine only asks for the `sqlite_…` or `postgresql_…` variant:

    def test_payment_is_stored_once(contour_database): ...
    def test_twenty_writers_do_not_collide(postgresql_contour_database): ...

PostgreSQL is looked for at HUB_TEST_POSTGRES (default postgresql://postgres@127.0.0.1:5432). When
it does not answer, its half is skipped with a word, and fails where the variable CI is set.

`clock` is a `gateway.kernel.ports.Clock` that stands still until told: `clock.now = …`,
`clock.advance(hours=1)`; it begins on Monday 2026-03-02 at 12:00 in Tyumen.
"""

import importlib
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings
from proofs import PROOFS
from psycopg import sql

from gateway.storage import migrate
from gateway.storage.database import Database, contour_metadata, registry_metadata
from gateway.storage.vault import Vault
from registry import passwords

POSTGRES = os.environ.get("HUB_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
BOTH_ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
settings.register_profile("suite", deadline=None, max_examples=40)
settings.register_profile("proofs", deadline=None, max_examples=400)
# A law that a loaded machine computes slowly is no broken law: there is no deadline.
settings.load_profile("proofs" if PROOFS else "suite")
NOON_IN_TYUMEN = datetime(2026, 3, 2, 7, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **units: float) -> None:
        self.now += timedelta(**units)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON_IN_TYUMEN)


@pytest.fixture(scope="session", autouse=True)
def real_cost_of_a_password() -> Iterator[int]:
    """Let passwords be hashed at a token cost; tell the real one, tens of milliseconds each."""
    real = passwords._COST
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_COST", 2**4)
        yield real


@pytest.fixture(params=BOTH_ENGINES)
def contour_database(request: pytest.FixtureRequest) -> Database:
    """A contour's database with every table of every slice, on either engine."""
    return request.getfixturevalue(f"{request.param}_contour_database")


@pytest.fixture(params=BOTH_ENGINES)
def registry_database(request: pytest.FixtureRequest) -> Database:
    """The participant registry's database, on either engine."""
    return request.getfixturevalue(f"{request.param}_registry_database")


@pytest.fixture(params=BOTH_ENGINES)
def blank_database(request: pytest.FixtureRequest) -> Database:
    """A database without a single table, on either engine."""
    return request.getfixturevalue(f"{request.param}_blank_database")


@pytest.fixture
def sqlite_contour_database(
    contour_tables: sa.MetaData, sqlite_templates: "SqliteTemplates", tmp_path: Path
) -> Iterator[Database]:
    yield from _opened(sqlite_templates.copy(contour_tables, tmp_path / "contour.db"))


@pytest.fixture
def sqlite_registry_database(
    registry_tables: sa.MetaData, sqlite_templates: "SqliteTemplates", tmp_path: Path
) -> Iterator[Database]:
    yield from _opened(sqlite_templates.copy(registry_tables, tmp_path / "registry.db"))


@pytest.fixture
def sqlite_blank_database(tmp_path: Path) -> Iterator[Database]:
    yield from _opened(f"sqlite:///{tmp_path / 'blank.db'}")


@pytest.fixture
def postgresql_contour_database(
    contour_tables: sa.MetaData, postgres_server: "PostgresServer"
) -> Iterator[Database]:
    yield from _opened(postgres_server.emptied("contour", contour_tables))


@pytest.fixture
def postgresql_registry_database(
    registry_tables: sa.MetaData, postgres_server: "PostgresServer"
) -> Iterator[Database]:
    yield from _opened(postgres_server.emptied("registry", registry_tables))


@pytest.fixture
def postgresql_blank_database(postgres_server: "PostgresServer") -> Iterator[Database]:
    name = postgres_server.create("blank")
    yield from _opened(postgres_server.url(name))
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def contour_tables() -> sa.MetaData:
    """The contour's metadata once every module that adds tables to it is imported."""
    _import_tables()
    return contour_metadata


@pytest.fixture(scope="session")
def registry_tables() -> sa.MetaData:
    """The participant registry's metadata once every module that adds tables is imported."""
    _import_tables()
    return registry_metadata


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> "SqliteTemplates":
    return SqliteTemplates(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["PostgresServer"]:
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        word = f"PostgreSQL does not answer at {POSTGRES} (set HUB_TEST_POSTGRES): {error}"
        if os.environ.get("CI"):
            pytest.fail(word)
        pytest.skip(word)
    with connection:
        server = PostgresServer(connection)
        yield server
        server.drop_all()


class SqliteTemplates:
    """A file per metadata with its tables made once; a test gets a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, metadata: sa.MetaData, target: Path) -> str:
        template = self._folder / f"{id(metadata)}.db"
        if not template.exists():
            database = Database(f"sqlite:///{template}")
            _make_tables(database, metadata)
            database.close()
        shutil.copyfile(template, target)
        return f"sqlite:///{target}"


class PostgresServer:
    """Our own databases on somebody's PostgreSQL."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._run = f"hub_test_{os.getpid()}_{secrets.token_hex(4)}"
        self._created: list[str] = []
        self._ready: dict[str, tuple[str, Broom]] = {}

    def url(self, name: str) -> str:
        return sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)

    def create(self, purpose: str, template: str = "template1") -> str:
        name = f"{self._run}_{purpose}_{len(self._created)}"
        self._connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        self._created.append(name)
        # Tests ask what is stored, not what survives a power cut.
        self._connection.execute(
            sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name))
        )
        return name

    def emptied(self, purpose: str, metadata: sa.MetaData) -> str:
        """Return the address of the session's database for `purpose`, without rows."""
        if purpose not in self._ready:
            name = self.create(purpose)
            database = Database(self.url(name))
            _make_tables(database, metadata)
            database.close()
            tables = [table.name for table in metadata.sorted_tables]
            self._ready[purpose] = name, Broom(self.url(name), tables)
        name, broom = self._ready[purpose]
        broom.sweep()
        return self.url(name)

    def drop(self, name: str) -> None:
        self._connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def drop_all(self) -> None:
        for _, broom in self._ready.values():
            broom.close()
        for name in self._created:
            self.drop(name)


_RESTART = """
SELECT setval(sequence.oid, 1, false)
FROM pg_class AS sequence
JOIN pg_depend ON pg_depend.objid = sequence.oid AND pg_depend.deptype IN ('a', 'i')
JOIN pg_class AS owner ON owner.oid = pg_depend.refobjid
WHERE sequence.relkind = 'S' AND owner.relname = ANY(%s)
"""


class Broom:
    """Empties a database before each test, over one connection that knows all of its tables."""

    def __init__(self, url: str, tables: list[str]) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        # A thread that a failed test left behind must not hang the whole run.
        self._connection.execute("SET lock_timeout = '20s'")
        # Append-only tables refuse even this otherwise.
        self._connection.execute("SET session_replication_role = replica")
        # A plan of its own for every new look at them all costs more than the look.
        self._connection.execute("SET plan_cache_mode = force_generic_plan")
        self._filled = (
            sql.SQL(" UNION ALL ")
            .join(
                sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
                    sql.Literal(table), sql.Identifier(table)
                )
                for table in tables
            )
            .as_bytes(self._connection)
        )

    def sweep(self) -> None:
        filled = [
            name for (name,) in self._connection.execute(self._filled, prepare=True).fetchall()
        ]
        # Nearly all tables refer to the participants: TRUNCATE would make every one of them anew.
        for table in filled:
            self._connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        if filled:
            self._connection.execute(_RESTART, [filled])

    def close(self) -> None:
        self._connection.close()


def _make_tables(database: Database, metadata: sa.MetaData) -> None:
    """Make all tables at once, and mark the database as migrated: commands look at that first."""
    schema: migrate.Schema = "contour" if metadata is contour_metadata else "registry"
    metadata.create_all(database.engine)
    with database.writing() as transaction:
        transaction.execute(
            sa.text(f"CREATE TABLE {schema}_revision (version_num VARCHAR(32) PRIMARY KEY)")
        )
        transaction.execute(
            sa.text(f"INSERT INTO {schema}_revision VALUES (:newest)"),
            {"newest": migrate.newest(schema)},
        )


def _opened(url: str) -> Iterator[Database]:
    database = Database(url, Vault(lambda: b"a key of thirty-two bytes, a test"[:32]))
    yield database
    database.close()


def _import_tables() -> None:
    """Import every module of the program that makes a table."""
    for package in ("gateway", "adapters", "registry", "scheduler"):
        root = Path(importlib.import_module(package).__path__[0])
        for file in sorted(root.rglob("*.py")):
            if "sa.Table(" in file.read_text(encoding="utf-8"):
                importlib.import_module(
                    ".".join((package, *file.relative_to(root).with_suffix("").parts))
                )
