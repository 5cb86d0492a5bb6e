"""A department pushes an event: what is taken, what is refused with which code (SVC-12)."""

from datetime import date

import pytest
from events_counter import (
    OTHER_DEPARTMENT,
    UIN,
    code_of,
    info,
    invitation,
    payment,
    queue_closed,
    status,
    text_message,
)
from portal_counter import OTHER_PORTAL, PORTAL, State, file

from adapters.portal.messages.portal_common import ReplyCode
from adapters.portal.repository import applications
from gateway.kernel.errors import DuplicateConflict, ValidationError

SENT, DONE, REFUSED, FAILED, TAKEN, GOING_ON, MESSAGE, WANTED = 2, 3, 4, 5, 6, 7, 12, 14


@pytest.mark.parametrize(
    ("what", "kind", "more"),
    [
        (status(TAKEN), "order_status_event", {}),
        (payment(), "payment_status_event", {}),
        (payment("PAID", ()), "payment_status_event", {}),
        (info(), "info_event", {}),
        (text_message(), "text_message_event", {"event_comment": "Возьмите паспорт"}),
        (invitation(), "equeue_event", {}),
        (invitation(date(2026, 3, 5), date(2026, 3, 5)), "equeue_event", {}),
        (queue_closed(), "equeue_event", {}),
    ],
)
def test_each_kind_of_event_is_taken_and_comes_to_the_portal_as_it_was_told(desk, what, kind, more):
    reply = desk.push(1, what, event_author="Специалист", **more)

    assert (reply.code, reply.duplicate) == (ReplyCode.OK, False)
    told = desk.pull().event[-1]
    assert getattr(told.event, kind) == getattr(what, kind)
    assert (told.sender, told.order_id, told.event_author) == ("DEPT72001", 1, "Специалист")
    assert told.event_comment == more.get("event_comment")


def test_event_on_an_application_that_only_was_accepted_proves_that_it_arrived(desk):
    desk.push(1, info())
    assert desk.told() == [1, SENT]

    desk.push(2, status(TAKEN))
    assert desk.told() == [1, SENT, TAKEN]


def test_status_on_an_application_that_only_was_accepted_comes_after_its_delivery(desk):
    desk.push(1, status(TAKEN))
    events = desk.pull().event
    assert [code_of(one) for one in events] == [1, SENT, TAKEN]
    assert [one.sender for one in events] == ["CITTO", "CITTO", "DEPT72001"]
    assert events[-1].title == "Принято ведомством"


def test_department_may_say_itself_that_it_has_the_application(desk):
    assert desk.push(1, status(SENT)).code is ReplyCode.OK
    assert desk.told() == [1, SENT]


def test_late_commit_of_a_delivery_changes_nothing_after_an_event(desk):
    [letter] = desk.letters()
    desk.push(1, status(TAKEN))
    desk.deliver(letter)
    assert desk.told() == [1, SENT, TAKEN]


def test_event_on_an_application_that_was_given_up_takes_it_up_again(desk):
    [letter] = desk.letters()
    desk.settle(letter, State.EXPIRED)
    desk.push(1, status(TAKEN))
    assert desk.told() == [1, FAILED, SENT, TAKEN]


def test_refused_event_proves_nothing(desk):
    assert desk.push(1, status(DONE)).code is ReplyCode.ILLEGAL_TRANSITION
    assert desk.told() == [1]


def test_flags_of_a_status_open_and_close_what_the_applicant_may_do(desk):
    desk.push(1, status(TAKEN, cancel=False, message=False))
    assert application_of(desk)[:2] == (False, False)
    desk.push(2, status(GOING_ON, message=True))
    assert application_of(desk)[:2] == (False, True)


def test_own_code_of_a_department_is_told_as_the_code_of_the_portal(desk):
    desk.map_codes({"REGISTERED": TAKEN})
    assert desk.push(1, status(org_code="REGISTERED")).code is ReplyCode.OK
    assert desk.told()[-1] == TAKEN
    assert desk.state().org_code == "REGISTERED"


@pytest.mark.parametrize("what", [status(8), status(999), status(org_code="NOBODY")])
def test_unknown_status_is_refused(desk, what):
    assert desk.push(1, what).code is ReplyCode.STATUS_UNKNOWN


def test_order_of_nobody_is_not_found(desk):
    assert desk.push(1, info(), order_id=2).code is ReplyCode.ORDER_NOT_FOUND


