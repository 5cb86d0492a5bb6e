"""The wire of the department: ApplicationService (SVC-11), code first on spyne.

Names, order and optional parts are those of the published format, written down by somebody else.
What spyne's validator does not see, the digest of an attachment, is checked in `files`.
"""

from typing import Any

from gateway.edge.emulators.application import (
    NAMESPACE,
    SERVICE,
    CancelApplicationRequest,
    CancelApplicationResponse,
    GetApplicationStateRequest,
    GetApplicationStateResponse,
    HistoryEntry,
    SendApplicantMessageRequest,
    SendApplicantMessageResponse,
    SubmitApplicationRequest,
    SubmitApplicationResponse,
    SubmitCorrectionRequest,
    SubmitCorrectionResponse,
)
from gateway.edge.emulators.department import Department
from gateway.edge.emulators.files import check_files
from gateway.edge.emulators.frame import MANNER, Emulator, Manner, Wsgi
from gateway.edge.emulators.serving import Operation, canonical, served
from gateway.kernel.ports import LOCAL

PATH = f"/ws/{SERVICE}"


def emulator(department: Department) -> Emulator:
    """Return the department behind its frame."""
    wrong = {"orderId": lambda order_id: order_id + 1, "accepted": lambda accepted: not accepted}
    return Emulator("department", PATH, _service(department), department.clock, wrong=wrong)


def _service(department: Department) -> Wsgi:
    def submit(context: Any, request: Any) -> Any:  # noqa: ANN401 -- classes of the stack
        check_files(each.file for each in request.attachment or ())
        found, duplicate = department.submit(
            request.orderId, canonical(context), twice=_twice(context)
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
        check_files(request.attachment or ())
        department.take_message(request.orderId, request.textMessageId.lower(), request.text)
        return SendApplicantMessageResponse(accepted=True)

    def correct(context: Any, request: Any) -> Any:  # noqa: ANN401
        check_files(each.file for each in request.attachment or ())
        department.correct(
            request.orderId,
            request.correctionId.lower(),
            canonical(context),
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
        "SubmitApplication": Operation(SubmitApplicationRequest, SubmitApplicationResponse, submit),
        "CancelApplication": Operation(CancelApplicationRequest, CancelApplicationResponse, cancel),
        "SendApplicantMessage": Operation(
            SendApplicantMessageRequest, SendApplicantMessageResponse, take_message
        ),
        "SubmitCorrection": Operation(SubmitCorrectionRequest, SubmitCorrectionResponse, correct),
        "GetApplicationState": Operation(
            GetApplicationStateRequest, GetApplicationStateResponse, state
        ),
    }
    return served(SERVICE, NAMESPACE, "ApplicationService", operations, department.clock)


def _twice(context: Any) -> bool:  # noqa: ANN401
    return bool(context.transport.req_env[MANNER] is Manner.DUPLICATE)
