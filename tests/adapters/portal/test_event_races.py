"""Several processes serve one contour: events keep their order, and numbers appear in order."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event

import pytest
import sqlalchemy as sa
from events_counter import EventsCounter, info, packet, push, status
from portal_counter import DEPARTMENT, cancel

from adapters.portal.handlers.events import push_event
from adapters.portal.messages.portal_common import ReplyCode

TAKEN, GOING_ON, DONE = 6, 7, 3
PATIENCE_SECONDS = 30


@pytest.fixture
def crowded(postgresql_contour_database, sqlite_registry_database, clock):
    """Four applications of one portal; only PostgreSQL lets several write at a time."""
    crowded = EventsCounter(postgresql_contour_database, sqlite_registry_database, clock)
    for order_id in range(1, 5):
        crowded.submit(order_id)
    return crowded


def together(calls):
    barrier = Barrier(len(calls))

    def start(call):
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(start, calls))


@contextmanager
def pushed_but_not_committed(desk, request):
    _, contract = desk.handler_of(request)
    received = desk.taken_in(request, DEPARTMENT, contract)
    with desk.database.writing() as transaction:
        push_event([received], desk.work(transaction))
        yield


def wait_until(condition):
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        Event().wait(0.01)


def somebody_waits(desk):
    with desk.database.reading() as transaction:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return transaction.execute(sa.text(waiting)).scalar_one() > 0


def test_no_number_is_seen_while_a_smaller_one_may_still_come(crowded):
    seen = crowded.pull().last_seq
    with ThreadPoolExecutor(1) as pool:
        with pushed_but_not_committed(crowded, push(1, info(), 1)):
            second = pool.submit(crowded.push, 2, info(), 2)
            wait_until(lambda: second.done() or somebody_waits(crowded))
            assert crowded.pull(seen).event == []
        assert second.result().code is ReplyCode.OK
    told = crowded.pull(seen).event
    assert [one.order_id for one in told] == [1, 1, 2, 2]
    assert [one.seq for one in told] == [seen + step for step in (1, 2, 3, 4)]


def test_who_reads_on_from_the_last_number_misses_nothing(crowded):
    done = Event()

    def read():
        read, since = [], 0
        while True:
            last_time = done.is_set()
            answer = crowded.pull(since, limit=7)
            read += [one.seq for one in answer.event]
            since = answer.last_seq
            if last_time and not answer.event:
                return read

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        together(
            [
                lambda order=order: [
                    crowded.push(order * 100 + number, info(), order) for number in range(15)
                ]
                for order in range(1, 5)
            ]
        )
        done.set()
        assert reading.result() == list(range(1, 4 + 4 + 60 + 1))


def test_packets_that_cross_do_not_lock_each_other_out(crowded):
    def packet_of(sender, orders):
        return packet(*[push(sender * 10 + one, info(), one) for one in orders])

    answers = together(
        [
            lambda: crowded.ask(packet_of(1, (1, 2, 3, 4))),
            lambda: crowded.ask(packet_of(2, (4, 3, 2, 1))),
            lambda: crowded.ask(packet_of(3, (2, 4, 1, 3))),
        ]
    )
    assert {one.code for answer in answers for one in answer.result} == {ReplyCode.OK}
    assert crowded.faults() == []


def test_event_that_comes_several_times_at_once_happens_once(crowded):
    answers = together([lambda: crowded.push(1, status(TAKEN))] * 4)
    assert {one.code for one in answers} == {ReplyCode.OK}
    assert sorted(one.duplicate for one in answers) == [False, True, True, True]
    assert crowded.told() == [1, 2, TAKEN]


def test_of_two_final_statuses_at_once_one_wins(crowded):
    crowded.push(1, status(TAKEN))
    answers = together([lambda n=n: crowded.push(n, status(n)) for n in (3, 4)])
    assert sorted(one.code for one in answers) == [ReplyCode.OK, ReplyCode.STATUS_FINAL]


def test_cancellation_and_result_at_once_end_in_one_of_both_orders(crowded):
    crowded.push(1, status(TAKEN))

    def ask():
        try:
            return crowded.send("CancelApplication", cancel()).accepted
        except Exception as refusal:  # noqa: BLE001 -- which one is asked below
            return refusal.code

    cancelled, result = together([ask, lambda: crowded.push(2, status(DONE)).code])
    assert (cancelled, result) in {
        (True, ReplyCode.ILLEGAL_TRANSITION),
        ("STATUS_FINAL", ReplyCode.OK),
    }
    assert crowded.faults() == []
