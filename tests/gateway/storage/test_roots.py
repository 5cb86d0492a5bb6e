"""Every day over gets one root, the roots are a chain, their files are whole."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from gateway.storage import journal, root, roots, verification
from gateway.storage.chain import Chain, Head
from gateway.storage.journal import Entry, Outcome
from gateway.storage.root import Root, RootBroken, StrandHead

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY = timedelta(days=1)
NIGHT = datetime(2026, 3, 2, 19, tzinfo=UTC)
"""Midnight of 3 March in Tyumen."""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "roots"


@pytest.fixture
def keep(contour_database, folder):
    return lambda now, sign=None: roots.keep(contour_database, "test", folder, now, sign)


@pytest.fixture
def strand(contour_database):
    number = journal.open_strand(contour_database, "test:1", NOW)
    keeper = Chain(number)
    for first in (1, 3):
        entries = [
            Entry(number << 32 | item, NOW, "::1", "soap11", "a", outcome=Outcome.ANSWERED)
            for item in (first, first + 1)
        ]
        with contour_database.writing() as transaction:
            journal.record(transaction, entries, keeper)
    return number


def kept(folder) -> list[Root]:
    return [found.root for found in roots.kept_in_folder(folder)]


def test_a_root_says_where_every_chain_ended(contour_database, keep, folder, strand):
    empty = journal.open_strand(contour_database, "test:2", NOW)
    assert keep(NOW) == [date(2026, 3, 1)]
    with contour_database.reading() as transaction:
        heads = [journal.head_of(transaction, number) for number in (strand, empty)]
    (made,) = kept(folder)
    assert made.heads == (StrandHead(strand, heads[0]), StrandHead(empty, heads[1]))
    assert (made.contour, made.entries, made.made_at, made.previous) == ("test", 4, NOW, None)


@pytest.mark.parametrize(
    ("late", "made"), [(9, []), (10, [date(2026, 3, 2)])], ids=["too early", "in time"]
)
def test_a_day_has_its_root_ten_minutes_after_its_midnight(keep, late, made):
    keep(NOW)
    assert keep(NIGHT + timedelta(minutes=late)) == made


def test_a_second_run_of_the_day_makes_nothing(keep, folder):
    keep(NOW)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert keep(NOW + timedelta(hours=5)) == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_missed_days_are_made_in_order_each_naming_the_one_before(keep, folder):
    keep(NOW)
    assert keep(NOW + 3 * DAY) == [date(2026, 3, day) for day in (2, 3, 4)]
    made = kept(folder)
    assert [item.previous for item in made[1:]] == [item.hash for item in made[:-1]]
    assert [path.name for path in sorted(folder.iterdir())] == [
        f"2026-03-0{day}.xml" for day in (1, 2, 3, 4)
    ]


def test_a_file_that_was_lost_is_written_again_as_it_was(keep, folder, strand):
    keep(NOW)
    path = folder / "2026-03-01.xml"
    before = path.read_bytes()
    path.unlink()
    keep(NOW + DAY)
    assert path.read_bytes() == before


def test_a_signature_lies_beside_the_file_and_comes_later_when_there_was_no_key(keep, folder):
    keep(NOW)
    keep(NOW + DAY, sign=lambda octets: b"signed " + octets)
    for day in (1, 2):
        path = folder / f"2026-03-0{day}.xml"
        assert path.with_name(f"{path.name}.sig").read_bytes() == b"signed " + path.read_bytes()


def test_a_signature_that_fails_keeps_the_root_and_is_tried_again(keep, folder):
    def fail(_: bytes) -> bytes:
        raise RuntimeError("the token is away")

    with pytest.raises(RuntimeError):
        keep(NOW, sign=fail)
    assert [path.name for path in folder.iterdir()] == ["2026-03-01.xml"]
    keep(NOW, sign=lambda _: b"signed")
    assert (folder / "2026-03-01.xml.sig").read_bytes() == b"signed"


def test_processes_that_make_roots_together_make_each_once(contour_database, keep, folder):
    keep(NOW)
    made, failures = [], []

    def make():
        try:
            made.extend(keep(NOW + 5 * DAY))
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, sorted(made)) == ([], [date(2026, 3, day) for day in range(2, 7)])
    assert (
        verification.verify(contour_database, "test", list(roots.kept_in_folder(folder))).faults
        == []
    )


def test_a_root_that_was_made_stays(contour_database, keep):
    keep(NOW)
    for change in (roots.journal_root.delete(), roots.journal_root.update().values(entries=0)):
        with (
            pytest.raises(sa.exc.DBAPIError, match="append-only"),
            contour_database.writing() as transaction,
        ):
            transaction.execute(change)


MADE = Root(
    "test",
    date(2026, 3, 1),
    NOW,
    b"p" * 32,
    (StrandHead(1, Head(17, b"l" * 32)), StrandHead(2, Head(0, b"o" * 32))),
)


def test_a_root_is_read_as_it_was_written():
    assert root.read(root.write(MADE)) == MADE


def test_the_hash_can_be_made_from_the_file_by_anybody():
    lines = [
        "hub journal root 1",
        "test",
        "2026-03-01",
        "2026-03-02T12:00:00.000000+05:00",
        "70" * 32,
        "1 17 " + "6c" * 32,
        "2 0 " + "6f" * 32,
    ]
    text = "".join(line + "\n" for line in lines)
    assert MADE.hash == root.sha256(text.encode()).digest()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'contour="test"', b'contour="prod"'),
        (b'day="2026-03-01"', b'day="2026-03-02"'),
        (b"T12:00:00", b"T12:00:01"),
        (b'entries="17"', b'entries="16"'),
        (b"7070", b"7071"),
        (b'strand="1"', b'strand="3"'),
        (b'position="17"', b'position="16"'),
        (b"6c6c", b"6c6d"),
        (b' position="0"', b""),
        (b"JournalRoot>", b"JournalRoot"),
        (b"6f6f", b"zz"),
    ],
)
def test_a_changed_document_is_no_root(before, after):
    document = root.write(MADE)
    assert before in document
    with pytest.raises(RootBroken):
        root.read(document.replace(before, after, 1))


@pytest.fixture
def three(contour_database, keep, folder, strand):
    for days in range(3):
        keep(NOW + days * DAY)
    return folder


def faults(database, folder) -> list[str]:
    return verification.verify(database, "test", list(roots.kept_in_folder(folder))).faults


def test_files_as_they_were_exported_fit(contour_database, three):
    assert faults(contour_database, three) == []


def test_a_file_that_is_no_root_is_named(contour_database, three):
    (three / "2026-03-02.xml").write_bytes(b"<broken")
    assert faults(contour_database, three) == ["корень 2026-03-02.xml: повреждён или изменён"]


def test_a_file_under_the_name_of_another_day_is_named(contour_database, three):
    (three / "2026-03-02.xml").rename(three / "2026-03-09.xml")
    assert faults(contour_database, three) == [
        "корень 2026-03-09.xml: это корень другого контура или дня"
    ]


def test_a_root_that_names_another_one_before_it_is_named(contour_database, three):
    (first, _, _) = kept(three)
    forged = Root("test", date(2026, 3, 2), NOW, b"x" * 32, first.heads)
    (three / "2026-03-02.xml").write_bytes(root.write(forged))
    told = faults(contour_database, three)
    assert "корень 2026-03-02.xml: назван не тот предыдущий корень" in told
    assert "корень 2026-03-02.xml: в базе корень этого дня другой или его нет" in told


def test_a_row_whose_columns_do_not_say_what_its_document_says_is_named(
    sqlite_contour_database, tmp_path
):
    roots.keep(sqlite_contour_database, "test", tmp_path, NOW)
    with sqlite_contour_database.writing() as transaction:
        transaction.execute(sa.text("DROP TRIGGER journal_root_no_update"))
        transaction.execute(roots.journal_root.update().values(entries=9))
    assert verification.verify(sqlite_contour_database, "test").faults == [
        "корень journal_root 2026-03-01: повреждён или изменён"
    ]


def test_a_day_whose_root_was_removed_from_the_database_is_missed(
    sqlite_contour_database, tmp_path
):
    roots.keep(sqlite_contour_database, "test", tmp_path, NOW)
    roots.keep(sqlite_contour_database, "test", tmp_path, NOW + 2 * DAY)
    with sqlite_contour_database.writing() as transaction:
        transaction.execute(sa.text("DROP TRIGGER journal_root_no_delete"))
        gone = roots.journal_root.c.day == date(2026, 3, 2)
        transaction.execute(roots.journal_root.delete().where(gone))
    assert verification.verify(sqlite_contour_database, "test").faults == [
        "корень journal_root 2026-03-03: корень дня перед ним исчез"
    ]


def test_files_of_some_days_are_enough(contour_database, three):
    (three / "2026-03-02.xml").unlink()
    assert faults(contour_database, three) == []
