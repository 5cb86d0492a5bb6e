"""Writes the source of a decoder: children are taken in schema order, each checked by its tag.

Items that repeat may be read by place: one with all the children that its class knows has them
in the order of the schema that it was held against.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Protocol

from lxml import etree

from gateway.contracts import lexical
from gateway.contracts.errors import CodecMismatch
from gateway.contracts.markup import Markup
from gateway.contracts.shape import Member, Where, shape_of
from gateway.kernel.errors import Finding, ValidationError
from gateway.kernel.xml import line_of

_TEXTS = {
    str: "({} or '')",
    bytes: "read_octets({})",
    bool: "BOOLEANS[{}]",
    int: "int({})",
    Decimal: "Decimal({})",
    dt.datetime: "read_moment({})",
    dt.date: "read_day({})",
    dt.time: "read_time({})",
}


_OF_ITS_OWN = (Where.ATTRIBUTE, Where.TEXT)


class DecoderOf(Protocol):
    """Gives the decoder of a member that is a message itself."""

    def __call__(self, cls: type, *, many: bool) -> Callable[[etree._Element], Any]:
        """Return the decoder of `cls`, of which the member holds one or `many`."""
        ...


class End:
    """What comes after the last child."""

    tag = None


def name_of(cls: type) -> str:
    """Return the name of the decoder's function."""
    return f"decode_{cls.__name__}"


def source_of(cls: type, decoder: DecoderOf, *, by_place: bool) -> tuple[str, dict[str, Any]]:
    """Return the source of a decoder and the names it uses; `decoder` gives those of members.

    `by_place` reads an element in which no child is missing without looking at their tags.
    """
    names: dict[str, Any] = {
        "Decimal": Decimal,
        "BOOLEANS": lexical.BOOLEANS,
        "collapse": lexical.collapse,
        "read_day": lexical.read_day,
        "read_moment": lexical.read_moment,
        "read_time": lexical.read_time,
        "read_octets": lexical.read_octets,
        "read_markup": Markup.of,
        "Message": cls,
        "new": object.__new__,
        "END": End,
        "misfit": _misfit,
        "unreadable": _unreadable,
    }
    lines = [
        f"def {name_of(cls)}(element):",
        "    message = new(Message)",
        "    child = element",
        "    try:",
    ]
    members = shape_of(cls).members
    for member in members:
        names |= _names(member, decoder)
        if member.where in _OF_ITS_OWN:
            lines += _indent(_lines_of_own(member))
    children = [member for member in members if member.where not in _OF_ITS_OWN]
    if by_place and children and not any(member.many for member in children):
        lines += _indent(_lines_by_place(children))
    lines += _indent(["children = iter(element)", "child = next(children, END)"])
    for member in children:
        lines += _indent(_lines_of_child(member))
    lines += _indent(["if child is not END:", "    raise misfit(Message, element, child)"])
    lines += [
        "    except (ValueError, ArithmeticError) as error:",
        "        raise unreadable(child) from error",
        "    return message",
    ]
    return "\n".join(lines) + "\n", names


def _names(member: Member, decoder: DecoderOf) -> dict[str, Any]:
    kind = member.type
    if kind in _TEXTS or kind is Markup:
        return {}
    if issubclass(kind, IntEnum):
        return {f"of_{member.name}": lexical.members_by_number(kind)}
    if issubclass(kind, Enum):
        return {f"of_{member.name}": lexical.members_by_text(kind)}
    if member.where is not Where.ELEMENT:
        raise CodecMismatch(f"{member.name}: {kind} cannot be a text")
    return {f"of_{member.name}": decoder(kind, many=member.many)}


def _value(member: Member, text: str) -> str:
    """Return the expression of one value."""
    kind = member.type
    if kind is Markup:
        return "read_markup(child)"
    if kind is str and member.collapsed:
        return f"collapse({text})"
    if kind in _TEXTS:
        return _TEXTS[kind].format(text)
    if issubclass(kind, IntEnum):
        return f"of_{member.name}[int({text})]"
    if issubclass(kind, Enum):
        return f"of_{member.name}[{text}]"
    return f"of_{member.name}(child)"


def _lines_of_own(member: Member) -> Iterator[str]:
    """Give the lines of an attribute or of the element's text."""
    if member.where is Where.TEXT:
        yield f"message.{member.name} = {_value(member, 'element.text')}"
        return
    yield f"text = element.get({member.tag!r})"
    if member.optional:
        yield f"message.{member.name} = None if text is None else {_value(member, 'text')}"
    else:
        yield f"message.{member.name} = {_value(member, 'text')}"


def _lines_by_place(children: list[Member]) -> Iterator[str]:
    """Give the lines that read an element in which no child is missing."""
    places = [f"at_{member.name}" for member in children]
    yield f"if len(element) == {len(children)}:"
    yield f"    {', '.join(places)}, = element"
    for place, member in zip(places, children, strict=True):
        yield f"    child = {place}"
        yield f"    message.{member.name} = {_value(member, 'child.text')}"
    yield "    return message"


def _lines_of_child(member: Member) -> Iterator[str]:
    value = _value(member, "child.text")
    here = "child is not END" if member.where is Where.MARKUP else f"child.tag == {member.tag!r}"
    if member.many:
        yield f"message.{member.name} = several = []"
        yield f"while {here}:"
        yield f"    several.append({value})"
        yield "    child = next(children, END)"
    elif member.optional:
        yield f"if {here}:"
        yield f"    message.{member.name} = {value}"
        yield "    child = next(children, END)"
        yield "else:"
        yield f"    message.{member.name} = None"
    else:
        yield f"if not ({here}):"
        yield "    raise misfit(Message, element, child)"
        yield f"message.{member.name} = {value}"
        yield "child = next(children, END)"


def _indent(lines: Iterator[str] | list[str]) -> list[str]:
    return [f"        {line}" for line in lines]


def _misfit(cls: type, element: etree._Element, child: Any) -> CodecMismatch:  # noqa: ANN401 -- an element or END
    found = "the end" if child is End else child.tag
    return CodecMismatch(f"{element.tag} does not fit {cls.__qualname__}: {found} came too soon")


def _unreadable(element: etree._Element) -> ValidationError:
    """Refuse a value that is right by the schema, such as the year 12026."""
    name = etree.QName(element).localname
    return ValidationError(
        findings=(
            Finding(
                f"Значение поля {name} выходит за пределы, в которых узел умеет считать.",
                line=line_of(element),
                path="/" + "/".join(reversed([_step(e) for e in _upwards(element)])),
                rule="range",
                advice="Проверьте число или дату: годы — от 1 до 9999.",
            ),
        )
    )


def _upwards(element: etree._Element | None) -> Iterator[etree._Element]:
    while element is not None:
        yield element
        element = element.getparent()


def _step(element: etree._Element) -> str:
    name = etree.QName(element).localname
    before = sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
    alone = not before and next(element.itersiblings(str(element.tag)), None) is None
    return name if alone else f"{name}[{before + 1}]"
