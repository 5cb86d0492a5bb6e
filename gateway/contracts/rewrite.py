"""Turn a module drafted by xsdata into one that needs nothing but the standard library.

xsdata reads a type with a pattern as text and a date as its own class; the schema knows better.
Restored here: moments, dates and decimals; names of numeric codes; the whitespace rule of a
text; one class for a message and its type.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import xmlschema
from xmlschema.validators import XsdComplexType, XsdElement, XsdGroup, XsdType

ENUMERATION = "{http://www.w3.org/2001/XMLSchema}enumeration"

PYTHON_TYPES = {
    "dateTime": "datetime.datetime",
    "date": "datetime.date",
    "time": "datetime.time",
    "decimal": "Decimal",
}
"""What stands for a primitive type of XML Schema where xsdata wrote `str` or its own class."""

REPLACED = {"str", "XmlDateTime", "XmlDate", "XmlTime"}

IMPORTS = {
    "dataclasses": ("dataclass", "field"),
    "decimal": ("Decimal",),
    "enum": ("Enum", "IntEnum"),
}
OF_CODEC = {"gateway.contracts.markup": ("Markup",)}
"""What the codec has for what no type of the standard library can hold."""


@dataclass(frozen=True, slots=True)
class ElementFacts:
    """What the schema says of one element and xsdata does not carry over."""

    primitive: str | None
    """Local name of the primitive type; None when the element has children."""
    collapsed: bool
    """Spaces at the ends do not count, inner runs are one (xs:token)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the schema of one module says and xsdata does not carry over."""

    elements: Mapping[tuple[str, str], ElementFacts]
    """By names of the complex type and of its element."""
    members: Mapping[str, Mapping[str, str]]
    """By name of the enumeration: value to the `id` its author gave it."""
    numeric: frozenset[str]
    """Enumerations of numbers."""


def target_namespace(schema: Path) -> str:
    """Return the namespace that the schema file describes."""
    return str(_load(schema).target_namespace)


def read_facts(schema: Path) -> Facts:
    """Read from the schema file what xsdata loses."""
    types = {name: kind for name, kind in _load(schema).types.items() if name}
    enumerations = {name: kind for name, kind in types.items() if _values(kind)}
    return Facts(
        elements={
            (name, str(element.local_name)): _element_facts(element.type)
            for name, kind in types.items()
            for element in _elements(kind)
        },
        members={name: _values(kind) for name, kind in enumerations.items()},
        numeric=frozenset(
            name for name, kind in enumerations.items() if _primitive(kind) == "decimal"
        ),
    )


def _load(schema: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(schema), allow="local", defuse="always")


def _elements(kind: XsdType) -> Iterator[XsdElement]:
    if isinstance(kind, XsdComplexType) and isinstance(kind.content, XsdGroup):
        yield from (item for item in kind.content.iter_elements() if isinstance(item, XsdElement))


def _element_facts(kind: XsdType) -> ElementFacts:
    primitive = _primitive(kind)
    collapsed = primitive == "string" and getattr(kind, "white_space", None) == "collapse"
    return ElementFacts(primitive, collapsed)


def _primitive(kind: XsdType) -> str | None:
    primitive = getattr(kind, "primitive_type", None) if kind.is_simple() else None
    return primitive.local_name if primitive is not None else None


def _values(kind: XsdType) -> dict[str, str]:
    if not kind.is_simple():
        return {}
    return {item.get("value", ""): item.get("id", "") for item in kind.elem.iter(ENUMERATION)}


class Draft:
    """A module as xsdata wrote it."""

    def __init__(self, name: str, path: Path) -> None:
        """Read the module `name` from `path`."""
        self.name = name
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.imports = {
            node.module: [item.name for item in node.names]
            for node in self.tree.body
            if isinstance(node, ast.ImportFrom) and node.module
        }

    @property
    def namespace(self) -> str:
        """The target namespace that xsdata noted in the module."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__NAMESPACE__":
                return str(ast.literal_eval(node.value))
        raise ValueError(f"{self.name}: no __NAMESPACE__")

    def taken_from(self, module: str) -> frozenset[str]:
        """Return the names that this module takes from another one."""
        return frozenset(self.imports.get(module, ()))

    def finish(self, facts: Facts, modules: Mapping[str, str], shared: frozenset[str]) -> str:
        """Return the source, with `modules` renamed and the `shared` classes left by name."""
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        for node in classes:
            if _is_enumeration(node):
                _name_members(node, facts)
            else:
                _restore_types(node, facts)
        folded = list(_folded(classes, shared))
        for node in folded:
            if not _is_enumeration(node):
                _state_meta(node, self.namespace)
        others = {
            modules[module]: names for module, names in self.imports.items() if module in modules
        }
        return _module_source(self.namespace, others, folded)


def _is_enumeration(node: ast.ClassDef) -> bool:
    return bool(node.bases) and ast.unparse(node.bases[0]) in {"Enum", "IntEnum"}


def _name_members(node: ast.ClassDef, facts: Facts) -> None:
    """Call a member by the `id` of its enumeration; numbers make an IntEnum."""
    members = facts.members[node.name]
    if node.name in facts.numeric:
        node.bases = [ast.Name("IntEnum")]
    for item in node.body:
        if isinstance(item, ast.Assign):
            given = members[str(ast.literal_eval(item.value))]
            item.targets = [ast.Name(given)] if given else item.targets


