from pathlib import Path

import pytest
from lxml import etree

from gateway.contracts import explain
from gateway.kernel.errors import NotFound

MESSAGES = Path(__file__).parent / "messages"
SPACE = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"
REGISTRY = "meals/payment-registry/1.0"
SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"


@pytest.fixture
def check(catalog):
    return lambda data, name=None: explain.check_file(data, name, catalog)


def read(name: str) -> bytes:
    return (MESSAGES / f"{name}.xml").read_bytes()


def envelope(soap: str, *body: bytes, header: bytes = b"") -> bytes:
    content = b"".join(part.partition(b"?>\n")[2] or part for part in body)
    return (
        f'<s:Envelope xmlns:s="{soap}"><s:Header>'.encode()
        + header
        + b"</s:Header>\n<s:Body>"
        + content
        + b"</s:Body></s:Envelope>"
    )


def line(number: int, amount: str = "1.00") -> str:
    return (
        f"<line><lineNo>{number}</lineNo><bankPaymentId>P-{number}</bankPaymentId>"
        f"<account>1000007919</account><amount>{amount}</amount>"
        "<paymentTime>2026-09-01T08:30:00+05:00</paymentTime>"
        "<channel>ATM</channel><status>PAID</status></line>\n"
    )


def registry_file(*lines: str) -> bytes:
    return (
        f'<PaymentRegistryFile xmlns="{SPACE}">\n' + "".join(lines) + "</PaymentRegistryFile>"
    ).encode()


def test_a_valid_payload_is_valid(check):
    report = check(MESSAGES / "registry_valid.xml")
    assert report.valid
    assert (report.format, report.root) == (REGISTRY, "SubmitRegistryRequest")
    assert report.findings == ()


def test_every_error_of_a_payload_is_named(check):
    report = check(MESSAGES / "registry_many_errors.xml")
    assert not report.valid
    assert report.total == len(report.findings) == 15
    assert all(finding.line and finding.path and finding.advice for finding in report.findings)


@pytest.mark.parametrize("soap", [SOAP11, SOAP12])
def test_the_payload_is_taken_out_of_an_envelope(check, soap):
    report = check(envelope(soap, read("registry_many_errors")))
    assert report.root == "SubmitRegistryRequest"
    assert report.total == 15
    assert report.findings[0].path == "/SubmitRegistryRequest/registryNumber"


def test_the_message_header_is_checked_with_its_payload(check):
    header = b'<h:MessageHeader xmlns:h="urn://x-artefacts-citto-72/hub/1.0"/>'
    report = check(envelope(SOAP11, read("registry_valid"), header=header))
    assert [finding.path for finding in report.findings] == ["/MessageHeader"]


def test_the_detail_of_a_fault_is_checked(check):
    fault = (
        f'<s:Fault xmlns:s="{SOAP11}"><faultcode>s:Client</faultcode><faultstring>x</faultstring>'
        '<detail><HubFault xmlns="urn://x-artefacts-citto-72/hub/1.0"><code>X Y</code></HubFault>'
        "</detail></s:Fault>"
    )
    report = check(envelope(SOAP11, fault.encode()))
    assert report.root == "HubFault"
    assert not report.valid


@pytest.mark.parametrize("body", [(), (b"<a/>", b"<b/>")])
def test_an_envelope_without_its_one_payload_is_told(check, body):
    (finding,) = check(envelope(SOAP11, *body)).findings
    assert finding.rule == "soap-envelope"
    assert finding.path == "/Envelope/Body"
    assert finding.line == 2


def test_a_registry_file_is_recognised(check):
    report = check(registry_file(line(1), line(2)))
    assert report.valid
    assert report.root == "PaymentRegistryFile"


def test_all_errors_of_a_big_file_are_counted_and_the_first_fifty_told(check):
    data = registry_file(*(line(n, "1.00" if n % 10 else "1,00") for n in range(1, 5001)))
    report = check(data)
    assert report.total == 500
    assert len(report.findings) == 50
    assert report.findings[49].path == "/PaymentRegistryFile/line[500]/amount"
    assert report.findings[49].line == 501


def test_all_errors_of_a_wide_payload_are_counted(check):
    root = etree.fromstring(read("registry_valid"))
    for number in range(3, 3003):
        text = f"<a xmlns='{SPACE}'>{line(number, 'x')}</a>"
        root.append(etree.fromstring(text)[0])
    report = check(etree.tostring(root))
    assert report.total == 3000
    assert report.findings[0].path == "/SubmitRegistryRequest/line[3]/amount"


def test_errors_before_the_end_of_a_cut_file_are_told_with_the_cut(check):
    data = registry_file(*(line(n, "x" if n == 1 else "1.00") for n in range(1, 2001)))
    report = check(data[: len(data) // 2])
    assert report.findings[0].path == "/PaymentRegistryFile/line[1]/amount"
    assert report.findings[-1].rule is not None
    assert report.findings[-1].rule.startswith("ERR_")
    assert report.total == 2


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "ERR_DOCUMENT_EMPTY"),
        (b"PK\x03\x04", "ERR_DOCUMENT_EMPTY"),
        (b"<a>\n<b></a>", "ERR_TAG_NAME_MISMATCH"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        ("<a/>".encode("utf-16"), "encoding"),
        (b"<!--" + b"x" * 70_000 + b"--><a/>", "root"),
    ],
)
def test_what_is_no_xml_of_ours_is_one_finding(check, data, rule):
    report = check(data)
    assert [finding.rule for finding in report.findings] == [rule]
    assert (report.total, report.format) == (1, None)


def test_a_file_in_windows_1251_is_read(check):
    text = '<?xml version="1.0" encoding="windows-1251"?>\n' + registry_file(line(1)).decode()
    assert check(text.replace("P-1", "Платёж 1").encode("cp1251")).valid


def test_a_foreign_namespace_is_answered_with_the_right_one(check):
    (finding,) = check(registry_file(line(1)).replace(SPACE.encode(), b"urn:other")).findings
    assert finding.rule == "root"
    assert SPACE in finding.advice


def test_an_unknown_root_is_answered_with_the_list_of_formats(check):
    (finding,) = check(b"<Invoice/>").findings
    assert REGISTRY in finding.advice


def test_a_format_may_be_demanded(check):
    data = b'<PingRequest xmlns="urn://x-artefacts-citto-72/meals/bank-payment/1.0"/>'
    assert check(data, "meals/bank-payment/1.0").valid
    report = check(data, REGISTRY)
    assert report.format == REGISTRY
    assert [finding.rule for finding in report.findings] == ["namespace"]


def test_a_format_that_is_not_published_is_not_found(check):
    with pytest.raises(NotFound):
        check(b"<a/>", "meals/payment-registry/9.9")


def test_a_file_too_big_to_be_read_whole_is_told(check, monkeypatch):
    monkeypatch.setattr(explain, "LARGEST_TREE", 100)
    (finding,) = check(read("registry_valid")).findings
    assert finding.rule == "TOO_LARGE"
