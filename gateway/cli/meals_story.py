"""The day of a school and of its kitchen, played through real SOAP calls.

The organizer cooks and publishes, a parent chooses and confirms, a teacher sends the request of
the class. What cannot be done at the present moment (after 23:00, on a day without meals, beyond
the calendar) is not done: the story shows how the hub refuses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import zeep.exceptions

from adapters.meals.seed import DemoClass
from gateway.cli.meals_days import Days, days_at, period, told
from gateway.cli.meals_kitchen import Kitchen
from gateway.cli.meals_school import Family, Formed, Journal, Teacher
from gateway.cli.program import Identity, Say, StoryBroken
from gateway.kernel.ports import Clock
from registry.calendar import ProductionCalendar


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays and where."""

    organizer: Identity
    school: Identity
    led: DemoClass
    folder: Path
    """Where files are left."""


class Told(NamedTuple):
    """What the story left behind, for `demo.json`; None where today it was not possible."""

    order_id: str | None
    request_id: str | None
    request_print: Path | None
    daily_menu: Path | None
    report: Path | None


def play(cast: Cast, calendar: ProductionCalendar, clock: Clock, say: Say) -> Told:
    """Play the day; raise StoryBroken at the first answer that is not as told.

    A day that is closed meanwhile, at 23:00 or at midnight, is told anew as it is then.
    """
    while True:
        days = days_at(calendar, cast.led, clock())
        try:
            with _faults_told():
                return _play(cast, days, clock, say)
        except StoryBroken:
            if days_at(calendar, cast.led, clock()) == days:
                raise
            say("Пока шёл рассказ, день закрылся. Сначала, как теперь:")


def _play(cast: Cast, days: Days, clock: Clock, say: Say) -> Told:
    kitchen = Kitchen(cast.organizer, cast.led, clock, say)
    journal = Journal(cast.school, cast.led, clock, say)
    family = Family(journal.program, cast.led, say)
    teacher = Teacher(journal.program, cast.led, say)
    say(
        "Организатор питания передаёт меню из учётной программы: SOAP 1.1, логин и пароль,"
        " файлы zip в base64."
    )
    kitchen.cook(days)
    kitchen.begin_to_follow()
    say("Родитель заказывает питание. За него ручается школьная система, её запросы подписаны.")
    family.look(days)
    order_id = family.order(days)
    if order_id is not None:
        say("Организатор узнаёт о заказе.")
        kitchen.read_changes()
        kitchen.read_orders(days)
    formed = _class_day(days, journal, teacher, cast.folder, say)
    say("Организатор считает едоков и берёт отчёты.")
    kitchen.count_eaters(days)
    menu, report = _reports(kitchen, cast, days, say)
    return Told(
        order_id,
        None if formed is None else formed.request_id,
        None if formed is None else formed.print_file,
        menu,
        report,
    )


def _class_day(
    days: Days, journal: Journal, teacher: Teacher, folder: Path, say: Say
) -> Formed | None:
    """Tell the class's day as far as there is one."""
    if not days.is_meal_day:
        say(f"Сегодня {told(days.today)}, в школе не кормят: заявки на сегодня нет.")
        teacher.ask_for_tomorrow(days)
        return None
    if days.is_closed:
        say("Сегодня уже больше 23:00: день закрыт, его данные не меняются.")
        journal.tell_attendance(days)
        teacher.come_too_late(days)
        return None
    say(
        "Классный руководитель подаёт заявку на сегодня. Выбор на сегодня закрылся пять рабочих"
        " дней назад; меню и заказы на закрытые дни показ внёс сам, как если бы их сделали тогда."
    )
    journal.tell_attendance(days)
    return teacher.send(days, folder)


def _reports(kitchen: Kitchen, cast: Cast, days: Days, say: Say) -> tuple[Path | None, Path | None]:
    """Leave the menu of a day and the orders of the open days as files."""
    menu_day = _menu_day(days)
    menu = report = None
    if menu_day is not None:
        asked = [("DATE", menu_day.isoformat()), ("SCHOOL_CODE", cast.led.school)]
        menu = kitchen.report("DAILY_MENU", "XLSX", asked, cast.folder)
        say(f"  GetReport «Ежедневное меню» на {told(menu_day)}: {menu.name}")
    if days.meals:
        bounds = period(days.meals)
        asked = [
            ("PERIOD_FROM", bounds["from"].isoformat()),
            ("PERIOD_TO", bounds["to"].isoformat()),
        ]
        report = kitchen.report("ORDERS", "PDF", asked, cast.folder)
        say(f"  GetReport «Заказы питания»: {report.name}, вместо имён — лицевые счета")
    return menu, report


def _menu_day(days: Days) -> date | None:
    if days.is_meal_day:
        return days.today
    return days.meals[0] if days.meals else None


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except zeep.exceptions.Fault as fault:
        raise StoryBroken(fault.message) from fault
