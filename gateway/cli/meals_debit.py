"""`hub meals debit`: how the debits of days went, or how far they have come."""

from datetime import datetime

import click
from rich.table import Table

from adapters.meals.repository import debits
from adapters.meals.repository.debits import DebitDay
from gateway.bootstrap import Hub
from gateway.cli.options import contour_option
from gateway.cli.tables import show
from gateway.kernel.message import Contour
from gateway.kernel.money import format_roubles
from gateway.kernel.ports import LOCAL

STATES = {"WAITING": "ждёт", "RUNNING": "идёт", "DONE": "списано"}


@click.command()
@contour_option
@click.option("--limit", type=click.IntRange(1), default=14, show_default=True, help="Не больше.")
@click.pass_obj
def debit(hub: Hub, contour: str, limit: int) -> None:
    """Показать списания за питание по дням, новые первыми."""
    table = Table(
        "День", "Состояние", "После класса", "Строк", "Стоимость", "Возмещение", "К оплате",
        "Сверх кредита", "Начато", "Окончено", "Строк в секунду",
    )  # fmt: skip
    with hub.databases[Contour(contour.upper())].reading() as transaction:
        days = debits.days(transaction, limit)
    now = hub.clock()
    for day in days:
        table.add_row(
            f"{day.day:%d.%m.%Y}",
            STATES[day.state],
            day.after_class if day.state == "RUNNING" else "",
            str(day.lines),
            format_roubles(day.full),
            format_roubles(day.discount),
            format_roubles(day.to_pay),
            str(day.over_credit),
            _moment(day.started_at),
            _moment(day.finished_at),
            _speed(day, now),
        )
    show(table)


def _speed(day: DebitDay, now: datetime) -> str:
    """Return lines a second; empty when it took no time that a clock could tell."""
    if day.started_at is None:
        return ""
    seconds = ((day.finished_at or now) - day.started_at).total_seconds()
    return f"{day.lines / seconds:.0f}" if seconds > 0 else ""


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(LOCAL):%d.%m.%Y %H:%M:%S}"
