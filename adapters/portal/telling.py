"""What a department tells of an application: taken as an event, or refused with a code.

A refusal is an ordinary answer (PORT-EVT-02). Whatever happens here happens under the lock of the
application's row, so two events of one application are judged one after the other.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from adapters.portal import statuses
from adapters.portal.messages.events import (
    EventType,
    OrderStatusEventType,
    PaymentStatus,
    PaymentStatusEventType,
    PushEventRequest,
    PushEventRequestType,
    QueueEventType,
)
from adapters.portal.messages.portal_common import ReplyCode, StatusCodeType
from adapters.portal.recording import NewEvent, prove_delivery, record_event
from adapters.portal.repository import applications, events
from adapters.portal.repository.applications import Application
from adapters.portal.repository.packing import without_content
from adapters.portal.statuses import Statuses
from gateway.adapter import Work
from gateway.contracts import codec
from gateway.contracts.messages.common import FileRef
from gateway.files import control_file
from gateway.kernel import identifiers
from gateway.kernel.errors import DuplicateConflict, Finding, ValidationError
from gateway.kernel.message import Attachment
from registry.portal_services import PortalServices

_TEXTS = {
    ReplyCode.OK: "Событие принято.",
    ReplyCode.ORDER_NOT_FOUND: "Заявления с таким номером нет.",
    ReplyCode.NOT_ALLOWED: "Заявление передано другому ведомству.",
    ReplyCode.STATUS_UNKNOWN: "Статуса с таким кодом нет.",
    ReplyCode.ILLEGAL_TRANSITION: "Из нынешнего статуса в этот перейти нельзя.",
    ReplyCode.STATUS_FINAL: "Статус заявления окончательный, событие не принято.",
}
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in an event that does not say when it happened."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What has become of an event."""

    code: ReplyCode
    text: str
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it came, and by whom."""

    event: PushEventRequestType
    sender: str
    entry: int
    parts: Mapping[bytes, Attachment]
    """Binary parts of the whole message."""
    path: str
    """Where the event stands in the message."""


class _Refused(Exception):
    """The event is not taken; a code of the contract says why."""

    def __init__(self, code: ReplyCode, text: str | None = None) -> None:
        super().__init__(code)
        self.reply = Reply(code, text or _TEXTS[code])


def take_event(told: Told, work: Work, at: datetime | None = None) -> Reply:
    """Record an event, or tell why not, or that it was recorded before.

    `at` is when it happened where the event itself does not say.
    Raises DuplicateConflict, ValidationError for a file that is not what is said of it.
    """
    event, digest = told.event, digest_of(told.event)
    application = applications.lock_of_department(work.database, told.sender, event.order_id)
    known = events.known(work.database, told.sender, UUID(event.event_id))
    if known is not None:
        if known.digest != digest:
            raise DuplicateConflict
        return Reply(ReplyCode.OK, _TEXTS[ReplyCode.OK], duplicate=True)
    try:
        application = _checked(told, work, application)
    except _Refused as refusal:
        return refusal.reply
    files = _files(told)
    what, org_code = _by_tech_code(work, application, event.event)
    if _code_of(what) != statuses.SENT:
        application = prove_delivery(work, application, told.entry)
    new = NewEvent(
        id=UUID(event.event_id),
        sender=told.sender,
        digest=digest,
        date=at or event.event_date,
        what=what,
        comment=event.event_comment,
        author=event.event_author,
        org_code=org_code,
        files=event.attachment,
        parts=files,
        entry=told.entry,
    )
    record_event(work, application, new)
    return Reply(ReplyCode.OK, _TEXTS[ReplyCode.OK])


def digest_of(event: PushEventRequestType) -> bytes:
    """Return what «the same event» means, whether it comes alone, in a packet or as a status.

    The content of its files is meant by their hashes.
    """
    bare = replace(without_content(event), event_id=event.event_id.lower())
    encode = codec.octet_encoder(PushEventRequest)
    return hashlib.sha256(encode(bare)).digest()  # type: ignore[arg-type]  # the fields are the same


def _checked(told: Told, work: Work, application: Application | None) -> Application:
    """Return the application if the event may come on it now; raise _Refused."""
    if application is None:
        exists = applications.exists(work.database, told.event.order_id)
        raise _Refused(ReplyCode.NOT_ALLOWED if exists else ReplyCode.ORDER_NOT_FOUND)
    _check_content(told.event)
    what, _ = _by_tech_code(work, application, told.event.event)
    table = work.office(Statuses)
    if table.is_final(application.state):
        raise _Refused(ReplyCode.STATUS_FINAL)
    code = _code_of(what)
    if code is not None and table.is_state(code):
        _check_transition(table, application.state, code)
    return application


def _check_transition(table: Statuses, before: int, after: int) -> None:
    """Refuse what may not follow; whoever tells of an application has it, so it was sent."""
    if before in statuses.NOT_PROVEN and after != statuses.SENT:
        before = statuses.SENT
    if not table.may(before, after):
        text = f"Из статуса {before} в статус {after} перейти нельзя."
        raise _Refused(ReplyCode.ILLEGAL_TRANSITION, text)


def _by_tech_code(
    work: Work, application: Application, what: EventType
) -> tuple[EventType, str | None]:
    """Return the event with the portal's code of the status, and the department's own code.

    Raises _Refused for a status that nobody knows.
    """
    told = what.order_status_event
    if told is None:
        return what, None
    table, org_code = work.office(Statuses), told.status_code.org_code
    code = told.status_code.tech_code
    if org_code is not None:
        service = work.office(PortalServices).known(application.service)
        code = None if service is None else table.of_org_code(service, org_code)
    if code not in table.codes or code is None:
        raise _Refused(ReplyCode.STATUS_UNKNOWN)
    said = StatusCodeType(tech_code=code, org_code=None)
    status: OrderStatusEventType = replace(told, status_code=said)
    return replace(what, order_status_event=status), org_code


def _code_of(what: EventType) -> int | None:
    return what.order_status_event.status_code.tech_code if what.order_status_event else None


def _check_content(event: PushEventRequestType) -> None:
    """Refuse what the schema cannot tell; raise _Refused."""
    what = event.event
    if what.payment_status_event is not None:
        _check_payment(what.payment_status_event)
    if what.text_message_event is not None and not (event.event_comment or "").strip():
        raise _Refused(ReplyCode.OTHER, "У сообщения нет текста: он передаётся в eventComment.")
    if what.equeue_event is not None:
        _check_queue(what.equeue_event)


def _check_payment(told: PaymentStatusEventType) -> None:
    if told.status is PaymentStatus.REQUIRED and not told.payment:
        raise _Refused(ReplyCode.PAYMENT_INVALID, "При REQUIRED нужен хотя бы один платёж.")
    for number, payment in enumerate(told.payment, 1):
        if identifiers.check_uin(payment.uin).failed:
            text = f"Платёж {number}: у УИН не сходится контрольный разряд."
            raise _Refused(ReplyCode.PAYMENT_INVALID, text)


def _check_queue(told: QueueEventType) -> None:
    invitation = told.equeue_invitation
    if invitation is None or invitation.start_date is None or invitation.end_date is None:
        return
    if invitation.end_date < invitation.start_date:
        raise _Refused(ReplyCode.OTHER, "endDate раньше startDate.")


def _files(told: Told) -> Mapping[bytes, Attachment]:
    """Return the parts of the event's own files, each what is said of it."""
    files = told.event.attachment
    _check_numbers(told.path, files)
    return {
        file.content or b"": control_file(file, told.parts, path, differs=ValidationError)
        for path, file in _places(told.path, files)
    }


def _check_numbers(path: str, files: Sequence[FileRef]) -> None:
    seen: set[str] = set()
    for place, file in _places(path, files):
        number = file.file_id.lower()
        if number in seen:
            text = "Идентификатор файла повторяется."
            finding = Finding(text, path=f"{place}/fileId", rule="unique", value=number)
            raise ValidationError(findings=(finding,))
        seen.add(number)


def _places(path: str, files: Sequence[FileRef]) -> Iterator[tuple[str, FileRef]]:
    for number, file in enumerate(files, 1):
        yield f"{path}/attachment[{number}]", file
