"""Connections that the server has ended meanwhile are replaced before anybody meets them."""

import pytest
import sqlalchemy as sa

from gateway.storage import database as databases
from gateway.storage.database import Database

PID = sa.text("SELECT pg_backend_pid()")


@pytest.mark.postgres
def test_a_connection_that_died_while_it_rested_is_replaced(
    postgresql_contour_database, monkeypatch
):
    database = postgresql_contour_database
    monkeypatch.setattr(databases, "TRUSTED_SECONDS", 0.0)
    with database.reading() as transaction:
        rested = transaction.execute(PID).scalar_one()
    end(database, rested)
    with database.reading() as transaction:
        assert transaction.execute(PID).scalar_one() != rested


def end(database: Database, pid: int) -> None:
    """End a backend from outside, as a restart of the server does."""
    other = Database(database.url.render_as_string(hide_password=False))
    with other.writing() as transaction:
        transaction.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    other.close()
