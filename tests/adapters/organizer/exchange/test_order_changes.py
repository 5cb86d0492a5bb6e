"""GetOrderChanges: a feed that is read by number, none left out and none told twice (ADR 0018)."""

import json
import threading
from datetime import UTC, date, datetime

import pytest
import town
from nights import Night

from adapters.meals.repository import feed
from adapters.meals.repository.feed import Change
from adapters.organizer.errors import CursorInvalid
from adapters.organizer.messages.organizer import ChangeKind

from .conftest import System

DAY, FREEZE = date(2026, 11, 16), date(2026, 11, 9)
NOW = datetime(2026, 11, 8, 7, tzinfo=UTC)
PATIENCE = 20


def change(account, kind="CONFIRMED", inn=town.INN, items=()):
    seat = town.CLASS_3A
    told = json.dumps([{"code": code, "qty": qty} for code, qty in items]) if items else None
    place = (seat.school.code, seat.building, seat.code)
    return Change(inn, kind, account, DAY, town.LUNCH, *place, "K-1", told, NOW)


def add(system, *changes):
    with system.night.database.writing() as transaction:
        feed.add_changes(transaction, changes)


def read(system, cursor="", limit=1000, **more):
    return system.ask("GetOrderChanges", cursor=cursor, limit=limit, **more)


def test_changes_are_told_in_their_order_with_the_place_of_the_pupil(system):
    add(system, change(town.IVAN.account, items=[(town.JUICE, 2)]), change(town.MARIA.account))

    answer = read(system)

    first, second = answer.change
    assert (first.seq, second.seq) == (1, 2)
    assert (first.account, first.complex_code) == (town.IVAN.account, "K-1")
    assert [(item.item_code, item.qty) for item in first.item] == [(town.JUICE, 2)]
    assert (first.school_code, first.building_code, first.class_code) == (
        *(town.SCHOOL_1.code, "A", town.CLASS_3A.code),
    )
    assert (second.date, second.changed_at) == (DAY, NOW)


def test_the_cursor_leads_on_and_stays_where_nothing_is_new(system):
    add(system, *(change(town.IVAN.account) for _ in range(5)))
    seen, cursor = [], ""
    while (answer := read(system, cursor, limit=2)).change:
        seen += [one.seq for one in answer.change]
        cursor = answer.cursor
    assert seen == [1, 2, 3, 4, 5]
    assert answer.cursor == cursor
    add(system, change(town.MARIA.account))
    assert [one.seq for one in read(system, cursor).change] == [6]


def test_an_empty_feed_has_a_cursor_too(system):
    answer = read(system)
    assert answer.change == []
    assert read(system, answer.cursor).cursor == answer.cursor


def test_an_order_that_is_taken_off_names_neither_complex_nor_items(system):
    add(system, change(town.IVAN.account, "CANCELLED", items=[(town.JUICE, 2)]))
    (told,) = read(system).change
    assert (told.kind, told.complex_code, told.item) == (ChangeKind.CANCELLED, None, [])
    assert told.school_code == town.SCHOOL_1.code


def test_the_freeze_tells_of_defaults_with_their_places(system):
    system.night.at(FREEZE, "00:00").run("meal.default_complex")
    told = read(system).change
    assert {one.kind for one in told} == {ChangeKind.DEFAULTED}
    assert town.MARIA.account in {one.account for one in told}
    assert all(one.school_code == town.SCHOOL_1.code and one.class_code for one in told)


def test_each_organizer_reads_a_feed_of_its_own(system):
    add(system, change(town.IVAN.account), change(town.ALINA.account, inn=town.OTHER_INN))
    (own,) = read(system).change
    (other,) = read(system, sender=town.OTHER_ORGANIZER).change
    assert (own.account, other.account) == (town.IVAN.account, town.ALINA.account)
    assert own.seq == other.seq == 1


@pytest.mark.parametrize("cursor", ["2", "-1", "abc", "١", "9" * 19])
def test_a_cursor_that_was_never_given_out_is_refused(system, cursor):
    add(system, change(town.IVAN.account))
    with pytest.raises(CursorInvalid):
        read(system, cursor)


@pytest.fixture
def shared(postgresql_contour_database):
    with postgresql_contour_database.writing() as transaction:
        town.settle(transaction)
    return System(Night(postgresql_contour_database).at(DAY, "12:00"))


def in_thread(work):
    failed = []

    def run():
        try:
            work()
        except BaseException as error:  # noqa: BLE001 -- told by the thread that waits
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failed


def test_a_reader_never_passes_a_number_that_is_committed_later(shared):
    """The first writer has its number and waits; the second one waits for the first."""
    numbered, go_on, second_done = threading.Event(), threading.Event(), threading.Event()

    def first():
        with shared.night.database.writing() as transaction:
            feed.add_changes(transaction, [change(town.IVAN.account)])
            numbered.set()
            assert go_on.wait(PATIENCE)

    def second():
        with shared.night.database.writing() as transaction:
            feed.add_changes(transaction, [change(town.MARIA.account)])
        second_done.set()

    one, failed = in_thread(first)
    assert numbered.wait(PATIENCE)
    other, also_failed = in_thread(second)
    before = read(shared)
    assert (before.change, before.cursor, second_done.is_set()) == ([], "0", False)
    go_on.set()
    for thread in (one, other):
        thread.join(PATIENCE)
    assert failed == also_failed == []

    after = read(shared, before.cursor)
    assert [(told.seq, told.account) for told in after.change] == [
        (1, town.IVAN.account),
        (2, town.MARIA.account),
    ]


def test_a_reader_beside_many_writers_reads_each_change_once(shared):
    writers, each = 4, 25
    seen, cursor = [], ""

    def write():
        for _ in range(each):
            with shared.night.database.writing() as transaction:
                feed.add_changes(transaction, [change(town.IVAN.account)])

    started = [in_thread(write) for _ in range(writers)]
    while len(seen) < writers * each:
        is_over = not any(thread.is_alive() for thread, _ in started)
        answer = read(shared, cursor, limit=7)
        seen += [one.seq for one in answer.change]
        cursor = answer.cursor
        assert answer.change or not is_over, seen
    for thread, failed in started:
        thread.join(PATIENCE)
        assert failed == []
    assert seen == list(range(1, writers * each + 1))
