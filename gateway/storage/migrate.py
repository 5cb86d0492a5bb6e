"""Bring a database to the newest schema: forward only, all or nothing, one process at a time."""

from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from gateway.storage.database import Database, Transaction

Schema = Literal["registry", "contour"]
"""Which set of tables: the participant registry's or a contour's."""

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtext('hub schema'))")


def upgrade(database: Database, schema: Schema) -> None:
    """Run the missing migrations in one transaction; nothing happens when there are none.

    Processes that start together wait for the first one: SQLite by its write lock, PostgreSQL by
    an advisory lock.
    """
    with database.writing() as transaction:
        if transaction.on_postgresql:
            transaction.execute(_LOCK)
        config = _config(schema)
        config.attributes["connection"] = transaction.connection
        config.attributes["version_table"] = _version_table(schema)
        command.upgrade(config, "head")


def current(database: Database, schema: Schema) -> str | None:
    """Return the revision of the database, or None before the first migration."""
    with database.reading() as transaction:
        return _revision(transaction, schema)


def newest(schema: Schema) -> str | None:
    """Return the revision that this program is written for."""
    return ScriptDirectory.from_config(_config(schema)).get_current_head()


def is_current(database: Database, schema: Schema) -> bool:
    """Tell whether the database has the schema that this program is written for."""
    return current(database, schema) == newest(schema)


def _revision(transaction: Transaction, schema: Schema) -> str | None:
    options = {"version_table": _version_table(schema)}
    return MigrationContext.configure(transaction.connection, opts=options).get_current_revision()


def _version_table(schema: Schema) -> str:
    return f"{schema}_revision"


def _config(schema: Schema) -> Config:
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", _option(_SCRIPTS))
    config.set_main_option("version_locations", _option(_SCRIPTS / schema))
    return config


def _option(path: Path) -> str:
    # A percent sign in a folder's name would be read as interpolation.
    return str(path).replace("%", "%%")
