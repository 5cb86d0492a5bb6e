"""Applications for trials of departments: a portal of the stand has sent them, no message has.

All is invented, and gone when the session is over. The portal of the stand is no participant: what
happens to its applications goes nowhere.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from adapters.portal import statuses
from adapters.portal.messages.application import (
    ApplicantKind,
    ApplicantType,
    FormDataType,
    OrganizationType,
    SubmitApplicationRequest,
)
from adapters.portal.messages.events import EventRecordType, OrderStatusEventType
from adapters.portal.messages.portal_common import StatusCodeType
from adapters.portal.recording import status_event
from adapters.portal.repository import applications, events, trials
from adapters.portal.repository.applications import Application
from adapters.portal.repository.trials import PORTAL
from gateway.contracts.markup import Markup
from gateway.kernel import xml
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Transaction
from gateway.storage.journal import NO_MESSAGE
from gateway.trial_data import Preparation, TestData
from registry.portal_services import Route

FIRST_ORDER = 9_000_000_000_000
ORDERS = 999_999_999_999
"""Numbers of orders that trials are given lie from FIRST_ORDER on: no portal has come so far."""
OTHER_DEPARTMENT = "STAND-OTHER"
SERVICE = "trial"
VERSION = "1.0"
_FORM = b'<trial xmlns="urn:example:trial"/>'


class _Kind(NamedTuple):
    """An application of a trial: where it has come to, and whose it is."""

    states: tuple[int, ...]
    is_own: bool = True


_SENT = (statuses.ACCEPTED, statuses.SENT)
_KINDS = {
    "order": _Kind(_SENT),
    "second_order": _Kind(_SENT),
    "queued_order": _Kind((statuses.ACCEPTED,)),
    "final_order": _Kind((*_SENT, statuses.TAKEN, statuses.DONE)),
    "refused_order": _Kind((*_SENT, statuses.TAKEN)),
    "cancelled_order": _Kind((*_SENT, statuses.TAKEN, statuses.CANCELLING)),
    "foreign_order": _Kind(_SENT, is_own=False),
}
"""By the names that plans give them; all lie in the queue, so they can be taken as well."""
UNKNOWN = "unknown_order"


def prepare(transaction: Transaction, preparation: Preparation) -> Mapping[str, str]:
    """Make the applications that a plan wants; name a number of nobody."""
    names = [name for name in (*_KINDS, UNKNOWN) if name in preparation.wanted]
    numbers = _free(transaction, preparation)
    values = {name: str(next(numbers)) for name in names}
    for name, number in values.items():
        if name != UNKNOWN:
            _make(transaction, preparation, int(number), _KINDS[name])
    return values


def _free(transaction: Transaction, preparation: Preparation) -> Iterator[int]:
    """Give numbers that no application has."""
    number = FIRST_ORDER + preparation.choose(ORDERS)
    while True:
        if not applications.exists(transaction, number):
            yield number
        number += 1


def _make(transaction: Transaction, given: Preparation, order_id: int, kind: _Kind) -> None:
    made = Application(
        id=given.identifiers(),
        portal=PORTAL,
        order_id=order_id,
        department=given.participant.code if kind.is_own else OTHER_DEPARTMENT,
        service=SERVICE,
        form_version=VERSION,
        route=Route.PULL,
        digest=hashlib.sha256(str(order_id).encode()).digest(),
        submitted_at=given.now,
        received_at=given.now,
        entry=NO_MESSAGE,
        state=kind.states[-1],
        org_code=None,
        changed_at=given.now,
        cancel_allowed=True,
        message_allowed=True,
        org_number=None,
        taken_at=None,
    )
    applications.add(transaction, made, _content(given, order_id))
    for state in kind.states:
        _tell(transaction, given, made, state)


def _tell(transaction: Transaction, given: Preparation, on: Application, state: int) -> None:
    identifier = given.identifiers()
    seq = events.next_seqs(transaction, on.portal, 1)
    status = OrderStatusEventType(
        status_code=StatusCodeType(tech_code=state, org_code=None),
        cancel_allowed=None,
        send_message_allowed=None,
    )
    record = EventRecordType(
        seq=seq,
        event_id=str(identifier),
        order_id=on.order_id,
        service_code=on.service,
        sender=on.portal,
        event_date=given.now.astimezone(LOCAL),
        received_at=given.now.astimezone(LOCAL),
        event=status_event(status),
    )
    written = events.Written(
        portal=on.portal,
        seq=seq,
        id=identifier,
        sender=on.portal,
        application=on.id,
        digest=hashlib.sha256(identifier.bytes).digest(),
        tech_code=state,
        state=state,
        pushed=False,
        event_date=given.now,
        recorded_at=given.now,
        entry=None,
    )
    events.add(transaction, [(written, record)])


def _content(given: Preparation, order_id: int) -> SubmitApplicationRequest:
    # Of an organization, so that no person has to be invented.
    organization = OrganizationType(
        full_name="Проба стенда (вымышлено)", inn="7200000018", ogrn="1027200000010"
    )
    return SubmitApplicationRequest(
        order_id=order_id,
        service_code=SERVICE,
        form_version=VERSION,
        submitted_at=given.now.astimezone(LOCAL),
        applicant=ApplicantType(type_value=ApplicantKind.UL, organization=organization),
        form_data=FormDataType(content=Markup.of(etree.fromstring(_FORM, xml.parser()))),
    )


TEST_DATA = TestData(
    prepare,
    purge=trials.purge,
    states={"application_state": trials.application_state, "events": trials.events},
)
