"""The portal at the counter of a contour, on either database."""

import pytest
from portal_counter import Counter


@pytest.fixture
def counter(contour_database, sqlite_registry_database, clock):
    return Counter(contour_database, sqlite_registry_database, clock)
