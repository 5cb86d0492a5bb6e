"""A department works applications from the queue (SVC-27)."""

import pytest
from events_counter import (
    OTHER_DEPARTMENT,
    QUEUED,
    code_of,
    inbox,
    set_status,
    status,
    take,
)
from portal_counter import FILE, attached, cancel, correction, file, message

from adapters.portal.messages import ppu
from adapters.portal.messages.portal_common import ReplyCode
from gateway.kernel.errors import DuplicateConflict, NotFound, ValidationError
from gateway.kernel.message import Kept
from registry.portal_services import Route

SENT, DONE, TAKEN, CANCELLING, WANTED = 2, 3, 6, 9, 14


@pytest.fixture
def queue(desk):
    """Applications 2 to 4 wait; number 1 went to the department's own service."""
    for order_id, route in ((2, Route.PPU), (3, Route.PULL), (4, Route.PPU)):
        desk.clock.advance(minutes=1)
        desk.submit(order_id, service_code=route.value)
    return desk


def numbers(answer):
    return [one.order_id for one in answer.application]


def test_queue_lists_what_no_service_of_the_department_gets(queue):
    answer = queue.ask(inbox())
    assert numbers(answer) == [2, 3, 4]
    first = answer.application[0]
    assert (first.service_title, first.tech_code, first.taken_at, first.requests) == (
        "Детский сад",
        1,
        None,
        0,
    )


def test_queue_comes_in_pages(queue):
    first = queue.ask(inbox(limit=2))
    assert numbers(first) == [2, 3]
    rest = queue.ask(inbox(limit=2, cursor=first.next_cursor))
    assert (numbers(rest), rest.next_cursor) == ([4], None)


def test_cursor_of_nobody_is_refused(queue):
    with pytest.raises(ValidationError):
        queue.ask(inbox(limit=2, cursor="выдумка"))


def test_queue_is_narrowed_by_service_and_state(queue):
    queue.ask(take(4))
    assert numbers(queue.ask(inbox(service=QUEUED))) == [2, 4]
    assert numbers(queue.ask(inbox(state=SENT))) == [4]


def test_finished_applications_are_listed_only_when_asked_for(queue):
    queue.ask(set_status(1, TAKEN, 2))
    queue.ask(set_status(2, DONE, 2))
    assert numbers(queue.ask(inbox())) == [3, 4]
    assert numbers(queue.ask(inbox(state=DONE))) == [2]


def test_applications_of_others_are_not_seen(queue):
    assert numbers(queue.ask(inbox(), sender=OTHER_DEPARTMENT)) == []
    with pytest.raises(NotFound):
        queue.ask(take(2), sender=OTHER_DEPARTMENT)


def test_application_that_is_brought_is_not_taken(queue):
    with pytest.raises(NotFound):
        queue.ask(take(1))


def test_taken_application_comes_whole_and_counts_as_sent(queue):
    answer = queue.ask(take(2))
    assert (answer.application.order_id, answer.duplicate) == (2, False)
    assert answer.application.applicant.person.name.last_name == "Примеров"
    assert (answer.tech_code, answer.portal) == (SENT, "PORTAL72001")
    assert queue.told(2) == [1, SENT]
    assert queue.pull(order_id=2).event[-1].sender == "CITTO"


def test_application_taken_again_is_as_it_stands_now_and_keeps_when_it_was_taken(queue):
    first = queue.ask(take(2))
    queue.clock.advance(hours=1)
    queue.ask(set_status(1, TAKEN, 2))
    again = queue.ask(take(2))
    assert (again.duplicate, again.tech_code) == (True, TAKEN)
    assert again.taken_at == first.taken_at
    assert queue.told(2) == [1, SENT, TAKEN]


def test_what_came_after_the_application_comes_with_it(queue):
    queue.ask(set_status(1, TAKEN, 2))
    queue.send("SendApplicantMessage", message(2))
    queue.ask(set_status(2, WANTED, 2))
    queue.send("SubmitCorrection", correction(2))
    queue.ask(set_status(3, TAKEN, 2))
    queue.clock.advance(minutes=1)
    queue.send("CancelApplication", cancel(2))
    answer = queue.ask(take(2))
    kinds = [(bool(one.message), bool(one.correction), bool(one.cancel)) for one in answer.request]
    assert kinds == [(True, False, False), (False, True, False), (False, False, True)]
    assert answer.tech_code == CANCELLING
    assert queue.ask(inbox()).application[0].requests == 3


def test_content_of_a_file_is_fetched_apart(queue):
    queue.submit(5, service_code=QUEUED, attachment=[attached()])
    taken = queue.ask(take(5))
    assert taken.application.attachment[0].file.content is None
    asked = ppu.GetAttachmentRequest(order_id=5, file_id=FILE)
    assert queue.ask(asked).file.content == Kept.of(file().hash)
    with pytest.raises(NotFound):
        queue.ask(asked, sender=OTHER_DEPARTMENT)


def test_file_of_an_event_is_none_of_the_application(queue):
    queue.ask(set_status(1, TAKEN, 2, attachment=[file()]))
    with pytest.raises(NotFound):
        queue.ask(ppu.GetAttachmentRequest(order_id=2, file_id=FILE))


def test_status_set_by_hand_is_an_event_as_any_other(queue):
    reply = queue.ask(set_status(1, TAKEN, 2, comment="Взято", author="Специалист"))
    assert (reply.code, reply.duplicate) == (ReplyCode.OK, False)
    event = queue.pull(order_id=2).event[-1]
    assert (code_of(event), event.event_comment, event.event_author, event.event_date) == (
        TAKEN,
        "Взято",
        "Специалист",
        queue.clock(),
    )


def test_status_set_again_later_is_the_same(queue):
    queue.ask(set_status(1, TAKEN, 2))
    queue.clock.advance(hours=1)
    assert queue.ask(set_status(1, TAKEN, 2)).duplicate
    with pytest.raises(DuplicateConflict):
        queue.ask(set_status(1, DONE, 2))


def test_status_set_by_hand_obeys_the_same_rules(queue):
    assert queue.ask(set_status(1, DONE, 2)).code is ReplyCode.ILLEGAL_TRANSITION
    assert queue.ask(set_status(2, 8, 2)).code is ReplyCode.STATUS_UNKNOWN
    assert queue.ask(set_status(3, TAKEN, 99)).code is ReplyCode.ORDER_NOT_FOUND
    foreign = queue.ask(set_status(4, TAKEN, 2), sender=OTHER_DEPARTMENT)
    assert foreign.code is ReplyCode.NOT_ALLOWED


def test_application_finished_before_it_was_taken_may_still_be_read(queue):
    queue.push(1, status(TAKEN), order_id=2)
    queue.push(2, status(DONE), order_id=2)
    answer = queue.ask(take(2))
    assert (answer.tech_code, answer.duplicate) == (DONE, False)
    assert queue.told(2) == [1, SENT, TAKEN, DONE]
