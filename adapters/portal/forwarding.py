"""Applications on their way to a department's own service, and what becomes of them (PORT-APP-07).

Everything on one application goes under one key: the department hears it in the order in which the
hub took it. An application that was not delivered in the end holds back what came after it.
"""

from typing import Any
from uuid import UUID

from adapters.portal import recording, statuses
from adapters.portal.messages import application as messages
from adapters.portal.repository import applications
from adapters.portal.repository.applications import Application, Kind
from gateway.adapter import Received, Settled, Work
from gateway.outgoing import Outgoing, Parcel
from gateway.storage.outbox import State
from registry.portal_services import Route

CONTRACT = "portal/application/1.0"
_APPLICATION = "application"
_FAILED = frozenset({State.PARKED, State.EXPIRED, State.CANCELLED})
_NOT_HEARD = "Ведомство не получило запрос на отмену."


def forward(work: Work, application: Application, received: Received[Any]) -> None:
    """Send the application itself to the department, if it has a service of its own."""
    source = f"{_APPLICATION}/{application.id}"
    _send(work, application, received, source, holds=True)


def forward_request(
    work: Work, application: Application, received: Received[Any], kind: Kind, number: UUID
) -> None:
    """Send what came after the application to the department, if it has a service of its own."""
    source = f"{_APPLICATION}/{application.id}/{kind.value.lower()}/{number}"
    _send(work, application, received, source, holds=False)


def settle(settled: Settled, work: Work) -> None:
    """Note what has become of a message to a department; a second time changes nothing."""
    identifier, _, request = settled.source.removeprefix(f"{_APPLICATION}/").partition("/")
    application = applications.lock(work.database, UUID(identifier))
    if application is None:
        return
    if request:
        kind, _, number = request.partition("/")
        _settle_request(settled, work, application, Kind(kind.upper()), UUID(number))
    else:
        _settle_application(settled, work, application)


def _settle_application(settled: Settled, work: Work, application: Application) -> None:
    if settled.state is State.DELIVERED:
        answer = settled.response
        if isinstance(answer, messages.SubmitApplicationResponse) and answer.org_number:
            application = applications.change(
                work.database, application, org_number=answer.org_number
            )
        recording.prove_delivery(work, application)
    elif settled.state in _FAILED and application.state == statuses.ACCEPTED:
        recording.hub_moves(work, application, statuses.UNDELIVERED)


def _settle_request(
    settled: Settled, work: Work, application: Application, kind: Kind, number: UUID
) -> None:
    if settled.state is State.DELIVERED:
        accepted = bool(getattr(settled.response, "accepted", True))
    elif settled.state in _FAILED:
        accepted = False
    else:
        return
    applications.answer_request(work.database, application.id, kind, number, accepted=accepted)
    if kind is Kind.CANCEL and not accepted and application.state == statuses.CANCELLING:
        comment = None if settled.state is State.DELIVERED else _NOT_HEARD
        recording.hub_moves(work, application, statuses.NOT_CANCELLED, comment)


def _send(
    work: Work, application: Application, received: Received[Any], source: str, *, holds: bool
) -> None:
    if application.route is not Route.ENDPOINT:
        return
    work.office(Outgoing).send(
        work,
        Parcel(
            recipient=application.department,
            contract=CONTRACT,
            request=received.request,
            key=f"{_APPLICATION}/{application.portal}/{application.order_id}",
            source=source,
            message_id=work.identifiers(),
            attachments=received.attachments,
            case_number=str(application.order_id),
            service_code=application.service,
            origin_request=received.message_id,
            originator=application.portal,
            holds=holds,
            entry=received.entry,
        ),
    )
