"""Families of the pupils of one school: who is whose sister, who answers for whom, what is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from adapters.meals.region import classes, names
from adapters.meals.region.dishes import BREAKFAST, LUNCH
from adapters.meals.region.names import Name

_FIRST_YEAR = 6
"""A pupil of class N is born in the year that begins on 1 March, N + 6 years before."""
_DAYS = 340
_JITTER = 12
_SIZES, _SIZE_WEIGHTS = (1, 2, 3), (72, 23, 5)
_MANY = 3
_BOTH, _ONLY_BREAKFAST = 0.75, 0.9


class Adult(NamedTuple):
    """Who answers for children."""

    name: Name
    relation: str
    child: int
    """Place of the first child of the family in the school."""
    place: int
    """1 or 2 within the family."""


class Child(NamedTuple):
    """A pupil as the family and the meal administrator know them."""

    name: Name
    born: date
    guardians: tuple[Adult, ...]
    pchvr: str | None
    is_home_study: bool
    meals: tuple[str, ...]


def settle(random: Random, parallels: Sequence[int], year: int) -> list[Child]:
    """Make a child for each seat; `parallels` are the years of the seats."""
    waiting = list(range(len(parallels)))
    random.shuffle(waiting)
    children: dict[int, Child] = {}
    while waiting:
        (size,) = random.choices(_SIZES, _SIZE_WEIGHTS)
        seats = [waiting.pop() for _ in range(min(size, len(waiting)))]
        children |= zip(seats, _family(random, seats, parallels, year), strict=True)
    return [children[seat] for seat in range(len(parallels))]


def _family(
    random: Random, seats: Sequence[int], parallels: Sequence[int], year: int
) -> list[Child]:
    line = names.choose_line(random)
    due = _due_to_family(random, len(seats))
    is_orphan = len(seats) == 1 and random.random() < 0.012  # noqa: PLR2004 -- a share
    guardians = _guardians(random, line, seats[0], is_orphan=is_orphan)
    day = random.randrange(_DAYS)
    taken: set[str] = set()
    born: dict[int, date] = {}
    family = []
    for seat in seats:
        parallel = parallels[seat]
        # Two of one family in the same year are twins.
        if parallel not in born:
            born[parallel] = _born(random, year - parallel - _FIRST_YEAR, day)
        family.append(
            Child(
                names.child(random, line, taken),
                born[parallel],
                guardians,
                "ORPHAN" if is_orphan else _due_to_child(random) or due,
                random.random() < 0.01,  # noqa: PLR2004 -- a share
                _meals(random, parallel),
            )
        )
    return family


def _guardians(
    random: Random, line: names.Line, child: int, *, is_orphan: bool
) -> tuple[Adult, ...]:
    if is_orphan:
        other = names.choose_line(random)
        return (Adult(names.woman(random, other.surname), "GUARDIAN", child, 1),)
    mother = Adult(names.woman(random, line.surname), "MOTHER", child, 1)
    if random.random() < 0.35:  # noqa: PLR2004 -- a share
        return (mother,)
    return (mother, Adult(names.father(random, line), "FATHER", child, 2))


def _born(random: Random, year: int, day: int) -> date:
    """Brothers and sisters have nearly the same birthday: so they are never too close in age."""
    shift = max(0, day + random.randrange(-_JITTER, _JITTER + 1))
    return date(year, 3, 1) + timedelta(days=shift)


def _due_to_family(random: Random, children: int) -> str | None:
    """Return the category of a family; three children at one school are many already."""
    if children >= _MANY:
        return "MANY_CHILDREN"
    chance = random.random()
    if chance < 0.08:  # noqa: PLR2004 -- a share
        return "MANY_CHILDREN"
    return "LOW_INCOME" if chance < 0.185 else None  # noqa: PLR2004 -- a share


def _due_to_child(random: Random) -> str | None:
    chance = random.random()
    if chance < 0.035:  # noqa: PLR2004 -- a share
        return "OVZ"
    return "DISABLED" if chance < 0.045 else None  # noqa: PLR2004 -- a share


def _meals(random: Random, parallel: int) -> tuple[str, ...]:
    """Give both meals to the youngest; of the others some have only one."""
    chance = random.random()
    if parallel in classes.PRIMARY or chance < _BOTH:
        return (BREAKFAST, LUNCH)
    return (BREAKFAST,) if chance < _ONLY_BREAKFAST else (LUNCH,)
