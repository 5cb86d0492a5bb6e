"""The published files as they leave the hub."""

import hashlib
import io
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urljoin

import pytest
from lxml import etree
from zeep import Client

from gateway.contracts import publish, sample
from gateway.contracts.catalog import Catalog, Contract, load_catalog
from gateway.contracts.errors import ContractBroken
from gateway.contracts.outline import read_outline
from gateway.kernel.errors import NotFound
from gateway.kernel.message import Contour

CATALOG = load_catalog()
CONTRACTS = [pytest.param(contract, id=contract.name) for contract in CATALOG]
ADDRESS = "https://hub.example/test/ws/somewhere/1.0"


@pytest.fixture
def catalog() -> Catalog:
    return CATALOG


@pytest.fixture(params=CONTRACTS)
def contract(request: pytest.FixtureRequest) -> Contract:
    return request.param


@pytest.fixture(params=[one for one in CONTRACTS if not one.values[0].is_template])
def served(request: pytest.FixtureRequest) -> Contract:
    return request.param


def test_wsdl_of_a_template_is_the_file_to_the_last_byte(catalog):
    template = catalog.contract("portal/event-sink/1.0")

    assert publish.wsdl(template, ADDRESS).body == template.documents[template.wsdl]
    readme = unzip(publish.bundle(template).body)["README.txt"].decode()
    assert "реализует участник" in readme
    assert "ПЕРВЫЙ ВЫЗОВ" not in readme


def test_served_wsdl_is_the_file_but_for_the_addresses(served):
    file = served.documents[served.wsdl]
    wsdl = publish.wsdl(served, ADDRESS).body

    assert wsdl.count(ADDRESS.encode()) == 2
    original = f"http://127.0.0.1:8080/test/ws/{served.name}"
    assert wsdl.replace(ADDRESS.encode(), original.encode()) == file


def test_both_ports_of_the_served_wsdl_have_the_address(served):
    wsdl = etree.fromstring(publish.wsdl(served, ADDRESS).body)

    assert wsdl.xpath("//*[local-name()='address']/@location") == [ADDRESS, ADDRESS]


def test_address_is_written_as_xml_text(served):
    address = 'https://hub.example/?a=1&b="2"<'

    wsdl = etree.fromstring(publish.wsdl(served, address).body)

    assert wsdl.xpath("//*[local-name()='address']/@location") == [address, address]


def test_wsdl_with_a_port_that_has_no_address_is_broken(served):
    data = served.documents[served.wsdl].replace(b"soap12:address", b"soap12:adress")
    broken = replace(served, documents=MappingProxyType({**served.documents, served.wsdl: data}))

    with pytest.raises(ContractBroken, match="адресов 1, а портов 2"):
        publish.wsdl(broken, ADDRESS)


def test_relative_imports_of_the_served_wsdl_lead_to_served_schemas(catalog, contract):
    address = publish.address_of("https://hub.example", Contour.PROD, contract)
    served = etree.fromstring(publish.wsdl(contract, address).body)

    for location in served.xpath("//@schemaLocation"):
        path = urljoin(address, location).removeprefix("https://hub.example/")
        assert publish.schema_file(catalog, path).body == contract.documents[path]


def test_schema_by_name_is_the_file_but_for_its_imports(contract):
    for name, file in publish.schema_names(contract).items():
        served = etree.fromstring(publish.schema(contract, name, ADDRESS).body)
        original = etree.fromstring(contract.documents[file])
        for imported in (
            *served.xpath("//*[@schemaLocation]"),
            *original.xpath("//*[@schemaLocation]"),
        ):
            del imported.attrib["schemaLocation"]

        assert etree.tostring(served, method="c14n") == etree.tostring(original, method="c14n")


def test_imports_of_a_schema_by_name_are_schemas_by_name(contract):
    names = publish.schema_names(contract)
    for name in names:
        served = etree.fromstring(publish.schema(contract, name, ADDRESS).body)
        for location in served.xpath("//@schemaLocation"):
            address, _, imported = location.partition("?xsd=")
            assert address == ADDRESS
            assert imported in names


def test_two_schemas_of_one_name_are_refused(contract):
    twin = {**contract.documents, "xsd/other/1.0/common.xsd": b"<schema/>"}

    with pytest.raises(ContractBroken, match="одинаковые имена"):
        publish.schema_names(replace(contract, documents=MappingProxyType(twin)))


