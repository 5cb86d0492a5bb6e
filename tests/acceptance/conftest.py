"""The whole hub as a process: real HTTP, real databases, killed for real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hub_process import HubProcess, hub_on


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
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
