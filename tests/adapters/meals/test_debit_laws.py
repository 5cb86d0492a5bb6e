"""Laws of the debit over any facts: each once, balances are sums, pieces of any size are one."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
import town
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import examples

from adapters.meals import models
from adapters.meals.reconcile import reconcile

FIRST = date(2026, 11, 16)
MANY = settings(
    max_examples=examples(suite=12, proofs=30),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MEALS = (town.BREAKFAST, town.LUNCH)
EATERS = [one for one in town.PUPILS if one is not town.PAVEL]


@dataclass(frozen=True)
class Line:
    """A line of a request; sums in kopecks."""

    is_included: bool
    is_eaten: bool | None
    full: int
    discount: int

    @property
    def is_fact(self):
        return self.is_included if self.is_eaten is None else self.is_eaten


lines = st.builds(
    lambda included, eaten, full, share: Line(included, eaten, full, full * share // 4),
    st.booleans(),
    st.sampled_from([None, True, False]),
    st.sampled_from([0, 1, 9_555, 15_000, 40_000]),
    st.integers(0, 4),
)
days = st.fixed_dictionaries(
    {
        "formed": st.sets(st.sampled_from([one.code for one in town.CLASSES])),
        "lines": st.dictionaries(
            st.tuples(st.sampled_from(range(len(EATERS))), st.sampled_from(MEALS)), lines
        ),
        "at_home": st.none() | st.sampled_from([1, 12_000]),
        "top_ups": st.dictionaries(
            st.sampled_from(range(len(EATERS))), st.sampled_from([1, 30_000, 200_000])
        ),
        "batch_lines": st.sampled_from([1, 100, 150, 2_000]),
    }
)


class Model:
    """What must come of it: the accounts as a dictionary of kopecks."""

    def __init__(self):
        self.balances = {}
        self.debits = {}

    def debit(self, day, facts):
        """Take facts `{(pupil, meal): Line}` off; alphabet is the order of meals."""
        for pupil, meal in sorted(facts, key=lambda key: (key[0].account, key[1])):
            line = facts[pupil, meal]
            school = pupil.school_class.school
            left = self.balances.get(pupil.account, 0) - (line.full - line.discount)
            over = left < -school.credit_limit * 100
            self.balances[pupil.account] = left
            self.debits[pupil.account, day, meal] = (line.full, line.discount, over)


def facts_of(told):
    facts = {
        (EATERS[number], meal): line
        for (number, meal), line in told["lines"].items()
        if line.is_fact and EATERS[number].school_class.code in told["formed"]
    }
    if told["at_home"] is not None:
        facts[town.PAVEL, town.LUNCH] = Line(
            is_included=True, is_eaten=None, full=told["at_home"], discount=0
        )
    return facts


def enter(night, model, day, told, serials):
    with night.database.writing() as transaction:
        for number, kopecks in told["top_ups"].items():
            amount = Decimal(kopecks) / 100
            town.top_up(transaction, EATERS[number], f"{amount:.2f}", f"law/{next(serials)}")
            account = EATERS[number].account
            model.balances[account] = model.balances.get(account, 0) + kopecks
        for code in told["formed"]:
            form(transaction, code, day, told["lines"], UUID(int=next(serials)))
        if told["at_home"] is not None:
            transaction.execute(sa.insert(models.meal_order), [at_home(day, told["at_home"])])


def form(transaction, code, day, told, number):
    school_class = next(one for one in town.CLASSES if one.code == code)
    request = {
        "id": number,
        "school": school_class.school.code,
        "class_code": code,
        "day": day,
        "state": "FORMED",
        "version": 1,
        "formed_at": town.SETTLED_AT,
        "formed_by": "S-1",
        "entry": 0,
    }
    transaction.execute(sa.insert(models.class_request), [request])
    rows = [
        {
            "request_id": number,
            "account": EATERS[pupil].account,
            "meal_type": meal,
            "organizer_inn": school_class.school.organizer_inn,
            "complex_id": 1,
            "complex_code": "C",
            "source": "DEFAULT",
            "is_present": True,
            "is_included": line.is_included,
            "is_eaten": line.is_eaten,
            "is_over_credit": False,
            "full_price": Decimal(line.full) / 100,
            "discount": Decimal(line.discount) / 100,
            "to_pay": Decimal(line.full - line.discount) / 100,
        }
        for (pupil, meal), line in told.items()
        if EATERS[pupil].school_class is school_class
    ]
    if rows:
        transaction.execute(sa.insert(models.request_line), rows)


def at_home(day, kopecks):
    return {
        "account": town.PAVEL.account,
        "day": day,
        "meal_type": town.LUNCH,
        "organizer_inn": town.INN,
        "school": town.SCHOOL_1.code,
        "class_code": town.CLASS_3A.code,
        "source": "PARENT",
        "state": "FROZEN",
        "full_price": Decimal(kopecks) / 100,
        "discount": 0,
        "to_pay": Decimal(kopecks) / 100,
        "is_home_study": True,
        "chosen_at": town.SETTLED_AT,
        "entry": 0,
    }


def test_debits_are_the_facts_and_balances_their_sums(night):
    model, serials, numbers = Model(), itertools.count(1), itertools.count()

    @MANY
    @given(told=days)
    def day_after_day(told):
        day = FIRST + timedelta(days=next(numbers))
        enter(night, model, day, told, serials)
        model.debit(day, facts_of(told))
        night.batch_lines = told["batch_lines"]
        for clock in ("23:00:05", "23:30"):
            night.at(day, clock).run("meal.debit")
            assert kept(night) == (model.balances, model.debits)
        with night.database.reading() as transaction:
            assert reconcile(transaction, None) == []

    day_after_day()


def kept(night):
    balances = {row.account: row.balance * 100 for row in night.table(models.ledger_balance)}
    debits = {
        (row.account, row.day, row.meal_type): (
            row.full_price * 100,
            row.discount * 100,
            row.is_over_credit,
        )
        for row in night.table(models.meal_debit)
    }
    return balances, debits
