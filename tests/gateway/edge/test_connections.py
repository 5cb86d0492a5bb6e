"""HTTP as it comes from the wire: every situation on a real socket."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable

import pytest
from echo_server import (
    LAST,
    PATIENCE,
    POURED,
    QUICK,
    Echo,
    Server,
    post,
    read_until,
    rest,
    running,
    status,
)

from gateway.edge.connections import Connections
from gateway.edge.http import Patience


@pytest.fixture
def serve():
    """Start servers; all are stopped after the test."""
    with contextlib.ExitStack() as started:

        def start(patience: Patience = Patience(), proxies: str = "", **options: object) -> Server:  # noqa: B008 -- frozen
            return started.enter_context(running(patience, proxies, Echo(**options)))

        yield start


def test_a_request_is_answered(serve):
    answer = serve().ask(post(b"hello", headers=LAST))
    assert status(answer) == 200
    assert answer.endswith(b"\r\n\r\nhello")


def test_an_answer_tells_its_length_and_its_date(serve):
    head = serve().ask(post(b"hello", headers=LAST)).decode()
    assert "content-length: 5\r\n" in head
    assert "date: " in head
    assert "GMT\r\n" in head


def test_a_connection_serves_one_request_after_another(serve):
    server = serve()
    with server.client() as client:
        for body in (b"one", b"two"):
            client.sendall(post(body))
            read_until(client, body)
    assert [request.body for request in server.echo.requests] == [b"one", b"two"]


def test_requests_sent_at_once_are_answered_in_their_order(serve):
    answer = serve().ask(b"".join([post(b"one"), post(b"two"), post(b"three", headers=LAST)]))
    assert [answer.index(word) for word in (b"one", b"two", b"three")] == sorted(
        answer.index(word) for word in (b"one", b"two", b"three")
    )


def test_a_request_sent_while_another_waits_is_answered_after_it(serve):
    server = serve(hold=True)
    with server.client() as client:
        client.sendall(post(b"one"))
        server.echo.wait_for(1)
        client.sendall(post(b"two", headers=LAST))
        server.let_go()
        read_until(client, b"one")
        server.echo.wait_for(2)
        server.let_go()
        assert rest(client).endswith(b"two")


def test_a_request_that_comes_between_two_turns_of_the_loop_is_not_answered_first():
    async def answered() -> list[str]:
        echo, transport = Echo(hold=True), Transport()
        connections = Connections(Patience(), echo, asyncio.get_running_loop())
        connection = connections.make()
        connection.connection_made(transport)
        connection.data_received(post(b"1") + post(b"2"))
        echo.held.pop(0)()
        connection.data_received(post(b"3"))  # the second is next and not yet begun
        while len(transport.written) < 3:
            await asyncio.sleep(0)
            if echo.held:
                echo.held.pop(0)()
        return [answer[-1:].decode() for answer in transport.written]

    assert asyncio.run(asyncio.wait_for(answered(), PATIENCE)) == ["1", "2", "3"]


class Transport(asyncio.Transport):
    """Remembers what is written; no socket can be made to bring something at that moment."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        pass

    resume_reading = pause_reading


def test_a_body_may_come_in_chunks(serve):
    head = b"POST /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = serve().ask(head + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n")
    assert answer.endswith(b"abcde")


def test_a_body_may_come_byte_by_byte(serve):
    with serve().client() as client:
        for byte in post(b"hello", headers=LAST):
            client.sendall(bytes([byte]))
        assert rest(client).endswith(b"hello")


def test_a_body_goes_to_disk_when_the_service_wants_it(serve, tmp_path):
    server = serve(spool=tmp_path / "spool")
    assert server.ask(post(b"hello", headers=LAST)).endswith(b"hello")
    assert server.echo.requests[0].spooled.parent == tmp_path / "spool"


def test_a_body_that_breaks_off_leaves_no_file(serve, tmp_path):
    server = serve(spool=tmp_path / "spool")
    with server.client() as client:
        client.sendall(post(b"hello")[:-2])
    wait(lambda: (tmp_path / "spool").exists() and not list((tmp_path / "spool").iterdir()))


