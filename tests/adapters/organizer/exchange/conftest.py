"""An organizer's `system` that reads by SVC-05 what came of a day in the invented town."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import town
from nights import CALENDAR, Night, choose, form_request

from adapters.bank.models import payment, payment_registry, registry_line
from adapters.bank.repository.books import BankBooks
from adapters.meals.ledger import MealsLedger
from adapters.organizer.exchanging import SERVICE
from adapters.organizer.messages import organizer as messages
from gateway.adapter import Mode, Received, Rules, Work
from gateway.contracts.catalog import load_catalog
from gateway.contracts.codec import decoder, encode
from gateway.contracts.messages.common import Page, Period
from gateway.kernel.message import Contour
from registry.calendar import start_of

CONTRACT = load_catalog().contract(SERVICE.contract)
OPERATIONS = {operation.name: operation for operation in SERVICE.operations}
RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)
DAY, FREEZE = date(2026, 11, 16), date(2026, 11, 9)
LUNCH = town.complex_of(town.LUNCH, town.YOUNGER, other=True)
HOME_LUNCH = {"is_home_study": True, "complex_code": None}


class System:
    """Calls operations as the line does: by messages that fit the published schema."""

    def __init__(self, night: Night, registry: Any = None) -> None:
        self.night = night
        self.registry = registry
        self.sender = town.ORGANIZER
        self.woken: list[str] = []
        self._entries = itertools.count(1000)

    def ask(self, name: str, sender: Any = None, **values: Any) -> Any:
        """Ask an operation; a period is given by two days, a page by limit and cursor."""
        request = getattr(messages, f"{name}Request")(**values)
        payload = encode(request)
        assert CONTRACT.validate(payload), CONTRACT.last_error()
        received = Received(
            request=decoder(type(request))(payload),
            sender=sender or self.sender,
            entry=next(self._entries),
            received_at=self.night.moment,
            digest=sha256(repr(request).encode()).digest(),
            message_id=None,
            attachments={},
            wake=self.woken.append,
        )
        operation = OPERATIONS[name]
        assert operation.mode in {Mode.READ, Mode.REGISTRY}
        with self.night.database.reading() as transaction:
            response = operation.handle(received, self.work(transaction))
        answer = encode(response)
        assert CONTRACT.validate(answer), CONTRACT.last_error()
        return response

    def pages(self, name: str, limit: int, **values: Any) -> list[Any]:
        """Ask page after page to the last one."""
        found, cursor = [], None
        while True:
            found.append(self.ask(name, page=Page(limit=limit, cursor=cursor), **values))
            cursor = found[-1].next_cursor
            if cursor is None:
                return found

    def orders(self, *schools: str, **values: Any) -> Any:
        values = {"period": days(DAY), "detail": messages.OrderDetail.ACCOUNT, **values}
        return self.ask("GetParentOrders", **values)

    def work(self, transaction: Any) -> Work:
        return Work(
            database=transaction,
            registry=self.registry,
            shelf=None,
            offices={},
            now=self.night.moment,
            contour=Contour.TEST,
            calendar=CALENDAR,
            ledger=MealsLedger(transaction),
            payments=BankBooks(transaction),
            identifiers=lambda: UUID(int=1),
            rules=RULES,
            participants=lambda _: None,
            after_commit=[],
        )


def days(first: date, last: date | None = None) -> Period:
    """Return a period of days."""
    return Period(from_value=first, to=last or first)


@pytest.fixture
def night(contour_database: Any) -> Night:
    with contour_database.writing() as transaction:
        town.settle(transaction)
    return Night(contour_database)


@pytest.fixture
def system(night: Night) -> System:
    """The town on the noon of the day before its choice is frozen: three confirmed orders."""
    with night.database.writing() as transaction:
        town.publish(transaction, [DAY])
        number = town.complex_id(transaction, LUNCH)
        sums = {"full_price": Decimal("233.33"), "to_pay": Decimal("233.33")}
        items = {town.JUICE: (2, town.JUICE_PRICE)}
        choose(transaction, town.IVAN, DAY, LUNCH, number, items=items, **sums)
        choose(transaction, town.TIMUR, DAY, LUNCH, number, confirmed=False)
        home = {"full_price": Decimal("120.00"), "to_pay": Decimal("120.00"), **HOME_LUNCH}
        items = {town.HOME_SET: (1, town.HOME_SET_PRICE)}
        choose(transaction, town.PAVEL, DAY, LUNCH, None, items=items, **home)
    night.at(FREEZE - timedelta(days=1), "12:00")
    return System(night)


@pytest.fixture
def frozen(system: System) -> System:
    """The same after the freeze."""
    system.night.at(FREEZE, "00:00").run("meal.default_complex")
    return system


@pytest.fixture
def served(frozen: System) -> System:
    """The evening of the day: two classes have asked, Maria did not eat her lunch."""
    with frozen.night.database.writing() as transaction:
        uneaten = {(town.MARIA.account, town.LUNCH): False}
        form_request(transaction, town.CLASS_3A, DAY, eaten=uneaten)
        form_request(transaction, town.CLASS_7B, DAY, without=[town.LEV.account])
        form_request(transaction, town.CLASS_4G, DAY)
        town.top_up(transaction, town.IVAN, "1000.00")
    frozen.night.at(DAY, "22:00")
    return frozen


@pytest.fixture
def debited(served: System) -> System:
    """The night after it: the meals are debited."""
    served.night.at(DAY, "23:00:05").run("meal.debit")
    return served


@pytest.fixture
def paid(system: System) -> System:
    """Three payments of one bank in an accepted registry, one in none, one of another bank."""
    enter_payments(system.night.database)
    system.night.at(DAY, "12:00")
    return system


REGISTRY = UUID(int=500)


def enter_payments(database: Any) -> None:
    """Enter payments and a registry as the bank slice leaves them."""
    moment = start_of(DAY) + timedelta(hours=10)
    head = {
        "id": REGISTRY,
        "bank": "BANK72001",
        "registry_id": "R-1",
        "number": "17",
        "registry_date": DAY,
        "organizer_inn": town.INN,
        "period_from": moment,
        "period_to": moment + timedelta(hours=3),
        "kind": "ONLINE",
        "line_count": 3,
        "total_amount": Decimal("600.00"),
        "source": "INLINE",
        "digest": b"r",
        "entry": 1,
        "received_at": moment + timedelta(hours=4),
        "late_before": moment,
        "state": "ACCEPTED",
        "phase": "DONE",
        "processed_at": moment + timedelta(hours=4),
    }
    rows = [
        _payment(number, moment + timedelta(minutes=number), Decimal(100 * number), REGISTRY)
        for number in (1, 2, 3)
    ]
    waiting = _payment(4, moment + timedelta(minutes=1), Decimal("70.50"), None)
    other = _payment(5, moment, Decimal("5.00"), None) | {"bank": "BANK72002"}
    foreign = _payment(6, moment, Decimal("9.00"), None) | {"organizer_inn": town.OTHER_INN}
    lines = [
        {
            "registry_id": REGISTRY,
            "line_no": number,
            "status": "PAID",
            "result": "CREDITED",
            **{
                name: row[name]
                for name in ("bank_payment_id", "account", "amount", "payment_time", "channel")
            },
        }
        for number, row in enumerate(rows, 1)
    ]
    with database.writing() as transaction:
        transaction.execute(sa.insert(payment_registry), [head])
        transaction.execute(sa.insert(payment), [*rows, waiting, other, foreign])
        transaction.execute(sa.insert(registry_line), lines)


def _payment(number: int, moment: Any, amount: Decimal, registry: UUID | None) -> dict[str, Any]:
    return {
        "id": UUID(int=number),
        "bank": "BANK72001",
        "bank_payment_id": f"PAY-{number}",
        "account": town.IVAN.account,
        "organizer_inn": town.INN,
        "amount": amount,
        "payment_time": moment,
        "channel": "CASH_DESK",
        "state": "ACCEPTED" if registry is None else "CREDITED",
        "accepted_at": moment,
        "credited_at": None if registry is None else moment,
        "entry": 1,
        "registry_id": registry,
        "source": "ONLINE",
    }
