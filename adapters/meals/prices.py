"""What a family pays of a meal: the rule of a ПЧВР category, half up to the kopeck (H-15).

The same sum is written in SQL for whole days (`repository.menu.DISCOUNT`); a law holds both to one
result.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gateway.contracts.messages.common import CompensationMode

_KOPECK = Decimal("0.01")
_ZERO = Decimal("0.00")
_HUNDRED = Decimal(100)


class Compensation(NamedTuple):
    """How much of a meal the budget pays for a category (MEAL-CAT-05)."""

    mode: CompensationMode
    value: Decimal | None
    """Per cent, or roubles; None for FULL."""


class Price(NamedTuple):
    """Three sums in roubles that a parent is shown (MEAL-PAR-08)."""

    full: Decimal
    discount: Decimal
    to_pay: Decimal


def price(full: Decimal, rule: Compensation | None) -> Price:
    """Return the price of a complex of `full` roubles under a rule; no rule, no discount."""
    discount = _discount(full, rule)
    return Price(full, discount, full - discount)


def _discount(full: Decimal, rule: Compensation | None) -> Decimal:
    if rule is None:
        return _ZERO
    if rule.mode is CompensationMode.FULL:
        return full
    value = rule.value or _ZERO
    if rule.mode is CompensationMode.AMOUNT:
        return min(value, full)
    return min((full * value / _HUNDRED).quantize(_KOPECK, ROUND_HALF_UP), full)
