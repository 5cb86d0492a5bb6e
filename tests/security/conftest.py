"""One hub under fire for all families, with short patience so that slow clients are soon told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import psutil
import pytest
from hub_process import HubProcess, hub_on

from gateway.attacks import campaign
from gateway.attacks.ground import Credentials, Ground
from gateway.attacks.wire import Canary, Target
from gateway.contracts.catalog import load_catalog
from gateway.soap.parse import Version

SHORT = {
    "HUB_HEAD_SECONDS": "1",
    "HUB_BODY_SECONDS": "1",
    "HUB_MAX_CONNECTIONS_OF_ONE": "50",
}


@dataclass(frozen=True)
class Attacked:
    """The hub, and what watches it."""

    hub: HubProcess
    canary: Canary
    process: psutil.Process

    @property
    def target(self) -> Target:
        return Target("127.0.0.1", int(self.hub.environment["HUB_PORT"]))

    @property
    def credentials(self) -> Credentials:
        return Credentials(*self.hub.credentials)

    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return times.user + times.system


@pytest.fixture(scope="session")
def attacked(tmp_path_factory, request) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked")
    with hub_on("sqlite", folder, request.getfixturevalue) as hub, Canary() as canary:
        hub.environment |= SHORT
        hub.start()
        yield Attacked(hub, canary, psutil.Process(hub.process.pid))


@pytest.fixture(scope="session", params=Version, ids=lambda version: version.name)
def ground(attacked, request) -> Ground:
    """The hub as the attacks see it; the account is open, so that a payment would be taken."""
    ground = campaign.reconnoitre(
        attacked.target,
        request.param,
        attacked.credentials,
        load_catalog(),
        lambda: datetime.now(UTC),
        attacked.canary,
    )
    return replace(ground, account=attacked.hub.seeded.accounts.open[0])
