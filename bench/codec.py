"""The compiled codec beside decoding written by hand: `python -m bench.codec`.

Both make the same objects of the same validated tree. Rounds are interleaved, so that the
machine's drift divides out of the ratio.
"""

import datetime as dt
import statistics
import timeit
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from adapters.bank.messages.bank_payment import RegisterPaymentRequest
from adapters.bank.messages.payment_registry import (
    LineStatus,
    PaymentOrderType,
    RegistryKind,
    RegistryLineType,
    SubmitRegistryRequest,
)
from gateway.contracts import codec
from gateway.contracts.catalog import Contract, load_catalog
from gateway.contracts.messages.common import Currency, DateTimePeriod, PayChannel
from gateway.kernel.xml import parser

ROUNDS = 15
SECONDS_A_ROUND = 0.05
LINES = 100

C = "{urn://x-artefacts-citto-72/common/1.0}"
P = "{urn://x-artefacts-citto-72/meals/bank-payment/1.0}"
R = "{urn://x-artefacts-citto-72/meals/payment-registry/1.0}"
CHANNELS = {channel.value: channel for channel in PayChannel}
STATUSES = {status.value: status for status in LineStatus}
KINDS = {kind.value: kind for kind in RegistryKind}
CURRENCIES = {currency.value: currency for currency in Currency}
moment = dt.datetime.fromisoformat
day = dt.date.fromisoformat


