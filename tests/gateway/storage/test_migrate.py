import threading

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from gateway.kernel.message import Contour
from gateway.storage import migrate
from registry import models
from registry.snapshot import read_snapshot

SCHEMAS = ["registry", "contour"]
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]

COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = """
    SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""


@pytest.fixture(params=SCHEMAS)
def schema(request):
    return request.param


@pytest.fixture(params=ENGINES)
def engine(request):
    return request.param


@pytest.fixture
def blank(request, engine):
    return request.getfixturevalue(f"{engine}_blank_database")


@pytest.fixture
def created(request, engine, schema):
    """The same schema made by `metadata.create_all`."""
    return request.getfixturevalue(f"{engine}_{schema}_database")


@pytest.fixture
def metadata(request, schema):
    return request.getfixturevalue(f"{schema}_tables")


def catalogue(database, schema):
    """List everything that the database knows of its tables, the revision's own aside."""
    with database.reading() as transaction:
        if database.on_postgresql:
            found = [
                (query, *row)
                for query in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS)
                for row in transaction.execute(sa.text(query))
            ]
        else:
            rows = transaction.execute(sa.text("SELECT tbl_name, name, sql FROM sqlite_master"))
            # A column that was added later shares a line with the one before it; a table that was
            # rebuilt for a change of a column has its name in quotes.
            found = [
                (table, name, part.strip())
                for table, name, text in rows
                for line in (text or "").replace('"', "").splitlines()
                for part in line.split(",")
                if part.strip()
            ]
    return sorted(map(str, (item for item in found if f"{schema}_revision" not in str(item))))


def test_a_migrated_database_has_what_the_tables_of_the_program_say(blank, schema, metadata):
    migrate.upgrade(blank, schema)

    with blank.reading() as transaction:
        context = MigrationContext.configure(
            transaction.connection, opts={"version_table": f"{schema}_revision"}
        )
        assert compare_metadata(context, metadata) == []


def test_a_migrated_database_differs_in_nothing_from_a_created_one(blank, created, schema):
    migrate.upgrade(blank, schema)

    assert catalogue(blank, schema) == catalogue(created, schema)


def test_a_blank_database_is_not_current_and_a_migrated_one_is(blank, schema):
    assert migrate.current(blank, schema) is None
    assert not migrate.is_current(blank, schema)

    migrate.upgrade(blank, schema)

    assert migrate.current(blank, schema) == migrate.newest(schema)
    assert migrate.is_current(blank, schema)


def test_a_second_migration_changes_nothing(blank, schema):
    migrate.upgrade(blank, schema)
    before = catalogue(blank, schema)

    migrate.upgrade(blank, schema)

    assert catalogue(blank, schema) == before


def test_processes_that_start_together_migrate_once(blank, schema):
    failures = []

    def start():
        try:
            migrate.upgrade(blank, schema)
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert migrate.is_current(blank, schema)


def test_a_migration_that_fails_leaves_nothing_behind(blank, schema):
    with blank.writing() as transaction:
        # The last table of the first migration is in the way.
        name = {"registry": "organizer_binding", "contour": "payment"}[schema]
        transaction.execute(sa.text(f"CREATE TABLE {name} (id integer)"))
    before = catalogue(blank, schema)

    with pytest.raises(sa.exc.DBAPIError):
        migrate.upgrade(blank, schema)

    assert catalogue(blank, schema) == before
    assert migrate.current(blank, schema) is None


def test_both_schemas_may_live_in_one_database(blank):
    migrate.upgrade(blank, "registry")
    migrate.upgrade(blank, "contour")

    assert migrate.is_current(blank, "registry")
    assert migrate.is_current(blank, "contour")


def test_production_opened_by_hand_is_closed_and_the_agreement_kept(blank_database, clock):
    """Before revision 0005 an operator set the state; since then an act opens production."""
    config = migrate._config("registry")
    with blank_database.writing() as transaction:
        config.attributes["connection"] = transaction.connection
        config.attributes["version_table"] = "registry_revision"
        command.upgrade(config, "0002")
        for state in ("CANDIDATE", "JOINED", "IN_OPERATION", "SUSPENDED"):
            values = {"code": state, "name": state, "kind": "BANK", "state": state}
            moments = {"created_at": clock.now, "changed_at": clock.now}
            transaction.execute(sa.insert(models.participant).values(**values, **moments))

    migrate.upgrade(blank_database, "registry")

    seen = read_snapshot(blank_database, clock.now).participants[Contour.PROD]
    assert {code: one.state.value for code, one in seen.items()} == {
        "CANDIDATE": "CANDIDATE",
        "JOINED": "JOINED",
        "IN_OPERATION": "JOINED",
        "SUSPENDED": "SUSPENDED",
    }
    with blank_database.reading() as transaction:
        rows = transaction.execute(sa.select(models.participant.c.code, models.participant.c.state))
        assert dict(map(tuple, rows)) == {code: one.state.value for code, one in seen.items()}
