"""The second binding as it is published: foreign tools read it, and its files are the drafts."""

from pathlib import Path

import pytest
import zeep
from lxml import etree

from gateway.contracts import smev2
from gateway.contracts.catalog import SMEV2_WSDL, load_catalog
from gateway.kernel.xml import make_parser

ROOT = Path(__file__).parents[2]
CATALOG = load_catalog()
SECOND = [contract for contract in CATALOG if contract.smev2 is not None]
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"

each = pytest.mark.parametrize("contract", SECOND, ids=lambda contract: contract.name)


def tree(contract):
    return etree.fromstring(contract.smev2.documents[contract.smev2.wsdl], make_parser())


def test_services_that_meet_smev_have_the_second_binding():
    assert {contract.name for contract in SECOND} == {
        "portal/application/1.0",
        "portal/event-sink/1.0",
        "portal/events/1.0",
    }


def test_no_wsdl_of_the_binding_stands_alone():
    found = {path.name for path in (ROOT / "wsdl").rglob(f"*{SMEV2_WSDL}")}
    assert found == {f"{contract.service}{SMEV2_WSDL}" for contract in SECOND}


@each
def test_files_are_what_was_drafted(contract):
    for path, text in smev2.draft(contract).items():
        assert (ROOT / path).read_text("utf-8") == text, f"python -m {smev2.__name__}"


@each
def test_zeep_sees_every_operation(contract):
    [service] = zeep.Client(str(ROOT / contract.smev2.wsdl)).wsdl.services.values()
    [port] = service.ports.values()
    assert set(port.binding._operations) == {one.name for one in contract.operations}


@each
def test_payload_schema_knows_nothing_of_smev(contract):
    assert not any("smev" in name for name in contract.documents)


@each
def test_wrappers_hold_the_parts_of_the_revision_and_nothing_else(contract):
    roots = contract.smev2.vocabulary.roots
    for operation in contract.smev2.operations:
        for tag in (operation.request, operation.response):
            assert roots[tag].type == "{http://smev.gosuslugi.ru/rev120315}BaseMessageType"


@each
def test_schemas_have_names_of_their_own(contract):
    stems = [name.rpartition("/")[2] for name in contract.smev2.documents]
    assert len(stems) == len(set(stems))


@each
def test_address_names_the_binding_and_the_folder(contract):
    [address] = tree(contract).iter(f"{SOAP}address")
    assert address.get("location") == f"http://127.0.0.1:8080/test/smev2/{contract.name}"


@each
def test_everything_is_document_literal_of_soap_11(contract):
    [binding] = tree(contract).iter(f"{WSDL}binding")
    assert binding.find(f"{SOAP}binding").get("style") == "document"
    assert {body.get("use") for body in binding.iter(f"{SOAP}body")} == {"literal"}


@each
def test_header_travels_both_ways(contract):
    for binding in tree(contract).iter(f"{WSDL}binding"):
        for part in [*binding.iter(f"{WSDL}input"), *binding.iter(f"{WSDL}output")]:
            assert part.find(f"{SOAP}header").get("message") == "tns:Header"
