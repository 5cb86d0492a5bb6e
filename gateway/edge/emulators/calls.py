"""What counterparts send to the hub: a department its events, the portal its applications."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

from gateway.edge.emulators import application, event
from gateway.edge.emulators.caller import Caller
from gateway.edge.emulators.department import Document, StatusEvent
from gateway.edge.emulators.shapes import FileRef, PersonName
from gateway.edge.emulators.stack import get_object_as_xml
from gateway.edge.emulators.teller import Receipt
from gateway.kernel.ports import LOCAL
from gateway.kernel.xml import parser


@dataclass(frozen=True, slots=True)
class Order:
    """An application as the portal submits it; its applicant is invented."""

    order_id: int
    service_code: str
    form_version: str
    form: bytes = field(repr=False)
    """The root element of the form."""
    submitted_at: datetime
    documents: tuple[Document, ...] = ()
    last_name: str = "Эталонов"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the hub answered to an application."""

    application_id: UUID
    is_duplicate: bool
    attempts: int


def push(caller: Caller, told: StatusEvent) -> Receipt:
    """Tell the hub of a state (SVC-12); raise Faulted, Stopped."""
    answer = caller.ask(event.SERVICE, pushed(told))
    return Receipt(
        int(_text(answer.payload, "code")),
        is_duplicate=_text(answer.payload, "duplicate") in {"true", "1"},
        attempts=answer.attempts,
    )


def submit(caller: Caller, order: Order) -> Submitted:
    """Submit an application (SVC-11); raise Faulted, Stopped."""
    answer = caller.ask(application.SERVICE, submitted(order))
    return Submitted(
        UUID(_text(answer.payload, "hubApplicationId")),
        is_duplicate=_text(answer.payload, "duplicate") in {"true", "1"},
        attempts=answer.attempts,
    )


def say_to(caller: Caller, order_id: int, number: UUID, text: str) -> None:
    """Send the department a message of the applicant (SVC-11); raise Faulted, Stopped."""
    request = application.SendApplicantMessageRequest(
        orderId=order_id, textMessageId=str(number), text=text
    )
    caller.ask(application.SERVICE, _element("SendApplicantMessageRequest", request))


def state(caller: Caller, order_id: int) -> tuple[int, list[int]]:
    """Return the state of an application and the codes of its history; raise as above."""
    request = application.GetApplicationStateRequest(orderId=order_id)
    answer = caller.ask(application.SERVICE, _element("GetApplicationStateRequest", request))
    codes = answer.payload.iterfind("{*}history/{*}techCode")
    return int(_text(answer.payload, "techCode")), [int(code.text or "") for code in codes]


def pushed(told: StatusEvent) -> etree._Element:
    """Return the payload that tells of a state: the same at every repeat."""
    state_, document = told.state, told.state.document
    status = event.OrderStatusEvent(statusCode=event.StatusCode(techCode=state_.tech_code))
    request = event.PushEventRequest(
        eventId=str(told.event_id),
        orderId=told.order_id,
        eventDate=state_.at.astimezone(LOCAL),
        eventComment=state_.comment or None,
        event=event.Event(orderStatusEvent=status),
        attachment=[] if document is None else [_file(document, told.event_id)],
    )
    return _element("PushEventRequest", request)


def submitted(order: Order) -> etree._Element:
    """Return the payload that submits an application: the same at every repeat."""
    name = PersonName(lastName=order.last_name, firstName="Проба")
    salt = UUID(int=order.order_id)
    request = application.SubmitApplicationRequest(
        orderId=order.order_id,
        serviceCode=order.service_code,
        formVersion=order.form_version,
        submittedAt=order.submitted_at.astimezone(LOCAL),
        applicant=application.Applicant(type="FL", person=application.Person(name=name)),
        formData=application.FormData(content=etree.fromstring(order.form, parser())),
        attachment=[
            application.Attachment(code="DOC", file=_file(document, salt))
            for document in order.documents
        ],
    )
    payload = _element("SubmitApplicationRequest", request)
    # The stack writes any element inside of the member that stands for it.
    for content in payload.findall(f"{{{application.NAMESPACE}}}formData/*"):
        form_data = content.getparent()
        if form_data is not None:
            form_data.replace(content, content[0])
    return payload


def _element(name: str, request: Any) -> etree._Element:  # noqa: ANN401 -- a class of the stack
    made: etree._Element = get_object_as_xml(request, type(request), root_tag_name=name)
    return made


def _file(document: Document, salt: UUID) -> Any:  # noqa: ANN401
    return FileRef(
        fileId=str(uuid5(salt, document.name)),
        fileName=document.name,
        mimeType=document.mime_type,
        size=len(document.content),
        hash=b64encode(hashlib.sha256(document.content).digest()).decode(),
        hashAlg="SHA-256",
        content=b64encode(document.content).decode(),
    )


def _text(payload: etree._Element, name: str) -> str:
    return payload.findtext(f"{{*}}{name}") or ""
