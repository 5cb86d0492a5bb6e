"""Laws of SVC-01 over any interleaving of payments, repeats, conflicts, cancellations and meals."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import examples

from adapters import bank
from adapters import meals as books
from adapters.bank import models
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.handlers.payments import register_payments
from adapters.bank.messages import CancelPaymentRequest, ResultCode
from adapters.meals import models as meals
from adapters.meals.ledger import MealsLedger

INN = "7200000018"
MANY = settings(
    max_examples=examples(suite=20, proofs=40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Pay:
    payment: int
    account: int
    kopecks: int
    patient: bool


@dataclass(frozen=True)
class Cancel:
    payment: int
    cancel: int
    patient: bool


@dataclass(frozen=True)
class Eat:
    account: int
    kopecks: int


pays = st.builds(
    Pay,
    payment=st.integers(1, 5),
    # Accounts 0 to 2 are open, 3 is closed, 4 is unknown.
    account=st.integers(0, 4),
    kopecks=st.sampled_from([0, 99, 100, 15_000, 200_000, 200_001]),
    patient=st.booleans(),
)
cancels = st.builds(
    Cancel, payment=st.integers(1, 5), cancel=st.integers(1, 4), patient=st.booleans()
)
meals_eaten = st.builds(Eat, account=st.integers(0, 2), kopecks=st.sampled_from([50, 20_000]))


@pytest.fixture
def world(till, school, bank, patient_bank):
    return World(till, school, bank, patient_bank)


class World:
    """A till whose database can be emptied between examples."""

    def __init__(self, till, school, bank, patient_bank):
        self.till = till
        self.bank = bank
        self.patient_bank = patient_bank
        self.accounts = [*school.open[:3], school.closed, "1000009991"]

    def empty(self):
        with self.till.database.writing() as transaction:
            if transaction.on_postgresql:
                transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
            else:
                transaction.execute(sa.text("DROP TRIGGER IF EXISTS ledger_entry_no_delete"))
            for table in (
                models.payment,
                models.payment_cancel,
                meals.ledger_entry,
                meals.ledger_balance,
            ):
                transaction.execute(sa.delete(table))

    def sender(self, step):
        return self.patient_bank if step.patient else self.bank

    def request(self, step):
        if isinstance(step, Cancel):
            return self.till.cancel(f"P-{step.payment}", f"C-{step.cancel}")
        return self.till.pay(
            self.accounts[step.account], str(Decimal(step.kopecks) / 100), f"P-{step.payment}"
        )

    def pay_one_by_one(self, steps):
        return [
            self.till.send_alone(register_payments, self.request(step), self.sender(step))
            for step in steps
        ]

    def pay_in_one_batch(self, steps):
        with self.till.work() as work:
            return register_payments(
                [self.till.received(self.request(step), self.sender(step)) for step in steps], work
            )

    def do(self, step):
        if isinstance(step, Eat):
            self.till.spend(self.accounts[step.account], str(Decimal(step.kopecks) / 100))
            return None
        request = self.request(step)
        if isinstance(request, CancelPaymentRequest):
            return self.till.send(cancel_payment, request, self.sender(step))
        return self.till.send_alone(register_payments, request, self.sender(step))

    def stored(self):
        """Everything that the payments left behind, without the ids that the hub made up."""
        with self.till.database.reading() as transaction:
            payments = transaction.execute(sa.select(models.payment)).mappings().all()
            names = {f"payment/{row['id']}": row["bank_payment_id"] for row in payments}
            ledger = [
                (entry.account, entry.organizer_inn, entry.amount, names[entry.source])
                for entry in MealsLedger(transaction).entries(0, 1000)
            ]
            balances = transaction.execute(sa.select(meals.ledger_balance)).all()
        rows = [
            {key: value for key, value in row.items() if key not in ("id", "entry")}
            for row in payments
        ]
        return sorted(map(repr, rows)), sorted(ledger), sorted(map(tuple, balances))

    def findings(self):
        with self.till.database.reading() as transaction:
            ledger = MealsLedger(transaction)
            return [
                *bank.ADAPTER.reconcile(transaction, ledger),
                *books.ADAPTER.reconcile(transaction, ledger),
            ]


def without_ids(answers):
    """Replace made-up ids by the order of their first appearance."""
    order = {}
    plain = []
    for answer in answers:
        fields = {name: getattr(answer, name) for name in answer.__dataclass_fields__}
        made_up = fields.pop("hub_payment_id")
        plain.append((fields, made_up and order.setdefault(made_up, len(order))))
    return plain


@MANY
@given(steps=st.lists(pays, min_size=1, max_size=12))
def test_a_batch_answers_as_if_messages_came_one_after_another(world, steps):
    world.empty()
    answers = without_ids(world.pay_one_by_one(steps))
    stored = world.stored()
    world.empty()
    assert without_ids(world.pay_in_one_batch(steps)) == answers
    assert world.stored() == stored


@MANY
@given(steps=st.lists(pays | cancels | meals_eaten, min_size=1, max_size=15))
def test_the_ledger_is_what_the_answers_said(world, steps):
    world.empty()
    credited, eaten = {}, defaultdict(Decimal)
    for step in steps:
        answer = world.do(step)
        if isinstance(step, Eat):
            eaten[world.accounts[step.account]] += Decimal(step.kopecks) / 100
        elif answer.result_code is ResultCode.OK and not step.patient:
            said(credited, world, step, answer)
    expected = defaultdict(Decimal)
    for account, amount in credited.values():
        expected[account] += amount
    for account in world.accounts:
        assert world.till.balance(account) == expected[account] - eaten[account]
    assert world.findings() == []


def said(credited, world, step, answer):
    """Keep the little model: what the bank may believe after the answer."""
    if isinstance(step, Cancel):
        credited.pop(answer.bank_payment_id, None)
    elif not answer.duplicate:
        credited[answer.bank_payment_id] = (
            world.accounts[step.account],
            Decimal(step.kopecks) / 100,
        )


@MANY
@given(steps=st.lists(pays | cancels, min_size=1, max_size=12))
def test_repeating_everything_changes_nothing(world, steps):
    world.empty()
    for step in steps:
        world.do(step)
    balances = [world.till.balance(account) for account in world.accounts]
    accepted = [step for step in steps if accepted_before(world, step)]
    for step in accepted:
        assert world.do(step) is not None
    assert [world.till.balance(account) for account in world.accounts] == balances


def accepted_before(world, step):
    """Tell whether the message of this step, or one of the same key, has taken effect."""
    with world.till.database.reading() as transaction:
        if isinstance(step, Cancel):
            table, column, key = models.payment_cancel, "cancel_id", f"C-{step.cancel}"
        else:
            table, column, key = models.payment, "bank_payment_id", f"P-{step.payment}"
        found = transaction.execute(
            sa.select(table).where(table.c[column] == key, table.c.bank == world.sender(step).code)
        )
        return found.first() is not None
