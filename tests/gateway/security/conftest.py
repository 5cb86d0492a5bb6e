"""Identities that sign, made once a run."""

import pytest
from identities import Identity, ec_identity, rsa_identity


@pytest.fixture(scope="session")
def rsa() -> Identity:
    return rsa_identity()


@pytest.fixture(scope="session")
def ec() -> Identity:
    return ec_identity()


@pytest.fixture(params=["rsa", "ec"])
def identity(request: pytest.FixtureRequest) -> Identity:
    return request.getfixturevalue(request.param)
