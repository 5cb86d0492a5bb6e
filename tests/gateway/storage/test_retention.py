"""Files go when nothing needs them, and not while somebody brings them again."""

import hashlib
import io
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from adapters.bank.models import payment_registry
from gateway.bootstrap import ADAPTERS
from gateway.kernel.message import Attachment
from gateway.storage import attachments, retention, verdicts
from gateway.storage.attachments import attachment_chunk
from gateway.storage.database import contour_metadata
from gateway.storage.retention import Amount
from gateway.storage.types import Identifier, Instant, Roubles

THEN = datetime(2023, 1, 1, tzinfo=UTC)
TERM = THEN + timedelta(days=1)
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
OF_SOMETHING_ELSE = {"attachment", "attachment_chunk", "attachment_verdict"}


def part(octets: bytes) -> Attachment:
    @contextmanager
    def opened():
        yield io.BytesIO(octets)

    digest = hashlib.sha256(octets).digest()
    return Attachment("", "application/octet-stream", len(octets), digest, opened)


def keep(database, octets: bytes, at: datetime = THEN) -> bytes:
    attachments.keep(database, part(octets), at)
    return hashlib.sha256(octets).digest()


def sweep(database) -> Amount:
    with database.writing() as transaction:
        return retention.sweep(transaction, TERM)


def kept(database) -> set[bytes]:
    with database.reading() as transaction:
        return set(transaction.execute(sa.select(attachment_chunk.c.sha256)).scalars())


def test_a_file_goes_after_its_term_with_all_its_pieces(contour_database):
    keep(contour_database, b"old")
    young = keep(contour_database, b"young", TERM)
    assert sweep(contour_database) == Amount(1, 3)
    assert kept(contour_database) == {young}
    assert sweep(contour_database) == Amount()


def test_a_file_that_came_again_begins_its_term_anew(contour_database):
    digest = keep(contour_database, b"file")
    keep(contour_database, b"file", NOW)
    assert sweep(contour_database) == Amount()
    assert kept(contour_database) == {digest}


def test_a_file_that_something_refers_to_stays(contour_database):
    digest = keep(contour_database, b"shown")
    with contour_database.writing() as transaction:
        transaction.execute(sa.insert(payment_registry).values(**_row(payment_registry, digest)))
    assert sweep(contour_database) == Amount()
    assert kept(contour_database) == {digest}


def _row(table: sa.Table, digest: bytes) -> dict[str, object]:
    fillings = {
        Identifier: UUID(int=1),
        Instant: NOW,
        Roubles: Decimal(1),
        sa.Date: NOW.date(),
        sa.LargeBinary: digest,
    }
    numbers = {sa.Integer: 1, sa.BigInteger: 1, sa.Boolean: False}
    return {
        column.name: (fillings | numbers).get(type(column.type), "x") for column in table.columns
    }


def test_a_file_that_is_being_kept_at_this_moment_survives_the_sweep(postgresql_contour_database):
    database = postgresql_contour_database
    digest = keep(database, b"file")
    removed = []
    with database.writing() as transaction:
        attachments.keep_in(transaction, part(b"file"), NOW)
        sweeping = threading.Thread(target=lambda: removed.append(sweep(database)))
        sweeping.start()
        _wait_until_blocked(database)
    sweeping.join()
    assert removed == [Amount()]
    assert kept(database) == {digest}


def test_a_file_that_comes_while_it_is_taken_away_is_kept_anew(postgresql_contour_database):
    database = postgresql_contour_database
    digest = keep(database, b"file")
    with database.writing() as transaction:
        assert retention.sweep(transaction, TERM) == Amount(1, 4)
        keeping = threading.Thread(target=keep, args=(database, b"file", NOW))
        keeping.start()
        _wait_until_blocked(database)
    keeping.join()
    assert kept(database) == {digest}
    with attachments.open_kept(database, digest) as stream:
        assert stream.read() == b"file"


def _wait_until_blocked(database) -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while True:
        with database.reading() as transaction:
            if transaction.execute(waiting).scalar_one():
                return


def test_what_is_kept_and_what_has_to_go_is_counted(contour_database):
    keep(contour_database, b"old")
    keep(contour_database, b"young", NOW)
    verdicts.remember(contour_database, bytes(32), "Malware", NOW)
    with contour_database.reading() as transaction:
        stock = retention.stock(transaction, TERM, NOW)
    assert (stock.kept, stock.overdue, stock.infected) == (Amount(2, 8), Amount(1, 3), 1)
    assert stock.stored > 0


def test_every_column_of_digests_says_whether_it_refers_to_files():
    assert ADAPTERS
    unmarked = {
        f"{table.name}.{column.name}"
        for table in contour_metadata.sorted_tables
        for column in table.columns
        if "sha256" in column.name
        and isinstance(column.type, sa.LargeBinary)
        and table.name not in OF_SOMETHING_ELSE
        and not column.info.get(attachments.REFERS)
    }
    assert unmarked == set(), "make it with attachments.reference"
