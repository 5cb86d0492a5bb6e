"""What the schemas of a contract call things, and how they explain them.

The compiled schema says yes or no; this says which type an element has, which values it may take
and what its documentation promises. Only what our contracts use is understood: named types,
sequences, choices, extension.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

XS = "http://www.w3.org/2001/XMLSchema"
_EXPECTED_CONTENT = "{http://www.w3.org/2005/05/xmlmime}expectedContentTypes"
_XS = f"{{{XS}}}"
_GROUPS = frozenset({f"{_XS}sequence", f"{_XS}choice", f"{_XS}all"})


@dataclass(frozen=True, slots=True)
class SimpleType:
    """A named simple type."""

    name: str
    """`{namespace}local`."""
    base: str
    documentation: str
    patterns: tuple[str, ...]
    values: Mapping[str, str]
    """Allowed values and their documentation; empty when the type is not an enumeration."""
    facets: Mapping[str, str]
    """Other facets by name: `maxLength`, `fractionDigits`."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """An element where it is declared."""

    tag: str
    type: str
    """`{namespace}local`; empty when the type has no name."""
    documentation: str
    required: bool
    repeated: bool
    """Whether it may occur without limit."""
    binary: bool
    """Whether it is made to travel as an MTOM part."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All declarations of a contract's schemas."""

    roots: Mapping[str, Declaration]
    """Global elements by tag."""
    simple: Mapping[str, SimpleType]
    complex: Mapping[str, tuple[Declaration, ...]]
    """Child elements by type, in schema order."""

    def find(self, tags: Sequence[str]) -> Declaration | None:
        """Return the element at the end of a way from a root, or None off the schema."""
        found = self.roots.get(tags[0])
        for tag in tags[1:]:
            if found is None:
                return None
            found = next((child for child in self.children(found) if child.tag == tag), None)
        return found

    def children(self, parent: Declaration) -> tuple[Declaration, ...]:
        """Return what may stand inside an element."""
        return self.complex.get(parent.type, ())

    def item_of(self, parent: Declaration) -> Declaration | None:
        """Return the one child that repeats without limit, if there is exactly one."""
        repeated = [child for child in self.children(parent) if child.repeated]
        return repeated[0] if len(repeated) == 1 else None

    def lineage(self, name: str) -> Iterator[SimpleType]:
        """Give a simple type and the types it restricts, nearest first."""
        while (found := self.simple.get(name)) is not None:
            yield found
            name = found.base

    def primitive(self, name: str) -> str:
        """Return the local name of the built-in type under a simple type."""
        for found in self.lineage(name):
            name = found.base
        return name.removeprefix(_XS) if name.startswith(_XS) else ""

    @property
    def binary_elements(self) -> frozenset[str]:
        """Tags of the elements that may travel as MTOM parts."""
        return frozenset(
            child.tag for children in self.complex.values() for child in children if child.binary
        )


def read_vocabulary(schemas: Iterable[etree._Element]) -> Vocabulary:
    """Gather the declarations of parsed schema documents."""
    documents = list(schemas)
    roots = {
        declaration.tag: declaration
        for schema in documents
        for declaration in (
            _declaration(child, repeated=False, required=True)
            for child in schema.iterchildren(f"{_XS}element")
        )
    }
    return Vocabulary(
        roots=MappingProxyType(roots),
        simple=MappingProxyType(
            {found.name: found for schema in documents for found in _simple_types(schema)}
        ),
        complex=MappingProxyType(_complex_types(documents, roots)),
    )


def documentation(element: etree._Element) -> str:
    """Return the Russian documentation of a schema component as one paragraph."""
    texts = (
        "".join(map(str, found.itertext()))
        for found in element.iterfind(f"{_XS}annotation/{_XS}documentation")
    )
    return " ".join(" ".join(texts).split())


def _simple_types(schema: etree._Element) -> Iterator[SimpleType]:
    for element in schema.iterchildren(f"{_XS}simpleType"):
        restriction = element.find(f"{_XS}restriction")
        if restriction is None:
            continue
        facets = [child for child in restriction if child.get("value") is not None]
        yield SimpleType(
            name=_global_name(element),
            base=_resolve(restriction, restriction.get("base", "")),
            documentation=documentation(element),
            patterns=tuple(f.get("value", "") for f in facets if f.tag == f"{_XS}pattern"),
            values=MappingProxyType(
                {
                    f.get("value", ""): documentation(f)
                    for f in facets
                    if f.tag == f"{_XS}enumeration"
                }
            ),
            facets=MappingProxyType(
                {
                    etree.QName(f).localname: f.get("value", "")
                    for f in facets
                    if f.tag not in {f"{_XS}pattern", f"{_XS}enumeration"}
                }
            ),
        )


def _complex_types(
    documents: Sequence[etree._Element], roots: Mapping[str, Declaration]
) -> dict[str, tuple[Declaration, ...]]:
    elements = {
        _global_name(element): element
        for schema in documents
        for element in schema.iterchildren(f"{_XS}complexType")
    }

    def content(element: etree._Element) -> tuple[Declaration, ...]:
        extension = element.find(f"{_XS}complexContent/{_XS}extension")
        if extension is None:
            return tuple(_particles(element, roots))
        base = elements.get(_resolve(extension, extension.get("base", "")))
        inherited = content(base) if base is not None else ()
        return inherited + tuple(_particles(extension, roots))

    return {name: content(element) for name, element in elements.items()}


def _particles(
    parent: etree._Element,
    roots: Mapping[str, Declaration],
    *,
    repeated: bool = False,
    required: bool = True,
) -> Iterator[Declaration]:
    for child in parent:
        many = repeated or child.get("maxOccurs") == "unbounded"
        must = required and child.get("minOccurs") != "0"
        if child.tag in _GROUPS:
            yield from _particles(
                child, roots, repeated=many, required=must and child.tag != f"{_XS}choice"
            )
        elif child.tag == f"{_XS}element":
            reference = child.get("ref")
            if reference is None:
                yield _declaration(child, repeated=many, required=must)
            elif (target := roots.get(_resolve(child, reference))) is not None:
                yield Declaration(
                    target.tag, target.type, target.documentation, must, many, target.binary
                )


def _declaration(element: etree._Element, *, repeated: bool, required: bool) -> Declaration:
    return Declaration(
        tag=_tag(element),
        type=_resolve(element, element.get("type", "")),
        documentation=documentation(element),
        required=required,
        repeated=repeated,
        binary=element.get(_EXPECTED_CONTENT) is not None,
    )


def _tag(element: etree._Element) -> str:
    """Return the name on the wire: forms of services often have local elements in no namespace."""
    schema = element.getroottree().getroot()
    form = element.get("form", schema.get("elementFormDefault", "unqualified"))
    if element.getparent() is schema or form == "qualified":
        return _global_name(element)
    return element.get("name", "")


def _global_name(element: etree._Element) -> str:
    schema = element.getroottree().getroot()
    return f"{{{schema.get('targetNamespace', '')}}}{element.get('name')}"


def _resolve(element: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{element.nsmap.get(prefix or None, '')}}}{local}" if name else ""
