from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.storage.database import Database
from gateway.storage.query import Query
from gateway.storage.types import Identifier, Instant, Roubles

parcel = sa.Table(
    "parcel",
    sa.MetaData(),
    sa.Column("owner", Identifier, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("price", Roubles, nullable=False),
    sa.Column("sent_at", Instant),
    sa.Column("note", sa.Text),
)
OWNER = UUID(int=7)
STRANGER = UUID(int=8)
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def database(blank_database: Database) -> Database:
    parcel.metadata.create_all(blank_database.engine)
    with blank_database.writing() as transaction:
        transaction.insert(
            parcel,
            ("owner", "number", "price"),
            [(OWNER, 1, Decimal(1)), (OWNER, 2, Decimal(2)), (STRANGER, 1, Decimal(3))],
        )
    return blank_database


def test_each_row_is_found_by_its_whole_key(database):
    with database.writing() as transaction:
        transaction.update(
            parcel,
            ("owner", "number"),
            ("price", "sent_at", "note"),
            [
                (OWNER, 1, Decimal("10.50"), NOON, 'a "b" \\ {c}'),
                (OWNER, 2, Decimal(20), None, None),
            ],
        )

    with database.reading() as transaction:
        stored = transaction.execute(sa.select(parcel).order_by(parcel.c.owner, parcel.c.number))
        assert [tuple(row) for row in stored] == [
            (OWNER, 1, Decimal("10.50"), NOON, 'a "b" \\ {c}'),
            (OWNER, 2, Decimal("20.00"), None, None),
            (STRANGER, 1, Decimal("3.00"), None, None),
        ]


def test_the_number_of_rows_found_is_told(database):
    with database.writing() as transaction:
        found = transaction.update(
            parcel, ("owner", "number"), ("note",), [(OWNER, 2, "here"), (OWNER, 3, "nowhere")]
        )

    assert found == 1


def test_no_rows_need_no_statement(database):
    with database.writing() as transaction:
        assert transaction.update(parcel, ("owner", "number"), ("note",), []) == 0


def test_a_locking_query_reads_the_same_rows(database):
    locked = Query("SELECT number FROM parcel WHERE owner = :owner ORDER BY number", locking=True)

    with database.writing() as transaction:
        assert transaction.rows(locked, owner=str(OWNER)) == [(1,), (2,)]
