"""An outbox, a channel that does as a test tells it, and deliverers over them."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from scripted import Script, make_deliverer

from gateway.storage import outbox
from gateway.storage.outbox import Letter, commands
from gateway.storage.outbox.commands import Order


@pytest.fixture
def channel():
    return Script()


@pytest.fixture
def database(contour_database):
    return contour_database


@pytest.fixture
def put(database, clock):
    """Write one letter in a transaction of its own and return its id."""

    def put(payload, key="заявление-1", **more):
        values = {
            "id": uuid4(),
            "channel": "script",
            "address": "portal",
            "source": "event/1",
            **more,
        }
        with database.writing() as transaction:
            one = Letter(key=key, payload=payload, **values)
            outbox.CONTOUR.put(transaction, [one], clock())
        return values["id"]

    return put


@pytest.fixture
def deliverer(database, channel, clock):
    return make_deliverer(database, channel, clock)


@pytest.fixture
def card(database):
    def card(delivery: UUID):
        with database.reading() as transaction:
            return commands.find(outbox.CONTOUR, transaction, delivery)

    return card


@pytest.fixture
def states(database):
    """Count the deliveries by state."""

    def states():
        with database.reading() as transaction:
            lines = commands.deliveries(outbox.CONTOUR, transaction, commands.Wanted(), 10_000)
        return Counter(line.state for line in lines)

    return states


@pytest.fixture
def order(database, clock):
    """Give an operator's command by its name."""

    def order(name, what, reason="так надо"):
        with database.writing() as transaction:
            command = getattr(commands, name)
            command(outbox.CONTOUR, transaction, what, Order("оператор", reason, clock()))

    return order
