"""An XML document of the evidence: read once, asked many times, every place told exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeGuard

from lxml import etree

from gateway.conformance.errors import StandBroken
from gateway.kernel.xml import exact_line, has_doctype, make_parser
from gateway.soap.parse import HUB_NAMESPACE, MESSAGE_HEADER, Version

MOST_BYTES = 64 * 1024 * 1024
MOST_NODES = 1_000_000
"""Nodes that one path may find."""

_FAULT_CODE = f".//{{{HUB_NAMESPACE}}}HubFault/{{{HUB_NAMESPACE}}}code"


class NotXml(Exception):
    """The octets are no XML document; whose fault that is, the document knows."""


@dataclass(frozen=True)
class Document:
    """A request, a reply or a prepared file."""

    name: str
    """In Russian, for the protocol: «запрос 3-17»."""
    data: bytes | None = field(repr=False)
    """None when there is none."""
    ours: bool
    """Whether the stand made it: then what is wrong with it is the stand's fault."""
    believed: bool = True
    """False: a DOCTYPE is passed over, for it is only asked which message this is."""

    @cached_property
    def root(self) -> etree._Element:
        """The root element; raises NotXml, or StandBroken when it is ours or too large to judge."""
        if self.data is None:
            raise self._unreadable("содержимое не сохранено")
        if len(self.data) > MOST_BYTES:
            raise StandBroken(f"{self.name}: больше {MOST_BYTES // 1024 // 1024} МиБ.")
        try:
            root = etree.fromstring(self.data, make_parser())
        except etree.XMLSyntaxError as error:
            raise self._unreadable(f"не XML, строка {error.lineno}") from error
        if self.believed and has_doctype(root):
            raise self._unreadable("DOCTYPE не допускается")
        return root

    @cached_property
    def payload(self) -> etree._Element:
        """The child of the SOAP body; the root where there is no envelope."""
        for version in Version:
            if self.root.tag == f"{{{version.value}}}Envelope":
                body = self.root.find(f"{{{version.value}}}Body")
                children = [] if body is None else body.findall("*")
                if len(children) != 1:
                    raise self._unreadable("в Body не один элемент")
                return children[0]
        return self.root

    @cached_property
    def header(self) -> etree._Element | None:
        """`hub:MessageHeader`."""
        return self.root.find(f"./*/{MESSAGE_HEADER}")

    @cached_property
    def fault_code(self) -> str | None:
        """Code of `hub:HubFault`, or the fault code of SOAP; None when it is no fault."""
        if etree.QName(self.payload).localname != "Fault":
            return None
        code = self.payload.find(_FAULT_CODE)
        return (code.text or "").strip() if code is not None else "Fault"

    def find(self, path: etree.XPath, variables: Mapping[str, str]) -> Sequence[object]:
        """Return what a path finds: elements, or texts of attributes and computed values."""
        try:
            found = path(self.root, **variables)
        except etree.XPathError as error:
            raise StandBroken(f"XPath не вычисляется: {error}") from error
        nodes: Sequence[object] = found if isinstance(found, list) else [_text_of(found)]
        if len(nodes) > MOST_NODES:
            raise StandBroken(f"XPath нашёл больше {MOST_NODES} узлов.")
        return nodes

    def line(self, node: object) -> int | None:
        """Return the line where an element begins."""
        if not _is_element(node) or self.data is None:
            return None
        return exact_line(node, self.data)

    def place(self, node: object) -> str | None:
        """Return the way to an element, readable without prefixes: `/Envelope/Body/X/line[3]`."""
        if not _is_element(node):
            return None
        steps = [node, *node.iterancestors("*")]
        return "".join(f"/{_step(element)}" for element in reversed(steps))

    def _unreadable(self, why: str) -> Exception:
        text = f"{self.name}: {why}"
        return StandBroken(f"{text}.") if self.ours else NotXml(text)


def text_of(node: object) -> str:
    """Return the text of a node without the white space around it."""
    if _is_element(node):
        return "".join(map(str, node.itertext())).strip()
    return str(node).strip()


def _is_element(node: object) -> TypeGuard[etree._Element]:
    return etree.iselement(node)


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _step(element: etree._Element) -> str:
    tag = str(element.tag)
    name = etree.QName(element).localname
    before = sum(1 for _ in element.itersiblings(tag, preceding=True))
    alone = before == 0 and next(element.itersiblings(tag), None) is None
    return name if alone else f"{name}[{before + 1}]"
