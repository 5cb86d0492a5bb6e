"""Misbehaviour on demand: over a real socket, by the manner of all or by the rule of one."""

import threading
from datetime import timedelta
from time import monotonic

import pytest
import requests
import zeep

from gateway.edge.emulators.frame import MOST_KEPT, Manner, Rule
from gateway.edge.emulators.server import serving

CUT_OFF = requests.exceptions.RequestException


def test_a_slow_one_answers_after_its_delay(portal, emulator):
    emulator.manner, emulator.delay = Manner.SLOW, timedelta(seconds=0.3)
    began = monotonic()
    assert portal.submit().orderId == 7
    assert monotonic() - began >= 0.3


def test_a_silent_one_takes_the_message_and_never_answers(portal, emulator, department):
    emulator.manner = Manner.SILENT
    portal.client.transport.operation_timeout = 0.3
    with pytest.raises(CUT_OFF):
        portal.submit()
    (kept,) = emulator.received()
    assert (kept.status, kept.reply) == (None, None)


def test_stopping_does_not_wait_for_one_that_is_kept_waiting(emulator, portal):
    emulator.manner = Manner.SILENT
    with serving(emulator) as other:
        asking = threading.Thread(target=post_and_forget, args=(other.url,))
        asking.start()
        while not emulator.received():
            asking.join(0.01)
        began = monotonic()
    asking.join(5)
    assert monotonic() - began < 5
    assert not asking.is_alive()


def post_and_forget(url: str) -> None:
    body = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a/></s:Body></s:Envelope>'
    with pytest.raises(CUT_OFF):
        requests.post(url, data=body, timeout=10)


@pytest.mark.parametrize("manner", [Manner.DOWN, Manner.GARBAGE])
def test_one_that_hangs_up_or_babbles_has_done_nothing(manner, portal, emulator, events):
    emulator.manner = manner
    with pytest.raises(CUT_OFF):
        portal.submit()
    assert events == []


def test_a_broken_server_answers_a_page(portal, emulator, events):
    emulator.manner = Manner.ERROR
    with pytest.raises(zeep.exceptions.TransportError) as error:
        portal.submit()
    assert (error.value.status_code, events) == (500, [])


def test_a_cut_answer_comes_after_the_deed_and_the_repeat_finds_it(portal, emulator, events):
    emulator.manner = Manner.CUT
    with pytest.raises(CUT_OFF):
        portal.submit()
    emulator.manner = Manner.GOOD
    assert portal.submit().duplicate
    assert len(events) == 1


def test_a_wrong_answer_is_about_another_application(portal, emulator):
    emulator.manner = Manner.WRONG
    assert portal.submit(7).orderId == 8


def test_a_duplicating_one_tells_each_event_twice(portal, emulator, events):
    emulator.manner = Manner.DUPLICATE
    portal.submit()
    assert len(events) == 2
    assert len(set(events)) == 1


def test_a_rule_is_followed_where_its_element_has_its_value(portal, emulator):
    emulator.rules = [
        Rule("SubmitApplication", "serviceCode", "ERROR", Manner.ERROR),
        Rule("*", "lastName", "Ответова", answer={"orgNumber": "ЭТАЛОН-1"}),
    ]
    person = {"name": {"lastName": "Ответова", "firstName": "Проба"}}
    with pytest.raises(zeep.exceptions.TransportError):
        portal.submit(1, serviceCode="ERROR")
    assert portal.submit(2, applicant={"type": "FL", "person": person}).orgNumber == "ЭТАЛОН-1"
    assert portal.submit(3).orgNumber == "В-3"


def test_an_element_outside_of_the_payload_matches_no_rule(portal, emulator):
    emulator.rules = [Rule("*", "serviceCode", "SRV", Manner.ERROR)]
    assert portal.submit(serviceCode="SRV-1").orderId == 7


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"no xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
    ],
    ids=["empty", "text", "no-envelope", "doctype", "no-body"],
)
def test_what_nobody_would_read_never_reaches_the_service(octets, portal, emulator):
    assert portal.post(octets).status_code == 400
    assert emulator.received()[0].operation is None


def test_a_message_against_the_shapes_is_refused_by_the_stack(portal, emulator):
    portal.submit()
    spoilt = emulator.received()[0].request.replace(b"formVersion>", b"formVersions>")
    answer = portal.post(spoilt)
    assert (answer.status_code, b"SchemaValidationError" in answer.content) == (500, True)


def test_only_the_latest_messages_are_kept(emulator):
    for _ in range(MOST_KEPT + 1):
        emulator.treat(b"")
    assert len(emulator.received()) == MOST_KEPT


def test_other_addresses_are_not_found(server):
    for method in ("GET", "POST"):
        answer = requests.request(method, server.url + "/other", data=b"<a/>", timeout=10)
        assert answer.status_code == 404
