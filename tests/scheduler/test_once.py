"""Chores are done once per business time, whoever looks and whatever fails."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from gateway.kernel.errors import GatewayError
from registry import change, models
from scheduler.housekeeping import duty_of
from scheduler.job import CatchUp, Chore
from scheduler.once import Outcome, look, pending, run
from scheduler.runs import CHORES, KEPT, Attempt, chore_run

DAILY = "0 9 * * *"
"""The clock of the tests begins at noon in Tyumen."""


class Bell:
    """A chore that leaves a row each time, and fails when told."""

    def __init__(self, database, clock, catch_up=CatchUp.LATEST, cron=DAILY):
        self.error = None
        self.rung = []
        self._clock = clock
        self.duty = duty_of(Chore("bell", cron, self._ring, catch_up), database)
        self.database = database

    def _ring(self, transaction, business_time, now):
        self.rung.append(business_time)
        assert now == self._clock()
        transaction.insert(
            models.change_log,
            ("changed_at", "actor", "subject"),
            [(business_time, "bell", "rung")],
        )
        if self.error is not None:
            raise self.error

    def look(self, owner="here:1"):
        return look(self.duty, self._clock, owner)

    def run(self, moment, owner="operator@here"):
        return run(self.duty, moment, self._clock, owner)

    @property
    def effects(self):
        query = sa.select(models.change_log.c.changed_at).order_by(models.change_log.c.id)
        with self.database.reading() as transaction:
            return list(transaction.execute(query).scalars())

    def line(self, moment):
        with self.database.reading() as transaction:
            return CHORES.find(transaction, "bell", moment)

    @property
    def failed(self):
        with self.database.reading() as transaction:
            return CHORES.failed(transaction, "bell")


@pytest.fixture
def bell(registry_database, clock):
    return Bell(registry_database, clock)


@pytest.fixture
def every_bell(registry_database, clock):
    return Bell(registry_database, clock, CatchUp.EVERY)


@pytest.fixture
def nine(clock):
    """Nine o'clock of the first day."""
    return clock() - timedelta(hours=3)


DAY = timedelta(days=1)


def test_a_business_time_is_run_once_however_often_one_looks(bell, nine):
    assert bell.look() == [nine]
    assert bell.look("there:2") == []
    assert bell.effects == [nine]


def test_the_record_says_who_ran_it_and_when(bell, nine, clock):
    bell.look("here:1")

    line = bell.line(nine)
    assert (line.owner, line.started_at, line.finished_at) == ("here:1", clock(), clock())
    assert line.planned
    assert line.failures == 0


def test_of_many_missed_business_times_the_last_is_run_once(bell, nine, clock):
    bell.look()
    clock.advance(days=5)

    assert bell.look() == [nine + 5 * DAY]
    assert bell.effects == [nine, nine + 5 * DAY]


def test_a_process_that_comes_late_finds_its_business_time_coalesced(bell, nine, clock):
    # It had seen nine o'clock pending, was slow, and the other has run the next day by then.
    clock.advance(days=1)
    bell.look("there:2")

    assert run(bell.duty, nine, clock, "here:1", coalesced=True) is Outcome.TAKEN
    assert bell.effects == [nine + DAY]
    assert bell.line(nine) is None


def test_where_the_chore_asks_every_missed_business_time_is_run_in_order(every_bell, nine, clock):
    every_bell.look()
    clock.advance(days=5)

    assert every_bell.look() == [nine + number * DAY for number in range(1, 6)]
    assert every_bell.effects == [nine + number * DAY for number in range(6)]


def test_a_new_chore_begins_with_the_latest_business_time(every_bell, nine):
    assert every_bell.look() == [nine]


def test_a_first_run_that_was_killed_is_not_forgotten(every_bell, nine, clock):
    assert pending(every_bell.duty, clock(), "here:1") == [nine]  # and then it is killed
    clock.advance(days=2)

    assert every_bell.look() == [nine, nine + DAY, nine + 2 * DAY]


def test_what_fails_leaves_no_effect_and_is_recorded(bell, nine, clock):
    bell.error = RuntimeError("a name that nobody may read")

    assert bell.look() == []
    assert bell.effects == []
    (line,) = bell.failed
    assert (line.business_time, line.failures, line.failed_at) == (nine, 1, clock())
    assert line.failure == "RuntimeError"


def test_our_own_errors_say_why(bell):
    bell.error = GatewayError("Нет календаря.")
    bell.look()

    assert bell.failed[0].failure == "GatewayError: Нет календаря."


def test_a_failed_run_is_tried_again_after_a_pause_that_grows(bell, nine, clock):
    bell.error = RuntimeError()
    bell.look()
    bell.look()
    assert len(bell.rung) == 1

    clock.advance(minutes=1)
    bell.look()
    clock.advance(minutes=1)
    bell.look()
    assert len(bell.rung) == 2

    clock.advance(minutes=1)
    bell.error = None
    assert bell.look() == [nine]
    assert bell.failed == []
    assert bell.line(nine).failures == 2


