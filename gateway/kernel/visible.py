"""Text of a sender on an operator's terminal: seen, never obeyed."""

import re

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves a cursor, changes a colour, ends a line or turns the direction of writing round."""


def visible(text: str) -> str:
    r"""Return the text with such characters spelled out as `\u001b`; line feed and tab stay."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
