"""The published schemas: they compile everywhere, are documented, and mean what they say."""

import functools
import re
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from adapters import desk
from adapters.bank import errors as bank_errors
from adapters.portal import errors as portal_errors
from adapters.portal import statuses
from gateway import files
from gateway.conformance.service import CONFORMANCE as TRIALS
from gateway.kernel import errors
from gateway.kernel.xml import make_parser

ROOT = Path(__file__).parents[2]
EXTERNAL = ROOT / "xsd" / "external"
SCHEMAS = sorted(
    path for path in (ROOT / "xsd").rglob("*.xsd") if not path.is_relative_to(EXTERNAL)
)
"""Our own; what lies in `external` is somebody else's to the letter."""
V25 = ROOT / "xsd/portal/events-v25/1.0/events-v25.xsd"
"""A contract of others in our own words: its namespace is theirs."""
XS = "{http://www.w3.org/2001/XMLSchema}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DOCUMENTED = ("element", "any", "attribute", "simpleType", "complexType", "enumeration", "schema")
BANK = ROOT / "xsd/meals/bank-payment/1.0/bank-payment.xsd"
REGISTRY = ROOT / "xsd/meals/payment-registry/1.0/payment-registry.xsd"
CONFORMANCE = ROOT / "xsd/test/conformance/1.0/conformance.xsd"
APPLICATION = ROOT / "xsd/portal/application/1.0/application.xsd"
PORTAL_COMMON = ROOT / "xsd/portal/common/1.0/portal-common.xsd"
HUB = ROOT / "xsd/hub/1.0/hub.xsd"

