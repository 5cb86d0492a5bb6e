"""The published WSDL: foreign tools read it, and it keeps to WS-I Basic Profile 1.1."""

from collections import Counter
from pathlib import Path

import pytest
import zeep
from lxml import etree

from adapters import portal
from gateway.contracts.catalog import SMEV2_WSDL
from gateway.kernel.xml import make_parser

ROOT = Path(__file__).parents[2]
WSDLS = sorted(
    path for path in (ROOT / "wsdl").rglob("*.wsdl") if not path.name.endswith(SMEV2_WSDL)
)
ANSWERS = [
    path
    for path in sorted((Path(__file__).parent / "messages" / "valid").glob("*.xml"))
    if b"Response xmlns" in path.read_bytes()
]
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP11 = "{http://schemas.xmlsoap.org/wsdl/soap/}"
SOAP12 = "{http://schemas.xmlsoap.org/wsdl/soap12/}"
XS = "{http://www.w3.org/2001/XMLSchema}"
HUB = "urn://x-artefacts-citto-72/hub/1.0"
HTTP = "http://schemas.xmlsoap.org/soap/http"

OPERATIONS = {
    "BankPaymentService": {
        "CheckAccount",
        "RegisterPayment",
        "CancelPayment",
        "GetPaymentStatus",
        "Ping",
    },
    "PaymentRegistryService": {
        "SubmitRegistry",
        "GetRegistryStatus",
        "GetRegistryProtocol",
        "AnnulRegistry",
        "SubmitCorrection",
        "ListRegistries",
        "GetReconciliation",
        "Ping",
    },
    "OrganizerExchangeService": {
        "GetParentOrders",
        "GetOrderChanges",
        "GetClassRequests",
        "GetActualMeals",
        "GetDebits",
        "GetPayments",
        "ListPaymentRegistries",
        "GetPaymentRegistry",
        "GetBalances",
        "UpdateOrganization",
        "GetReport",
        "GetPrintForm",
        "Ping",
    },
    "MealAdminService": {
        "SetPupilMealSettings",
        "BindSchool",
        "EndBinding",
        "ListBindings",
        "SetCreditLimit",
        "SetMealSchedule",
        "UpsertDirectory",
        "GetDirectory",
        "GetBalances",
        "GetMoneyMovement",
        "GetReport",
        "Ping",
    },
    "MealOrderService": {
        "GetAccount",
        "GetMenu",
        "SaveChoice",
        "ConfirmOrder",
        "GetOrders",
        "GetMovements",
        "InitTopUp",
        "GetTopUp",
        "Ping",
    },
    "ClassRequestService": {
        "FormRequest",
        "UpdateRequest",
        "SendRequest",
        "PrintRequest",
        "ConfirmActual",
        "GetRequest",
        "GetClassBalances",
        "Ping",
    },
    "MenuImportService": {
        "GetDirectories",
        "ImportDishes",
        "ImportComplexes",
        "ImportAdditionalMenu",
        "GetImportResult",
        "PublishMenu",
        "WithdrawMenu",
        "GetCatalogue",
        "Ping",
    },
    "SchoolDataService": {
        "SyncInstitutions",
        "SyncClasses",
        "SyncPupils",
        "SyncGuardians",
        "SyncStaff",
        "SyncAttendance",
        "Ping",
    },
    "ApplicationService": {
        "SubmitApplication",
        "CancelApplication",
        "SendApplicantMessage",
        "SubmitCorrection",
        "GetApplicationState",
        "Ping",
    },
    "EventModuleService": {
        "PushEvent",
        "PushEvents",
        "GetEvents",
        "AckEvents",
        "GetAttachment",
        "Ping",
    },
    "PortalEventSink": {"DeliverEvent", "Ping"},
    "PpuService": {"GetInbox", "TakeApplication", "GetAttachment", "SetStatus", "Ping"},
    "OnboardingService": {
        "SubmitJoinStatement",
        "SubmitConnectionRequest",
        "GetCase",
        "RespondRemarks",
        "NotifyReadiness",
        "NotifyAcquiringContract",
        "ChangeResponsible",
        "Ping",
    },
    "DocumentService": {"ListDocuments", "GetDocument", "RegisterSignature", "Ping"},
    "FormatRegistryService": {
        "ListFormats",
        "GetFormat",
        "RegisterEndpoint",
        "RegisterCertificate",
        "ListPartnerBanks",
        "Ping",
    },
    "NotificationService": {"GetNotices", "AckNotice", "Ping"},
    "ConformanceService": {
        "ListSuites",
        "StartSession",
        "RunCase",
        "GetSession",
        "GetAttachment",
        "ProvideEvidence",
        "GetReport",
        "FinishSession",
        "CancelSession",
        "Ping",
    },
}

each_wsdl = pytest.mark.parametrize("path", WSDLS, ids=lambda path: path.stem)


def tree(path):
    return etree.fromstring(path.read_bytes(), make_parser(), base_url=path.as_uri())


