import pytest
import sqlalchemy as sa

from gateway.storage.database import Database


def test_a_contour_database_has_every_table_of_its_metadata(
    contour_database: Database, contour_tables: sa.MetaData
):
    present = set(sa.inspect(contour_database.engine).get_table_names())

    assert set(contour_tables.tables) <= present


def test_a_registry_database_has_every_table_of_its_metadata(
    registry_database: Database, registry_tables: sa.MetaData
):
    present = set(sa.inspect(registry_database.engine).get_table_names())

    assert set(registry_tables.tables) <= present


def test_a_blank_database_has_no_table(blank_database: Database):
    assert sa.inspect(blank_database.engine).get_table_names() == []


def test_the_clock_moves_only_when_told(clock):
    before = clock()

    clock.advance(hours=1)

    assert (clock() - before).total_seconds() == pytest.approx(3600)
