"""`hub conform` against a running hub: it leads a client, and its exit code can be relied on."""

import json
import sys
import time

import pytest
import requests
from hub_process import hub_on
from lxml import etree

from gateway.cli.conform import Follower
from gateway.cli.trials import Trials, TrialsRefused
from gateway.conformance.service.messages import Verdict

CLIENT = """
import os, sys, urllib.error, urllib.request
if not os.environ["TRIAL_FILE"]:
    sys.exit()
payload = open(os.environ["TRIAL_FILE"], encoding="utf-8").read().partition("?>")[2]
body = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        + payload + "</s:Body></s:Envelope>").encode()
headers = {"Content-Type": "text/xml; charset=utf-8", "Authorization": sys.argv[2]}
try:
    urllib.request.urlopen(urllib.request.Request(sys.argv[1], body, headers))
except urllib.error.HTTPError as refusal:
    print(refusal.code)
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory, request):
    """One hub for all, on one engine: the command speaks HTTP and knows no database."""
    folder = tmp_path_factory.mktemp("conform")
    with hub_on("sqlite", folder, request.getfixturevalue) as process:
        process.environment["CONFORM_PASSWORD"] = process.seeded.people.bank.password
        process.start()
        yield process


@pytest.fixture
def trials(hub) -> Trials:
    return Trials(hub.base_url, *hub.credentials)


def begun(trials: Trials) -> str:
    request = {
        "sessionRequestId": "01990000-0000-7000-8000-000000000001",
        "suiteCode": "SUITE-02",
        "contour": "TEST",
        "systemVersion": "7.1",
        "rehearsal": True,
    }
    return trials.start(request).session_id


@pytest.fixture
def command(hub, tmp_path) -> str:
    """A client that sends whatever file it is given."""
    client = tmp_path / "client.py"
    client.write_text(CLIENT, "utf-8")
    basic = requests.Request("GET", hub.base_url, auth=hub.credentials).prepare()
    address = hub.url("payment-registry")
    return f"{sys.executable} -S {client} {address} '{basic.headers['Authorization']}'"


def test_a_client_is_led_through_the_plan(trials, command, tmp_path, capfd):
    session = begun(trials)
    suite = trials.suite("SUITE-02")
    files = tmp_path / "files"
    follower = Follower(
        trials, suite, session, files, command, patience=60, pause=lambda _: time.sleep(0.1)
    )

    state = follower.follow(trials.session(session))

    verdicts = {(line.case_code, line.row): line.verdict for line in state.result}
    assert (verdicts["BR-01", None], verdicts["BR-04", None]) == (Verdict.PASS, Verdict.PASS)
    assert verdicts["BR-02", 1] is Verdict.WAIT
    told = capfd.readouterr().out
    assert "BR-01 Верный реестр из трёх строк: пройден" in told
    assert "ничей ход: следим, что SubmitRegistry не придёт" in told
    assert (files / "BR-02-1-1-registry-wrong-total.xml").is_file()


def test_a_command_without_follow_tells_what_to_do_and_leaves_reports(hub, tmp_path):
    junit, told = tmp_path / "junit.xml", tmp_path / "told.json"

    done = hub.run(
        "conform", "bank-registry", "--base-url", hub.base_url, "--rehearsal", "--no-follow",
        "--as", hub.seeded.people.bank.login, "--junit", str(junit), "--json", str(told),
    )  # fmt: skip

    assert "РЕПЕТИЦИЯ" in done.stdout, done.stderr
    assert "Продолжить: hub conform bank-registry --session" in done.stdout
    assert "Настройка, clock: Показаний часов участника ещё нет." in done.stdout
    assert "Настройка, certificate" not in done.stdout
    assert done.exit_code == 2
    assert len(etree.parse(junit).getroot()) == 16
    assert json.loads(told.read_text("utf-8"))["rehearsal"] is True


def test_a_command_stops_where_the_setting_is_wrong(hub, tmp_path):
    junit = tmp_path / "junit.xml"

    done = hub.run(
        "conform", "bank-registry", "--base-url", hub.base_url, "--system-version", "7.1",
        "--as", hub.seeded.people.bank.login, "--junit", str(junit),
        "--endpoint-url", "http://127.0.0.1:9/nobody",
    )  # fmt: skip

    assert done.exit_code == 2, done.stderr
    assert "Настройка, address: " in done.stdout
    assert "испытывать программу пока рано" in done.stdout
    assert "Сделайте" not in done.stdout
    assert junit.is_file()


def test_a_command_that_begins_a_session_names_the_version(hub):
    done = hub.run("conform", "bank-registry", "--as", "bank")

    assert (done.exit_code, "--system-version" in done.stderr) == (2, True)


def test_a_hub_that_does_not_answer_is_a_matter_of_the_setting():
    with pytest.raises(TrialsRefused, match="не отвечает") as refusal:
        Trials("http://127.0.0.1:9", "nobody", "nothing").suite("SUITE-02")

    assert not refusal.value.is_ours


def test_a_suite_that_is_none_is_said_so(trials):
    with pytest.raises(TrialsRefused, match="Программы испытаний SUITE-99 нет"):
        trials.suite("SUITE-99")


def test_a_refusal_is_told_with_its_places_and_its_entry(trials):
    with pytest.raises(TrialsRefused) as refusal:
        trials.start({"suiteCode": "SUITE-02", "surprise": 1})

    assert "Поля «surprise» здесь нет." in str(refusal.value)
    assert "Запись журнала узла: " in str(refusal.value)


def test_a_wrong_password_is_a_matter_of_the_setting(hub):
    with pytest.raises(TrialsRefused, match="не опознан") as refusal:
        Trials(hub.base_url, hub.credentials[0], "nonsense").suite("SUITE-02")

    assert not refusal.value.is_ours
