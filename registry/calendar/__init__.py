"""Working days, hours and terms (CAL-01 ... CAL-09); beside the code lies one file per year."""

from registry.calendar.check import CalendarAlert, calendar_check, missing_year
from registry.calendar.hours import (
    OPERATOR_HOURS,
    PORTAL_INTAKE,
    Hours,
    IntakeHours,
    OfficeHours,
    due_working_hours,
    is_open,
    registered_at,
    worked_between,
)
from registry.calendar.production import (
    BankingCalendar,
    CalendarBroken,
    CalendarMissing,
    CalendarYear,
    ProductionCalendar,
)
from registry.calendar.school import SchoolCalendar, Vacation
from registry.calendar.terms import (
    due_after,
    due_calendar_days,
    editable_days,
    end_of,
    freeze_moment,
    is_overdue,
    local_date,
    start_of,
    working_day_before,
)

__all__ = [
    "OPERATOR_HOURS",
    "PORTAL_INTAKE",
    "BankingCalendar",
    "CalendarAlert",
    "CalendarBroken",
    "CalendarMissing",
    "CalendarYear",
    "Hours",
    "IntakeHours",
    "OfficeHours",
    "ProductionCalendar",
    "SchoolCalendar",
    "Vacation",
    "calendar_check",
    "due_after",
    "due_calendar_days",
    "due_working_hours",
    "editable_days",
    "end_of",
    "freeze_moment",
    "is_open",
    "is_overdue",
    "local_date",
    "missing_year",
    "registered_at",
    "start_of",
    "worked_between",
    "working_day_before",
]
