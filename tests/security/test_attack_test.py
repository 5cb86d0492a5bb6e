"""`hub attack-test`: what an operator types and reads, and that it notices a hub that gives in."""

import json
import re
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import Result
from messages import BANK_PAYMENT, HUB

PONG = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>'
    f'<h:MessageHeader xmlns:h="{HUB}"><h:recipient>BANK72001</h:recipient></h:MessageHeader>'
    f'</e:Header><e:Body><p:PingResponse xmlns:p="{BANK_PAYMENT}"><p:contour>CONTOUR</p:contour>'
    "</p:PingResponse></e:Body></e:Envelope>"
)


@pytest.fixture
def run(attacked, operator) -> Callable[..., Result]:
    login, known = attacked.hub.credentials

    def attack_test(*options: str, url: str = attacked.hub.base_url, password: str = known):
        target = ("--url", url, "--login", login, "--password", password)
        return operator("attack-test", *target, *options)

    return attack_test


@contextmanager
def served(answer: Callable[[bytes], str]) -> Iterator[str]:
    """A hub of straw: it gives every POST the answer that `answer` makes of its body."""

    class Straw(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            octets = answer(body).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Straw)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pong(_: bytes) -> str:
    return PONG.replace("CONTOUR", "TEST")


def fetching(body: bytes) -> str:
    for address in re.findall(rb'"(http://127\.0\.0\.1:\d+/[^"]*)"', body):
        with suppress(OSError):
            urllib.request.urlopen(address.decode(), timeout=1).close()
    return pong(body)


def test_report_names_what_was_expected_and_what_came(run, tmp_path):
    told, page = tmp_path / "report.json", tmp_path / "report.html"
    done = run("--only", "1,30", "--json", str(told), "--html", str(page))
    assert done.exit_code == 0, done.output
    assert "Внешняя сущность (XXE)" in done.stdout
    assert "Устоял: 4, не устоял: 0, не проверялось: 0." in done.stdout
    report = json.loads(told.read_text("utf-8"))
    assert [(row["number"], row["soap"]) for row in report["rows"]] == [
        (1, "1.1"),
        (30, "1.1"),
        (1, "1.2"),
        (30, "1.2"),
    ]
    assert {shot["verdict"] for shot in report["shots"]} == {"устоял"}
    assert "Другой метод HTTP" in page.read_text("utf-8")


def test_without_a_key_signatures_are_not_tested_and_said_so(run):
    done = run("--only", "47", "--soap", "1.1")
    assert done.exit_code == 0
    assert "не проверялось: нет ключа" in done.stdout


def test_with_a_key_signatures_are_tested_too(run, attacked):
    key = ("--key", str(attacked.key), "--certificate", str(attacked.certificate))
    done = run("--only", "47", "--soap", "1.1", *key)
    assert done.exit_code == 0, done.output
    assert "Устоял: 1, не устоял: 0, не проверялось: 0." in done.output


def test_key_without_its_certificate_is_refused(run, attacked):
    done = run("--key", str(attacked.key))
    assert done.exit_code == 2
    assert "указываются вместе" in done.output


def test_hub_that_answers_an_attack_has_not_withstood_it(run):
    with served(pong) as straw:
        done = run("--only", "1,13", "--soap", "1.1", url=straw)
    assert done.exit_code == 1
    assert "не устоял: 2" in done.stdout


def test_hub_that_fetches_an_address_is_caught_at_it(run):
    with served(fetching) as straw:
        done = run("--only", "2", "--soap", "1.1", url=straw)
    assert done.exit_code == 1
    assert "узел сходил по адресу из сообщения" in done.stdout


@pytest.mark.parametrize("contour", ["PROD", "DEV", ""])
def test_only_a_hub_that_says_test_is_attacked(run, contour):
    seen = []

    def answer(body: bytes) -> str:
        seen.append(body)
        return PONG.replace("CONTOUR", contour)

    with served(answer) as straw:
        done = run(url=straw)
    assert done.exit_code == 2
    assert "не тестовый контур" in done.output
    assert len(seen) == 1


def test_address_of_the_production_contour_is_refused(run, attacked):
    done = run(url=f"{attacked.hub.base_url}/prod/ws/meals/bank-payment/1.0")
    assert done.exit_code == 2
    assert "рабочий контур не атакуется" in done.output


def test_wrong_password_is_told_before_anything_is_fired(run):
    done = run(password="wrong")
    assert done.exit_code == 2
    assert "учётные данные" in done.output


def test_address_where_nobody_listens_is_told(run):
    with served(pong) as straw:
        pass
    done = run(url=straw)
    assert done.exit_code == 2
    assert straw in done.output


@pytest.mark.parametrize("numbers", ["63", "0", "a", "3-", "1,,2"])
def test_unknown_attack_is_refused(run, numbers):
    assert run("--only", numbers).exit_code == 2
