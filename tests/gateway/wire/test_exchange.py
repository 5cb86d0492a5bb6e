"""One HTTP exchange with those who behave and those who do not: real sockets, real TLS."""

import ssl
from datetime import UTC, datetime, timedelta
from time import monotonic

import peers
import pki
import pytest

from gateway.wire.address import Target
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.exchange import Request, Stream, exchange

TODAY = datetime.now(UTC)
DAY = timedelta(days=1)
ASKED = Request("POST", {"Content-Type": "text/xml; charset=utf-8"}, b"<a/>")
WHILE_TESTED = 10.0


def target(peer: peers.Peer, scheme="http", host="127.0.0.1") -> Target:
    return Target(scheme, host, peer.port, "/service", ("127.0.0.1",))


def no_tls() -> ssl.SSLContext:
    raise AssertionError("there is nothing to protect")


def ask(peer: peers.Peer, seconds: float = WHILE_TESTED):
    return exchange(target(peer), ASKED, no_tls, Deadline.after(seconds))


def trouble(peer: peers.Peer, seconds: float = WHILE_TESTED) -> NoAnswer:
    with pytest.raises(NoAnswer) as told:
        ask(peer, seconds)
    return told.value


def test_a_reply_is_kept_byte_for_byte():
    body = b"\xef\xbb\xbf<?xml version='1.0'?>\r\n<r a='1'  />\n\x00"
    with peers.peer(peers.answering(body)) as peer:
        answer = ask(peer)
    assert (answer.status, answer.body, answer.number) == (200, body, "127.0.0.1")
    assert peer.requests[0].startswith(b"POST /service HTTP/1.1\r\nHost: 127.0.0.1:")
    assert peer.requests[0].endswith(b"\r\n\r\n<a/>")


def test_a_chunked_reply_is_put_together():
    octets = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n<r\r\n2\r\n/>\r\n0\r\n\r\n"
    with peers.peer(peers.saying(octets)) as peer:
        assert ask(peer).body == b"<r/>"


@pytest.mark.parametrize("status", ["500 Oops", "404 Not Found", "503 Busy"])
def test_every_status_is_an_answer(status):
    with peers.peer(peers.answering(b"<f/>", status)) as peer:
        assert ask(peer).status == int(status[:3])


def test_a_redirect_is_an_answer_and_is_not_followed():
    with peers.peer(peers.answering(b"<r/>")) as elsewhere:
        where = f"Location: {elsewhere.url()}"
        with peers.peer(peers.answering(b"", "302 Found", where)) as peer:
            assert ask(peer).status == 302
        assert elsewhere.requests == []


def test_one_who_never_answers_is_left_at_the_deadline():
    began = monotonic()
    with peers.peer(peers.silent) as peer:
        told = trouble(peer, 0.3)
    assert (told.ours, monotonic() - began < 3) == (False, True)


@pytest.mark.parametrize(
    "octets",
    [
        b"HTTP/1.1 200 OK\r\nX-Endless: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n",
        b"HTTP/1.1 ",
    ],
)
def test_one_who_drips_is_left_at_the_same_deadline(octets):
    began = monotonic()
    with peers.peer(peers.dripping(octets)) as peer:
        told = trouble(peer, 0.4)
    assert told.text == "Ответ не пришёл за отведённое время."
    assert monotonic() - began < 3


def test_a_reply_without_end_is_cut_off():
    octets = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 400_000
    with peers.peer(peers.saying(octets)) as peer, pytest.raises(NoAnswer, match="больше") as told:
        exchange(target(peer), ASKED, no_tls, Deadline.after(WHILE_TESTED), most=300_000)
    assert told.value.code == "TOO_LARGE"


def test_a_body_in_pieces_arrives_as_one_of_the_told_length():
    body = Stream(9, lambda: iter([b"<a>", b"", b"xyz</a>"[:6]]))
    with peers.peer(peers.answering(b"<r/>")) as peer:
        exchange(target(peer), Request("POST", {}, body), no_tls, Deadline.after(WHILE_TESTED))
    head, _, sent = peer.requests[0].partition(b"\r\n\r\n")
    assert b"Content-Length: 9" in head
    assert sent == b"<a>xyz</a"


