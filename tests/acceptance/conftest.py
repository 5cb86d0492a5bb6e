"""The whole hub as a process: real HTTP, real databases, killed for real."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from lxml import etree
from messages import envelope, status

from gateway import bootstrap
from gateway.cli.demo import Seeded, seed
from gateway.kernel.settings import load
from gateway.storage.database import Database

READY_WITHIN_SECONDS = 60
PROCESSED_WITHIN_SECONDS = 300
HUB = [sys.executable, "-c", "from gateway.cli import main; main()"]


@dataclass
class HubProcess:
    """A hub with databases of its own; started, killed and started again by tests."""

    environment: dict[str, str]
    seeded: Seeded
    log: Path
    process: subprocess.Popen | None = None
    databases: list[Database] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.environment['HUB_PORT']}"

    def url(self, service: str) -> str:
        return f"{self.base_url}/test/ws/meals/{service}/1.0"

    @property
    def credentials(self) -> tuple[str, str]:
        bank = self.seeded.people.bank
        return bank.login, bank.password

    def start(self, *options: str) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*HUB, "serve", *options], env=self.environment, stderr=log, stdout=log
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self._ready():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(30) == 0, self.log.read_text()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*HUB, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    def database(self) -> Database:
        """The test contour's database, for looking behind the scenes."""
        database = Database(load(self.environment).database_url("test"))
        self.databases.append(database)
        return database

    def post(self, service: str, body: bytes, **headers: str) -> requests.Response:
        return requests.post(
            self.url(service),
            data=body,
            auth=self.credentials,
            headers={"Content-Type": "text/xml; charset=utf-8", **headers},
            timeout=60,
        )

    def wait_for_registry(self, hub_registry_id: str) -> str:
        """Return the state of a registry once it is processed."""
        deadline = time.monotonic() + PROCESSED_WITHIN_SECONDS
        while True:
            answer = self.post("payment-registry", envelope(status(hub_registry_id)))
            assert answer.status_code == 200, answer.text
            state = etree.fromstring(answer.content).findtext(".//{*}state")
            if state not in {"RECEIVED", "PROCESSING"}:
                return state
            assert time.monotonic() < deadline, state
            time.sleep(0.1)

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Wait for what other processes see only after a moment."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not happened():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def _ready(self) -> bool:
        try:
            return requests.get(f"{self.base_url}/health/ready", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_hub(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[HubProcess]:
    """A seeded hub that is not started yet."""
    environment = {
        **os.environ,
        "HUB_HOME": str(tmp_path / "home"),
        "HUB_PORT": str(_free_port()),
        "PYTHONWARNINGS": "default",
    }
    if engine == "postgresql":
        server = request.getfixturevalue("postgres_server")
        for name in ("test", "prod", "registry"):
            environment[f"HUB_{name.upper()}_DATABASE_URL"] = server.url(server.create(name))
    upgraded = subprocess.run(
        [*HUB, "db", "upgrade"], env=environment, capture_output=True, check=False
    )
    assert upgraded.returncode == 0, upgraded.stderr.decode()
    hub = bootstrap.assemble(load(environment))
    process = HubProcess(environment, seed(hub), tmp_path / "hub.log")
    hub.close()
    yield process
    process.stop()
    for database in process.databases:
        database.close()


@pytest.fixture
def running_hub(new_hub: HubProcess) -> HubProcess:
    """A seeded hub that answers."""
    new_hub.start()
    return new_hub


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
