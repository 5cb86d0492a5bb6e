"""A packet of events: each is taken or refused by itself (SVC-12)."""

import pytest
from events_counter import info, packet, push, status, text_message
from portal_counter import file

from adapters.portal import recording, telling
from adapters.portal.handlers.events import MOST_EVENTS, is_settled
from adapters.portal.messages.portal_common import ReplyCode
from gateway.kernel.errors import TemporaryUnavailable, TooLarge

SENT, DONE, TAKEN, GOING_ON = 2, 3, 6, 7


def codes(answer):
    return [one.code for one in answer.result]


def test_bad_events_do_not_spoil_their_neighbours(desk):
    bad = push(2, info(), attachment=[file(size=1)])
    answer = desk.ask(
        packet(push(1, status(TAKEN)), bad, push(3, text_message()), push(4, status(GOING_ON)))
    )
    assert codes(answer) == [ReplyCode.OK, ReplyCode.OTHER, ReplyCode.OTHER, ReplyCode.OK]
    assert "/PushEventsRequest/event[2]/attachment[1]/size" in answer.result[1].message
    assert desk.told() == [1, SENT, TAKEN, GOING_ON]


def test_events_of_a_packet_are_taken_in_their_order(desk):
    answer = desk.ask(
        packet(push(1, status(TAKEN)), push(2, status(DONE)), push(3, status(GOING_ON)))
    )
    assert codes(answer) == [ReplyCode.OK, ReplyCode.OK, ReplyCode.STATUS_FINAL]


def test_event_that_was_pushed_alone_is_known_in_a_packet(desk):
    desk.push(1, status(TAKEN), attachment=[file()])
    answer = desk.ask(packet(push(1, status(TAKEN), attachment=[file()]), push(1, info())))
    assert [(one.code, one.duplicate) for one in answer.result] == [
        (ReplyCode.OK, True),
        (ReplyCode.OTHER, False),
    ]


def test_event_twice_in_a_packet_happens_once(desk):
    answer = desk.ask(packet(push(1, info()), push(1, info())))
    assert [one.duplicate for one in answer.result] == [False, True]
    assert len(desk.pull().event) == 3


def test_event_that_breaks_the_hub_leaves_its_neighbours_and_may_come_again(desk, monkeypatch):
    monkeypatch.setattr(
        telling, "record_events", breaking_at("00000000-0000-0000-0000-000000000002")
    )
    answer = desk.ask(packet(push(1, info("A")), push(2, info("B")), push(3, info("C"))))
    assert codes(answer) == [ReplyCode.OK, ReplyCode.OTHER, ReplyCode.OK]
    assert not is_settled(answer)
    monkeypatch.undo()
    again = desk.ask(packet(push(1, info("A")), push(2, info("B"))))
    assert [one.duplicate for one in again.result] == [True, False]
    assert is_settled(again)


def test_packet_is_refused_whole_when_the_hub_cannot_answer_now(desk, monkeypatch):
    def busy(*_):
        raise TemporaryUnavailable

    monkeypatch.setattr(telling, "record_events", busy)
    with pytest.raises(TemporaryUnavailable):
        desk.ask(packet(push(1, info())))


def test_packet_beyond_the_limit_is_too_large(desk):
    with pytest.raises(TooLarge):
        desk.ask(packet(*[push(1, info())] * (MOST_EVENTS + 1)))


def breaking_at(identifier):
    def record(work, happenings):
        recording.record_events(work, happenings)
        if any(str(one.event.id) == identifier for one in happenings):
            raise RuntimeError("broken after it was written")

    return record
