"""A hub with one school, its organizer, bank and authority, who meet it by SOAP alone.

The operator enters them by commands; all the rest they tell the hub themselves.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

import school_cast as cast
from background import Background
from hub_thread import Console
from school_cast import Pupil
from soap_program import Behalf, SoapProgram

from gateway.bootstrap import Hub
from gateway.cli.books import reconcile
from gateway.cli.meals import meals
from gateway.kernel.message import BankTerms, Contour, CreditMode
from gateway.kernel.ports import LOCAL
from registry.participants import Newcomer, ParticipantKind, Registrar, SubKind
from registry.seed import join

INN = "7200000096"
ACTOR = "оператор"
ORGANIZER = Newcomer("ORG72005", "Столовая «Осень»", ParticipantKind.ORGANIZER, INN)
SCHOOL_SYSTEM = Newcomer("SCHOOL72005", "Школьная система", ParticipantKind.SCHOOL, "7200000064")
OMSU = Newcomer("OMSU72005", "Управление образования", ParticipantKind.MUNICIPALITY, "7200000071")
BANK = Newcomer(
    "BANK72005", "Выдуманный банк", ParticipantKind.BANK, "7200000089", sub_kind=SubKind.ONLINE
)
SERVICES = {
    ORGANIZER: ("meals/menu-import", "meals/organizer"),
    SCHOOL_SYSTEM: ("school/data", "meals/order", "meals/class-request", "meals/admin"),
    OMSU: ("meals/admin",),
    BANK: ("meals/bank-payment",),
}
TERMS = BankTerms(CreditMode.ON_NOTIFY, 3, "Выдуманный банк", "047199998")


@dataclass(frozen=True)
class Debit:
    """What was taken off an account for a meal."""

    full: Decimal
    discount: Decimal
    is_over_credit: bool

    @property
    def to_pay(self) -> Decimal:
        return self.full - self.discount


@dataclass
class Books:
    """What the families, the organizer and the hub must agree upon."""

    balances: dict[Pupil, Decimal] = field(
        default_factory=lambda: dict.fromkeys(cast.PUPILS, Decimal("0.00"))
    )
    debits: dict[tuple[Pupil, dt.date, str], Debit] = field(default_factory=dict)
    payments: dict[str, Decimal] = field(default_factory=dict)

    def pay(self, payment_id: str, pupil: Pupil, amount: Decimal) -> None:
        self.payments[payment_id] = amount
        self.balances[pupil] += amount

    def debit(self, day: dt.date, meals: Iterable[tuple[Pupil, str, cast.Price]]) -> None:
        """Take meals off; of one pupil in the order of their codes."""
        for pupil, meal, price in sorted(meals, key=lambda row: (row[0].id, row[1])):
            self.balances[pupil] -= price.to_pay
            is_over = self.balances[pupil] < -cast.CREDIT_LIMIT
            self.debits[pupil, day, meal] = Debit(price.full, price.discount, is_over)


@dataclass
class World:
    """Everybody's programs, the clock over them, and the books that are kept beside."""

    organizer: SoapProgram
    school: SoapProgram
    omsu: SoapProgram
    bank: SoapProgram
    console: Console
    background: Background
    clock: Any
    books: Books = field(default_factory=Books)
    accounts: dict[Pupil, str] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    """What the organizer has read of the feed of order changes."""
    cursor: str | None = None
    ordered: dict[tuple[Pupil, dt.date, str], cast.Price] = field(default_factory=dict)
    """What families have confirmed."""
    publication: str = ""
    """The menu that is published and not yet frozen."""
    unformed: dt.date | None = None
    """The day on which a teacher forgot the request."""

    @property
    def today(self) -> dt.date:
        return self.clock().astimezone(LOCAL).date()

    def price(self, pupil: Pupil, day: dt.date, meal: str) -> cast.Price | None:
        """Return what a meal of a day costs once it is frozen; None where there is none."""
        return self.ordered.get((pupil, day, meal), cast.DEFAULTS.get((pupil, meal)))

    def at(self, day: dt.date, clock: str) -> None:
        """Let it be a local time of a day, and nothing run because of it."""
        moment = dt.datetime.combine(day, dt.time.fromisoformat(clock), LOCAL)
        self.clock.now = moment.astimezone(dt.UTC)

    def until(self, day: dt.date, clock: str) -> None:
        """Let time pass, with the hub at work."""
        moment = dt.datetime.combine(day, dt.time.fromisoformat(clock), LOCAL)
        self.background.until(moment.astimezone(dt.UTC))

    def parent(self, operation: str, pupil: Pupil, **fields: Any) -> dict[str, Any]:
        """Let a parent of a pupil speak (SVC-06)."""
        account = self.accounts[pupil]
        parent = cast.PARENT_OF[pupil]
        return self.school.ask("meals/order", operation, parent, account=account, **fields)

    def parent_refused(self, operation: str, pupil: Pupil, **fields: Any) -> str:
        account = self.accounts[pupil]
        parent = cast.PARENT_OF[pupil]
        return self.school.refused("meals/order", operation, parent, account=account, **fields)

    def teacher(self, who: Behalf, operation: str, **fields: Any) -> dict[str, Any]:
        """Let a class teacher speak (SVC-07)."""
        return self.school.ask("meals/class-request", operation, who, **fields)

    def teacher_refused(self, who: Behalf, operation: str, **fields: Any) -> str:
        return self.school.refused("meals/class-request", operation, who, **fields)

    def administrator(self, operation: str, **fields: Any) -> dict[str, Any]:
        """Let the meal administrator of the school speak (SVC-08)."""
        return self.school.ask("meals/admin", operation, cast.MEAL_ADMIN, **fields)

    def pupil_of(self, account: str) -> Pupil:
        return next(pupil for pupil, number in self.accounts.items() if number == account)

    def told_debits(self, answer: dict[str, Any]) -> dict[tuple[Pupil, str], Debit]:
        """Return the debits of an answer to GetDebits for one day."""
        return {
            (self.pupil_of(row["account"]), row["mealType"]): Debit(
                row["fullPrice"], row["discount"], row["overCredit"]
            )
            for row in answer["debit"] or []
        }

    def reconcile(self) -> None:
        """Let the hub prove its own books."""
        assert "Всё сходится" in self.console.run(reconcile, "--contour", "test")


def enter_everybody(hub: Hub, clock: Any) -> World:
    """Let the operator enter the participants and the municipality."""
    programs = {}
    registrar = Registrar(hub.registry, clock, ACTOR)
    for newcomer, services in SERVICES.items():
        registrar.add(newcomer)
        with hub.registry.writing() as transaction:
            join(hub.desk, transaction, newcomer.code, newcomer.kind, clock())
        for service in services:
            registrar.grant(newcomer.code, service, Contour.TEST)
        issued = registrar.issue_credentials(newcomer.code, Contour.TEST)
        programs[newcomer] = SoapProgram(
            hub.settings.base_url, clock, newcomer.code, issued.login, issued.password
        )
    registrar.set_terms(BANK.code, TERMS)
    today = clock().astimezone(LOCAL).date()
    registrar.bind(BANK.code, INN, "Б-7", today)
    console = Console(hub, clock)
    told = ("--name", "Выдуманный район", "--participant", OMSU.code, "--contour", "test")
    console.run(meals, "municipality", cast.OKTMO, *told)
    return World(
        organizer=programs[ORGANIZER],
        school=programs[SCHOOL_SYSTEM],
        omsu=programs[OMSU],
        bank=programs[BANK],
        console=console,
        background=Background(hub, clock),
        clock=clock,
    )


def new_id() -> str:
    return str(uuid4())