def test_a_pause_is_never_longer_than_an_hour(every_bell, nine, clock):
    every_bell.error = RuntimeError()
    for _ in range(20):
        every_bell.look()
        clock.advance(hours=1)

    assert every_bell.line(nine).failures == 20


def test_a_failed_run_holds_up_those_after_it_where_the_order_counts(every_bell, nine, clock):
    every_bell.error = RuntimeError()
    every_bell.look()
    clock.advance(days=2)
    every_bell.look()
    assert set(every_bell.rung) == {nine}

    every_bell.error = None
    clock.advance(hours=1)
    assert every_bell.look() == [nine, nine + DAY, nine + 2 * DAY]


def test_a_failed_run_is_history_when_the_next_one_went_well(bell, nine, clock):
    bell.error = RuntimeError()
    bell.look()
    clock.advance(days=1)
    bell.error = None

    assert bell.look() == [nine + DAY]
    assert bell.failed == []
    assert bell.line(nine).finished_at is None


def test_a_failure_that_is_told_late_does_not_undo_what_another_has_done(bell, nine, clock):
    bell.look("there:2")
    late = Attempt("bell", nine, "here:1", clock(), planned=True)

    with bell.database.writing() as transaction:
        CHORES.fail(transaction, late, "RuntimeError", clock())

    assert bell.line(nine).owner == "there:2"
    assert bell.failed == []


def test_an_operator_runs_a_chore_now_and_it_is_recorded(bell, nine, clock):
    bell.look()

    assert bell.run(clock()) is Outcome.DONE
    assert bell.effects == [nine, clock()]
    line = bell.line(clock())
    assert line.owner == "operator@here"
    assert not line.planned


def test_a_run_by_hand_does_not_stand_for_a_missed_one(every_bell, nine, clock):
    every_bell.look()
    clock.advance(days=2)
    every_bell.run(clock())

    assert every_bell.look() == [nine + DAY, nine + 2 * DAY]


def test_an_operator_runs_a_failed_business_time_without_the_pause(bell, nine, clock):
    bell.error = RuntimeError()
    bell.look()
    bell.error = None

    assert bell.run(nine) is Outcome.DONE
    assert bell.run(nine) is Outcome.TAKEN
    assert bell.look() == []
    assert bell.effects == [nine]


def test_an_effect_may_change_the_registry_as_a_whole(registry_database, clock, nine):
    chore = Chore("bell", DAILY, lambda transaction, *_: change.raise_version(transaction))

    assert look(duty_of(chore, registry_database), clock, "here:1") == [nine]


def test_of_eight_that_look_together_one_runs_it(bell, nine):
    together = threading.Barrier(8)
    done = []

    def looks(number):
        together.wait()
        done.extend(bell.look(f"here:{number}"))

    threads = [threading.Thread(target=looks, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == [nine]
    assert bell.effects == [nine]


@pytest.mark.postgres
def test_nobody_waits_for_a_run_that_somebody_is_at(postgresql_registry_database, clock, nine):
    inside, leave = threading.Event(), threading.Event()

    def slow(*_):
        inside.set()
        assert leave.wait(20)

    duty = duty_of(Chore("bell", DAILY, slow), postgresql_registry_database)
    first = threading.Thread(target=look, args=[duty, clock, "here:1"])
    first.start()
    assert inside.wait(20)

    assert run(duty, nine, clock, "there:2") is Outcome.TAKEN
    leave.set()
    first.join()
    with postgresql_registry_database.reading() as transaction:
        assert CHORES.find(transaction, "bell", nine).owner == "here:1"


@pytest.mark.postgres
def test_the_server_ends_a_run_whose_process_has_gone_silent(
    postgresql_registry_database, clock, nine
):
    limits = []

    def ask(transaction, *_):
        query = sa.text("SHOW idle_in_transaction_session_timeout")
        limits.append(transaction.execute(query).scalar_one())

    look(duty_of(Chore("bell", DAILY, ask), postgresql_registry_database), clock, "here:1")

    with postgresql_registry_database.reading() as transaction:
        after = transaction.execute(sa.text("SHOW idle_in_transaction_session_timeout"))
        assert (limits, after.scalar_one()) == (["30min"], "0")


def test_old_records_are_forgotten_but_never_the_last_of_a_chore(
    registry_database, every_bell, nine, clock
):
    every_bell.look()
    clock.advance(days=1)
    every_bell.look()
    clock.now += KEPT + DAY

    with registry_database.writing() as transaction:
        assert CHORES.forget(transaction, clock()) == 1
        kept = transaction.execute(sa.select(chore_run.c.business_time)).scalars().all()

    assert kept == [nine + DAY]
    assert every_bell.look()[0] == nine + 2 * DAY
