from datetime import UTC, datetime

import pytest

from gateway.storage import books, journal
from gateway.storage.chain import Chain
from gateway.storage.database import RaceLost
from gateway.storage.journal import Entry, Outcome
from gateway.storage.received import ReceivedLog

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def strand(contour_database):
    return journal.open_strand(contour_database, "test:1", NOW)


def entry(strand: int, number: int, **fields) -> Entry:
    filled = {
        "remote": "127.0.0.1",
        "binding": "soap11",
        "service": "meals/bank-payment/1.0",
        "outcome": Outcome.ANSWERED,
        "http_status": 200,
        "request": b"<request/>",
        "response": b"<response/>",
        **fields,
    }
    return Entry(strand << journal.STRAND_SHIFT | number, NOW, **filled)


def record(database, strand: int, *entries: Entry) -> None:
    with database.writing() as transaction:
        journal.record(transaction, entries, Chain(strand))


def test_request_comes_back_as_it_was_received(contour_database, strand):
    large = entry(strand, 1, request=b"<a>" + b"x" * 100_000 + b"</a>")
    record(contour_database, strand, large)
    with contour_database.reading() as transaction:
        assert journal.request_of(transaction, large.entry) == large.request


def test_stored_answer_is_recalled_byte_for_byte(contour_database, strand):
    first = entry(strand, 1, sender="BANK1", message_id="m-1", digest=b"d" * 32)
    record(contour_database, strand, first)
    with contour_database.writing() as transaction:
        journal.remember(transaction, [first])
    with contour_database.reading() as transaction:
        stored = journal.recall(transaction, ["m-1", "m-2"])
    assert stored["BANK1", "m-1"].response == b"<response/>"
    assert stored["BANK1", "m-1"].digest == b"d" * 32


def test_message_id_that_is_taken_loses_the_race(contour_database, strand):
    first = entry(strand, 1, sender="BANK1", message_id="m-1", digest=b"d")
    record(contour_database, strand, first)
    with contour_database.writing() as transaction:
        journal.remember(transaction, [first])
    with pytest.raises(RaceLost), contour_database.writing() as transaction:
        journal.remember(transaction, [first])


def test_removed_row_is_missing_by_its_number(contour_database, strand):
    record(contour_database, strand, *(entry(strand, number) for number in (1, 2, 3)))
    with contour_database.writing() as transaction:
        gone = strand << journal.STRAND_SHIFT | 2
        transaction.execute(
            journal.journal_entry.delete().where(journal.journal_entry.c.entry == gone)
        )
        assert journal.missing(transaction, frozenset()) == [gone]


def test_message_in_flight_is_not_missing(contour_database, strand):
    record(contour_database, strand, entry(strand, 1), entry(strand, 3))
    in_flight = frozenset({strand << journal.STRAND_SHIFT | 2})
    with contour_database.reading() as transaction:
        assert journal.missing(transaction, in_flight) == []


def test_mark_of_a_dead_process_becomes_an_interrupted_entry(contour_database, strand, tmp_path):
    marks = ReceivedLog(tmp_path, strand)
    for number in (1, 2):
        marks.mark(strand << journal.STRAND_SHIFT | number, NOW, "127.0.0.1", "/test/ws/a", 10)
    record(contour_database, strand, entry(strand, 1))
    marks.close()
    assert journal.settle_abandoned(contour_database, tmp_path, NOW) == 1
    with contour_database.reading() as transaction:
        assert journal.totals(transaction)[Outcome.INTERRUPTED] == 1
        assert journal.missing(transaction, frozenset()) == []
    assert list(tmp_path.glob("*.log")) == []


def test_marks_of_a_living_process_are_left_alone(contour_database, strand, tmp_path):
    marks = ReceivedLog(tmp_path, strand)
    marks.mark(strand << journal.STRAND_SHIFT | 1, NOW, "127.0.0.1", "/test/ws/a", 10)
    assert journal.settle_abandoned(contour_database, tmp_path, NOW) == 0
    with contour_database.reading() as transaction:
        account = books.account_for(transaction, tmp_path)
    marks.close()
    assert (account.in_flight, account.faults) == (1, [])


def test_row_removed_while_its_process_lives_is_missing(contour_database, strand, tmp_path):
    first = entry(strand, 1)
    marks = ReceivedLog(tmp_path, strand)
    marks.mark(first.entry, NOW, "127.0.0.1", "/test/ws/a", 10)
    record(contour_database, strand, first)
    marks.journaled([first.entry])
    with contour_database.writing() as transaction:
        transaction.execute(journal.journal_entry.delete())
        account = books.account_for(transaction, tmp_path)
    marks.close()
    assert account.faults == [
        f"журнал: нет записи {journal.name_of(first.entry)}",
        f"журнал: голова цепочки нити {strand} не сходится с её записями; hub journal verify",
    ]


def test_new_strand_is_above_entries_that_a_restored_backup_does_not_know(contour_database, strand):
    record(contour_database, strand, entry(strand + 5, 1))
    assert journal.open_strand(contour_database, "test:2", NOW) == strand + 6


def test_entry_number_is_read_as_it_is_shown():
    assert journal.entry_of(journal.name_of(3 << 32 | 17)) == 3 << 32 | 17
