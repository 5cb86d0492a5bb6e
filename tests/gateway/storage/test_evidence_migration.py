"""The second migration of a contour meets a journal that has entries already."""

import pytest
import sqlalchemy as sa
from alembic import command

from gateway.storage import books, journal, migrate, verification
from gateway.storage.chain import Chain
from gateway.storage.journal import Entry, Outcome

MOMENT = "2026-03-02T07:00:00.000000+00:00"


@pytest.fixture
def first_schema(blank_database):
    """A contour of the first version with a strand of two entries."""
    config = migrate._config("contour")
    with blank_database.writing() as transaction:
        config.attributes["connection"] = transaction.connection
        config.attributes["version_table"] = "contour_revision"
        command.upgrade(config, "0001")
        transaction.execute(
            sa.text(
                "INSERT INTO journal_strand (strand, process, started_at, highest)"
                f" VALUES (1, 'test:1', '{MOMENT}', 2)"
            )
        )
        for number in (1, 2):
            transaction.execute(
                sa.text(
                    "INSERT INTO journal_entry"
                    " (entry, received_at, remote, binding, service, outcome, packed)"
                    f" VALUES ({1 << 32 | number}, '{MOMENT}', '::1', 'soap11', 'a', 'ANSWERED',"
                    " false)"
                )
            )
    return blank_database


def test_old_entries_stay_without_a_chain_and_new_ones_have_one(first_schema, clock, tmp_path):
    migrate.upgrade(first_schema, "contour")
    strand = journal.open_strand(first_schema, "test:2", clock())
    new = Entry(strand << 32 | 1, clock(), "::1", "soap11", "a", outcome=Outcome.ANSWERED)
    with first_schema.writing() as transaction:
        journal.record(transaction, [new], Chain(strand))

    proof = verification.verify(first_schema, "test")

    assert (proof.strands, proof.unchained, proof.entries, proof.faults) == (2, 2, 1, [])
    with first_schema.reading() as transaction:
        assert books.account_for(transaction, tmp_path).faults == []
