"""Laws of SVC-06 over any sequence of choices, confirmations, repeats and days that pass."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
import sqlalchemy as sa
import town
from family import CALENDAR, Family
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import examples
from town import BREAKFAST, JUICE, LUNCH

from adapters.meals import models
from adapters.meals.handlers.choices import save_choice
from adapters.meals.handlers.confirmations import confirm_order
from gateway.kernel.errors import GatewayError
from registry.calendar import freeze_moment, local_date

MANY = settings(
    max_examples=examples(suite=10, proofs=20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CHILDREN = (town.IVAN, town.DARYA)
START = date(2026, 11, 5)
WINDOW = timedelta(days=14)
NOTHING = "NOTHING"


@dataclass(frozen=True)
class Save:
    child: int
    lines: tuple[tuple[int, str, str, int], ...]
    """Days from the start, meal, which complex, how much juice."""


@dataclass(frozen=True)
class Confirm:
    child: int
    first: int
    days: int


@dataclass(frozen=True)
class Pass:
    days: int


@dataclass(frozen=True)
class Again:
    """Repeat an earlier message word for word."""

    back: int


def walk(chance: Random, length: int = 30) -> Iterator[Save | Confirm | Pass | Again]:
    """Give steps of a family that mostly knows what it may do, and comes back to few meals."""
    for _ in range(length):
        kind = chance.choice("sssscccpa")
        child = chance.choice([0, 0, 0, 1])
        if kind == "s":
            drawn = {(_day(chance), chance.choice([LUNCH, LUNCH, BREAKFAST])) for _ in range(3)}
            meals = sorted(drawn)
            yield Save(
                child, tuple((*meal, _complex(chance), chance.randrange(3)) for meal in meals)
            )
        elif kind == "c":
            yield Confirm(child, chance.choice([0, 11, 12]), chance.choice([0, 1, 20]))
        elif kind == "p":
            yield Pass(chance.choice([1, 1, 2]))
        else:
            yield Again(chance.randint(1, 4))


def _day(chance: Random) -> int:
    """Days from the start: some open for long, two soon closed, one too far at first."""
    return chance.choice([11, 12, 13] * 6 + [8, 7, 18])


def _complex(chance: Random) -> str:
    return chance.choice(["1", "2"] * 10 + [NOTHING])


@dataclass
class Meal:
    """What the model knows of one meal of a child."""

    code: str
    juice: int
    to_pay: Decimal
    is_confirmed: bool = False
    was_told: bool = False


@dataclass
class Model:
    """A family, its orders and what the organizer has heard, in a few words."""

    today: date = START
    meals: dict[tuple[int, date, str], Meal] = field(default_factory=dict)
    feed: list[tuple[object, ...]] = field(default_factory=list)

    def save(self, step: Save) -> str:
        codes = [code for line in step.lines if (code := self.wrong(line))]
        if codes:
            return codes[0]
        for days, meal, which, juice in step.lines:
            day = START + timedelta(days=days)
            key = (step.child, day, meal)
            before = self.meals.get(key)
            if before is not None and before.is_confirmed:
                self.tell("CANCELLED", key, before)
            was_told = before is not None and before.was_told
            code = complex_code(step.child, meal, which)
            to_pay = price(step.child, meal, which) + juice * town.JUICE_PRICE
            self.meals[key] = Meal(code, juice, to_pay, was_told=was_told)
        return "OK"

    def wrong(self, line: tuple[int, str, str, int]) -> str | None:
        day = START + timedelta(days=line[0])
        if not self.today < day <= self.today + WINDOW:
            return "OUT_OF_WINDOW"
        if self.is_frozen(day):
            return "FROZEN"
        return "COMPLEX_NOT_AVAILABLE" if line[2] == NOTHING else None

    def confirm(self, step: Confirm) -> str:
        first = START + timedelta(days=step.first)
        last = first + timedelta(days=step.days)
        waiting = [
            key
            for key, meal in sorted(self.meals.items())
            if key[0] == step.child and first <= key[1] <= last and not meal.is_confirmed
        ]
        if not waiting:
            return "NOTHING_TO_CONFIRM"
        still_open = [key for key in waiting if not self.is_frozen(key[1])]
        if not still_open:
            return "FROZEN"
        for key in still_open:
            meal = self.meals[key]
            self.tell("CHANGED" if meal.was_told else "CONFIRMED", key, meal)
            meal.is_confirmed = meal.was_told = True
        return "OK"

    def tell(self, kind: str, key: tuple[int, date, str], meal: Meal) -> None:
        items = ((JUICE, meal.juice),) if meal.juice else ()
        child, day, of = key
        self.feed.append((CHILDREN[child].account, kind, day.isoformat(), of, meal.code, items))

    def is_frozen(self, day: date) -> bool:
        return self.today >= local_date(freeze_moment(CALENDAR, day))


def complex_code(child: int, meal: str, which: str) -> str:
    age = CHILDREN[child].school_class.age_category
    return f"BASIC-{meal}-{age}-{which}"


def price(child: int, meal: str, which: str) -> Decimal:
    """What is to pay: Darya's category pays thirty roubles of a meal."""
    full = town.PRICES[meal, CHILDREN[child].school_class.age_category][which == "2"]
    return full - (town.SUM_VALUE if CHILDREN[child] is town.DARYA else 0)


