"""The parts that forms are written in, and the notation of slots inside their texts.

`{party.name|____}` is a slot with its blank line, `{party.name}` one that may vanish,
`{[]options.payment}` a box to tick, `{?party.inn:, ИНН }` a text that stands only beside a fact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the form itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact, or its blank line."""

    path: str
    blank: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A box, ticked when the fact is yes."""

    path: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that stand only where the fact is there."""

    path: str
    text: str


Inline = Words | Slot | Mark | Beside

_INLINE = re.compile(
    r"\{(?:\[\](?P<mark>[\w.]+)|\?(?P<beside>[\w.]+):(?P<text>[^{}]*)"
    r"|(?P<slot>[\w.]+)(?:\|(?P<blank>[^{}]*))?)\}"
)


def inlines(text: str) -> Iterator[Inline]:
    """Take a text apart into words and slots."""
    end = 0
    for found in _INLINE.finditer(text):
        if found.start() > end:
            yield Words(text[end : found.start()])
        end = found.end()
        if found["mark"]:
            yield Mark(found["mark"])
        elif found["beside"]:
            yield Beside(found["beside"], found["text"])
        else:
            yield Slot(found["slot"], found["blank"] or "")
    if end < len(text):
        yield Words(text[end:])


@dataclass(frozen=True, slots=True)
class Right:
    """Lines in the right half, such as «Приложение 2»."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the document, a line each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Centered:
    """A line in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; indented unless it is `plain`."""

    text: str
    plain: bool = False
    ragged: bool = False
    """Not spread to both margins: names and telephones that do not break."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Texts side by side without lines; a line feed inside is a new line."""

    shares: tuple[int, ...]
    """Relative widths."""
    rows: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...] = ()
    """Points of each column, where they are not those of the form."""
    roomy: bool = False
    """Leaves room for signatures."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """Names and their slots, each slot on a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; its text has the slots of `row`."""

    head: str
    width: int
    """Millimetres."""
    text: str
    number: bool = False
    """Set to the right, as sums are."""


@dataclass(frozen=True, slots=True)
class Table:
    """A row for every value of a list, numbered from 1 in the first column."""

    source: str
    columns: tuple[Column, ...]
    size: int = 10
    """Points."""


@dataclass(frozen=True, slots=True)
class Each:
    """Parts for every value of a list, by a name of its own; other parts for an empty list."""

    source: str
    name: str
    parts: "tuple[Part, ...]"
    otherwise: "tuple[Part, ...]" = ()


@dataclass(frozen=True, slots=True)
class When:
    """Parts that stand only where the fact is there."""

    path: str
    parts: "tuple[Part, ...]"


Part = Right | Title | Centered | Heading | Paragraph | Grid | Ruled | Table | Each | When


@dataclass(frozen=True, slots=True)
class Template:
    """A whole form."""

    parts: tuple[Part, ...]
    landscape: bool = False
    size: int = 14
    """Points."""
    foot: str = ""
    """At the foot of every page."""
    numbered: bool = False
    """Pages have numbers."""
    one_page: bool = False
    """Long names make the text smaller, down to 12 points, before they make a second page."""
    by_analogy: bool = True
    """The regulations name the form and do not contain it (D3); told in the metadata alone."""
