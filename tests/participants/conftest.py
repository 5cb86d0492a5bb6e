"""A hub as a process, and whoever is tested by it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

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


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for others by `on` of `proofs`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture(scope="session")
def sqlite_hub(tmp_path_factory, request: pytest.FixtureRequest) -> Iterator[HubProcess]:
    """Started once: sessions of trials do not see each other."""
    with hub_on("sqlite", tmp_path_factory.mktemp("hub"), request.getfixturevalue) as hub:
        hub.start()
        yield hub


@pytest.fixture(scope="session")
def postgresql_hub(
    postgres_server, tmp_path_factory, request: pytest.FixtureRequest
) -> Iterator[HubProcess]:
    with hub_on("postgresql", tmp_path_factory.mktemp("hub"), request.getfixturevalue) as hub:
        hub.start()
        yield hub


@pytest.fixture
def running_hub(engine: str, request: pytest.FixtureRequest) -> HubProcess:
    return request.getfixturevalue(f"{engine}_hub")


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
def organizer(running_hub, stack) -> Callable[[str], Program]:
    """Start the organizer's program with its manners."""

    def start(manners: str) -> Program:
        who = running_hub.seeded.people.by_role["organizer"]
        arguments = {
            "url": running_hub.base_url,
            "login": who.login,
            "password": who.password,
            "code": who.code,
            "manners": manners,
        }
        return stack.enter_context(program("organizer", *_options(arguments)))

    return start


@pytest.fixture
def department(running_hub, stack) -> Callable[[str], str]:
    """Start the department's program, name its address in the registry, return the address."""
    return lambda manners: _serving("department", manners, running_hub, stack)[1]


@pytest.fixture
def body(running_hub, stack) -> Callable[[str], tuple[Program, str]]:
    """Start a department's whole system, name its address; return the program and the address."""
    return lambda manners: _serving("body", manners, running_hub, stack)


@pytest.fixture
def trial(running_hub, stack, tmp_path) -> Callable[..., Trial]:
    """Begin a session."""

    def begin(plan: str, role: str, url: str | None = None) -> Trial:
        who = running_hub.seeded.people.by_role[role].code
        made = Trial.begin(running_hub, plan, who, tmp_path, url)
        stack.callback(made.close)
        return made

    return begin


def _serving(
    name: str, manners: str, running_hub: HubProcess, stack: ExitStack
) -> tuple[Program, str]:
    who = running_hub.seeded.people.by_role["department"]
    arguments = {
        "url": running_hub.base_url,
        "login": who.login,
        "password": who.password,
        "code": who.code,
        "key": str(who.key),
        "certificate": str(who.certificate),
        "manners": manners,
    }
    started = stack.enter_context(program(name, *_options(arguments)))
    url = started.hear()
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
    return started, url


def _options(arguments: dict[str, str]) -> list[str]:
    return [part for name, value in arguments.items() for part in (f"--{name}", value)]
