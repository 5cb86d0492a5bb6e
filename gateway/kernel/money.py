"""Roubles outside, whole kopecks in the database; a binary float never (NFR-12)."""

from decimal import Decimal

_KOPECK = Decimal("0.01")


def to_kopecks(amount: Decimal) -> int:
    """Return `amount` of roubles as whole kopecks; raise ValueError beyond two places."""
    kopecks = amount * 100
    whole = int(kopecks)
    if whole != kopecks:
        raise ValueError(amount)
    return whole


def to_roubles(kopecks: int) -> Decimal:
    """Return whole kopecks as roubles with exactly two places."""
    return Decimal(kopecks).scaleb(-2)


def format_roubles(amount: Decimal) -> str:
    """Return the wire form: a dot and exactly two places (SVC-00-08)."""
    return str(amount.quantize(_KOPECK))
