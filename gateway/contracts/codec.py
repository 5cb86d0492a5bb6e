"""Typed messages from lxml elements and back, compiled once per class.

For every message class a decoder and an encoder are written as Python source and executed, the
way `dataclasses` makes `__init__`: straight-line code costs about what one would write by hand,
while walking the metadata for every element costs tens of times more. Nothing but the classes
themselves gets into the source; a traceback shows it.

What is decoded must have been validated, without comments in it; a tree that still does not fit
raises CodecMismatch, it is not guessed at. Of items that repeat only the number of children is
looked at when none is missing: the schema that they were held against has one order for them.
"""

import linecache
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeVar

from lxml import etree

from gateway.contracts import decoding, encoding
from gateway.contracts.lexical import escape_attribute
from gateway.contracts.shape import messages_within, shape_of
from gateway.kernel import xml

Message = TypeVar("Message")


def decode(cls: type[Message], element: etree._Element) -> Message:
    """Return the typed message of a validated element; its own tag is not looked at.

    A value that the schema allows and Python cannot hold raises ValidationError.
    """
    return decoder(cls)(element)


def encode(message: object) -> etree._Element:
    """Return the element of a typed message.

    A value that is not of its field's type raises TypeError, ValueError or AttributeError; an
    amount with more places than its type has, decimal.Inexact; a character that XML cannot
    carry, XMLSyntaxError. The schema is not looked at.
    """
    return encoder(type(message))(message)


def decoder(cls: type[Message]) -> Callable[[etree._Element], Message]:
    """Compile the decoder of a message class; raise CodecMismatch if that cannot be done."""
    return _decoder(cls)  # type: ignore[arg-type, no-any-return]  # classes are hashable


def item_decoder(cls: type[Message]) -> Callable[[etree._Element], Message]:
    """Compile the decoder of items of which a message has many, such as lines of a registry.

    An item with all its children is read by their places: 60 % of the time of reading their tags.
    """
    return _decoder(cls, by_place=True)  # type: ignore[arg-type, no-any-return]  # as above


def encoder(cls: type[Message]) -> Callable[[Message], etree._Element]:
    """Compile the encoder of a message class; raise CodecMismatch if that cannot be done.

    It writes text and has it parsed: a third of the time of building element by element.
    """
    return _encoder(cls)  # type: ignore[arg-type]  # classes are hashable


def octet_encoder(cls: type[Message]) -> Callable[[Message], bytes]:
    """Compile the encoder of a message class that stops at the text: UTF-8 without declaration."""
    return _octet_encoder(cls)  # type: ignore[arg-type]  # classes are hashable


@cache
def _decoder(cls: Any, *, by_place: bool = False) -> Any:  # noqa: ANN401 -- generated
    source = decoding.source_of(cls, _inner_decoder, by_place=by_place)
    return _compile(decoding.name_of(cls), *source)


def _inner_decoder(cls: type, *, many: bool) -> Callable[[etree._Element], Any]:
    # A class that contains itself is still being compiled: look it up when it is needed.
    if cls in messages_within(cls):
        return partial(decode, cls)
    return item_decoder(cls) if many else decoder(cls)


@cache
def _encoder(cls: Any) -> Callable[[object], etree._Element]:  # noqa: ANN401 -- any message class
    encode_octets = _octet_encoder(cls)

    def encode_message(message: object) -> etree._Element:
        return etree.fromstring(encode_octets(message), xml.parser())

    return encode_message


@cache
def _octet_encoder(cls: Any) -> Callable[[object], bytes]:  # noqa: ANN401 -- any message class
    prefixes = encoding.choose_prefixes(cls)
    write = _writer(cls, tuple(prefixes.items()))
    declared = "".join(_declarations(prefixes))
    name = encoding.prefixed(shape_of(cls).tag, prefixes)

    def encode_octets(message: object) -> bytes:
        parts: list[str] = []
        write(message, name, declared, parts.append)
        return "".join(parts).encode()

    return encode_octets


def _declarations(prefixes: Mapping[str, str]) -> Iterator[str]:
    for namespace, prefix in prefixes.items():
        if namespace:
            yield f' xmlns{":" if prefix else ""}{prefix}="{escape_attribute(namespace)}"'


@cache
def _writer(cls: type, prefixes: tuple[tuple[str, str], ...]) -> Callable[..., None]:
    def inner(kind: type) -> Callable[..., None]:
        return (
            partial(_write, kind, prefixes)
            if kind in messages_within(kind)
            else _writer(kind, prefixes)
        )

    return _compile(encoding.name_of(cls), *encoding.source_of(cls, dict(prefixes), inner))


def _write(
    cls: type,
    prefixes: tuple[tuple[str, str], ...],
    *arguments: Any,  # noqa: ANN401 -- passed on
) -> None:
    _writer(cls, prefixes)(*arguments)


def _compile(name: str, source: str, names: dict[str, Any]) -> Callable[..., Any]:
    file = f"<{name} {id(names):x}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), names)  # noqa: S102 -- made of our own classes only
    made: Callable[..., Any] = names[name]
    return made
