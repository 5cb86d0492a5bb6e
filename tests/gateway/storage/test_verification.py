"""Whoever changes the journal is found: row by row, strand by strand, wholesale by the roots."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa

from gateway.storage import books, chain, journal, roots, verification, walk
from gateway.storage.chain import Chain
from gateway.storage.journal import Entry, Outcome, journal_entry, journal_strand
from gateway.storage.received import ReceivedLog
from gateway.storage.root import StrandHead

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
SHIFT = journal.STRAND_SHIFT


@pytest.fixture
def strand(contour_database):
    return journal.open_strand(contour_database, "test:1", NOW)


@pytest.fixture
def recorded(contour_database, strand):
    """Five entries of one strand, in two batches."""
    keeper = Chain(strand)
    record(contour_database, keeper, *(entry(strand, number) for number in (1, 2)))
    record(contour_database, keeper, *(entry(strand, number) for number in (3, 4, 5)))
    return contour_database


def entry(strand: int, number: int, **fields) -> Entry:
    filled = {
        "sender": "BANK1",
        "operation": "RegisterPayment",
        "message_id": f"m-{number}",
        "business_key": f"BP-{number}",
        "digest": sha256(b"payload").digest(),
        "outcome": Outcome.ANSWERED,
        "http_status": 200,
        "answered_at": NOW + timedelta(milliseconds=number),
        "request": b"<request/>",
        "response": b"<response/>",
        "certificate": "ab" * 32,
        **fields,
    }
    return Entry(
        strand << SHIFT | number,
        NOW + timedelta(microseconds=number),
        "127.0.0.1",
        "soap11",
        "meals/bank-payment/1.0",
        **filled,
    )


def record(database, keeper: Chain, *entries: Entry) -> None:
    with database.writing() as transaction:
        journal.record(transaction, entries, keeper)
    keeper.confirm()


def run(database, statement) -> None:
    with database.writing() as transaction:
        transaction.execute(statement)


def change(database, strand: int, number: int, **values) -> None:
    this = journal_entry.c.entry == strand << SHIFT | number
    run(database, journal_entry.update().where(this).values(**values))


def faults(database, **options) -> list[str]:
    return verification.verify(database, "test", **options).faults


def columns(database, strand: int, number: int) -> dict:
    this = journal_entry.c.entry == strand << SHIFT | number
    with database.reading() as transaction:
        return dict(transaction.execute(sa.select(journal_entry).where(this)).one()._mapping)


def test_what_was_recorded_is_proven(recorded):
    proof = verification.verify(recorded, "test")
    assert (proof.strands, proof.entries, proof.faults) == (1, 5, [])


OTHER_VALUES = {
    "entry": 1 << SHIFT | 9,
    "received_at": NOW - timedelta(days=1),
    "answered_at": NOW - timedelta(days=1),
    "remote": "10.0.0.1",
    "binding": "soap12",
    "sender": "BANK2",
    "service": "meals/bank-payment/1.1",
    "operation": "CancelPayment",
    "message_id": "m-9",
    "business_key": "BP-9",
    "digest": b"d" * 32,
    "outcome": "REFUSED",
    "code": "AUTH_FAILED",
    "http_status": 500,
    "repeat_of": 17,
    "packed": True,
    "request": b"<request />",
    "response": b"<response />",
    "reason": "signature.digest",
    "certificate": "cd" * 32,
    "link": b"l" * 32,
}
MAY_BE_ERASED = [
    "answered_at",
    "sender",
    "operation",
    "message_id",
    "business_key",
    "digest",
    "http_status",
    "request",
    "response",
    "certificate",
    "link",
]


def test_every_column_of_the_journal_is_tampered_with_below():
    assert {*OTHER_VALUES, "position"} == set(journal_entry.c.keys())


@pytest.mark.parametrize(
    ("column", "value"),
    [*OTHER_VALUES.items(), *((column, None) for column in MAY_BE_ERASED)],
)
def test_a_changed_value_is_found_and_its_row_named(recorded, strand, column, value):
    change(recorded, strand, 3, **{column: value})
    (fault,) = faults(recorded)
    number = 9 if column == "entry" else 3
    assert fault.startswith(f"нить {strand}: запись {strand}-{number} изменена")


def test_text_moved_from_one_column_into_the_next_is_found(recorded, strand):
    change(recorded, strand, 3, sender="BANK", service="1meals/bank-payment/1.0")
    assert "изменена" in faults(recorded)[0]


def test_an_empty_text_is_not_an_absent_one(contour_database, strand):
    record(contour_database, Chain(strand), entry(strand, 1, code=None))
    change(contour_database, strand, 1, code="")
    assert "изменена" in faults(contour_database)[0]


@pytest.mark.parametrize("value", [None, 2, 99])
def test_a_changed_place_is_found(recorded, strand, value):
    change(recorded, strand, 3, position=value)
    assert len(faults(recorded)) == 1


def test_a_removed_row_is_found_and_its_neighbours_named(recorded, strand):
    run(recorded, journal_entry.delete().where(journal_entry.c.entry == strand << SHIFT | 3))
    assert faults(recorded) == [
        f"нить {strand}: после записи {strand}-2 удалена запись: нет места 3, дальше {strand}-4"
    ]


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_removed_last_rows_are_found(recorded, strand, kept):
    run(recorded, journal_entry.delete().where(journal_entry.c.position > kept))
    after = f"записи {strand}-{kept}" if kept else "начала нити"
    assert faults(recorded) == [f"нить {strand}: после {after} записи удалены: в нити их было 5"]


def test_a_row_that_was_removed_and_left_no_gap_is_found(recorded, strand):
    run(recorded, journal_entry.delete().where(journal_entry.c.entry == strand << SHIFT | 3))
    later = journal_entry.c.position > 3
    moved = journal_entry.c.position - 1
    run(recorded, journal_entry.update().where(later).values(position=moved))
    assert faults(recorded) == [f"нить {strand}: запись {strand}-4 изменена или переставлена"]


@pytest.mark.parametrize("position", [None, 3, 6])
def test_an_inserted_row_is_found(recorded, strand, position):
    copied = columns(recorded, strand, 3) | {"entry": strand << SHIFT | 6, "position": position}
    if position == 6:  # a clever one: it goes on with the chain
        last = columns(recorded, strand, 5)
        row = list(copied.values())
        copied["link"] = chain.link(last["link"], row, copied["request"], copied["response"])
    run(recorded, journal_entry.insert().values(copied))
    (fault,) = faults(recorded)
    assert "вставлен" in fault


def test_swapped_rows_are_found(recorded, strand):
    for number, position in ((3, 99), (4, 3), (3, 4)):
        change(recorded, strand, number, position=position)
    assert faults(recorded) == [f"нить {strand}: запись {strand}-4 изменена или переставлена"]


def test_rows_swapped_with_their_links_are_found(recorded, strand):
    third, fourth = (columns(recorded, strand, number) for number in (3, 4))
    change(recorded, strand, 3, position=4, link=fourth["link"])
    change(recorded, strand, 4, position=3, link=third["link"])
    assert faults(recorded) == [f"нить {strand}: запись {strand}-4 изменена или переставлена"]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("process", "other:1", "запись 1-1 (или строка её нити) изменена"),
        ("started_at", NOW - timedelta(days=1), "запись 1-1 (или строка её нити) изменена"),
        ("position", 4, "после места 4 записи вставлены"),
        ("position", 6, "записи удалены: в нити их было 6"),
        ("link", b"l" * 32, "голова цепочки в journal_strand изменена"),
    ],
)
def test_a_changed_row_of_the_strand_is_found(recorded, strand, column, value, told):
    run(recorded, journal_strand.update().values(**{column: value}))
    (fault,) = faults(recorded)
    assert told in fault


def test_rows_of_a_strand_that_was_removed_are_found(recorded, strand):
    run(recorded, journal_strand.delete())
    assert faults(recorded) == [f"нить {strand}: записи есть, а самой нити в journal_strand нет"]


def test_a_chain_that_was_erased_among_chains_is_found(recorded, strand):
    second = journal.open_strand(recorded, "test:2", NOW)
    record(recorded, Chain(second), entry(second, 1))
    of_second = journal_entry.c.entry > second << SHIFT
    run(recorded, journal_entry.update().where(of_second).values(position=None, link=None))
    this = journal_strand.c.strand == second
    run(recorded, journal_strand.update().where(this).values(position=0, link=None))
    assert faults(recorded) == [f"нить {second}: цепочка стёрта"]


def test_a_number_pushed_ahead_after_a_restore_is_no_broken_strand(recorded):
    """The statement of docs/operations/backup.md."""
    columns = "strand, process, started_at, highest, ended_at"
    moment = "'2026-01-01T00:00:00.000000+00:00'"
    values = f"100000, 'restore', {moment}, 0, {moment}"
    run(recorded, sa.text(f"INSERT INTO journal_strand ({columns}) VALUES ({values})"))
    assert journal.open_strand(recorded, "test:2", NOW) == 100001
    assert faults(recorded) == []


def test_each_broken_strand_is_named_once(recorded, strand):
    second = journal.open_strand(recorded, "test:2", NOW)
    record(recorded, Chain(second), *(entry(second, number) for number in (1, 2, 3)))
    for broken in (strand, second):
        change(recorded, broken, 2, sender="BANK2")
        change(recorded, broken, 3, sender="BANK2")
    assert faults(recorded) == [
        f"нить {broken}: запись {broken}-2 изменена или переставлена" for broken in (strand, second)
    ]
    assert len(faults(recorded, only=second)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        journal_entry.delete().where(journal_entry.c.position == 3),
        journal_entry.delete().where(journal_entry.c.position == 5),
        journal_entry.update().where(journal_entry.c.position == 5).values(link=b"l" * 32),
        journal_entry.update().where(journal_entry.c.position == 5).values(position=None),
        journal_strand.update().values(link=b"l" * 32),
        journal_strand.update().values(position=4),
    ],
    ids=["row removed", "last removed", "last relinked", "last unplaced", "head", "shorter"],
)
def test_reconcile_finds_a_head_that_is_not_the_last_row(recorded, tmp_path, statement):
    run(recorded, statement)
    with recorded.reading() as transaction:
        told = books.account_for(transaction, tmp_path).faults
    assert "журнал: голова цепочки нити 1 не сходится с её записями; hub journal verify" in told


def test_reconcile_is_content_with_what_was_recorded(recorded, tmp_path):
    journal.open_strand(recorded, "test:2", NOW)  # a strand without entries
    with recorded.reading() as transaction:
        assert books.account_for(transaction, tmp_path).faults == []


def test_large_messages_are_proven_unpacked_and_in_pages(contour_database, strand, monkeypatch):
    monkeypatch.setattr(walk, "PAGE_BYTES", 300)
    large = [entry(strand, number, request=b"<a>" + b"x" * 50_000) for number in range(1, 6)]
    record(contour_database, Chain(strand), *large, entry(strand, 6, request=None, response=None))
    proof = verification.verify(contour_database, "test")
    assert (proof.entries, proof.faults) == (6, [])


def test_what_a_killed_process_left_goes_on_with_its_chain(contour_database, strand, tmp_path):
    marks = ReceivedLog(tmp_path, strand)
    for number in range(1, 6):
        marks.mark(strand << SHIFT | number, NOW, "127.0.0.1", "/test/ws/a", 10)
    record(contour_database, Chain(strand), entry(strand, 2), entry(strand, 4))
    marks.close()
    assert journal.settle_abandoned(contour_database, tmp_path, NOW) == 3
    proof = verification.verify(contour_database, "test")
    assert (proof.entries, proof.faults) == (5, [])
    with contour_database.reading() as transaction:
        assert books.account_for(transaction, tmp_path).faults == []


def test_marks_of_a_strand_that_the_database_does_not_know_get_a_chain(
    contour_database, strand, tmp_path
):
    marks = ReceivedLog(tmp_path, strand + 7)
    marks.mark((strand + 7) << SHIFT | 1, NOW, "127.0.0.1", "/test/ws/a", 10)
    marks.close()
    journal.settle_abandoned(contour_database, tmp_path, NOW)
    proof = verification.verify(contour_database, "test")
    assert (proof.strands, proof.entries, proof.faults) == (2, 1, [])


def test_a_commit_that_arrives_late_cannot_fork_the_chain(recorded, strand):
    """Its process was told of a failure and went on; the database then hears the old batch."""
    behind = Chain(strand)
    with recorded.reading() as transaction:
        behind.wrote(journal.head_of(transaction, strand))
        behind.confirm()
    record(recorded, Chain(strand), entry(strand, 6))
    with pytest.raises(Exception, match=r"(?i)not.null"):
        record(recorded, behind, entry(strand, 7))
    record(recorded, behind, entry(strand, 7))
    proof = verification.verify(recorded, "test")
    assert (proof.entries, proof.faults) == (7, [])


def test_workers_record_at_once_each_its_own_strand(contour_database):
    strands = [journal.open_strand(contour_database, f"test:{worker}", NOW) for worker in range(3)]
    failures = []

    def work(strand):
        try:
            keeper = Chain(strand)
            for batch in range(8):
                numbers = range(batch * 3 + 1, batch * 3 + 4)
                record(contour_database, keeper, *(entry(strand, number) for number in numbers))
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=[strand]) for strand in strands]
    for thread in threads:
        thread.start()
    # A strand that is being written is proven as far as it is.
    while any(thread.is_alive() for thread in threads):
        assert faults(contour_database) == []
    for thread in threads:
        thread.join()

    proof = verification.verify(contour_database, "test")
    assert (failures, proof.strands, proof.entries, proof.faults) == ([], 3, 72, [])


def test_a_strand_of_before_there_were_chains_is_counted_and_stays_without(
    contour_database, strand, tmp_path
):
    run(contour_database, journal_strand.update().values(link=None))
    marks = ReceivedLog(tmp_path, strand)
    for number in (1, 2):
        marks.mark(strand << SHIFT | number, NOW, "127.0.0.1", "/test/ws/a", 10)
    record(contour_database, Chain(strand), entry(strand, 1))
    marks.close()
    journal.settle_abandoned(contour_database, tmp_path, NOW)
    proof = verification.verify(contour_database, "test")
    assert (proof.unchained, proof.entries, proof.faults) == (2, 0, [])
    with contour_database.reading() as transaction:
        assert books.account_for(transaction, tmp_path).faults == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("journal_entry", "received_at"),
        ("journal_entry", "http_status"),
        ("journal_entry", "position"),
        ("journal_entry", "link"),
        ("journal_strand", "process"),
        ("journal_strand", "started_at"),
        ("journal_strand", "position"),
        ("journal_strand", "link"),
    ],
)
def test_a_value_of_another_kind_is_found_too(sqlite_contour_database, table, column):
    strand = journal.open_strand(sqlite_contour_database, "test:1", NOW)
    record(sqlite_contour_database, Chain(strand), entry(strand, 1))
    value = "x'00'" if column == "process" else "'x'"
    run(sqlite_contour_database, sa.text(f"UPDATE {table} SET {column} = {value}"))
    assert len(faults(sqlite_contour_database)) == 1


def forge(database, strand: int, number: int, **values) -> None:
    """Change a row and make the whole chain behind it anew, as an administrator could."""
    change(database, strand, number, **values)
    with database.writing() as transaction:
        of_strand = sa.select(journal_strand).where(journal_strand.c.strand == strand)
        head = transaction.execute(of_strand).one()
        link = chain.origin(strand, head.process, head.started_at)
        rows = transaction.execute(sa.select(journal_entry).order_by(journal_entry.c.position))
        for row in rows.all():
            link = chain.link(link, row, row.request, row.response)
            this = journal_entry.c.entry == row.entry
            transaction.execute(journal_entry.update().where(this).values(link=link))
        this = journal_strand.c.strand == strand
        transaction.execute(journal_strand.update().where(this).values(link=link))


@pytest.fixture
def exported(recorded, tmp_path):
    """Roots of 2 and 3 March, kept elsewhere; between them two more entries."""
    folder = tmp_path / "roots"
    roots.keep(recorded, "test", folder, NOW + timedelta(days=1))
    record(recorded, Chain(1), entry(1, 6), entry(1, 7))
    roots.keep(recorded, "test", folder, NOW + timedelta(days=2))
    record(recorded, Chain(1), entry(1, 8))
    return folder


def test_a_chain_made_anew_fits_by_itself_and_not_with_the_roots(recorded, strand, exported):
    forge(recorded, strand, 6, sender="BANK2")
    with recorded.writing() as transaction:
        if recorded.on_postgresql:
            transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            for trigger in ("update", "delete"):
                transaction.execute(sa.text(f"DROP TRIGGER journal_root_no_{trigger}"))
        transaction.execute(roots.journal_root.delete())
    assert faults(recorded) == []

    told = faults(recorded, kept=list(roots.kept_in_folder(exported)))

    assert told[-1] == (
        f"нить {strand}: записи до {strand}-7 включительно переписаны вместе с цепочкой:"
        " корень 2026-03-03.xml называет другие"
    )
    assert told[:-1] == [
        f"корень 2026-03-0{day}.xml: в базе корень этого дня другой или его нет" for day in (2, 3)
    ]


def test_a_chain_made_anew_does_not_fit_the_roots_of_the_database_either(
    recorded, strand, exported
):
    forge(recorded, strand, 2, sender="BANK2")
    (fault,) = faults(recorded)
    assert fault == (
        f"нить {strand}: записи до {strand}-5 включительно переписаны вместе с цепочкой:"
        " корень journal_root 2026-03-02 называет другие"
    )


def test_a_strand_that_was_removed_without_a_trace_is_named_by_the_roots(recorded, exported):
    run(recorded, journal_entry.delete())
    run(recorded, journal_strand.delete())
    assert faults(recorded) == [
        "нить 1: в journal_strand её нет; её называет корень journal_root 2026-03-02"
    ]


def test_last_rows_removed_with_the_head_moved_back_are_named_by_the_roots(recorded, exported):
    fourth = columns(recorded, 1, 4)
    run(recorded, journal_entry.delete().where(journal_entry.c.position > 4))
    run(recorded, journal_strand.update().values(position=4, link=fourth["link"], highest=4))
    assert faults(recorded) == [
        "нить 1: после записи 1-4 записи удалены: корень journal_root 2026-03-03 знает место 7"
    ]


def test_from_a_day_on_only_what_came_later_is_read(recorded, exported):
    proof = verification.verify(recorded, "test", since=date(2026, 3, 3))
    assert (proof.entries, proof.faults) == (3, [])
    proof = verification.verify(recorded, "test", since=date(2026, 3, 4))
    assert (proof.entries, proof.faults) == (1, [])
    proof = verification.verify(recorded, "test", since=date(2026, 3, 2))  # no root before it
    assert (proof.entries, proof.faults) == (8, [])


def test_from_a_day_on_a_kept_file_is_believed_and_not_the_root_of_the_database(recorded, exported):
    kept = list(roots.kept_in_folder(exported))
    wrong = kept[0].root.heads[0].head._replace(link=b"l" * 32)
    other = replace(kept[0].root, heads=(StrandHead(1, wrong),))
    forged = [kept[0]._replace(root=other), *kept[1:]]
    told = faults(recorded, kept=forged, since=date(2026, 3, 3))
    assert told[-1] == "нить 1: на месте 5 не та запись, которую называет корень"


def test_from_a_day_on_the_row_that_the_root_names_must_be_there(recorded, exported):
    change(recorded, 1, 5, link=b"l" * 32)
    assert faults(recorded, since=date(2026, 3, 3)) == [
        "нить 1: на месте 5 не та запись, которую называет корень"
    ]