def _restore_types(node: ast.ClassDef, facts: Facts) -> None:
    for item in _fields(node):
        metadata = _metadata(item)
        if _is_wildcard(metadata):
            _state_markup(item, metadata)
            continue
        given = _entry(metadata, "name")
        name = str(ast.literal_eval(given)) if given is not None else ast.unparse(item.target)
        element = facts.elements[node.name, name]
        kind = PYTHON_TYPES.get(element.primitive or "")
        if kind:
            item.annotation = _Substitution(kind).visit(item.annotation)
        if "Decimal" in ast.unparse(item.annotation):
            _restore_bounds(metadata)
        if element.collapsed:
            metadata.keys.append(ast.Constant("white_space"))
            metadata.values.append(ast.Constant("collapse"))


def _is_wildcard(metadata: ast.Dict) -> bool:
    kind = _entry(metadata, "type")
    return isinstance(kind, ast.Constant) and kind.value == "Wildcard"


def _state_markup(item: ast.AnnAssign, metadata: ast.Dict) -> None:
    """Say that any one element stands here, and that it has to: xs:any occurs once."""
    item.target = ast.Name("content")
    item.annotation = ast.Name("Markup")
    item.value = _expression(f"field(metadata={ast.unparse(metadata)})")


class _Substitution(ast.NodeTransformer):
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return _expression(self.kind) if node.id in REPLACED else node


def _expression(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def _restore_bounds(metadata: ast.Dict) -> None:
    for position, key in enumerate(metadata.keys):
        value = metadata.values[position]
        if _is_bound(key) and not isinstance(value, ast.Call):
            metadata.values[position] = _expression(f"Decimal({ast.unparse(value)})")


def _is_bound(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and str(key.value).endswith("clusive")


def _fields(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [item for item in node.body if isinstance(item, ast.AnnAssign)]


def _metadata(item: ast.AnnAssign) -> ast.Dict:
    if isinstance(item.value, ast.Call):
        for argument in item.value.keywords:
            if argument.arg == "metadata" and isinstance(argument.value, ast.Dict):
                return argument.value
    raise ValueError(f"{ast.unparse(item)}: no metadata")


def _entry(metadata: ast.Dict, name: str) -> ast.expr | None:
    for key, value in zip(metadata.keys, metadata.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == name:
            return value
    return None


def _folded(classes: list[ast.ClassDef], shared: frozenset[str]) -> Iterator[ast.ClassDef]:
    """Give a message the fields of its type when nothing else is of that type."""
    names = {node.name: node for node in classes}
    used = {name for node in classes for name in _referred(node)} | shared
    base_of = {node.name: ast.unparse(node.bases[0]) for node in classes if node.bases}
    merged = {name: base for name, base in base_of.items() if base in names.keys() - used}
    for node in classes:
        if node.name in merged:
            node.bases = []
            node.body = [*_meta(node), *_fields(names[merged[node.name]])]
        if node.name not in merged.values():
            yield node


def _referred(node: ast.ClassDef) -> set[str]:
    """Names of classes in the fields of a class; its own base does not count."""
    return {
        part.id
        for item in _fields(node)
        for part in ast.walk(item.annotation)
        if isinstance(part, ast.Name)
    }


def _meta(node: ast.ClassDef) -> list[ast.stmt]:
    return [item for item in node.body if isinstance(item, ast.ClassDef)]


def _state_meta(node: ast.ClassDef, namespace: str) -> None:
    """Say the element or type name and the namespace in every class, not only where they vary."""
    declared = f"class Meta:\n    name = {node.name!r}\n    namespace = {namespace!r}"
    node.body = [*ast.parse(declared).body, *_fields(node)]


def _module_source(
    namespace: str, others: Mapping[str, Iterable[str]], classes: list[ast.ClassDef]
) -> str:
    used = {part.id for node in classes for part in ast.walk(node) if isinstance(part, ast.Name)}
    public = sorted(node.name for node in classes)
    return "\n\n".join(
        (
            f'"""Messages of {namespace}.\n\nMade by `make messages`, not by hand.\n"""',
            ("import datetime\n" if "datetime" in used else "")
            + _import_lines(_taken(used, IMPORTS)),
            _import_lines({**others, **_taken(used, OF_CODEC)}),
            f"__all__ = {public!r}",
            f"__NAMESPACE__ = {namespace!r}",
            *(ast.unparse(node) for node in classes),
        )
    )


def _taken(used: Iterable[str], offered: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {module: sorted(set(used).intersection(names)) for module, names in offered.items()}


def _import_lines(names: Mapping[str, Iterable[str]]) -> str:
    return "\n".join(
        f"from {module} import {', '.join(sorted(given))}"
        for module, given in names.items()
        if given
    )


def public_names(source: str) -> list[str]:
    """Return the classes that a finished module offers."""
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def package_source(modules: Mapping[str, Iterable[str]]) -> str:
    """Return the `__init__` that offers the given names of the given modules."""
    public = sorted(name for names in modules.values() for name in names)
    return "\n\n".join(
        (
            '"""Typed messages; made by `make messages`, not by hand."""',
            *(
                f"from {module} import {', '.join(sorted(names))}"
                for module, names in modules.items()
            ),
            f"__all__ = {public!r}",
        )
    )
