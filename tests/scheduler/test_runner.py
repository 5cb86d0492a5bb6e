"""Timed jobs of slices: effect, record and end are one transaction of the contour's database."""

from contextlib import contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from adapters.bank.models import alert
from adapters.bank.repository import alerts
from adapters.bank.repository.alerts import Alert
from gateway.adapter import Job
from gateway.kernel.message import Contour
from registry.calendar import local_date
from scheduler.job import CatchUp
from scheduler.once import look
from scheduler.runner import duties_of
from scheduler.runs import JOBS, job_run

DAILY = "0 9 * * *"


class Context:
    """The contour as a job sees it."""

    contour = Contour.TEST
    rules = None

    def __init__(self, database, clock):
        self._database = database
        self.now = clock
        self.told = []

    @contextmanager
    def begin(self):
        with self._database.writing() as transaction:
            work = SimpleNamespace(database=transaction, now=self.now(), after_commit=[])
            yield work
        for call in work.after_commit:
            call()

    @contextmanager
    def read(self):
        with self._database.reading() as transaction:
            yield SimpleNamespace(database=transaction, now=self.now())


@pytest.fixture
def context(contour_database, clock):
    return Context(contour_database, clock)


@pytest.fixture
def nine(clock):
    return clock() - timedelta(hours=3)


def leave(work, moment):
    subject = f"{moment.isoformat()} {effects(work.database)}"
    told = Alert("job", "BANK-1", subject, local_date(moment), "сделано", work.now)
    assert alerts.raise_new(work.database, [told]) == [told]


def effects(transaction):
    return transaction.execute(sa.select(sa.func.count()).select_from(alert)).scalar_one()


def stored(database):
    with database.reading() as transaction:
        return effects(transaction)


def test_a_job_is_run_once_per_business_time(contour_database, context, clock, nine):
    def run(inside, moment):
        with inside.begin() as work:
            leave(work, moment)
            work.after_commit.append(lambda: context.told.append(moment))

    (duty,) = duties_of([Job("daily", run, DAILY)], [context])

    assert duty.name == "test/daily"
    assert look(duty, clock, "here:1") == [nine]
    assert look(duty, clock, "there:2") == []
    assert stored(contour_database) == 1
    assert context.told == [nine]


def test_a_job_that_fails_after_its_effect_has_none(contour_database, context, clock, nine):
    def run(inside, moment):
        with inside.begin() as work:
            leave(work, moment)
            work.after_commit.append(lambda: context.told.append(moment))
        raise RuntimeError("between the effect and the end")

    (duty,) = duties_of([Job("daily", run, DAILY)], [context])
    look(duty, clock, "here:1")

    assert stored(contour_database) == 0
    assert context.told == []
    with contour_database.reading() as transaction:
        (line,) = JOBS.failed(transaction, "daily")
    assert (line.business_time, line.failure) == (nine, "RuntimeError")


def test_what_a_job_undoes_by_itself_is_undone_alone(contour_database, context, clock, nine):
    def run(inside, moment):
        with inside.begin() as work:
            leave(work, moment)
        with suppress(ValueError), inside.begin() as work:
            leave(work, moment)
            raise ValueError
        with inside.read() as work:
            assert effects(work.database) == 1

    (duty,) = duties_of([Job("daily", run, DAILY)], [context])

    assert look(duty, clock, "here:1") == [nine]
    assert stored(contour_database) == 1


def test_a_job_may_ask_for_every_business_time_it_has_missed(context, clock, nine):
    ran = []
    job = Job("daily", lambda _, moment: ran.append(moment), DAILY, catch_up=CatchUp.EVERY)
    (duty,) = duties_of([job], [context])
    look(duty, clock, "here:1")
    clock.advance(days=3)
    look(duty, clock, "here:1")

    assert ran == [nine + timedelta(days=number) for number in range(4)]


def test_a_run_that_an_older_hub_left_unfinished_is_taken_up(
    contour_database, context, clock, nine
):
    with contour_database.writing() as transaction:
        transaction.insert(
            job_run, ("job", "business_time", "owner", "started_at"), [("daily", nine, "x", nine)]
        )
    (duty,) = duties_of([Job("daily", lambda *_: None, DAILY)], [context])

    assert look(duty, clock, "here:1") == [nine]


def test_queues_are_no_duties(context):
    assert duties_of([Job("queue", lambda *_: False)], [context]) == []
