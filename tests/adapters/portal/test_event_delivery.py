"""Events go to the portal by the outbox (PORT-EVT-03)."""

import pytest
from events_counter import info, status
from portal_counter import FILE, SINK, State, file

from adapters.portal.delivering import judge
from adapters.portal.messages import event_sink
from gateway.storage.outbox import Verdict

TAKEN, DONE = 6, 3


@pytest.fixture
def pushing(desk):
    desk.let_portal_be_reached()
    return desk


def test_event_is_sent_to_a_portal_that_has_named_where(pushing):
    pushing.push(1, status(TAKEN))
    [sent, taken] = pushing.events_sent()
    assert sent.source == "event/PORTAL72001/2"
    assert (taken.contract, taken.operation) == (SINK, "DeliverEvent")
    assert {sent.key, taken.key} == {"events/PORTAL72001/1"}
    assert taken.text(".//{*}techCode") == str(TAKEN)
    assert taken.text(".//{*}eventId") == "00000000-0000-0000-0000-000000000001"


def test_nothing_is_sent_to_a_portal_that_pulls(desk):
    desk.push(1, status(TAKEN))
    assert desk.events_sent() == []
    assert len(desk.pull().event) == 3


def test_repeated_event_is_sent_once(pushing):
    pushing.push(1, info())
    pushing.push(1, info())
    assert len(pushing.events_sent()) == 2


def test_file_of_an_event_goes_with_it(pushing):
    pushing.push(1, status(TAKEN), attachment=[file()])
    letter = pushing.events_sent()[-1]
    assert letter.text(".//{*}fileId") == FILE
    assert b"Include" in letter.envelope


@pytest.mark.parametrize(
    ("code", "verdict"), [(0, Verdict.DELIVERED), (1, Verdict.NEVER), (9, Verdict.LATER)]
)
def test_answer_of_the_portal_is_judged_by_its_code(code, verdict):
    answer = event_sink.DeliverEventResponse(code=event_sink.DeliveryCode(code), message="Ответ")
    assert judge(answer) is verdict


@pytest.mark.parametrize("state", [State.WAITING, State.PARKED, State.EXPIRED, State.CANCELLED])
def test_undelivered_event_is_still_to_be_pulled(pushing, state):
    pushing.push(1, info())
    pushing.settle(pushing.events_sent()[0], state)
    assert pushing.ack(2) == 1
