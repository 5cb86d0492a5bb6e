"""Any story of notices, registries, annulments and corrections ends as a small model says."""

import contextlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import examples

from adapters.bank import models
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import LineStatus
from adapters.meals import models as meals
from gateway.kernel.errors import GatewayError

OPEN, OTHER, CLOSED, UNKNOWN = range(4)
MANY = settings(
    max_examples=examples(suite=20, proofs=60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Pay:
    payment: int
    account: int
    kopecks: int


@dataclass(frozen=True)
class Cancel:
    payment: int


@dataclass(frozen=True)
class Eat:
    account: int
    kopecks: int


@dataclass(frozen=True)
class Line:
    payment: int
    account: int
    kopecks: int
    paid: bool


@dataclass(frozen=True)
class Registry:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Annul:
    registry: int


@dataclass(frozen=True)
class Correct:
    registry: int
    line: int
    account: int | None


payments = st.integers(1, 6)
accounts = st.sampled_from([OPEN, OPEN, OTHER, OTHER, CLOSED, UNKNOWN])
sums = st.sampled_from([5_000, 5_000, 5_000, 100, 200_001])
lines = st.builds(
    Line,
    payment=payments,
    account=accounts,
    kopecks=sums,
    paid=st.sampled_from([True, True, False]),
)
pays = st.builds(Pay, payment=payments, account=accounts, kopecks=sums)
cancels = st.builds(Cancel, payment=payments)
meals_eaten = st.builds(
    Eat, account=st.sampled_from([OPEN, OTHER]), kopecks=st.sampled_from([50, 5_000])
)
registries = st.builds(
    Registry, lines=st.lists(lines, max_size=6, unique_by=lambda line: line.payment).map(tuple)
)
annulments = st.builds(Annul, registry=st.integers(0, 1))
corrections = st.builds(
    Correct, registry=st.integers(0, 1), line=st.integers(1, 4), account=st.none() | accounts
)
anything = pays | cancels | meals_eaten | registries | annulments | corrections
# Left to themselves most stories are dull: a registry comes soon and something undoes it.
stories = st.tuples(
    st.lists(pays | cancels, max_size=4),
    st.tuples(registries),
    st.lists(anything, max_size=3),
    st.tuples(annulments | corrections),
    st.lists(anything, max_size=4),
).map(lambda parts: [step for part in parts for step in part])


@dataclass
class Known:
    """A payment in the model."""

    account: int
    kopecks: int
    state: str
    registry: int | None = None


@dataclass(eq=False)
class Taken:
    """A registry in the model: its lines, their results and how to take them back."""

    lines: dict[int, Line]
    results: dict[int, str] = field(default_factory=dict)
    undo: list[Callable[[], None]] = field(default_factory=list)


@dataclass
class Model:
    """What should be, in the fewest words; sums in kopecks."""

    hasty: bool
    payments: dict[int, Known] = field(default_factory=dict)
    balances: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    registries: list[Taken] = field(default_factory=list)

    def tell(self, step):
        getattr(self, type(step).__name__.lower())(step)

    def pay(self, step):
        if step.payment in self.payments or step.account > OTHER or step.kopecks > 200_000:
            return
        state = "CREDITED" if self.hasty else "ACCEPTED"
        self.payments[step.payment] = Known(step.account, step.kopecks, state)
        if self.hasty:
            self.balances[step.account] += step.kopecks

    def cancel(self, step):
        known = self.payments.get(step.payment)
        if known is None or known.registry is not None:
            return
        if known.state == "ACCEPTED":
            known.state = "CANCELLED"
        elif known.state == "CREDITED" and self.balances[known.account] >= known.kopecks:
            known.state = "CANCELLED"
            self.balances[known.account] -= known.kopecks

    def eat(self, step):
        self.balances[step.account] -= step.kopecks

    def registry(self, step):
        taken = Taken(dict(enumerate(step.lines, start=1)))
        self.registries.append(taken)
        for number, line in taken.lines.items():
            taken.results[number] = self.decide(taken, line)

    def decide(self, taken, line):
        known = self.payments.get(line.payment)
        if known is None:
            return self.without_notice(taken, line)
        if known.registry is not None:
            return "DUPLICATE"
        before = replace(known)
        taken.undo.append(lambda: self.payments.update({line.payment: before}))
        known.registry = self.registries.index(taken)
        if (known.account, known.kopecks) != (line.account, line.kopecks):
            return "AMOUNT_MISMATCH"
        if line.paid:
            return self.paid(taken, known)
        if known.state == "CREDITED":
            if self.balances[known.account] < known.kopecks:
                return "AMOUNT_MISMATCH"
            self.move(taken, known.account, -known.kopecks)
        known.state = "CANCELLED"
        return "CANCELLED"

    def without_notice(self, taken, line):
        if not line.paid:
            return "CANCELLED"
        taken.undo.append(lambda: self.payments.pop(line.payment))
        state = "SUSPENSE" if line.account > OTHER else "CREDITED"
        number = self.registries.index(taken)
        self.payments[line.payment] = Known(line.account, line.kopecks, state, number)
        if state == "SUSPENSE":
            return "ACCOUNT_CLOSED" if line.account == CLOSED else "ACCOUNT_UNKNOWN"
        self.move(taken, line.account, line.kopecks)
        return "CREDITED_WITHOUT_NOTICE"

    def paid(self, taken, known):
        if known.state == "CREDITED":
            return "ALREADY_CREDITED"
        if known.state == "CANCELLED":
            known.state = "SUSPENSE"
            return "SUSPENSE"
        known.state = "CREDITED"
        self.move(taken, known.account, known.kopecks)
        return "CREDITED"

    def move(self, taken, account, kopecks):
        self.balances[account] += kopecks

        def back():
            self.balances[account] -= kopecks

        taken.undo.append(back)

    def annul(self, step):
        if step.registry < len(self.registries):
            taken = self.registries[step.registry]
            while taken.undo:
                taken.undo.pop()()

    def correct(self, step):
        if step.registry >= len(self.registries) or step.account in (CLOSED, UNKNOWN):
            return
        taken = self.registries[step.registry]
        line = taken.lines.get(step.line)
        known = None if line is None else self.payments.get(line.payment)
        if known is None or known.registry != step.registry or known.state != "SUSPENSE":
            return
        if taken.results[step.line] not in ("ACCOUNT_UNKNOWN", "ACCOUNT_CLOSED", "SUSPENSE"):
            return  # the payment is another line's
        noticed = taken.results[step.line] == "SUSPENSE"
        if step.account is None:
            known.state, taken.results[step.line] = "REJECTED", "CANCELLED"
            return
        known.state = "CREDITED"
        taken.results[step.line] = "CREDITED" if noticed else "CREDITED_WITHOUT_NOTICE"
        self.move(taken, step.account, line.kopecks)


class World:
    """The real thing, which can be emptied between examples."""

    def __init__(self, office):
        self.office = office
        school = office.school
        self.accounts = [*school.open[:2], school.closed, "1000009991"]
        self.registries = []

    def empty(self):
        self.registries = []
        with self.office.till.database.writing() as transaction:
            if transaction.on_postgresql:
                transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
            else:
                transaction.execute(sa.text("DROP TRIGGER IF EXISTS ledger_entry_no_delete"))
            for table in (
                models.payment,
                models.payment_cancel,
                models.payment_registry,
                models.registry_line,
                models.registry_correction,
                models.correction_line,
                meals.ledger_entry,
                meals.ledger_balance,
            ):
                transaction.execute(sa.delete(table))

    def do(self, step):
        """Do a step; what is refused leaves nothing behind."""
        with contextlib.suppress(GatewayError):
            getattr(self, type(step).__name__.lower())(step)
        self.office.process()

    def pay(self, step):
        till, account = self.office.till, self.accounts[step.account]
        request = till.pay(account, roubles(step.kopecks), f"P-{step.payment}")
        till.send_alone(register_payments, request, self.office.bank)

    def cancel(self, step):
        till = self.office.till
        request = till.cancel(f"P-{step.payment}", f"C-{next(till.serials)}")
        till.send(cancel_payment, request, self.office.bank)

    def eat(self, step):
        self.office.till.spend(self.accounts[step.account], roubles(step.kopecks))

    def registry(self, step):
        lines = [
            self.office.line(
                number,
                self.accounts[line.account],
                roubles(line.kopecks),
                bank_payment_id=f"P-{line.payment}",
                status=LineStatus.PAID if line.paid else LineStatus.CANCELLED,
            )
            for number, line in enumerate(step.lines, start=1)
        ]
        self.registries.append(self.office.submit(self.office.registry(*lines)))

    def annul(self, step):
        if step.registry < len(self.registries):
            self.office.annul(self.registries[step.registry].registry_id)

    def correct(self, step):
        if step.registry >= len(self.registries):
            return
        office = self.office
        line = (
            office.refund(step.line)
            if step.account is None
            else office.reassign(step.line, self.accounts[step.account])
        )
        registry = self.registries[step.registry]
        correction = f"K-{next(office.till.serials)}"
        office.correct(registry.hub_registry_id, line, correction=correction)

    def balances(self):
        return [self.office.balance(account) for account in self.accounts]

    def results(self):
        return [
            [result.value for result in self.office.results(registry.hub_registry_id)]
            for registry in self.registries
        ]


@pytest.fixture
def worlds(office, hasty_office):
    """A world by whether its bank is credited on notice; in both two lines make a batch."""
    office.till.rules = replace(office.till.rules, batch_lines=2)
    return {False: World(office), True: World(hasty_office)}


@MANY
@given(hasty=st.booleans(), story=stories)
def test_every_story_ends_as_the_model_says(worlds, hasty, story):
    world, model = worlds[hasty], Model(hasty)
    world.empty()
    for step in story:
        world.do(step)
        model.tell(step)

    assert world.results() == [list(taken.results.values()) for taken in model.registries]
    assert world.balances() == [
        Decimal(model.balances[account]) / 100 for account in range(len(world.accounts))
    ]
    assert world.office.faults() == []


def roubles(kopecks):
    return str(Decimal(kopecks) / 100)
