"""Numbers have no gaps and no doubles, whoever draws them at the same time."""

import multiprocessing
import threading

import pytest
from office import draw_in_a_process

from gateway.documents import DocType
from registry.documents import numbers, shelf
from registry.documents.values import Wanted

WRITERS, EACH = 6, 5


def test_writers_at_the_same_time_leave_no_gap(office):
    failures = []

    def draw():
        try:
            for _ in range(EACH):
                office.draw_up()
        except Exception as error:  # noqa: BLE001 -- shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=draw) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    drawn = [one.serial for one in office.ask(shelf.search, Wanted())]
    assert sorted(drawn) == list(range(1, WRITERS * EACH + 1))


def test_processes_at_the_same_time_leave_no_gap(office, clock):
    spawning = multiprocessing.get_context("spawn")
    start = spawning.Barrier(2)
    url = office.database.url.render_as_string(hide_password=False)
    processes = [
        spawning.Process(target=draw_in_a_process, args=(url, clock(), start, EACH))
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0]
    drawn = [one.serial for one in office.ask(shelf.search, Wanted())]
    assert sorted(drawn) == list(range(1, 2 * EACH + 1))


class Undone(Exception):
    pass


def test_a_transaction_that_is_undone_gives_its_number_back(office):
    def take():
        with office.database.writing() as transaction:
            return numbers.take_next(transaction, DocType.ACT_EMP, 2026)

    assert take() == 1
    with pytest.raises(Undone):
        take_and_fail(office.database)

    assert take() == 2


def take_and_fail(database):
    with database.writing() as transaction:
        assert numbers.take_next(transaction, DocType.ACT_EMP, 2026) == 2
        raise Undone