@pytest.mark.parametrize("name", ["", "nothing", "../wsdl", "common.xsd/../hub"])
def test_unknown_schema_is_not_found(contract, name):
    with pytest.raises(NotFound):
        publish.schema(contract, name, ADDRESS)


@pytest.mark.parametrize(
    "path", ["xsd/", "xsd/../setup.cfg", "xsd/common/1.0/../1.0/common.xsd", "xsd/README.md"]
)
def test_only_published_schemas_are_served_by_path(catalog, path):
    with pytest.raises(NotFound):
        publish.schema_file(catalog, path)


def test_wsdl_is_not_served_as_a_schema(catalog, contract):
    with pytest.raises(NotFound):
        publish.schema_file(catalog, contract.wsdl)


def test_bundle_of_another_process_has_the_same_bytes(contract):
    again = load_catalog().contract(contract.name)

    assert publish.bundle(again) == publish.bundle(contract)


def test_bundle_holds_the_files_byte_for_byte_in_their_layout(contract):
    archive = unzip(publish.bundle(contract).body)

    assert {name: archive[name] for name in contract.documents} == contract.documents


def test_bundle_knows_no_address_of_this_hub(served):
    archive = unzip(publish.bundle(served).body)

    assert not any(b"hub.example" in data for data in archive.values())
    assert f"/test/ws/{served.name}" in archive["README.txt"].decode()


def test_sums_in_the_bundle_hold(contract):
    archive = unzip(publish.bundle(contract).body)
    sums = dict(reversed(line.split("  ")) for line in archive["SHA256SUMS"].decode().splitlines())

    assert sums == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in archive.items()
        if name != "SHA256SUMS"
    }


def test_client_is_made_from_the_unpacked_bundle_alone(contract, tmp_path):
    with zipfile.ZipFile(io.BytesIO(publish.bundle(contract).body)) as archive:
        archive.extractall(tmp_path)

    client = Client(str(tmp_path / contract.wsdl))

    known = {operation.name for operation in contract.operations}
    for port in client.wsdl.services[contract.service].ports.values():
        assert set(port.binding._operations) == known


def test_checksum_is_what_sha256sum_reads(contract, tmp_path: Path):
    bundle = publish.bundle(contract)
    (tmp_path / bundle.name).write_bytes(bundle.body)
    (tmp_path / "sum").write_bytes(publish.checksum(bundle).body)

    subprocess.run(["sha256sum", "--check", "--strict", "sum"], cwd=tmp_path, check=True)


def test_every_sample_payload_is_valid(contract):
    outline = read_outline(contract)
    tags = [
        tag for operation in contract.operations for tag in (operation.request, operation.response)
    ]
    tags += [field.tag for field in outline.documents(contract)]

    for tag in (*tags, sample.HEADER, sample.FAULT):
        payload = sample.payload(contract, outline, tag)
        assert contract.validate(payload), f"{tag}: {contract.last_error()}"


@pytest.mark.parametrize(
    ("name", "role"),
    [("meals/order/1.0", "PARENT"), ("meals/class-request/1.0", "CLASS_TEACHER")],
)
def test_sample_of_a_request_for_a_person_says_in_its_header_for_whom(name, role):
    contract = CATALOG.contract(name)
    samples = sample.samples(contract)
    for operation in contract.operations:
        request = etree.fromstring(samples[f"{operation.name}Request"])
        header = request.find(f".//{sample.HEADER}")
        if operation.name == "Ping":
            assert header is None
            continue
        assert contract.validate(header), contract.last_error()
        assert header.findtext("{*}onBehalfOf/{*}role") == role
        assert header.findtext("{*}sender") == "SCHOOL72001"


def test_sample_of_any_other_request_has_no_header():
    for contract in CATALOG:
        if sample.acting_role(contract) is None:
            for operation in contract.operations:
                text = sample.samples(contract)[f"{operation.name}Request"]
                assert b"MessageHeader" not in text


def test_every_operation_has_a_sample_of_both_messages(contract):
    names = {
        f"{operation.name}{direction}"
        for operation in contract.operations
        for direction in ("Request", "Response")
    }

    assert names <= set(sample.samples(contract))


def test_unknown_sample_is_not_found(contract):
    with pytest.raises(NotFound):
        publish.sample_file(contract, "../README")


def unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
