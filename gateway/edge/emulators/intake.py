"""The wire of the department: ApplicationService (SVC-11), code first on spyne.

A rendering of the requirements, for the test contour, until the published WSDL of the service
replaces it: names, order and optional parts are those of SVC-11. What spyne's validator does not
see (the digest of an attachment) is checked here.
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from typing import Any

from lxml import etree

from gateway.edge.emulators.department import Department, Refused
from gateway.edge.emulators.frame import MANNER, Emulator, Manner, changed
from gateway.edge.emulators.stack import (
    AnyXml,
    Application,
    Boolean,
    ComplexModel,
    Date,
    DateTime,
    Fault,
    Integer,
    Integer64,
    ServiceBase,
    Soap11,
    Unicode,
    WsgiApplication,
    rpc,
)
from gateway.kernel.ports import LOCAL
from gateway.kernel.xml import make_parser
from gateway.soap.parse import HUB_NAMESPACE

NAMESPACE = "urn://x-artefacts-citto-72/portal/application/1.0"
COMMON = "urn://x-artefacts-citto-72/common/1.0"
PATH = "/ws/portal/application/1.0"
MOST_OCTETS = 50 * 1024 * 1024

_XS = "http://www.w3.org/2001/XMLSchema"
_MUST: dict[str, Any] = {"min_occurs": 1, "nullable": False}
_MAY: dict[str, Any] = {"min_occurs": 0, "nullable": False}
_UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


def _text(longest: int, **more: Any) -> Any:  # noqa: ANN401 -- a type of the stack
    return Unicode(min_len=1, max_len=longest, **{**_MUST, **more})


def _uuid(**more: Any) -> Any:  # noqa: ANN401
    return Unicode(pattern=_UUID, **{**_MUST, **more})


def _model(name: str, members: list[tuple[str, Any]], namespace: str = NAMESPACE) -> Any:  # noqa: ANN401
    """Make a class of the stack: a sequence of members in this order."""
    return type(ComplexModel)(
        name, (ComplexModel,), {"__namespace__": namespace, "_type_info": members}
    )


def _many(model: Any, least: int = 0) -> Any:  # noqa: ANN401
    return model.customize(min_occurs=least, max_occurs="unbounded", nullable=False)


PersonName = _model(
    "PersonName",
    [("lastName", _text(100)), ("firstName", _text(100)), ("middleName", _text(100, **_MAY))],
    COMMON,
)
FileRef = _model(
    "FileRef",
    [
        ("fileId", _uuid()),
        ("fileName", _text(255)),
        ("mimeType", _text(100)),
        ("size", Integer(ge=0, **_MUST)),
        ("hash", _text(100)),
        ("hashAlg", _text(20)),
        ("content", Unicode(**_MAY)),
    ],
    COMMON,
)
Identity = _model(
    "IdentityDocument",
    [
        ("type", _text(50)),
        ("series", _text(20, **_MAY)),
        ("number", _text(20)),
        ("issueDate", Date(**_MAY)),
        ("issuer", _text(255, **_MAY)),
    ],
)
Person = _model(
    "Person",
    [
        ("name", PersonName.customize(**_MUST)),
        ("birthDate", Date(**_MAY)),
        ("snils", _text(14, **_MAY)),
        ("identity", Identity.customize(**_MAY)),
    ],
)
Organization = _model(
    "Organization",
    [
        ("fullName", _text(500)),
        ("inn", _text(12)),
        ("kpp", _text(9, **_MAY)),
        ("ogrn", _text(15)),
    ],
)
Applicant = _model(
    "Applicant",
    [
        ("type", Unicode(values=["FL", "UL", "IP"], **_MUST)),
        ("person", Person.customize(**_MAY)),
        ("organization", Organization.customize(**_MAY)),
        ("esiaOid", _text(50, **_MAY)),
        ("email", _text(255, **_MAY)),
        ("phone", _text(20, **_MAY)),
        ("address", _text(500, **_MAY)),
    ],
)
Representative = _model(
    "Representative",
    [
        ("name", PersonName.customize(**_MUST)),
        ("birthDate", Date(**_MAY)),
        ("snils", _text(14, **_MAY)),
        ("identity", Identity.customize(**_MAY)),
        ("authorityDoc", _text(500, **_MAY)),
    ],
)
FormData = _model(
    "FormData",
    [
        (
            "content",
            AnyXml(
                schema_tag=f"{{{_XS}}}any", namespace="##other", process_contents="lax", **_MUST
            ),
        )
    ],
)
Attachment = _model("Attachment", [("code", _text(50)), ("file", FileRef.customize(**_MUST))])
SubmitApplicationRequest = _model(
    "SubmitApplicationRequest",
    [
        ("orderId", Integer64(**_MUST)),
        ("serviceCode", _text(50)),
        ("targetCode", _text(50, **_MAY)),
        ("formVersion", _text(10)),
        ("submittedAt", DateTime(**_MUST)),
        ("departmentCode", _text(50, **_MAY)),
        ("applicant", Applicant.customize(**_MUST)),
        ("representative", Representative.customize(**_MAY)),
        ("formData", FormData.customize(**_MUST)),
        ("attachment", _many(Attachment)),
        ("bookingId", _uuid(**_MAY)),
        ("uin", _text(25, **_MAY)),
    ],
)
SubmitApplicationResponse = _model(
    "SubmitApplicationResponse",
    [
        ("orderId", Integer64(**_MUST)),
        ("hubApplicationId", _uuid()),
        ("receivedAt", DateTime(**_MUST)),
        ("orgNumber", _text(50, **_MAY)),
        ("duplicate", Boolean(**_MUST)),
    ],
)
CancelApplicationRequest = _model(
    "CancelApplicationRequest",
    [("orderId", Integer64(**_MUST)), ("cancelId", _uuid()), ("reason", _text(1000, **_MAY))],
)
CancelApplicationResponse = _model(
    "CancelApplicationResponse", [("orderId", Integer64(**_MUST)), ("accepted", Boolean(**_MUST))]
)
SendApplicantMessageRequest = _model(
    "SendApplicantMessageRequest",
    [
        ("orderId", Integer64(**_MUST)),
        ("textMessageId", _uuid()),
        ("text", _text(4000)),
        ("attachment", _many(FileRef)),
    ],
)
SendApplicantMessageResponse = _model(
    "SendApplicantMessageResponse", [("accepted", Boolean(**_MUST))]
)
SubmitCorrectionRequest = _model(
    "SubmitCorrectionRequest",
    [
        ("orderId", Integer64(**_MUST)),
        ("correctionId", _uuid()),
        ("formData", FormData.customize(**_MUST)),
        ("attachment", _many(Attachment)),
    ],
)
SubmitCorrectionResponse = _model("SubmitCorrectionResponse", [("accepted", Boolean(**_MUST))])
HistoryEntry = _model(
    "HistoryEntry",
    [
        ("techCode", Integer(**_MUST)),
        ("title", _text(255)),
        ("eventDate", DateTime(**_MUST)),
        ("comment", _text(2048, **_MAY)),
    ],
)
GetApplicationStateRequest = _model("GetApplicationStateRequest", [("orderId", Integer64(**_MUST))])
GetApplicationStateResponse = _model(
    "GetApplicationStateResponse",
    [
        ("orderId", Integer64(**_MUST)),
        ("techCode", Integer(**_MUST)),
        ("orgCode", _text(50, **_MAY)),
        ("title", _text(255)),
        ("changedAt", DateTime(**_MUST)),
        ("history", _many(HistoryEntry)),
    ],
)


def emulator(department: Department) -> Emulator:
    """Return the department behind its frame."""
    service = WsgiApplication(
        Application(
            [_service(department)],
            NAMESPACE,
            name="ApplicationService",
            in_protocol=Soap11(validator="lxml"),
            out_protocol=Soap11(),
        ),
        max_content_length=MOST_OCTETS,
    )
    wrong = {"orderId": lambda order_id: order_id + 1, "accepted": lambda accepted: not accepted}
    return Emulator("department", PATH, service, department.clock, wrong=wrong)


def _service(department: Department) -> Any:  # noqa: ANN401 -- a class of the stack
    def submit(context: Any, request: Any) -> Any:  # noqa: ANN401
        _check_attachments(each.file for each in request.attachment or ())
        found, duplicate = department.submit(
            request.orderId, _content(context), twice=_twice(context)
        )
        return SubmitApplicationResponse(
            orderId=found.order_id,
            hubApplicationId=str(found.department_id),
            receivedAt=found.received_at.astimezone(LOCAL),
            orgNumber=f"В-{found.order_id}",
            duplicate=duplicate,
        )

    def cancel(context: Any, request: Any) -> Any:  # noqa: ANN401
        department.cancel(request.orderId, request.cancelId.lower(), twice=_twice(context))
        return CancelApplicationResponse(orderId=request.orderId, accepted=True)

    def take_message(_: Any, request: Any) -> Any:  # noqa: ANN401
        _check_attachments(request.attachment or ())
        department.take_message(request.orderId, request.textMessageId.lower(), request.text)
        return SendApplicantMessageResponse(accepted=True)

    def correct(context: Any, request: Any) -> Any:  # noqa: ANN401
        _check_attachments(each.file for each in request.attachment or ())
        department.correct(
            request.orderId,
            request.correctionId.lower(),
            _content(context),
            twice=_twice(context),
        )
        return SubmitCorrectionResponse(accepted=True)

    def state(_: Any, request: Any) -> Any:  # noqa: ANN401
        found = department.application(request.orderId)
        return GetApplicationStateResponse(
            orderId=found.order_id,
            techCode=found.state.tech_code,
            title=found.state.title,
            changedAt=found.state.at.astimezone(LOCAL),
            history=[
                HistoryEntry(
                    techCode=each.tech_code,
                    title=each.title,
                    eventDate=each.at.astimezone(LOCAL),
                    comment=each.comment or None,
                )
                for each in found.history
            ],
        )

    operations = {
        "SubmitApplication": (SubmitApplicationRequest, SubmitApplicationResponse, submit),
        "CancelApplication": (CancelApplicationRequest, CancelApplicationResponse, cancel),
        "SendApplicantMessage": (
            SendApplicantMessageRequest,
            SendApplicantMessageResponse,
            take_message,
        ),
        "SubmitCorrection": (SubmitCorrectionRequest, SubmitCorrectionResponse, correct),
        "GetApplicationState": (GetApplicationStateRequest, GetApplicationStateResponse, state),
    }
    methods = {name: _method(name, *parts) for name, parts in operations.items()}
    return type(ServiceBase)("ApplicationService", (ServiceBase,), methods)


def _method(name: str, request: Any, response: Any, answer: Any) -> Any:  # noqa: ANN401
    """Bind an operation to what answers it, with refusals as the hub's faults."""

    def operation(context: Any, message: Any) -> Any:  # noqa: ANN401
        try:
            return changed(context.transport.req_env, answer(context, message))
        except Refused as refusal:
            raise Fault("Client", refusal.text, detail=_detail(refusal)) from refusal

    operation.__name__ = name
    return rpc(
        request,
        _returns=response,
        _body_style="bare",
        _in_message_name=f"{{{NAMESPACE}}}{name}Request",
        _out_message_name=f"{{{NAMESPACE}}}{name}Response",
    )(operation)


