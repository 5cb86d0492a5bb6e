"""Departments by foreign stacks, the hub and the portal, and the wires between them."""

import base64
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import uuid4

import hub_thread
import pytest
from hub_process import HubProcess, free_port, invoke
from night_world import FORM_VERSION, PORTAL, enter, form_of, name_address, service_of
from smev2_client import HUB, Client
from wire import Wire, wire

from gateway import bootstrap
from gateway.bootstrap import delays
from gateway.delivery import Pace
from gateway.edge.emulators import calls, event_sink, portal
from gateway.edge.emulators.caller import Account, Caller
from gateway.edge.emulators.calls import Order
from gateway.edge.emulators.department import Document
from gateway.edge.emulators.server import serving
from gateway.edge.server import start_deliveries, stop_deliveries
from gateway.kernel.settings import load
from gateway.security.own import load_signer
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider
from gateway.soap.smev2 import System
from registry.kinds import ParticipantKind
from registry.participants import Newcomer
from registry.seed import DEMO

APPLICATION, EVENTS = "portal/application/1.0", "portal/events/1.0"
PORTAL_SYSTEM = System("PORT72001", "Портал")
PROVIDERS = Providers.of([RsaProvider()])
WITHIN_SECONDS = 45
FRONT = "hub"
"""Name of the wire before the hub."""
SCAN = Document("scan.txt", "Справка.\n".encode() * 20, "text/plain")
RESULT = {"name": "result.txt", "content": base64.b64encode("Оказано.\n".encode() * 30).decode()}


@dataclass(frozen=True)
class Kind:
    """A stack in a binding, as one of the departments."""

    name: str
    code: str
    client: str
    """Fixture that tells its command."""
    profile: tuple[str, ...] = ()
    """Arguments of `hub participant smev2 set`; none in the plain binding."""

    @property
    def speaks_smev2(self) -> bool:
        return bool(self.profile)


KINDS = (
    Kind("zeep", DEMO["department"].code, "zeep_department"),
    Kind("zeep-smev2", "DEPT72102", "zeep_department", ("DEPT72102", "--serves")),
    Kind("php", "DEPT72103", "php_department"),
    Kind("php-smev2", "DEPT72104", "php_department", ("DEPT72104", "--serves", "--inline-files")),
)
_NEWCOMERS = tuple(
    Newcomer(kind.code, f"Ведомство {kind.name}", ParticipantKind.DEPARTMENT, inn)
    for kind, inn in zip(KINDS[1:], ("7200000106", "7200000113", "7200000120"), strict=True)
)


class Program:
    """The handle of a department's program."""

    def __init__(self, command: Sequence[str], known: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lines = [json.dumps(known)]

    def __enter__(self) -> Self:
        assert self._ask(self._lines.pop()) == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)

    def do(self, what: str, **more: Any) -> Any:
        """Have it do something; return its answer."""
        return self._ask(json.dumps({"do": what, **more}))

    def tell(self, order: int, code: int, comment: str = "Ход дела", **more: Any) -> Any:
        return self.do("tell", order=order, code=code, comment=comment, **more)

    def application(self, order: int) -> dict[str, Any] | None:
        """Return an application as the department keeps it."""
        # PHP writes an empty mapping as a list.
        return dict(self.do("report")["applications"] or {}).get(str(order))

    def _ask(self, line: str) -> Any:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the program has ended"
        return json.loads(answer)


