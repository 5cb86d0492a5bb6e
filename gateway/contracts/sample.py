"""Sample messages made from the schemas: whoever reads a format wants to see one.

A sample shows an everyday success: one line, code 0, nothing refused. Every value is invented. A
contract whose sample does not validate is named by the tests; it then needs a value in
`sample_values`.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from gateway.contracts import sample_values
from gateway.contracts.catalog import Contract
from gateway.contracts.outline import Field, Outline, read_outline
from gateway.contracts.vocabulary import Vocabulary

HUB = "urn://x-artefacts-citto-72/hub/1.0"
HEADER = f"{{{HUB}}}MessageHeader"
FAULT = f"{{{HUB}}}HubFault"

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_OWN_PREFIX = "m"
_FORM = "FormDataType"
_SERVICE = "urn://example.org/services/kindergarten/1.0"
_PING = "Ping"
_OF_A_SYSTEM = {"sender": "SCHOOL72001", "contour": "TEST"}
"""What the header of a request says, where that of a response says it of the hub."""

_LEFT_OUT = frozenset(
    {
        "CheckAccountRequest/organizerInn",
        "GetMovementsRequest/organizerInn",
        "GetReconciliationRequest/organizerInn",
        "ListRegistriesRequest/organizerInn",
        "ListDocumentsRequest/caseId",
        "ListDocumentsRequest/period",
        "ListDocumentsRequest/state",
        "ListDocumentsRequest/type",
        "ListFormatsRequest/domain",
        "ListRegistriesRequest/state",
        "ListSuitesRequest/suiteCode",
        "RegisterPaymentRequest/organizerInn",
        "SubmitConnectionRequestRequest/admin",
        "SubmitConnectionRequestRequest/applicantForm",
        "SubmitConnectionRequestRequest/caseId",
        "SubmitConnectionRequestRequest/employee",
        "SubmitConnectionRequestRequest/method",
        "SubmitConnectionRequestRequest/options",
        "SubmitConnectionRequestRequest/serviceName",
        "SubmitConnectionRequestRequest/subsystem",
        "SubmitConnectionRequestRequest/system",
        "BindSchoolRequest/validTo",
        "GetBalancesRequest/account",
        "GetBalancesRequest/asOf",
        "GetBalancesRequest/buildingCode",
        "GetBalancesRequest/classCode",
        "GetBalancesRequest/municipalityCode",
        "GetClassRequestsRequest/buildingCode",
        "GetDirectoryRequest/asOf",
        "GetParentOrdersRequest/buildingCode",
        "GetPaymentsRequest/bankCode",
        "GetPrintFormRequest/classCode",
        "ListPaymentRegistriesRequest/bankCode",
        "SetMealScheduleRequest/buildingCode",
        "SetMealScheduleRequest/classCode",
        "UpdateOrganizationRequest/postalAddress",
        "GetDirectoriesRequest/changedSince",
        "GetDirectoriesRequest/municipalityCode",
        "GetCatalogueRequest/schoolCode",
        "SyncClassesRequest/schoolCode",
        "SyncGuardiansRequest/classCode",
        "SyncGuardiansRequest/schoolCode",
        "SyncInstitutionsRequest/schoolCode",
        "SyncPupilsRequest/classCode",
        "SyncPupilsRequest/schoolCode",
        "SyncStaffRequest/schoolCode",
        "GetEventsRequest/orderId",
        "GetInboxRequest/serviceCode",
        "GetInboxRequest/state",
        "TakeApplicationResponse/request",
        "applicant/organization",
        "applicant/address",
        "application/bookingId",
        "application/departmentCode",
        "application/representative",
        "application/targetCode",
        "application/uin",
        "SubmitApplicationRequest/bookingId",
        "SubmitApplicationRequest/departmentCode",
        "SubmitApplicationRequest/representative",
        "SubmitApplicationRequest/targetCode",
        "SubmitApplicationRequest/uin",
        "orgCode",
        "acknowledgedAt",
        "correlationId",
        "cursor",
        "GetReconciliationResponse/documentId",
        "history/documentId",
        "StartSessionRequest/parameter",
        "after",
        "condition",
        "decision",
        "documentId",
        "earlier",
        "homeStudy",
        "item/ageFrom",
        "item/ageTo",
        "item/mode",
        "item/validTo",
        "item/value",
        "line/message",
        "item/error",
        "mismatched",
        "missingInRegistry",
        "missingNotice",
        "needs",
        "nextCursor",
        "notTested",
        "obstacle",
        "ate",
        "change/comment",
        "line/comment",
        "onBehalfOf",
        "suggestedAmount",
        "page",
        "preflight/text",
        "problem",
        "pupil/to",
        "reason",
        "recipient",
        "rejected",
        "rejection",
        "result/error",
        "remark",
        "retiredAt",
        "smevRegNumber",
        "reverses",
        "row/account",
        "row/classCode",
        "row/className",
        "row/pupilName",
        "result/wait",
        "step/evidence",
        "step/wait",
        "trouble",
        "truncated",
        "validTo",
        "warning",
    }
)
"""Elements, or «parent/element», that a sample has only where the schema requires them.

