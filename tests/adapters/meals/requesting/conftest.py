from datetime import date

import pytest
import town
from nights import Night
from teachers import DAY, Teacher

from gateway.storage.database import Database


@pytest.fixture
def teacher(contour_database: Database) -> Teacher:
    """The teacher of 3А at 8 o'clock of a day whose meals are frozen."""
    with contour_database.writing() as transaction:
        town.settle(transaction)
        town.publish(transaction, [DAY])
    Night(contour_database).at(date(2026, 11, 9), "00:00").run("meal.default_complex")
    return Teacher(contour_database)


@pytest.fixture
def formed(teacher: Teacher) -> Teacher:
    """The same with the request of the class, in version 1."""
    teacher.form()
    return teacher
