"""Places in lists by date, and the periods of queries (SVC-00-09)."""

from datetime import date
from uuid import UUID

from adapters.bank.errors import PeriodInvalid
from gateway.contracts import periods
from gateway.contracts.paging import foreign_cursor


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
    periods.check_days(first, last, path, PeriodInvalid)
