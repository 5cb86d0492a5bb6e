"""Applications of the services portal and the events on them (SVC-11, SVC-12, SVC-27)."""

from typing import Any

from adapters.portal import delivering, errors, forwarding, smev2, trials
from adapters.portal.handlers import applications, events, ppu
from adapters.portal.messages import application, event_sink
from adapters.portal.messages import events as event_messages
from adapters.portal.messages import ppu as ppu_messages
from adapters.portal.repository import proof
from gateway import files
from gateway.adapter import Adapter, Outward, Service, batched, reading, writing
from gateway.kernel.errors import IllegalTransition

_FORM = (errors.FormSchemaInvalid, errors.FormVersionUnknown)
_FILES = (files.AttachmentHashMismatch, files.AttachmentTypeForbidden)


def _order(request: Any) -> str:  # noqa: ANN401 -- each that names an order
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

EVENTS = Service(
    contract="portal/events/1.0",
    messages=event_messages,
    operations=(
        batched("PushEvent", events.push_event, business_key=_order),
        writing("PushEvents", events.push_events, is_final=events.is_settled),
        reading("GetEvents", events.get_events),
        writing("AckEvents", events.ack_events),
        reading("GetAttachment", events.get_attachment),
    ),
    smev2=smev2.EVENTS,
)

PPU = Service(
    contract="portal/ppu/1.0",
    messages=ppu_messages,
    operations=(
        reading("GetInbox", ppu.get_inbox),
        writing("TakeApplication", ppu.take_application, business_key=_order),
        reading("GetAttachment", ppu.get_attachment, business_key=_order),
        writing("SetStatus", ppu.set_status, business_key=_order),
    ),
)

ADAPTER = Adapter(
    "portal",
    services=(APPLICATIONS, EVENTS, PPU),
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
    reconcile=proof.reconcile,
    test_data=trials.TEST_DATA,
)
