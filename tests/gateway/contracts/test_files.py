import pytest

from gateway.contracts.errors import ContractBroken
from gateway.contracts.files import ContractFiles, locate
from gateway.kernel.errors import NotFound


def test_the_installed_folders_are_found():
    files = locate()
    assert "wsdl/meals/bank-payment/1.0/BankPaymentService.wsdl" in files.wsdls()
    assert b"targetNamespace" in files.read("xsd/common/1.0/common.xsd")


@pytest.mark.parametrize(
    "name",
    [
        "xsd/../setup.cfg",
        "xsd/common/../../wsdl/__init__.xsd",
        "../xsd/common/1.0/common.xsd",
        "/etc/passwd",
        "xsd/common/1.0/common.xsd\0",
        "xsd/__init__.py",
        "xsd//common/1.0/common.xsd",
        "wsdl",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_not_found(name):
    with pytest.raises(NotFound):
        locate().read(name)


def test_a_file_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        locate().read("xsd/common/9.9/common.xsd")


def test_folders_that_are_not_neighbours_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr("gateway.contracts.files.files", lambda name: tmp_path / name / name)
    with pytest.raises(ContractBroken, match="не рядом"):
        locate()


def test_a_folder_without_contracts_has_none(tmp_path):
    (tmp_path / "wsdl").mkdir()
    assert ContractFiles(tmp_path).wsdls() == ()
