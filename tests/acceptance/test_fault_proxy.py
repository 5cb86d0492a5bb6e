"""The proxy of the bad night does to a request what it says, and counts what it did."""

import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest
import requests
from fault_proxy import DOWN, STORM, FaultProxy, Faults, Manner
from hub_process import free_port

ANSWER = b"<answer>done</answer>" * 100


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                self.server.done.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
        else:
            self.server.done.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.done = []
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def proxy_of(endpoint, **faults):
    with FaultProxy(free_port(), endpoint.server_address[1], 72, Faults(**faults)) as proxy:
        yield proxy


@pytest.fixture
def proxy(endpoint):
    with proxy_of(endpoint) as proxy:
        yield proxy


def post(proxy, octets=b"<ask/>"):
    with requests.Session() as session:
        return session.post(f"http://127.0.0.1:{proxy.port}/", data=octets, timeout=5)


def test_a_passing_proxy_changes_nothing_and_keeps_the_connection(proxy, endpoint):
    with requests.Session() as session:
        for number in range(3):
            answer = session.post(f"http://127.0.0.1:{proxy.port}/", data=str(number), timeout=5)
            assert (answer.status_code, answer.content) == (200, ANSWER)
    assert endpoint.done == [b"0", b"1", b"2"]
    assert proxy.counts() == {Manner.PASS: 3}


def test_a_body_in_chunks_is_passed_on(proxy, endpoint):
    assert post(proxy, iter([b"<a", b"/>"])).content == ANSWER
    assert endpoint.done == [b"<a", b"/>"]


def test_a_slow_one_answers_after_its_delay(endpoint):
    with proxy_of(endpoint, weights={"slow": 1}, slow_seconds=(0.2, 0.2)) as proxy:
        began = monotonic()
        assert post(proxy).content == ANSWER
        assert monotonic() - began >= 0.2
        assert proxy.counts() == {Manner.SLOW: 1}


@pytest.mark.parametrize("manner", [Manner.ERROR, Manner.SPOILT])
def test_a_page_takes_the_place_of_the_answer(manner, proxy, endpoint):
    proxy.faults({manner: 1})
    answer = post(proxy)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/html")
    assert endpoint.done == ([b"<ask/>"] if manner is Manner.SPOILT else [])
    assert proxy.counts() == {manner: 1}


@pytest.mark.parametrize("manner", [Manner.DROP, Manner.LOST, Manner.CUT])
def test_an_answer_never_comes_whole_and_the_deed_is_done_or_not(manner, proxy, endpoint):
    proxy.faults({manner: 1})
    with pytest.raises(requests.exceptions.RequestException):
        post(proxy)
    assert endpoint.done == ([] if manner is Manner.DROP else [b"<ask/>"])
    assert proxy.counts() == {manner: 1}


def test_down_nobody_listens_and_an_open_connection_is_reset(proxy):
    with requests.Session() as session:
        address = f"http://127.0.0.1:{proxy.port}/"
        session.post(address, data=b"", timeout=5)
        proxy.down()
        for _ in range(2):
            with pytest.raises(requests.exceptions.ConnectionError):
                session.post(address, data=b"", timeout=5)
        proxy.up()
        assert session.post(address, data=b"", timeout=5).content == ANSWER
    assert proxy.counts() == {Manner.PASS: 2, DOWN: 1}


def test_by_its_own_weather_it_goes_down_and_comes_up_until_it_is_calmed(endpoint):
    with proxy_of(endpoint, up_seconds=(0.05, 0.1), down_seconds=(0.05, 0.1)) as proxy:
        seen = Counter()
        while seen["refused"] < 2 or seen["answered"] < 2:
            try:
                post(proxy)
            except requests.exceptions.ConnectionError:
                seen["refused"] += 1
            else:
                seen["answered"] += 1
        proxy.calm()
        assert post(proxy).content == ANSWER
        stretches = proxy.counts()[DOWN]
        assert stretches > 0
        assert post(proxy).content == ANSWER
        assert proxy.counts()[DOWN] == stretches


def test_in_a_storm_every_manner_happens_and_none_is_invented(endpoint):
    with proxy_of(endpoint, weights=STORM, slow_seconds=(0, 0.01)) as proxy:
        for _ in range(200):
            try:
                post(proxy)
            except requests.exceptions.RequestException:
                continue
        counts = proxy.counts()
    assert set(counts) == set(Manner)
    assert counts.total() == 200
    untouched = counts[Manner.DROP] + counts[Manner.ERROR]
    assert len(endpoint.done) == 200 - untouched