def _content(context: Any) -> bytes:  # noqa: ANN401
    """Return the canonical payload: what makes two submissions the same."""
    octets: bytes = etree.tostring(context.in_body_doc, method="c14n")
    # The stack hands over the payload with the prefixes of its envelope around it.
    return etree.tostring(etree.fromstring(octets, make_parser()), method="c14n", exclusive=True)


def _twice(context: Any) -> bool:  # noqa: ANN401
    return bool(context.transport.req_env[MANNER] is Manner.DUPLICATE)


def _check_attachments(files: Iterable[Any]) -> None:
    """Hold contents against their digests; raise Refused (PORT-APP-04)."""
    for file in files:
        if file.content is None:
            continue
        try:
            octets = b64decode(file.content)
        except NotBase64 as error:
            raise Refused("VALIDATION_ERROR", "Содержимое вложения — не base64.") from error
        digest = b64encode(hashlib.sha256(octets).digest()).decode()
        if (len(octets), digest) != (file.size, file.hash):
            raise Refused(
                "ATTACHMENT_HASH_MISMATCH", "Вложение не то, что заявлено: хэш или размер."
            )


def _detail(refusal: Refused) -> etree._Element:
    fault = etree.Element(f"{{{HUB_NAMESPACE}}}HubFault", nsmap={"hub": HUB_NAMESPACE})
    for name, text in (
        ("code", refusal.code),
        ("message", refusal.text),
        ("retryable", "false"),
    ):
        etree.SubElement(fault, f"{{{HUB_NAMESPACE}}}{name}").text = text
    return fault