@pytest.mark.parametrize("stranger", [OTHER_DEPARTMENT, PORTAL, OTHER_PORTAL])
def test_event_on_the_application_of_another_is_not_allowed(desk, stranger):
    assert desk.push(1, status(TAKEN), sender=stranger).code is ReplyCode.NOT_ALLOWED
    assert desk.told() == [1]


def test_transition_that_the_table_does_not_know_is_illegal(desk):
    desk.push(1, status(TAKEN))
    reply = desk.push(2, status(SENT))
    assert reply.code is ReplyCode.ILLEGAL_TRANSITION
    assert reply.message == "Из статуса 6 в статус 2 перейти нельзя."


def test_code_that_is_a_message_leaves_the_state(desk):
    desk.push(1, status(TAKEN))
    assert desk.push(2, status(MESSAGE)).code is ReplyCode.OK
    assert desk.state().tech_code == TAKEN
    assert desk.told()[-1] == MESSAGE


@pytest.mark.parametrize("final", [DONE, REFUSED])
@pytest.mark.parametrize("what", [status(GOING_ON), status(DONE), status(MESSAGE), info()])
def test_nothing_comes_after_a_final_status(desk, final, what):
    desk.push(1, status(TAKEN))
    desk.push(2, status(final))
    assert desk.push(3, what).code is ReplyCode.STATUS_FINAL
    assert desk.told()[-1] == final


def test_repeated_event_is_answered_again_even_after_the_final_one(desk):
    first = desk.push(1, status(TAKEN))
    desk.push(2, status(DONE))
    again = desk.push(1, status(TAKEN))
    assert (again.code, again.message) == (first.code, first.message)
    assert again.duplicate
    assert desk.told() == [1, SENT, TAKEN, DONE]


def test_event_of_the_same_id_with_other_content_is_a_conflict(desk):
    desk.push(1, status(TAKEN))
    with pytest.raises(DuplicateConflict):
        desk.push(1, status(TAKEN), event_comment="Иное")


def test_departments_number_their_events_each_for_itself(desk):
    desk.publish_for_other()
    desk.submit(2, service_code="OTHER")
    desk.push(1, status(TAKEN))
    reply = desk.push(1, status(TAKEN), order_id=2, sender=OTHER_DEPARTMENT)
    assert (reply.code, reply.duplicate) == (ReplyCode.OK, False)


def test_refused_event_may_come_again_under_its_id(desk):
    desk.push(1, status(DONE))
    desk.push(2, status(TAKEN))
    assert desk.push(1, status(DONE)).code is ReplyCode.OK


@pytest.mark.parametrize(
    "what",
    [
        payment("REQUIRED", ()),
        payment("REQUIRED", (UIN, UIN[:-1] + "0")),
        payment("PAID", ("1" * 19 + "2",)),
    ],
)
def test_payment_that_cannot_be_is_refused(desk, what):
    assert desk.push(1, what).code is ReplyCode.PAYMENT_INVALID


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (text_message(), "eventComment"),
        (invitation(date(2026, 3, 5), date(2026, 3, 4)), "endDate"),
    ],
)
def test_what_the_schema_cannot_tell_is_refused_with_its_reason(desk, what, text):
    reply = desk.push(1, what)
    assert reply.code is ReplyCode.OTHER
    assert text in reply.message


def test_result_of_a_service_lies_with_its_final_event(desk):
    desk.push(1, status(TAKEN))
    desk.push(2, status(DONE), attachment=[file()])
    [told] = desk.pull().event[-1].attachment
    assert (told.file_name, told.content) == ("spravka.pdf", None)


@pytest.mark.parametrize("broken", [{"size": 5}, {"hash": b"0" * 32}, {"content": None}])
def test_file_that_is_not_what_is_said_of_it_refuses_the_message(desk, broken):
    with pytest.raises(ValidationError) as refusal:
        desk.push(1, status(TAKEN), attachment=[file(**broken)])
    assert refusal.value.findings[0].path.startswith("/PushEventRequest/attachment[1]/")
    assert desk.told() == [1]


def test_number_of_a_file_stands_once_in_an_event(desk):
    with pytest.raises(ValidationError):
        desk.push(1, status(TAKEN), attachment=[file(), file(file_name="2.pdf")])


def test_event_id_is_the_same_in_capital_letters(desk):
    identifier = "0191aa3c-0f27-7b5d-8a14-6c2e9d4b1faa"
    desk.push(1, info(), event_id=identifier)
    assert desk.push(1, info(), event_id=identifier.upper()).duplicate


def application_of(desk):
    with desk.database.reading() as transaction:
        found = applications.of_portal(transaction, PORTAL.code, 1)
        return found.cancel_allowed, found.message_allowed
