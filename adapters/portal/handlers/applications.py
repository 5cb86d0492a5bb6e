"""The portal sends applications and what comes after them, and asks how they stand (SVC-11)."""

from typing import Any
from uuid import UUID

from adapters.portal import control, errors, forwarding, recording, statuses
from adapters.portal.access import admit_portal
from adapters.portal.messages import application as messages
from adapters.portal.repository import applications, events
from adapters.portal.repository.applications import Application, Kind
from adapters.portal.statuses import Statuses
from gateway.adapter import Received, Work
from gateway.kernel.errors import DuplicateConflict, IllegalTransition, NotFound
from gateway.kernel.ports import LOCAL
from registry.portal_services import PortalService, PortalServices


def submit_application(
    received: Received[messages.SubmitApplicationRequest], work: Work
) -> messages.SubmitApplicationResponse:
    """Take an application, or answer as before to one that was taken (PORT-APP-01)."""
    portal = admit_portal(received)
    known = applications.of_portal(work.database, portal, received.request.order_id)
    if known is not None:
        if known.digest != received.digest:
            raise DuplicateConflict
        return _taken(known, duplicate=True)
    service = _checked(received, work)
    application = _kept(received, work, portal, service)
    application = recording.hub_moves(work, application, statuses.ACCEPTED)
    forwarding.forward(work, application, received)
    return _taken(application, duplicate=False)


def cancel_application(
    received: Received[messages.CancelApplicationRequest], work: Work
) -> messages.CancelApplicationResponse:
    """Ask the department to cancel; its decision comes as an event, 10 or 11."""
    request = received.request
    application = _locked(received, work)
    duplicate = _was_asked(received, work, application, Kind.CANCEL, request.cancel_id)
    if not duplicate:
        table = work.office(Statuses)
        if table.is_final(application.state):
            raise errors.StatusFinal
        if not application.cancel_allowed:
            raise errors.CancelNotAllowed("Ведомство запретило отмену этого заявления.")
        if not table.may(application.state, statuses.CANCELLING):
            raise errors.CancelNotAllowed
        recording.hub_moves(work, application, statuses.CANCELLING)
        _take(received, work, application, Kind.CANCEL, request.cancel_id)
    return messages.CancelApplicationResponse(
        order_id=request.order_id, accepted=True, duplicate=duplicate
    )


def send_applicant_message(
    received: Received[messages.SendApplicantMessageRequest], work: Work
) -> messages.SendApplicantMessageResponse:
    """Take a message of the applicant for the department."""
    request = received.request
    application = _locked(received, work)
    duplicate = _was_asked(received, work, application, Kind.MESSAGE, request.text_message_id)
    if not duplicate:
        final = work.office(Statuses).is_final(application.state)
        if final or not application.message_allowed:
            raise errors.MessageNotAllowed
        files = control.bare_files_of("SendApplicantMessageRequest", request.attachment)
        _check_files(received, work, application, files)
        _take(received, work, application, Kind.MESSAGE, request.text_message_id, files)
    return messages.SendApplicantMessageResponse(accepted=True, duplicate=duplicate)


def submit_correction(
    received: Received[messages.SubmitCorrectionRequest], work: Work
) -> messages.SubmitCorrectionResponse:
    """Take the form filled in anew, where the department has asked for it."""
    request = received.request
    root = "SubmitCorrectionRequest"
    application = _locked(received, work)
    duplicate = _was_asked(received, work, application, Kind.CORRECTION, request.correction_id)
    if not duplicate:
        if application.state not in statuses.CORRECTABLE:
            raise IllegalTransition("Ведомство не просило исправить или дополнить это заявление.")
        service, version = application.service, application.form_version
        control.check_form(work, root, service, version, request.form_data)
        files = control.files_of(root, request.attachment)
        _check_files(received, work, application, files)
        _take(received, work, application, Kind.CORRECTION, request.correction_id, files)
    return messages.SubmitCorrectionResponse(accepted=True, duplicate=duplicate)


def get_application_state(
    received: Received[messages.GetApplicationStateRequest], work: Work
) -> messages.GetApplicationStateResponse:
    """Tell where an application stands and how it came there."""
    portal = admit_portal(received)
    application = applications.of_portal(work.database, portal, received.request.order_id)
    if application is None:
        raise NotFound
    return messages.GetApplicationStateResponse(
        order_id=application.order_id,
        tech_code=application.state,
        org_code=application.org_code,
        title=_title(work, application.state),
        changed_at=application.changed_at.astimezone(LOCAL),
        history=_history(work, application),
    )