class World:
    """The service beside the model."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.model = Model()
        self.sent: list[tuple[object, object, town.Pupil, str, object]] = []

    def empty(self) -> None:
        with self.family.database.writing() as transaction:
            if transaction.on_postgresql:
                transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
            else:
                transaction.execute(sa.text("DROP TRIGGER IF EXISTS order_change_no_delete"))
            for table in (
                models.meal_order,
                models.order_item,
                models.order_choice,
                models.order_confirmation,
                models.order_change,
                models.feed,
                models.meal_notice,
            ):
                transaction.execute(sa.delete(table))
        self.model, self.sent = Model(), []
        self.family.at(START)

    def take(self, step: Save | Confirm | Pass | Again) -> None:
        """Take a step in both and hold the outcomes to each other."""
        if isinstance(step, Pass):
            self.model.today += timedelta(days=step.days)
            self.family.at(self.model.today)
        elif isinstance(step, Again):
            self.repeat(step)
        else:
            self.tell(step)

    def tell(self, step: Save | Confirm) -> None:
        child = CHILDREN[step.child]
        self.family.of(child, town.MOTHER)
        if isinstance(step, Save):
            handler, expected = save_choice, self.model.save(step)
            request = self.family.choice(*(_line(step.child, line) for line in step.lines))
        else:
            handler, expected = confirm_order, self.model.confirm(step)
            first = START + timedelta(days=step.first)
            last = first + timedelta(days=step.days)
            request = self.family.confirmation(first.isoformat(), last.isoformat())
        code, answer = self.outcome(handler, request)
        assert code == expected
        if code == "OK":
            self.sent.append((handler, request, child, code, answer))
        if isinstance(step, Save) and code == "OK":
            self.control_money(step.child, answer)

    def repeat(self, step: Again) -> None:
        if step.back > len(self.sent):
            return
        handler, request, child, code, answer = self.sent[-step.back]
        self.family.of(child, town.MOTHER)
        again, repeated = self.outcome(handler, request)
        assert (again, repeated.duplicate) == (code, True)
        repeated.duplicate = False
        assert repeated == answer

    def outcome(self, handler, request) -> tuple[str, object]:
        try:
            return "OK", self.family.send(handler, request)
        except GatewayError as refusal:
            return refusal.code, None

    def control_money(self, child: int, answer) -> None:
        """With nothing on the account, what lacks is all that was ordered."""
        ordered = sum(meal.to_pay for (of, *_), meal in self.model.meals.items() if of == child)
        assert answer.suggested_amount == min(ordered, Decimal("2000.00"))

    def control(self) -> None:
        """Hold the tables and the feed to the model, and to each other."""
        rows = self.family.table(models.meal_order)
        assert {(row.account, row.day, row.meal_type): _seen(row) for row in rows} == {
            (CHILDREN[child].account, day, of): (
                "CONFIRMED" if meal.is_confirmed else "CHOSEN",
                meal.code,
                meal.to_pay,
            )
            for (child, day, of), meal in self.model.meals.items()
        }
        feed = self.family.table(models.order_change)
        told = [
            (row.account, *change) for row, change in zip(feed, self.family.changes(), strict=True)
        ]
        # Cancellations of one message are told by meal, as its lines come.
        assert sorted(told, key=repr) == sorted(self.model.feed, key=repr)
        assert _heard(told) == {
            (row.account, row.day.isoformat(), row.meal_type): (row.complex_code, _juice(self, row))
            for row in rows
            if row.state == "CONFIRMED"
        }
        assert [row.seq for row in feed] == list(range(1, len(feed) + 1))


def _line(child: int, line: tuple[int, str, str, int]) -> tuple[object, ...]:
    days, meal, which, juice = line
    extras = (JUICE, juice) if juice else ()
    day = (START + timedelta(days=days)).isoformat()
    return (day, meal, complex_code(child, meal, which), *extras)


def _seen(row) -> tuple[object, ...]:
    return row.state, row.complex_code, row.to_pay


def _juice(world: World, row) -> tuple[tuple[str, int], ...]:
    return tuple(
        (item.item_code, item.qty)
        for item in world.family.table(models.order_item)
        if (item.account, item.day, item.meal_type) == (row.account, row.day, row.meal_type)
    )


def _heard(told: list[tuple[object, ...]]) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Return what an organizer cooks who has read the feed to its end."""
    cooked = {}
    for account, kind, day, meal, code, items in told:
        if kind == "CANCELLED":
            del cooked[account, day, meal]
        else:
            assert (account, day, meal) not in cooked
            cooked[account, day, meal] = (code, items)
    return cooked


@pytest.fixture
def world(family):
    return World(family)


@MANY
@given(seed=st.integers(0, 2**32))
def test_orders_and_what_the_organizer_hears_tell_the_same(world, seed):
    world.empty()
    for step in walk(Random(seed)):
        world.take(step)
    world.control()


def test_walks_of_the_law_come_everywhere():
    outcomes, kinds = set(), set()
    for seed in range(40):
        model = Model()
        for step in walk(Random(seed)):
            if isinstance(step, Save):
                outcomes.add(model.save(step))
            elif isinstance(step, Confirm):
                outcomes.add(model.confirm(step))
            elif isinstance(step, Pass):
                model.today += timedelta(days=step.days)
        kinds |= {change[1] for change in model.feed}
    assert outcomes == {
        "OK",
        "OUT_OF_WINDOW",
        "FROZEN",
        "COMPLEX_NOT_AVAILABLE",
        "NOTHING_TO_CONFIRM",
    }
    assert kinds == {"CONFIRMED", "CANCELLED", "CHANGED"}
