"""A hub as a process, and whoever is tested by it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hub_process import HubProcess, hub_on
from trial import Program, Trial, now, program

from gateway import bootstrap
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from registry import endpoints
from registry.endpoints import Endpoint
from registry.kinds import Network

SERVICE = "portal/application"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def running_hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HubProcess]:
    with hub_on(request.param, tmp_path, request.getfixturevalue) as hub:
        hub.start()
        yield hub


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def bank(running_hub, stack) -> Callable[[str], Program]:
    """Start the bank's program with its manners."""

    def start(manners: str) -> Program:
        who = running_hub.seeded.people.bank
        arguments = {
            "url": running_hub.base_url,
            "login": who.login,
            "password": who.password,
            "code": who.code,
            "key": str(who.key),
            "certificate": str(who.certificate),
            "organizer": running_hub.seeded.people.organizer_inn,
            "manners": manners,
        }
        return stack.enter_context(program("bank", *_options(arguments)))

    return start


@pytest.fixture
def department(running_hub, stack) -> Callable[[str], str]:
    """Start the department's program, name its address in the registry, return the address."""

    def start(manners: str) -> str:
        who = running_hub.seeded.people.by_role["department"]
        arguments = {
            "url": running_hub.base_url,
            "login": who.login,
            "password": who.password,
            "code": who.code,
            "manners": manners,
        }
        url = stack.enter_context(program("department", *_options(arguments))).hear()
        hub = bootstrap.assemble(load(running_hub.environment))
        with hub.registry.writing() as transaction:
            endpoints.register(
                transaction,
                who.code,
                Endpoint(SERVICE, Contour.TEST, url, Network.INTERNET, "1.0"),
                now(),
                "tests",
                hub.identifiers,
                is_operator=True,
                services=lambda: [SERVICE],
            )
        hub.close()
        return url

    return start


@pytest.fixture
def trial(running_hub, stack, tmp_path) -> Callable[..., Trial]:
    """Begin a session."""

    def begin(plan: str, role: str, url: str | None = None) -> Trial:
        who = running_hub.seeded.people.by_role[role].code
        made = Trial.begin(running_hub, plan, who, tmp_path, url)
        stack.callback(made.close)
        return made

    return begin


def _options(arguments: dict[str, str]) -> list[str]:
    return [part for name, value in arguments.items() for part in (f"--{name}", value)]
