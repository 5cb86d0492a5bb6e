"""Spans of days, both ends included, that codes and settings hold for; no end means for ever."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

FOREVER = date.max
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from `first` to `last`."""

    first: date
    last: date = FOREVER

    def meets(self, other: "Span") -> bool:
        """Tell whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def span(first: date, last: date | None) -> Span:
    """Return the span of a row whose end may be open."""
    return Span(first, FOREVER if last is None else last)


def end_of(last: date) -> date | None:
    """Return what a row holds as its end."""
    return None if last == FOREVER else last


def eve(day: date) -> date:
    """Return the day before."""
    return day - _DAY


def morrow(day: date) -> date:
    """Return the day after; the last day there is stays."""
    return day if day == FOREVER else day + _DAY


def gaps(spans: Iterable[Span]) -> Iterator[Span]:
    """Give the days that no span covers, from the first covered day on."""
    reached: date | None = None
    for one in sorted(spans):
        if reached is not None and one.first > morrow(reached):
            yield Span(morrow(reached), eve(one.first))
        reached = one.last if reached is None else max(reached, one.last)
    if reached is not None and reached != FOREVER:
        yield Span(morrow(reached))


def cover(spans: Iterable[Span], wanted: Span) -> bool:
    """Tell whether spans together cover every day of `wanted`."""
    known = sorted(spans)
    return (
        bool(known)
        and known[0].first <= wanted.first
        and not any(gap.meets(wanted) for gap in gaps(known))
    )
