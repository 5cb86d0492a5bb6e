"""The production calendar of Russia, year by year, and the banking days of one bank.

A year is known only when its file is there (`registry/calendar/<year>.xml`, made from the decree
that moves days off): a year without a file is refused, never guessed as «Monday to Friday».
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import ClassVar, Self

from lxml import etree

from gateway.kernel.errors import Blame, GatewayError
from gateway.kernel.ports import Calendar
from gateway.kernel.xml import make_parser

_SATURDAY = 5
_DAY = timedelta(days=1)
_PACKAGED = files("registry.calendar")


class CalendarMissing(GatewayError):
    """The production calendar of a needed year is not loaded yet (CAL-02)."""

    code: ClassVar[str] = "CALENDAR_MISSING"
    message: ClassVar[str] = "Нет производственного календаря нужного года, срок не вычислить."
    action: ClassVar[str] = (
        "Повторите сообщение позже с тем же идентификатором; оператор узла загрузит календарь "
        "по постановлению Правительства РФ о переносе выходных дней."
    )
    retryable: ClassVar[bool] = True
    blame: ClassVar[Blame] = Blame.RECEIVER

    def __init__(self, year: int) -> None:
        """Name the missing year."""
        super().__init__(f"Нет производственного календаря на {year} год, срок не вычислить.")
        self.year = year


class CalendarBroken(Exception):
    """A calendar file contradicts itself; the message names the file and the day."""


@dataclass(frozen=True)
class CalendarYear:
    """One year as its file tells it."""

    year: int
    source: str
    """The law and the decree behind the file, in Russian."""
    holidays: Mapping[date, str]
    """Public holidays by the Labour Code, with their names."""
    moved: Mapping[date, date]
    """Day off by the decree or the code → the weekend day or holiday it replaces."""
    working_weekends: frozenset[date]
    shortened: frozenset[date]
    """Working days that are one hour shorter."""

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` of this year is a working day."""
        if day in self.working_weekends:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays and day not in self.moved

    @cached_property
    def rest_moved_to(self) -> Mapping[date, date]:
        """Working Saturday or Sunday → the day off that was given instead."""
        return {day: off for off, day in self.moved.items() if day in self.working_weekends}

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """All working days of the year in order."""
        first = date(self.year, 1, 1)
        length = (date(self.year + 1, 1, 1) - first).days
        days = (first + _DAY * number for number in range(length))
        return tuple(day for day in days if self.is_working_day(day))


