"""The structure of a contract's messages as people and sample messages need it.

The vocabulary answers what an element is called and explained; this also keeps how many times it
stands, and which elements exclude each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from lxml import etree

from gateway.contracts.catalog import Contract
from gateway.contracts.vocabulary import XS, documentation
from gateway.kernel.xml import make_parser

_XS = f"{{{XS}}}"
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_ADDRESSES = {
    "{http://schemas.xmlsoap.org/wsdl/soap/}address": "SOAP 1.1",
    "{http://schemas.xmlsoap.org/wsdl/soap12/}address": "SOAP 1.2",
}


@dataclass(frozen=True, slots=True)
class Field:
    """An element where it stands in a message."""

    tag: str
    """`{namespace}local`."""
    type: str
    """`{namespace}local`."""
    documentation: str
    required: bool
    """For the alternatives of a choice: whether one of them must stand."""
    most: int | None
    """How many times it may stand at most; None is without limit."""
    choice: tuple[int, int] | None
    """Number of the choice among those of the parent, and of the branch inside it."""
    children: tuple["Field", ...]

    @property
    def name(self) -> str:
        """Local name of the element."""
        return etree.QName(self.tag).localname


@dataclass(frozen=True, slots=True)
class Port:
    """A port of the service as clients name it."""

    name: str
    soap: str
    """`SOAP 1.1` or `SOAP 1.2`."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All elements that a contract declares globally, with everything inside them."""

    elements: Mapping[str, Field]
    """By tag."""
    ports: tuple[Port, ...]
    remarks: str
    """What the WSDL says of itself; changes since the last version are told here."""

    def documents(self, contract: Contract) -> Iterator[Field]:
        """Give the contract's own elements that are not a message: roots of attached files."""
        messages = {
            tag
            for operation in contract.operations
            for tag in (operation.request, operation.response)
        }
        for tag, field in self.elements.items():
            if tag.startswith(f"{{{contract.namespace}}}") and tag not in messages:
                yield field


def read_outline(contract: Contract) -> Outline:
    """Read the structure out of the contract's documents."""
    parsed = {
        name: etree.fromstring(data, make_parser()) for name, data in contract.documents.items()
    }
    definitions = parsed.pop(contract.wsdl)
    return Outline(
        elements=_Schemas(list(parsed.values())).elements(),
        ports=tuple(
            Port(port.get("name", ""), soap)
            for port in definitions.iterfind(f"{_WSDL}service/{_WSDL}port")
            for tag, soap in _ADDRESSES.items()
            if port.find(tag) is not None
        ),
        remarks=" ".join(definitions.findtext(f"{_WSDL}documentation", "").split()),
    )


class _Schemas:
    """Parsed schema documents, and a way through them."""

    def __init__(self, documents: list[etree._Element]) -> None:
        self._documents = documents
        self._types = {
            _global_name(found): found
            for document in documents
            for found in document.iterchildren(f"{_XS}complexType")
        }
        self._roots = {
            _global_name(found): found
            for document in documents
            for found in document.iterchildren(f"{_XS}element")
        }

    def elements(self) -> dict[str, Field]:
        return {tag: self._field(found, frozenset()) for tag, found in self._roots.items()}

    def _field(self, element: etree._Element, way: frozenset[str]) -> Field:
        declared = element
        if (reference := element.get("ref")) is not None:
            declared = self._roots[_resolve(element, reference)]
        type_ = _resolve(declared, declared.get("type", ""))
        most = element.get("maxOccurs", "1")
        return Field(
            tag=_global_name(declared),
            type=type_,
            documentation=documentation(element) or documentation(declared),
            required=element.get("minOccurs") != "0",
            most=None if most == "unbounded" else int(most),
            choice=None,
            # A type inside itself is named, not expanded for ever.
            children=() if type_ in way else self._content(type_, way | {type_}),
        )

    def _content(self, type_: str, way: frozenset[str]) -> tuple[Field, ...]:
        found = self._types.get(type_)
        if found is None:
            return ()
        extension = found.find(f"{_XS}complexContent/{_XS}extension")
        if extension is None:
            return tuple(self._particles(found, way, count()))
        inherited = self._content(_resolve(extension, extension.get("base", "")), way)
        return inherited + tuple(self._particles(extension, way, count(len(inherited))))

    def _particles(
        self, parent: etree._Element, way: frozenset[str], choices: Iterator[int]
    ) -> Iterator[Field]:
        for child in parent:
            if child.tag == f"{_XS}element":
                yield self._field(child, way)
            elif child.tag in {f"{_XS}sequence", f"{_XS}all"}:
                yield from self._group(child, self._particles(child, way, choices))
            elif child.tag == f"{_XS}choice":
                yield from self._group(child, self._alternatives(child, way, next(choices)))

    def _alternatives(
        self, choice: etree._Element, way: frozenset[str], number: int
    ) -> Iterator[Field]:
        branches = [child for child in choice if child.tag != f"{_XS}annotation"]
        for branch, child in enumerate(branches):
            found = (
                [self._field(child, way)]
                if child.tag == f"{_XS}element"
                else self._particles(child, way, count())
            )
            for field in found:
                yield replace(field, choice=(number, branch))

    def _group(self, group: etree._Element, fields: Iterator[Field]) -> Iterator[Field]:
        """Hand down to the fields what is said of their group."""
        optional = group.get("minOccurs") == "0"
        unbounded = group.get("maxOccurs") == "unbounded"
        for field in fields:
            yield replace(
                field,
                required=field.required and not optional,
                most=None if unbounded else field.most,
            )


def _global_name(element: etree._Element) -> str:
    schema = element.getroottree().getroot()
    return f"{{{schema.get('targetNamespace', '')}}}{element.get('name')}"


def _resolve(element: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{element.nsmap.get(prefix or None, '')}}}{local}" if name else ""
