"""The two messages of the comparison by our published contract, and the judge of the answers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path
from string import Template
from typing import Protocol

from lxml import etree

from gateway.kernel.identifiers import issue_account

TEMPLATES = Path(__file__).with_name("messages")
SCHEMAS = Path(__file__).resolve().parents[1] / "xsd" / "meals"
DOMAIN = "urn://x-artefacts-citto-72/meals"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
LINES = 100
"""Lines of a registry in message M."""
ORGANIZER_INN = "7203000009"
"""Invented; the check digit holds."""


class Answer(Protocol):
    """What came back over HTTP."""

    @property
    def status(self) -> int: ...

    @property
    def body(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Payers:
    """Whose accounts the load pays to, and the organizer they belong to."""

    accounts: Sequence[str] = tuple(issue_account(serial) for serial in range(1000))
    organizer_inn: str = ORGANIZER_INN


@dataclass(frozen=True)
class Message:
    """One kind of message: where it goes, how it is written, what a good answer says."""

    name: str
    title: str
    service: str
    operation: str
    schema: str
    write: Callable[[Payers, str, int], str]
    """The text for an identity; the number picks accounts, so that variants differ."""
    expected: Mapping[str, Callable[[str], bool]]
    echoed: str
    """The element that must give back what the request had in it."""
    broken: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By what is wrong: the pattern to find in a good message and what to put instead."""

    @property
    def path(self) -> str:
        return f"/test/ws/meals/{self.service}/1.0"

    @property
    def namespace(self) -> str:
        return f"{DOMAIN}/{self.service}/1.0"

    @property
    def action(self) -> str:
        return f"{self.namespace}/{self.operation}"

    def size(self, payers: Payers) -> int:
        """Bytes of a message."""
        return len(self.write(payers, "0" * 14, 0).encode())

    @cached_property
    def validator(self) -> etree.XMLSchema:
        return etree.XMLSchema(etree.parse(str(SCHEMAS / self.service / "1.0" / self.schema)))

    def broken_samples(self, good: str) -> Iterator[tuple[str, str]]:
        """Name what is wrong and give the message that is wrong in just that."""
        for flaw, (pattern, replacement) in self.broken.items():
            text, changed = re.subn(pattern, replacement, good, count=1, flags=re.DOTALL)
            if not changed:
                raise LookupError(f"{self.name}: nothing to break for «{flaw}»")
            yield flaw, text

    def faults_of(self, answer: Answer, request: str) -> list[str]:
        """Say what is wrong with the answer to a good message; an empty list is praise."""
        if answer.status != 200:
            return [f"status {answer.status}: {answer.body[:500]!r}"]
        payload = payload_of(answer.body)
        if payload is None or payload.tag != f"{{{self.namespace}}}{self.operation}Response":
            return [f"not a {self.operation}Response: {answer.body[:500]!r}"]
        if not self.validator.validate(payload):
            return [str(self.validator.error_log)]
        said = {etree.QName(child).localname: child.text or "" for child in payload}
        wrong = [
            f"{name} is {said.get(name)!r}"
            for name, holds in self.expected.items()
            if not holds(said.get(name, ""))
        ]
        if f">{said[self.echoed]}</" not in request:
            wrong.append(f"{self.echoed} {said[self.echoed]!r} is not the request's")
        return wrong


def payload_of(body: bytes) -> etree._Element | None:
    """Return the first child of Body, None when there is no such envelope."""
    try:
        envelope = etree.fromstring(body)
    except etree.XMLSyntaxError:
        return None
    found = envelope.find(f"{SOAP}Body")
    return None if found is None or not len(found) else found[0]


def is_refusal(answer: Answer) -> bool:
    """Tell whether the answer refuses the message: a SOAP fault, never a 200 with a result."""
    payload = payload_of(answer.body)
    return answer.status >= 400 and payload is not None and payload.tag == f"{SOAP}Fault"


def _register_payment(payers: Payers, identity: str, number: int) -> str:
    return _template("register-payment").substitute(
        identity=identity,
        account=payers.accounts[number % len(payers.accounts)],
        organizer=payers.organizer_inn,
        time=f"{_day()}T12:34:56+05:00",
    )


def _submit_registry(payers: Payers, identity: str, number: int) -> str:
    accounts = islice(cycle(payers.accounts), number * LINES, (number + 1) * LINES)
    amounts = [Decimal(10_000 + 137 * line).scaleb(-2) for line in range(LINES)]
    line = _template("registry-line")
    lines = [
        line.substitute(
            identity=identity,
            number=n,
            account=account,
            amount=amount,
            time=f"{_day()}T{n % 24:02d}:{n % 60:02d}:07+05:00",
        ).strip()
        for n, (account, amount) in enumerate(zip(accounts, amounts, strict=True), start=1)
    ]
    return _template("submit-registry").substitute(
        identity=identity,
        organizer=payers.organizer_inn,
        date=_day(),
        count=LINES,
        total=sum(amounts),
        lines="\n".join(lines),
    )


def _template(name: str) -> Template:
    return Template((TEMPLATES / f"{name}.xml").read_text(encoding="utf-8"))


def _day() -> date:
    """Yesterday: a registry is handed in when its day is over."""
    return date.today() - timedelta(days=1)  # noqa: DTZ011 - the bank's calendar day


def _is(text: str) -> Callable[[str], bool]:
    return lambda said: said == text


MESSAGES = (
    Message(
        name="S",
        title="one payment (RegisterPayment)",
        service="bank-payment",
        operation="RegisterPayment",
        schema="bank-payment.xsd",
        write=_register_payment,
        expected={"resultCode": _is("0"), "hubPaymentId": bool, "state": bool, "acceptedAt": bool},
        echoed="bankPaymentId",
        broken={
            "element missing": ("<p:account>.*?</p:account>", ""),
            "element unknown": ("</p:RegisterPaymentRequest>", r"<p:extra>1</p:extra>\g<0>"),
            "not a number": ("150.00", "сто"),
            "negative amount": ("150.00", "-150.00"),
            "three decimals": ("150.00", "150.001"),
            "not in the enumeration": ("INTERNET_BANK", "PIGEON"),
            "time without offset": (r"\+05:00</p:paymentTime>", "</p:paymentTime>"),
            "identifier too long": ("BP-", "B" * 60),
            "INN of letters": (r"<p:organizerInn>\d+", "<p:organizerInn>ABCDEFGHIJ"),
        },
    ),
    Message(
        name="M",
        title=f"a registry of {LINES} payments (SubmitRegistry)",
        service="payment-registry",
        operation="SubmitRegistry",
        schema="payment-registry.xsd",
        write=_submit_registry,
        expected={"hubRegistryId": bool, "state": _is("RECEIVED"), "receivedAt": bool},
        echoed="registryId",
        broken={
            "status of a line": ("PAID(?=</r:status></r:line>\n</r:Submit)", "MAYBE"),
            "amount of a line": (r"<r:amount>\d+\.(?=\d\d</r:amount><r:comm)", "<r:amount>1.0"),
            "line without account": ("<r:account>.*?</r:account>", ""),
        },
    ),
)
