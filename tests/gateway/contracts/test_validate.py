import copy
import threading
import time

import pytest
from lxml import etree

from gateway.contracts import sample, validate
from gateway.contracts.catalog import load_catalog
from gateway.contracts.outline import read_outline
from gateway.kernel.xml import make_parser

COMMON = "urn://x-artefacts-citto-72/common/1.0"
REGISTRY = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"


@pytest.fixture
def registry(message):
    return message("registry_valid")


@pytest.fixture
def explain(registry_contract):
    def find(element, limit=50):
        assert not registry_contract.validate(element)
        return validate.findings(registry_contract, element, limit)[0]

    return find


def first(element, name):
    return next(element.iter(f"{{*}}{name}"))


def test_a_valid_message_has_no_findings(registry_contract, registry):
    assert registry_contract.validate(registry)
    assert validate.findings(registry_contract, registry) == ((), False)


def test_every_independent_error_is_listed_with_place_and_rule(explain, message):
    found = [(f.line, f.path, f.rule) for f in explain(message("registry_many_errors"))]
    root = "/SubmitRegistryRequest"
    assert found == [
        (4, f"{root}/registryNumber", "maxLength"),
        (5, f"{root}/registryDate", "Date"),
        (6, f"{root}/organizerInn", "pattern"),
        (8, f"{root}/period/from", "namespace"),
        (11, f"{root}/kind", "enumeration"),
        (12, f"{root}/count", "minInclusive"),
        (13, f"{root}/totalAmount", "Money"),
        (18, f"{root}/line[1]/amount", "fractionDigits"),
        (20, f"{root}/line[1]/channel", "enumeration"),
        (27, f"{root}/line[2]/paymentTime", "required"),
        (33, f"{root}/line[3]/bankPaymentId", "minLength"),
        (35, f"{root}/line[3]/sum", "unknown-element"),
        (40, f"{root}/line[4]", "unknown-attribute"),
        (44, f"{root}/line[4]/amount", "totalDigits"),
        (40, f"{root}/line[4]", "required"),
    ]


def test_every_finding_advises_in_russian(explain, message):
    for finding in explain(message("registry_many_errors")):
        assert finding.advice
        assert any("а" <= letter <= "я" for letter in finding.text)
        assert "Element" not in finding.text + finding.advice


def test_prefixes_do_not_change_paths(explain, message):
    assert [f.path for f in explain(message("registry_prefixed"))] == [
        "/SubmitRegistryRequest/line[2]/amount"
    ]


def test_allowed_values_are_listed_and_the_nearest_proposed(explain, registry):
    first(registry, "kind").text = "Online"
    (finding,) = explain(registry)
    assert finding.value == "Online"
    assert finding.advice == "Допустимы: ONLINE, ACQUIRING. Возможно, имелось в виду ONLINE."


def test_a_missing_element_is_named_without_the_optional_ones_before_it(explain, registry):
    line = first(registry, "line")
    line.remove(first(line, "status"))
    (finding,) = explain(registry)
    assert finding.text == "В элементе line не хватает обязательного: status."


def test_a_repeated_element_is_called_repeated(explain, registry):
    inn = first(registry, "organizerInn")
    inn.addnext(copy.deepcopy(inn))
    (finding,) = explain(registry)
    assert finding.rule == "maxOccurs"
    assert finding.path == "/SubmitRegistryRequest/organizerInn[2]"


def test_a_misspelt_element_is_recognised(explain, registry):
    first(registry, "registryDate").tag = f"{{{REGISTRY}}}registryDat"
    (finding,) = explain(registry)
    assert finding.rule == "unknown-element"
    assert "имелся в виду registryDate" in finding.advice


def test_a_pattern_is_explained_by_the_documentation_of_its_type(explain, registry):
    first(registry, "organizerInn").text = "12345"
    (finding,) = explain(registry)
    assert finding.rule == "pattern"
    assert "10 цифр у организации" in finding.advice


def test_a_comma_in_an_amount_is_answered_with_the_right_form(explain, registry):
    first(registry, "totalAmount").text = "100,00"
    (finding,) = explain(registry)
    assert "1250.50" in finding.advice


def test_elements_inside_a_value_are_one_finding(explain, registry):
    etree.SubElement(first(registry, "totalAmount"), f"{{{REGISTRY}}}rub").text = "5"
    (finding,) = explain(registry)
    assert finding.rule == "simple-content"


def test_text_between_elements_is_told(explain, registry):
    first(registry, "line").text = "итого"
    (finding,) = explain(registry)
    assert finding.rule == "element-content"


def test_nil_is_told(explain, registry):
    first(registry, "totalAmount").set("{http://www.w3.org/2001/XMLSchema-instance}nil", "true")
    assert next(f.rule for f in explain(registry)) == "nillable"


def test_a_foreign_type_is_told(explain, registry):
    first(registry, "line").set("{http://www.w3.org/2001/XMLSchema-instance}type", "x")
    assert "xsi:type" in [f.rule for f in explain(registry)]


def test_an_unknown_root_is_told_with_the_known_ones(explain):
    (finding,) = explain(etree.Element(f"{{{REGISTRY}}}SubmitRegister"))
    assert finding.rule == "unknown-element"
    assert "SubmitRegistryRequest" in finding.advice


