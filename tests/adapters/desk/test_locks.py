"""Two databases, two writers: nobody waits for ever, nothing is done twice (ADR 0014)."""

import threading

import pytest
import sqlalchemy as sa
from desk_counter import BANK, changed

from gateway.kernel.errors import TemporaryUnavailable
from gateway.storage.database import RaceLost
from registry import counter
from registry.notices import NoticeCode

PATIENCE = 20


def test_message_waits_for_a_command_that_writes_and_then_goes_through(joined):
    """A command holds the registry and asks for the contour; a message is under way in both."""
    held, answered = threading.Event(), []

    def send() -> None:
        held.wait(PATIENCE)
        answered.append(joined.send(changed("submit-connection-request-of-bank")))

    thread = threading.Thread(target=send)
    thread.start()
    with joined.registry.writing() as transaction:
        news = (NoticeCode.CALENDAR_MISSING, BANK, "held", {"year": "2027"})
        joined.desk.notices.post(transaction, *news, joined.clock())
        held.set()
        # The command needs the contour too: a message that held it for writing would be a deadlock.
        with joined.contour_database.writing():
            assert answered == []
    thread.join(PATIENCE)

    assert [answer.state for answer in answered] == ["APPLIED"]


def test_change_that_loses_a_race_is_done_again(joined):
    tries = []

    def change(transaction):
        tries.append(transaction)
        if len(tries) == 1:
            raise RaceLost
        return "done"

    with joined.contour_database.reading() as transaction:
        assert counter.change_registry(joined.work(transaction), change) == "done"


def test_change_that_always_loses_is_put_off(joined):
    def change(transaction):
        raise RaceLost

    with joined.contour_database.reading() as transaction, pytest.raises(TemporaryUnavailable):
        counter.change_registry(joined.work(transaction), change)


def test_registry_that_stays_locked_puts_the_message_off(joined, monkeypatch):
    if joined.registry.on_postgresql:
        pytest.skip("a row lock of PostgreSQL is waited for; only SQLite gives up")
    joined.registry.engine.dispose()

    def impatient(connection, _):
        connection.execute("PRAGMA busy_timeout = 50")

    sa.event.listen(joined.registry.engine, "connect", impatient)
    with joined.registry.writing(), pytest.raises(TemporaryUnavailable):
        joined.send(changed("submit-connection-request-of-bank"))
