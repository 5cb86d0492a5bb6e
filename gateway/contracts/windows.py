"""A message with very many equal lines is examined some hundreds of them at a time.

Each window is a valid message in itself when the lines in it are valid: the same root, the same
children before the lines, some of the lines. Nothing else of a big message has to be in memory,
and the errors of one window are found without counting all the lines before it.
"""

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from lxml import etree

from gateway.contracts.vocabulary import Declaration, Vocabulary

LINES = 500
"""How many lines are examined together."""


@dataclass(frozen=True, slots=True)
class Window:
    """A tree to be validated in place of the whole message."""

    root: etree._Element
    wide: etree._Element
    """The element whose lines were left out; the root when none were."""
    head: tuple[etree._Element, ...] = ()
    """Its children before the lines; they are in every window."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Its children in earlier windows, by tag."""
    first: bool = True
    last: bool = True

    def blames(self) -> "Blames":
        """Return what tells whether an error belongs to this window."""
        tree = self.root.getroottree()
        return Blames(
            wide=tree.getpath(self.wide),
            head=tuple(tree.getpath(child) for child in self.head),
            first=self.first,
            last=self.last,
        )


@dataclass(frozen=True, slots=True)
class Blames:
    """Attributes each error to one window, though what is around the lines is in all of them."""

    wide: str
    head: tuple[str, ...]
    first: bool
    last: bool

    def has(self, path: str, *, about_content: bool) -> bool:
        """Tell whether an error at libxml2's `path` belongs to the window.

        Only the last window can tell that the `content` of the wide element is not complete.
        """
        if path == self.wide:
            return self.last if about_content else self.first
        if any(path == child or path.startswith(f"{child}/") for child in self.head):
            return self.first
        return self.first or path.startswith(f"{self.wide}/")


def whole(element: etree._Element) -> Window:
    """Return the message itself as its only window."""
    return Window(element, element)


def split(element: etree._Element, vocabulary: Vocabulary) -> Iterator[Window]:
    """Give the windows of a message; they are copies, the message stays as it is."""
    found = _find_wide(element, vocabulary)
    if found is None:
        yield whole(element)
        return
    wide, item = found
    children = list(wide)
    head = list(takewhile(lambda child: child.tag != item.tag, children))
    lines = children[len(head) :]
    skipped: Counter[str] = Counter()
    for start in range(0, len(lines), LINES):
        some = lines[start : start + LINES]
        root, copied = _without_lines(element, wide, head)
        kept = tuple(copied)
        copied.extend([copy.deepcopy(line) for line in some])
        yield Window(root, copied, kept, skipped.copy(), start == 0, start + LINES >= len(lines))
        skipped.update(str(line.tag) for line in some)


def shell(element: etree._Element, head: Sequence[etree._Element]) -> etree._Element:
    """Copy an element without its children, but for those of `head`."""
    nsmap: Any = element.nsmap  # the stubs forget the default namespace
    copied = etree.Element(element.tag, nsmap=nsmap)
    for name, value in element.items():
        copied.set(name, value)
    copied.text = element.text
    if element.sourceline is not None:
        copied.sourceline = element.sourceline
    copied.extend([copy.deepcopy(child) for child in head])
    return copied


def _find_wide(
    element: etree._Element, vocabulary: Vocabulary
) -> tuple[etree._Element, Declaration] | None:
    root = vocabulary.roots.get(str(element.tag))
    if root is None:
        return None
    known = {child.tag: child for child in vocabulary.children(root)}
    candidates = [(child, known[str(child.tag)]) for child in element if child.tag in known]
    wide, declaration = max([(element, root), *candidates], key=lambda candidate: len(candidate[0]))
    item = vocabulary.item_of(declaration)
    # Without lines of one kind there is nothing to leave out.
    if item is None or next(wide.iterchildren(item.tag), None) is None:
        return None
    return wide, item


def _without_lines(
    element: etree._Element, wide: etree._Element, head: Sequence[etree._Element]
) -> tuple[etree._Element, etree._Element]:
    if wide is element:
        copied = shell(element, head)
        return copied, copied
    root = shell(element, ())
    copied = shell(wide, head)
    for child in element:
        root.append(copied if child is wide else copy.deepcopy(child))
    return root, copied
