"""`hub reconcile` names applications and events that do not agree."""

import pytest
from events_counter import info, status
from portal_counter import message

TAKEN = 6


@pytest.fixture
def busy(desk):
    desk.let_portal_be_reached()
    desk.push(1, status(TAKEN))
    desk.send("SendApplicantMessage", message())
    desk.push(2, info())
    desk.submit(2)
    return desk


def test_books_of_a_busy_day_are_right(busy):
    assert busy.faults() == []


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        ("UPDATE portal_application SET state = 3 WHERE order_id = 1", "статус 3, а последнее"),
        ("UPDATE portal_event SET state = 4 WHERE seq = 4", "событие этого не говорит"),
        ("DELETE FROM portal_event WHERE seq = 5", "нет ни одного события"),
        ("UPDATE portal_event_counter SET number = 2", "счётчик стоит на 2"),
        ("UPDATE portal_event SET pushed = true WHERE seq = 1", "нет отправления порталу"),
        ("UPDATE portal_event SET portal = 'EDU72001' WHERE seq = 2", "другого портала"),
        ("UPDATE portal_application SET route = 'PPU'", ""),
        ("DELETE FROM portal_event WHERE seq = 4", "нет того, чем отправление вызвано"),
    ],
)
def test_what_does_not_agree_is_named(busy, harm, word):
    busy.run(harm)
    faults = busy.faults()
    assert any(word in one for one in faults) or not word, faults


def test_application_and_request_that_were_not_sent_are_named(desk):
    desk.submit(2, service_code="PPU")
    desk.send("SendApplicantMessage", message(2))
    desk.run("UPDATE portal_application SET route = 'ENDPOINT' WHERE order_id = 2")
    assert desk.faults() == [
        "portal_application PORTAL72001/2: нет отправления ведомству",
        "portal_application PORTAL72001/2: MESSAGE не отправлено ведомству",
    ]
