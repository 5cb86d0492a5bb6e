"""A portal that takes events: what it keeps once, and what it complains of."""

import base64
import hashlib
from datetime import UTC, datetime
from uuid import UUID

import pytest
import requests
import zeep

from gateway.edge.emulators import event_sink
from gateway.edge.emulators.frame import Manner
from gateway.edge.emulators.portal import Portal
from gateway.edge.emulators.server import serving

AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
STATUS = {"orderStatusEvent": {"statusCode": {"techCode": 6}}}


@pytest.fixture
def taking(clock):
    return Portal(clock)


@pytest.fixture
def sink(taking):
    with serving(event_sink.emulator(taking)) as server:
        yield server


@pytest.fixture
def hub(sink):
    """What delivers events."""
    client = zeep.Client(f"{sink.url}?wsdl")

    def deliver(number=1, order_id=7, *, seq=None, event=STATUS, **more):
        record = {
            "seq": number if seq is None else seq,
            "eventId": str(UUID(int=number)),
            "orderId": order_id,
            "serviceCode": "SRV-1",
            "sender": "DEPT72001",
            "eventDate": AT,
            "receivedAt": AT,
            "event": event,
            **more,
        }
        return client.service.DeliverEvent(event=record)

    deliver.client = client
    return deliver


def test_an_event_is_kept_with_its_state(hub, taking):
    assert hub().code == 0
    (told,) = taking.events(7)
    assert (told.event_id, told.seq, told.kind, told.tech_code) == (
        UUID(int=1),
        1,
        "orderStatusEvent",
        6,
    )


def test_an_event_told_again_is_acknowledged_and_kept_once(hub, taking):
    assert [hub().code for _ in range(3)] == [0, 0, 0]
    assert len(taking.events(7)) == 1
    assert taking.counts == {"new": 1, "repeated": 2}
    assert taking.complaints() == []


def test_other_content_under_the_same_number_is_complained_of(hub, taking):
    hub()
    hub(eventComment="иначе")
    assert [one.what for one in taking.complaints()] == ["conflict"]


def test_an_event_that_overtook_another_is_complained_of_in_its_own_application_only(hub, taking):
    for number, order_id in ((1, 7), (3, 7), (2, 8), (2, 8)):
        hub(number, order_id)
    assert taking.complaints() == []
    hub(4, 7, seq=2)
    (complaint,) = taking.complaints()
    assert (complaint.what, complaint.order_id) == ("disorder", 7)


@pytest.mark.parametrize(
    "event",
    [
        {"paymentStatusEvent": {"status": "PAID"}},
        {"infoEvent": {"code": "I"}},
        {"textMessageEvent": {}},
        {"equeueEvent": {"equeueClosed": {}}},
    ],
    ids=lambda event: next(iter(event)),
)
def test_events_of_every_kind_are_taken(event, hub, taking):
    assert hub(event=event).code == 0
    (told,) = taking.events(7)
    assert (told.kind, told.tech_code) == (next(iter(event)), None)


@pytest.mark.parametrize("event", [{}, STATUS | {"infoEvent": {"code": "I"}}])
def test_an_event_of_no_kind_or_of_two_is_refused(event, hub, taking):
    with pytest.raises(zeep.exceptions.Fault) as fault:
        hub(event=event)
    assert fault.value.detail.findtext(".//{*}HubFault/{*}code") == "VALIDATION_ERROR"
    assert taking.everything() == {}


def test_a_document_that_is_not_what_it_says_is_refused(hub, taking):
    file = {
        "fileId": str(UUID(int=9)),
        "fileName": "итог.pdf",
        "mimeType": "application/pdf",
        "size": 3,
        "hash": base64.b64encode(hashlib.sha256(b"ook").digest()).decode(),
        "hashAlg": "SHA-256",
        "content": base64.b64encode(b"oak").decode(),
    }
    with pytest.raises(zeep.exceptions.Fault):
        hub(attachment=[file])
    assert hub(attachment=[file | {"content": base64.b64encode(b"ook").decode()}]).code == 0
    assert len(taking.events(7)) == 1


def test_a_portal_that_answers_wrongly_has_taken_the_event_and_wants_it_later(hub, sink, taking):
    sink.emulator.manner = Manner.WRONG
    assert hub().code == 9
    sink.emulator.manner = Manner.GOOD
    assert hub().code == 0
    assert taking.counts == {"new": 1, "repeated": 1}


@pytest.mark.parametrize("manner", [Manner.CUT, Manner.DOWN])
def test_a_misbehaving_portal_takes_what_comes_again(manner, hub, sink, taking):
    sink.emulator.manner = manner
    with pytest.raises(requests.exceptions.RequestException):
        hub()
    sink.emulator.manner = Manner.GOOD
    assert hub().code == 0
    assert len(taking.events(7)) == 1


def test_a_portal_answers_whether_it_is_there(hub):
    answer = hub.client.service.Ping()
    assert (answer.service, answer.version, answer.contour) == ("portal/event-sink", "1.0", "TEST")
