"""The suite of the design's four cases, and a session of it."""

import pytest
from rehearsed import HERE, Session

from gateway.conformance.language.suite import load_suite
from gateway.contracts.catalog import load_catalog


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()


@pytest.fixture(scope="session")
def suite(catalog):
    """The four cases of the design."""
    return load_suite(HERE / "suites" / "four", catalog)


@pytest.fixture
def session(suite, catalog) -> Session:
    return Session(suite, catalog, intake_url="https://bank.example/intake")
