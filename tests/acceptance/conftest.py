"""The whole hub as a process: real HTTP, real databases, killed for real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_process import HubProcess, hub_on

BOTH_ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH_ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_hub(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[HubProcess]:
    """A seeded hub that is not started yet."""
    with hub_on(engine, tmp_path, request.getfixturevalue) as hub:
        yield hub


@pytest.fixture
def running_hub(new_hub: HubProcess) -> HubProcess:
    """A seeded hub that answers."""
    new_hub.start()
    return new_hub


@pytest.fixture(scope="module", params=BOTH_ENGINES)
def shared_hub(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[HubProcess]:
    """A seeded hub that answers to all tests of a module: each pays to an account of its own."""
    folder = tmp_path_factory.mktemp("shared")
    with hub_on(request.param, folder, request.getfixturevalue) as hub:
        hub.start()
        yield hub