def test_a_client_that_asks_first_is_told_to_go_on(serve):
    with serve().client() as client:
        head = post(b"", headers="Expect: 100-continue\r\n" + LAST).replace(b": 0", b": 5")
        client.sendall(head)
        read_until(client, b"100 Continue\r\n\r\n")
        client.sendall(b"hello")
        assert rest(client).endswith(b"hello")


def test_a_client_that_asks_first_is_refused_before_it_sends(serve):
    headers = "Expect: 100-continue\r\n"
    head = post(b"", headers=headers).replace(b": 0", b": 5000")
    assert status(serve().ask(head)) == 413


def test_an_offer_of_http_2_is_passed_over(serve):
    headers = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    with serve().client() as client:
        client.sendall(post(b"hello", headers=headers))
        assert read_until(client, b"hello").startswith(b"HTTP/1.1 200")


def test_a_client_that_is_done_sending_still_gets_its_answer(serve):
    server = serve(hold=True)
    with server.client() as client:
        client.sendall(post(b"hello"))
        client.shutdown(socket.SHUT_WR)
        server.echo.wait_for(1)
        server.let_go()
        assert rest(client).endswith(b"hello")


def test_http_1_0_is_answered_and_closed(serve):
    assert serve().ask(b"POST /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi").endswith(b"hi")


