"""A message before cryptography: its markup is counted, its ids are known, nothing is believed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from gateway.security.errors import Reason, SignatureRefused
from gateway.security.policy import Limits
from gateway.soap.parse import WSU_NAMESPACE

WSU = WSU_NAMESPACE
WSU_ID = f"{{{WSU}}}Id"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_ALWAYS_IDS = (WSU_ID, XML_ID)
_PERHAPS_IDS = ("Id", "ID", "id")
_IDS = frozenset({*_ALWAYS_IDS, *_PERHAPS_IDS})
_FRAGMENT = re.compile(r"#([^\W\d][\w.\-]{0,255})")


@dataclass(frozen=True, slots=True)
class Document:
    """The elements of a message by their ids."""

    root: etree._Element
    _by_id: dict[str, list[etree._Element]]

    def find(self, uri: str | None) -> etree._Element:
        """Return the one element that `#id` names; raise SignatureRefused.

        Nothing but a bare name is followed: no empty URI, no xpointer, no address.
        """
        fragment = _FRAGMENT.fullmatch(uri or "")
        if fragment is None:
            raise SignatureRefused(Reason.REFERENCE_URI, uri or "")
        found = self._by_id.get(fragment[1], [])
        if not found:
            raise SignatureRefused(Reason.REFERENCE_UNKNOWN, fragment[1])
        if len(found) > 1:
            raise SignatureRefused(Reason.REFERENCE_AMBIGUOUS, fragment[1])
        return found[0]


def survey(root: etree._Element, limits: Limits) -> Document:
    """Count the markup, then index the ids; raise SignatureRefused.

    `wsu:Id` and `xml:id` are ids wherever they stand, and no other element may have the like.
    `Id`, `ID` and `id` may be data of a payload; among themselves they must be unique only when a
    reference asks for them.
    """
    measures = _measures(limits)
    if measures.has_instruction(root):
        raise SignatureRefused(Reason.INSTRUCTION)
    if measures.has_too_much(root):
        raise SignatureRefused(Reason.LIMIT, "elements, attributes, ids, depth or names")
    _count_declarations(root, limits)
    by_id: dict[str, list[etree._Element]] = {}
    unique: set[str] = set()
    for found in measures.ids(root):
        if found.attrname not in _IDS:
            continue
        value = str(found)
        holders = by_id.setdefault(value, [])
        if found.attrname in _ALWAYS_IDS:
            unique.add(value)
        if holders and value in unique:
            raise SignatureRefused(Reason.REFERENCE_AMBIGUOUS, value)
        holders.append(found.getparent())
    return Document(root, by_id)


@dataclass(frozen=True, slots=True)
class _Measures:
    """Questions that libxml2 answers in one walk each, in C."""

    has_instruction: Callable[[etree._Element], Any]
    has_too_much: Callable[[etree._Element], Any]
    ids: Callable[[etree._Element], Any]
    """Attributes, each a string that knows its element. The step back to the elements (`/..`) is
    what libxml2 takes quadratic time for."""


@cache
def _measures(limits: Limits) -> _Measures:
    long = f"[string-length(local-name()) > {limits.name}]"
    # Body is the last child of an Envelope.
    outside = "/*/*[position() < last()]/descendant-or-self::*"
    ids = "//@*[local-name() = 'Id' or local-name() = 'ID' or local-name() = 'id']"
    crowded = f"//@*[{limits.attributes + 1}] or ({ids})[{limits.ids + 1}]"
    too_much = f"count(//*) > {limits.elements} or {'/*' * (limits.depth + 1)} or {outside}{long}"
    return _Measures(
        has_instruction=etree.XPath("boolean(//processing-instruction())"),
        has_too_much=etree.XPath(f"boolean({too_much} or {crowded} or //@*{long})"),
        ids=etree.XPath(ids),
    )


def _count_declarations(root: etree._Element, limits: Limits) -> None:
    """Count namespace declarations: they are what makes canonicalization costly."""
    declared = [pair for _, pair in etree.iterwalk(root, events=("start-ns",))]
    if len(declared) <= limits.declarations:
        return
    if len(set(declared)) > limits.all_declarations:
        raise SignatureRefused(Reason.LIMIT, "namespace declarations")
    in_a_row = 0
    for event, _ in etree.iterwalk(root, events=("start-ns", "start")):
        in_a_row = in_a_row + 1 if event == "start-ns" else 0
        if in_a_row > limits.declarations:
            raise SignatureRefused(Reason.LIMIT, "namespace declarations of one element")
