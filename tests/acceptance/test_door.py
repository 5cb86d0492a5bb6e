"""The door from outside: what a client meets before and around its first right answer."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests
import sqlalchemy as sa
from hub_process import hub_on
from lxml import etree
from messages import BANK_PAYMENT, envelope, new_id, now, payment

from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.storage import journal
from gateway.storage.journal import journal_entry

SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
PING = f'<p:PingRequest xmlns:p="{BANK_PAYMENT}"/>'


@pytest.fixture(scope="module")
def hub(tmp_path_factory, request):
    """One hub for all: what the door does is the same on either database and leaves no trace."""
    folder = tmp_path_factory.mktemp("door")
    with hub_on("sqlite", folder, request.getfixturevalue) as process:
        process.start()
        yield process


def field(answer: requests.Response, name: str) -> str | None:
    return etree.fromstring(answer.content).findtext(f".//{{*}}{name}")


def ask(hub, body: bytes, auth=None, **headers: str) -> requests.Response:
    return requests.post(
        hub.url("bank-payment"),
        data=body,
        auth=auth,
        headers={"Content-Type": "text/xml", **headers},
        timeout=30,
    )


def test_ping_tells_service_and_contour(hub):
    answer = hub.post("bank-payment", envelope(PING))
    assert (field(answer, "service"), field(answer, "version")) == ("meals/bank-payment", "1.0")


def test_reply_refers_to_the_message_it_answers(hub):
    message_id = new_id()
    answer = hub.post("bank-payment", envelope(PING, message_id))
    assert field(answer, "correlationId") == message_id


def test_soap_12_is_answered_in_soap_12(hub):
    body = envelope(PING).replace(b"http://schemas.xmlsoap.org/soap/envelope/", SOAP12.encode())
    answer = hub.post("bank-payment", body, **{"Content-Type": "application/soap+xml"})
    assert answer.headers["Content-Type"].startswith("application/soap+xml")
    assert etree.fromstring(answer.content).tag == f"{{{SOAP12}}}Envelope"


def test_stranger_is_asked_for_credentials(hub):
    answer = ask(hub, envelope(PING))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert field(answer, "code") == "AUTH_FAILED"


def test_unknown_login_and_wrong_password_look_the_same(hub):
    login, password = hub.credentials
    answers = [ask(hub, envelope(PING), auth) for auth in ((login, "x"), ("nobody", password))]
    first, second = (answer.text.replace(field(answer, "entry"), "") for answer in answers)
    assert first == second


@pytest.mark.parametrize(
    ("content_type", "status"),
    [("text/plain", 415), ("application/json", 415), ("text/xml; charset=koi8-r", 415)],
)
def test_other_content_types_are_unsupported(hub, content_type, status):
    answer = hub.post("bank-payment", envelope(PING), **{"Content-Type": content_type})
    assert answer.status_code == status


def test_put_is_not_allowed(hub):
    answer = requests.put(hub.url("bank-payment"), data=b"", timeout=30)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_unknown_address_is_not_found(hub):
    assert (
        requests.post(f"{hub.base_url}/test/ws/none/1.0", data=b"", timeout=30).status_code == 404
    )


def test_message_over_the_limit_is_too_large(hub):
    body = envelope(PING) + b" " * (10 * 1024 * 1024)
    assert hub.post("bank-payment", body).status_code == 413


def test_unknown_operation_is_told_the_known_ones(hub):
    answer = hub.post("bank-payment", envelope('<p:Nothing xmlns:p="urn:x"/>'))
    assert field(answer, "code") == "NO_ROUTE"
    assert "RegisterPaymentRequest" in field(answer, "advice")


def test_soap_action_of_another_operation_is_refused(hub):
    action = f'"{BANK_PAYMENT}/RegisterPayment"'
    answer = hub.post("bank-payment", envelope(PING), SOAPAction=action)
    assert answer.status_code == 500


def test_production_takes_nothing_unsigned(hub):
    url = hub.url("bank-payment").replace("/test/", f"/{Contour.PROD.path}/")
    answer = requests.post(
        url, data=envelope(PING), headers={"Content-Type": "text/xml"}, timeout=30
    )
    assert field(answer, "code") == "SIGNATURE_INVALID"


def test_header_of_another_contour_is_refused(hub):
    body = envelope(PING, new_id()).replace(b">TEST<", b">PROD<")
    assert field(hub.post("bank-payment", body), "code") == "NOT_ALLOWED_IN_CONTOUR"


def test_header_of_another_sender_is_refused(hub):
    answer = hub.post("bank-payment", envelope(PING, new_id(), sender="BANK72002"))
    assert field(answer, "code") == "NOT_ALLOWED"


def test_header_stamped_an_hour_ago_is_expired(hub):
    body = envelope(PING, new_id())
    stamp = etree.fromstring(body).findtext(".//{*}timestamp")
    old = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    answer = hub.post("bank-payment", body.replace(stamp.encode(), old.encode()))
    assert field(answer, "code") == "HEADER_EXPIRED"


def test_every_error_of_a_message_is_listed_with_line_and_advice(hub):
    body = payment("P-1", "1", "1.001", "yesterday").replace("<p:amount>", "\n<p:amount>")
    answer = hub.post("bank-payment", envelope(body))
    details = etree.fromstring(answer.content).findall(".//{*}HubFault/{*}detail")
    assert [detail.findtext("{*}path").rpartition("/")[2] for detail in details] == [
        "amount",
        "paymentTime",
    ]
    assert [detail.findtext("{*}line") for detail in details] == ["2", "2"]
    assert all(detail.findtext("{*}advice") for detail in details)


def test_refused_message_is_in_the_journal_under_the_number_it_was_told(hub):
    answer = hub.post("bank-payment", b"<broken")
    entry = journal.entry_of(field(answer, "entry"))
    with hub.database().reading() as transaction:
        assert journal.request_of(transaction, entry) == b"<broken"


def test_operator_finds_a_message_by_its_payment(hub):
    body = payment("P-FIND-ME", hub.seeded.accounts.open[0], "1.00", now())
    hub.post("bank-payment", envelope(body))
    found = hub.run("journal", "list", "--key", "P-FIND-ME")
    assert "RegisterPayment" in found.stdout


def test_bank_may_ask_and_pay_by_osmp(hub):
    url = f"{hub.base_url}/test/pay/osmp"
    query = {"txn_id": "1234567", "account": hub.seeded.accounts.open[0], "sum": "200.00"}
    for command in ("check", "pay", "pay"):
        answer = requests.get(
            url, params={"command": command, **query}, auth=hub.credentials, timeout=30
        )
        assert etree.fromstring(answer.content).findtext("result") == "0", answer.text


def test_bank_may_ask_and_pay_by_sberbank(hub):
    url = f"{hub.base_url}/test/pay/sberbank"
    query = {
        "ACCOUNT": hub.seeded.accounts.open[0],
        "AMOUNT": "200.00",
        "PAY_ID": "77",
        "PAY_DATE": datetime.now(LOCAL).strftime("%d.%m.%Y_%H:%M:%S"),
    }
    codes = []
    for action in ("check", "payment", "payment"):
        answer = requests.get(
            url, params={"ACTION": action, **query}, auth=hub.credentials, timeout=30
        )
        codes.append(etree.fromstring(answer.content).findtext("CODE"))
    assert codes == ["0", "0", "8"]


def test_dialect_that_is_switched_off_pays_nothing(hub):
    code = hub.seeded.people.bank.code
    switched = hub.run("participant", "dialect", code, "osmp", "--off")
    assert switched.exit_code == 0, switched.stderr
    url = f"{hub.base_url}/test/pay/osmp"
    query = {"command": "check", "account": hub.seeded.accounts.open[0]}

    def result() -> str:
        answer = requests.get(url, params=query, auth=hub.credentials, timeout=30)
        return etree.fromstring(answer.content).findtext("result")

    hub.wait_until(lambda: result() != "0")


def test_published_file_that_the_client_has_is_not_sent_again(hub):
    url = hub.url("bank-payment") + "?wsdl"
    first = requests.get(url, timeout=30)
    again = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=30)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_questions_asked_at_once_are_each_answered_and_journaled_once(hub):
    """A question leaves the event loop for a thread; nobody else may take it up meanwhile."""
    ids = [new_id() for _ in range(400)]

    def ask_for(message_id: str) -> int:
        return hub.post("bank-payment", envelope(PING, message_id)).status_code

    with ThreadPoolExecutor(16) as clients:
        statuses = list(clients.map(ask_for, ids))
    assert set(statuses) == {200}
    with hub.database().reading() as transaction:
        query = sa.select(journal_entry.c.message_id).where(journal_entry.c.message_id.in_(ids))
        assert sorted(transaction.execute(query).scalars()) == sorted(ids)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_tells_its_length_once(hub, method):
    """Some clients refuse an answer that tells it twice, even when both agree."""
    url = urlsplit(hub.url("bank-payment") + "?wsdl")
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
    connection.request(method, f"{url.path}?{url.query}")
    answer = connection.getresponse()
    assert len(answer.headers.get_all("content-length")) == 1
    assert len(answer.read()) == (int(answer.headers["content-length"]) if method == "GET" else 0)
    connection.close()


def test_limit_of_a_top_up_is_a_setting(hub, tmp_path, request):
    with hub_on("sqlite", tmp_path / "limit", request.getfixturevalue) as other:
        other.environment["HUB_TOP_UP_LIMIT"] = "150.00"
        other.start()
        body = payment("P-1", other.seeded.accounts.open[0], "150.01", now())
        assert field(other.post("bank-payment", envelope(body)), "resultCode") == "242"
