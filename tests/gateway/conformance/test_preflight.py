"""Before the first case: each check tells what was seen and what to do, and none is a verdict."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from uuid import UUID

import peers
import pki
import pytest

from gateway.conformance.evidence import Message
from gateway.conformance.preflight import Check, Examiner, Setting, Status
from gateway.kernel.message import Contour, Participant, ParticipantState
from gateway.security.errors import Reason, SignatureRefused
from gateway.wire.address import system_resolver
from registry.endpoints import Endpoint, Registered
from registry.kinds import Network

ALL = ("address", "tls", "wsdl", "clock", "certificate", "credentials")
SERVICE = "meals/bank-payment"
TODAY = datetime.now(UTC)
DAY = timedelta(days=1)
HUB = "urn://x-artefacts-citto-72/hub/1.0"


def no_tls():
    raise AssertionError


def trusted(days: float = 90) -> Callable:
    found = SimpleNamespace(certificate=SimpleNamespace(not_after=TODAY + timedelta(days=days)))
    return lambda: found


def refused(reason: Reason) -> Callable:
    def ask():
        raise SignatureRefused(reason)

    return ask


def participant(state=ParticipantState.JOINED, services=(SERVICE,)) -> Participant:
    return Participant("BANK72001", "Банк", "BANK", state, services=frozenset(services))


def setting(url: str | None = None, version: str = "1.0", named: str | None = None, **more):
    endpoints = ()
    if url is not None:
        endpoint = Endpoint(SERVICE, Contour.TEST, named or url, Network.INTERNET, version)
        endpoints = (Registered(UUID(int=1), "BANK72001", endpoint, TODAY, None),)
    values = {
        "contour": Contour.TEST,
        "families": (SERVICE,),
        "participant": participant(),
        "has_login": True,
        "certificates": (trusted(),),
        "endpoint_url": url,
        "registered": endpoints,
    }
    return Setting(**{**values, **more})


def examine(made: Setting, names=ALL, contexts=no_tls, now=lambda: datetime.now(UTC), **more):
    examiner = Examiner(made, more.get("resolve", system_resolver), contexts, now)
    return {check.name: check for check in examiner.examine(names)}


def only(name: str, made: Setting, **more) -> Check:
    return examine(made, names=(name,), **more)[name]


def statuses(checks: dict[str, Check]) -> dict[str, str]:
    return {name: check.status.value for name, check in checks.items()}


@pytest.fixture(scope="module")
def contract(catalog):
    return catalog.contract("meals/bank-payment/1.0")


@pytest.fixture(scope="module")
def wsdl(contract) -> bytes:
    return contract.documents[contract.wsdl]


def header(timestamp: datetime) -> bytes:
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>'
        f'<h:MessageHeader xmlns:h="{HUB}"><h:timestamp>{timestamp.isoformat()}</h:timestamp>'
        "</h:MessageHeader></s:Header><s:Body><a/></s:Body></s:Envelope>"
    ).encode()


def sent(timestamp: datetime, received_at: datetime, request: bytes | None = None) -> Message:
    return Message(
        1, received_at, "BANK72001", "meals/bank-payment/1.0", "Ping", request or header(timestamp)
    )


# The whole.


def test_a_bank_that_only_calls_us_has_no_address_to_check():
    checks = examine(setting(messages=(sent(TODAY, TODAY),)))
    assert statuses(checks) == {
        "address": "NOT_NEEDED",
        "tls": "NOT_NEEDED",
        "wsdl": "NOT_NEEDED",
        "clock": "GREEN",
        "certificate": "GREEN",
        "credentials": "GREEN",
    }
    assert all(check.is_green for check in checks.values())


def test_a_department_with_a_right_service_is_green_all_over(contract, wsdl, tmp_path):
    authority = pki.Authority.root(since=TODAY - DAY, until=TODAY + 900 * DAY)
    leaf = authority.issue(
        "Ведомство",
        extensions=(peers.names("127.0.0.1"),),
        since=TODAY - DAY,
        until=TODAY + 90 * DAY,
    )
    served = peers.answering(wsdl, "200 OK", f"Date: {format_datetime(TODAY, usegmt=True)}")
    with peers.peer(served, peers.server_context(leaf, tmp_path)) as peer:
        made = setting(peer.url(scheme="https"), contract=contract)
        checks = examine(made, contexts=peers.trusting(authority), now=lambda: TODAY)
        assert [r.split()[1] for r in peer.requests if r] == [b"/service?wsdl"]
    assert set(statuses(checks).values()) == {"GREEN"}
    assert "Ведомство" in checks["tls"].seen


def test_the_answer_has_the_order_of_the_plan():
    names = ("credentials", "clock", "address")
    assert tuple(examine(setting(), names=names)) == names


def test_a_check_that_does_not_exist_is_a_mistake_of_the_plan():
    with pytest.raises(KeyError):
        examine(setting(), names=("weather",))


def test_a_red_check_is_kept_with_what_to_do():
    kept = only("credentials", setting(participant=None)).evidence(TODAY)
    assert (kept.name, kept.green) == ("credentials", False)
    assert "оператору" in kept.text


# Address.


def test_what_depends_on_an_unreachable_address_is_blocked_and_not_red(contract):
    with peers.peer(peers.silent) as peer:
        pass
    checks = examine(setting(peer.url(), contract=contract))
    assert statuses(checks) | {"address": "RED", "tls": "BLOCKED", "wsdl": "BLOCKED"} == statuses(
        checks
    )
    assert "никто не слушает" in checks["address"].seen
    assert checks["address"].remedy


def test_an_address_that_the_registry_does_not_name_is_never_asked():
    with peers.peer(peers.answering(b"")) as peer:
        check = only("address", setting(peer.url(), named="https://other.example/"))
        assert (check.status, peer.requests) == (Status.RED, [])


def test_a_name_that_leads_inside_is_red():
    made = setting("http://is.example/service")
    check = only("address", made, resolve=lambda _: ["127.0.0.1"])
    assert (check.status, "внутреннюю" in check.seen) == (Status.RED, True)


def test_a_resolver_that_fails_is_not_blamed_on_the_participant():
    def fails(_: str) -> list[str]:
        raise OSError

    check = only("address", setting("http://is.example/service"), resolve=fails)
    assert (check.status, check.is_green) == (Status.STAND, False)


# TLS.


@pytest.mark.parametrize(
    ("host", "until", "told"),
    [("other.example", 90 * DAY, "не на это имя"), ("127.0.0.1", -DAY / 2, "по сроку")],
)
def test_a_wrong_certificate_of_the_server_is_red(host, until, told, tmp_path):
    authority = pki.Authority.root(since=TODAY - 9 * DAY, until=TODAY + 900 * DAY)
    leaf = authority.issue(
        "С", extensions=(peers.names(host),), since=TODAY - 2 * DAY, until=TODAY + until
    )
    with peers.peer(peers.answering(b""), peers.server_context(leaf, tmp_path)) as peer:
        made = setting(peer.url(scheme="https"))
        checks = examine(made, names=("address", "tls"), contexts=peers.trusting(authority))
    assert statuses(checks) == {"address": "GREEN", "tls": "RED"}
    assert told in checks["tls"].seen


# WSDL.


def served_wsdl(octets: bytes, contract, version="1.0", status="200 OK"):
    with peers.peer(peers.answering(octets, status)) as peer:
        made = setting(peer.url(), version, contract=contract)
        return examine(made, names=("address", "wsdl"))["wsdl"]


def test_another_version_of_the_format_is_seen(contract, wsdl):
    other = wsdl.replace(b"bank-payment/1.0", b"bank-payment/1.1")
    check = served_wsdl(other, contract)
    assert (check.status, "bank-payment/1.1" in check.seen) == (Status.RED, True)


def test_a_missing_operation_is_named(contract, wsdl):
    check = served_wsdl(wsdl.replace(b'operation name="Ping"', b'operation name="Pong"'), contract)
    assert (check.status, "Ping" in check.seen) == (Status.RED, True)


def test_an_operation_with_other_elements_is_named(contract, wsdl):
    other = wsdl.replace(b":CheckAccountRequest", b":PingRequest")
    check = served_wsdl(other, contract)
    assert (check.status, "CheckAccount" in check.seen) == (Status.RED, True)


@pytest.mark.parametrize(
    ("octets", "status"),
    [
        (b"", "404 Not Found"),
        (b"<html/>", "200 OK"),
        (b"not xml", "200 OK"),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "200 OK"),
    ],
    ids=["none", "page", "text", "doctype"],
)
def test_what_is_no_wsdl_is_red(octets, status, contract):
    check = served_wsdl(octets, contract, status=status)
    assert (check.status, bool(check.remedy)) == (Status.RED, True)


def test_an_endpoint_registered_for_another_version_is_not_asked(contract, wsdl):
    check = served_wsdl(wsdl, contract, version="1.1")
    assert (check.status, "1.1" in check.seen) == (Status.RED, True)


# Clock.


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(60, Status.GREEN), (-60, Status.GREEN), (61, Status.RED), (-61, Status.RED)],
)
def test_clocks_may_differ_by_a_minute(seconds, status):
    message = sent(TODAY + timedelta(seconds=seconds), TODAY)
    check = only("clock", setting(messages=(message,)))
    assert check.status is status
    assert str(abs(seconds)) in check.seen


def test_the_last_message_tells_the_time():
    late = sent(TODAY - timedelta(hours=1), TODAY)
    newer = Message(2, TODAY + DAY, "BANK72001", "s/1.0", "Ping", header(TODAY + DAY))
    assert only("clock", setting(messages=(late,))).status is Status.RED
    assert only("clock", setting(messages=(newer, late))).status is Status.GREEN


@pytest.mark.parametrize("request_", [None, b"", b"no xml", b"<a/>"])
def test_without_a_time_to_compare_a_ping_is_asked_for(request_):
    messages = () if request_ is None else (sent(TODAY, TODAY, request_ or b" "),)
    check = only("clock", setting(messages=messages))
    assert (check.status, "Ping" in check.remedy) == (Status.RED, True)


def test_a_server_that_is_late_is_seen_by_its_date(contract, wsdl):
    late = format_datetime(TODAY - timedelta(minutes=5), usegmt=True)
    with peers.peer(peers.answering(wsdl, "200 OK", f"Date: {late}")) as peer:
        made = setting(peer.url(), contract=contract)
        check = examine(made, names=("address", "clock"), now=lambda: TODAY)["clock"]
    assert (check.status, "отстают на 300" in check.seen) == (Status.RED, True)


# Certificate and credentials.


@pytest.mark.parametrize(
    ("certificates", "status"),
    [
        ((), Status.RED),
        ((trusted(29.9),), Status.RED),
        ((trusted(30.1),), Status.GREEN),
        ((trusted(3), trusted(90)), Status.GREEN),
        ((refused(Reason.CERTIFICATE_EXPIRED), trusted(90)), Status.GREEN),
        ((refused(Reason.CERTIFICATE_EXPIRED),), Status.RED),
    ],
)
def test_a_certificate_has_to_be_believed_for_thirty_days_more(certificates, status):
    assert only("certificate", setting(certificates=certificates)).status is status


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({}, Status.GREEN),
        ({"participant": participant(ParticipantState.SUSPENDED)}, Status.RED),
        ({"participant": participant(ParticipantState.CANDIDATE)}, Status.RED),
        ({"participant": None}, Status.RED),
        ({"participant": participant(services=())}, Status.RED),
        ({"participant": participant(services=()), "families": ()}, Status.GREEN),
        ({"families": (SERVICE, "meals/payment-registry")}, Status.RED),
        ({"has_login": False}, Status.GREEN),
        ({"has_login": False, "certificates": ()}, Status.RED),
    ],
)
def test_credentials_have_to_open_the_service(known, status):
    assert only("credentials", setting(**known)).status is status
