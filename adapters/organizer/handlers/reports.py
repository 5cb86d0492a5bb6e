"""SVC-05: reports and prints for an organizer; pupils are account numbers (MEAL-ORG-03, 05)."""

from adapters.meals import access, prints, reports
from adapters.meals.access import Function
from adapters.meals.repository import reported
from adapters.organizer.messages import (
    GetPrintFormRequest,
    GetPrintFormResponse,
    GetReportRequest,
    GetReportResponse,
    PrintForm,
)
from gateway.adapter import Received, Work
from gateway.kernel.errors import Finding, NotAllowed, NotFound, ValidationError


def get_report(received: Received[GetReportRequest], work: Work) -> GetReportResponse:
    """Return a report over the organizer's own schools as a file.

    Raises NotAllowed, NotFound, ValidationError, PeriodInvalid, TooLarge.
    """
    actor = access.admit(received, work, Function.REPORT)
    request = received.request
    params = [(reports.Param(one.name.value), one.value) for one in request.param]
    document_id, file = reports.make_report(
        work, actor, request.report_code, params, request.format
    )
    return GetReportResponse(document_id=str(document_id), file=file)


def get_print_form(received: Received[GetPrintFormRequest], work: Work) -> GetPrintFormResponse:
    """Return the requests of a class or school, or the menu of a school, without names, as PDF.

    Raises NotAllowed for what is not bound to the organizer on that day or does not exist, NotFound
    where there is no request or no menu.
    """
    actor = access.admit(received, work, Function.COUNT_EATERS)
    request = received.request
    access.require_school(work.database, actor, request.school_code)
    if request.class_code is not None:
        place = access.require_class(work.database, actor, request.class_code)
        if place.school != request.school_code:
            raise NotAllowed
    inn = actor.organizer_inn or ""
    if request.form is PrintForm.MENU:
        content = _menu(work, request, inn)
        stem = "menu"
    else:
        content = _class_requests(work, request, inn)
        stem = "class-request"
    name = f"{stem}-{request.date.isoformat()}.pdf"
    return GetPrintFormResponse(file=reports.file_of(name, content))


def _menu(work: Work, request: GetPrintFormRequest, inn: str) -> bytes:
    if request.class_code is not None:
        text = "Меню печатается для школы: уберите classCode."
        raise ValidationError(
            text, findings=(Finding(text, path="/GetPrintFormRequest/classCode"),)
        )
    if not reported.has_menu(work.database, request.school_code, request.date, inn):
        raise NotFound
    return prints.menu_pdf(work.database, inn or None, request.school_code, "", request.date)


def _class_requests(work: Work, request: GetPrintFormRequest, inn: str) -> bytes:
    found = reported.class_requests(
        work.database, request.school_code, request.class_code or "", request.date, inn
    )
    if not found:
        raise NotFound
    return prints.class_requests_pdf(work.database, found, names=False, printed_at=work.now)
