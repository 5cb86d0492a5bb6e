from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from gateway.kernel.message import Contour
from registry import endpoints, entry, errors, systems
from registry.endpoints import Endpoint
from registry.entry import Newcomer
from registry.kinds import Network, ParticipantKind
from registry.landscape import HubRole, known_systems
from registry.systems import System

OWNER = "SYSOP-1"
ENDPOINT = Endpoint(
    "portal/events",
    Contour.TEST,
    "https://is.example.org/ws/events",
    Network.INTERNET,
    "1.0",
    smev_number="SID0000001",
)
PROD = replace(ENDPOINT, contour=Contour.PROD, network=Network.VIPNET)


@pytest.fixture
def ids():
    serials = count(1)
    return lambda: UUID(int=next(serials))


@pytest.fixture
def written(registry_database, clock):
    with registry_database.writing() as transaction:
        newcomer = Newcomer(OWNER, "Оператор ИС", ParticipantKind.SYSTEM_OPERATOR)
        entry.enter(transaction, newcomer, clock(), "оператор")
        yield transaction


@pytest.fixture
def register(written, clock, ids):
    def register(endpoint, **more):
        return endpoints.register(
            written, OWNER, endpoint, clock(), "оператор", ids, services=lambda: SERVICES, **more
        )

    return register


SERVICES = {"portal/events", "meals/bank-payment"}


def test_an_endpoint_is_found_by_service_and_contour(written, register):
    identifier = register(ENDPOINT)

    found = endpoints.find(written, OWNER, "portal/events", Contour.TEST)
    assert (found.endpoint_id, found.endpoint) == (identifier, ENDPOINT)
    assert endpoints.find(written, OWNER, "portal/events", Contour.PROD) is None


def test_the_same_endpoint_keeps_its_identifier(register):
    assert register(ENDPOINT) == register(ENDPOINT)


def test_a_changed_endpoint_ends_the_one_before(written, register, clock):
    first = register(ENDPOINT)
    clock.advance(hours=1)
    moved = replace(ENDPOINT, url="https://is.example.org/ws/2")
    second = register(moved)

    old, new = endpoints.history(written, OWNER)
    assert (old.endpoint_id, old.ended_at) == (first, clock())
    assert (new.endpoint_id, new.endpoint, new.ended_at) == (second, moved, None)
    assert [one.endpoint_id for one in endpoints.current(written)] == [second]


def test_an_endpoint_of_an_unpublished_service_is_refused(register):
    with pytest.raises(errors.ServiceUnknown):
        register(replace(ENDPOINT, service="portal/evnets"))


def test_an_endpoint_of_another_kinds_service_is_refused(register):
    with pytest.raises(errors.ServiceNotForKind):
        register(replace(ENDPOINT, service="meals/bank-payment"))


@pytest.mark.parametrize(
    "url",
    [
        "is.example.org/ws",
        "ftp://is.example.org/ws",
        "file:///etc/passwd",
        "https://user:secret@is.example.org/ws",
        "https://@is.example.org/ws",
        "https://is.example.org/ws#part",
        "https://is.example.org/ws#",
        "https:///ws",
        "https://is.example.org:99999/ws",
        "https://is.example.org/a b",
        "https://is.example.org/a\nb",
        "https://is.example.org\\@127.0.0.1/",
        "https://[::1/ws",
        "https://is..example.org/",
        "https://is.example.org/" + "a" * 2000,
        "https://localhost/ws",
        "https://is.localhost./ws",
        "https://127.0.0.1/ws",
        "https://127.1/ws",
        "https://0x7f000001/ws",
        "https://2130706433/ws",
        "https://0.0.0.0/ws",
        "https://[::1]/ws",
        "https://[::ffff:127.0.0.1]/ws",
        "https://169.254.169.254/latest",
        "https://10.0.0.1/ws",
        "https://[fd00::1]/ws",
    ],
)
def test_an_address_that_would_turn_the_hub_against_itself_is_refused(register, url):
    with pytest.raises(errors.EndpointInvalid):
        register(replace(ENDPOINT, url=url))


@pytest.mark.parametrize(
    "url",
    [
        "https://is.example.org/ws?x=1",
        "https://is.example.org:8443",
        "http://is.example.org/ws",
        "https://8.8.8.8/ws",
        "https://услуги.рф/ws",
    ],
)
def test_a_plain_address_is_taken_in_the_test_contour(register, url):
    register(replace(ENDPOINT, url=url))


def test_an_inner_address_is_reached_through_a_protected_network(register):
    register(replace(PROD, url="https://10.0.0.1/ws"))


def test_an_operator_may_name_an_address_inside(register):
    register(replace(ENDPOINT, url="http://127.0.0.1:9000/ws"), is_operator=True)


def test_production_is_reached_by_https_alone(register):
    with pytest.raises(errors.EndpointInvalid, match="https"):
        register(replace(PROD, url="http://is.example.org/ws"))


def test_production_is_reached_through_the_networks_of_the_kind(register):
    with pytest.raises(errors.EndpointInvalid, match="DEDICATED, VIPNET"):
        register(replace(PROD, network=Network.INTERNET))


def test_a_system_is_of_its_owner(written, clock):
    system = System("EDU.IS", "Учёт", OWNER, "1.0", "SYS-25")
    assert systems.register(written, system, clock(), "оператор")
    newer = replace(system, version="1.1")
    assert systems.register(written, newer, clock() + timedelta(days=1), "оператор")
    assert systems.find(written, "EDU.IS") == newer

    other = Newcomer("SYSOP-2", "Другой", ParticipantKind.SYSTEM_OPERATOR)
    entry.enter(written, other, clock(), "оператор")
    with pytest.raises(errors.SystemTaken, match=OWNER):
        systems.register(written, replace(system, owner="SYSOP-2"), clock(), "оператор")


def test_a_system_refers_to_a_known_number(written, clock):
    with pytest.raises(errors.AttributeInvalid, match="SYS-99"):
        systems.register(
            written, System("EDU.IS", "Учёт", OWNER, known_as="SYS-99"), clock(), "оператор"
        )


def test_the_catalogue_has_every_system_of_the_regulations():
    catalogue = known_systems()

    assert list(catalogue) == [f"SYS-{number:02}" for number in range(1, 42)]
    assert catalogue["SYS-12"].roles == (HubRole.IN,)
    assert catalogue["SYS-12"].adapter == "bank"
    assert all(system.purpose for system in catalogue.values())
    for system in catalogue.values():
        assert system.adapter is not None or HubRole.IN not in system.roles
