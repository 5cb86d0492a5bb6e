import socket

import pytest
import responder as web

from gateway.security import responders
from gateway.security.revocation import OCSP_REQUEST, Request, Unreachable


@pytest.fixture
def responder():
    with web.serving() as serving:
        yield serving


def test_a_list_is_got_and_a_question_is_posted(responder):
    responder.answers = {"/ca.crl?part=1": b"list", "/ocsp": lambda body: b"about " + body}

    listed = responders.fetch(Request(responder.url("/ca.crl?part=1")))
    answered = responders.fetch(Request(responder.url("/ocsp"), b"question", OCSP_REQUEST))

    assert (listed, answered) == (b"list", b"about question")
    assert responder.asked == [("GET", "/ca.crl?part=1", None), ("POST", "/ocsp", OCSP_REQUEST)]


def test_a_redirect_is_not_followed(responder):
    responder.answers = {"/ca.crl": b"", "/elsewhere": b"secret"}
    responder.status, responder.headers = 302, {"Location": responder.url("/elsewhere")}

    with pytest.raises(Unreachable, match="302"):
        responders.fetch(Request(responder.url("/ca.crl")))

    assert [path for _, path, _ in responder.asked] == ["/ca.crl"]


def test_an_error_of_the_server_is_no_answer(responder):
    with pytest.raises(Unreachable, match="404"):
        responders.fetch(Request(responder.url("/nothing")))


def test_nobody_listening_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        responders.fetch(Request(f"http://127.0.0.1:{port}/ca.crl"))


def test_an_answer_that_never_ends_is_cut_off(responder, monkeypatch):
    monkeypatch.setattr(responders, "MAX_OCTETS", 1000)
    responder.answers = {"/ca.crl": b"x" * 1001}

    with pytest.raises(Unreachable, match="больше"):
        responders.fetch(Request(responder.url("/ca.crl")))


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_the_deadline(monkeypatch):
    monkeypatch.setattr(responders, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(Unreachable, match="TimeoutError"):
            responders.fetch(Request(address))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://ca/crl", "ldap://ca/", "http://"])
def test_other_addresses_are_not_asked(address):
    assert not responders.is_address(address)
    with pytest.raises(Unreachable):
        responders.fetch(Request(address))
