"""The load: whole requests with an identifier of its own in each, and figures read back."""

import re
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bench import load


class Collector(ThreadingHTTPServer):
    """A server that remembers every body it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Collecting)
        self.bodies: list[str] = []


class Collecting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.bodies.append(self.rfile.read(length).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_prepared_request_tells_the_length_of_its_body_in_bytes(tmp_path):
    load.prepare(tmp_path, "S", "/there", {"Host": "here"}, [f"сто {load.TOKEN}"])
    head, _, body = (tmp_path / "S-00.http").read_bytes().partition(b"\r\n\r\n")
    assert head == f"POST /there HTTP/1.1\r\nHost: here\r\nContent-Length: {len(body)}".encode()


def test_token_is_as_long_as_an_identity():
    assert len(load.TOKEN) == len(load.identity(99999, 99, 9999999))


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_no_identity_is_sent_twice(collector, tmp_path):
    texts = [f"<{n}>{load.TOKEN}-{load.TOKEN}</{n}>" for n in range(3)]
    prefix = load.prepare(tmp_path, "S", "/", {"Host": "127.0.0.1"}, texts)
    port = collector.server_address[1]
    measured = [load.drive(port, prefix, 3, run, connections=2, seconds=1) for run in (1, 2)]
    sent = [re.fullmatch(r"<\d>(\d{14})-(\1)</\d>", body) for body in collector.bodies]
    identities = [found[1] for found in sent if found]
    assert len(identities) == len(set(identities)) == len(sent)
    assert len(sent) >= sum(one.requests for one in measured) > 0


def test_errors_of_every_kind_are_added_up():
    seen = dict.fromkeys(("p50_us", "p90_us", "p99_us", "max_us"), 1.0)
    seen |= {"requests": 100, "duration_us": 2_000_000}
    seen |= {"bad_status": 1, "connect": 2, "read": 4, "write": 8, "timeout": 16}
    figures = load.figures(seen)
    assert figures.errors == 31
    assert figures.per_second == 50
