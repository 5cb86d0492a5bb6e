from datetime import date, timedelta

import pytest
import town
from family import Family

from gateway.storage.database import Database

FIRST = date(2026, 10, 26)
LAST = date(2026, 12, 4)


@pytest.fixture
def family(contour_database: Database) -> Family:
    """Ivan's mother at noon of 5 November 2026; menus are published for weeks around."""
    with contour_database.writing() as transaction:
        town.settle(transaction)
        days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
        town.publish(transaction, [day for day in days if day.isoweekday() < 6])
    return Family(contour_database)
