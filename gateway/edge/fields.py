"""The table of fields: every element of a message, nested ones under numbers of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from gateway.contracts import typetext
from gateway.contracts.outline import Field
from gateway.contracts.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of fields."""

    number: str
    """`3.1` is the first field inside the third."""
    depth: int
    name: str
    type_name: str
    type_anchor: str
    """Empty for a structure and for a built-in type."""
    words: str
    occurs: str
    most: str
    """How many times at most, when it is not once."""
    is_required: bool
    documentation: str


def rows_of(vocabulary: Vocabulary, element: Field) -> tuple[Row, ...]:
    """Return the table of what stands inside an element."""
    return tuple(_numbered(vocabulary, element.children, ""))


def anchor(type_name: str) -> str:
    """Return the place on the page where a simple type is explained."""
    namespace, _, local = type_name.rpartition("}")
    return f"type-{namespace.split('/')[-2]}-{local}"


def _numbered(vocabulary: Vocabulary, fields: Sequence[Field], prefix: str) -> Iterator[Row]:
    for number, field in enumerate(fields, 1):
        place = f"{prefix}{number}"
        simple = vocabulary.simple.get(field.type)
        words = "структура" if field.children else typetext.describe_type(vocabulary, field.type)
        yield Row(
            number=place,
            depth=place.count("."),
            name=field.name,
            type_name=etree.QName(field.type).localname,
            type_anchor=anchor(simple.name) if simple else "",
            words=words,
            occurs=_occurs(field, fields),
            most=_most(field),
            is_required=field.required and field.choice is None,
            documentation=field.documentation,
        )
        yield from _numbered(vocabulary, field.children, f"{place}.")


def _occurs(field: Field, siblings: Sequence[Field]) -> str:
    if field.choice is None:
        return "да" if field.required else "нет"
    others = [
        other.name for other in siblings if other.choice and other.choice[0] == field.choice[0]
    ]
    return f"{'одно из' if field.required else 'не больше одного из'}: {', '.join(others)}"


def _most(field: Field) -> str:
    if field.most is None:
        return "сколько угодно раз"
    return "" if field.most == 1 else f"до {field.most} раз"
