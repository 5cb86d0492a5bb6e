"""XML Schema texts to Python values and back (SVC-00-08). What is read has been validated."""

import binascii
import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, Inexact, InvalidOperation
from enum import Enum
from functools import cache, lru_cache
from typing import Generic, TypeVar

from gateway.kernel.ports import LOCAL

Value = TypeVar("Value")

_SPACES = re.compile(r"[ \t\r\n]+")
_MIDNIGHT = re.compile(r"T24:00:00(?:\.0+)?")
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")
_EXACT = Context(prec=100, traps=[Inexact, InvalidOperation])


class Lookup(dict[str, Value], Generic[Value]):
    """Values by their text; spaces around the text do not count."""

    def __missing__(self, text: str | None) -> Value:
        """Look again without the spaces; raise KeyError for an unknown text."""
        bare = collapse(text)
        if bare == text:
            raise KeyError(text)
        return self[bare]


BOOLEANS: Lookup[bool] = Lookup({"true": True, "1": True, "false": False, "0": False})


@cache
def members_by_text(kind: type[Enum]) -> Lookup[Enum]:
    """Return the members of an enumeration of texts."""
    return Lookup({str(member.value): member for member in kind})


@cache
def members_by_number(kind: type[Enum]) -> dict[int, Enum]:
    """Return the members of an enumeration of numbers."""
    return {int(member.value): member for member in kind}


def collapse(text: str | None) -> str:
    """Return a token: no spaces at the ends, one where there were several."""
    if not text:
        return ""
    # Of all spaces only the plain one is printable.
    if text.isprintable() and (" " not in text or ("  " not in text and text.strip(" ") == text)):
        return text
    # str.split knows more spaces than XML does, but all of them outside ASCII.
    return " ".join(text.split()) if text.isascii() else _SPACES.sub(" ", text).strip(" ")


def read_moment(text: str) -> datetime:
    """Return an xs:dateTime, naive without an offset; beyond microseconds it is cut off."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return _read_unusual(collapse(text))


def _read_unusual(text: str) -> datetime:
    """Read spaces around the moment and `24:00:00`, which is the next day's midnight."""
    plain, midnights = _MIDNIGHT.subn("T00:00:00", text)
    return datetime.fromisoformat(plain) + timedelta(days=midnights)


def read_day(text: str) -> date:
    """Return an xs:date; its time zone, if there is one, does not count."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.fromisoformat(_ZONE.sub("", collapse(text)))


def read_time(text: str) -> time:
    """Return an xs:time; its time zone, if there is one, does not count."""
    return time.fromisoformat(_ZONE.sub("", collapse(text)))


def read_octets(text: str | None) -> bytes:
    """Return the octets of an xs:base64Binary."""
    return binascii.a2b_base64(text or "")


@lru_cache(maxsize=64)
def write_moment(value: datetime) -> str:
    """Write local time with its offset, seconds, and milliseconds if there are any (CAL-01).

    The answers of a batch tell one moment; equal moments are written alike.
    """
    if value.tzinfo is None:
        raise ValueError(f"{value} has no offset")
    local = value.astimezone(LOCAL)
    return local.isoformat(timespec="milliseconds" if local.microsecond >= 1000 else "seconds")  # noqa: PLR2004 -- a millisecond


def write_time(value: time) -> str:
    """Write hours, minutes and seconds; a zone or a part of a second raises ValueError."""
    if value.tzinfo is not None or value.microsecond:
        raise ValueError(f"{value} is not a time of day in whole seconds")
    return value.isoformat(timespec="seconds")


def write_octets(value: bytes) -> str:
    """Write base64 without line breaks."""
    return binascii.b2a_base64(value, newline=False).decode("ascii")


def write_decimal(value: Decimal) -> str:
    """Write all digits, never an exponent."""
    return f"{value:f}"


def write_places(value: Decimal, unit: Decimal) -> str:
    """Write exactly the places of `unit`; a value that has more raises decimal.Inexact."""
    return str(_EXACT.quantize(value, unit))


def write_boolean(value: bool) -> str:  # noqa: FBT001 -- it is the value
    """Write `true` or `false`."""
    return "true" if value else "false"


def escape(text: str) -> str:
    """Write a text so that a parser reads the very same one."""
    if "&" in text or "<" in text or ">" in text or "\r" in text:
        return (
            text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\r", "&#13;")
        )
    return text


def escape_attribute(text: str) -> str:
    """Write the value of an attribute in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
