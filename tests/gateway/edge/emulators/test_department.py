"""A department that takes applications: what it answers, keeps and tells."""

import base64
import hashlib
from uuid import uuid4

import pytest
from lxml import etree

from gateway.edge.emulators.department import Document, Refused, Step


def number() -> str:
    return str(uuid4())


def file(content: bytes, digest: bytes | None = None) -> dict:
    return {
        "fileId": number(),
        "fileName": "скан.pdf",
        "mimeType": "application/pdf",
        "size": len(content),
        "hash": base64.b64encode(digest or hashlib.sha256(content).digest()).decode(),
        "hashAlg": "SHA-256",
        "content": base64.b64encode(content).decode(),
    }


def codes(events) -> list[int]:
    return [event.state.tech_code for event in events]


def test_an_application_is_taken_kept_and_told_of(portal, emulator, events):
    answer = portal.submit()
    assert (answer.orderId, answer.duplicate) == (7, False)
    (kept,) = emulator.received("SubmitApplication")
    assert "Вопрос".encode() in kept.request
    assert answer.hubApplicationId.encode() in kept.reply
    assert codes(events) == [6]


def test_a_repeat_gets_the_same_number_and_makes_no_second_application(portal, events):
    first, again = portal.submit(), portal.submit()
    assert again.hubApplicationId == first.hubApplicationId
    assert again.duplicate
    assert codes(events) == [6]


def test_another_application_under_the_same_number_is_refused(portal):
    portal.submit()
    assert portal.refusal("SubmitApplication", serviceCode="SRV-2") == "DUPLICATE_CONFLICT"


def test_an_attachment_that_is_not_what_it_says_is_refused(portal, events):
    wrong = [{"code": "SCAN", "file": file(b"octets", b"\0" * 32)}]
    assert portal.refusal("SubmitApplication", attachment=wrong) == "ATTACHMENT_HASH_MISMATCH"
    assert portal.submit(attachment=[{"code": "SCAN", "file": file(b"octets")}]).orderId == 7
    assert codes(events) == [6]


def test_a_cancellation_goes_by_its_two_states_once(portal, events):
    portal.submit()
    act = number()
    for _ in range(2):
        assert portal.call("CancelApplication", orderId=7, cancelId=act).accepted
    assert codes(events) == [6, 9, 10]
    assert portal.refusal("CancelApplication", orderId=7, cancelId=number()) == "STATUS_FINAL"


def test_a_message_is_taken_until_the_end(portal, department):
    portal.submit()
    act = number()
    told = {"orderId": 7, "textMessageId": act, "text": "Когда?"}
    assert portal.call("SendApplicantMessage", **told)
    assert portal.refusal("SendApplicantMessage", **{**told, "text": "?"}) == "DUPLICATE_CONFLICT"
    department.push(7, 3)
    assert portal.call("SendApplicantMessage", **told)
    late = {**told, "textMessageId": number()}
    assert portal.refusal("SendApplicantMessage", **late) == "MESSAGE_NOT_ALLOWED"


def test_a_correction_is_taken_where_one_was_asked_for(portal, department, events):
    portal.submit()
    form = {"_value_1": etree.fromstring("<form xmlns='urn:test:form'/>")}
    correction = {"orderId": 7, "correctionId": number(), "formData": form}
    assert portal.refusal("SubmitCorrection", **correction) == "ILLEGAL_TRANSITION"
    department.push(7, 15, "Укажите адрес")
    for _ in range(2):
        assert portal.call("SubmitCorrection", **correction)
    assert codes(events) == [6, 15, 6]


def test_the_state_is_told_with_its_history(portal, department, clock):
    portal.submit()
    clock.advance(minutes=1)
    department.push(7, 14, "Нужна справка")
    state = portal.call("GetApplicationState", orderId=7)
    assert (state.techCode, state.changedAt) == (14, clock.now)
    assert [(each.techCode, each.comment) for each in state.history] == [
        (6, None),
        (14, "Нужна справка"),
    ]


@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("GetApplicationState", {}),
        ("CancelApplication", {"cancelId": number()}),
        ("SendApplicantMessage", {"textMessageId": number(), "text": "?"}),
    ],
)
def test_what_is_not_here_is_not_found(operation, fields, portal):
    assert portal.refusal(operation, orderId=404, **fields) == "NOT_FOUND"


def test_nothing_is_pushed_after_the_end(portal, department):
    portal.submit()
    department.push(7, 4)
    with pytest.raises(Refused):
        department.push(7, 3)
    portal.submit(8)
    with pytest.raises(KeyError):
        department.push(8, 5)


def test_an_application_takes_its_course_once_and_its_result_goes_with_the_end(
    portal, department, events
):
    result = Document("итог.pdf", b"octets")
    department.course = lambda order_id: [Step(7), Step(3, "Готово", result)] if order_id else []
    portal.submit()
    portal.submit()
    assert codes(events) == [6, 7, 3]
    assert [event.state.document for event in events] == [None, None, result]
    assert len({event.event_id for event in events}) == 3
    assert department.counts == {"new": 1, "repeated": 1}
