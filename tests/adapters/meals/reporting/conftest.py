from collections.abc import Callable
from datetime import date

import pytest
import town
from nights import Night, form_request
from readers import DAY, Readers

from gateway.storage.database import Database

FREEZE = date(2026, 11, 9)


@pytest.fixture
def readers(contour_database: Database) -> Readers:
    """The town after a debited day, on either engine."""
    return after_a_day(contour_database)


@pytest.fixture
def debited() -> Callable[[Database], Readers]:
    """The same in a given database."""
    return after_a_day


def after_a_day(database: Database) -> Readers:
    """Let a day go by: 9В has no request, Timur stays away, Lev does not eat, Ivan is in debt."""
    with database.writing() as transaction:
        town.settle(transaction)
        town.publish(transaction, [DAY])
        town.top_up(transaction, town.MARIA, "1000.00")
        town.top_up(transaction, town.DARYA, "500.50")
        town.top_up(transaction, town.ALINA, "100.00")
    night = Night(database)
    night.at(FREEZE, "00:00").run("meal.default_complex")
    with database.writing() as transaction:
        form_request(transaction, town.CLASS_3A, DAY, without=[town.TIMUR.account])
        form_request(transaction, town.CLASS_7B, DAY, eaten={(town.LEV.account, town.LUNCH): False})
        form_request(transaction, town.CLASS_4G, DAY)
    night.at(DAY, "23:00").run("meal.lock_day")
    night.at(DAY, "23:00:05").run("meal.debit")
    night.at(DAY, "23:05").run("meal.unformed_report")
    return Readers(database)
