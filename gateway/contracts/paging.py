"""Pages of lists (SVC-00-09): a cursor says after what the next page begins."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gateway.contracts.messages.common import Page
from gateway.kernel.errors import Finding, ValidationError

LARGEST_PAGE = 1000
_GREATEST_NUMBER = 2**31 - 1


class Asked(NamedTuple):
    """The page a client asks for."""

    limit: int
    cursor: str | None


def page_of(page: Page | None) -> Asked:
    """Return what is asked for; without a word, the first and largest page."""
    return Asked(LARGEST_PAGE, None) if page is None else Asked(page.limit, page.cursor)


def number_after(cursor: str | None) -> int:
    """Return the number that a cursor holds, 0 at the beginning; raise ValidationError."""
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or int(cursor) > _GREATEST_NUMBER:
        raise foreign_cursor(cursor)
    return int(cursor)


Kind = Callable[[Any], object]
"""Reads a value of a cursor; raises ValueError or TypeError."""


def place(*values: str | int) -> str:
    """Return the cursor of a row by the values that the list is sorted by."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def place_after(cursor: str | None, *kinds: Kind) -> tuple[Any, ...] | None:
    """Return the values that `place` made a cursor of, None at the beginning.

    Each is read by its kind: `text`, `number`, `date.fromisoformat`. Raises ValidationError.
    """
    if cursor is None:
        return None
    try:
        values = json.loads(cursor)
        return tuple(read(value) for read, value in zip(kinds, values, strict=True))
    except (ValueError, TypeError, OverflowError):
        raise foreign_cursor(cursor) from None


def text(value: object) -> str:
    """Read a text that a database can hold; raise TypeError, ValueError."""
    if not isinstance(value, str):
        raise TypeError(value)
    if b"\0" in value.encode():
        raise ValueError(value)
    return value


def number(value: object) -> int:
    """Read a small number; raise TypeError, ValueError."""
    if not isinstance(value, int):
        raise TypeError(value)
    if abs(value) > _GREATEST_NUMBER:
        raise ValueError(value)
    return value


def identifier(value: object) -> UUID:
    """Read an identifier; raise TypeError, ValueError."""
    return UUID(text(value))


def moment(value: object) -> datetime:
    """Read a moment; raise TypeError, ValueError, OverflowError."""
    found = datetime.fromisoformat(text(value))
    if found.tzinfo is None:
        raise ValueError(value)
    return found.astimezone(UTC)


def foreign_cursor(cursor: str) -> ValidationError:
    """Return what refuses a cursor that the hub never gave."""
    finding = Finding(
        "Такой отметки узел не выдавал.",
        rule="cursor",
        value=cursor[:100],
        advice="Верните nextCursor предыдущего ответа без изменений.",
    )
    return ValidationError(findings=(finding,))
