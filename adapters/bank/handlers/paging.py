"""Pages and periods of queries (SVC-00-09): a cursor says after what the next page begins."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from adapters.bank.errors import PeriodInvalid
from gateway.contracts.messages.common import Page
from gateway.kernel.errors import Finding, ValidationError

LARGEST_PAGE = 1000
LONGEST_PERIOD_DAYS = 366


class Asked(NamedTuple):
    """The page a client asks for."""

    limit: int
    cursor: str | None


def page_of(page: Page | None) -> Asked:
    """Return what is asked for; without a word, the first and largest page."""
    return Asked(LARGEST_PAGE, None) if page is None else Asked(page.limit, page.cursor)


def number_after(cursor: str | None) -> int:
    """Return the number that a cursor of numbered rows holds, 0 at the beginning."""
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or int(cursor) > _GREATEST_NUMBER:
        raise _foreign_cursor(cursor)
    return int(cursor)


def place(day: date, key: UUID) -> str:
    """Return the cursor of a row in a list by date."""
    return f"{day:%Y%m%d}{key.hex}"


def place_after(cursor: str | None) -> tuple[date, UUID] | None:
    """Return what `place` made a cursor of."""
    if cursor is None:
        return None
    try:
        return date.fromisoformat(cursor[:8]), UUID(hex=cursor[8:])
    except ValueError:
        raise _foreign_cursor(cursor) from None


def control_days(first: date, last: date, path: str) -> None:
    """Refuse days that are turned round, too many or of no use with PERIOD_INVALID."""
    if last < first:
        raise _bad_period("Конец периода раньше начала.", f"{path}/to")
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        raise _bad_period(f"Период длиннее {LONGEST_PERIOD_DAYS} дней.", f"{path}/to")
    if first < _FIRST_DAY or last > _LAST_DAY:
        raise _bad_period("Период вне допустимых границ.", path)


_GREATEST_NUMBER = 2**31 - 1
_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2999, 12, 31)


def _bad_period(text: str, path: str) -> PeriodInvalid:
    return PeriodInvalid(text, findings=(Finding(text, path=path),))


def _foreign_cursor(cursor: str) -> ValidationError:
    return ValidationError(
        findings=(
            Finding(
                "Такой отметки узел не выдавал.",
                rule="cursor",
                value=cursor[:100],
                advice="Верните nextCursor предыдущего ответа без изменений.",
            ),
        )
    )
