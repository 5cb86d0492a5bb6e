"""SVC-08: reports for schools, municipalities and the region (MEAL-ADM-04 ... 06, MEAL-RPT-01)."""

from adapters.meals import access, reports
from adapters.meals.access import Function
from adapters.meals.messages import GetReportRequest, GetReportResponse
from gateway.adapter import Received, Work


def get_report(received: Received[GetReportRequest], work: Work) -> GetReportResponse:
    """Return a report of the sender's own scope as a file.

    Raises NotAllowed, NotFound, ValidationError, PeriodInvalid, TooLarge.
    """
    actor = access.admit(received, work, Function.REPORT)
    request = received.request
    params = [(reports.Param(one.name.value), one.value) for one in request.param]
    document_id, file = reports.make_report(
        work, actor, request.report_code, params, request.format
    )
    return GetReportResponse(document_id=str(document_id), file=file)