def test_pieces_of_another_length_than_was_told_are_a_defect_of_ours():
    body = Stream(3, lambda: iter([b"<a/>"]))
    with peers.peer(peers.answering(b"<r/>")) as peer, pytest.raises(RuntimeError):
        exchange(target(peer), Request("POST", {}, body), no_tls, Deadline.after(WHILE_TESTED))


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"", "Соединение оборвано другой стороной."),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<r",
            "Ответ оборван: пришло меньше заявленного.",
        ),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "Ответ — не HTTP."),
        (b"HTTP/1.1 two OK\r\n\r\n", "Ответ — не HTTP."),
        (b"\x16\x03\x01\x00\x02\x02\x28", "Ответ — не HTTP."),
    ],
    ids=["nothing", "cut", "another-protocol", "no-status", "garbage"],
)
def test_what_is_no_reply_is_told_as_it_is(octets, told):
    with peers.peer(peers.saying(octets)) as peer:
        seen = trouble(peer)
    assert (seen.text, seen.ours) == (told, False)


def test_nobody_listens():
    with peers.peer(peers.silent) as peer:
        pass
    assert "никто не слушает" in trouble(peer).text


# TLS.


@pytest.fixture(scope="module")
def authority():
    return pki.Authority.root(since=TODAY - 30 * DAY, until=TODAY + 900 * DAY)


def server(authority, tmp_path, host="127.0.0.1", **terms):
    values = {"since": TODAY - DAY, "until": TODAY + 90 * DAY, **terms}
    leaf = authority.issue("Сервер", extensions=(peers.names(host),), **values)
    return leaf, peers.server_context(leaf, tmp_path)


def secured(peer, contexts):
    return exchange(target(peer, "https"), ASKED, contexts, Deadline.after(WHILE_TESTED))


def test_a_trusted_server_is_answered_and_its_certificate_remembered(authority, tmp_path):
    leaf, context = server(authority, tmp_path)
    with peers.peer(peers.answering(b"<r/>"), context) as peer:
        answer = secured(peer, peers.trusting(authority))
    assert answer.body == b"<r/>"
    assert answer.tls.subject == "Сервер"
    assert answer.tls.protocol in {"TLSv1.2", "TLSv1.3"}
    assert answer.tls.not_after == leaf.certificate.not_valid_after_utc


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"host": "other.example"}, "выдан не на это имя"),
        ({"since": TODAY - 9 * DAY, "until": TODAY - DAY}, "недействителен по сроку"),
        ({"since": TODAY + DAY, "until": TODAY + 9 * DAY}, "недействителен по сроку"),
    ],
    ids=["name", "expired", "not-yet"],
)
def test_a_wrong_certificate_is_told_by_what_is_wrong(wrong, told, authority, tmp_path):
    _, context = server(authority, tmp_path, **wrong)
    with peers.peer(peers.answering(b"<r/>"), context) as peer:
        with pytest.raises(NoAnswer, match=told) as trouble:
            secured(peer, peers.trusting(authority))
        assert peer.requests == []
    assert not trouble.value.ours


def test_a_stranger_among_authorities_is_not_believed(authority, tmp_path):
    stranger = pki.Authority.root("Чужой УЦ", since=TODAY - 30 * DAY, until=TODAY + 900 * DAY)
    _, context = server(stranger, tmp_path)
    with (
        peers.peer(peers.answering(b"<r/>"), context) as peer,
        pytest.raises(NoAnswer, match="не ведёт к доверенному"),
    ):
        secured(peer, peers.trusting(authority))


def test_a_server_that_speaks_no_tls_is_told(authority):
    refusing = peers.saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with peers.peer(refusing) as peer, pytest.raises(NoAnswer) as trouble:
        secured_quickly(peer, authority)
    assert not trouble.value.ours


def secured_quickly(peer, authority):
    return exchange(target(peer, "https"), ASKED, peers.trusting(authority), Deadline.after(1))


def test_authorities_that_cannot_be_read_are_the_stands_trouble(authority, tmp_path):
    _, context = server(authority, tmp_path)

    def unreadable() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(tmp_path / "none.pem"))

    served = peers.peer(peers.answering(b"<r/>"), context)
    with served as peer, pytest.raises(NoAnswer) as trouble:
        secured(peer, unreadable)
    assert trouble.value.ours