They tell of trouble or of a conversation that has gone on, or narrow what is asked for.
"""

_ACTING_ROLES = {"meals/order": "PARENT", "meals/class-request": "CLASS_TEACHER"}
"""Services that a system calls for a person only, with the role of that person."""


@lru_cache(maxsize=256)
def samples(contract: Contract) -> Mapping[str, bytes]:
    """Return the samples of a contract by name: envelopes of messages, and files to attach.

    `<Operation>Request`, `<Operation>Response`, `HubFault`, and every other document of the
    contract under the name of its root.
    """
    outline = read_outline(contract)
    writer = _Writer(contract, outline)
    made = {}
    for operation in contract.operations:
        role = None if operation.name == _PING else acting_role(contract)
        made[_local(operation.request)] = writer.request(operation.request, role)
        made[_local(operation.response)] = writer.response(operation.response)
    made[_local(FAULT)] = writer.fault()
    for document in outline.documents(contract):
        made[document.name] = _text(writer.element(document))
    return made


def acting_role(contract: Contract) -> str | None:
    """Return in which role somebody stands behind every message of a contract; None: nobody."""
    return _ACTING_ROLES.get(contract.name.rpartition("/")[0])


def payload(contract: Contract, outline: Outline, tag: str) -> etree._Element:
    """Return a sample of one element that the contract declares globally."""
    return _Writer(contract, outline).element(outline.elements[tag])


class _Writer:
    """Writes samples of one contract."""

    def __init__(self, contract: Contract, outline: Outline) -> None:
        self._contract = contract
        self._outline = outline
        self._vocabulary: Vocabulary = contract.vocabulary

    def request(self, tag: str, role: str | None) -> bytes:
        header = [] if role is None else [self._header_for(role)]
        return _envelope(header, self.element(self._outline.elements[tag]))

    def _header_for(self, role: str) -> etree._Element:
        """Write the header of a system that acts for a person."""
        field = self._outline.elements[HEADER]
        header = self.element(field)
        for name in ("sender", "contour"):
            for told in header.iterfind(f"{{*}}{name}"):
                told.text = _OF_A_SYSTEM[name]
        person = self.element(next(one for one in field.children if one.name == "onBehalfOf"))
        for told in person.iterfind("{*}role"):
            told.text = role
        header.append(person)
        return header

    def response(self, tag: str) -> bytes:
        header = self.element(self._outline.elements[HEADER])
        return _envelope([header], self.element(self._outline.elements[tag]))

    def fault(self) -> bytes:
        fault = etree.Element(f"{{{_SOAP}}}Fault", nsmap={"soap": _SOAP})
        detail = self.element(self._outline.elements[FAULT])
        etree.SubElement(fault, "faultcode").text = "soap:Client"
        etree.SubElement(fault, "faultstring").text = sample_values.BY_PLACE["HubFault/message"]
        etree.SubElement(fault, "detail").append(detail)
        return _envelope([], fault)

    def element(self, field: Field, parent: str = "") -> etree._Element:
        """Write an element with everything inside it."""
        element = etree.Element(field.tag, nsmap=self._namespaces(field))
        for child in field.children:
            if _is_shown(child, field.name):
                element.append(self.element(child, field.name))
        if _local(field.type) == _FORM:
            element.append(_form_of_a_service())
        elif not field.children:
            element.text = self._value(field, parent) or None
        return element

    def _value(self, field: Field, parent: str) -> str:
        by_type = sample_values.BY_PLACE.get(f"{_local(field.type)}/{field.name}")
        placed = sample_values.BY_PLACE.get(f"{parent}/{field.name}", by_type)
        if placed is not None:
            return placed.format(
                service=self._contract.name.rpartition("/")[0], version=self._contract.version
            )
        lineage = list(self._vocabulary.lineage(field.type))
        if lineage and lineage[0].values:
            return next(iter(lineage[0].values))
        if field.name in sample_values.BY_NAME:
            return sample_values.BY_NAME[field.name]
        for known in lineage:
            if (name := _local(known.name)) in sample_values.BY_TYPE:
                return sample_values.BY_TYPE[name]
        return sample_values.BY_PRIMITIVE.get(self._vocabulary.primitive(field.type), "")

    def _namespaces(self, field: Field) -> dict[str, str]:
        return {self._prefix(space): space for space in _spaces(field)}

    def _prefix(self, space: str) -> str:
        if space == self._contract.namespace:
            return _OWN_PREFIX
        domain, name = space.rstrip("/").split("/")[-3:-1]
        return domain if (name, domain) == ("common", "portal") else name


def _is_shown(field: Field, parent: str) -> bool:
    if field.choice is not None and field.choice[1] != 0:
        return False
    return field.required or _LEFT_OUT.isdisjoint({field.name, f"{parent}/{field.name}"})


def _spaces(field: Field) -> Iterator[str]:
    yield etree.QName(field.tag).namespace or ""
    for child in field.children:
        if _is_shown(child, field.name):
            yield from _spaces(child)


def _form_of_a_service() -> etree._Element:
    """Write what stands where a contract lets any element stand: the form of some service."""
    form = etree.Element(f"{{{_SERVICE}}}Form", nsmap={"form": _SERVICE})
    etree.SubElement(form, f"{{{_SERVICE}}}childName").text = "Примеров Иван Образцович"
    etree.SubElement(form, f"{{{_SERVICE}}}institution").text = "Детский сад № 1 (пример)"
    return form


def _envelope(header: list[etree._Element], payload: etree._Element) -> bytes:
    envelope = etree.Element(f"{{{_SOAP}}}Envelope", nsmap={"soap": _SOAP})
    if header:
        etree.SubElement(envelope, f"{{{_SOAP}}}Header").extend(header)
    etree.SubElement(envelope, f"{{{_SOAP}}}Body").append(payload)
    return _text(envelope)


def _text(element: etree._Element) -> bytes:
    etree.indent(element)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8") + b"\n"


def _local(tag: str) -> str:
    return etree.QName(tag).localname
