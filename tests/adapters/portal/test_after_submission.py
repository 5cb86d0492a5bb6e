"""What comes after an application: cancellation, messages, corrections, its state (SVC-11)."""

import pytest
from portal_counter import (
    DEPARTMENT,
    OTHER_PORTAL,
    attached,
    cancel,
    correction,
    file,
    form,
    message,
)

from adapters.portal import errors
from adapters.portal.messages import application as messages
from gateway import files
from gateway.kernel.errors import DuplicateConflict, IllegalTransition, NotAllowed, NotFound
from gateway.storage.outbox import State
from registry.portal_services import Route

TAKEN, WANTED, TO_CORRECT, DONE = 6, 14, 15, 3
ASKED = (
    ("CancelApplication", cancel),
    ("SendApplicantMessage", message),
    ("SubmitCorrection", correction),
)
each_request = pytest.mark.parametrize(("operation", "make"), ASKED, ids=[one[0] for one in ASKED])


@pytest.fixture
def taken(counter):
    """The counter with application 1, which the department has taken."""
    counter.submit()
    counter.move(TAKEN)
    return counter


@pytest.fixture
def wanted(counter):
    """The same where the department waits for the applicant."""
    counter.submit()
    counter.move(TO_CORRECT)
    return counter


def open_to(counter, operation):
    counter.move(TO_CORRECT if operation == "SubmitCorrection" else TAKEN)


@each_request
def test_request_is_taken_and_sent_on_in_order(taken, operation, make):
    open_to(taken, operation)

    answer = taken.send(operation, make())

    assert (answer.accepted, answer.duplicate) == (True, False)
    letters = taken.letters()
    assert [one.operation for one in letters] == ["SubmitApplication", operation]
    assert {one.key for one in letters} == {"application/PORTAL72001/1"}


@each_request
def test_repeated_request_is_answered_again_and_sent_once(taken, operation, make):
    open_to(taken, operation)
    taken.send(operation, make())
    taken.move(DONE)

    answer = taken.send(operation, make())

    assert (answer.accepted, answer.duplicate) == (True, True)
    assert len(taken.letters()) == 2


@each_request
def test_number_of_a_request_with_other_content_is_a_conflict(taken, operation, make):
    open_to(taken, operation)
    taken.send(operation, make())
    other = {
        "CancelApplication": {"reason": "Передумал"},
        "SendApplicantMessage": {"text": "Иное"},
        "SubmitCorrection": {"data": form("Иной")},
    }[operation]

    with pytest.raises(DuplicateConflict):
        taken.send(operation, make(**other))


@each_request
def test_application_of_another_portal_is_not_found(taken, operation, make):
    with pytest.raises(NotFound):
        taken.send(operation, make(), sender=OTHER_PORTAL)
    with pytest.raises(NotFound):
        taken.send(operation, make(order_id=404))


@each_request
def test_department_asks_nothing_of_the_portals_service(taken, operation, make):
    with pytest.raises(NotAllowed):
        taken.send(operation, make(), sender=DEPARTMENT)


@each_request
def test_request_of_a_queue_worked_by_hand_stays_in_the_hub(counter, operation, make):
    counter.submit(service_code=Route.PPU.value)
    open_to(counter, operation)

    assert counter.send(operation, make()).accepted
    assert counter.letters() == []


def test_cancellation_puts_the_application_into_cancelling(taken):
    taken.send("CancelApplication", cancel())

    state = taken.state()

    assert (state.tech_code, state.title) == (9, "В процессе отмены")
    assert [one.tech_code for one in state.history] == [1, 9]


def test_final_application_is_not_cancelled(taken):
    taken.move(DONE)

    with pytest.raises(errors.StatusFinal):
        taken.send("CancelApplication", cancel())


def test_application_that_is_being_cancelled_or_may_not_be_is_not(taken):
    taken.move(TAKEN, cancel_allowed=False)
    with pytest.raises(errors.CancelNotAllowed):
        taken.send("CancelApplication", cancel())

    taken.move(9, cancel_allowed=True)
    with pytest.raises(errors.CancelNotAllowed):
        taken.send("CancelApplication", cancel(number=70))