class ProductionCalendar:
    """Working days of the loaded years; implements `gateway.kernel.ports.Calendar`."""

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        """Know `years`; a later one replaces an earlier one of the same number."""
        self._years = {one.year: one for one in years}

    @classmethod
    def load(cls, *folders: Traversable) -> Self:
        """Read the packaged years and those of `folders`, where the last word is the last folder's.

        Raises CalendarBroken for a file that contradicts itself.
        """
        return cls(
            read_year(file)
            for folder in (_PACKAGED, *folders)
            for file in sorted(folder.iterdir(), key=lambda entry: entry.name)
            if file.name.endswith(".xml")
        )

    @property
    def years(self) -> tuple[CalendarYear, ...]:
        """Loaded years in order."""
        return tuple(self._years[number] for number in sorted(self._years))

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is a working day; raise CalendarMissing."""
        return self.year(day.year).is_working_day(day)

    def is_shortened_day(self, day: date) -> bool:
        """Tell whether `day` is a working day one hour shorter; raise CalendarMissing."""
        return day in self.year(day.year).shortened

    def is_day_of_rest(self, day: date) -> bool:
        """Tell whether `day` is a public holiday or got moved rest; raise CalendarMissing.

        A plain Saturday or Sunday is neither.
        """
        year = self.year(day.year)
        return day in year.holidays or day in year.moved

    def works_as(self, day: date) -> date:
        """Return the day whose hours the working day `day` has; raise CalendarMissing.

        A working Saturday is as long as the day to which its rest was moved; any other day is
        itself.
        """
        return self.year(day.year).rest_moved_to.get(day, day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, count from 1 (CAL-03)."""
        _refuse_no_days(count)
        number = day.year
        days = self.year(number).working_days
        position = bisect_right(days, day) + count
        while position > len(days):
            position -= len(days)
            number += 1
            days = self.year(number).working_days
        return days[position - 1]

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative backwards."""
        if end < start:
            return -self.working_days_between(end, start)
        whole = sum(len(self.year(number).working_days) for number in range(start.year, end.year))
        return whole + self._passed(end) - self._passed(start)

    def _passed(self, day: date) -> int:
        """Count the working days of the year of `day` up to and including it."""
        return bisect_right(self.year(day.year).working_days, day)

    def year(self, number: int) -> CalendarYear:
        """Return a year; raise CalendarMissing."""
        try:
            return self._years[number]
        except KeyError:
            raise CalendarMissing(number) from None


@dataclass(frozen=True, slots=True)
class BankingCalendar:
    """Working days of `base` with the exceptions of one bank; a Calendar too (CAL-05)."""

    base: Calendar
    closed: frozenset[date] = frozenset()
    """Working days on which the bank does not settle."""
    opened: frozenset[date] = frozenset()
    """Days off on which it does."""

    def is_working_day(self, day: date) -> bool:
        """Tell whether the bank settles on `day`; raise CalendarMissing."""
        return day in self.opened or (self.base.is_working_day(day) and day not in self.closed)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th banking day after `day`, count from 1."""
        _refuse_no_days(count)
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the banking days after `start` up to and including `end`; negative backwards."""
        if end < start:
            return -self.working_days_between(end, start)
        special = {day for day in self.closed | self.opened if start < day <= end}
        changed = sum(self.is_working_day(day) - self.base.is_working_day(day) for day in special)
        return self.base.working_days_between(start, end) + changed


def read_year(file: Traversable) -> CalendarYear:
    """Read one calendar file; raise CalendarBroken when it contradicts itself."""
    try:
        root = etree.fromstring(file.read_bytes(), make_parser())
        year = CalendarYear(
            year=int(root.attrib["year"]),
            source=root.findtext("source", ""),
            holidays={_day(item): str(item.attrib["name"]) for item in root.iter("holiday")},
            moved={
                _day(item): date.fromisoformat(str(item.attrib["instead-of"]))
                for item in root.iter("day-off")
            },
            working_weekends=frozenset(map(_day, root.iter("working-day"))),
            shortened=frozenset(map(_day, root.iter("shortened-day"))),
        )
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise CalendarBroken(f"{file.name}: {error}") from error
    for problem in _contradictions(year):
        raise CalendarBroken(f"{file.name}: {problem}")
    return year


def _day(item: etree._Element) -> date:
    return date.fromisoformat(str(item.attrib["date"]))


def _contradictions(year: CalendarYear) -> Iterable[str]:
    """Name what cannot be true of one year."""
    if not year.source:
        yield "не назван документ-основание"
    for day in (*year.holidays, *year.moved, *year.working_weekends, *year.shortened):
        if day.year != year.year:
            yield f"{day} не относится к {year.year} году"
    for day in year.shortened:
        if not year.is_working_day(day):
            yield f"{day} сокращён, но не рабочий"
    for day in year.moved:
        if day.weekday() >= _SATURDAY or day in year.holidays:
            yield f"{day} и без переноса выходной"
    given_up = {
        day
        for day in year.moved.values()
        if day.year == year.year and day.weekday() >= _SATURDAY and day not in year.holidays
    }
    for day in given_up ^ year.working_weekends:
        yield f"{day}: рабочий выходной и перенос с него не сходятся"


def _refuse_no_days(count: int) -> None:
    if count < 1:
        raise ValueError(count)
