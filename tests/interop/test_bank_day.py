"""The bank's day by clients that we did not write, from nothing but WSDL addresses and a password.

What a client decoded is compared as text, without the fields that are absent: some clients keep
numbers as text, some list absent fields. The rest is the same for all.
"""

import base64
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hub_process import HubProcess, hub_on
from messages import REGISTRY, line

from gateway.cli.demo import UNKNOWN_SERIAL
from gateway.kernel.identifiers import issue_account
from gateway.kernel.ports import LOCAL

pytestmark = pytest.mark.interop

PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Day:
    """A day that is over: what the client knew, what it was answered."""

    hub: HubProcess
    known: dict[str, Any]
    got: dict[str, Any]

    @property
    def accounts(self) -> list[str]:
        return self.known["accounts"]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("zeep_client", "sqlite"), id="zeep-sqlite"),
        pytest.param(("php_client", "sqlite"), id="php-sqlite"),
        pytest.param(("node_client", "sqlite"), id="node-sqlite"),
        pytest.param(("php_client", "postgresql"), id="php-postgresql", marks=pytest.mark.postgres),
    ],
)
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A hub of its own, and the whole day played by the client."""
    client, engine = request.param
    command = request.getfixturevalue(client)
    with hub_on(engine, tmp_path_factory.mktemp("day"), request.getfixturevalue) as hub:
        hub.start()
        known = knowledge(hub)
        run = subprocess.run(
            command,
            input=json.dumps(known),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert run.returncode == 0, run.stderr + run.stdout + hub.log.read_text()
        yield Day(hub, known, told(json.loads(run.stdout)))


def knowledge(hub: HubProcess) -> dict[str, Any]:
    """Return what the bank knows before its first call."""
    people, accounts = hub.seeded.people, hub.seeded.accounts.open
    paid_at = datetime.now(LOCAL).isoformat(timespec="seconds")
    repeated = line(1, "P-1", accounts[0], "500.00", paid_at)
    file = f'<p:PaymentRegistryFile xmlns:p="{REGISTRY}">{repeated}</p:PaymentRegistryFile>'
    return {
        "bankPaymentWsdl": f"{hub.url('bank-payment')}?wsdl",
        "paymentRegistryWsdl": f"{hub.url('payment-registry')}?wsdl",
        "login": people.bank.login,
        "password": people.bank.password,
        "sender": people.bank.code,
        "organizerInn": people.organizer_inn,
        "accounts": accounts[:5],
        "unknownAccount": issue_account(UNKNOWN_SERIAL),
        "paymentTime": paid_at,
        "file": base64.b64encode(file.encode()).decode(),
    }


def told(value: Any) -> Any:
    """Return what a client decoded as text, without what is absent."""
    if isinstance(value, dict):
        return {name: told(item) for name, item in value.items() if item not in (None, [])}
    if isinstance(value, list):
        return [told(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def findings(fault: dict[str, Any]) -> list[dict[str, str]]:
    """Return the details of a fault; some clients make no list of a single one."""
    detail = fault["hubFault"]["detail"]
    return detail if isinstance(detail, list) else [detail]


def part(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: answer[name] for name in names}


@pytest.mark.parametrize(
    ("answer", "service"),
    [
        ("ping", "meals/bank-payment"),
        ("pingRegistries", "meals/payment-registry"),
        ("pingSoap12", "meals/bank-payment"),
    ],
)
def test_ping_is_answered(day, answer, service):
    told = part(day.got[answer], "service", "version", "contour")
    assert told == {"service": service, "version": "1.0", "contour": "TEST"}


def test_account_is_shown_in_russian(day):
    checked = day.got["checked"]
    assert part(checked, "resultCode", "pupilMask", "className", "maxAmount") == {
        "resultCode": "0",
        "pupilMask": "Евгения Л.",
        "className": "1А",
        "maxAmount": "2000.00",
    }
    assert checked["beneficiary"]["bankName"] == "Демонстрационный банк"


def test_unknown_account_is_told_by_its_code(day):
    checked = day.got["checkedUnknown"]
    assert part(checked, "resultCode", "reason", "account") == {
        "resultCode": "5",
        "reason": "ACCOUNT_NOT_FOUND",
        "account": day.known["unknownAccount"],
    }


def test_payment_is_credited(day):
    assert part(day.got["paid"], "resultCode", "bankPaymentId", "state", "duplicate") == {
        "resultCode": "0",
        "bankPaymentId": "P-1",
        "state": "CREDITED",
        "duplicate": "false",
    }


def test_header_of_the_answer_names_the_message(day):
    header = day.got["answerHeader"]
    assert part(header, "correlationId", "recipient", "contour", "formatVersion") == {
        "correlationId": day.got["messageId"],
        "recipient": day.known["sender"],
        "contour": "TEST",
        "formatVersion": "1.0",
    }


def test_message_sent_again_is_answered_byte_for_byte(day):
    assert day.got["resentIsByteEqual"] == "true"


def test_repeated_payment_is_the_same_payment(day):
    repeated = day.got["repeated"]
    assert repeated["duplicate"] == "true"
    assert repeated["hubPaymentId"] == day.got["paid"]["hubPaymentId"]


def test_other_amount_under_the_same_id_is_a_conflict(day):
    assert part(day.got["conflict"], "resultCode", "reason") == {
        "resultCode": "300",
        "reason": "DUPLICATE_CONFLICT",
    }


def test_payment_over_the_limit_is_refused(day):
    assert part(day.got["overLimit"], "resultCode", "reason") == {
        "resultCode": "242",
        "reason": "LIMIT_EXCEEDED",
    }


def test_payment_is_cancelled(day):
    cancelled = day.got["cancelled"]
    assert part(cancelled, "resultCode", "state") == {"resultCode": "0", "state": "CANCELLED"}
    assert day.got["statusCancelled"]["state"] == "CANCELLED"


def test_status_shows_the_payment(day):
    status = day.got["status"]
    assert part(status, "resultCode", "hubPaymentId", "account", "amount", "state") == {
        "resultCode": "0",
        "hubPaymentId": day.got["paid"]["hubPaymentId"],
        "account": day.accounts[0],
        "amount": "500.00",
        "state": "CREDITED",
    }


def test_status_of_an_unknown_payment_is_told_by_its_code(day):
    assert part(day.got["statusUnknown"], "resultCode", "reason") == {
        "resultCode": "5",
        "reason": "PAYMENT_NOT_FOUND",
    }


@pytest.mark.parametrize(
    ("answer", "faultcode"), [("schemaFault", "Client"), ("schemaFaultSoap12", "Sender")]
)
def test_schema_fault_names_every_error_with_its_place(day, answer, faultcode):
    fault = day.got[answer]
    assert fault["faultcode"].endswith(f":{faultcode}")
    assert part(fault["hubFault"], "code", "retryable") == {
        "code": "VALIDATION_ERROR",
        "retryable": "false",
    }
    assert [(item["path"].rpartition("/")[2], item["rule"]) for item in findings(fault)] == [
        ("bankPaymentId", "maxLength"),
        ("amount", "fractionDigits"),
        ("currency", "enumeration"),
    ]
    assert all(int(item["line"]) >= 1 for item in findings(fault))
    assert findings(fault)[2]["advice"] == "Допустимы: RUB."


def test_fault_names_a_journal_entry_that_the_operator_finds(day):
    entry = day.got["schemaFault"]["hubFault"]["entry"]
    found = day.hub.run("journal", "show", entry)
    assert found.exit_code == 0, found.stderr
    assert "VALIDATION_ERROR" in found.stdout


def test_wrong_password_is_told_in_a_fault(day):
    fault = day.got["strangerFault"]
    assert fault["hubFault"]["code"] == "AUTH_FAILED"
    assert fault["faultstring"] == fault["hubFault"]["message"]


def test_registry_handed_in_twice_is_one_registry(day):
    first, again = day.got["submitted"], day.got["submittedAgain"]
    assert (first["duplicate"], again["duplicate"]) == ("false", "true")
    assert first["hubRegistryId"] == again["hubRegistryId"]


def test_processed_registry_tells_counts_and_sums(day):
    processed = day.got["processed"]
    assert processed["state"] == "ACCEPTED_WITH_ERRORS"
    assert processed["counts"] == {
        "total": "5",
        "credited": "1",
        "already": "2",
        "error": "1",
        "suspense": "1",
    }
    assert processed["sums"] == {
        "total": "4150.00",
        "credited": "2500.00",
        "error": "150.00",
        "suspense": "300.00",
    }


def test_protocol_tells_the_fate_of_every_line_page_by_page(day):
    pages = day.got["protocol"]
    assert [[(item["lineNo"], item["result"]) for item in page] for page in pages] == [
        [("1", "ALREADY_CREDITED"), ("2", "ALREADY_CREDITED")],
        [("3", "AMOUNT_MISMATCH"), ("4", "CREDITED_WITHOUT_NOTICE")],
        [("5", "ACCOUNT_UNKNOWN")],
    ]


def test_warnings_of_a_line_are_a_list(day):
    third, fourth = day.got["protocol"][1]
    assert "warning" not in third
    assert fourth["warning"] == ["OVER_LIMIT"]


def test_wrong_total_of_a_registry_is_told_in_a_fault(day):
    fault = day.got["totalFault"]
    assert fault["hubFault"]["code"] == "REGISTRY_TOTAL_MISMATCH"
    assert [item["value"] for item in findings(fault)] == ["1.00"]


def test_line_repeated_inside_a_registry_is_told_in_a_fault(day):
    fault = day.got["lineFault"]
    assert fault["hubFault"]["code"] == "DUPLICATE_LINE"
    assert [item["value"] for item in findings(fault)] == ["1", "P-1"]


def test_suspense_is_given_to_the_right_account(day):
    assert day.got["corrected"]["line"] == [{"lineNo": "5", "result": "REASSIGNED"}]


def test_payment_in_a_second_registry_is_a_duplicate(day):
    assert day.got["processedFile"]["counts"]["error"] == "1"
    ((only,),) = day.got["protocolOfFile"]
    assert part(only, "bankPaymentId", "result") == {"bankPaymentId": "P-1", "result": "DUPLICATE"}


def test_reconciliation_shows_totals_and_differences(day):
    found = day.got["reconciled"]
    assert part(found, "notified", "registered", "credited", "suspense") == {
        "notified": {"count": "3", "sum": "1350.50"},
        "registered": {"count": "5", "sum": "4150.00"},
        "credited": {"count": "5", "sum": "4150.50"},
        "suspense": {"count": "0", "sum": "0.00"},
    }
    assert [item["bankPaymentId"] for item in found["missingNotice"]] == ["P-6", "P-7"]
    assert found["mismatched"] == [
        {"bankPaymentId": "P-3", "noticeAmount": "150.50", "registryAmount": "150.00"}
    ]


def test_registries_are_listed_with_their_states(day):
    assert day.got["annulled"]["state"] == "ANNULLED"
    listed = {item["registryId"]: item["state"] for item in day.got["listed"]["registry"]}
    assert listed == {"REG-1": "ACCEPTED_WITH_ERRORS", "REG-4": "ANNULLED"}


def test_books_balance_after_the_day(day):
    balanced = day.hub.run("reconcile")
    assert balanced.exit_code == 0, balanced.stdout + balanced.stderr
