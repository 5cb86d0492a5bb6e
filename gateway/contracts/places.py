"""Where in a message something is, in words a programmer can follow: `/Request/line[3]/amount`."""

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from gateway.contracts.vocabulary import Declaration, Vocabulary
from gateway.contracts.windows import Window
from gateway.kernel.xml import line_of

_STEP = re.compile(r"(?:([^:@\[\]]+):)?([^:@\[\]]+)(?:\[(\d+)\])?")
_NOTHING_SKIPPED: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class Place:
    """An element of a message and the way to it."""

    element: etree._Element
    parent: Declaration | None
    """What the schema says of the element around it."""
    declaration: Declaration | None
    """What the schema says of the element; None when it may not stand here."""
    path: str
    line: int | None


def find_place(window: Window, vocabulary: Vocabulary, path: str) -> Place:
    """Follow libxml2's path (`/*/*[3]/p:line[2]`) from the root of the window."""
    element, parent = window.root, None
    declaration = vocabulary.roots.get(str(element.tag))
    readable = "/" + etree.QName(element).localname
    for step in path.split("/")[2:]:
        child = _child(element, step)
        if child is None:
            break
        skipped = window.skipped if element is window.wide else _NOTHING_SKIPPED
        parent, declaration = declaration, _declared(vocabulary, declaration, child)
        readable += "/" + _named(child, declaration, skipped)
        element = child
    return Place(element, parent, declaration, readable, line_of(element))


def _child(element: etree._Element, step: str) -> etree._Element | None:
    matched = _STEP.fullmatch(step)
    if matched is None:
        return None  # an attribute: the element is the place
    prefix, name, position = matched.groups()
    # In a default namespace libxml2 writes `*[n]` and counts all elements.
    found = [
        child
        for child in element
        if isinstance(child.tag, str)
        and (name == "*" or (child.prefix == prefix and etree.QName(child).localname == name))
    ]
    index = int(position or 1) - 1
    return found[index] if index < len(found) else None


def _declared(
    vocabulary: Vocabulary, parent: Declaration | None, child: etree._Element
) -> Declaration | None:
    children = vocabulary.children(parent) if parent is not None else ()
    return next((known for known in children if known.tag == child.tag), None)


def _named(child: etree._Element, declaration: Declaration | None, skipped: Counter[str]) -> str:
    name, tag = etree.QName(child).localname, str(child.tag)
    before = sum(1 for _ in child.itersiblings(tag, preceding=True)) + skipped[tag]
    alone = before == 0 and next(child.itersiblings(tag), None) is None
    if alone and not (declaration is not None and declaration.repeated):
        return name
    return f"{name}[{before + 1}]"