each_schema = pytest.mark.parametrize(
    "path", SCHEMAS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def tree(path):
    return etree.fromstring(path.read_bytes(), make_parser(), base_url=path.as_uri())


def values(path, name):
    """Enumeration values of a simple type, as they are written."""
    found = tree(path).findall(f"{XS}simpleType[@name='{name}']//{XS}enumeration")
    return {item.get("value"): item for item in found}


def messages(kind):
    return sorted((Path(__file__).parent / "messages" / kind).glob("*.xml"))


def schema_of(namespace):
    return next(path for path in SCHEMAS if tree(path).get("targetNamespace") == namespace)


@functools.cache
def compiled(namespace):
    """Compile the schema of a namespace with lxml and with xmlschema."""
    path = str(schema_of(namespace))
    return etree.XMLSchema(file=path), xmlschema.XMLSchema(path, allow="local", defuse="always")


def read_message(path):
    element = etree.fromstring(path.read_bytes(), make_parser())
    return element, *compiled(etree.QName(element).namespace)


def test_every_service_has_its_schemas():
    assert [path.relative_to(ROOT).as_posix() for path in SCHEMAS] == [
        "xsd/common/1.0/common.xsd",
        "xsd/documents/1.0/documents.xsd",
        "xsd/hub/1.0/hub.xsd",
        "xsd/meals/admin/1.0/admin.xsd",
        "xsd/meals/bank-payment/1.0/bank-payment.xsd",
        "xsd/meals/class-request/1.0/class-request.xsd",
        "xsd/meals/menu-import/1.0/menu-import.xsd",
        "xsd/meals/order/1.0/order.xsd",
        "xsd/meals/organizer/1.0/organizer.xsd",
        "xsd/meals/payment-registry/1.0/payment-registry.xsd",
        "xsd/portal/application/1.0/application.xsd",
        "xsd/portal/application/smev2/1.0/application-smev2.xsd",
        "xsd/portal/common/1.0/portal-common.xsd",
        "xsd/portal/event-sink/1.0/event-sink.xsd",
        "xsd/portal/event-sink/smev2/1.0/event-sink-smev2.xsd",
        "xsd/portal/events/1.0/events.xsd",
        "xsd/portal/events/smev2/1.0/events-smev2.xsd",
        "xsd/portal/events-v25/1.0/events-v25.xsd",
        "xsd/portal/ppu/1.0/ppu.xsd",
        "xsd/registry/documents/1.0/documents.xsd",
        "xsd/registry/formats/1.0/formats.xsd",
        "xsd/registry/onboarding/1.0/onboarding.xsd",
        "xsd/school/data/1.0/data.xsd",
        "xsd/smev2/1.0/smev2.xsd",
        "xsd/support/notify/1.0/notify.xsd",
        "xsd/test/conformance/1.0/conformance.xsd",
    ]


@each_schema
def test_schema_compiles_in_lxml(path):
    assert etree.XMLSchema(file=str(path)) is not None


@each_schema
def test_schema_compiles_in_xmlschema_without_the_network(path):
    schema = xmlschema.XMLSchema(str(path), allow="local", defuse="always")
    assert schema.validation_attempted == "full"


@each_schema
def test_everything_a_reader_meets_is_documented_in_russian(path):
    silent = [
        f"{item.sourceline}: {item.get('name') or item.get('value')}"
        for name in DOCUMENTED
        for item in tree(path).iter(f"{XS}{name}")
        if not any(
            note.get(XML_LANG) == "ru" and re.search("[а-яё]{2}", note.text or "")
            for note in item.findall(f"{XS}annotation/{XS}documentation")
        )
    ]
    assert silent == []


@each_schema
def test_every_type_has_a_name(path):
    nameless = [
        item.sourceline
        for name in ("simpleType", "complexType")
        for item in tree(path).iter(f"{XS}{name}")
        if item.get("name") is None or item.getparent().tag != f"{XS}schema"
    ]
    untyped = [item.sourceline for item in tree(path).iter(f"{XS}element") if not item.get("type")]
    assert (nameless, untyped) == ([], [])


@each_schema
def test_only_the_form_of_a_service_may_be_anything(path):
    # Its XSD is published for each service and version of the form, apart from the contract; the
    # hub holds the form against it. Whatever else a message says is described by the contract.
    anything = [
        (item.getparent().getparent().get("name"), item.get("namespace"), item.get("maxOccurs"))
        for item in tree(path).iter(f"{XS}any")
    ]
    assert anything == ([("FormDataType", "##other", None)] if path == APPLICATION else [])


@each_schema
@pytest.mark.parametrize("name", ["anyAttribute", "redefine", "include", "union", "list"])
def test_nothing_is_used_that_clients_stumble_over(path, name):
    assert [item.sourceline for item in tree(path).iter(f"{XS}{name}")] == []


@each_schema
def test_elements_are_qualified_and_attributes_are_not(path):
    schema = tree(path)
    assert schema.get("elementFormDefault") == "qualified"
    assert schema.get("attributeFormDefault") == "unqualified"


@each_schema
def test_namespace_names_the_folder(path):
    folder = path.parent.relative_to(ROOT / "xsd").as_posix()
    own = f"urn://x-artefacts-citto-72/{folder}"
    theirs = "http://idecs.atc.ru/orderprocessing/ws/eventservice/v25/"
    assert tree(path).get("targetNamespace") == (theirs if path == V25 else own)


@each_schema
def test_every_import_is_a_relative_path_to_a_file_of_that_namespace(path):
    for item in tree(path).iter(f"{XS}import"):
        location = item.get("schemaLocation")
        assert location.startswith("../")
        assert tree(path.parent / location).get("targetNamespace") == item.get("namespace")


@pytest.mark.parametrize("path", messages("valid"), ids=lambda path: path.stem)
def test_good_message_is_accepted(path):
    message, fast, exact = read_message(path)
    fast.assertValid(message)
    exact.validate(message)


@pytest.mark.parametrize("path", messages("invalid"), ids=lambda path: path.stem)
def test_bad_message_is_refused_for_one_place(path):
    message, fast, exact = read_message(path)
    assert not fast.validate(message)
    assert len({error.line for error in fast.error_log}) == 1
    assert not exact.is_valid(message)


def test_result_codes_are_those_the_bank_slice_answers_with():
    named = {int(value): item.get("id") for value, item in values(BANK, "ResultCode").items()}
    assert named == {code.value: code.name for code in bank_errors.ResultCode}


def test_every_result_code_says_once_whether_to_repeat():
    texts = {
        int(value): " ".join(item.itertext()) for value, item in values(BANK, "ResultCode").items()
    }
    final = {code for code, text in texts.items() if "Окончательный" in text}
    repeatable = {code for code, text in texts.items() if "Повторимый" in text}
    assert final == {code.value for code, meant in bank_errors.MEANINGS.items() if meant.final}
    assert repeatable == texts.keys() - final


def test_every_reason_of_the_bank_slice_is_published():
    assert {reason.name for reason in bank_errors.Refusal} == set(values(BANK, "KnownReason"))


def fault_codes(module):
    """Codes of the fault classes that a module defines."""
    return {
        item.code: item.retryable
        for item in vars(module).values()
        if isinstance(item, type)
        and issubclass(item, errors.GatewayError)
        and item.__module__ == module.__name__
        and item is not errors.GatewayError
    }


def test_common_fault_codes_are_those_of_the_hub():
    assert fault_codes(errors).keys() == values(HUB, "CommonFaultCode").keys()


def test_fault_codes_say_to_repeat_exactly_when_the_hub_says_retryable():
    said = {
        code: "Повторимая" in " ".join(item.itertext())
        for code, item in values(HUB, "CommonFaultCode").items()
    }
    assert said == fault_codes(errors)


def test_fault_codes_of_the_desk_are_those_of_its_slice_and_of_enrolment():
    said = {
        code
        for path, name in (
            (ROOT / "xsd/registry/onboarding/1.0/onboarding.xsd", "OnboardingFaultCode"),
            (ROOT / "xsd/registry/formats/1.0/formats.xsd", "FormatsFaultCode"),
        )
        for code in values(path, name)
    }
    raised = {
        error.code
        for service in desk.ADAPTER.services
        for operation in service.operations
        for error in operation.faults
    }
    assert said == raised


def test_fault_codes_of_the_registry_service_are_those_of_the_bank_slice():
    said = {
        code: "Повторимая" in " ".join(item.itertext())
        for code, item in values(REGISTRY, "RegistryFaultCode").items()
    }
    assert said == fault_codes(bank_errors)


def test_fault_codes_of_the_portal_are_those_of_its_slice():
    codes = fault_codes(portal_errors) | fault_codes(files)
    assert values(APPLICATION, "PortalFaultCode").keys() == codes.keys()
    assert not any(codes.values())


def test_published_states_of_applications_are_those_of_the_packaged_table():
    published = {
        int(value): " ".join("".join(item.itertext()).split())
        for value, item in values(PORTAL_COMMON, "KnownTechCode").items()
    }
    table = statuses.load()
    assert published.keys() == table.codes
    assert {
        code
        for code, text in published.items()
        if "Окончательный:" in text or ("Окончательный." in text)
    } == {code for code in table.codes if table.is_final(code)}


def test_fault_codes_of_the_trials_are_those_that_its_operations_name():
    common = values(HUB, "CommonFaultCode").keys()
    named = {
        error.code
        for operation in TRIALS.operations
        for error in operation.faults
        if error.code not in common
    }
    assert values(CONFORMANCE, "ConformanceFaultCode").keys() == named
