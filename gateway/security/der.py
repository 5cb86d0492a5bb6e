"""Whether bytes are DER: what was signed in it must not be read in two ways."""

from itertools import pairwise

_UNIVERSAL, _CONSTRUCTED, _NUMBER = 0xC0, 0x20, 0x1F
_SET = 0x31
_STRUCTURES = {0x30, _SET}
"""The only universal tags that DER constructs; a string in pieces is BER."""


def is_der(octets: bytes) -> bool:
    """Tell whether bytes are one DER element, as far down as its tags show.

    Lengths are definite and shortest, strings are in one piece, sets are in order.
    """
    try:
        left = _children(octets, 0, len(octets))
        if len(left) != 1:
            return False
        while left:
            start, end = left.pop()
            tag = octets[start]
            if not tag & _CONSTRUCTED:
                continue
            if not tag & _UNIVERSAL and tag not in _STRUCTURES:
                return False
            inner = _children(octets, _content(octets, start, end)[0], end)
            if tag == _SET and not _is_sorted([octets[one:two] for one, two in inner]):
                return False
            left += inner
    except (ValueError, IndexError):
        return False
    return True


def tagged(tag: int, content: bytes) -> bytes:
    """Return the DER element of a tag of one octet."""
    size = len(content)
    if size < 0x80:  # noqa: PLR2004 -- the short form
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _children(octets: bytes, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while start < end:
        stop = _content(octets, start, end)[1]
        found.append((start, stop))
        start = stop
    return found


def _content(octets: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where the content of the element at `start` begins and ends; raise ValueError."""
    if octets[start] & _NUMBER == _NUMBER:
        raise ValueError("no tag of CMS needs a second octet")
    length, begin = octets[start + 1], start + 2
    if length & 0x80:
        size = length & 0x7F
        length, begin = int.from_bytes(octets[begin : begin + size], "big"), begin + size
        if length < max(0x80, 1 << 8 * (size - 1)):
            raise ValueError("a length that is indefinite or not the shortest")
    if begin + length > end:
        raise ValueError("an element longer than what holds it")
    return begin, begin + length


def _is_sorted(elements: list[bytes]) -> bool:
    return all(one <= two for one, two in pairwise(elements))
