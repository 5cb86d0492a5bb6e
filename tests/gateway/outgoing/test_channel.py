"""Messages reach a participant's service over real HTTP, whatever it does with them."""

import threading
from datetime import timedelta
from time import monotonic

import peers
import postal as post
import pytest
from postal import good, http, plain_fault, refusing, reply, saying

from adapters.desk.messages import documents
from gateway.kernel.errors import DuplicateConflict, ParticipantNotActive, TemporaryUnavailable
from gateway.storage import outbound
from gateway.storage.outbox import State, Verdict

HOUR = timedelta(hours=1)


def tried(postal, delivery):
    return [(one.verdict, one.code) for one in postal.card(delivery).tried]


def one_attempt(postal, *answers):
    """Send one message to a service that answers so; return verdict, code and state after it."""
    with peers.peer(saying(*answers)) as peer:
        delivery = postal.at(peer).send()
        postal.deliver()
    ((verdict, code),) = tried(postal, delivery)
    return verdict, code, postal.card(delivery).line.state


def exchanged(postal, letter=1):
    with postal.database.reading() as transaction:
        return outbound.of_letter(transaction, letter)


def test_a_message_is_delivered_and_its_slice_hears_the_typed_answer(postal, slice_):
    with peers.peer(saying()) as peer:
        delivery = postal.at(peer).send(source="application/7")
        assert postal.deliver() == 1

    (heard,) = slice_.settled
    assert (heard.state, heard.fault, heard.operation) == (
        State.DELIVERED,
        None,
        "RegisterSignature",
    )
    assert heard.response == post.accepted()
    assert (heard.source, heard.recipient, heard.contract) == (
        "application/7",
        post.CODE,
        post.CONTRACT,
    )
    head, _, sent = peer.requests[0].partition(b"\r\n\r\n")
    assert b"text/xml; charset=utf-8" in head
    assert b'SOAPAction: "' in head
    said = {name: post.header_of(sent, name) for name in ("sender", "recipient", "messageId")}
    card = postal.card(delivery)
    assert said == {"sender": post.HUB, "recipient": post.CODE, "messageId": card.message_id}
    assert str(heard.message_id) == card.message_id


def test_the_exchange_is_journaled_byte_for_byte(postal):
    with peers.peer(saying()) as peer:
        postal.at(peer).send()
        postal.deliver()
    (kept,) = exchanged(postal)
    assert (kept.participant, kept.service, kept.operation) == (
        post.CODE,
        post.CONTRACT,
        "RegisterSignature",
    )
    assert (kept.url, kept.remote, kept.http_status, kept.number) == (
        peer.url(),
        "127.0.0.1",
        200,
        1,
    )
    assert b"RegisterSignatureResponse" in kept.reply


