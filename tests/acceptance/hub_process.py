"""The whole hub as a process, for the tests that meet it from outside.

Tests ask for the fixtures made of it: `new_hub` here, the hub of a bank's day in `tests/interop`.
"""

import atexit
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import click
import requests
from click.testing import CliRunner, Result
from lxml import etree
from messages import envelope, status

from gateway import bootstrap
from gateway.cli import hub as hub_command
from gateway.cli.demo import Seeded, seed
from gateway.kernel.settings import load
from gateway.storage.database import Database

READY_WITHIN_SECONDS = 180
PROCESSED_WITHIN_SECONDS = 300
PORTS = range(20_000, 32_000)
HUB = [sys.executable, "-c", "from gateway.cli import main; main()"]


@dataclass
class HubProcess:
    """A hub with databases of its own; started, killed and started again by tests."""

    environment: dict[str, str]
    seeded: Seeded
    log: Path
    program: list[str] = field(default_factory=lambda: HUB)
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
                [*self.program, "serve", *options], env=self.environment, stderr=log, stdout=log
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self._ready():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(30) == 0, self.log.read_text()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def run(self, *words: str) -> Result:
        """Run `hub …` on the databases of this hub, without the seconds of a new process."""
        assembled = bootstrap.assemble(load(self.environment))
        try:
            return invoke(assembled, *words, environment=self.environment)
        finally:
            assembled.close()

    def launch(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run `hub …` as a process, for what a process does by itself: start, serve, end."""
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
        # A hub that could not take its port must not be mistaken for the one that has it.
        assert self.process.poll() is None, self.log.read_text()
        try:
            return requests.get(f"{self.base_url}/health/ready", timeout=5).status_code == 200
        except (requests.ConnectionError, requests.Timeout):
            return False


def invoke(
    assembled: bootstrap.Hub, *words: str, environment: dict[str, str] | None = None
) -> Result:
    """Run `hub …` in this process, on a hub that is put together."""
    command: click.Command = hub_command
    rest = list(words)
    while isinstance(command, click.Group):
        command = command.commands[rest.pop(0)]
    return CliRunner().invoke(command, rest, obj=assembled, env=environment)


@dataclass(frozen=True)
class Origin:
    """Databases made and seeded once a session; every hub begins as a copy of them."""

    home: Path
    databases: dict[str, str]
    seeded: Seeded


_origins: dict[str, Origin] = {}
_reservations: list[IO[str]] = []
_NAMES = ("test", "prod", "registry")


@contextmanager
def hub_on(engine: str, folder: Path, fixture: Callable[[str], Any]) -> Iterator[HubProcess]:
    """Make databases, seed the demo participants; the hub is not started yet.

    `fixture` returns a fixture by name; PostgreSQL is only asked for when it is needed.
    """
    origin = _origin(engine, fixture)
    home = folder / "home"
    shutil.copytree(origin.home, home)
    environment = _environment(home)
    if engine == "postgresql":
        environment |= _databases(fixture("postgres_server"), origin.databases)
    process = HubProcess(environment, origin.seeded, folder / "hub.log")
    try:
        yield process
    finally:
        process.stop()
        for database in process.databases:
            database.close()


def _origin(engine: str, fixture: Callable[[str], Any]) -> Origin:
    if engine not in _origins:
        home = fixture("tmp_path_factory").mktemp(f"origin-{engine}")
        environment = _environment(home)
        names = {}
        if engine == "postgresql":
            server = fixture("postgres_server")
            names = {name: server.create(name) for name in _NAMES}
            environment |= {_variable(name): server.url(names[name]) for name in _NAMES}
        upgraded = subprocess.run(
            [*HUB, "db", "upgrade"], env=environment, capture_output=True, check=False
        )
        assert upgraded.returncode == 0, upgraded.stderr.decode()
        hub = bootstrap.assemble(load(environment))
        _origins[engine] = Origin(home, names, seed(hub))
        hub.close()
    return _origins[engine]


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HUB_HOME": str(home),
        "HUB_PORT": str(free_port()),
        # Several hubs at a time share the hundred connections that PostgreSQL has by default.
        "HUB_DATABASE_CONNECTIONS": "16",
        "PYTHONWARNINGS": "default",
    }


def _databases(server: Any, templates: dict[str, str]) -> dict[str, str]:
    return {
        _variable(name): server.url(server.create(name, template))
        for name, template in templates.items()
    }


def _variable(name: str) -> str:
    return f"HUB_{name.upper()}_DATABASE_URL"


def free_port() -> int:
    """Reserve a port for as long as this process lives.

    A port that is only looked up may be taken by another test, or by an outgoing connection,
    before the hub binds it: these lie below the range that the system gives away by itself.
    """
    folder = Path(tempfile.gettempdir()) / f"hub-test-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for port in PORTS:
        reservation = (folder / str(port)).open("w")
        try:
            fcntl.flock(reservation, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", port))
        except OSError:
            reservation.close()
            continue
        _reservations.append(reservation)
        return port
    raise AssertionError(PORTS)


@atexit.register
def _give_ports_back() -> None:
    for reservation in _reservations:
        reservation.close()
