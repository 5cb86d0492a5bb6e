"""`hub calendar`: the production calendar as the hub knows it."""

import re
from datetime import date, datetime

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.files import Unusable
from gateway.cli.tables import show as show_table
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL
from registry.calendar import (
    OPERATOR_HOURS,
    PORTAL_INTAKE,
    CalendarYear,
    IntakeHours,
    OfficeHours,
    ProductionCalendar,
    freeze_moment,
    missing_year,
)

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RUSSIAN_DAY = re.compile(r"\d\d\.\d\d\.\d{4}")
_YEAR = re.compile(r"\d{4}")


@click.group()
def calendar() -> None:
    """Производственный календарь: рабочие дни, часы, сроки."""


@calendar.command()
@click.argument("what", metavar="ГОД|ДАТА")
@click.pass_obj
def show(hub: Hub, what: str) -> None:
    """Показать год (2027) или день (2027-02-20 или 20.02.2027); код 1, если года нет."""
    try:
        if _YEAR.fullmatch(what):
            _show_year(hub.calendar.year(int(what)))
        else:
            _show_day(hub.calendar, _day(what))
    except GatewayError as error:
        raise click.ClickException(str(error)) from error


@calendar.command()
@click.pass_obj
def check(hub: Hub) -> None:
    """Показать загруженные годы; код 1, если нет нужного (с 1 декабря нужен и следующий)."""
    for year in hub.calendar.years:
        click.echo(f"{year.year}: {len(year.working_days)} рабочих дней. {year.source}")
    alert = missing_year(hub.calendar, hub.clock())
    if alert is not None:
        raise click.ClickException(alert.text)


def _show_year(year: CalendarYear) -> None:
    click.echo(f"{year.year} год. {year.source}")
    table = Table("Месяц", "Рабочих дней", "Сокращённые", "Праздники и переносы")
    for number, name in enumerate(MONTHS, 1):
        table.add_row(
            name,
            str(sum(day.month == number for day in year.working_days)),
            ", ".join(str(day.day) for day in sorted(year.shortened) if day.month == number),
            _special_days(year, number),
        )
    show_table(table)
    click.echo(f"Всего рабочих дней: {len(year.working_days)}")


def _show_day(known: ProductionCalendar, day: date) -> None:
    year = known.year(day.year)
    kind = "рабочий день" if year.is_working_day(day) else "выходной"
    if day in year.shortened:
        kind += ", сокращённый на час"
    why = _why(year, day)
    click.echo(f"{day:%d.%m.%Y}, {WEEKDAYS[day.weekday()]}: {kind}{why and ', ' + why}")
    click.echo(f"Оператор узла: {_hours(known, OPERATOR_HOURS, day)}")
    click.echo(f"Телефон портала: {_hours(known, PORTAL_INTAKE, day)}")
    click.echo(f"Следующий рабочий день: {known.add_working_days(day, 1):%d.%m.%Y}")
    click.echo(f"Выбор питания на этот день закрыт с {_local(freeze_moment(known, day))}")


def _special_days(year: CalendarYear, month: int) -> str:
    """Name the days of a month that are not plain, those of one kind together."""
    days: dict[str, list[str]] = {}
    for day in sorted({*year.holidays, *year.moved, *year.working_weekends}):
        if day.month == month:
            days.setdefault(_why(year, day), []).append(str(day.day))
    return "; ".join(f"{', '.join(numbers)} {why}" for why, numbers in days.items())


def _why(year: CalendarYear, day: date) -> str:
    """Say what is special about a day; nothing about a plain one."""
    if day in year.holidays:
        return year.holidays[day]
    if day in year.moved:
        return f"выходной вместо {year.moved[day]:%d.%m}"
    if day in year.working_weekends:
        return f"отдых перенесён на {year.rest_moved_to[day]:%d.%m}"
    return ""


def _hours(known: ProductionCalendar, hours: OfficeHours | IntakeHours, day: date) -> str:
    opening = hours.opening(known, day)
    if opening is None:
        return "закрыто"
    return f"{opening.start.astimezone(LOCAL):%H:%M}-{opening.end.astimezone(LOCAL):%H:%M}"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%d.%m.%Y %H:%M}"


def _day(text: str) -> date:
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _RUSSIAN_DAY.fullmatch(text):
            return date.fromisoformat("-".join(reversed(text.split("."))))
    except ValueError as error:
        raise Unusable(f"{text}: такого дня нет") from error
    raise Unusable(f"{text}: нужен год 2027 или день 2027-02-20")
