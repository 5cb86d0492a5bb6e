"""How the services of the portal speak in the binding SMEV 2 (SVC-00-04, wire conventions 1.3).

An application is taken with ACCEPT; PING tells how far it has come; events are pushed with RESULT.
"""

from collections.abc import Mapping

from adapters.portal import events_v25
from adapters.portal.messages.application import (
    GetApplicationStateRequest,
    GetApplicationStateResponse,
)
from adapters.portal.messages.events import PushEventResponse
from adapters.portal.messages.portal_common import ReplyCode
from adapters.portal.statuses import Statuses
from gateway.adapter import Poll, Smev2
from gateway.soap.smev2 import Status

REFUSED = 4
"""Отказ: the department has said no."""

_LATER = Status.ACCEPT
_ABOUT_AN_APPLICATION = frozenset(
    {"SubmitApplication", "CancelApplication", "SendApplicantMessage", "SubmitCorrection"}
)
"""Their business key is the number of the application."""
_PUSHED = frozenset({Status.REQUEST, Status.RESULT})


def _state_of(order_id: str) -> GetApplicationStateRequest:
    return GetApplicationStateRequest(order_id=int(order_id))


def _progress(response: GetApplicationStateResponse, offices: Mapping[type, object]) -> Status:
    """Tell by the state of an application whether its result is there."""
    if response.tech_code == REFUSED:
        return Status.REJECT
    statuses = offices[Statuses]
    if not isinstance(statuses, Statuses):
        raise TypeError(statuses)
    return Status.RESULT if statuses.is_final(response.tech_code) else Status.PROCESS


def _taken(response: PushEventResponse) -> Status:
    return Status.ACCEPT if response.code is ReplyCode.OK else Status.REJECT


APPLICATION = Smev2(
    takes={"CancelApplication": frozenset({Status.REQUEST, Status.CANCEL})},
    answers=dict.fromkeys(_ABOUT_AN_APPLICATION, _LATER),
    poll=Poll(
        operation="GetApplicationState",
        origins=_ABOUT_AN_APPLICATION,
        request=_state_of,
        judge=_progress,
    ),
    invalid=frozenset(
        {
            "FORM_SCHEMA_INVALID",
            "FORM_VERSION_UNKNOWN",
            "ATTACHMENT_HASH_MISMATCH",
            "ATTACHMENT_TYPE_FORBIDDEN",
        }
    ),
)
"""Of `portal/application/1.0`."""

EVENTS = Smev2(
    takes={"PushEvent": _PUSHED, "PushEvents": _PUSHED},
    answers={"PushEvent": _taken, "PushEvents": _LATER},
    foreign=(events_v25.FOREIGN,),
)
"""Of `portal/events/1.0`."""

APPLICATION_CALLS: Mapping[str, Status] = {"CancelApplication": Status.CANCEL}
"""Statuses of what the hub sends to departments: `Outward.statuses`."""

SINK_CALLS: Mapping[str, Status] = {"DeliverEvent": Status.RESULT}
"""Statuses of what the hub sends to the portal: `Outward.statuses`."""
