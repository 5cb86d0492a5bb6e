"""Places in lists by date, and the periods of queries (SVC-00-09)."""

from datetime import date
from uuid import UUID

from adapters.bank.errors import PeriodInvalid
from gateway.contracts.paging import foreign_cursor
from gateway.kernel.errors import Finding

LONGEST_PERIOD_DAYS = 366


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
        raise foreign_cursor(cursor) from None


def control_days(first: date, last: date, path: str) -> None:
    """Refuse days that are turned round, too many or of no use with PERIOD_INVALID."""
    if last < first:
        raise _bad_period("Конец периода раньше начала.", f"{path}/to")
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        raise _bad_period(f"Период длиннее {LONGEST_PERIOD_DAYS} дней.", f"{path}/to")
    if first < _FIRST_DAY or last > _LAST_DAY:
        raise _bad_period("Период вне допустимых границ.", path)


_FIRST_DAY = date(2000, 1, 1)
_LAST_DAY = date(2999, 12, 31)


def _bad_period(text: str, path: str) -> PeriodInvalid:
    return PeriodInvalid(text, findings=(Finding(text, path=path),))
