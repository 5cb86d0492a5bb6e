"""Connections left open: used again, given up when dead, never with another message's answer."""

import socket
import threading

import peers
import pytest

from gateway.wire.address import Target
from gateway.wire.deadline import Deadline, NoAnswer
from gateway.wire.exchange import Request, exchange
from gateway.wire.lines import IDLE_SECONDS, Lines

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<r/>"


class Now:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def lines(now):
    kept = Lines(now)
    yield kept
    kept.close()


class Server:
    """Answers request after request on a connection, as often as a test says."""

    def __init__(self, times=100, answer=ANSWER):
        self.times = times
        self.answer = answer
        self.connections = 0
        self.closed = threading.Event()

    def __call__(self, peer):
        def behave(line: socket.socket) -> None:
            self.connections += 1
            for _ in range(self.times):
                request = peers.read_request(line)
                if not request:
                    return
                peer.requests.append(request)
                line.sendall(self.answer)
            line.shutdown(socket.SHUT_RDWR)
            line.close()
            self.closed.set()

        return behave


def ask(peer, lines, body=b"<a/>"):
    target = Target("http", "127.0.0.1", peer.port, "/", ("127.0.0.1",))
    return exchange(target, Request("POST", {}, body), no_tls, Deadline.after(10), lines=lines)


def no_tls():
    raise AssertionError


def test_messages_follow_each_other_on_one_connection(lines):
    server = Server()
    with peers.peer(server) as peer:
        for _ in range(5):
            assert ask(peer, lines).body == b"<r/>"
    assert (server.connections, len(peer.requests)) == (1, 5)
    assert b"Connection: close" not in peer.requests[0]


def test_a_connection_that_was_closed_meanwhile_costs_no_message(lines):
    server = Server(times=1)
    with peers.peer(server) as peer:
        ask(peer, lines)
        assert server.closed.wait(5)
        assert ask(peer, lines).body == b"<r/>"
    assert (server.connections, len(peer.requests)) == (2, 2)


def test_one_that_says_it_closes_is_not_kept(lines):
    server = Server(answer=ANSWER.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
    with peers.peer(server) as peer:
        ask(peer, lines)
        ask(peer, lines)
    assert server.connections == 2


def test_what_nobody_asked_for_is_nobodys_answer(lines):
    server = Server(answer=ANSWER + b" " * 70_000 + ANSWER.replace(b"<r/>", b"<x/>"))
    with peers.peer(server) as peer:
        ask(peer, lines)
        assert ask(peer, lines).body == b"<r/>"
    assert server.connections == 2


def test_one_that_was_idle_for_long_is_given_up(lines, now):
    server = Server()
    with peers.peer(server) as peer:
        ask(peer, lines)
        now.seconds += IDLE_SECONDS
        ask(peer, lines)
    assert server.connections == 2


def test_a_number_that_the_name_no_longer_has_is_not_called(lines):
    server = Server()
    with peers.peer(server) as peer:
        ask(peer, lines)
        elsewhere = Target("http", "127.0.0.1", peer.port, "/", ("127.0.0.2",))
        assert lines.take(elsewhere) is None


def test_an_answer_that_breaks_off_is_not_asked_for_again(lines):
    server = Server(answer=b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<r", times=1)
    with peers.peer(server) as peer, pytest.raises(NoAnswer) as told:
        ask(peer, lines)
    assert (told.value.code, len(peer.requests)) == ("CUT", 1)
