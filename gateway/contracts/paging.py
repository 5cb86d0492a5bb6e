"""Pages of lists (SVC-00-09): a cursor says after what the next page begins."""

from typing import NamedTuple

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


def foreign_cursor(cursor: str) -> ValidationError:
    """Return what refuses a cursor that the hub never gave."""
    finding = Finding(
        "Такой отметки узел не выдавал.",
        rule="cursor",
        value=cursor[:100],
        advice="Верните nextCursor предыдущего ответа без изменений.",
    )
    return ValidationError(findings=(finding,))