@dataclass
class World:
    """The hub, its counterparts, and what they say to each other."""

    hub: HubProcess
    portal: portal.Portal
    account: Account
    """Of the portal."""
    programs: Mapping[str, Program]
    """By the name of a kind."""
    wires: Mapping[str, Wire]
    orders: int = 720_000_000

    def order(self, kind: Kind, *documents: Document) -> Order:
        """Return an application to a department, not yet submitted."""
        self.orders += 1
        form = form_of(kind.code, f"Вопрос {self.orders}")
        now = datetime.now(UTC)
        return Order(self.orders, service_of(kind.code), FORM_VERSION, form, now, documents)

    def submit(self, order: Order) -> None:
        """Submit an application in the plain binding."""
        caller = Caller(self.account, lambda: datetime.now(UTC), uuid4)
        assert not calls.submit(caller, order).is_duplicate
        caller.close()

    def submitted(self, kind: Kind) -> int:
        """Submit an application to a department; return its number."""
        order = self.order(kind)
        self.submit(order)
        return order.order_id

    def client(self, service: str, *, signs: bool = False) -> Client:
        """Return the portal's client of SMEV 2."""
        account, who = self.account, self.hub.seeded.people.by_role["portal"]
        signer = load_signer(who.key, who.certificate, PROVIDERS) if signs else None
        url = f"{account.url}/test/smev2/{service}"
        return Client(url, PORTAL_SYSTEM, (account.login, account.password), signer)

    def wait(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WITHIN_SECONDS
        while not happened():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def wait_for_states(self, order: int, *codes: int) -> list[portal.Told]:
        """Wait until the portal has heard so many states; return them."""
        self.wait(lambda: len(self.portal.events(order)) >= len(codes))
        told = self.portal.events(order)
        assert [one.tech_code for one in told] == list(codes)
        return told

    def taken(self, kind: Kind, order: int) -> dict[str, Any]:
        """Wait until a department has an application; return it as it is kept there."""
        program = self.programs[kind.name]
        self.wait(lambda: program.application(order) is not None)
        return program.application(order)


@contextmanager
def department_world(process: HubProcess, commands: Mapping[str, Sequence[str]]) -> Iterator[World]:
    """Enter everybody and start them, the hub as well; `commands` are by the fixtures of kinds."""
    with ExitStack() as stack:
        front = stack.enter_context(wire(FRONT, free_port(), int(process.environment["HUB_PORT"])))
        url = f"http://127.0.0.1:{front.port}"
        # The published files name the place that the departments find the hub at.
        process.environment["HUB_PUBLIC_URL"] = url
        process.environment["HUB_DELIVERY_DELAYS"] = "0.2"
        hub = bootstrap.assemble(load(process.environment))
        accounts = enter(hub, url, _NEWCOMERS)
        told = portal.Portal(hub.clock)
        sink = stack.enter_context(serving(event_sink.emulator(told)))
        name_address(hub, PORTAL, sink.server_address[1])
        _let_speak(hub, PORTAL, PORTAL_SYSTEM.code)
        ports = {kind.name: free_port() for kind in KINDS}
        wires = {
            kind.name: stack.enter_context(wire(kind.name, free_port(), ports[kind.name]))
            for kind in KINDS
        }
        for kind in KINDS:
            name_address(hub, kind.code, wires[kind.name].port)
            if kind.speaks_smev2:
                _let_speak(hub, kind.code, *kind.profile)
        _start(hub, stack)
        programs = {
            kind.name: stack.enter_context(
                Program(commands[kind.client], _known(kind, accounts[kind.code], ports[kind.name]))
            )
            for kind in KINDS
        }
        yield World(process, told, accounts[PORTAL], programs, {**wires, FRONT: front})


def _start(hub: bootstrap.Hub, stack: ExitStack) -> None:
    """Take messages and deliver in this process, without the jobs of other slices."""
    stack.enter_context(hub_thread.serving(hub))
    with pytest.MonkeyPatch.context() as patch:
        # On SQLite nobody wakes a deliverer: it looks once a second, and each step would wait.
        patch.setattr(delays, "pace", lambda _: Pace(poll_seconds=0.05))
        deliverers = start_deliveries(hub)
    stack.callback(stop_deliveries, deliverers)


def _let_speak(hub: bootstrap.Hub, *words: str) -> None:
    done = invoke(hub, "participant", "smev2", "set", *words)
    assert done.exit_code == 0, done.output


def _known(kind: Kind, account: Account, port: int) -> dict[str, Any]:
    """Return what a department is told when it joins."""
    binding = "smev2" if kind.speaks_smev2 else "ws"
    hub = {"Code": HUB.code, "Name": HUB.name}
    return {
        "applicationWsdl": f"{account.url}/test/{binding}/{APPLICATION}?wsdl",
        "eventsWsdl": f"{account.url}/test/{binding}/{EVENTS}?wsdl",
        "login": account.login,
        "password": account.password,
        "sender": account.code,
        "port": port,
        "smev2": {"mnemonic": kind.profile[0], "hub": hub} if kind.profile else None,
    }
