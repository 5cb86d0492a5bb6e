"""The structure of messages: how many times an element stands, and instead of what."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from gateway.contracts.catalog import Contract, load_catalog
from gateway.contracts.outline import Field, Port, read_outline

CATALOG = load_catalog()
REGISTRY = CATALOG.contract("meals/payment-registry/1.0")
BANK = CATALOG.contract("meals/bank-payment/1.0")
BANK_SCHEMA = "xsd/meals/bank-payment/1.0/bank-payment.xsd"


def field(contract: Contract, *way: str) -> Field:
    """Return an element of the contract by the names on the way to it."""
    found = read_outline(contract).elements[f"{{{contract.namespace}}}{way[0]}"]
    for name in way[1:]:
        found = next(child for child in found.children if child.name == name)
    return found


def with_schema(contract: Contract, file: str, old: str, new: str) -> Contract:
    data = contract.documents[file]
    assert data.count(old.encode()) == 1
    changed = data.replace(old.encode(), new.encode())
    return replace(contract, documents=MappingProxyType({**contract.documents, file: changed}))


def test_alternatives_have_the_number_of_their_choice_and_of_their_branch():
    request = field(REGISTRY, "GetRegistryStatusRequest")

    assert [(child.name, child.choice) for child in request.children] == [
        ("registryId", (0, 0)),
        ("hubRegistryId", (0, 1)),
    ]
    assert all(child.required for child in request.children)


def test_alternatives_of_an_optional_choice_are_optional():
    assert not field(REGISTRY, "SubmitRegistryRequest", "line").required
    assert not field(REGISTRY, "SubmitRegistryRequest", "file").required


@pytest.mark.parametrize(
    ("way", "most"),
    [
        (("SubmitRegistryRequest", "line"), None),
        (("GetRegistryStatusResponse", "rejection", "detail"), 50),
        (("SubmitRegistryRequest", "count"), 1),
    ],
)
def test_element_knows_how_many_times_it_may_stand(way, most):
    assert field(REGISTRY, *way).most == most


def test_files_to_attach_are_the_documents_that_are_not_messages():
    outline = read_outline(REGISTRY)

    assert [found.name for found in outline.documents(REGISTRY)] == ["PaymentRegistryFile"]


def test_ports_are_named_as_clients_name_them():
    assert read_outline(BANK).ports == (
        Port("BankPaymentServiceSoap11", "SOAP 1.1"),
        Port("BankPaymentServiceSoap12", "SOAP 1.2"),
    )


def test_type_inside_itself_is_named_once_more_and_not_opened():
    bik = '<xs:element name="bik" type="common:BIK">'
    endless = with_schema(
        BANK,
        BANK_SCHEMA,
        bik,
        f'<xs:element name="inner" type="tns:BeneficiaryType" minOccurs="0"/>{bik}',
    )

    inner = field(endless, "CheckAccountResponse", "beneficiary", "inner")
    assert inner.type.endswith("}BeneficiaryType")
    assert inner.children == ()


def test_extension_begins_with_what_it_extends():
    content = '<xs:complexType name="PingRequestType">'
    extended = with_schema(
        BANK,
        BANK_SCHEMA,
        content,
        '<xs:element name="Extended" type="tns:ExtendedType"/>'
        '<xs:complexType name="ExtendedType"><xs:complexContent>'
        '<xs:extension base="tns:BeneficiaryType"><xs:sequence>'
        '<xs:element name="kpp" type="common:KPP"/>'
        f"</xs:sequence></xs:extension></xs:complexContent></xs:complexType>{content}",
    )

    names = [child.name for child in field(extended, "Extended").children]
    assert names == ["account", "bik", "bankName", "purpose", "kpp"]
