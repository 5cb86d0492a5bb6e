"""Forms as XML by `xsd/documents` and back: the same facts for machines (D, general)."""

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from lxml import etree

from gateway.contracts import files, lexical
from gateway.contracts.schema import Schema
from gateway.documents.errors import DocumentInvalid
from gateway.documents.form import Form, Identity, Value
from gateway.documents.forms import FORMS
from gateway.kernel.ports import LOCAL
from gateway.kernel.xml import has_doctype, parser

NAMESPACE = "urn://x-artefacts-citto-72/documents/1.0"
SCHEMA = "xsd/documents/1.0/documents.xsd"


def to_xml(form: Form, identity: Identity) -> bytes:
    """Return the document as XML, always the same bytes for the same facts.

    Raises DocumentInvalid with the names of the fields that the schema refuses.
    """
    root = etree.Element(_tag(type(form).__name__), nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the stubs forget the default namespace
    try:
        _write(identity, etree.SubElement(root, _tag("identity")))
        _write(form, root)
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise DocumentInvalid(f"Документ не записать как XML: {error}") from error
    _validate(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def from_xml(data: bytes) -> tuple[Form, Identity]:
    """Read a document; raise DocumentInvalid for anything but a valid one."""
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        raise DocumentInvalid(f"Это не XML: {error.msg}") from error
    if has_doctype(root):
        raise DocumentInvalid("В документе есть DOCTYPE: такие узел не читает.")
    _validate(root)
    form = {_tag(form.__name__): form for form in FORMS.values()}[str(root.tag)]
    try:
        return _read(form, list(root)[1:]), _read(Identity, root[0])
    except (ValueError, ArithmeticError) as error:
        raise DocumentInvalid(f"Значение не прочесть: {error}") from error


def _validate(root: etree._Element) -> None:
    breaches = _schema().breaches(root)
    if breaches:
        places = sorted({_place(root, breach.path) for breach in breaches})
        raise DocumentInvalid(f"Не соответствует форме: {', '.join(places)}.")


@cache
def _schema() -> Schema:
    published = files.locate()
    return Schema(SCHEMA, published.read(SCHEMA), published.root)


def _place(root: etree._Element, path: str) -> str:
    """Name the element at libxml2's path, without its value."""
    found: Any = root.getroottree().xpath(path)
    return etree.QName(found[0]).localname if found else path


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


@dataclass(frozen=True, slots=True)
class _Slot:
    """One field and the element it is written as."""

    name: str
    tag: str
    type: Any
    many: bool


@cache
def _slots(cls: type[Any]) -> tuple[_Slot, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(_slot(item, hints[item.name]) for item in fields(cls))


def _slot(item: Field[Any], hint: Any) -> _Slot:  # noqa: ANN401 -- a type in any notation
    many = typing.get_origin(hint) is tuple
    if many:
        hint = typing.get_args(hint)[0]
    elif isinstance(hint, types.UnionType):
        (hint,) = (kind for kind in typing.get_args(hint) if kind is not types.NoneType)
    first, *others = item.name.split("_")
    local = first + "".join(word.capitalize() for word in others)
    return _Slot(item.name, _tag(item.metadata.get("element", local)), hint, many)


def _write_moment(value: datetime) -> str:
    """Write to the microsecond: a protocol tells the moments of the journal."""
    if value.tzinfo is None:
        raise ValueError("время без часового пояса")
    return value.astimezone(LOCAL).isoformat()


_KOPECK = Decimal("0.01")

_WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    bool: lexical.write_boolean,
    date: date.isoformat,
    datetime: _write_moment,
    Decimal: lambda value: lexical.write_places(value, _KOPECK),
    UUID: str,
}

_READERS: Mapping[type, Callable[[str], Any]] = {
    str: lexical.collapse,
    int: int,
    bool: lambda text: lexical.BOOLEANS[text],
    date: lexical.read_day,
    datetime: lexical.read_moment,
    Decimal: Decimal,
    UUID: UUID,
}


def _write(value: Value | Identity, element: etree._Element) -> None:
    for slot in _slots(type(value)):  # type: ignore[arg-type]  # classes are hashable
        held = getattr(value, slot.name)
        for item in held if slot.many else () if held is None else (held,):
            child = etree.SubElement(element, slot.tag)
            if issubclass(slot.type, Value):
                _write(item, child)
            elif issubclass(slot.type, Enum):
                child.text = item.name
            else:
                child.text = _WRITERS[slot.type](item)


def _read(cls: type[Any], children: Any) -> Any:  # noqa: ANN401 -- an element or a part of its children
    found: dict[str, list[etree._Element]] = {}
    for child in children:
        found.setdefault(str(child.tag), []).append(child)
    return cls(**dict(_arguments(cls, found)))


def _arguments(
    cls: type[Any], found: Mapping[str, list[etree._Element]]
) -> Iterator[tuple[str, Any]]:
    for slot in _slots(cls):  # type: ignore[arg-type]  # classes are hashable
        values = tuple(_value(slot.type, child) for child in found.get(slot.tag, ()))
        if slot.many:
            yield slot.name, values
        else:
            yield slot.name, values[0] if values else None


def _value(kind: Any, element: etree._Element) -> Any:  # noqa: ANN401 -- by the kind
    if issubclass(kind, Value):
        return _read(kind, element)
    text = element.text or ""
    if issubclass(kind, Enum):
        return kind[lexical.collapse(text)]
    return _READERS[kind](text)
