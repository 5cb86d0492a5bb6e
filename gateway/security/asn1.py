"""As much ASN.1 as certificates need where `cryptography` shows too little: raw keys and names.

Strict on purpose: definite lengths of the shortest form, one-octet tags, nothing after the end.
"""

from collections.abc import Iterator
from typing import NamedTuple

INTEGER = 0x02
BIT_STRING = 0x03
OBJECT_IDENTIFIER = 0x06
SEQUENCE = 0x30

_TEXT_ENCODINGS = {
    0x0C: "utf-8",  # UTF8String
    0x12: "ascii",  # NumericString
    0x13: "ascii",  # PrintableString
    0x14: "latin-1",  # TeletexString, as everybody writes it
    0x16: "ascii",  # IA5String
    0x1C: "utf-32-be",  # UniversalString
    0x1E: "utf-16-be",  # BMPString
}
_MANY_TAGS = 0x1F
_LONG = 0x80
_MAX_LENGTH_OCTETS = 4


class NotDer(ValueError):
    """Octets that are no DER, or not the DER that was expected."""


class Value(NamedTuple):
    """One tag, length and content."""

    tag: int
    content: bytes
    encoded: bytes
    """Tag, length and content as they came."""

    def parts(self) -> list["Value"]:
        """Return what the content consists of; raise NotDer."""
        return list(_values(self.content))

    @property
    def bits(self) -> bytes:
        """Content of a BIT STRING of whole octets; raise NotDer."""
        if self.tag != BIT_STRING or not self.content or self.content[0]:
            raise NotDer("not a BIT STRING of whole octets")
        return self.content[1:]

    @property
    def integer(self) -> int:
        """Value of an INTEGER; raise NotDer."""
        if self.tag != INTEGER or not self.content:
            raise NotDer("not an INTEGER")
        return int.from_bytes(self.content, signed=True)

    @property
    def dotted(self) -> str:
        """Value of an OBJECT IDENTIFIER; raise NotDer."""
        if self.tag != OBJECT_IDENTIFIER or not self.content or self.content[-1] & _LONG:
            raise NotDer("not an OBJECT IDENTIFIER")
        arcs, arc = [], 0
        for octet in self.content:
            arc = arc << 7 | octet & 0x7F
            if not octet & _LONG:
                arcs.append(arc)
                arc = 0
        first = min(arcs[0] // 40, 2)
        return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))

    @property
    def text(self) -> str:
        """Value of any string type; raise NotDer."""
        try:
            return self.content.decode(_TEXT_ENCODINGS[self.tag])
        except (KeyError, UnicodeDecodeError) as error:
            raise NotDer("not a string") from error


def read(octets: bytes) -> Value:
    """Read the one value that `octets` are; raise NotDer when there is more, or less."""
    value = _value(octets, 0)
    if len(value.encoded) != len(octets):
        raise NotDer("trailing data")
    return value


def _values(octets: bytes) -> Iterator[Value]:
    place = 0
    while place < len(octets):
        value = _value(octets, place)
        yield value
        place += len(value.encoded)


def _value(octets: bytes, place: int) -> Value:
    try:
        tag, length = octets[place], octets[place + 1]
        begin = place + 2
        if length & _LONG:
            begin, length = _long_length(octets, begin, length & ~_LONG)
    except IndexError as error:
        raise NotDer("cut short") from error
    if tag & _MANY_TAGS == _MANY_TAGS or begin + length > len(octets):
        raise NotDer("no value of this kind, or cut short")
    end = begin + length
    return Value(tag, octets[begin:end], octets[place:end])


def _long_length(octets: bytes, begin: int, count: int) -> tuple[int, int]:
    if not 0 < count <= _MAX_LENGTH_OCTETS:
        raise NotDer("length of no definite form")
    end = begin + count
    length = int.from_bytes(octets[begin:end])
    if length < _LONG or not octets[begin]:
        raise NotDer("length not of the shortest form")
    return end, length
