"""The portal and the department of the demo: emulators beside the hub, called over real HTTP.

The operator enters their addresses in the registry, as with `hub endpoint set`; nothing else tells
the hub where they are. They play for as long as the hub runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from adapters.portal.delivering import SINK
from adapters.portal.forwarding import CONTRACT
from gateway.bootstrap import Hub
from gateway.edge.emulators import Cast, event_sink, of_department
from gateway.edge.emulators.caller import Account
from gateway.edge.emulators.department import Department
from gateway.edge.emulators.frame import Emulator
from gateway.edge.emulators.portal import Portal
from gateway.edge.emulators.server import serving
from gateway.kernel.message import Contour
from registry import endpoints
from registry.endpoints import Endpoint
from registry.kinds import Network
from registry.seed import ACTOR, DemoParticipant, DemoParticipants


class Address(NamedTuple):
    """What the operator has entered."""

    participant: str
    service: str
    url: str


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Who plays on the other side of the hub."""

    portal: Portal
    """What the portal knows of events."""
    department: Department
    """What the department decides."""
    service: Emulator
    """The department's own service: what came there."""
    addresses: tuple[Address, ...]


@contextmanager
def playing(hub: Hub, people: DemoParticipants) -> Iterator[Counterparts]:
    """Let both play for as long as the block runs, at addresses that the registry names."""
    who = people.by_role["department"]
    department, portal = Department(hub.clock, hub.identifiers), Portal(hub.clock)
    taking = of_department(department, Cast(hub.clock, hub.identifiers, account(hub, who)))
    with serving(taking.emulator) as intake, serving(event_sink.emulator(portal)) as sink:
        addresses = (
            Address(who.code, _family(CONTRACT), intake.url),
            Address(people.by_role["portal"].code, _family(SINK), sink.url),
        )
        for address in addresses:
            _enter(hub, address)
        if taking.client is not None:
            taking.client.start()
        try:
            yield Counterparts(portal, department, taking.emulator, addresses)
        finally:
            if taking.client is not None:
                taking.client.stop()


def account(hub: Hub, who: DemoParticipant) -> Account:
    """Return as whom an emulator calls the hub."""
    return Account(hub.settings.base_url, who.code, who.login, who.password)


def _enter(hub: Hub, address: Address) -> None:
    entered = Endpoint(address.service, Contour.TEST, address.url, Network.INTERNET, "1.0")
    with hub.registry.writing() as transaction:
        endpoints.register(
            transaction,
            address.participant,
            entered,
            hub.clock(),
            ACTOR,
            hub.identifiers,
            is_operator=True,
        )


def _family(contract: str) -> str:
    return contract.rpartition("/")[0]