def qname(node, attribute):
    """Resolve a QName in an attribute to `{namespace}local`."""
    prefix, _, local = node.get(attribute).rpartition(":")
    return f"{{{node.nsmap[prefix]}}}{local}"


def schemas(path):
    """Read the schema files the WSDL imports, by namespace."""
    return {
        item.get("namespace"): tree(path.parent / item.get("schemaLocation"))
        for item in tree(path).iter(f"{XS}import")
    }


def message_elements(path):
    """Global elements that the parts of each message name."""
    return {
        message.get("name"): [qname(part, "element") for part in message.iter(f"{WSDL}part")]
        for message in tree(path).iter(f"{WSDL}message")
    }


def wsdl_of(namespace):
    return next(path for path in WSDLS if tree(path).get("targetNamespace") == namespace)


def local(qualified):
    return etree.QName(qualified).localname


def port_type_operations(path):
    return list(tree(path).iterfind(f"{WSDL}portType/{WSDL}operation"))


def binding_operations(path):
    """Operations of both bindings with the SOAP namespace of their binding."""
    return [
        (SOAP11 if binding.find(f"{SOAP11}binding") is not None else SOAP12, operation)
        for binding in tree(path).iter(f"{WSDL}binding")
        for operation in binding.iterfind(f"{WSDL}operation")
    ]


def test_every_service_has_a_wsdl():
    assert {path.stem for path in WSDLS} == OPERATIONS.keys()


@each_wsdl
def test_zeep_sees_every_operation_on_both_ports(path):
    [service] = zeep.Client(str(path)).wsdl.services.values()
    seen = {name: set(port.binding._operations) for name, port in service.ports.items()}
    assert seen == {
        f"{path.stem}Soap11": OPERATIONS[path.stem],
        f"{path.stem}Soap12": OPERATIONS[path.stem],
    }


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_strict_zeep_reads_the_answer(path):
    answer = etree.fromstring(path.read_bytes(), make_parser())
    namespace = etree.QName(answer).namespace
    client = zeep.Client(str(wsdl_of(namespace)))
    assert client.get_element(answer.tag).parse(answer, client.wsdl.types) is not None


@each_wsdl
def test_soap_11_stands_first_for_clients_that_take_the_first_port(path):
    ports = tree(path).findall(f"{WSDL}service/{WSDL}port")
    assert [port[-1].tag for port in ports] == [f"{SOAP11}address", f"{SOAP12}address"]


@each_wsdl
def test_address_is_the_test_contour_and_names_the_folder(path):
    folder = path.parent.relative_to(ROOT / "wsdl").as_posix()
    addresses = {port[-1].get("location") for port in tree(path).iter(f"{WSDL}port")}
    assert addresses == {f"http://127.0.0.1:8080/test/ws/{folder}"}


@each_wsdl
def test_namespace_is_that_of_the_schema_of_the_service(path):
    folder = path.parent.relative_to(ROOT / "wsdl").as_posix()
    namespace = f"urn://x-artefacts-citto-72/{folder}"
    assert tree(path).get("targetNamespace") == namespace
    assert schemas(path).keys() == {namespace, HUB}


@each_wsdl
def test_schemas_are_only_imported_and_every_location_resolves(path):
    # R2105, R2002, R2003, R2007: no definitions inline, imports by xs:import with a location.
    [inline] = tree(path).findall(f"{WSDL}types/{XS}schema")
    assert {item.tag for item in inline} == {f"{XS}import"}
    assert not list(tree(path).iter(f"{WSDL}import"))
    for namespace, schema in schemas(path).items():
        assert schema.get("targetNamespace") == namespace


@each_wsdl
def test_every_part_names_an_element_that_exists(path):
    # R2204, R2205, R2206: document-literal parts use `element`.
    known = {
        f"{{{namespace}}}{item.get('name')}"
        for namespace, schema in schemas(path).items()
        for item in schema.findall(f"{XS}element")
    }
    for elements in message_elements(path).values():
        assert len(elements) == 1
        assert set(elements) <= known


@each_wsdl
def test_request_and_response_of_an_operation_are_elements_of_their_own(path):
    elements = message_elements(path)
    for operation in port_type_operations(path):
        [request] = elements[local(qname(operation.find(f"{WSDL}input"), "message"))]
        [response] = elements[local(qname(operation.find(f"{WSDL}output"), "message"))]
        namespace = tree(path).get("targetNamespace")
        assert request == f"{{{namespace}}}{operation.get('name')}Request"
        assert response == f"{{{namespace}}}{operation.get('name')}Response"


@each_wsdl
def test_body_messages_have_one_part_called_parameters(path):
    bodies = {
        local(qname(operation.find(f"{WSDL}{way}"), "message"))
        for operation in port_type_operations(path)
        for way in ("input", "output")
    }
    for message in tree(path).iter(f"{WSDL}message"):
        if message.get("name") in bodies:
            assert [part.get("name") for part in message] == ["parameters"]


