"""JOB-04: does every family have a choice for the weeks that can be chosen (MEAL-CAT-11)."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from adapters.meals.repository import coverage
from adapters.meals.repository.coverage import Problem
from adapters.meals.times import days_of
from gateway.adapter import JobContext, Work
from gateway.kernel.ports import Calendar
from registry.calendar import local_date
from registry.calendar.terms import CHOICE_DAYS, FREEZE_DAYS
from registry.kinds import ParticipantKind
from registry.notices import Board, NoticeCode

MOST_TOLD = 20
"""How many gaps a notice lists; it tells the number of all."""
_SATURDAY = 6
_DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def watch_menus(context: JobContext, business_time: datetime) -> bool:
    """Tell each organizer which days of the next two weeks and five working days lack a choice."""
    today = local_date(business_time)
    codes = {
        one.inn: one.code
        for one in context.everyone()
        if one.kind == ParticipantKind.ORGANIZER.value
    }
    with context.begin() as work:
        first, last = horizon(work.calendar, today)
        work.database.for_report()
        for inn, schools in coverage.fed(work.database, first, last):
            found = list(_found(work, inn, schools, first, last))
            if not found:
                continue
            log.warning("%d gaps in the menus of organizer %s", len(found), inn)
            if inn in codes:
                _tell(work, codes[inn], today, found)
    return False


def horizon(calendar: Calendar, today: date) -> tuple[date, date]:
    """Return the first and the last day whose menu has to be there; raise CalendarMissing."""
    return today + _DAY, calendar.add_working_days(today + _DAY * CHOICE_DAYS, FREEZE_DAYS)


def _found(
    work: Work, inn: str, schools: Sequence[str], first: date, last: date
) -> Iterator[Problem]:
    yield from coverage.problems(work.database, inn, first, last, schools)
    days = [day for day in days_of(first, last) if not _is_holiday(work.calendar, day)]
    yield from coverage.gaps(work.database, inn, days, schools)


def _is_holiday(calendar: Calendar, day: date) -> bool:
    """Tell whether nobody eats whatever the schedule says; Saturdays are for the schedule."""
    return day.isoweekday() < _SATURDAY and not calendar.is_working_day(day)


def _tell(work: Work, organizer: str, today: date, found: Sequence[Problem]) -> None:
    days = [problem.day for problem in found]
    facts = {
        "count": str(len(found)),
        "first": f"{min(days):%d.%m.%Y}",
        "last": f"{max(days):%d.%m.%Y}",
        "gaps": "\n".join(map(_line, sorted(found)[:MOST_TOLD])),
    }
    event = f"menu-gaps/{work.contour.path}/{today.isoformat()}"
    with work.registry.writing() as registry:
        board = work.office(Board)
        board.post(registry, NoticeCode.MENU_GAPS, organizer, event, facts, work.now)


def _line(gap: Problem) -> str:
    place = f"{gap.school}, корпус {gap.building}" if gap.building else gap.school
    category = gap.pchvr or "без категории ПЧВР"
    return (
        f"{gap.day:%d.%m.%Y}, {place}, {gap.meal_type}, {gap.menu_type}, {gap.age_category}, "
        f"{category}: комплексов {gap.complexes}, из них комплексов дня {gap.defaults}"
    )
