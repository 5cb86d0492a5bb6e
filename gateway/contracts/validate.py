"""Every error of a message that the schema refused, where it is and what to do (GW-02)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from lxml import etree

from gateway.contracts.places import find_place
from gateway.contracts.schema import Breach, Schema
from gateway.contracts.vocabulary import Vocabulary
from gateway.contracts.windows import Window, split, whole
from gateway.contracts.wording import explain
from gateway.kernel.errors import Finding

MOST_FINDINGS = 50
"""How many errors a fault lists (SVC-00-06)."""

_CONTENT = "SCHEMAV_ELEMENT_CONTENT"
_ON_ITS_OWN = frozenset(
    {
        _CONTENT,
        "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1",
        "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2",
        "SCHEMAV_CVC_COMPLEX_TYPE_4",
    }
)
"""Errors about what is around or inside an element rather than about its value."""


class Format(Protocol):
    """What an element is held against: a contract, a form of a portal service."""

    @property
    def schema(self) -> Schema:
        """What says yes or no."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """What its schemas call things."""
        ...


@dataclass(frozen=True, slots=True)
class Trouble:
    """All that libxml2 says of one place, not yet put into words."""

    contract: Format
    window: Window
    path: str
    breaches: tuple[Breach, ...]

    def finding(self) -> Finding:
        """Put it into words."""
        vocabulary = self.contract.vocabulary
        return explain(find_place(self.window, vocabulary, self.path), self.breaches, vocabulary)


def findings(
    contract: Format, element: etree._Element, limit: int = MOST_FINDINGS
) -> tuple[tuple[Finding, ...], bool]:
    """Return the first `limit` errors of an invalid element and whether there are more.

    Give it the tree as the message was received: lines and paths are of that tree. libxml2 stops
    at the first misplaced child of an element; errors elsewhere are all found.
    """
    found = tuple(islice(troubles(contract, element), limit + 1))
    return tuple(trouble.finding() for trouble in found[:limit]), len(found) > limit


def troubles(contract: Format, element: etree._Element) -> Iterator[Trouble]:
    """Give the errors of an element one after the other."""
    wide = contract.schema.is_wide(element)
    for window in split(element, contract.vocabulary) if wide else (whole(element),):
        yield from window_troubles(contract, window)


def window_troubles(contract: Format, window: Window) -> Iterator[Trouble]:
    """Give the errors that belong to one window of a message."""
    blames = window.blames()
    places: dict[tuple[str, str], list[Breach]] = {}
    for breach in contract.schema.breaches(window.root):
        if blames.has(breach.path, about_content=breach.kind == _CONTENT):
            places.setdefault(_place(breach), []).append(breach)
    for (path, _), breaches in places.items():
        yield Trouble(contract, window, path, tuple(breaches))


def _place(breach: Breach) -> tuple[str, str]:
    alone = breach.kind in _ON_ITS_OWN or ", attribute '" in breach.message
    return breach.path, breach.message if alone else ""
