"""The transform `urn://smev-gov-ru/xmldsig/transform` of SMEV 3, after the published reference.

It gives every namespace a prefix of its own making, in document order, so that a signature survives
other prefixes and indentation. What it does not protect: white space between elements, prefixes
inside values (`xsi:type="p:T"`), processing instructions. Whoever verifies refuses the last ones.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from functools import lru_cache

from lxml import etree

_XML = "http://www.w3.org/XML/1998/namespace"
_WHITE = " \t\r\n"
"""What trim() of Java takes away; strip() of Python would take U+00A0 as well."""
_SHORT = 12
"""Woodstox writes texts of fewer UTF-16 units than this one by one ..."""
_CHUNK = 512
"""... and longer ones by so many at once."""
_TEXT = {"&": "&amp;", "<": "&lt;", "\r": "&#xd;", ">": "&gt;"}
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xa;", "\r": "&#xd;"}
)
_SPECIAL = re.compile(r'[&<"\t\n\r]')
_ALWAYS = re.compile(r"[&<>\r]")
_SHORT_TEXT = re.compile(r"[&<\r]|\A>|(?<=\])>")
_CHUNK_TEXT = re.compile(r"[&<\r]|(?:\A|(?<=[\]&<\r]))>+")


class Untransformable(Exception):
    """What the transform cannot carry or must not pass over; the message names it."""


class Greater(Enum):
    """How `>` is written in texts: all that the programs of senders differ in."""

    WOODSTOX = "where Woodstox, below the reference implementation, escapes it"
    ALWAYS = "escaped, as in canonical XML"


def transform(element: etree._Element, greater: Greater = Greater.WOODSTOX) -> bytes:
    """Return the octets that stand for an element; raise Untransformable.

    Exclusive canonicalization goes before this transform, and all it would do is done here:
    comments are dropped, CDATA is text, unused declarations do not count.
    """
    escape = _woodstox if greater is Greater.WOODSTOX else _always
    return "".join(_pieces(element, escape)).encode("utf-8")


def spellings(element: etree._Element) -> Iterator[bytes]:
    """Give what a sender may have digested, the likely one first; raise Untransformable."""
    likely = transform(element)
    yield likely
    other = transform(element, Greater.ALWAYS)
    if other != likely:
        yield other


def _pieces(root: etree._Element, escape: Callable[[str], str]) -> Iterator[str]:
    prefixes: dict[str, str] = {}
    opened: list[tuple[str, list[str]]] = []
    """Names of the elements around, and the namespaces that each of them declares."""
    made = 0
    text = ""
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "comment":
            text += node.tail or ""
            continue
        if text and text.strip(_WHITE):
            yield escape(text)
        if event == "end":
            name, declared = opened.pop()
            yield f"</{name}>"
            for uri in declared:
                del prefixes[uri]
            text = node.tail or ""
            continue
        uri, local, attributes = _names(event, node)
        declared = []
        for needed in (uri, *(attribute[0] for attribute in attributes)):
            if needed and needed not in prefixes:
                made += 1
                prefixes[needed] = f"ns{made}"
                declared.append(needed)
        name = f"{prefixes[uri]}:{local}"
        opened.append((name, declared))
        yield f"<{name}"
        for uri in declared:
            yield f' xmlns:{prefixes[uri]}="{_quoted(uri)}"'
        for uri, local, value in attributes:
            prefix = f"{prefixes[uri]}:" if uri else ""
            yield f' {prefix}{local}="{_quoted(value)}"'
        yield ">"
        text = node.text or ""


def _names(event: str, node: etree._Element) -> tuple[str, str, list[tuple[str, str, str]]]:
    """Return namespace and local name, and the attributes in their order."""
    tag: object = node.tag
    if event == "pi" or not isinstance(tag, str):
        raise Untransformable("a processing instruction or an entity reference")
    uri, local = _split(tag)
    if not uri:
        raise Untransformable(f"the element {local} without a namespace")
    items = node.items()
    if not items:
        return uri, local, []
    attributes = [(*_split(str(name)), str(value)) for name, value in items]
    if any(attribute[0] == _XML for attribute in attributes):
        raise Untransformable(f"an attribute xml:* of {local}")
    if len(attributes) > 1:
        attributes.sort(key=_order)
    return uri, local, attributes


@lru_cache(1024)
def _split(name: str) -> tuple[str, str]:
    if name[0] != "{":
        return "", name
    uri, _, local = name[1:].rpartition("}")
    return uri, local


def _order(attribute: tuple[str, str, str]) -> tuple[bool, bytes, bytes]:
    """Order qualified attributes before the others, each as Java compares strings."""
    uri, local, _ = attribute
    return not uri, uri.encode("utf-16-be"), local.encode("utf-16-be")


def _quoted(value: str) -> str:
    return value.translate(_ATTRIBUTE) if _SPECIAL.search(value) else value


def _always(text: str) -> str:
    return _ALWAYS.sub(_escaped, text)


def _woodstox(text: str) -> str:
    if ">" not in text:
        return _always(text)
    if _units(text) < _SHORT:
        return _SHORT_TEXT.sub(_escaped, text)
    written = "".join(_CHUNK_TEXT.sub(_escaped, chunk) for chunk in _chunks(text))
    return written.encode("utf-16", "surrogatepass").decode("utf-16")


def _escaped(match: re.Match[str]) -> str:
    run = match[0]
    return _TEXT[run[0]] * len(run)


def _units(text: str) -> int:
    return len(text) if max(text) < "\U00010000" else len(text.encode("utf-16-le")) // 2


def _chunks(text: str) -> Iterator[str]:
    """Cut a text as Java would, even between the halves of a surrogate pair."""
    if max(text) < "\U00010000":
        yield from (text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK))
        return
    octets = text.encode("utf-16-le")
    for start in range(0, len(octets), 2 * _CHUNK):
        yield octets[start : start + 2 * _CHUNK].decode("utf-16-le", "surrogatepass")
