"""A counterpart's caller repeats what was not answered, and believes what was."""

import threading
from base64 import b64decode
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from uuid import UUID

import pytest
from lxml import etree

from gateway.edge.emulators.caller import Account, Caller, Faulted, Stopped

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
HUB = "urn://x-artefacts-citto-72/hub/1.0"
ASK = etree.fromstring("<t:AskRequest xmlns:t='urn:test'>2 &lt; 3</t:AskRequest>")


def envelope(body: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>'.encode()


def fault(code: str, retryable: str) -> bytes:
    return envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>Нет</faultstring><detail>"
        f'<h:HubFault xmlns:h="{HUB}"><h:code>{code}</h:code><h:message>Нет.</h:message>'
        f"<h:retryable>{retryable}</h:retryable></h:HubFault></detail></s:Fault>"
    )


YES = (200, envelope("<t:AskResponse xmlns:t='urn:test'>yes</t:AskResponse>"))
HANGS_UP = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        octets = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, dict(self.headers), octets))
        answer = self.server.script.pop(0)
        if answer is HANGS_UP:
            self.close_connection = True
            return
        self.send_response(answer[0])
        self.send_header("Content-Length", str(len(answer[1])))
        self.end_headers()
        self.wfile.write(answer[1])

    def log_message(self, *_):
        pass


@pytest.fixture
def hub():
    """A hub that answers as the test has written down."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.script, server.came = [], []
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def caller(hub, clock):
    serials = count(1)
    account = Account(f"http://127.0.0.1:{hub.server_address[1]}", "DEPT72001", "login", "word")
    made = Caller(account, clock, lambda: UUID(int=next(serials)), timedelta(milliseconds=1))
    yield made
    made.close()


def message_ids(hub) -> list[str]:
    return [etree.fromstring(came[2]).findtext(f".//{{{HUB}}}messageId") for came in hub.came]


def test_a_message_has_its_header_its_payload_and_the_credentials(hub, caller):
    hub.script = [YES]

    answer = caller.ask("portal/events/1.0", ASK)

    assert (answer.payload.text, answer.attempts) == ("yes", 1)
    ((path, headers, octets),) = hub.came
    assert path == "/test/ws/portal/events/1.0"
    assert b64decode(headers["Authorization"].removeprefix("Basic ")) == b"login:word"
    root = etree.fromstring(octets)
    assert root.findtext(f".//{{{HUB}}}sender") == "DEPT72001"
    assert root.findtext(f".//{{{HUB}}}timestamp") == "2026-03-02T12:00:00.000+05:00"
    assert root.findtext(".//{urn:test}AskRequest") == "2 < 3"


@pytest.mark.parametrize(
    "passing",
    [
        HANGS_UP,
        (500, b"<html><body>500</body></html>"),
        (502, b"Bad gateway"),
        (429, b"slower"),
        (503, fault("TEMPORARY_UNAVAILABLE", "true")),
        (200, YES[1][:-10]),
        (500, envelope("<s:Fault><faultcode>s:Server</faultcode></s:Fault>")),
        (200, envelope("")),
    ],
    ids=["cut", "page", "text", "429", "retryable", "half", "fault-of-nobody", "empty"],
)
def test_what_is_no_answer_is_repeated_under_a_new_message_id(passing, hub, caller):
    hub.script = [passing, YES]

    assert caller.ask("portal/events/1.0", ASK).attempts == 2
    first, second = message_ids(hub)
    assert first != second


@pytest.mark.parametrize(
    ("refusal", "code"),
    [((500, fault("VALIDATION_ERROR", "false")), "VALIDATION_ERROR"), ((404, b"no"), "HTTP 404")],
)
def test_a_refusal_for_good_is_told_at_once(refusal, code, hub, caller):
    hub.script = [refusal]

    with pytest.raises(Faulted) as fault_:
        caller.ask("portal/events/1.0", ASK)
    assert fault_.value.code == code


def test_one_who_is_told_to_stop_waits_for_nobody(clock):
    stopping = threading.Event()
    account = Account("http://127.0.0.1:9", "DEPT72001", "login", "word")
    caller = Caller(account, clock, lambda: UUID(int=1), timedelta(hours=1), stopping)
    asking = threading.Thread(target=lambda: stopped.append(refuses_to_wait(caller)))
    stopped: list[bool] = []
    asking.start()
    stopping.set()
    asking.join(5)
    assert stopped == [True]


def refuses_to_wait(caller: Caller) -> bool:
    with pytest.raises(Stopped):
        caller.ask("portal/events/1.0", ASK)
    return True