def _checked(received: Received[messages.SubmitApplicationRequest], work: Work) -> PortalService:
    """Return the service of a new application that nothing speaks against."""
    request = received.request
    root = "SubmitApplicationRequest"
    service = control.service_of(work, request.service_code)
    control.check_form(work, root, service.code, request.form_version, request.form_data)
    files = control.files_of(root, request.attachment)
    control.check_files(files, received.attachments, service.attachments)
    control.check_applicant(request.applicant)
    control.check_numbers(request, work.rules)
    if request.booking_id is not None:
        raise errors.BookingInvalid
    if applications.of_department(work.database, service.department, request.order_id) is not None:
        raise DuplicateConflict("Номер занят заявлением другого портала в то же ведомство.")
    return service


def _kept(
    received: Received[messages.SubmitApplicationRequest],
    work: Work,
    portal: str,
    service: PortalService,
) -> Application:
    request = received.request
    application = Application(
        id=work.identifiers(),
        portal=portal,
        order_id=request.order_id,
        department=service.department,
        service=service.code,
        form_version=request.form_version,
        route=service.route,
        digest=received.digest,
        submitted_at=request.submitted_at,
        received_at=work.now,
        entry=received.entry,
        state=statuses.ACCEPTED,
        org_code=None,
        changed_at=work.now,
        cancel_allowed=True,
        message_allowed=True,
        org_number=None,
        taken_at=None,
    )
    applications.add(work.database, application, request)
    files = (one.file for one in request.attachment)
    applications.keep_files(work.database, application.id, "application", files)
    return application


def _taken(application: Application, *, duplicate: bool) -> messages.SubmitApplicationResponse:
    return messages.SubmitApplicationResponse(
        order_id=application.order_id,
        hub_application_id=str(application.id),
        received_at=application.received_at.astimezone(LOCAL),
        org_number=application.org_number,
        duplicate=duplicate,
    )


def _locked(received: Received[Any], work: Work) -> Application:
    """Return the sender's application, which nobody else changes until this is over."""
    portal = admit_portal(received)
    found = applications.lock_of_portal(work.database, portal, received.request.order_id)
    if found is None:
        raise NotFound
    return found


def _was_asked(
    received: Received[Any], work: Work, application: Application, kind: Kind, number: str
) -> bool:
    """Tell whether the same was taken before; raise DuplicateConflict for something else."""
    before = applications.asked(work.database, application.id, kind, UUID(number))
    if before is not None and before.digest != received.digest:
        raise DuplicateConflict
    return before is not None


def _take(
    received: Received[Any],
    work: Work,
    application: Application,
    kind: Kind,
    number: str,
    files: list[control.File] | None = None,
) -> None:
    """Keep what came after the application and pass it on."""
    identifier = UUID(number)
    applications.add_request(
        work.database,
        application.id,
        kind,
        identifier,
        received.request,
        digest=received.digest,
        received_at=work.now,
        entry=received.entry,
    )
    source = f"{kind.value.lower()}/{identifier}"
    applications.keep_files(
        work.database, application.id, source, (file.ref for file in files or ())
    )
    forwarding.forward_request(work, application, received, kind, identifier)


def _check_files(
    received: Received[Any], work: Work, application: Application, files: list[control.File]
) -> None:
    service = work.office(PortalServices).known(application.service)
    terms = None if service is None else service.attachments
    control.check_files(files, received.attachments, terms)


def _history(work: Work, application: Application) -> list[messages.HistoryType]:
    records = events.of_application(work.database, application.id)
    told = [(one, one.event.order_status_event) for one in records]
    return [
        messages.HistoryType(
            tech_code=code,
            title=one.title or _title(work, code),
            event_date=one.event_date,
            comment=one.event_comment,
        )
        for one, status in told
        if status is not None and (code := status.status_code.tech_code) is not None
    ]


def _title(work: Work, code: int) -> str:
    """Return how the applicant sees a state, also one that the table has no more."""
    table = work.office(Statuses)
    return table.title(code) if code in table.codes else f"Статус {code}"
