"""Laws of a school's meals over any steps of families, teachers, banks and the clock (issue 6).

Choices, confirmations, marks, requests, actual meals, payments and jobs, which run late and twice,
come in any order; after each step the books, the orders and what organizers hear are held to a
model (`life_model`).
"""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

import town
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from life import TIMED, Life
from life_model import CLASSES, EATERS, MEALS, Debit, Model, Order, ordered, today_of
from nights import local
from proofs import examples

from adapters.meals import models
from adapters.meals.messages import class_request as teaching
from adapters.meals.messages import order as ordering
from adapters.meals.reconcile import reconcile
from adapters.school.messages import data
from gateway.contracts.messages.common import Period
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import ActingRole, OnBehalf

BEGUN = local(date(2026, 11, 5), "12:00")
DAYS = [
    day
    for number in range(1, 33)
    if (day := date(2026, 11, 5) + timedelta(days=number)).weekday() < 5
]
PARENTS = {child: parent for parent, children in town.CHILDREN.items() for child in children}
FAMILIES = (town.IVAN, town.DARYA, town.MARIA, town.PAVEL)
TEACHERS = {school_class: person for person, school_class in town.TEACHERS.items()}
ORDER_RANKS = {"CHOSEN": 0, "CONFIRMED": 0, "FROZEN": 1, "DEFAULTED": 1}
DONE = 2
CLOSED = (timedelta(days=1), timedelta(days=15), timedelta(days=4))
"""How far off a day may be that cannot be chosen."""
REQUEST_STATES = ("FORMED", "SENT", "ACTUAL_CONFIRMED", "LOCKED")
MANY = settings(
    max_examples=examples(suite=4, proofs=12),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

chosen = st.tuples(st.booleans(), st.integers(0, 2))
"""Whether it is the other complex, and how many extras."""
pupils = st.sampled_from(EATERS)
classes = st.sampled_from(CLASSES)
meals = st.sampled_from(MEALS)
numbers = st.integers(0, 20)
"""Of the day among the open ones; 0 is a day that is closed."""


class LifeOfASchool(RuleBasedStateMachine):
    """The school beside its model."""

    def __init__(self, life: Life) -> None:
        super().__init__()
        self.life = life
        self.payments = 0
        self.orders_before: dict[tuple[str, date, str], int] = {}
        self.requests_before: dict[tuple[str, date], tuple[int, int]] = {}
        life.begin_again(BEGUN, DAYS)
        self.model = Model(DAYS)
        for number in range(13):
            midnight = local(date(2026, 11, 5) - timedelta(days=12 - number), "00:00")
            self.model.freeze(midnight)

    @property
    def now(self) -> datetime:
        return self.life.night.moment

    @property
    def today(self) -> date:
        return today_of(self.now)

    @rule(
        child=st.sampled_from(FAMILIES),
        wanted=st.dictionaries(st.tuples(numbers, meals), chosen, min_size=1, max_size=4),
        at_once=st.booleans(),
    )
    def choose(self, child, wanted, at_once):
        choice = self.choice(child, wanted)
        if not choice:
            return
        request = ordering.SaveChoiceRequest(
            choice_id=self.life.new_id(),
            account=child.account,
            item=[_item(child, *key, *one) for key, one in choice.items()],
        )
        orders = {key: order for key, (order, _) in choice.items()}
        expected = self.model.save(self.now, child, orders)
        answer = self.told(expected, "SaveChoice", request, _parent(child))
        if answer is not None:
            sums = [(row.full_price, row.discount, row.to_pay) for row in answer.saved]
            prices = [order.price for order in orders.values()]
            assert sums == [(one.full, one.discount, one.to_pay) for one in prices]
            assert answer.balance == self.model.balances.get(child.account, 0)
        if at_once:
            self.confirm(child)

    def choice(self, child, wanted):
        """Return the orders by day and meal, and how many extras each has."""
        is_open = [day for day in DAYS if self.model.is_open(self.now, day)]
        choice = {}
        for (number, meal), (other, extras) in wanted.items():
            day = (
                is_open[number % len(is_open)]
                if number and is_open
                else self.today + CLOSED[extras]
            )
            at = town.LUNCH if child.is_home_study else meal
            if day in DAYS:
                count = max(extras, 1) if child.is_home_study else extras
                order = ordered(child, at, other=other, extras=count)
                choice[day, at] = (order, count)
        return choice

    @precondition(lambda self: self.now.second % 4 == 0 or self.model.waits_for_confirmation())
    @rule(child=st.sampled_from(FAMILIES))
    def confirm(self, child):
        period = Period(
            from_value=self.today - timedelta(days=5), to=self.today + timedelta(days=20)
        )
        request = ordering.ConfirmOrderRequest(
            confirm_id=self.life.new_id(), account=child.account, period=period
        )
        expected = self.model.confirm(self.now, child)
        self.told(expected, "ConfirmOrder", request, _parent(child))

    @rule(pupil=pupils, is_there=st.booleans())
    def mark(self, pupil, is_there):
        attendance = data.AttendanceMarkType(
            pupil_id=pupil.id, lesson_no=1, present=is_there, at=self.now
        )
        request = data.SyncAttendanceRequest(
            batch_id=self.life.new_id(), date=self.today, mark=[attendance]
        )
        expected = self.model.mark(self.now, pupil, is_there=is_there)
        self.told(expected, "SyncAttendance", request, None)

    @rule(school_class=classes)
    def form(self, school_class):
        request = teaching.FormRequestRequest(
            form_id=self.life.new_id(),
            school_code=school_class.school.code,
            class_code=school_class.code,
            date=self.today,
        )
        today, expected = self.today, self.model.form(self.now, school_class)
        answer = self.told(expected, "FormRequest", request, _teacher(school_class))
        if answer is not None:
            self.model.requests[school_class.code, today].id = answer.request_id

    @precondition(lambda self: self.model.requests)
    @rule(school_class=classes, pupil=pupils, meal=meals, included=st.booleans())
    def update(self, school_class, pupil, meal, included):
        key = self.last_request(school_class)
        if key is None:
            return
        row = teaching.ChangeType(
            account=pupil.account,
            meal_type=meal,
            included=included,
            reason=teaching.ChangeReason.JOURNAL_MISMATCH,
        )
        known = self.model.requests[key]
        request = teaching.UpdateRequestRequest(
            request_id=known.id, version=known.version, change=[row]
        )
        line = (pupil.account, meal)
        expected = self.model.update(self.now, key, line, included=included)
        self.told(expected, "UpdateRequest", request, _teacher(school_class))

    @precondition(lambda self: self.model.requests)
    @rule(school_class=classes)
    def send(self, school_class):
        key = self.last_request(school_class)
        if key is None:
            return
        known = self.model.requests[key]
        request = teaching.SendRequestRequest(request_id=known.id, version=known.version)
        expected = self.model.send(self.now, key)
        self.told(expected, "SendRequest", request, _teacher(school_class))

    @precondition(lambda self: self.model.requests)
    @rule(school_class=classes, pupil=pupils, meal=meals, ate=st.booleans())
    def confirm_actual(self, school_class, pupil, meal, ate):
        key = self.last_request(school_class)
        if key is None:
            return
        row = teaching.ActualLineType(account=pupil.account, meal_type=meal, ate=ate)
        known = self.model.requests[key]
        request = teaching.ConfirmActualRequest(
            request_id=known.id, version=known.version, line=[row]
        )
        line = (pupil.account, meal)
        expected = self.model.confirm_actual(self.now, key, line, ate=ate)
        self.told(expected, "ConfirmActual", request, _teacher(school_class))

    @rule(pupil=pupils, kopecks=st.sampled_from([1, 10_000, 200_000]))
    def top_up(self, pupil, kopecks):
        self.payments += 1
        amount = Decimal(kopecks) / 100
        with self.life.night.database.writing() as transaction:
            town.top_up(transaction, pupil, f"{amount:.2f}", f"life/{self.payments}")
        self.model.top_up(pupil, amount)

    @precondition(lambda self: self.today < DAYS[-1] - timedelta(days=7))
    @rule(awake=st.booleans(), formed=st.sets(classes), days=st.sampled_from([0, 0, 1, 2]))
    def next_morning(self, awake, formed, days):
        later = [day for day in DAYS if day > self.today]
        self.pass_time(local(later[days], "07:30"), awake=awake)
        for school_class in sorted(formed):
            self.form(school_class)

    @rule(awake=st.booleans(), clock=st.sampled_from(["22:59:58", "23:59:58"]))
    def next_evening(self, awake, clock):
        if self.now < local(self.today, clock):
            self.pass_time(local(self.today, clock), awake=awake)

    @rule(job=st.sampled_from([name for name, *_ in TIMED]))
    def run_twice(self, job):
        """Run a job once more for the last time it was due: nothing may come of it."""
        before = self.books()
        at, later = next((at, later) for name, at, later in TIMED if name == job)
        day = today_of(self.life.worked_until)
        business_time = local(day, at.isoformat())
        if business_time + later > self.life.worked_until:
            business_time -= timedelta(days=1)
        self.life.night.run(job, business_time)
        self.life.night.run(job, business_time)
        assert self.books() == before

    def pass_time(self, moment, *, awake):
        for run in self.life.pass_time(moment, awake=awake):
            day = today_of(run.business_time)
            if run.name == "meal.lock_day":
                self.model.lock(day)
            elif run.name == "meal.debit":
                self.model.debit(day)
            elif run.name == "meal.default_complex":
                self.model.freeze(run.business_time)

    def told(self, expected, name, request, behalf):
        """Send a message that the model has judged; return the answer, None of a refusal."""
        event(f"{name}: {expected}")
        code, answer = "OK", None
        try:
            answer = self.life.send(name, request, behalf)
        except GatewayError as error:
            code = error.code
        assert code == expected
        return answer

    def last_request(self, school_class):
        """Return the last request of a class, often one of a day that is over."""
        known = [key for key in self.model.requests if key[0] == school_class.code]
        return max(known, default=None)

    def rows(self, table):
        return self.life.night.table(table)

    def books(self):
        """Return all that jobs may change."""
        tables = (
            models.meal_order,
            models.order_item,
            models.order_change,
            models.class_request,
            models.request_line,
            models.meal_debit,
            models.ledger_entry,
            models.ledger_balance,
            models.meal_notice,
            models.unformed_class,
        )
        return [self.rows(table) for table in tables]

    @invariant()
    def balances_are_sums_of_entries(self):
        sums: Counter[str] = Counter()
        for entry in self.rows(models.ledger_entry):
            sums[entry.account] += entry.amount
        kept = {row.account: row.balance for row in self.rows(models.ledger_balance)}
        assert kept == dict(sums)
        assert kept == self.model.balances
        with self.life.night.database.reading() as transaction:
            assert reconcile(transaction, None) == []

    @invariant()
    def every_debit_has_a_fact_and_every_fact_a_debit(self):
        debits = {
            (row.account, row.day, row.meal_type): row for row in self.rows(models.meal_debit)
        }
        made = {
            key: (row.full_price, row.discount, row.is_over_credit) for key, row in debits.items()
        }
        assert made == {key: _told(debit) for key, debit in self.model.debits.items()}
        assert set(debits) == {key for key in self.facts() if key[1] in self.model.debited}
        for row in debits.values():
            assert 0 <= row.discount <= row.full_price
            assert row.to_pay == row.full_price - row.discount

    def facts(self):
        """Return what was eaten, as the tables themselves say."""
        days = {row.id: row.day for row in self.rows(models.class_request)}
        for line in self.rows(models.request_line):
            if line.is_included if line.is_eaten is None else line.is_eaten:
                yield (line.account, days[line.request_id], line.meal_type)
        for row in self.rows(models.meal_order):
            if row.is_home_study and row.state != "CHOSEN":
                yield (row.account, row.day, row.meal_type)

    @invariant()
    def orders_are_those_of_the_model(self):
        found = {
            (row.account, row.day, row.meal_type): (
                row.complex_code,
                row.full_price,
                row.discount,
                row.to_pay,
                row.state,
            )
            for row in self.rows(models.meal_order)
        }
        assert found == {key: _row(order) for key, order in self.model.orders.items()}

    @invariant()
    def the_feed_tells_the_orders(self):
        heard: dict[tuple[str, date, str], str | None] = {}
        for change in self.rows(models.order_change):
            key = (change.account, change.day, change.meal_type)
            if change.kind == "CANCELLED":
                del heard[key]
            else:
                heard[key] = change.complex_code
        assert heard == {
            key: order.code for key, order in self.model.orders.items() if order.state != "CHOSEN"
        }

    @invariant()
    def states_only_move_forward(self):
        ranks = {
            (row.account, row.day, row.meal_type): ORDER_RANKS.get(row.state, DONE)
            for row in self.rows(models.meal_order)
        }
        for key, before in self.orders_before.items():
            # A choice that was not confirmed is dropped at the freeze where there is no default.
            assert ranks.get(key, before if before == 0 else -1) >= before, key
        self.orders_before = ranks
        states = {
            (row.class_code, row.day): (REQUEST_STATES.index(row.state), row.version)
            for row in self.rows(models.class_request)
        }
        for key, (state, version) in self.requests_before.items():
            assert states[key][0] >= state
            assert states[key][1] >= version
        assert {key: REQUEST_STATES[state] for key, (state, _) in states.items()} == {
            key: request.state for key, request in self.model.requests.items()
        }
        self.requests_before = states


def _item(
    child: town.Pupil, day: date, meal: str, order: Order, extras: int
) -> ordering.ChoiceItemType:
    code = town.HOME_SET if child.is_home_study else town.JUICE
    items = [ordering.ChoiceAdditionalType(item_code=code, qty=extras)] if extras else []
    return ordering.ChoiceItemType(
        date=day, meal_type=meal, complex_code=order.code, additional=items
    )


def _parent(child: town.Pupil) -> OnBehalf:
    return OnBehalf(ActingRole.PARENT, esia_oid=PARENTS[child].esia_oid)


def _teacher(school_class: town.Class) -> OnBehalf:
    return OnBehalf(ActingRole.CLASS_TEACHER, esia_oid=TEACHERS[school_class].esia_oid)


def _told(debit: Debit) -> tuple[Decimal, Decimal, bool]:
    return debit.price.full, debit.price.discount, debit.is_over_credit


def _row(order: Order) -> tuple[object, ...]:
    price = order.price
    return order.code, price.full, price.discount, price.to_pay, order.state


def test_any_life_keeps_the_books_the_orders_and_the_feed_together(night):
    life = Life(night)
    run_state_machine_as_test(lambda: LifeOfASchool(life), settings=MANY)
