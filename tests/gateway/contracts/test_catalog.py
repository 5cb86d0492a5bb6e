import shutil

import pytest
from lxml import etree

from gateway.contracts.catalog import load_catalog
from gateway.contracts.errors import ContractBroken
from gateway.contracts.files import ContractFiles, locate
from gateway.kernel.errors import NotFound

WSDL = "wsdl/meals/bank-payment/1.0/BankPaymentService.wsdl"
XSD = "xsd/meals/bank-payment/1.0/bank-payment.xsd"


@pytest.fixture
def folder(tmp_path):
    """A copy of the published files in a folder with a difficult name."""
    root = tmp_path / "папка с пробелом & #1"
    for name in ("wsdl", "xsd"):
        shutil.copytree(locate().root / name, root / name)
    return root


@pytest.fixture
def spoil(folder):
    def replace(name: str, old: str, new: str) -> ContractFiles:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")
        return ContractFiles(folder)

    return replace


def test_a_contract_knows_what_its_wsdl_says(bank_contract):
    assert bank_contract.service == "BankPaymentService"
    assert bank_contract.namespace == "urn://x-artefacts-citto-72/meals/bank-payment/1.0"
    assert bank_contract.version == "1.0"
    assert bank_contract.title == "Приём платежей за питание"
    assert bank_contract.documentation.startswith(bank_contract.title)


def test_an_operation_names_its_elements_and_action(bank_contract):
    (check,) = (o for o in bank_contract.operations if o.name == "CheckAccount")
    space = bank_contract.namespace
    assert check.request == f"{{{space}}}CheckAccountRequest"
    assert check.response == f"{{{space}}}CheckAccountResponse"
    assert check.fault == "{urn://x-artefacts-citto-72/hub/1.0}HubFault"
    assert check.soap_action == f"{space}/CheckAccount"
    assert check.documentation


def test_a_contract_holds_every_file_it_leads_to_byte_for_byte(bank_contract):
    assert set(bank_contract.documents) == {
        WSDL,
        XSD,
        "xsd/common/1.0/common.xsd",
        "xsd/hub/1.0/hub.xsd",
    }
    assert bank_contract.documents[XSD] == locate().read(XSD)


def test_only_elements_made_for_mtom_are_binary(registry_contract):
    assert registry_contract.binary_elements == {"{urn://x-artefacts-citto-72/common/1.0}content"}


def test_a_contract_is_found_by_a_root_of_its_own(catalog, registry_contract):
    root = f"{{{registry_contract.namespace}}}PaymentRegistryFile"
    assert catalog.by_root(root) is registry_contract
    assert catalog.by_root("{urn://x-artefacts-citto-72/hub/1.0}HubFault") is None


def test_an_unknown_contract_is_not_found(catalog):
    with pytest.raises(NotFound):
        catalog.contract("meals/bank-payment/9.9")


def test_contracts_compile_wherever_the_folder_lies(folder):
    contract = load_catalog(ContractFiles(folder)).contract("meals/bank-payment/1.0")
    assert contract.validate(etree.Element(f"{{{contract.namespace}}}PingRequest"))


def test_a_malformed_file_is_named(spoil):
    files = spoil(XSD, "</xs:schema>", "")
    with pytest.raises(ContractBroken, match=XSD):
        load_catalog(files)


def test_a_missing_schema_is_named(folder):
    (folder / "xsd/common/1.0/common.xsd").unlink()
    with pytest.raises(ContractBroken, match=r"xsd/common/1\.0/common\.xsd.*его нет"):
        load_catalog(ContractFiles(folder))


def test_a_reference_out_of_the_folder_is_refused(spoil, tmp_path):
    (tmp_path / "evil.xsd").write_text("<schema/>")
    files = spoil(WSDL, "../../../../xsd/hub/1.0/hub.xsd", "../../../../../evil.xsd")
    with pytest.raises(ContractBroken, match="evil"):
        load_catalog(files)


def test_a_reference_to_the_network_is_refused(spoil):
    files = spoil(XSD, "../../../common/1.0/common.xsd", "http://127.0.0.1:9/c.xsd")
    with pytest.raises(ContractBroken, match="http"):
        load_catalog(files)


def test_an_unknown_type_is_told(spoil):
    files = spoil(XSD, 'type="tns:CheckAccountRequestType"', 'type="tns:Nowhere"')
    with pytest.raises(ContractBroken, match="Nowhere"):
        load_catalog(files)


def test_an_element_that_no_schema_declares_is_told(spoil):
    files = spoil(WSDL, 'element="tns:CheckAccountRequest"', 'element="tns:CheckRequest"')
    with pytest.raises(ContractBroken, match="CheckRequest операции CheckAccount не объявлен"):
        load_catalog(files)


def test_different_actions_of_the_two_bindings_are_told(spoil):
    files = spoil(
        WSDL,
        '<soap12:operation soapAction="urn://x-artefacts-citto-72/meals/bank-payment/1.0/Ping"',
        '<soap12:operation soapAction="urn:other"',
    )
    with pytest.raises(ContractBroken, match="Ping"):
        load_catalog(files)


def test_an_import_without_location_is_told(spoil):
    files = spoil(XSD, ' schemaLocation="../../../common/1.0/common.xsd"', "")
    with pytest.raises(ContractBroken, match="schemaLocation"):
        load_catalog(files)


def test_a_schema_written_into_the_wsdl_is_refused(spoil):
    files = spoil(WSDL, "</xs:schema>", '<xs:element name="x" type="xs:int"/></xs:schema>')
    with pytest.raises(ContractBroken, match="только xs:import"):
        load_catalog(files)
