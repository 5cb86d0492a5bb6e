"""One hub under fire for all attacks, with short patience so that slow clients are soon told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
import pytest
from click.testing import Result
from hub_process import HubProcess, hub_on, invoke

from gateway import bootstrap
from gateway.attacks import campaign
from gateway.attacks.forge import Forge
from gateway.attacks.ground import Credentials, Ground
from gateway.attacks.wire import Canary, Target
from gateway.contracts.catalog import load_catalog
from gateway.kernel.settings import load
from gateway.soap.parse import Version

SHORT = {
    "HUB_HEAD_SECONDS": "1",
    "HUB_BODY_SECONDS": "1",
    "HUB_MAX_CONNECTIONS_OF_ONE": "50",
}


@dataclass(frozen=True)
class Attacked:
    """The hub, what watches it, and the key and certificate of the bank that attacks it."""

    hub: HubProcess
    canary: Canary
    process: psutil.Process
    key: Path
    certificate: Path

    @property
    def forge(self) -> Forge:
        return Forge.read(self.key.read_bytes(), self.certificate.read_bytes())

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
    with hub_on("sqlite", folder, request.getfixturevalue) as process, Canary() as canary:
        process.environment |= SHORT
        process.start()
        bank = process.seeded.people.bank
        watched = psutil.Process(process.process.pid)
        yield Attacked(process, canary, watched, bank.key, bank.certificate)


@contextmanager
def operating(process: HubProcess) -> Iterator[Callable[..., Result]]:
    """Run `hub …` on the databases of a hub, without a process of its own."""
    assembled = bootstrap.assemble(load(process.environment))

    yield partial(invoke, assembled)
    assembled.close()


@pytest.fixture(scope="session")
def operator(attacked) -> Iterator[Callable[..., Result]]:
    with operating(attacked.hub) as operate:
        yield operate


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
        attacked.forge,
    )
    return replace(ground, account=attacked.hub.seeded.accounts.open[0])
