"""The portal at the counter of a contour, on either database."""

import pytest
from events_counter import EventsCounter
from portal_counter import Counter


@pytest.fixture
def counter(contour_database, sqlite_registry_database, clock):
    return Counter(contour_database, sqlite_registry_database, clock)


@pytest.fixture
def desk(contour_database, sqlite_registry_database, clock):
    """The counter for departments too, with application 1 of a department with its own service."""
    desk = EventsCounter(contour_database, sqlite_registry_database, clock)
    desk.submit()
    return desk