def test_a_root_of_another_namespace_is_told(explain):
    (finding,) = explain(etree.Element("{urn:other}SubmitRegistryRequest"))
    assert finding.rule == "namespace"
    assert REGISTRY in finding.advice


def test_a_long_value_is_cut(explain, registry):
    first(registry, "registryNumber").text = "9" * 5000
    (finding,) = explain(registry)
    assert len(finding.value) == 100


def test_names_of_any_length_fit_into_a_fault(explain, registry):
    for _ in range(20):
        parent = first(registry, "line")
        etree.SubElement(parent, f"{{{REGISTRY}}}{'x' * 30_000}")
    (finding,) = explain(registry)
    assert len(finding.text) <= 1000
    assert len(finding.path) <= 1000
    assert len(finding.advice) <= 1000


def test_personal_values_are_hidden(bank_contract):
    space = bank_contract.namespace
    response = etree.Element(f"{{{space}}}CheckAccountResponse")
    for name, value in [
        ("resultCode", "0"),
        ("resultText", "Принято"),
        ("account", "1234567897"),
        ("pupilMask", "Иванов Иван Иванович " * 10),
    ]:
        etree.SubElement(response, f"{{{space}}}{name}").text = value
    (finding,), _ = validate.findings(bank_contract, response)
    assert finding.path == "/CheckAccountResponse/pupilMask"
    assert finding.value == "***"
    assert "Иван" not in finding.text + finding.advice


def test_a_snils_is_hidden_in_any_value(explain, registry):
    first(registry, "registryNumber").text = "СНИЛС 112-233-445 95 и ещё"
    (finding,) = explain(registry)
    assert finding.value == "СНИЛС *** и ещё"


def test_findings_are_cut_at_the_limit(registry_contract, message):
    found, truncated = validate.findings(registry_contract, message("registry_many_errors"), 3)
    assert len(found) == 3
    assert truncated


def test_exactly_as_many_findings_as_the_limit_are_not_truncated(registry_contract, message):
    element = message("registry_many_errors")
    found, truncated = validate.findings(registry_contract, element, 15)
    assert len(found) == 15
    assert not truncated


def test_the_message_itself_is_not_changed(explain, message):
    element = message("registry_many_errors")
    before = etree.tostring(element)
    explain(element)
    assert etree.tostring(element) == before


def with_lines(registry, count):
    line = first(registry, "line")
    for number in range(len(registry.findall("{*}line")), count):
        added = copy.deepcopy(line)
        first(added, "lineNo").text = str(number + 1)
        registry.append(added)
    return etree.fromstring(etree.tostring(registry), make_parser())


def test_a_message_of_many_lines_is_validated(registry_contract, registry):
    assert registry_contract.validate(with_lines(registry, 3000))


def test_an_error_among_many_lines_has_its_true_place(explain, registry):
    element = with_lines(registry, 3000)
    line = element.findall("{*}line")[2345]
    first(line, "amount").text = "x"
    (finding,) = explain(element)
    assert finding.path == "/SubmitRegistryRequest/line[2346]/amount"
    assert finding.line == first(line, "amount").sourceline


def test_errors_before_and_after_many_lines_are_told_once(explain, registry):
    element = with_lines(registry, 3000)
    first(element, "registryDate").text = "x"
    etree.SubElement(element, f"{{{REGISTRY}}}more")
    element.set("extra", "1")
    assert [(f.path, f.rule) for f in explain(element)] == [
        ("/SubmitRegistryRequest", "unknown-attribute"),
        ("/SubmitRegistryRequest/registryDate", "Date"),
        ("/SubmitRegistryRequest/more", "unknown-element"),
    ]


def test_an_error_on_every_one_of_many_lines_does_not_take_long(registry_contract):
    root = etree.Element(f"{{{REGISTRY}}}PaymentRegistryFile")
    for _ in range(40_000):
        etree.SubElement(root, f"{{{REGISTRY}}}line")
    start = time.process_time()
    assert not registry_contract.validate(root)
    found, truncated = validate.findings(registry_contract, root)
    # Counting preceding siblings for every error would take four seconds.
    assert time.process_time() - start < 2
    assert len(found) == 50
    assert truncated


def test_threads_do_not_mix_their_errors(registry_contract, registry):
    broken = copy.deepcopy(registry)
    first(broken, "kind").text = "X"
    verdicts = []

    def work(element, expected):
        verdicts.append(all(registry_contract.validate(element) is expected for _ in range(300)))

    jobs = [(copy.deepcopy(registry), True), (copy.deepcopy(broken), False)] * 3
    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts == [True] * 6


def test_the_last_error_is_named_without_the_value(registry_contract, registry):
    first(registry, "kind").text = "SECRET"
    registry_contract.validate(registry)
    assert registry_contract.last_error() == "SCHEMAV_CVC_ENUMERATION_VALID at /*/*[6]"


def test_form_that_is_missing_or_foreign_to_no_service_is_asked_for_in_words():
    contract = load_catalog().contract("portal/application/1.0")
    tag = next(one.request for one in contract.operations if one.name == "SubmitApplication")
    application = sample.payload(contract, read_outline(contract), tag)
    first(application, "formData").clear()

    (finding,) = validate.findings(contract, application)[0]

    assert finding.text == (
        "В элементе formData не хватает обязательного: элемент из пространства имён самой услуги."
    )