def test_message_needs_a_department_that_listens(taken):
    taken.move(TAKEN, message_allowed=False)
    with pytest.raises(errors.MessageNotAllowed):
        taken.send("SendApplicantMessage", message())

    taken.move(DONE, message_allowed=True)
    with pytest.raises(errors.MessageNotAllowed):
        taken.send("SendApplicantMessage", message())


def test_message_does_not_move_the_application(taken):
    taken.send("SendApplicantMessage", message(files=[file()]))

    assert taken.state().tech_code == TAKEN


def test_file_of_a_message_is_checked_as_that_of_an_application(taken):
    with pytest.raises(files.AttachmentHashMismatch) as refused:
        taken.send("SendApplicantMessage", message(files=[file(size=1)]))

    assert refused.value.findings[0].path == "/SendApplicantMessageRequest/attachment[1]/size"


@pytest.mark.parametrize("state", [TAKEN, DONE, 1])
def test_nothing_is_corrected_unasked(taken, state):
    taken.move(state)

    with pytest.raises(IllegalTransition):
        taken.send("SubmitCorrection", correction())


@pytest.mark.parametrize("state", [WANTED, TO_CORRECT])
def test_correction_keeps_the_state_until_the_department_moves_it(taken, state):
    taken.move(state)

    taken.send("SubmitCorrection", correction(files=[attached()]))

    assert taken.state().tech_code == state


def test_correction_keeps_to_the_form_of_its_application(wanted):
    with pytest.raises(errors.FormSchemaInvalid) as refused:
        wanted.send("SubmitCorrection", correction(data=form(wanted="завтра")))

    path = "/SubmitCorrectionRequest/formData/Enrolment/wantedFrom"
    assert [one.path for one in refused.value.findings] == [path]


def test_state_of_another_portals_application_is_not_told(taken):
    with pytest.raises(NotFound):
        taken.state(sender=OTHER_PORTAL)


# What becomes of messages to the department.


def test_department_that_has_taken_the_application_moves_it_to_sent(counter):
    counter.submit()
    [letter] = counter.letters()

    counter.deliver(letter, org_number="В-1")
    counter.deliver(letter, org_number="В-1")

    assert [one.tech_code for one in counter.state().history] == [1, 2]
    assert counter.submit().org_number == "В-1"


@pytest.mark.parametrize("end", [State.PARKED, State.EXPIRED, State.CANCELLED])
def test_application_that_was_not_delivered_in_the_end_is_a_failure(counter, end):
    counter.submit()
    [letter] = counter.letters()

    counter.settle(letter, State.WAITING)
    assert counter.state().tech_code == 1
    counter.settle(letter, end)
    counter.settle(letter, end)

    assert [one.tech_code for one in counter.state().history] == [1, 5]


def test_application_sent_again_by_an_operator_leaves_the_failure(counter):
    counter.submit()
    [letter] = counter.letters()
    counter.settle(letter, State.PARKED)

    counter.deliver(letter)

    assert [one.tech_code for one in counter.state().history] == [1, 5, 2]


def test_late_news_of_the_delivery_does_not_move_an_application_back(counter):
    counter.submit()
    [letter] = counter.letters()
    counter.move(TAKEN)

    counter.deliver(letter)
    counter.settle(letter, State.EXPIRED)

    assert counter.state().tech_code == TAKEN


@pytest.mark.parametrize(
    ("end", "response", "state"),
    [
        (State.DELIVERED, {"accepted": True}, 9),
        (State.DELIVERED, {"accepted": False}, 11),
        (State.EXPIRED, None, 11),
        (State.WAITING, None, 9),
    ],
)
def test_cancellation_that_the_department_does_not_take_is_unconfirmed(taken, end, response, state):
    taken.send("CancelApplication", cancel())
    _, letter = taken.letters()
    answer = response and messages.CancelApplicationResponse(order_id=1, duplicate=None, **response)

    taken.settle(letter, end, answer)
    taken.settle(letter, end, answer)

    assert taken.state().tech_code == state


def test_message_that_the_department_does_not_take_moves_nothing(taken):
    taken.send("SendApplicantMessage", message())
    _, letter = taken.letters()

    taken.settle(letter, State.PARKED)

    assert taken.state().tech_code == TAKEN