def test_every_attempt_carries_the_same_bytes(postal, clock):
    with peers.peer(saying(plain_fault("Server"), lambda _: b"")) as peer:
        delivery = postal.at(peer).send()
        for _ in range(3):
            postal.deliver()
            clock.advance(hours=1)
    assert postal.card(delivery).line.state is State.DELIVERED
    assert len(peer.requests) == 3
    assert len(set(peer.requests)) == 1
    assert [one.reply is None for one in exchanged(postal)] == [False, True, False]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda _: http(b"<html>oops</html>", "500 Oops"), "HTTP 500"),
        (lambda _: http(b"<html>who are you</html>", "404 Not Found"), "HTTP 404"),
        (lambda _: http(b"", "302 Found", "Location: http://127.0.0.1:1/"), "REDIRECT"),
        (lambda _: http("не XML".encode()), "REPLY_UNREADABLE"),
        (lambda _: http(b""), "REPLY_UNREADABLE"),
        (lambda _: http(b"<a/>"), "REPLY_UNREADABLE"),
        (lambda _: http(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "REPLY_UNREADABLE"),
        (
            lambda request: http(reply(request, documents.ListDocumentsResponse())),
            "REPLY_FOREIGN",
        ),
        (
            lambda request: http(reply(request, correlation_id=post.DOCUMENT)),
            "REPLY_FOREIGN",
        ),
        (lambda request: http(reply(request, sender="DEPT72002")), "REPLY_FOREIGN"),
        (
            lambda request: http(reply(request).replace(b"false", b"perhaps")),
            "REPLY_INVALID",
        ),
        (plain_fault("Server"), "FAULT Server"),
        (refusing(TemporaryUnavailable()), "TEMPORARY_UNAVAILABLE"),
        (refusing(ParticipantNotActive()), "PARTICIPANT_NOT_ACTIVE"),
    ],
    ids=[
        "page-500",
        "page-404",
        "redirect",
        "garbage",
        "nothing",
        "no-envelope",
        "doctype",
        "another-operation",
        "another-message",
        "another-sender",
        "invalid",
        "server-fault",
        "retryable",
        "about-us",
    ],
)
def test_what_may_pass_is_tried_again(postal, slice_, answer, code):
    assert one_attempt(postal, answer) == ("LATER", code, State.WAITING)
    (heard,) = slice_.settled
    assert (heard.state, heard.response, heard.code) == (State.WAITING, None, code)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refusing(DuplicateConflict()), "DUPLICATE_CONFLICT"),
        (plain_fault("Client"), "FAULT Client"),
        (plain_fault("Client.Authentication"), "FAULT Client.Authentication"),
        (plain_fault("MustUnderstand"), "FAULT MustUnderstand"),
        (plain_fault("Client.Иванов Иван"), "FAULT"),
    ],
)
def test_what_will_never_pass_waits_for_a_person(postal, slice_, answer, code):
    assert one_attempt(postal, answer) == ("NEVER", code, State.PARKED)
    (heard,) = slice_.settled
    assert (heard.state, heard.fault) == (State.PARKED, code)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda _: b"", "CUT"),
        (lambda request: good(request)[:-20], "CUT"),
        (lambda _: b"SSH-2.0-OpenSSH_9.2\r\n", "NOT_HTTP"),
        (lambda _: http(b"", "503 Service Unavailable"), "HTTP 503"),
        (lambda _: http(b"x" * 3_000_000), "TOO_LARGE"),
    ],
    ids=["nothing", "cut", "another-protocol", "gateway", "endless"],
)
def test_no_answer_is_nobodys_fault_but_the_addresss(postal, answer, code):
    assert one_attempt(postal, answer) == ("UNREACHED", code, State.WAITING)


def test_a_service_that_is_down_gets_the_message_when_it_is_back(postal, slice_, clock):
    with peers.peer(saying()) as peer:
        pass
    delivery = postal.at(peer).send()
    postal.deliver()
    assert tried(postal, delivery) == [("UNREACHED", "REFUSED")]
    with peers.peer(saying()) as back:
        clock.advance(minutes=1)
        postal.at(back).deliver()
    assert slice_.states == ["WAITING", "DELIVERED"]


def test_a_service_that_is_silent_is_left_in_time(postal):
    postal.seconds = 0.3
    began = monotonic()
    with peers.peer(peers.silent) as peer:
        delivery = postal.at(peer).send()
        postal.deliver()
    assert tried(postal, delivery) == [("UNREACHED", "TIMEOUT")]
    assert monotonic() - began < 3


def test_a_redirect_is_not_followed(postal):
    with peers.peer(saying()) as elsewhere:
        location = f"Location: {elsewhere.url()}"
        with peers.peer(saying(lambda _: http(b"", "307 Temporary", location))) as peer:
            postal.at(peer).send()
            postal.deliver()
    assert (len(peer.requests), elsewhere.requests) == (1, [])


def test_a_repeat_that_is_known_counts_as_delivered(postal, slice_):
    known = lambda request: http(reply(request, post.accepted(duplicate=True)))  # noqa: E731 -- an answer
    assert one_attempt(postal, known) == ("DELIVERED", "OK", State.DELIVERED)
    assert slice_.settled[0].response.duplicate


def test_the_slice_judges_what_an_answer_means(postal, slice_):
    slice_.verdict = Verdict.NEVER
    assert one_attempt(postal, good) == ("NEVER", "ANSWERED", State.PARKED)
    assert slice_.settled[0].response == post.accepted()


