"""Writes the source of an encoder: it puts a message together as text, required parts at a time."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

from gateway.contracts import lexical
from gateway.contracts.errors import CodecMismatch
from gateway.contracts.markup import Markup
from gateway.contracts.shape import Member, Where, messages_within, shape_of

_TEXTS = {
    str: "{{escape({})}}",
    bytes: "{{write_octets({})}}",
    bool: "{{write_boolean({})}}",
    int: "{{{}:d}}",
    Decimal: "{{write_decimal({})}}",
    dt.datetime: "{{write_moment({})}}",
    dt.date: "{{{}.isoformat()}}",
    dt.time: "{{write_time({})}}",
}
_VERSION = re.compile(r"[v\d.]*")
_NCNAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)

Write = Callable[..., None]
"""Takes a message, the name of its element, declarations of namespaces and where to put texts."""


def name_of(cls: type) -> str:
    """Return the name of the writer's function."""
    return f"write_{cls.__name__}"


def choose_prefixes(cls: type) -> dict[str, str]:
    """Return a prefix for each namespace of a message; that of its root needs none."""
    root = shape_of(cls).namespace
    within = [shape_of(kind) for kind in (cls, *messages_within(cls))]
    namespaces = {
        _namespace(member.tag)
        for shape in within
        for member in shape.members
        if member.where is Where.ELEMENT
    }
    # Where some elements have no namespace at all, nothing else can go without a prefix.
    default = "" if "" in namespaces else root
    prefixes = {default: ""}
    for namespace in sorted((namespaces | {root}) - {default}):
        name = _telling(namespace)
        taken = set(prefixes.values())
        prefixes[namespace] = next(
            choice
            for choice in (name, *(f"{name}{n}" for n in range(2, len(namespaces) + 3)))
            if choice not in taken
        )
    return prefixes


def prefixed(tag: str, prefixes: Mapping[str, str]) -> str:
    """Return the name of an element as it is written."""
    prefix = prefixes[_namespace(tag)]
    local = tag.rpartition("}")[2]
    return f"{prefix}:{local}" if prefix else local


def source_of(
    cls: type, prefixes: Mapping[str, str], writer: Callable[[type], Write]
) -> tuple[str, dict[str, Any]]:
    """Return the source of a writer and the names it uses; `writer` gives those of members."""
    names: dict[str, Any] = {
        "escape": lexical.escape,
        "escape_attribute": lexical.escape_attribute,
        "write_boolean": lexical.write_boolean,
        "write_decimal": lexical.write_decimal,
        "write_moment": lexical.write_moment,
        "write_octets": lexical.write_octets,
        "write_places": lexical.write_places,
        "write_time": lexical.write_time,
    }
    for member in shape_of(cls).members:
        names |= _names(member, writer)
    body = _Body()
    body.text("<{name}{declared}")
    for member in shape_of(cls).members:
        if member.where is Where.ATTRIBUTE:
            _write_attribute(body, member)
    body.text(">")
    for member in shape_of(cls).members:
        if member.where is Where.TEXT:
            body.text(_value(member, f"message.{member.name}"))
        elif member.where is Where.MARKUP:
            body.line(f"put(message.{member.name})")
        elif member.where is Where.ELEMENT:
            _write_child(body, member, prefixed(member.tag, prefixes))
    body.text("</{name}>")
    lines = [f"def {name_of(cls)}(message, name, declared, put):", *body.lines()]
    return "\n".join(lines) + "\n", names


class _Body:
    """Lines of a function; texts that follow each other become one call."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pending = ""

    def text(self, template: str) -> None:
        self._pending += template

    def line(self, line: str) -> None:
        self._flush()
        self._lines.append(f"    {line}")

    def lines(self) -> list[str]:
        self._flush()
        return self._lines

    def _flush(self) -> None:
        if self._pending:
            self._lines.append(f"    put(f'{self._pending}')")
            self._pending = ""


def _write_attribute(body: _Body, member: Member) -> None:
    if member.tag.startswith("{"):
        raise CodecMismatch(f"{member.name}: attributes with a namespace are not supported")
    body.line(f"item = message.{member.name}")
    value = _value(member, "item").replace("{escape(", "{escape_attribute(")
    body.line(f"if item is not None: put(f' {member.tag}=\"{value}\"')")


def _write_child(body: _Body, member: Member, name: str) -> None:
    if member.many:
        body.line(f"for item in message.{member.name}:")
        body.line(f"    {_put(member, name, 'item')}")
    elif member.optional:
        body.line(f"item = message.{member.name}")
        body.line(f"if item is not None: {_put(member, name, 'item')}")
    elif _is_message(member.type):
        body.line(_put(member, name, f"message.{member.name}"))
    else:
        body.text(f"<{name}>{_value(member, f'message.{member.name}')}</{name}>")


def _put(member: Member, name: str, item: str) -> str:
    if _is_message(member.type):
        return f"of_{member.name}({item}, '{name}', '', put)"
    return f"put(f'<{name}>{_value(member, item)}</{name}>')"


def _value(member: Member, item: str) -> str:
    """Return a piece of an f-string for one value."""
    kind = member.type
    if kind is Decimal and member.places is not None:
        return f"{{write_places({item}, of_{member.name})}}"
    if kind in _TEXTS:
        return _TEXTS[kind].format(item)
    if issubclass(kind, IntEnum):
        return f"{{{item}:d}}"
    return f"{{escape({item}.value)}}"


def _names(member: Member, writer: Callable[[type], Write]) -> dict[str, Any]:
    if member.type is Decimal and member.places is not None:
        return {f"of_{member.name}": Decimal(1).scaleb(-member.places)}
    if _is_message(member.type):
        return {f"of_{member.name}": writer(member.type)}
    return {}


def _is_message(kind: type) -> bool:
    return kind not in _TEXTS and kind is not Markup and not issubclass(kind, Enum)


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _telling(namespace: str) -> str:
    """Return the last word of a namespace that is not its version."""
    words = [word for word in re.split(r"[/:#]", namespace) if not _VERSION.fullmatch(word)]
    return words[-1] if words and _NCNAME.fullmatch(words[-1]) else "n"
