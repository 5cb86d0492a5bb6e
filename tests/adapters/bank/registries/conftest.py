"""An `office` that hands registries in, processes them piece by piece and reads what came of it."""

import hashlib
import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from adapters import bank, meals
from adapters.bank import messages
from adapters.bank.handlers.annulment import annul_registry
from adapters.bank.handlers.corrections import submit_correction
from adapters.bank.handlers.payments import register_payments
from adapters.bank.handlers.reconciliation import get_reconciliation
from adapters.bank.handlers.registries import (
    get_registry_protocol,
    get_registry_status,
    list_registries,
    submit_registries,
)
from adapters.bank.messages import (
    CorrectionAction,
    CorrectionLineType,
    LineResult,
    LineStatus,
    RegistryKind,
    RegistryLineType,
    SubmitRegistryRequest,
)
from adapters.bank.processing import RegistryQueue
from adapters.bank.staging import open_lines
from adapters.meals.ledger import MealsLedger
from gateway.adapter import Rules, Work
from gateway.contracts.catalog import load_catalog
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import (
    DateTimePeriod,
    FileRef,
    HashAlgorithm,
    Page,
    PayChannel,
    Period,
)
from gateway.kernel import xml
from gateway.kernel.message import Attachment, Contour, Participant
from gateway.storage import attachments

CATALOG = load_catalog()
CONTRACT = CATALOG.contract("meals/payment-registry/1.0")
INN = "7200000018"
TODAY = date(2026, 3, 2)
FILE_ID = "11111111-1111-4111-8111-111111111111"


@dataclass
class Background:
    """`gateway.adapter.JobContext` over the till's database."""

    till: Any
    payloads: dict[int, bytes]
    participants: list[Participant]
    contour: Contour = Contour.TEST

    @property
    def rules(self) -> Rules:
        return self.till.rules

    def now(self) -> datetime:
        return self.till.clock()

    @contextmanager
    def begin(self, *, batched: bool = False) -> Iterator[Work]:
        with self.till.work(batched=batched) as work:
            yield work
        for call in work.after_commit:
            call()

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self.till.database.reading() as transaction:
            yield self.till.work_in(transaction)

    def payload(self, entry: int) -> etree._Element:
        return etree.fromstring(self.payloads[entry], xml.parser())

    def open_attachment(self, sha256: bytes) -> Any:
        return attachments.open_kept(self.till.database, sha256)

    def everyone(self) -> Sequence[Participant]:
        return self.participants