def test_the_other_side_may_ask_for_a_longer_pause(postal, clock):
    busy = refusing(TemporaryUnavailable(), "Retry-After: 1800")
    with peers.peer(saying(busy)) as peer:
        postal.at(peer).send()
        postal.deliver()
        clock.advance(minutes=29)
        assert postal.deliver() == 0
        clock.advance(minutes=1)
        assert postal.deliver() == 1


def test_a_reply_in_parts_is_read_by_its_root(postal):
    def in_parts(request):
        body = (
            b'--b\r\nContent-Type: application/xop+xml; type="text/xml"\r\n'
            b"Content-ID: <r>\r\n\r\n" + reply(request) + b"\r\n--b--"
        )
        kind = 'multipart/related; type="application/xop+xml"; boundary=b; start="<r>"'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    assert one_attempt(postal, in_parts)[2] is State.DELIVERED


def test_the_registry_is_asked_at_each_attempt(postal, clock):
    delivery = postal.send()
    postal.deliver()
    assert tried(postal, delivery) == [("UNREACHED", "NO_ENDPOINT")]
    with peers.peer(saying()) as peer:
        clock.advance(minutes=1)
        postal.at(peer).deliver()
    assert postal.card(delivery).line.state is State.DELIVERED


def test_who_may_not_take_part_gets_nothing(postal):
    postal.participant = None
    with peers.peer(saying()) as peer:
        delivery = postal.at(peer).send()
        postal.deliver()
    assert tried(postal, delivery) == [("UNREACHED", "PARTICIPANT_NOT_ACTIVE")]
    assert peer.requests == []


def test_an_address_inside_is_not_called(postal):
    with peers.peer(saying()) as peer:
        postal.at(peer)
        postal.place = postal.place.__class__(
            "registry/documents",
            postal.contour,
            f"http://name.example:{peer.port}/",
            postal.place.network,
            "1.0",
        )
        delivery = postal.send()
        channel_sees = lambda host: ["127.0.0.1"]  # noqa: E731 -- a resolver
        postal.resolve = channel_sees
        postal.deliver()
    assert tried(postal, delivery) == [("UNREACHED", "ENDPOINT_FORBIDDEN")]
    assert peer.requests == []


def test_letters_of_a_key_wait_for_the_one_that_was_refused(postal, slice_):
    with peers.peer(saying(refusing(DuplicateConflict()))) as peer:
        postal.at(peer)
        first = postal.send(source="event/1")
        postal.send(source="event/2")
        postal.send(source="event/3", key="application/PORTAL/2")
        postal.deliver()
        assert [one.source for one in slice_.settled] == ["event/1", "event/3"]
        postal.order("cancel", first)
        postal.deliver()
    assert slice_.settled[-1].source == "event/2"


def test_a_slice_that_breaks_is_told_again(postal, slice_, clock):
    slice_.breaks = 1
    with peers.peer(saying()) as peer:
        delivery = postal.at(peer).send()
        postal.deliver()
        assert tried(postal, delivery) == [("LATER", "NOT_RECORDED")]
        assert exchanged(postal) == []
        clock.advance(minutes=1)
        postal.deliver()
    assert slice_.states == ["DELIVERED"]
    assert [one.number for one in exchanged(postal)] == [2]


def test_a_slice_hears_that_the_time_is_over(postal, slice_, clock):
    postal.send(deadline=HOUR)
    clock.advance(hours=2)
    postal.deliver()
    (heard,) = slice_.settled
    assert (heard.state, heard.code, heard.operation) == (
        State.EXPIRED,
        "DEADLINE",
        "RegisterSignature",
    )


def test_many_threads_send_at_a_time(postal, slice_):
    with peers.peer(saying()) as peer:
        postal.at(peer)
        for number in range(40):
            postal.send(key=f"application/PORTAL/{number}")
        deliverer = postal.deliverer()
        deliverer.start()
        done = threading.Event()
        until = monotonic() + 30
        while len(slice_.settled) < 40 and monotonic() < until:
            done.wait(0.02)
        deliverer.stop()
    assert slice_.states == ["DELIVERED"] * 40
