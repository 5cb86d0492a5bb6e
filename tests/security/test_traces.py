"""What attacks leave behind on the hub: in its log, on its disk, in front of its operator."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import enrolment
import pytest
from messages import BANK_PAYMENT, REGISTRY, envelope, new_id, now, payment, registry

from gateway import bootstrap
from gateway.attacks import campaign, wire
from gateway.attacks.catalogue import ATTACKS
from gateway.attacks.ground import Credentials
from gateway.attacks.wire import Answer
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from gateway.soap.parse import Version
from registry import errors
from registry.participants import Newcomer, ParticipantKind, Registrar
from registry.seed import BANK_SERVICES, BANK_TERMS

BY_NUMBER = {attack.number: attack for attack in ATTACKS}
OTHER = Newcomer("BANK72002", "Другой банк", ParticipantKind.BANK)


def fired(attacked, ground, number: int) -> None:
    told = campaign.fire(BY_NUMBER[number], ground, attacked.canary)
    assert told.verdict.passed, told.verdict


def asked(attacked, service: str, payload: str, credentials: Credentials, header=None) -> Answer:
    octets = envelope(payload, header)
    head = (
        f"POST /test/ws/meals/{service}/1.0 HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
        f"Authorization: {credentials.header}\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {len(octets)}\r\n\r\n"
    )
    return wire.send(attacked.target, [head.encode() + octets], patience=10)


@pytest.fixture(scope="module")
def other_bank(attacked) -> Credentials:
    """Another bank, with every right that the first one has."""
    hub = bootstrap.assemble(load(attacked.hub.environment))
    registrar = Registrar(hub.registry, lambda: datetime.now(UTC), "test")
    with suppress(errors.ParticipantExists):
        registrar.add(OTHER)
    enrolment.join(hub.registry, OTHER.code)
    registrar.set_terms(OTHER.code, BANK_TERMS)
    registrar.bind(OTHER.code, attacked.hub.seeded.people.organizer_inn, "2", date(2024, 1, 1))
    for service in BANK_SERVICES:
        registrar.grant(OTHER.code, service, Contour.TEST)
    issued = registrar.issue_credentials(OTHER.code, Contour.TEST)
    hub.close()
    credentials = Credentials(issued.login, issued.password)
    ping = f'<p:PingRequest xmlns:p="{BANK_PAYMENT}"/>'
    attacked.hub.wait_until(
        lambda: asked(attacked, "bank-payment", ping, credentials).status == 200
    )
    return credentials


def without_entry(answer: Answer) -> bytes:
    return answer.body.replace(f">{answer.field('entry')}<".encode(), b"><")


def test_forged_log_lines_stay_inside_their_own_line(attacked, ground):
    fired(attacked, ground, 38)
    lines = attacked.hub.log.read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert not [record for record in records if record["message"] == "forged"]
    assert not [line for line in lines if not line.isprintable()]


@pytest.mark.parametrize("ground", [Version.SOAP11], indirect=True)
def test_no_file_of_the_hub_is_named_by_a_sender(attacked, ground):
    home = Path(attacked.hub.environment["HUB_HOME"])
    fired(attacked, ground, 36)
    fired(attacked, ground, 37)
    roots = home / "roots"  # the journal's own, named by their days
    names = {path.name for path in home.rglob("*") if roots not in path.parents}
    assert not {name for name in names if "attack" in name or name.endswith((".xml", ".zip"))}
    assert list((home / "spool").glob("*")) == []


def test_payment_of_another_bank_looks_like_none(attacked, other_bank):
    mine, account = attacked.credentials, attacked.hub.seeded.accounts.open[1]
    paid = asked(attacked, "bank-payment", payment("P-OF-MINE", account, "1.00", now()), mine)
    assert paid.field("resultCode") == "0"

    def status(payment_id: str, credentials: Credentials) -> Answer:
        request = (
            f'<p:GetPaymentStatusRequest xmlns:p="{BANK_PAYMENT}">'
            f"<p:bankPaymentId>{payment_id}</p:bankPaymentId></p:GetPaymentStatusRequest>"
        )
        return asked(attacked, "bank-payment", request, credentials)

    foreign, unknown = status("P-OF-MINE", other_bank), status("P-OF-NOBODY", other_bank)
    assert status("P-OF-MINE", mine).field("resultCode") == "0"
    assert foreign.field("resultCode") == unknown.field("resultCode") != "0"
    assert foreign.field("hubPaymentId") == ""


@pytest.mark.parametrize("operation", ["GetRegistryStatus", "GetRegistryProtocol"])
def test_registry_of_another_bank_looks_like_none(attacked, other_bank, operation):
    registry_id = f"REG-{new_id()}"
    inn = attacked.hub.seeded.people.organizer_inn
    body = registry(registry_id, inn, 0, 0, "", now())
    sent = asked(attacked, "payment-registry", body, attacked.credentials, new_id())
    assert sent.field("state") == "RECEIVED", sent.body

    def look(hub_registry_id: str) -> Answer:
        request = (
            f'<p:{operation}Request xmlns:p="{REGISTRY}">'
            f"<p:hubRegistryId>{hub_registry_id}</p:hubRegistryId></p:{operation}Request>"
        )
        return asked(attacked, "payment-registry", request, other_bank)

    foreign, unknown = look(sent.field("hubRegistryId")), look(new_id())
    assert foreign.fault is not None
    assert foreign.fault.code == "NOT_FOUND"
    assert without_entry(foreign) == without_entry(unknown)


def test_credentials_of_the_test_contour_open_nothing_in_production(attacked, ground):
    body = ground.envelope(ground.ping())
    request = ground.post(body, path=ground.path.replace("/test/", "/prod/"))
    answer = wire.send(ground.target, [request], patience=10)
    assert answer.fault is not None
    assert answer.fault.code in {"SIGNATURE_INVALID", "AUTH_FAILED"}


@pytest.mark.parametrize("key", ["%", "_________", "P-%", "*"])
def test_operator_who_looks_for_a_wildcard_finds_only_that(attacked, operator, key):
    pay = payment("P-NOT-FOUND-BY-WILDCARD", attacked.hub.seeded.accounts.open[2], "1.00", now())
    assert asked(attacked, "bank-payment", pay, attacked.credentials).status == 200
    found = operator("journal", "list", "--key", key)
    assert found.exit_code == 0, found.output
    assert "RegisterPayment" not in found.stdout


def test_business_key_in_square_brackets_is_shown_as_it_is(attacked, operator):
    key = "[/red][link=http://evil.example]"
    pay = payment(key, attacked.hub.seeded.accounts.open[2], "1.00", now())
    assert asked(attacked, "bank-payment", pay, attacked.credentials).field("resultCode") == "0"
    found = operator("journal", "list", "--key", key)
    assert found.exit_code == 0, found.output
    assert key in found.stdout


def test_terminal_of_the_operator_obeys_no_sender(attacked, operator):
    body = b"<x>\x1b[2J\x9b31m</x>"
    head = attacked_head(attacked, len(body))
    answer = wire.send(attacked.target, [head + body], patience=10)
    assert answer.fault is not None
    shown = operator("journal", "show", answer.fault.entry)
    assert shown.exit_code == 0, shown.output
    assert "\x1b" not in shown.stdout
    assert r"\u001b[2J" in shown.stdout
    turned = f"P-{chr(0x202E)}{chr(0x9B)}-1"
    pay = payment(turned, attacked.hub.seeded.accounts.open[2], "1.00", now())
    assert asked(attacked, "bank-payment", pay, attacked.credentials).field("resultCode") == "0"
    listed = operator("journal", "list", "--key", turned)
    assert r"P-\u202e\u009b-1" in listed.stdout


def attacked_head(attacked, length: int) -> bytes:
    return (
        "POST /test/ws/meals/bank-payment/1.0 HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
        f"Authorization: {attacked.credentials.header}\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()