SMUGGLED = {
    "length-and-chunks": "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
    "chunks-and-length": "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
    "two-lengths": "Content-Length: 3\r\nContent-Length: 4\r\n",
    "unknown-coding": "Transfer-Encoding: xchunked\r\n",
    "coding-behind-chunks": "Transfer-Encoding: chunked, identity\r\n",
    "space-before-colon": "Transfer-Encoding : chunked\r\n",
    "folded-line": "X-A: a\r\n b\r\nContent-Length: 3\r\n",
    "negative-length": "Content-Length: -3\r\n",
    "length-with-plus": "Content-Length: +3\r\n",
    "nul-in-value": "X-A: a\0b\r\nContent-Length: 3\r\n",
    "second-host": "Host: other\r\nContent-Length: 3\r\n",
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_ambiguous_framing_is_refused_and_the_connection_closed(serve, name):
    server = serve()
    octets = f"POST /a HTTP/1.1\r\nHost: h\r\n{SMUGGLED[name]}\r\n0\r\n\r\n"
    answer = server.ask(octets.encode() + post(b"smuggled"))
    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1") == 1
    assert not server.echo.requests


@pytest.mark.parametrize(
    "octets",
    [
        b"POST /a HTTP/1.1\nHost: h\n\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        b"POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
)
def test_what_is_not_http_is_refused(serve, octets):
    assert status(serve().ask(octets)) == 400


def test_connect_is_refused(serve):
    assert status(serve().ask(b"CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n")) == 405


@pytest.mark.parametrize("headers", ["X-A: " + "a" * 20_000 + "\r\n", "X-A: a\r\n" * 100])
def test_an_overgrown_head_is_refused(serve, headers):
    assert status(serve().ask(post(b"", headers=headers))) == 431


def test_a_head_without_end_is_refused_before_it_ends(serve):
    with serve().client() as client:
        client.sendall(b"POST /a HTTP/1.1\r\nHost: h\r\nX-A: " + b"a" * 40_000)
        assert status(rest(client)) == 431


def test_a_body_longer_than_its_limit_is_refused(serve):
    head = b"POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"200\r\n" + b"x" * 512 + b"\r\n"
    assert status(serve().ask(head + chunk * 4)) == 413


def test_why_a_large_body_was_refused_is_still_read(serve):
    assert serve().ask(post(b"x" * 500_000)).endswith(b"too large")


def test_a_head_that_does_not_come_ends_the_connection(serve):
    with serve(QUICK).client() as client:
        client.sendall(b"POS")
        assert rest(client) == b""


def test_empty_lines_do_not_put_the_end_of_a_connection_off(serve):
    with serve(QUICK).client() as client:
        client.settimeout(QUICK.head / 4)
        with contextlib.suppress(ConnectionError):
            for _ in range(40):
                with contextlib.suppress(TimeoutError):
                    client.sendall(b"\r\n")
                    assert client.recv(1) == b""
                    return
            pytest.fail("the connection is still open")


def test_a_head_that_comes_too_slowly_is_told_so(serve):
    with serve(QUICK).client() as client:
        client.sendall(b"POST /a HTTP/1.1\r\nHost: h\r\nX-")
        assert status(rest(client)) == 408


def test_a_body_that_comes_too_slowly_is_told_so(serve):
    with serve(QUICK).client() as client:
        client.sendall(post(b"hello")[:-1])
        assert status(rest(client)) == 408


def test_an_idle_connection_is_closed_without_a_word(serve):
    with serve(QUICK).client() as client:
        client.sendall(post(b"hello"))
        assert rest(client).endswith(b"hello")


def test_waiting_for_the_hub_has_no_deadline_of_the_client(serve):
    server = serve(QUICK, hold=True)
    with server.client() as client:
        client.sendall(post(b"hello", headers=LAST))
        server.echo.wait_for(1)
        # Another connection comes and is swept meanwhile: the sweep has been round.
        assert server.ask(b"") == b""
        server.let_go()
        assert rest(client).endswith(b"hello")


def test_a_client_that_does_not_read_is_cut_off(serve):
    server = serve(QUICK, limit=64 * 1024 * 1024)
    with server.client() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(post(b"x" * 16 * 1024 * 1024))
        server.echo.wait_for(1)
        wait(lambda: not server.connections.alive)


def test_one_connection_too_many_is_put_off(serve):
    server = serve(Patience(connections=1))
    with server.client() as first:
        first.sendall(post(b"hello"))
        read_until(first, b"hello")
        answer = server.ask(b"")
    assert status(answer) == 503
    assert b"retry-after: 5\r\n" in answer


def test_one_address_may_not_take_all_connections(serve):
    server = serve(Patience(connections_of_one=1))
    with server.client() as first:
        first.sendall(post(b"hello"))
        read_until(first, b"hello")
        assert status(server.ask(b"")) == 503


def test_one_body_too_many_is_put_off(serve):
    server = serve(Patience(bytes_at_a_time=1500), hold=True)
    with server.client() as first:
        first.sendall(post(b"x" * 1000))
        server.echo.wait_for(1)
        answer = server.ask(post(b"x" * 1000))
    assert status(answer) == 503
    assert b"retry-after: 5\r\n" in answer


def test_bodies_that_are_answered_refused_or_broken_off_make_room(serve):
    server = serve(Patience(bytes_at_a_time=1500))
    for _ in range(3):
        assert status(server.ask(post(b"x" * 1000, headers=LAST))) == 200
        assert status(server.ask(post(b"x" * 1001))) == 413
        with server.client() as client:
            client.sendall(post(b"x" * 1000)[:-1])
            wait(lambda: server.connections.held == 999)
        wait(lambda: not server.connections.alive)
    assert server.connections.held == 0


def test_a_body_whose_sender_is_gone_takes_room_until_it_is_answered(serve):
    server = serve(hold=True)
    with server.client() as client:
        client.sendall(post(b"x" * 1000))
        server.echo.wait_for(1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wait(lambda: not server.connections.alive)
    assert server.connections.held == 1000
    server.let_go()
    wait(lambda: server.connections.held == 0)


def test_a_connection_that_is_kept_holds_nothing_between_requests(serve):
    server = serve()
    with server.client() as client:
        for _ in range(3):
            client.sendall(post(b"hello") + post(b"hello"))
            read_until(client, b"hello")
        wait(lambda: server.connections.held == 0)


def test_a_connection_that_ended_makes_room(serve):
    server = serve(Patience(connections=1))
    for _ in range(3):
        assert status(server.ask(post(b"hello", headers=LAST))) == 200
        wait(lambda: not server.connections.alive)


def test_the_client_of_a_trusted_proxy_is_the_nearest_stranger(serve):
    server = serve(proxies="127.0.0.1 10.0.0.1")
    server.ask(post(b"", headers="X-Forwarded-For: 6.6.6.6, 5.5.5.5, 10.0.0.1\r\n" + LAST))
    assert server.echo.requests[0].client == "5.5.5.5"


def test_a_stranger_cannot_name_another_address(serve):
    server = serve()
    server.ask(post(b"", headers="X-Forwarded-For: 5.5.5.5\r\n" + LAST))
    assert server.echo.requests[0].client == "127.0.0.1"


def test_an_answer_that_is_due_leaves_before_the_server_stops(serve):
    server = serve(hold=True)
    with server.client() as client:
        client.sendall(post(b"hello"))
        server.echo.wait_for(1)
        stopped = server.stop()
        server.let_go()
        assert rest(client).endswith(b"hello")
        stopped.result(PATIENCE)


def test_idle_connections_end_when_the_server_stops(serve):
    server = serve()
    with server.client() as client:
        client.sendall(post(b"hello"))
        read_until(client, b"hello")
        server.stop().result(PATIENCE)
        assert rest(client) == b""


def test_a_broken_request_behind_a_good_one_does_not_cost_its_answer(serve):
    server = serve(hold=True)
    with server.client() as client:
        client.sendall(post(b"hello") + b"BROKEN\r\n\r\n")
        server.echo.wait_for(1)
        server.let_go()
        answer = rest(client)
    assert answer.endswith(b"hello")
    assert answer.count(b"HTTP/1.1") == 1


def test_a_defect_of_the_service_is_an_answer_and_the_connection_goes_on(serve):
    with serve().client() as client:
        client.sendall(post(b"", path="/defect"))
        assert status(read_until(client, b"\r\n\r\n")) == 500
        client.sendall(post(b"hello", headers=LAST))
        assert rest(client).endswith(b"hello")


def test_bodies_that_waited_in_vain_leave_no_file(serve, tmp_path):
    spool = tmp_path / "spool"
    server = serve(spool=spool, hold=True)
    with server.client() as client:
        client.sendall(post(b"one") + post(b"two"))
        server.echo.wait_for(1)
        wait(lambda: len(list(spool.iterdir())) == 2)
    server.let_go()
    wait(lambda: not server.connections.alive)
    # The first was taken: its file is the service's.
    assert list(spool.iterdir()) == [server.echo.requests[0].spooled]


def wait(happened: Callable[[], bool]) -> None:
    """Wait for a condition of the server's thread."""
    pause = threading.Event()
    for _ in range(PATIENCE * 50):
        if happened():
            return
        pause.wait(0.02)
    raise AssertionError("it did not happen")


def test_an_answer_made_piece_by_piece_arrives_whole_and_the_connection_goes_on(serve):
    server = serve()
    asked = b"GET /pour HTTP/1.1\r\nhost: h\r\n\r\nGET /a HTTP/1.0\r\n\r\n"
    head, _, body = server.ask(asked).partition(b"\r\n\r\n")
    assert b"content-length: %d" % POURED in head
    assert body[:POURED] == b"".join(bytes([number]) * 262_144 for number in range(40))
    assert body[POURED:].startswith(b"HTTP/1.1 200")


def test_an_answer_that_breaks_off_is_never_taken_for_whole(serve):
    server = serve()
    received = b""
    with server.client() as client, contextlib.suppress(ConnectionResetError):
        client.sendall(b"GET /pour/broken HTTP/1.1\r\nhost: h\r\n\r\n")
        while octets := client.recv(65536):
            received += octets
    assert 0 < len(received) < POURED


def test_a_client_that_does_not_read_a_long_answer_is_cut_off(serve):
    server = serve(QUICK)
    with server.client() as client:
        client.sendall(b"GET /pour HTTP/1.1\r\nhost: h\r\n\r\n")
        assert client.recv(1)
        wait(lambda: not server.connections.alive)
