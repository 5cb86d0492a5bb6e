"""A class request as it is shown: its lines in order, who exceeds the credit, until when to print.

While the day is open, balances and marks of credit are those of this moment; once it is closed, the
marks stay as the last change has left them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from adapters.meals import times
from adapters.meals.names import FullName
from adapters.meals.repository import requests
from adapters.meals.repository.requests import ClassRequest, Key, Line
from gateway.storage.database import Transaction

_NEVER = "99:99"
"""Sorts a meal whose time no schedule tells after the others."""


class Portion(Protocol):
    """A meal that may be paid for: of an order or of a line."""

    @property
    def account(self) -> str: ...

    @property
    def meal_type(self) -> str: ...

    @property
    def organizer_inn(self) -> str: ...

    @property
    def is_included(self) -> bool: ...

    @property
    def to_pay(self) -> Decimal: ...

    @property
    def balance(self) -> Decimal: ...


class Deadline(NamedTuple):
    """Until when the request is to be printed for a meal (MEAL-CLS-02)."""

    meal_type: str
    start: str
    """HH:MM, local."""
    at: datetime


def shown_lines(transaction: Transaction, request: ClassRequest, now: datetime) -> list[Line]:
    """Return the lines of a request by the time of the meal, then by name."""
    starts = requests.starts_of(transaction, request.class_code, request.day)
    lines = sorted(
        requests.lines_of(transaction, request),
        key=lambda line: (*_time(starts, line.meal_type), sorting_key(line.name), line.account),
    )
    return lines if times.is_closed(request.day, now) else weighed(transaction, request, lines)


def weighed(transaction: Transaction, request: ClassRequest, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of an open day, marked where they exceed the credit as of this moment."""
    starts = requests.starts_of(transaction, request.class_code, request.day)
    limit = requests.credit_limit(transaction, request.school, request.day)
    over = exceeding(lines, starts, limit)
    return [line._replace(is_over_credit=line[:2] in over) for line in lines]


def exceeding(
    portions: Iterable[Portion], starts: Mapping[str, str], limit: Decimal
) -> frozenset[Key]:
    """Return the meals after which the balance is below the allowed credit (MEAL-CLS-12).

    What is asked for at earlier meals of the day is taken off first. A portion that is not asked
    for is judged as if it were.
    """
    left: dict[tuple[str, str], Decimal] = {}
    over = set()
    for one in sorted(portions, key=lambda one: _time(starts, one.meal_type)):
        purse = (one.account, one.organizer_inn)
        rest = left.get(purse, one.balance) - one.to_pay
        if rest < -limit:
            over.add((one.account, one.meal_type))
        if one.is_included:
            left[purse] = rest
    return frozenset(over)


def deadlines(
    transaction: Transaction, request: ClassRequest, lines: Iterable[Line]
) -> list[Deadline]:
    """Return the deadlines of the meals of a request; a meal without a time has none."""
    starts = requests.starts_of(transaction, request.class_code, request.day)
    meals = {line.meal_type for line in lines}
    told = [_deadline(request.day, meal, starts[meal]) for meal in meals if meal in starts]
    return sorted(told, key=lambda deadline: (deadline.start, deadline.meal_type))


def is_late(told: Sequence[Deadline], now: datetime) -> bool:
    """Tell whether a print comes later than an hour before some meal."""
    return any(now > deadline.at for deadline in told)


def sorting_key(name: FullName) -> tuple[str, ...]:
    """Return what puts names into the order of a class register: Ё stands with Е."""
    return tuple(part.casefold().replace("ё", "е") for part in name)


def _time(starts: Mapping[str, str], meal_type: str) -> tuple[str, str]:
    return starts.get(meal_type, _NEVER), meal_type


def _deadline(day: date, meal_type: str, start: str) -> Deadline:
    return Deadline(meal_type, start, times.meal_start(day, start) - times.PRINT_BEFORE)
