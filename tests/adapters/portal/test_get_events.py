"""The portal pulls its events, reads their files and acknowledges them (SVC-12)."""

import pytest
from events_counter import info, status
from portal_counter import DEPARTMENT, FILE, OTHER_PORTAL, PDF, attached, file

from adapters.portal.messages import events as messages
from gateway.kernel.errors import NotAllowed, NotFound
from gateway.kernel.message import Kept
from gateway.storage.outbox import State

SENT, DONE, TAKEN = 2, 3, 6


def attachment(seq, file_id=FILE):
    return messages.GetAttachmentRequest(seq=seq, file_id=file_id)


def test_portal_reads_on_from_the_last_number(desk):
    desk.push(1, status(TAKEN))
    first = desk.pull(limit=2)
    assert [one.seq for one in first.event] == [1, 2]
    rest = desk.pull(first.last_seq)
    assert [one.seq for one in rest.event] == [3]
    nothing = desk.pull(rest.last_seq)
    assert (nothing.event, nothing.last_seq) == ([], 3)


def test_portal_reads_the_events_of_one_application(desk):
    desk.submit(2)
    desk.push(1, status(TAKEN), order_id=2)
    assert [one.order_id for one in desk.pull(order_id=2).event] == [2, 2, 2]
    assert desk.pull(order_id=3).event == []


def test_each_portal_has_numbers_of_its_own_and_sees_only_its_events(desk):
    desk.submit(2, sender=OTHER_PORTAL)
    [event] = desk.pull(sender=OTHER_PORTAL).event
    assert (event.seq, event.order_id) == (1, 2)


def test_only_a_portal_pulls(desk):
    with pytest.raises(NotAllowed):
        desk.pull(sender=DEPARTMENT)
    with pytest.raises(NotAllowed):
        desk.ack(1, sender=DEPARTMENT)


def test_event_is_acknowledged_once(desk):
    desk.push(1, info())
    assert desk.ack(1, 2, 2) == 2
    assert desk.ack(1, 2, 3) == 1
    assert desk.ack(1, 2, 3) == 0


def test_of_unknown_numbers_none_is_acknowledged(desk):
    desk.submit(2, sender=OTHER_PORTAL)
    desk.push(1, info())
    with pytest.raises(NotFound):
        desk.ack(1, 99)
    with pytest.raises(NotFound):
        desk.ack(2, sender=OTHER_PORTAL)
    assert desk.ack(1) == 1


def test_acknowledged_event_is_not_delivered_any_more(desk):
    desk.let_portal_be_reached()
    desk.push(1, status(TAKEN))
    assert desk.delivery_states("event/") == {2: "WAITING", 3: "WAITING"}
    desk.ack(2)
    assert desk.delivery_states("event/") == {2: "CANCELLED", 3: "WAITING"}
    assert desk.faults() == []


def test_delivered_event_counts_as_acknowledged(desk):
    desk.let_portal_be_reached()
    desk.push(1, info())
    [first, second] = desk.events_sent()
    desk.deliver_event(first)
    desk.deliver_event(first)
    assert desk.ack(2, 3) == 1
    desk.settle(second, State.EXPIRED)


def test_portal_gets_the_content_of_a_file(desk):
    desk.push(1, status(TAKEN), attachment=[file()])
    answer = desk.ask(attachment(3), sender=desk.portal)
    assert answer.file.content == Kept.of(file().hash)
    assert answer.file.size == len(PDF)


@pytest.mark.parametrize("asked", [attachment(2), attachment(99), attachment(3, FILE[:-1] + "9")])
def test_file_of_no_event_is_not_found(desk, asked):
    desk.push(1, status(TAKEN), attachment=[file()])
    with pytest.raises(NotFound):
        desk.ask(asked, sender=desk.portal)


def test_files_of_the_application_and_of_other_portals_are_not_found(desk):
    desk.submit(2, attachment=[attached()])
    desk.push(1, status(TAKEN), attachment=[file()])
    for seq in (1, 2):
        with pytest.raises(NotFound):
            desk.ask(attachment(seq), sender=desk.portal)
    with pytest.raises(NotFound):
        desk.ask(attachment(4), sender=OTHER_PORTAL)
