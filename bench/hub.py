"""Our own server in the comparison: the only file that knows how the hub is started."""

import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version as version_of
from pathlib import Path

import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.seed import SCHOOL_CODE
from bench.contract import Payers
from bench.database import Counted, Database, Mode
from bench.server import Server, free_port, running
from gateway import bootstrap
from gateway.bootstrap import Hub
from gateway.cli.demo import Seeded, seed
from gateway.kernel.identifiers import issue_account
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from gateway.storage import migrate

NAME = "hub"
TITLE = "Узел"
COMMAND = Path(sys.executable).with_name("hub")
ACCOUNTS = 1000


def missing() -> str:
    """Say why the hub cannot take part; empty when it can."""
    return "" if COMMAND.exists() else "the command hub is not installed: pip install --editable ."


def version() -> str:
    return f"uzel {version_of('uzel')}"


@contextmanager
def start_hub(mode: Mode, database: Database, folder: Path) -> Iterator[tuple[Server, Payers]]:
    """Start the hub on a database of its own; without one, only its edge (`bench.bare_hub`)."""
    port = free_port()
    environment = {
        "HUB_HOME": str(folder / "home"),
        "HUB_PORT": str(port),
        "HUB_LOG_LEVEL": "ERROR",
        # The load comes from one participant at one address: no quota of theirs.
        "HUB_PARTICIPANT_PER_SECOND": "0",
        "HUB_ADDRESS_PER_SECOND": "0",
        "HUB_WORKERS": os.environ.get("BENCH_HUB_WORKERS", "2" if mode != "sqlite" else "1"),
        **({"HUB_TEST_DATABASE_URL": database.url} if database.url else {}),
    }
    hub = bootstrap.assemble(load(environment))
    seeded = _seed(hub)
    hub.close()
    command = (
        [sys.executable, "-m", "bench.bare_hub"] if mode == "none" else [str(COMMAND), "serve"]
    )
    bank = seeded.people.bank
    secret = base64.b64encode(f"{bank.login}:{bank.password}".encode()).decode()
    headers = {"Authorization": f"Basic {secret}"}
    accounts = tuple(issue_account(serial) for serial in range(ACCOUNTS))
    with running(NAME, command, environment, port, folder, headers) as server:
        yield server, Payers(accounts, seeded.people.organizer_inn)


def rows(database: Database) -> Counted:
    """Count what the hub kept; lines are written when a registry is processed."""
    return Counted(
        *database.numbers(
            "SELECT (SELECT count(*) FROM payment WHERE source = 'ONLINE'),"
            " (SELECT count(*) FROM payment_registry), (SELECT count(*) FROM registry_line)"
        )
    )


def _seed(hub: Hub) -> Seeded:
    hub.settings.home.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(hub.registry, "registry")
    for contour in Contour:
        migrate.upgrade(hub.databases[contour], "contour")
    seeded = seed(hub)
    with hub.databases[Contour.TEST].writing() as transaction:
        transaction.execute(models.personal_account.update().values(status="OPEN"))
        known = set(transaction.execute(sa.select(models.personal_account.c.number)).scalars())
        transaction.execute(
            models.personal_account.insert(),
            [
                {
                    "number": number,
                    "status": "OPEN",
                    "pupil_mask": "Иван И.",
                    "class_name": "5А",
                    "school_code": SCHOOL_CODE,
                    "organizer_inn": seeded.people.organizer_inn,
                }
                for number in map(issue_account, range(ACCOUNTS))
                if number not in known
            ],
        )
    return seeded
