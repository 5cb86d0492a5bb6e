"""Working days and terms (CAL-01 ... CAL-05); beside the code lies one file per known year."""

from registry.calendar.production import (
    BankingCalendar,
    CalendarBroken,
    CalendarMissing,
    CalendarYear,
    ProductionCalendar,
)
from registry.calendar.terms import (
    calendar_term_end,
    end_of,
    local_date,
    start_of,
    working_term_end,
)

__all__ = [
    "BankingCalendar",
    "CalendarBroken",
    "CalendarMissing",
    "CalendarYear",
    "ProductionCalendar",
    "calendar_term_end",
    "end_of",
    "local_date",
    "start_of",
    "working_term_end",
]
