"""The second migration writes the change log anew on SQLite: nothing of it may get lost."""

import pytest
import sqlalchemy as sa
from alembic import command

from gateway.storage import migrate
from registry import models
from registry.change import changing_common


@pytest.fixture
def first_schema(blank_database):
    """A registry of the first version with a participant and two rows of its log."""
    config = migrate._config("registry")
    with blank_database.writing() as transaction:
        config.attributes["connection"] = transaction.connection
        config.attributes["version_table"] = "registry_revision"
        command.upgrade(config, "0001")
        moment = "2026-03-02T07:00:00+00:00"
        transaction.execute(
            sa.text(
                "INSERT INTO participant (code, name, kind, state, created_at, changed_at)"
                f" VALUES ('BANK', 'Банк', 'BANK', 'JOINED', '{moment}', '{moment}')"
            )
        )
        for subject in ("participant", "state"):
            transaction.execute(
                sa.text(
                    "INSERT INTO change_log (changed_at, actor, participant, subject)"
                    f" VALUES ('{moment}', 'оператор', 'BANK', '{subject}')"
                )
            )
    return blank_database


def test_the_change_log_is_kept_and_goes_on(first_schema, clock):
    migrate.upgrade(first_schema, "registry")
    with changing_common(first_schema, clock(), "оператор") as change:
        change.log("authority", None, "PROD")

    log = models.change_log
    with first_schema.reading() as transaction:
        rows = transaction.execute(sa.select(log).order_by(log.c.id)).all()
    assert [(row.id, row.participant, row.subject) for row in rows] == [
        (1, "BANK", "participant"),
        (2, "BANK", "state"),
        (3, None, "authority"),
    ]


def test_the_change_log_still_only_grows(first_schema):
    migrate.upgrade(first_schema, "registry")

    for statement in ("UPDATE change_log SET actor = 'x'", "DELETE FROM change_log"):
        with (
            pytest.raises(sa.exc.DBAPIError, match="append-only"),
            first_schema.writing() as transaction,
        ):
            transaction.execute(sa.text(statement))


def test_participants_of_before_need_no_signature_in_the_test_contour(first_schema):
    migrate.upgrade(first_schema, "registry")

    column = models.participant.c.signature_in_test
    with first_schema.reading() as transaction:
        assert transaction.execute(sa.select(column)).scalar() == "OPTIONAL"
