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
from adapters.portal.recording import (
    Happening,
    NewEvent,
    code_of,
    hub_event,
    moved_by,
    record_events,
)
from adapters.portal.repository import applications, events
from adapters.portal.repository.applications import Application
from adapters.portal.repository.packing import without_content
from adapters.portal.statuses import Statuses
from gateway.adapter import Work
from gateway.contracts import codec
from gateway.contracts.messages.common import FileRef
from gateway.files import control_file
from gateway.kernel import identifiers
from gateway.kernel.errors import DuplicateConflict, Finding, GatewayError, ValidationError
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
    at: datetime | None = None
    """When it happened where the event itself does not say."""

    @property
    def key(self) -> tuple[str, UUID]:
        """By what a repetition is known."""
        return self.sender, UUID(self.event.event_id)


class _Refused(Exception):
    """The event is not taken; a code of the contract says why."""

    def __init__(self, code: ReplyCode, text: str | None = None) -> None:
        super().__init__(code)
        self.reply = Reply(code, text or _TEXTS[code])


def take_event(told: Told, work: Work) -> Reply:
    """Record an event, or tell why not, or that it was recorded before.

    Raises DuplicateConflict, ValidationError for a file that is not what is said of it.
    """
    [reply] = take_events([told], work)
    if isinstance(reply, GatewayError):
        raise reply
    return reply


def take_events(many: Sequence[Told], work: Work) -> list[Reply | GatewayError]:
    """Take events in their order, each judged by itself, all written together."""
    book = _Book(many, work)
    replies = [book.take(told) for told in many]
    record_events(work, book.happened)
    return replies


class _Book:
    """The applications of some events, locked, and what happens to them one after the other."""

    def __init__(self, many: Sequence[Told], work: Work) -> None:
        self._work = work
        transaction = work.database
        orders = {(told.sender, told.event.order_id) for told in many}
        self._applications = applications.lock_all(transaction, orders)
        missing = {order_id for _, order_id in orders - self._applications.keys()}
        self._existing = applications.existing(transaction, missing)
        # Asked under the locks: whoever told the same at the same time has committed.
        self._known = dict(events.known(transaction, {told.key for told in many}))
        self.happened: list[Happening] = []

    def take(self, told: Told) -> Reply | GatewayError:
        """Judge an event and let it happen."""
        digest = digest_of(told.event)
        known = self._known.get(told.key)
        if known is not None:
            same = Reply(ReplyCode.OK, _TEXTS[ReplyCode.OK], duplicate=True)
            return same if known == digest else DuplicateConflict()
        try:
            application, new = self._judged(told, digest)
        except _Refused as refusal:
            return refusal.reply
        except GatewayError as error:
            return error
        self._known[told.key] = digest
        if code_of(new.what) != statuses.SENT and application.state in statuses.NOT_PROVEN:
            proof = hub_event(self._work, statuses.SENT, entry=told.entry)
            application = self._let_happen(application, proof)
        self._let_happen(application, new)
        return Reply(ReplyCode.OK, _TEXTS[ReplyCode.OK])

    def _let_happen(self, application: Application, new: NewEvent) -> Application:
        self.happened.append(Happening(application, new))
        after = moved_by(self._work, application, new)
        self._applications[after.department, after.order_id] = after
        return after

    def _judged(self, told: Told, digest: bytes) -> tuple[Application, NewEvent]:
        """Return the event that may come and its application; raise _Refused, ValidationError."""
        event = told.event
        application = self._applications.get((told.sender, event.order_id))
        if application is None:
            exists = event.order_id in self._existing
            raise _Refused(ReplyCode.NOT_ALLOWED if exists else ReplyCode.ORDER_NOT_FOUND)
        _check_content(event)
        what, org_code = _by_tech_code(self._work, application, event.event)
        _check_state(self._work.office(Statuses), application, what)
        new = NewEvent(
            id=UUID(event.event_id),
            sender=told.sender,
            digest=digest,
            date=told.at or event.event_date,
            what=what,
            comment=event.event_comment,
            author=event.event_author,
            org_code=org_code,
            files=event.attachment,
            parts=_files(told),
            entry=told.entry,
        )
        return application, new


def digest_of(event: PushEventRequestType) -> bytes:
    """Return what «the same event» means, whether it comes alone, in a packet or as a status.

    The content of its files is meant by their hashes.
    """
    bare = replace(without_content(event), event_id=event.event_id.lower())
    encode = codec.octet_encoder(PushEventRequest)
    return hashlib.sha256(encode(bare)).digest()  # type: ignore[arg-type]  # the fields are the same


def _check_state(table: Statuses, application: Application, what: EventType) -> None:
    if table.is_final(application.state):
        raise _Refused(ReplyCode.STATUS_FINAL)
    code = code_of(what)
    if code is not None and table.is_state(code):
        _check_transition(table, application.state, code)


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
