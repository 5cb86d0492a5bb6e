import pytest
from lxml import etree

from gateway.kernel.errors import Finding, Internal, TooLarge, ValidationError
from gateway.soap import errors, fault
from gateway.soap.parse import Version

HUB = {"h": "urn://x-artefacts-citto-72/hub/1.0"}


def detail(octets: bytes, name: str) -> list[str]:
    return etree.fromstring(octets).xpath(f"//h:{name}/text()", namespaces=HUB)


@pytest.mark.parametrize(
    ("version", "error", "status"),
    [
        (Version.SOAP11, ValidationError(), 500),
        (Version.SOAP11, Internal(), 500),
        (Version.SOAP12, ValidationError(), 400),
        (Version.SOAP12, Internal(), 500),
        (Version.SOAP12, errors.HeaderNotUnderstood(), 500),
        (Version.SOAP12, errors.VersionMismatch(), 500),
        (Version.SOAP11, TooLarge(), 413),
    ],
)
def test_http_status_follows_the_soap_version(version, error, status):
    assert fault.http_status(version, error) == status


@pytest.mark.parametrize("version", Version)
def test_fault_carries_every_finding_with_its_place(version):
    error = ValidationError(
        findings=(
            Finding("Плохо.", line=3, path="/a/b", rule="pattern", value="x", advice="Исправьте."),
            Finding("И это плохо.", line=4),
        )
    )
    octets = fault.build(version, error, "1-7", None)
    assert detail(octets, "line") == ["3", "4"]
    assert detail(octets, "entry") == ["1-7"]
    assert detail(octets, "code") == ["VALIDATION_ERROR"]


def test_more_findings_than_are_shown_are_said_to_be_more():
    error = ValidationError(findings=tuple(Finding(str(number)) for number in range(60)))
    octets = fault.build(Version.SOAP11, error, "1-7", None)
    assert len(detail(octets, "text")) == 50
    assert detail(octets, "truncated") == ["true"]


def test_text_that_xml_cannot_carry_is_replaced():
    error = ValidationError(findings=(Finding("a\x00b\x1bc"),))
    assert detail(fault.build(Version.SOAP11, error, "1-1", None), "text") == ["a\ufffdb\ufffdc"]


def test_soap_reserves_codes_of_its_own():
    octets = fault.build(Version.SOAP11, errors.HeaderNotUnderstood(), "1-1", None)
    assert etree.fromstring(octets).findtext(".//faultcode") == "soap:MustUnderstand"
