"""Tables that only grow: the database itself refuses UPDATE and DELETE.

`protect(table)` hangs the triggers on `metadata.create_all`; a migration runs the same
`statements(...)` after it has created the table, so there is one definition for both.
"""

import sqlalchemy as sa

_FUNCTION = """
CREATE OR REPLACE FUNCTION hub_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $hub$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'restrict_violation', MESSAGE = TG_TABLE_NAME || ' is append-only';
END
$hub$
"""


def statements(table: str, dialect: str) -> tuple[str, ...]:
    """Return the DDL that makes `table` append-only on `dialect` (`postgresql` or `sqlite`)."""
    if dialect == "postgresql":
        return (
            _FUNCTION,
            (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION hub_refuse_change()"
            ),
        )
    return tuple(
        f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for change in ("UPDATE", "DELETE")
    )


def protect(table: sa.Table) -> None:
    """Make `table` append-only as soon as the metadata creates it."""
    for dialect in ("postgresql", "sqlite"):
        for statement in statements(table.name, dialect):
            ddl = sa.DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            sa.event.listen(table, "after_create", ddl)
