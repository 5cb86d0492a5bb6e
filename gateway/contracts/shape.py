"""The shape of a typed message, read from the metadata that the generator left on its fields."""

import types
import typing
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from gateway.contracts.errors import CodecMismatch
from gateway.contracts.markup import Markup


class Where(Enum):
    """What carries a member on the wire."""

    ELEMENT = "Element"
    ATTRIBUTE = "Attribute"
    TEXT = "Text"
    MARKUP = "Wildcard"
    """One element that the contract does not describe: xs:any."""


@dataclass(frozen=True, slots=True)
class Member:
    """One field of a message class and its wire form."""

    name: str
    """In Python."""
    tag: str
    """`{namespace}local`; a bare name for an attribute without a namespace."""
    where: Where
    type: type
    """Of one value, neither optional nor a list."""
    optional: bool
    many: bool
    collapsed: bool
    """Spaces at the ends do not count, inner runs are one."""
    places: int | None
    """Digits after the point that a decimal always has."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A message class: its element and its members in schema order."""

    namespace: str
    tag: str
    """`{namespace}local` of the element when the message is a root."""
    members: tuple[Member, ...]


@cache
def shape_of(cls: type[Any]) -> Shape:
    """Read the shape of a message class; raise CodecMismatch for what the codec cannot do."""
    if not is_dataclass(cls) or cls.__dataclass_params__.frozen or hasattr(cls, "__post_init__"):  # type: ignore[attr-defined]  # the stubs forget it
        raise CodecMismatch(f"{cls.__qualname__} is not a plain dataclass")
    meta: Any = getattr(cls, "Meta", None)
    namespace = getattr(meta, "namespace", "")
    local = getattr(meta, "name", cls.__name__)
    hints = typing.get_type_hints(cls)
    return Shape(
        namespace=namespace,
        tag=f"{{{namespace}}}{local}" if namespace else local,
        members=tuple(_member(field, hints[field.name]) for field in fields(cls)),
    )


@cache
def messages_within(cls: type) -> frozenset[type]:
    """Return the message classes below a class, itself only if it contains itself."""
    found: set[type] = set()
    waiting = [cls]
    while waiting:
        inner = {m.type for m in shape_of(waiting.pop()).members if is_dataclass(m.type)}
        waiting += inner - found
        found |= inner
    return frozenset(found)


def _member(field: Field[Any], hint: Any) -> Member:  # noqa: ANN401 -- a type in any notation
    where = Where(field.metadata.get("type", "Text"))
    local = field.metadata.get("name", field.name)
    namespace = field.metadata.get("namespace")
    kind, optional, many = _take_apart(hint)
    if field.metadata.get("nillable") or field.metadata.get("tokens"):
        raise CodecMismatch(f"{field.name}: nil values and xs:list are not supported")
    if (where is Where.MARKUP) != (kind is Markup) or (where is Where.MARKUP and many):
        raise CodecMismatch(f"{field.name}: of elements not described there can be one")
    return Member(
        name=field.name,
        tag=f"{{{namespace}}}{local}" if namespace else local,
        where=where,
        type=kind,
        optional=optional or (field.default is not MISSING and not many),
        many=many,
        collapsed=field.metadata.get("white_space") == "collapse",
        places=field.metadata.get("fraction_digits"),
    )


def _take_apart(hint: Any) -> tuple[type, bool, bool]:  # noqa: ANN401 -- a type in any notation
    """Return the type of one value, whether it may be absent, whether there may be many."""
    if typing.get_origin(hint) is list:
        return typing.get_args(hint)[0], False, True
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        alternatives = [kind for kind in typing.get_args(hint) if kind is not types.NoneType]
        if len(alternatives) != 1:
            raise CodecMismatch(f"{hint} is a union")
        return alternatives[0], True, False
    return hint, False, False
