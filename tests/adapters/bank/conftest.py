"""A contour with the demo school and a bank, and a `till` that sends messages as the line does."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from adapters.bank.messages import (
    CancelPaymentRequest,
    CheckAccountRequest,
    GetPaymentStatusRequest,
    RegisterPaymentRequest,
)
from adapters.bank.repository.books import BankBooks
from adapters.meals.ledger import MealsLedger
from adapters.meals.seed import DemoAccounts, seed_demo
from gateway.adapter import Posting, PostingKind, Received, Rules, Work
from gateway.contracts.codec import encode
from gateway.contracts.messages.common import Currency, PayChannel
from gateway.kernel.message import BankTerms, Contour, CreditMode, Participant, ParticipantState
from gateway.storage.database import Database, Transaction
from registry.calendar import ProductionCalendar

XSD = Path(__file__).parents[3] / "xsd"
SCHEMAS = {
    "urn://x-artefacts-citto-72/meals/bank-payment/1.0": etree.XMLSchema(
        file=XSD / "meals/bank-payment/1.0/bank-payment.xsd"
    )
}
INN = "7200000018"
OTHER_INN = "7200000025"
RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)

TERMS = BankTerms(CreditMode.ON_NOTIFY, credit_days=3, bank_name="Банк", bik="047199999")
BANK = Participant(
    code="BANK72001",
    name="Демонстрационный банк",
    kind="BANK",
    state=ParticipantState.IN_OPERATION,
    bank=TERMS,
    organizers=frozenset({INN}),
)
PATIENT_BANK = replace(
    BANK, code="BANK72002", bank=replace(TERMS, credit_mode=CreditMode.ON_REGISTRY)
)


@pytest.fixture(scope="session")
def calendar() -> ProductionCalendar:
    return ProductionCalendar.load()


@pytest.fixture
def school(contour_database: Database) -> DemoAccounts:
    with contour_database.writing() as transaction:
        return seed_demo(transaction, INN, "Демонстрационный организатор питания")


@pytest.fixture
def bank() -> Participant:
    """A bank whose money is credited on notice."""
    return BANK


@pytest.fixture
def patient_bank() -> Participant:
    """A bank whose money is credited by its registry."""
    return PATIENT_BANK


@pytest.fixture
def till(
    contour_database: Database,
    school: DemoAccounts,
    clock: Callable[[], datetime],
    calendar: ProductionCalendar,
) -> "Till":
    return Till(contour_database, clock, calendar)


def as_published(message: Any) -> Any:
    """Return the message once it has proven to fit its published schema."""
    namespace = message.Meta.namespace
    if namespace in SCHEMAS:
        SCHEMAS[namespace].assertValid(encode(message))
    return message


class Till:
    """Sends requests to handlers, each call in a transaction of its own."""

    def __init__(self, database: Database, clock: Any, calendar: ProductionCalendar) -> None:
        self.database = database
        self.clock = clock
        self.calendar = calendar
        self.rules = RULES
        self.ledger = MealsLedger
        self.entries = itertools.count(1)
        self.serials = itertools.count(1)

    @contextmanager
    def work(self, *, batched: bool = False) -> Iterable[Work]:
        """Open a transaction as the writer does: a batch of batched operations is pipelined."""
        with self.database.writing(pipelined=batched) as transaction:
            yield self.work_in(transaction)

    def work_in(self, transaction: Transaction) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=self.clock(),
            contour=Contour.TEST,
            calendar=self.calendar,
            ledger=self.ledger(transaction),
            payments=BankBooks(transaction),
            identifiers=lambda: UUID(int=next(self.serials)),
            rules=self.rules,
            participants=lambda _: None,
            after_commit=[],
        )

    def received(self, request: Any, sender: Participant = BANK, **more: Any) -> Received[Any]:
        values = {
            "request": request,
            "sender": sender,
            "entry": next(self.entries),
            "received_at": self.clock(),
            "digest": b"",
            "message_id": None,
            "attachments": {},
            "wake": lambda _: None,
        }
        return Received(**{**values, **more})

    def send(self, handler: Any, request: Any, sender: Participant = BANK) -> Any:
        """Send one message to a handler of one message."""
        with self.work() as work:
            return as_published(handler(self.received(as_published(request), sender), work))

    def send_all(
        self, handler: Any, requests: Sequence[Any], sender: Participant = BANK
    ) -> list[Any]:
        """Send messages to a batch handler in one batch."""
        received = [self.received(as_published(request), sender) for request in requests]
        with self.work(batched=True) as work:
            return [as_published(response) for response in handler(received, work)]

    def send_alone(self, handler: Any, request: Any, sender: Participant = BANK) -> Any:
        """Send a batch of one."""
        (response,) = self.send_all(handler, [request], sender)
        return response

    def balance(self, account: str, organizer_inn: str = INN) -> Decimal:
        with self.database.reading() as transaction:
            key = (account, organizer_inn)
            return MealsLedger(transaction).balances([key])[key]

    def spend(self, account: str, amount: str) -> None:
        """Take money off the account; a debit of meals would need its meal."""
        with self.database.writing() as transaction:
            MealsLedger(transaction).post(
                [
                    Posting(
                        account,
                        INN,
                        -Decimal(amount),
                        PostingKind.CORRECTION,
                        f"spent/{next(self.serials)}",
                        date(2026, 3, 2),
                        next(self.entries),
                    )
                ],
                self.clock(),
            )

    def check(self, account: str, **changes: Any) -> CheckAccountRequest:
        values = {
            "account": account,
            "channel": PayChannel.CASH_DESK,
            "request_time": self.clock(),
        }
        return CheckAccountRequest(**{**values, **changes})

    def pay(
        self, account: str, amount: str = "150.00", payment: str = "P-1", **changes: Any
    ) -> RegisterPaymentRequest:
        values = {
            "bank_payment_id": payment,
            "account": account,
            "amount": Decimal(amount),
            "currency": Currency.RUB,
            "payment_time": self.clock() - timedelta(minutes=1),
            "channel": PayChannel.CASH_DESK,
        }
        return RegisterPaymentRequest(**{**values, **changes})

    def cancel(
        self, payment: str = "P-1", cancel: str = "C-1", **changes: Any
    ) -> CancelPaymentRequest:
        values = {
            "bank_payment_id": payment,
            "cancel_id": cancel,
            "reason": "Ошибка кассира",
            "cancel_time": self.clock(),
        }
        return CancelPaymentRequest(**{**values, **changes})

    def status(self, payment: str = "P-1") -> GetPaymentStatusRequest:
        return GetPaymentStatusRequest(bank_payment_id=payment)
