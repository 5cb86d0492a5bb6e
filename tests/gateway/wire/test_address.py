"""Where the hub may call: what the registry names, never inside, whatever a name resolves to."""

import socket
import threading
from datetime import UTC, datetime
from time import monotonic
from uuid import UUID

import pytest

from gateway.conformance.calls.address import named
from gateway.conformance.calls.errors import EndpointNotNamed
from gateway.kernel.message import Contour
from gateway.wire.address import locate
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.errors import EndpointForbidden
from registry.endpoints import Endpoint, Registered
from registry.kinds import Network

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
OUTSIDE = "93.184.215.14"
INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
]


def endpoint(url="https://is.example/service", contour=Contour.PROD, network=Network.INTERNET):
    return Endpoint("portal/application", contour, url, network, "1.0")


def soon() -> Deadline:
    return Deadline.after(5)


def located(point: Endpoint, *numbers: str):
    return locate(point.place, lambda _: list(numbers), soon())


@pytest.mark.parametrize("contour", list(Contour))
@pytest.mark.parametrize("number", INSIDE)
def test_a_name_that_leads_inside_is_not_called(number, contour):
    with pytest.raises(EndpointForbidden):
        located(endpoint(contour=contour), number)


@pytest.mark.parametrize("number", INSIDE)
def test_one_inner_number_among_outer_ones_is_enough_to_refuse(number):
    with pytest.raises(EndpointForbidden):
        located(endpoint(), OUTSIDE, number)


@pytest.mark.parametrize("number", INSIDE)
def test_production_calls_no_inner_number_even_if_the_registry_names_it(number):
    host = f"[{number}]" if ":" in number else number
    with pytest.raises(EndpointForbidden):
        located(endpoint(f"https://{host}/service"))


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "[::1]"])
def test_the_test_contour_calls_an_inner_number_that_the_registry_names_itself(host):
    target = located(endpoint(f"http://{host}:8090/service", Contour.TEST))
    assert target.numbers == (host.strip("[]"),)


def test_localhost_is_called_in_the_test_contour_only():
    assert located(endpoint("http://localhost/", Contour.TEST), "127.0.0.1").numbers
    with pytest.raises(EndpointForbidden):
        located(endpoint("https://localhost/"), "127.0.0.1")


@pytest.mark.parametrize("number", ["169.254.169.254", "0.0.0.0", "224.0.0.1"])
def test_some_numbers_are_nobodys_service_in_any_contour(number):
    with pytest.raises(EndpointForbidden):
        located(endpoint(f"http://{number}/", Contour.TEST))


def test_a_closed_network_has_private_numbers_but_no_loopback():
    point = endpoint(network=Network.VIPNET_1481)
    assert located(point, "10.1.2.3").numbers == ("10.1.2.3",)
    with pytest.raises(EndpointForbidden):
        located(point, "127.0.0.1")


def test_an_address_is_taken_apart_as_http_wants_it():
    target = located(endpoint("https://банк.рф/сервис?вид=1"), OUTSIDE)
    assert (target.host, target.port) == ("xn--80ab2al.xn--p1ai", 443)
    assert target.path == "/%D1%81%D0%B5%D1%80%D0%B2%D0%B8%D1%81?%D0%B2%D0%B8%D0%B4=1"


def test_a_name_that_does_not_exist_is_the_participants_trouble():
    def nobody(_: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "")

    with pytest.raises(NoAnswer) as trouble:
        locate(endpoint().place, nobody, soon())
    assert not trouble.value.ours


def test_a_resolver_that_fails_is_the_stands_trouble():
    def fails(_: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "")

    with pytest.raises(NoAnswer) as trouble:
        locate(endpoint().place, fails, soon())
    assert trouble.value.ours


def test_a_resolver_that_hangs_does_not_hold_the_stand():
    released = threading.Event()

    def hangs(_: str) -> list[str]:
        released.wait(30)
        return [OUTSIDE]

    began = monotonic()
    with pytest.raises(NoAnswer):
        locate(endpoint().place, hangs, Deadline.after(0.2))
    released.set()
    assert monotonic() - began < 5


def registered(point: Endpoint, ended_at=None) -> Registered:
    return Registered(UUID(int=1), "DEPT72001", point, NOON, ended_at)


def test_only_an_address_that_stands_in_the_registry_is_called():
    point = endpoint()
    assert named(point.url, [registered(point)], Contour.PROD) is point
    for url, contour, ended_at in (
        ("https://is.example/service/", Contour.PROD, None),
        ("https://is.example/other", Contour.PROD, None),
        (point.url, Contour.TEST, None),
        (point.url, Contour.PROD, NOON),
        ("", Contour.PROD, None),
    ):
        with pytest.raises(EndpointNotNamed):
            named(url, [registered(point, ended_at)], contour)
