"""Messages to MealAdminService as the line takes them: valid, digested, handled, answer valid."""

import itertools
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import town
from counting import CountingTransaction
from lxml import etree

from adapters.bank.repository.books import BankBooks
from adapters.meals.administering import SERVICE
from adapters.meals.ledger import MealsLedger
from gateway.adapter import Mode, Received, Rules, Work
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.kernel.message import ActingRole, Contour, OnBehalf, Participant
from gateway.security.canonical import canonical
from gateway.security.proof import digest_of
from gateway.storage.database import Database, Transaction
from registry.calendar import ProductionCalendar

RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)
CALENDAR = ProductionCalendar.load()


@dataclass(frozen=True)
class Caller:
    """A system, and for whom it acts."""

    sender: Participant
    on_behalf: OnBehalf | None = None


def acting(person: town.Person, role: ActingRole) -> Caller:
    """The school system acts for a person."""
    return Caller(town.SCHOOL_SYSTEM, OnBehalf(role, esia_oid=person.esia_oid))


MEAL_ADMIN = acting(town.MEAL_ADMIN, ActingRole.MEAL_ADMIN)
OTHER_MEAL_ADMIN = acting(town.OTHER_MEAL_ADMIN, ActingRole.MEAL_ADMIN)
TEACHER = acting(town.TEACHER_3A, ActingRole.CLASS_TEACHER)
PARENT = acting(town.MOTHER, ActingRole.PARENT)
SCHOOL_SYSTEM = Caller(town.SCHOOL_SYSTEM)
ORGANIZER = Caller(town.ORGANIZER)
OMSU = Caller(town.OMSU)
FOREIGN_OMSU = Caller(replace(town.OMSU, code="OMSU72002"))
DON = Caller(town.DON)
OPERATOR = Caller(town.OPERATOR)


@cache
def _contract() -> Any:
    return load_catalog().contracts[SERVICE.contract]


class AdminCounter:
    """Sends messages, each in a transaction of its own."""

    def __init__(self, database: Database, clock: Any) -> None:
        self.database = database
        self.clock = clock
        self.entries = itertools.count(10)
        self.serials = itertools.count(1)
        self.participants = [town.ORGANIZER, town.OTHER_ORGANIZER, town.SCHOOL_SYSTEM]
        self.statements: list[str] = []
        """Of the last message that was answered."""
        self.operations = {operation.name: operation for operation in SERVICE.operations}

    def send(self, request: Any, caller: Caller = MEAL_ADMIN) -> Any:
        payload = etree.fromstring(canonical(codec.encode(request)))
        assert _contract().validate(payload), _contract().last_error()
        operation = self.operations[etree.QName(payload).localname.removesuffix("Request")]
        received = Received(
            request=codec.decoder(type(request))(payload),
            sender=caller.sender,
            entry=next(self.entries),
            received_at=self.clock(),
            digest=digest_of(payload),
            message_id=None,
            attachments={},
            wake=lambda _: None,
            on_behalf=caller.on_behalf,
        )
        is_read = operation.mode is Mode.READ
        opened = self.database.reading() if is_read else self.database.writing()
        with opened as plain:
            transaction = CountingTransaction(plain)
            response = operation.handle(received, self.work(transaction))
        self.statements = transaction.statements
        answer = codec.encode(response)
        assert _contract().validate(answer), _contract().last_error()
        return response

    def work(self, transaction: Transaction) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=self.clock(),
            contour=Contour.TEST,
            calendar=CALENDAR,
            ledger=MealsLedger(transaction),
            payments=BankBooks(transaction),
            identifiers=lambda: UUID(int=1000 + next(self.serials)),
            rules=RULES,
            participants=lambda _: None,
            after_commit=[],
            by_inn=lambda inn: [one for one in self.participants if one.inn == inn],
        )


def new_id() -> str:
    return str(uuid4())
