"""Two clients of the same class at once: one wins, the other is told to read again."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
import town
from nights import Night
from teachers import DAY, Teacher, changed

from adapters.meals import models
from adapters.meals.handlers.requests import form_request, update_request
from gateway.kernel.errors import StaleVersion
from gateway.storage.database import Database, RaceLost


@pytest.fixture
def postgres_teacher(postgresql_contour_database: Database) -> Teacher:
    with postgresql_contour_database.writing() as transaction:
        town.settle(transaction)
        town.publish(transaction, [DAY])
    night = Night(postgresql_contour_database)
    night.at(DAY.replace(day=9), "00:00").run("meal.default_complex")
    return Teacher(postgresql_contour_database)


def wait_for_a_lock(database: Database, outcome: Future[Any]) -> None:
    """Return once a statement waits for a row of another transaction, or did not have to."""
    waiting = sa.text(
        "SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not outcome.done():
        with database.reading() as transaction:
            if transaction.execute(waiting).first():
                return


def overtaken(teacher: Teacher, first: tuple[Any, Any], later: tuple[Any, Any]) -> Future[Any]:
    """Send `later` while the transaction of `first` is open, then commit that one."""
    with ThreadPoolExecutor(1) as pool:
        with teacher.transaction() as transaction:
            teacher.answer(transaction, *first)
            outcome = pool.submit(teacher.send_message, *later)
            wait_for_a_lock(teacher.database, outcome)
        outcome.exception()
    return outcome


@pytest.mark.postgres
def test_of_two_changes_upon_one_version_the_later_is_stale(postgres_teacher):
    teacher = postgres_teacher
    teacher.form()
    first = teacher.updating(1, changed(town.IVAN, town.LUNCH))
    later = teacher.updating(1, changed(town.MARIA, town.LUNCH))

    outcome = overtaken(teacher, (update_request, first), (update_request, later))

    assert isinstance(outcome.exception(), StaleVersion)
    told = teacher.get()
    assert told.version == 2
    left_out = [line.account for line in told.line if not line.included]
    assert left_out == [town.IVAN.account]


@pytest.mark.postgres
def test_of_the_same_change_twice_at_once_the_later_is_the_first_answer_again(postgres_teacher):
    teacher = postgres_teacher
    teacher.form()
    message = teacher.updating(1, changed(town.IVAN, town.LUNCH))

    outcome = overtaken(teacher, (update_request, message), (update_request, message))

    assert (outcome.result().duplicate, outcome.result().version) == (True, 2)
    assert teacher.get().version == 2


@pytest.mark.postgres
def test_of_two_who_form_at_once_the_later_does_it_again_and_gets_the_first(postgres_teacher):
    teacher = postgres_teacher
    message = teacher.forming()

    outcome = overtaken(teacher, (form_request, message), (form_request, message))

    assert isinstance(outcome.exception(), RaceLost)
    assert len(teacher.rows(models.class_request)) == 1
    # The line does a lost race again.
    assert teacher.send_message(form_request, message).duplicate