@each_wsdl
def test_no_two_operations_look_the_same_on_the_wire(path):
    # R2710: the request element alone tells the operation; R2304: no overloading.
    requests = Counter(
        qname(operation.find(f"{WSDL}input"), "message") for operation in port_type_operations(path)
    )
    names = Counter(operation.get("name") for operation in port_type_operations(path))
    assert set(requests.values()) == {1}
    assert set(names.values()) == {1}


@each_wsdl
def test_every_operation_has_the_typed_fault(path):
    for operation in port_type_operations(path):
        [fault] = operation.findall(f"{WSDL}fault")
        assert fault.get("name") == "HubFault"
        assert message_elements(path)[local(qname(fault, "message"))] == [f"{{{HUB}}}HubFault"]


@each_wsdl
def test_bindings_are_document_style_over_http(path):
    # R2701, R2702, R2705.
    for binding in tree(path).iter(f"{WSDL}binding"):
        [soap] = [item for item in binding if item.tag in {f"{SOAP11}binding", f"{SOAP12}binding"}]
        assert (soap.get("style"), soap.get("transport")) == ("document", HTTP)
        styles = {item.get("style") for item in binding.iter(f"{SOAP11}operation")}
        assert styles <= {"document"}


@each_wsdl
def test_bindings_have_the_operations_of_the_port_type(path):
    # R2718.
    declared = [operation.get("name") for operation in port_type_operations(path)]
    for binding in tree(path).iter(f"{WSDL}binding"):
        assert [item.get("name") for item in binding.iterfind(f"{WSDL}operation")] == declared


@each_wsdl
def test_soap_action_is_the_namespace_and_the_operation(path):
    # R2744, R2745: the attribute is there, and the HTTP field is its quoted value.
    namespace = tree(path).get("targetNamespace")
    for soap, operation in binding_operations(path):
        action = operation.find(f"{soap}operation").get("soapAction")
        assert action == f"{namespace}/{operation.get('name')}"


@each_wsdl
def test_everything_is_literal(path):
    # R2706, R2716: use="literal", no encodingStyle, no namespace attribute.
    for soap, operation in binding_operations(path):
        for name in ("body", "header", "fault"):
            for item in operation.iter(f"{soap}{name}"):
                assert item.get("use") == "literal"
                assert not {"encodingStyle", "namespace"} & set(item.keys())


@each_wsdl
def test_header_travels_both_ways(path):
    for soap, operation in binding_operations(path):
        for way in ("input", "output"):
            header = operation.find(f"{WSDL}{way}/{soap}header")
            elements = message_elements(path)[local(qname(header, "message"))]
            assert (header.get("part"), elements) == ("header", [f"{{{HUB}}}MessageHeader"])
            assert operation.find(f"{WSDL}{way}/{soap}body").get("parts") == "parameters"


@each_wsdl
def test_bound_fault_has_the_name_of_the_fault(path):
    # R2721, R2754.
    for soap, operation in binding_operations(path):
        [fault] = operation.findall(f"{WSDL}fault")
        assert fault.get("name") == fault.find(f"{soap}fault").get("name") == "HubFault"


@each_wsdl
def test_parts_of_the_description_stand_in_the_order_of_wsdl(path):
    # R2022, R2023: types before what uses them.
    order = [etree.QName(item).localname for item in tree(path)]
    assert [name for position, name in enumerate(order) if name not in order[:position]] == [
        "documentation",
        "types",
        "message",
        "portType",
        "binding",
        "service",
    ]


@each_wsdl
def test_documentation_comes_first_and_bears_no_attributes(path):
    # R2028: the WSDL schema allows neither another place nor attributes.
    for item in tree(path).iter(f"{WSDL}documentation"):
        assert item.getparent().index(item) == 0
        assert not item.attrib


@each_wsdl
def test_service_port_type_and_operations_are_documented_in_russian(path):
    read = tree(path)
    described = [
        *read.iter(f"{WSDL}service"),
        *read.iter(f"{WSDL}portType"),
        *port_type_operations(path),
    ]
    for item in described:
        assert any("а" <= letter <= "я" for letter in item.findtext(f"{WSDL}documentation", ""))


@each_wsdl
def test_every_operation_tells_its_key_of_repetition(path):
    for operation in port_type_operations(path):
        assert "люч" in operation.findtext(f"{WSDL}documentation"), operation.get("name")


@pytest.mark.parametrize("called", [one.contract for one in portal.ADAPTER.outward])
def test_a_service_that_the_hub_calls_tells_how_old_a_message_may_be(called):
    """ADR 0020: an envelope is built once and delivered for a day."""
    told = [
        " ".join(service.findtext(f"{WSDL}documentation").split())
        for path in (ROOT / "wsdl" / called).glob("*.wsdl")
        for service in tree(path).iter(f"{WSDL}service")
    ]

    assert len(told) == 2
    assert all("не сверяйте его время со своими часами строже этого срока" in one for one in told)
