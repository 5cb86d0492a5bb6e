"""Applications of the services portal and the events on them (SVC-11, SVC-12, SVC-27)."""

from adapters.portal import delivering, errors, forwarding, smev2
from adapters.portal.handlers import applications
from adapters.portal.messages import application, event_sink
from gateway import files
from gateway.adapter import Adapter, Outward, Service, reading, writing
from gateway.kernel.errors import IllegalTransition

_FORM = (errors.FormSchemaInvalid, errors.FormVersionUnknown)
_FILES = (files.AttachmentHashMismatch, files.AttachmentTypeForbidden)


def _order(request: application.CancelApplicationRequest) -> str:
    return str(request.order_id)


APPLICATIONS = Service(
    contract=forwarding.CONTRACT,
    messages=application,
    operations=(
        writing(
            "SubmitApplication",
            applications.submit_application,
            business_key=_order,
            faults=(errors.ServiceNotPublished, *_FORM, *_FILES, errors.BookingInvalid),
        ),
        writing(
            "CancelApplication",
            applications.cancel_application,
            business_key=_order,
            faults=(errors.CancelNotAllowed, errors.StatusFinal),
        ),
        writing(
            "SendApplicantMessage",
            applications.send_applicant_message,
            business_key=_order,
            faults=(errors.MessageNotAllowed, *_FILES),
        ),
        writing(
            "SubmitCorrection",
            applications.submit_correction,
            business_key=_order,
            faults=(IllegalTransition, *_FORM, *_FILES),
        ),
        reading("GetApplicationState", applications.get_application_state, business_key=_order),
    ),
    smev2=smev2.APPLICATION,
)

ADAPTER = Adapter(
    "portal",
    services=(APPLICATIONS,),
    outward=(
        Outward(
            forwarding.CONTRACT,
            application,
            forwarding.settle,
            statuses=smev2.APPLICATION_CALLS,
        ),
        Outward(
            delivering.SINK,
            event_sink,
            delivering.settle,
            delivering.judge,
            statuses=smev2.SINK_CALLS,
        ),
    ),
)
