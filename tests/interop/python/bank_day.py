"""The bank's day by zeep, from nothing but two WSDL addresses and Basic credentials.

Reads what the bank knows as JSON from stdin, prints what it was answered as JSON, in the types
that zeep made of it. See ../README.md for the shape of both.
"""

import base64
import hashlib
import json
import sys
import time
import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import requests
import zeep
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport

HUB = "urn://x-artefacts-citto-72/hub/1.0"
TYUMEN = timezone(timedelta(hours=5))
PROCESSING = {"RECEIVED", "PROCESSING"}
PATIENCE_SECONDS = 60


class Recorder(Transport):
    """A transport that keeps the last answer as it came."""

    last = b""

    def post(self, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        response = super().post(address, message, headers)
        self.last = response.content
        return response


class Bank:
    """Both services of the bank, over both SOAP versions."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.known = known
        session = requests.Session()
        session.auth = (known["login"], known["password"])
        self.transport = Recorder(session=session, timeout=30)
        payments = zeep.Client(known["bankPaymentWsdl"], transport=self.transport)
        registries = zeep.Client(known["paymentRegistryWsdl"], transport=self.transport)
        self.payments = payments.service
        self.payments12 = payments.bind("BankPaymentService", "BankPaymentServiceSoap12")
        self.registries = registries.service
        self.header = payments.get_element(f"{{{HUB}}}MessageHeader")
        self.schema = payments.wsdl.types
        self.fault = payments.get_element(f"{{{HUB}}}HubFault")
        self.answer_header: Any = None

    def call(
        self, service: Any, operation: str, message_id: str | None = None, **fields: Any
    ) -> Any:
        """Call an operation under a message id; without one, of its own new id."""
        header = self.header(
            messageId=message_id or str(uuid.uuid4()),
            sender=self.known["sender"],
            timestamp=datetime.now(TYUMEN),
            contour="TEST",
            formatVersion="1.0",
        )
        answer = service[operation](_soapheaders=[header], **fields)
        self.answer_header = answer.header.header
        return answer.body

    def refusal(self, service: Any, operation: str, **fields: Any) -> dict[str, Any]:
        """Call an operation that is to be refused; return the fault as zeep shows it."""
        try:
            self.call(service, operation, **fields)
        except Fault as fault:
            detail = fault.detail.find(f"{{{HUB}}}HubFault")
            return {
                "faultcode": fault.code,
                "faultstring": fault.message,
                "hubFault": self.fault.parse(detail, self.schema),
            }
        raise RuntimeError(f"{operation} was not refused")

    def register(
        self, payment_id: str, account: str, amount: str, message_id: str | None = None
    ) -> Any:
        fields = self.payment(payment_id, account, amount)
        return self.call(self.payments, "RegisterPayment", message_id, **fields)

    def payment(self, payment_id: str, account: str, amount: str) -> dict[str, Any]:
        return {
            "bankPaymentId": payment_id,
            "account": account,
            "amount": Decimal(amount),
            "currency": "RUB",
            "paymentTime": self.paid_at,
            "channel": "ATM",
            "terminalId": "ATM-0001",
        }

    def wait_until_processed(self, hub_registry_id: str) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            status = self.call(self.registries, "GetRegistryStatus", hubRegistryId=hub_registry_id)
            if status.state not in PROCESSING:
                return status
            time.sleep(0.1)
        raise RuntimeError(f"registry {hub_registry_id} is still being processed")

    def protocol(self, hub_registry_id: str) -> list[Any]:
        """Read a protocol two lines at a time."""
        pages: list[Any] = []
        page = {"limit": 2}
        while True:
            answer = self.call(
                self.registries, "GetRegistryProtocol", hubRegistryId=hub_registry_id, page=page
            )
            pages.append(answer.line)
            if answer.nextCursor is None:
                return pages
            page["cursor"] = answer.nextCursor

    @property
    def paid_at(self) -> datetime:
        return datetime.fromisoformat(self.known["paymentTime"])


def line(bank: Bank, number: int, payment_id: str, account: str, amount: str) -> dict[str, Any]:
    return {
        "lineNo": number,
        "bankPaymentId": payment_id,
        "account": account,
        "amount": Decimal(amount),
        "paymentTime": bank.paid_at,
        "channel": "ATM",
        "status": "PAID",
    }


def registry(bank: Bank, number: str, total: str, count: int, **content: Any) -> dict[str, Any]:
    return {
        "registryId": f"REG-{number}",
        "registryNumber": number,
        "registryDate": bank.paid_at.date(),
        "organizerInn": bank.known["organizerInn"],
        "period": {"from": bank.paid_at, "to": bank.paid_at},
        "kind": "ONLINE",
        "count": count,
        "totalAmount": Decimal(total),
        **content,
    }


def check_and_pay(bank: Bank, accounts: list[str]) -> dict[str, Any]:
    def check(account: str) -> Any:
        asked_at = datetime.now(TYUMEN)
        return bank.call(
            bank.payments, "CheckAccount", account=account, channel="ATM", requestTime=asked_at
        )

    def status(payment_id: str) -> Any:
        return bank.call(bank.payments, "GetPaymentStatus", bankPaymentId=payment_id)

    got = {
        "ping": bank.call(bank.payments, "Ping"),
        "pingRegistries": bank.call(bank.registries, "Ping"),
        "pingSoap12": bank.call(bank.payments12, "Ping"),
        "checked": check(accounts[0]),
        "checkedUnknown": check(bank.known["unknownAccount"]),
        "messageId": str(uuid.uuid4()),
    }
    got["paid"] = bank.register("P-1", accounts[0], "500.00", got["messageId"])
    got["answerHeader"] = bank.answer_header
    first = bank.transport.last
    bank.register("P-1", accounts[0], "500.00", got["messageId"])
    got["resentIsByteEqual"] = bank.transport.last == first
    got["repeated"] = bank.register("P-1", accounts[0], "500.00")
    got["conflict"] = bank.register("P-1", accounts[0], "501.00")
    got["overLimit"] = bank.register("P-LIMIT", accounts[0], "2000.01")
    bank.register("P-2", accounts[1], "700.00")
    bank.register("P-3", accounts[2], "150.50")
    bank.register("P-4", accounts[3], "90.00")
    got["cancelled"] = bank.call(
        bank.payments,
        "CancelPayment",
        bankPaymentId="P-4",
        cancelId="C-4",
        reason="Плательщик передумал",
        cancelTime=datetime.now(TYUMEN),
    )
    got["status"] = status("P-1")
    got["statusCancelled"] = status("P-4")
    got["statusUnknown"] = status("P-NONE")
    broken = {**bank.payment("9" * 51, accounts[0], "1.001"), "currency": "USD"}
    got["schemaFault"] = bank.refusal(bank.payments, "RegisterPayment", **broken)
    got["schemaFaultSoap12"] = bank.refusal(bank.payments12, "RegisterPayment", **broken)
    stranger = Bank({**bank.known, "password": "wrong"})
    got["strangerFault"] = stranger.refusal(stranger.payments, "Ping")
    return got


def hand_in(bank: Bank, accounts: list[str]) -> dict[str, Any]:
    def submit(fields: dict[str, Any]) -> Any:
        return bank.call(bank.registries, "SubmitRegistry", **fields)

    def refused(fields: dict[str, Any]) -> dict[str, Any]:
        return bank.refusal(bank.registries, "SubmitRegistry", **fields)

    lines = [
        line(bank, 1, "P-1", accounts[0], "500.00"),
        line(bank, 2, "P-2", accounts[1], "700.00"),
        line(bank, 3, "P-3", accounts[2], "150.00"),
        line(bank, 4, "P-6", accounts[4], "2500.00"),
        line(bank, 5, "P-7", bank.known["unknownAccount"], "300.00"),
    ]
    day = registry(bank, "1", "4150.00", 5, line=lines)
    got = {"submitted": submit(day), "submittedAgain": submit(day)}
    hub_registry_id = got["submitted"].hubRegistryId
    got["processed"] = bank.wait_until_processed(hub_registry_id)
    got["protocol"] = bank.protocol(hub_registry_id)
    got["totalFault"] = refused(registry(bank, "2", "1.00", 1, line=lines[:1]))
    got["lineFault"] = refused(registry(bank, "3", "1000.00", 2, line=lines[:1] * 2))
    got["corrected"] = bank.call(
        bank.registries,
        "SubmitCorrection",
        correctionId="FIX-1",
        hubRegistryId=hub_registry_id,
        line=[
            {
                "lineNo": 5,
                "action": "REASSIGN",
                "newAccount": accounts[4],
                "basis": "Заявление от плательщика",
            }
        ],
    )
    return got | hand_in_file(bank)


def hand_in_file(bank: Bank) -> dict[str, Any]:
    """Hand in the first payment again, in a second registry: an XML file inside the message."""
    content = base64.b64decode(bank.known["file"])
    file = {
        "fileId": str(uuid.uuid4()),
        "fileName": "registry.xml",
        "mimeType": "application/xml",
        "size": len(content),
        "hash": hashlib.sha256(content).digest(),
        "hashAlg": "SHA-256",
        "content": content,
    }
    submitted = bank.call(
        bank.registries, "SubmitRegistry", **registry(bank, "4", "500.00", 1, file=file)
    )
    return {
        "submittedFile": submitted,
        "processedFile": bank.wait_until_processed(submitted.hubRegistryId),
        "protocolOfFile": bank.protocol(submitted.hubRegistryId),
    }


def reconcile(bank: Bank) -> dict[str, Any]:
    day = bank.paid_at.date()
    period = {"from": day, "to": day}
    return {
        "reconciled": bank.call(
            bank.registries,
            "GetReconciliation",
            period=period,
            organizerInn=bank.known["organizerInn"],
        ),
        "annulled": bank.call(
            bank.registries, "AnnulRegistry", registryId="REG-4", reason="Передан по ошибке"
        ),
        "listed": bank.call(bank.registries, "ListRegistries", period=period),
    }


def plain(value: Any) -> str:
    """Return a scalar of zeep's as the text it was in the message."""
    return value.isoformat() if isinstance(value, date) else str(value)


def main() -> None:
    bank = Bank(json.load(sys.stdin))
    accounts = bank.known["accounts"]
    got = check_and_pay(bank, accounts) | hand_in(bank, accounts) | reconcile(bank)
    json.dump(serialize_object(got, dict), sys.stdout, default=plain, ensure_ascii=False, indent=2)


main()