class Office:
    """A bank's back office and the hub's background."""

    def __init__(self, till: Any, school: Any, bank: Participant) -> None:
        self.till = till
        self.school = school
        self.bank = bank
        self.payloads: dict[int, bytes] = {}
        self.numbers = itertools.count(1)
        self.woken: list[str] = []
        self.context = Background(till, self.payloads, [bank])
        self.queue = RegistryQueue(open_lines)

    # What the bank writes.

    def line(
        self, number: int, account: str, amount: str = "100.00", **changes: Any
    ) -> RegistryLineType:
        values = {
            "line_no": number,
            "bank_payment_id": f"P-{number}",
            "account": account,
            "amount": Decimal(amount),
            "payment_time": self.till.clock() - timedelta(hours=1),
            "channel": PayChannel.CASH_DESK,
            "status": LineStatus.PAID,
        }
        return RegistryLineType(**{**values, **changes})

    def registry(self, *lines: RegistryLineType, **changes: Any) -> SubmitRegistryRequest:
        number = next(self.numbers)
        paid = [line for line in lines if line.status is LineStatus.PAID]
        now = self.till.clock()
        values = {
            "registry_id": f"R-{number}",
            "registry_number": str(number),
            "registry_date": TODAY,
            "organizer_inn": INN,
            "period": DateTimePeriod(from_value=now - timedelta(hours=12), to=now),
            "kind": RegistryKind.ONLINE,
            "count": len(lines),
            "total_amount": sum((line.amount for line in paid), Decimal("0.00")),
            "line": list(lines),
        }
        return SubmitRegistryRequest(**{**values, **changes})

    def file(self, octets: bytes, **changes: Any) -> FileRef:
        digest = hashlib.sha256(octets).digest()
        values = {
            "file_id": FILE_ID,
            "file_name": "registry.xml",
            "mime_type": "application/xml",
            "size": len(octets),
            "hash": digest,
            "hash_alg": HashAlgorithm.SHA_256,
            "content": b"sha256:" + digest.hex().encode(),
        }
        return FileRef(**{**values, **changes})

    def keep(self, content: bytes) -> dict[bytes, Attachment]:
        """Keep a file as the line does before a handler sees the message."""
        digest = hashlib.sha256(content).digest()
        part = Attachment("file", "application/xml", len(content), digest, lambda: opened(content))
        attachments.keep(self.till.database, part, self.till.clock())
        return {b"sha256:" + digest.hex().encode(): part}

    # What it sends.

    def received(self, request: Any, sender: Participant | None = None, **more: Any) -> Any:
        payload = etree.tostring(published(request), method="c14n")
        received = self.till.received(
            request,
            sender or self.bank,
            digest=hashlib.sha256(payload).digest(),
            wake=self.woken.append,
            **more,
        )
        self.payloads[received.entry] = payload
        return received

    def submit_all(
        self, requests: Sequence[SubmitRegistryRequest], sender: Participant | None = None
    ) -> list[Any]:
        messages = [self.received(request, sender) for request in requests]
        with self.context.begin(batched=True) as work:
            return list(submit_registries(messages, work))

    def submit(
        self, request: SubmitRegistryRequest, sender: Participant | None = None, **more: Any
    ) -> Any:
        """Hand in one registry; raise what it is refused with."""
        with self.context.begin(batched=True) as work:
            (answer,) = submit_registries([self.received(request, sender, **more)], work)
        if isinstance(answer, Exception):
            raise answer
        published(answer)
        return answer

    def submit_file(self, content: bytes, count: int, total: str, **changes: Any) -> Any:
        request = self.registry(
            file=self.file(content), count=count, total_amount=Decimal(total), **changes
        )
        return self.submit(request, attachments=self.keep(content))

    def ask(self, handler: Any, request: Any, sender: Participant | None = None) -> Any:
        with self.context.begin() as work:
            answer = handler(self.received(request, sender), work)
        published(answer)
        return answer

    def pay(
        self,
        account: str,
        amount: str = "100.00",
        payment: str = "P-1",
        sender: Participant | None = None,
        **changes: Any,
    ) -> Any:
        """Tell of a payment online."""
        changes.setdefault("payment_time", self.till.clock() - timedelta(hours=1))
        request = self.till.pay(account, amount, payment, **changes)
        answer = self.till.send_alone(register_payments, request, sender or self.bank)
        assert answer.result_code == 0, answer.result_text
        return answer

    def annul(self, registry_id: str, reason: str = "Ошибка в суммах", **more: Any) -> Any:
        request = messages.AnnulRegistryRequest(registry_id=registry_id, reason=reason)
        return self.ask(annul_registry, request, **more)

    def correct(
        self, hub_registry_id: str, *lines: CorrectionLineType, correction: str = "K-1", **more: Any
    ) -> Any:
        request = messages.SubmitCorrectionRequest(
            correction_id=correction, hub_registry_id=hub_registry_id, line=list(lines)
        )
        return self.ask(submit_correction, request, **more)

    def reassign(self, number: int, account: str) -> CorrectionLineType:
        return CorrectionLineType(
            line_no=number,
            action=CorrectionAction.REASSIGN,
            new_account=account,
            basis="Письмо № 5",
        )

    def refund(self, number: int) -> CorrectionLineType:
        return CorrectionLineType(
            line_no=number, action=CorrectionAction.REFUND, basis="Письмо № 6"
        )

    # What the background does.

    def process(self) -> int:
        """Work until nothing is left; return the number of pieces."""
        for pieces in itertools.count():
            if not self.queue.run(self.context, self.till.clock()):
                return pieces
        raise AssertionError

    def piece(self) -> bool:
        return self.queue.run(self.context, self.till.clock())

    def restart(self) -> None:
        """Lose the process: open files and the lease's owner are gone, the clock goes on."""
        self.queue = RegistryQueue(open_lines)
        self.till.clock.advance(minutes=1)

    def settled(self, *lines: RegistryLineType, **changes: Any) -> Any:
        """Hand in a registry, process it and return the answer to the hand-in."""
        answer = self.submit(self.registry(*lines, **changes))
        self.process()
        return answer

    # What can be read.

    def status(self, registry_id: str, sender: Participant | None = None) -> Any:
        request = messages.GetRegistryStatusRequest(registry_id=registry_id)
        return self.ask(get_registry_status, request, sender)

    def state(self, registry_id: str) -> str:
        return self.status(registry_id).state.value

    def protocol(
        self, hub_registry_id: str, page: Page | None = None, sender: Participant | None = None
    ) -> Any:
        request = messages.GetRegistryProtocolRequest(hub_registry_id=hub_registry_id, page=page)
        return self.ask(get_registry_protocol, request, sender)

    def results(self, hub_registry_id: str) -> list[LineResult]:
        return [line.result for line in self.protocol(hub_registry_id).line]

    def listed(self, sender: Participant | None = None, **changes: Any) -> Any:
        values = {"period": Period(from_value=TODAY, to=TODAY)}
        request = messages.ListRegistriesRequest(**{**values, **changes})
        return self.ask(list_registries, request, sender)

    def reconciliation(self, sender: Participant | None = None, **changes: Any) -> Any:
        values = {"period": Period(from_value=TODAY, to=TODAY)}
        request = messages.GetReconciliationRequest(**{**values, **changes})
        return self.ask(get_reconciliation, request, sender)

    def balance(self, account: str) -> Decimal:
        return self.till.balance(account)

    def faults(self) -> list[str]:
        """Return what `hub reconcile` would name of the slices' books."""
        with self.till.database.reading() as transaction:
            ledger = MealsLedger(transaction)
            return [
                *bank.ADAPTER.reconcile(transaction, ledger),
                *meals.ADAPTER.reconcile(transaction, ledger),
            ]


def published(message: Any) -> etree._Element:
    """Return a message as XML that fits its published schema."""
    element = encode(message)
    assert CONTRACT.validate(element), CONTRACT.last_error()
    return element


@contextmanager
def opened(content: bytes) -> Iterator[io.BytesIO]:
    yield io.BytesIO(content)


@pytest.fixture
def office(till, school, patient_bank) -> Office:
    """The office of a bank whose money is credited by its registries."""
    return Office(till, school, patient_bank)


@pytest.fixture
def hasty_office(till, school, bank) -> Office:
    """The office of a bank whose money is credited on notice."""
    return Office(till, school, bank)


@pytest.fixture
def accounts(school) -> tuple[str, ...]:
    """Open personal accounts."""
    return school.open


@pytest.fixture
def stranger(patient_bank) -> Participant:
    """Another bank with the same organizer."""
    return replace(patient_bank, code="BANK72099")
