"""A bank's program under test: what its engineer does when the stand asks, over plain HTTP.

    python bank.py --url http://127.0.0.1:8080 --login L --password P --code BANK72001
                   --key bank.key --certificate bank.pem --manners good

One order a line on its input, as JSON: `{"case": "BO-07", "file": "payment.xml", "values": {...}}`;
when the engineer is through, it prints `done` and how many messages were sent. Its manners:

- `good` does what the format says;
- `resends` sends a refused payment registry again, unchanged, as if the hub had been busy;
- `forgets` takes a payment whose answer it has not got for done;
- `floats` has its accounting write `totalAmount`: kopecks added up in binary, and cut off.
"""

import argparse
import base64
import hashlib
import json
import sys
import time
import uuid
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import requests
from lxml import etree
from lxml.builder import ElementMaker

from gateway.security import wsse
from gateway.security.own import load_signer
from gateway.security.provider import Providers
from gateway.security.providers.rsa import RsaProvider

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
HUB = "urn://x-artefacts-citto-72/hub/1.0"
COMMON = "urn://x-artefacts-citto-72/common/1.0"
PAYMENT = "urn://x-artefacts-citto-72/meals/bank-payment/1.0"
REGISTRY = "urn://x-artefacts-citto-72/meals/payment-registry/1.0"
HEADERS = {"Content-Type": "text/xml; charset=utf-8"}
TYUMEN = timezone(timedelta(hours=5))
PROCESSED_WITHIN_SECONDS = 60
BIG_LINES = 1001

soap = ElementMaker(namespace=SOAP, nsmap={"soap": SOAP})
hub = ElementMaker(namespace=HUB, nsmap={"hub": HUB})
common = ElementMaker(namespace=COMMON, nsmap={"c": COMMON})
pay = ElementMaker(namespace=PAYMENT, nsmap={None: PAYMENT})
reg = ElementMaker(namespace=REGISTRY, nsmap={None: REGISTRY, "c": COMMON})


