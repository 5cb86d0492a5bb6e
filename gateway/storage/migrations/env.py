"""Alembic's entry: both schemas migrate over a connection that `gateway.storage.migrate` opened."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    version_table=attributes["version_table"],
)
context.run_migrations()
