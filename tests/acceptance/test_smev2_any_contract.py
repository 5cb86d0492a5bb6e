"""The second binding of any contract: a bank's services, which have none, are given one here."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
import requests
import zeep
from hub_process import hub_on
from hub_thread import serving
from lxml import etree
from messages import BANK_PAYMENT, COMMON, REGISTRY, line, now, payment
from messages import registry as registry_message
from smev2_client import HUB, Client, enclosed, file_ref, referred

from adapters import bank
from gateway import bootstrap
from gateway.adapter import Smev2
from gateway.bootstrap import smev2 as second_binding
from gateway.bootstrap.binding import HubBroken, bind
from gateway.bootstrap.hub import ADAPTERS, Hub
from gateway.contracts import smev2 as drafts
from gateway.contracts.catalog import Catalog, load_catalog
from gateway.contracts.files import ContractFiles, locate
from gateway.contracts.publish import schema_names
from gateway.contracts.smev2 import envelope_contract
from gateway.kernel.message import Contour
from gateway.kernel.settings import load
from gateway.soap.smev2 import MESSAGE, MESSAGE_DATA, ServiceVersion, Status, System
from gateway.soap.smev2_files import Enclosure, pack
from gateway.storage.journal import journal_entry

PAYMENTS, REGISTRIES = "meals/bank-payment/1.0", "meals/payment-registry/1.0"
SMEV2_PAYMENTS = "{urn://x-artefacts-citto-72/meals/bank-payment/smev2/1.0}"
SMEV2_REGISTRIES = "{urn://x-artefacts-citto-72/meals/payment-registry/smev2/1.0}"
PING = f'<p:PingRequest xmlns:p="{BANK_PAYMENT}"/>'
BANK = System("BANK72001", "АБС банка")
DECLARED = {
    PAYMENTS: Smev2(),
    REGISTRIES: Smev2(answers={"SubmitRegistry": Status.ACCEPT}),
}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory) -> Catalog:
    """The published contracts, and the drafts of two more bindings beside them."""
    root = tmp_path_factory.mktemp("contracts")
    for name in ("wsdl", "xsd"):
        shutil.copytree(locate().root / name, root / name)
    files = ContractFiles(root)
    for name in DECLARED:
        for path, text in drafts.draft(load_catalog(files).contract(name)).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    return load_catalog(files)


def adapters_with(declared):
    services = tuple(
        replace(service, smev2=declared.get(service.contract)) for service in bank.ADAPTER.services
    )
    given = replace(bank.ADAPTER, services=services)
    return tuple(given if one is bank.ADAPTER else one for one in ADAPTERS)


@pytest.fixture(scope="module")
def hub(catalog, tmp_path_factory, request) -> Iterator[Hub]:
    adapters = adapters_with(DECLARED)
    with hub_on("sqlite", tmp_path_factory.mktemp("smev2"), request.getfixturevalue) as process:
        assembled = bootstrap.assemble(load(process.environment))
        routes = bind(catalog, adapters)
        hub = replace(
            assembled,
            catalog=catalog,
            adapters=adapters,
            routes=routes,
            wrappers=second_binding.bind(catalog, adapters, routes),
        )
        hub.__dict__["seeded"] = process.seeded
        with serving(hub):
            yield hub


@pytest.fixture
def client(hub) -> Client:
    person = hub.__dict__["seeded"].people.bank
    url = f"{hub.settings.base_url}/test/smev2/{PAYMENTS}"
    return Client(url, BANK, (person.login, person.password))


@pytest.fixture
def registries(client) -> Client:
    client.url = client.url.replace(PAYMENTS, REGISTRIES)
    return client


def ping(client, **more):
    return client.ask(f"{SMEV2_PAYMENTS}PingRequest", PING, **more)


def test_question_is_answered_with_a_result(client):
    answer = ping(client)
    assert (answer.http.status_code, answer.status) == (200, "RESULT")
    assert answer.payload.tag == f"{{{BANK_PAYMENT}}}PingResponse"


def test_answer_is_valid_by_the_schema_of_the_envelope(client):
    answer = ping(client)
    schema = envelope_contract()
    for element in (answer.header, answer.body.find(MESSAGE), answer.body.find(MESSAGE_DATA)):
        assert schema.validate(element), schema.last_error()


def test_answer_goes_back_where_the_request_came_from_and_says_of_what_it_is(client):
    asked = {
        "exchange_type": "7",
        "case_number": "Д-1",
        "service_code": "7200000010000000001",
        "service": ServiceVersion("Meals", "1.00"),
        "oktmo": "71000000",
        "test_message": "да",
        "originator": System("PORT72001", "Портал"),
    }
    told = ping(client, **asked).message
    assert {name: getattr(told, name) for name in asked} == asked
    assert (told.sender.code, told.recipient) == (HUB.code, BANK)


def test_hub_gives_the_message_an_id_and_the_same_one_to_its_repetition(client):
    octets = client.envelope(f"{SMEV2_PAYMENTS}PingRequest", PING)
    first, again = client.send(octets), client.send(octets)
    assert first.message.request_id == again.message.request_id
    assert first.message.request_id != ping(client).message.request_id


def test_id_that_the_sender_gives_is_kept(client):
    own = str(uuid4())
    answer = ping(client, message_id=own)
    assert answer.message.request_id == answer.message.origin_request_id == own


def test_chain_keeps_its_first_request(client):
    assert ping(client, origin_request_id="first").message.origin_request_id == "first"


def test_errors_of_the_payload_are_told_by_the_status_invalid(client):
    wrong = payment("1", "1", "1.001", "2026-03-02T12:00:00+05:00")
    answer = client.ask(f"{SMEV2_PAYMENTS}RegisterPaymentRequest", wrong)
    assert (answer.http.status_code, answer.status) == (200, "INVALID")
    assert answer.error_codes == ["VALIDATION_ERROR"]
    assert answer.text("path") == "/RegisterPaymentRequest/amount"


def test_errors_are_valid_by_their_published_schema(client, catalog):
    empty = f'<p:CheckAccountRequest xmlns:p="{BANK_PAYMENT}"/>'
    answer = client.ask(f"{SMEV2_PAYMENTS}CheckAccountRequest", empty)
    assert catalog.contract(PAYMENTS).smev2.validate(answer.payload)


def test_reasoned_no_is_told_by_the_status_reject(registries):
    missing = (
        f'<p:GetRegistryStatusRequest xmlns:p="{REGISTRY}">'
        f"<p:hubRegistryId>{uuid4()}</p:hubRegistryId></p:GetRegistryStatusRequest>"
    )
    answer = registries.ask(f"{SMEV2_REGISTRIES}GetRegistryStatusRequest", missing)
    assert (answer.status, answer.error_codes) == ("REJECT", ["NOT_FOUND"])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"sender": System("BANK72009", "Чужой")}, "NOT_ALLOWED"),
        ({"recipient": System("OTHR72001", "Другой")}, "NO_ROUTE"),
        ({"status": Status.PING}, "VALIDATION_ERROR"),
        ({"sender": System("bank", "Не мнемоника")}, "VALIDATION_ERROR"),
    ],
    ids=["sender", "recipient", "status", "mnemonic"],
)
def test_errors_of_the_envelope_are_faults(client, more, code):
    answer = ping(client, **more)
    assert answer.fault_code == code
    assert not answer.is_signed


def test_stranger_is_told_by_a_fault(client):
    client.auth = ("nobody", "nothing")
    answer = ping(client)
    assert (answer.http.status_code, answer.fault_code) == (401, "AUTH_FAILED")


def test_old_message_is_a_fault(client, hub):
    answer = ping(client, date=hub.clock().replace(year=2020))
    assert answer.fault_code == "HEADER_EXPIRED"


def test_payload_of_another_operation_is_refused(client):
    answer = client.ask(f"{SMEV2_PAYMENTS}CheckAccountRequest", PING)
    assert answer.fault_code == "VALIDATION_ERROR"


def test_type_of_app_data_that_nobody_declares_is_overlooked(client):
    octets = client.envelope(f"{SMEV2_PAYMENTS}PingRequest", PING).replace(
        b"<smev:AppData>",
        b'<smev:AppData xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="i:Nobody">',
    )
    assert client.send(octets).status == "RESULT"


def test_contract_without_the_binding_has_no_address(client, hub):
    client.url = f"{hub.settings.base_url}/test/smev2/support/notify/1.0"
    answer = requests.post(
        client.url, data=b"<a/>", headers={"Content-Type": "text/xml"}, timeout=30
    )
    assert answer.status_code == 404


def test_binding_without_its_wsdl_is_no_hub(catalog):
    declared = {**DECLARED, PAYMENTS: None}
    adapters = adapters_with(declared)
    with pytest.raises(HubBroken, match="bank-payment"):
        second_binding.bind(catalog, adapters, bind(catalog, adapters))


@pytest.fixture
def lines(hub) -> bytes:
    """The file of a registry of one payment."""
    account = hub.__dict__["seeded"].accounts.open[0]
    told = line(1, uuid4().hex, account, "10.00", now())
    return f'<p:PaymentRegistryFile xmlns:p="{REGISTRY}">{told}</p:PaymentRegistryFile>'.encode()


def submitted(hub, octets: bytes, name: str = "lines.xml") -> str:
    inn = hub.__dict__["seeded"].people.organizer_inn
    file = f'<p:file xmlns:c="{COMMON}">{file_ref("c", name, octets, "application/xml")}</p:file>'
    return registry_message(str(uuid4()), inn, 1, Decimal("10.00"), file, now())


def archive_of(*files: tuple[str, bytes]) -> bytes:
    enclosures = [
        Enclosure(name, None, "application/xml", lambda octets=octets: octets)
        for name, octets in files
    ]
    return pack(enclosures, "req_1")


def submit(registries, payload: str, document, **more):
    wrapper = f"{SMEV2_REGISTRIES}SubmitRegistryRequest"
    return registries.ask(wrapper, payload, document=document, **more)


def test_file_of_the_archive_is_the_content_that_the_payload_names(registries, hub, lines):
    archive = archive_of(("lines.xml", lines))
    answer = submit(registries, submitted(hub, lines), enclosed(archive, "req_1"))
    assert answer.status == "ACCEPT", answer.http.text
    assert answer.text("state") == "RECEIVED"


def test_archive_may_be_a_part_of_the_message(registries, hub, lines):
    archive = archive_of(("lines.xml", lines))
    answer = submit(
        registries, submitted(hub, lines), referred(archive, "req_1"), parts={"zip": archive}
    )
    assert answer.status == "ACCEPT", answer.http.text


def test_wrong_digest_of_the_archive_is_invalid(registries, hub, lines):
    archive = archive_of(("lines.xml", lines))
    other = archive_of(("lines.xml", lines + b" "))
    answer = submit(
        registries, submitted(hub, lines), referred(other, "req_1"), parts={"zip": archive}
    )
    assert answer.status == "INVALID"
    assert "DigestValue" in answer.text("errorMessage")


def test_file_that_the_payload_does_not_name_is_refused(registries, hub, lines):
    archive = archive_of(("other.xml", lines))
    answer = submit(registries, submitted(hub, lines), enclosed(archive, "req_1"))
    assert (answer.status, answer.text("rule")) == ("INVALID", "app-document")


def test_bomb_is_refused(registries, hub, lines):
    archive = archive_of(("lines.xml", b" " * 60_000_000))
    answer = submit(registries, submitted(hub, lines), enclosed(archive, "req_1"))
    assert (answer.status, answer.error_codes) == ("REJECT", ["TOO_LARGE"])


def test_path_out_of_the_archive_is_refused(registries, hub, lines):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("../evil", b"x")
    answer = submit(registries, submitted(hub, lines), enclosed(body.getvalue(), "req_1"))
    assert answer.status == "INVALID"


def test_journal_keeps_the_message_as_it_came(client, hub):
    octets = client.envelope(f"{SMEV2_PAYMENTS}PingRequest", PING)
    told = client.send(octets).message.request_id
    with hub.databases[Contour.TEST].reading() as transaction:
        rows = transaction.execute(
            journal_entry.select().where(journal_entry.c.message_id == told)
        ).mappings()
        assert [(row["binding"], row["operation"]) for row in rows] == [("smev2", "Ping")]


def got(client, query: str = "") -> requests.Response:
    return requests.get(f"{client.url}{query}", timeout=30)


def test_wsdl_is_published_at_the_address_of_the_binding(client, hub):
    wsdl = got(client, "?wsdl")
    assert f'location="{client.url}"' in wsdl.text
    assert zeep.Client(f"{client.url}?wsdl").service


def test_every_schema_is_published_by_its_short_name(client, catalog):
    for name in schema_names(catalog.contract(PAYMENTS).smev2):
        assert etree.fromstring(got(client, f"?xsd={name}").content).tag.endswith("schema")


def test_bundle_has_the_files_and_samples_of_the_binding(client):
    with zipfile.ZipFile(io.BytesIO(got(client, "?zip").content)) as archive:
        names = set(archive.namelist())
    assert {
        "wsdl/meals/bank-payment/1.0/BankPaymentServiceSmev2.wsdl",
        "xsd/external/smev/smev256.xsd",
        "samples/PingRequest.xml",
        "SHA256SUMS",
    } <= names


def test_page_tells_people_of_the_binding(client):
    page = got(client)
    assert (page.status_code, "CITT72001" in page.text) == (200, True)


def test_samples_are_valid_by_the_published_files(client, catalog):
    contract = catalog.contract(PAYMENTS).smev2
    for operation in contract.operations:
        for tag in (operation.request, operation.response):
            name = etree.QName(tag).localname
            sample = etree.fromstring(got(client, f"?sample={name}").content)
            assert contract.validate(sample.find("{*}Body")[0]), contract.last_error()
