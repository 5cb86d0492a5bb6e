"""A school's meals in a few words: what must come of any sequence of steps.

Everything is a dictionary; nobody's time is asked, everything is told when it is.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import town
from nights import CALENDAR, local
from town import BREAKFAST, LUNCH

from gateway.kernel.ports import LOCAL
from registry.calendar import freeze_moment

KOPECK = Decimal("0.01")
EATERS = (town.IVAN, town.MARIA, town.TIMUR, town.DARYA, town.LEV)
"""Whoever has a complex of the day."""
MEALS = (BREAKFAST, LUNCH)
CLASSES = (town.CLASS_3A, town.CLASS_7B)
WINDOW = timedelta(days=14)

Key = tuple[str, date, str]
"""Account, day and meal."""


@dataclass(frozen=True)
class Price:
    """What a meal costs, and what the budget pays of it."""

    full: Decimal
    discount: Decimal

    @property
    def to_pay(self) -> Decimal:
        return self.full - self.discount


@dataclass(frozen=True)
class Order:
    """A meal of a pupil on a day."""

    code: str | None
    price: Price
    state: str


@dataclass(frozen=True)
class Line:
    """A line of a request."""

    is_included: bool
    price: Price
    is_eaten: bool | None = None

    @property
    def is_fact(self) -> bool:
        return self.is_included if self.is_eaten is None else self.is_eaten


@dataclass
class Request:
    """The request of a class for a day."""

    id: str
    lines: dict[tuple[str, str], Line]
    state: str = "FORMED"
    version: int = 1


@dataclass(frozen=True)
class Debit:
    """What was taken off."""

    price: Price
    is_over_credit: bool


@dataclass
class Model:
    """Orders, requests, money."""

    days: list[date]
    orders: dict[Key, Order] = field(default_factory=dict)
    absent: set[tuple[str, date]] = field(default_factory=set)
    requests: dict[tuple[str, date], Request] = field(default_factory=dict)
    balances: dict[str, Decimal] = field(default_factory=dict)
    debits: dict[Key, Debit] = field(default_factory=dict)
    debited: set[date] = field(default_factory=set)
    """Days whose meals are taken off."""

    def is_open(self, now: datetime, day: date) -> bool:
        """Tell whether meals of a day can be chosen."""
        in_window = today_of(now) < day <= today_of(now) + WINDOW
        return in_window and now < freeze_moment(CALENDAR, day)

    def waits_for_confirmation(self) -> bool:
        return any(order.state == "CHOSEN" for order in self.orders.values())

    def save(self, now: datetime, pupil: town.Pupil, orders: dict[tuple[date, str], Order]) -> str:
        """Take all of a choice or nothing."""
        for day, _ in orders:
            if not today_of(now) < day <= today_of(now) + WINDOW:
                return "OUT_OF_WINDOW"
            if now >= freeze_moment(CALENDAR, day):
                return "FROZEN"
        for (day, meal), order in orders.items():
            self.orders[pupil.account, day, meal] = order
        return "OK"

    def confirm(self, now: datetime, pupil: town.Pupil) -> str:
        waiting = [
            key
            for key, order in self.orders.items()
            if key[0] == pupil.account and order.state == "CHOSEN"
        ]
        if not waiting:
            return "NOTHING_TO_CONFIRM"
        still_open = [key for key in waiting if now < freeze_moment(CALENDAR, key[1])]
        for key in still_open:
            self.orders[key] = replace(self.orders[key], state="CONFIRMED")
        return "OK" if still_open else "FROZEN"

    def mark(self, now: datetime, pupil: town.Pupil, *, is_there: bool) -> str:
        if is_shut(today_of(now), now):
            return "CUT_OFF_PASSED"
        marked = (pupil.account, today_of(now))
        self.absent.discard(marked) if is_there else self.absent.add(marked)
        return "OK"

    def form(self, now: datetime, school_class: town.Class) -> str:
        """Form the request of today; its number is the hub's."""
        today = today_of(now)
        if (school_class.code, today) in self.requests:
            return "OK"
        if is_shut(today, now):
            return "CUT_OFF_PASSED"
        lines = {
            (pupil.account, meal): Line((pupil.account, today) not in self.absent, order.price)
            for pupil in EATERS
            if pupil.school_class is school_class
            for meal in pupil.meals
            if (order := self.orders.get((pupil.account, today, meal)))
        }
        self.requests[school_class.code, today] = Request("", lines)
        return "OK"

    def update(
        self, now: datetime, key: tuple[str, date], line: tuple[str, str], *, included: bool
    ) -> str:
        request = self.requests[key]
        if is_shut(key[1], now):
            return "CUT_OFF_PASSED"
        if request.state == "ACTUAL_CONFIRMED":
            return "ILLEGAL_TRANSITION"
        if line not in request.lines:
            return "LINE_NOT_IN_REQUEST"
        request.lines[line] = replace(request.lines[line], is_included=included)
        request.version += 1
        return "OK"

    def send(self, now: datetime, key: tuple[str, date]) -> str:
        request = self.requests[key]
        if is_shut(key[1], now):
            return "CUT_OFF_PASSED"
        if request.state == "ACTUAL_CONFIRMED":
            return "ILLEGAL_TRANSITION"
        request.state = "SENT"
        request.version += 1
        return "OK"

    def confirm_actual(
        self, now: datetime, key: tuple[str, date], line: tuple[str, str], *, ate: bool
    ) -> str:
        request = self.requests[key]
        if is_shut(key[1], now):
            return "CUT_OFF_PASSED"
        if line not in request.lines:
            return "LINE_NOT_IN_REQUEST"
        # A later confirmation takes the place of the one before.
        request.lines = {
            one: replace(old, is_eaten=ate if one == line else None)
            for one, old in request.lines.items()
        }
        request.state = "ACTUAL_CONFIRMED"
        request.version += 1
        return "OK"

    def top_up(self, pupil: town.Pupil, amount: Decimal) -> None:
        self.balances[pupil.account] = self.balances.get(pupil.account, Decimal(0)) + amount

    def freeze(self, midnight: datetime) -> None:
        """Fix the days whose choice is shut since `midnight`."""
        for day in self.days:
            if freeze_moment(CALENDAR, day) == midnight:
                self._freeze(day)

    def lock(self, day: date) -> None:
        for (_, of), request in self.requests.items():
            if of == day:
                request.state = "LOCKED"

    def debit(self, day: date) -> None:
        """Take the facts of a day off, once; the rest was not served."""
        if day in self.debited:
            return
        self.debited.add(day)
        for account, meal in sorted(facts := self.facts(day)):
            price = facts[account, meal]
            left = self.balances.get(account, Decimal(0)) - price.to_pay
            self.balances[account] = left
            is_over = left < -town.SCHOOL_1.credit_limit
            self.debits[account, day, meal] = Debit(price, is_over)
        for key, order in self.orders.items():
            if key[1] == day and order.state != "CHOSEN":
                state = "DEBITED" if key in self.debits else "NOT_SERVED"
                self.orders[key] = replace(order, state=state)

    def facts(self, day: date) -> dict[tuple[str, str], Price]:
        """Return what was eaten: lines of requests, and what went home to Pavel (H-10, H-12)."""
        eaten = {
            key: line.price
            for (_, of), request in self.requests.items()
            if of == day
            for key, line in request.lines.items()
            if line.is_fact
        }
        home = self.orders.get((town.PAVEL.account, day, LUNCH))
        if home is not None and home.state != "CHOSEN":
            eaten[town.PAVEL.account, LUNCH] = home.price
        return eaten

    def _freeze(self, day: date) -> None:
        home = (town.PAVEL.account, day, LUNCH)
        order = self.orders.pop(home, None)
        if order is not None and order.state == "CONFIRMED":
            self.orders[home] = replace(order, state="FROZEN")
        for pupil in EATERS:
            for meal in pupil.meals:
                key = (pupil.account, day, meal)
                order = self.orders.get(key)
                if order is not None and order.state == "CONFIRMED":
                    self.orders[key] = replace(order, state="FROZEN")
                else:
                    self.orders[key] = replace(ordered(pupil, meal), state="DEFAULTED")


def ordered(pupil: town.Pupil, meal: str, *, other: bool = False, extras: int = 0) -> Order:
    """Return a choice: the complex of the day or the other one, and so many juices or sets."""
    if pupil.is_home_study:
        return Order(None, Price(town.HOME_SET_PRICE * extras, Decimal(0)), "CHOSEN")
    age = pupil.school_class.age_category
    one = town.complex_of(meal, age, other=other, menu_type=pupil.menu_type)
    price = Price(one.price + town.JUICE_PRICE * extras, discount(pupil, one.price))
    return Order(one.code, price, "CHOSEN")


def discount(pupil: town.Pupil, full: Decimal) -> Decimal:
    """Return what the budget pays of a complex, as a bookkeeper reckons it (MEAL-CAT-05)."""
    return {
        None: Decimal(0),
        town.FULL: full,
        town.HALF: (full / 2).quantize(KOPECK, ROUND_HALF_UP),
        town.SUM: town.SUM_VALUE,
    }[pupil.pchvr]


def today_of(now: datetime) -> date:
    return now.astimezone(LOCAL).date()


def is_shut(day: date, now: datetime) -> bool:
    """Tell whether nothing of a day can be changed any more."""
    return now >= local(day, "23:00")
