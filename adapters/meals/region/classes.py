"""How many classes a school has, of how many pupils, and in which order seats are numbered."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

PRIMARY = range(1, 5)
WHOLE_SCHOOL = 165
"""Pupils from which a school has all eleven years; a smaller one has nine."""
_BASIC_YEARS, _ALL_YEARS = 9, 11
_FULL_CLASS = 25
_LETTERS = (("А", "A"), ("Б", "B"), ("В", "V"), ("Г", "G"), ("Д", "D"), ("Е", "E"))


class Room(NamedTuple):
    """A class before anybody sits in it."""

    code: str
    """«05A»: latin, so that any system can keep it."""
    name: str
    """«5А»."""
    parallel: int
    seats: int


def rooms_of(headcount: int, random: Random) -> tuple[Room, ...]:
    """Part the pupils of a school into classes of nearly the same size."""
    years = _BASIC_YEARS if headcount < WHOLE_SCHOOL else _ALL_YEARS
    count = max(years, round(headcount / _FULL_CLASS))
    sizes = _sizes(headcount, count, random)
    places = [
        (parallel, letter)
        for parallel in range(1, years + 1)
        for letter in range(count // years + (parallel <= count % years))
    ]
    return tuple(
        Room(f"{parallel:02}{latin}", f"{parallel}{russian}", parallel, seats)
        for (parallel, letter), seats in zip(places, sizes, strict=True)
        for russian, latin in [_LETTERS[letter]]
    )


def seats_of(rooms: Sequence[Room]) -> list[int]:
    """Return the place of the class of each pupil in turn: first one of every class, and again."""
    most = max(room.seats for room in rooms)
    return [number for row in range(most) for number, room in enumerate(rooms) if row < room.seats]


def _sizes(headcount: int, count: int, random: Random) -> list[int]:
    """Share out evenly, then move a few pupils between neighbours."""
    sizes = [headcount // count + (number < headcount % count) for number in range(count)]
    for number in range(0, count - 1, 2):
        moved = random.randrange(-2, 3)
        sizes[number] += moved
        sizes[number + 1] -= moved
    return sizes
