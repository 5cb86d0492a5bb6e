"""Who is there on the bad night: departments, the portal and the hub, each behind a proxy."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from fault_proxy import FaultProxy, Faults
from hub_process import HubProcess, free_port
from night_party import Party

from gateway import bootstrap
from gateway.bootstrap import Hub
from gateway.edge.emulators import application, event
from gateway.edge.emulators.caller import Account
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from registry import endpoints, errors
from registry.endpoints import Endpoint
from registry.kinds import Network, ParticipantKind
from registry.participants import Newcomer, Registrar
from registry.portal_services import AttachmentTerms, Route, ServiceCard, desk
from registry.seed import DEMO, join

ACTOR = "tests"
HUB = "hub"
PORTAL = DEMO["portal"].code
NEWCOMERS = tuple(
    Newcomer(f"DEPT7210{number}", f"Ведомство {number}", ParticipantKind.DEPARTMENT, inn)
    for number, inn in ((2, "7200000106"), (3, "7200000113"))
)
DEPARTMENTS = (DEMO["department"].code, *(one.code for one in NEWCOMERS))
FORM_VERSION = "1.0"
TEXT = AttachmentTerms(frozenset({"text/plain"}), 1024 * 1024)


@dataclass(frozen=True)
class World:
    """The hub, its counterparts, and what stands between them."""

    hub: HubProcess
    portal: Party
    departments: Mapping[str, Party]
    proxies: Mapping[str, FaultProxy]
    """By the code of the participant behind, and the one before the hub itself by HUB."""
    account: Account
    """Of the portal, as whom applications are submitted."""


def service_of(department: str) -> str:
    """Return the code of the service that a department renders."""
    return f"SRV-{department}"


def form_of(department: str, text: str) -> bytes:
    """Return a form of the department's service, filled in."""
    return f'<Form xmlns="{_namespace(department)}"><question>{text}</question></Form>'.encode()


@contextmanager
def night_world(process: HubProcess, faults: Faults, seed: int) -> Iterator[World]:
    """Enter everybody and start them; the hub is started by the test."""
    hub = bootstrap.assemble(load(process.environment))
    with ExitStack() as stack:
        port = free_port()
        # What is sent to the hub breaks as well, but for the stretches: its own kills are those.
        to_hub = replace(faults, up_seconds=None)
        front = FaultProxy(port, int(process.environment["HUB_PORT"]), seed - 1, to_hub)
        accounts = enter(hub, f"http://127.0.0.1:{port}", NEWCOMERS)
        parties = {
            code: stack.enter_context(_party(code, account)) for code, account in accounts.items()
        }
        proxies = {
            code: stack.enter_context(FaultProxy(free_port(), party.port, seed + number, faults))
            for number, (code, party) in enumerate(parties.items())
        }
        for code, proxy in proxies.items():
            name_address(hub, code, proxy.port)
        hub.close()
        proxies[HUB] = stack.enter_context(front)
        departments = {code: parties[code] for code in DEPARTMENTS}
        yield World(process, parties[PORTAL], departments, proxies, accounts[PORTAL])


def _party(code: str, account: Account) -> Party:
    kind = "portal" if code == PORTAL else "department"
    return Party(kind, account.url, account.code, account.login, account.password)


def enter(hub: Hub, url: str, newcomers: Sequence[Newcomer]) -> Mapping[str, Account]:
    """Enter departments beside the known one, rights and services; return accounts at the hub."""
    registrar = Registrar(hub.registry, hub.clock, ACTOR)
    departments = (DEMO["department"].code, *(one.code for one in newcomers))
    for newcomer in newcomers:
        registrar.add(newcomer)
        with hub.registry.writing() as transaction:
            join(hub.desk, transaction, newcomer.code, newcomer.kind, hub.clock())
    for code in departments:
        _grant(registrar, code, ("portal/events",))
        _offer(hub, code)
    _grant(registrar, PORTAL, ("portal/application", "portal/events"))
    accounts = {}
    for code in (*departments, PORTAL):
        issued = registrar.issue_credentials(code, Contour.TEST)
        accounts[code] = Account(url, code, issued.login, issued.password)
    return accounts


def _grant(registrar: Registrar, code: str, services: Sequence[str]) -> None:
    for service in services:
        with suppress(errors.NothingToChange):
            registrar.grant(code, service, Contour.TEST)


def _offer(hub: Hub, department: str) -> None:
    """Let a department render its service, with a form of one question."""
    code, now = service_of(department), datetime.now(UTC)
    card = ServiceCard(code, f"Услуга ведомства {department}", department, TEXT)
    with hub.registry.writing() as transaction:
        desk.enter(transaction, card, now, ACTOR)
        form = {"form.xsd": _schema(department)}
        since = date(2026, 1, 1)
        desk.publish_form(transaction, code, FORM_VERSION, form, since, now, ACTOR)
        desk.open_service(transaction, code, Contour.TEST, Route.ENDPOINT, None, now, ACTOR)


def _schema(department: str) -> bytes:
    return (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"'
        f' targetNamespace="{_namespace(department)}"><xs:element name="Form"><xs:complexType>'
        '<xs:sequence><xs:element name="question" type="xs:string"/></xs:sequence>'
        "</xs:complexType></xs:element></xs:schema>"
    ).encode()


def _namespace(department: str) -> str:
    return f"urn:test:form:{department}"


def name_address(hub: Hub, code: str, port: int) -> None:
    """Enter where a department takes applications, or the portal its events."""
    service = event.SINK_SERVICE if code == PORTAL else application.SERVICE
    family, _, version = service.rpartition("/")
    url = f"http://127.0.0.1:{port}/ws/{service}"
    endpoint = Endpoint(family, Contour.TEST, url, Network.INTERNET, version)
    with hub.registry.writing() as transaction:
        endpoints.register(
            transaction, code, endpoint, hub.clock(), ACTOR, hub.identifiers, is_operator=True
        )