def token(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def payment_by_hand(element: etree._Element) -> RegisterPaymentRequest:
    found = {child.tag: child.text for child in element}
    return RegisterPaymentRequest(
        bank_payment_id=token(found[f"{P}bankPaymentId"]),
        account=token(found[f"{P}account"]),
        amount=Decimal(found[f"{P}amount"]),
        currency=CURRENCIES[found[f"{P}currency"]],
        commission=Decimal(found[f"{P}commission"]) if f"{P}commission" in found else None,
        payment_time=moment(found[f"{P}paymentTime"]),
        channel=CHANNELS[found[f"{P}channel"]],
        terminal_id=token(found[f"{P}terminalId"]) if f"{P}terminalId" in found else None,
        document_number=(
            token(found[f"{P}documentNumber"]) if f"{P}documentNumber" in found else None
        ),
        organizer_inn=token(found[f"{P}organizerInn"]) if f"{P}organizerInn" in found else None,
    )


def registry_by_hand(element: etree._Element) -> SubmitRegistryRequest:
    children = list(element)
    found = {child.tag: child for child in children[:12]}

    def optional(name: str) -> str | None:
        return found[R + name].text if R + name in found else None

    commission, net, order = optional("totalCommission"), optional("netAmount"), None
    if f"{R}paymentOrder" in found:
        number, date, amount = found[f"{R}paymentOrder"]
        order = PaymentOrderType(
            number=token(number.text), date=day(date.text), amount=Decimal(amount.text)
        )
    contract = optional("contractNumber")
    start, end = found[f"{R}period"]
    return SubmitRegistryRequest(
        registry_id=token(found[f"{R}registryId"].text),
        registry_number=token(found[f"{R}registryNumber"].text),
        registry_date=day(found[f"{R}registryDate"].text),
        organizer_inn=token(found[f"{R}organizerInn"].text),
        contract_number=None if contract is None else token(contract),
        period=DateTimePeriod(from_value=moment(start.text), to=moment(end.text)),
        kind=KINDS[found[f"{R}kind"].text],
        payment_order=order,
        count=int(found[f"{R}count"].text),
        total_amount=Decimal(found[f"{R}totalAmount"].text),
        total_commission=None if commission is None else Decimal(commission),
        net_amount=None if net is None else Decimal(net),
        line=[line_by_hand(child) for child in children if child.tag == f"{R}line"],
    )


def line_by_hand(element: etree._Element) -> RegistryLineType:
    """Take children by position: nothing written by hand over lxml is faster."""
    children = list(element)
    commission = terminal = None
    at = 4
    if children[at].tag == f"{R}commission":
        commission = Decimal(children[at].text)
        at += 1
    time, channel = children[at], children[at + 1]
    at += 2
    if children[at].tag == f"{R}terminalId":
        terminal = token(children[at].text)
        at += 1
    return RegistryLineType(
        line_no=int(children[0].text),
        bank_payment_id=token(children[1].text),
        account=token(children[2].text),
        amount=Decimal(children[3].text),
        commission=commission,
        payment_time=moment(time.text),
        channel=CHANNELS[channel.text],
        terminal_id=terminal,
        status=STATUSES[children[at].text],
    )


def line(number: int) -> RegistryLineType:
    return RegistryLineType(
        line_no=number,
        bank_payment_id=f"PAY-2026-09-01-{number:06d}",
        account=f"{1000000000 + number * 7919}",
        amount=Decimal(number * 137 % 200_000).scaleb(-2),
        commission=Decimal("1.50") if number % 2 else None,
        payment_time=moment(f"2026-09-01T{number % 24:02d}:{number % 60:02d}:07+05:00"),
        channel=list(PayChannel)[number % len(PayChannel)],
        terminal_id=f"T-{number % 40}" if number % 3 else None,
        status=LineStatus.PAID,
    )


def small() -> RegisterPaymentRequest:
    return RegisterPaymentRequest(
        bank_payment_id="PAY-2026-09-01-000001",
        account="1000007919",
        amount=Decimal("250.00"),
        currency=Currency.RUB,
        payment_time=moment("2026-09-01T08:30:00+05:00"),
        channel=PayChannel.TERMINAL,
        terminal_id="T-17",
    )


def medium() -> SubmitRegistryRequest:
    lines = [line(number) for number in range(1, LINES + 1)]
    return SubmitRegistryRequest(
        registry_id="REG-2026-09-01",
        registry_number="245",
        registry_date=day("2026-09-01"),
        organizer_inn="7203001200",
        period=DateTimePeriod(
            from_value=moment("2026-09-01T00:00:00+05:00"),
            to=moment("2026-09-01T23:59:59+05:00"),
        ),
        kind=RegistryKind.ONLINE,
        count=len(lines),
        total_amount=sum((one.amount for one in lines), Decimal("0.00")),
        line=lines,
    )


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    contract: Contract
    message: object
    by_hand: Callable[[etree._Element], object]


def microseconds(work: Callable[[], object], count: int) -> float:
    return timeit.timeit(work, number=count) / count * 1e6


def measure(subject: Subject) -> None:
    encode, decode = codec.encoder(type(subject.message)), codec.decoder(type(subject.message))
    wire = etree.tostring(encode(subject.message), encoding="UTF-8")
    tree = etree.fromstring(wire, parser())
    if not decode(tree) == subject.by_hand(tree) == subject.message:
        raise SystemExit(f"{subject.name}: the decoders disagree")
    works: dict[str, Callable[[], object]] = {
        "decode, by hand": lambda: subject.by_hand(tree),
        "decode, compiled": lambda: decode(tree),
        "encode, compiled": lambda: encode(subject.message),
        "parse": lambda: etree.fromstring(wire, parser()),
        "validate": lambda: subject.contract.validate(tree),
    }
    counts = {n: max(1, int(SECONDS_A_ROUND * 1e6 / microseconds(w, 5))) for n, w in works.items()}
    rounds = [{n: microseconds(w, counts[n]) for n, w in works.items()} for _ in range(ROUNDS)]
    print(f"{subject.name}: {len(wire)} bytes")
    for name in works:
        print(f"  {name:18} {statistics.median(r[name] for r in rounds):9.2f} µs")
    ratios = [r["decode, compiled"] / r["decode, by hand"] for r in rounds]
    print(f"  compiled / by hand {statistics.median(ratios):9.2f}   (target: at most 3)")


def main() -> None:
    catalog = load_catalog()
    bank, registry = (
        catalog.contract(f"meals/{name}/1.0") for name in ("bank-payment", "payment-registry")
    )
    measure(Subject("S, RegisterPayment", bank, small(), payment_by_hand))
    measure(Subject(f"M, SubmitRegistry of {LINES} lines", registry, medium(), registry_by_hand))


if __name__ == "__main__":
    main()