class Bank:
    """The program with its memory: what was sent, and the numbers that came back."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.providers = Providers.of([RsaProvider()])
        self.signer = load_signer(arguments.key, arguments.certificate, self.providers)
        self.sent: dict[str, etree._Element] = {}
        self.replies: dict[str, etree._Element] = {}
        self.messages = 0

    # Messages.

    def envelope(self, payload: etree._Element, message_id: str | None = None) -> bytes:
        header = hub.MessageHeader(
            hub.messageId(message_id or str(uuid.uuid4())),
            hub.sender(self.arguments.code),
            hub.timestamp(datetime.now(UTC).isoformat(timespec="milliseconds")),
            hub.contour("TEST"),
            hub.formatVersion("1.0"),
        )
        return etree.tostring(
            soap.Envelope(soap.Header(header), soap.Body(deepcopy(payload))),
            xml_declaration=True,
            encoding="UTF-8",
        )

    def address(self, payload: etree._Element) -> str:
        service = etree.QName(payload).namespace.partition("/meals/")[2]
        return f"{self.arguments.url}/test/ws/meals/{service}"

    def post(self, payload: etree._Element, octets: bytes, *, auth: bool = True) -> etree._Element:
        """Send and return the payload of the reply, fault or not."""
        self.messages += 1
        who = (self.arguments.login, self.arguments.password) if auth else None
        answer = requests.post(
            self.address(payload), data=octets, auth=who, headers=HEADERS, timeout=60
        )
        return etree.fromstring(answer.content).find(f"{{{SOAP}}}Body")[0]

    def send(self, payload: etree._Element) -> etree._Element:
        return self.post(payload, self.envelope(payload))

    # What the engineer does, case by case.

    def act(self, order: dict) -> None:
        case, file = order["case"], order.get("file")
        payload = None if file is None else etree.fromstring(Path(file).read_bytes())
        ROUTINES[case](self, payload, order.get("values", {}))

    def just_send(self, payload: etree._Element, _: dict) -> None:
        self.send(payload)

    def pay_and_remember(self, payload: etree._Element, _: dict) -> None:
        self.sent["payment"] = payload
        self.send(payload)

    def pay_again(self, *_: object) -> None:
        self.send(self.sent["payment"])

    def pay_otherwise(self, *_: object) -> None:
        payload = deepcopy(self.sent["payment"])
        payload.find("{*}amount").text = "1999.00"
        self.send(payload)

    def ask_for_payment(self, *_: object) -> None:
        number = self.sent["payment"].findtext("{*}bankPaymentId")
        self.send(pay.GetPaymentStatusRequest(pay.bankPaymentId(number)))

    def pay_and_cancel(self, payload: etree._Element, _: dict) -> None:
        self.send(payload)
        self.cancel(payload.findtext("{*}bankPaymentId"))

    def pay_register_and_cancel(self, payload: etree._Element, _: dict) -> None:
        self.send(payload)
        self.wait_for(self.hand_in(self.registry_of([payload])))
        self.cancel(payload.findtext("{*}bankPaymentId"))

    def spoil_signature(self, payload: etree._Element, values: dict) -> None:
        octets = wsse.sign(
            self.envelope(payload, values["message_id"]),
            self.signer,
            self.providers,
            uuid.uuid4,
            datetime.now(UTC),
        )
        self.post(payload, octets.replace(b">150.00<", b">151.00<"), auth=False)

    def pay_until_answered(self, payload: etree._Element, _: dict) -> None:
        """Repeat the same message when the line is cut, as the format says."""
        octets = self.envelope(payload)
        try:
            self.post(payload, octets)
        except requests.ConnectionError:
            if self.arguments.manners != "forgets":
                self.post(payload, octets)

    def hand_in_first(self, payload: etree._Element, _: dict) -> None:
        self.sent["registry"] = payload
        self.replies["registry"] = self.hand_in(payload)

    def hand_in_as_it_is(self, payload: etree._Element, _: dict) -> None:
        """Send a file made wrong on purpose: it goes past the accounting."""
        self.submit(payload)

    def hand_in_again(self, *_: object) -> None:
        self.submit(self.sent["registry"])

    def hand_in_and_read(self, payload: etree._Element, _: dict) -> None:
        self.read_protocol(self.hand_in(payload))

    def notify_hand_in_and_read(self, payload: etree._Element, values: dict) -> None:
        line = payload.find("{*}line")
        self.send(
            pay.RegisterPaymentRequest(
                pay.bankPaymentId(line.findtext("{*}bankPaymentId")),
                pay.account(line.findtext("{*}account")),
                pay.amount("100.00"),
                pay.currency("RUB"),
                pay.paymentTime(line.findtext("{*}paymentTime")),
                pay.channel("CASH_DESK"),
            )
        )
        self.hand_in_and_read(payload, values)

    def read_first_protocol(self, *_: object) -> None:
        self.read_protocol(self.replies["registry"])

    def annul_and_replace(self, payload: etree._Element, _: dict) -> None:
        self.hand_in(payload)
        self.send(
            reg.AnnulRegistryRequest(
                reg.registryId(payload.findtext("{*}registryId")), reg.reason("Ошибка в реестре")
            )
        )
        replacement = deepcopy(payload)
        number = str(uuid.uuid4())
        replacement.find("{*}registryId").text = number
        replacement.find("{*}registryNumber").text = number[-12:]
        replacement.find("{*}line/{*}bankPaymentId").text = f"r{number}"
        self.hand_in(replacement)

    def reconcile(self, *_: object) -> None:
        today = datetime.now(TYUMEN).date().isoformat()
        period = reg.period(getattr(common, "from")(today), common.to(today))
        self.send(reg.GetReconciliationRequest(period))

    def hand_in_a_big_one(self, _: object, values: dict) -> None:
        account, paid_at = values["account"], datetime.now(UTC).isoformat(timespec="seconds")
        lines = [
            self.line(number, f"big-{uuid.uuid4()}", account, "1.10", paid_at)
            for number in range(1, BIG_LINES + 1)
        ]
        octets = etree.tostring(reg.PaymentRegistryFile(*lines), encoding="UTF-8")
        file = reg.file(
            common.fileId(str(uuid.uuid4())),
            common.fileName("registry.xml"),
            common.mimeType("application/xml"),
            common.size(str(len(octets))),
            common.hash(base64.b64encode(hashlib.sha256(octets).digest()).decode()),
            common.hashAlg("SHA-256"),
            common.content(base64.b64encode(octets).decode()),
        )
        payload = self.registry(values["organizer_inn"], BIG_LINES, "1101.10", paid_at, [file])
        reply = self.submit(payload)
        self.wait_for(reply)

    # Registries.

    def registry_of(self, payments: list[etree._Element]) -> etree._Element:
        """Return a registry of payments that were notified of."""
        paid_at = payments[0].findtext("{*}paymentTime")
        lines = [
            self.line(
                number,
                payment.findtext("{*}bankPaymentId"),
                payment.findtext("{*}account"),
                payment.findtext("{*}amount"),
                payment.findtext("{*}paymentTime"),
            )
            for number, payment in enumerate(payments, 1)
        ]
        inn = self.arguments.organizer
        return self.registry(inn, len(lines), lines[0].findtext("{*}amount"), paid_at, lines)

    def registry(
        self, inn: str, count: int, total: str, paid_at: str, content: list[etree._Element]
    ) -> etree._Element:
        number = str(uuid.uuid4())
        return reg.SubmitRegistryRequest(
            reg.registryId(number),
            reg.registryNumber(number[-12:]),
            reg.registryDate(paid_at[:10]),
            reg.organizerInn(inn),
            reg.period(getattr(common, "from")(paid_at), common.to(paid_at)),
            reg.kind("ONLINE"),
            reg.count(str(count)),
            reg.totalAmount(total),
            *content,
        )

    def line(self, number: int, payment: str, account: str, amount: str, at: str) -> etree._Element:
        return reg.line(
            reg.lineNo(str(number)),
            reg.bankPaymentId(payment),
            reg.account(account),
            reg.amount(amount),
            reg.paymentTime(at),
            reg.channel("CASH_DESK"),
            reg.status("PAID"),
        )

    def hand_in(self, payload: etree._Element) -> etree._Element:
        """Send what the accounting has added up."""
        if self.arguments.manners == "floats":
            total = 0.0
            for amount in payload.iterfind("{*}line/{*}amount"):
                total += float(amount.text)
            payload.find("{*}totalAmount").text = f"{int(total * 100) / 100:.2f}"
        return self.submit(payload)

    def submit(self, payload: etree._Element) -> etree._Element:
        reply = self.send(payload)
        if self.arguments.manners == "resends" and etree.QName(reply).localname == "Fault":
            reply = self.send(payload)
        return reply

    def wait_for(self, reply: etree._Element) -> None:
        """Ask for the state until the registry is processed; nothing to ask after a refusal."""
        number = reply.findtext("{*}hubRegistryId")
        deadline = time.monotonic() + PROCESSED_WITHIN_SECONDS
        while number is not None:
            status = self.send(reg.GetRegistryStatusRequest(reg.hubRegistryId(number)))
            if status.findtext("{*}state") not in {"RECEIVED", "PROCESSING"}:
                return
            if time.monotonic() > deadline:
                raise TimeoutError(number)
            time.sleep(0.05)

    def read_protocol(self, reply: etree._Element) -> None:
        self.wait_for(reply)
        number = reply.findtext("{*}hubRegistryId")
        if number is not None:
            self.send(reg.GetRegistryProtocolRequest(reg.hubRegistryId(number)))

    def cancel(self, number: str) -> None:
        self.send(
            pay.CancelPaymentRequest(
                pay.bankPaymentId(number),
                pay.cancelId(str(uuid.uuid4())),
                pay.reason("Ошибка"),
                pay.cancelTime(datetime.now(UTC).isoformat(timespec="seconds")),
            )
        )

    def ping(self, *_: object) -> None:
        self.send(pay.PingRequest())


Routine = Callable[[Bank, etree._Element | None, dict], None]
ROUTINES: dict[str, Routine] = {
    "ping": Bank.ping,
    **dict.fromkeys([f"BO-0{n}" for n in range(1, 7)], Bank.just_send),
    "BO-07": Bank.pay_and_remember,
    "BO-08": Bank.pay_again,
    "BO-09": Bank.pay_otherwise,
    "BO-10": Bank.ask_for_payment,
    "BO-11": Bank.pay_and_cancel,
    "BO-12": Bank.pay_register_and_cancel,
    "BO-13": Bank.spoil_signature,
    "BO-14": Bank.just_send,
    "BO-15": Bank.pay_until_answered,
    "BR-01": Bank.hand_in_first,
    "BR-02": Bank.hand_in_as_it_is,
    "BR-03": Bank.hand_in_as_it_is,
    "BR-04": Bank.hand_in_as_it_is,
    "BR-05": Bank.hand_in_again,
    "BR-06": Bank.hand_in_and_read,
    "BR-07": Bank.notify_hand_in_and_read,
    "BR-08": Bank.hand_in_and_read,
    "BR-09": Bank.hand_in_as_it_is,
    "BR-10": Bank.read_first_protocol,
    "BR-11": Bank.annul_and_replace,
    "BR-12": Bank.reconcile,
    "BR-13": Bank.hand_in_and_read,
    "BR-14": Bank.hand_in_a_big_one,
}


def main() -> None:
    """Do what is ordered until the input ends."""
    parser = argparse.ArgumentParser()
    for name in ("url", "login", "password", "code", "organizer"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument(
        "--manners", choices=["good", "resends", "forgets", "floats"], default="good"
    )
    bank = Bank(parser.parse_args())
    for line in sys.stdin:
        bank.act(json.loads(line))
        print(f"done {bank.messages}", flush=True)


if __name__ == "__main__":
    main()
