"""`hub outbox`: what the hub sends, and the operator's hand on it."""

import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.tables import show as show_table
from gateway.delivery import orders
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL
from gateway.kernel.visible import visible
from gateway.storage import outbound
from gateway.storage.database import Transaction
from gateway.storage.outbound import Exchanged
from gateway.storage.outbox import Outbox, State, Verdict, commands
from gateway.storage.outbox.commands import Card, Command, Destination, Order, Wanted

NAMES = ("registry", "test", "prod")
STATES = {
    State.WAITING: "ждёт",
    State.CLAIMED: "отправляется",
    State.DELIVERED: "доставлено",
    State.PARKED: "отложено: отказ навсегда",
    State.CANCELLED: "отменено",
    State.EXPIRED: "срок истёк",
}
VERDICTS = {
    Verdict.DELIVERED: "принято",
    Verdict.LATER: "просят позже",
    Verdict.UNREACHED: "нет связи",
    Verdict.NEVER: "отказ",
    Verdict.LOST: "прервано",
}
COMMANDS = {
    Command.PAUSE: "приостановить",
    Command.RESUME: "возобновить",
    Command.RESEND: "отправить снова",
    Command.CANCEL: "отменить",
}

where_option = click.option(
    "--in",
    "name",
    type=click.Choice(NAMES),
    default="registry",
    show_default=True,
    help="База: реестр участников (уведомления) или контур.",
)
Target = TypeVar("Target", str, UUID)

address_argument = click.argument("address", metavar="АДРЕС")
delivery_argument = click.argument("delivery", metavar="НОМЕР", type=click.UUID)
reason_option = click.option("--reason", required=True, help="Почему: останется в следе команды.")


@click.group()
@click.pass_obj
def outbox(hub: Hub) -> None:
    """Исходящая очередь: отправления, попытки, адреса."""
    prepare(hub)


@outbox.command("list")
@where_option
@click.option(
    "--state",
    type=click.Choice([state.value for state in State], case_sensitive=False),
    help="Только в этом состоянии.",
)
@click.option("--address", help="Только на этот адрес.")
@click.option("--key", help="Только этого ключа порядка.")
@click.option("--source", help="Только вызванные этим, например notice/17.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Не больше.")
@click.pass_obj
def list_all(
    hub: Hub,
    name: str,
    state: str | None,
    address: str | None,
    key: str | None,
    source: str | None,
    limit: int,
) -> None:
    """Показать отправления, новые первыми."""
    wanted = Wanted(None if state is None else State(state.upper()), address, key, source)
    database, box = hub.outboxes[name]
    with database.reading() as transaction:
        lines = commands.deliveries(box, transaction, wanted, limit)
    table = Table("Номер", "Написано", "Канал", "Адрес", "Повод", "Состояние", "Попыток", "Далее")
    for line in lines:
        table.add_row(
            str(line.id),
            _moment(line.created_at),
            line.channel,
            line.address,
            visible(line.source),
            STATES[line.state],
            str(line.attempts),
            _moment(line.due_at) if line.state is State.WAITING else "",
        )
    show_table(table)


@outbox.command()
@where_option
@delivery_argument
@click.pass_obj
def show(hub: Hub, name: str, delivery: UUID) -> None:
    """Показать отправление, его попытки и данные о нём команды."""
    database, box = hub.outboxes[name]
    with _refusals(), database.reading() as transaction:
        card = commands.find(box, transaction, delivery)
        answers = [] if name == "registry" else outbound.of_letter(transaction, card.letter)
    for table in (_summary(card), _attempts(card), _orders(card)):
        show_table(table)
    if answers:
        show_table(_answers(answers))


@outbox.command()
@where_option
@delivery_argument
@click.option("--attempt", type=click.IntRange(1), help="Номер попытки; без указания последняя.")
@click.pass_obj
def reply(hub: Hub, name: str, delivery: UUID, attempt: int | None) -> None:
    """Вывести ответ участника байт в байт; в нём могут быть персональные данные."""
    database, box = hub.outboxes[name]
    answers = []
    if name != "registry":
        with _refusals(), database.reading() as transaction:
            card = commands.find(box, transaction, delivery)
            answers = outbound.of_letter(transaction, card.letter)
    found = [one.reply for one in answers if one.reply and attempt in {None, one.number}]
    if not found:
        raise click.ClickException("Ответа на это отправление нет.")
    click.echo(found[-1], nl=False)


@outbox.command()
@where_option
@click.pass_obj
def addresses(hub: Hub, name: str) -> None:
    """Показать адреса: сколько ждёт, отвечает ли, не приостановлен ли."""
    database, box = hub.outboxes[name]
    with database.reading() as transaction:
        found = commands.destinations(box, transaction)
    table = Table("Адрес", "Ждёт", "Неудач подряд", "Состояние")
    for one in found:
        table.add_row(one.address, str(one.waiting), str(one.failures), _fares(one, hub.clock()))
    show_table(table)


@outbox.command()
@where_option
@address_argument
@reason_option
@click.pass_obj
def pause(hub: Hub, name: str, address: str, reason: str) -> None:
    """Не отправлять на адрес ничего, пока не возобновят; сроки при этом идут."""
    _order(hub, name, commands.pause, address, reason)
    click.echo(f"{address}: приостановлен")


@outbox.command()
@where_option
@address_argument
@reason_option
@click.pass_obj
def resume(hub: Hub, name: str, address: str, reason: str) -> None:
    """Снова отправлять на адрес; прежние неудачи забываются."""
    _order(hub, name, commands.resume, address, reason)
    click.echo(f"{address}: возобновлён")


@outbox.command()
@where_option
@delivery_argument
@reason_option
@click.pass_obj
def resend(hub: Hub, name: str, delivery: UUID, reason: str) -> None:
    """Отправить снова: те же байты под теми же номерами."""
    _order(hub, name, commands.resend, delivery, reason)
    click.echo(f"{delivery}: будет отправлено снова")


@outbox.command()
@where_option
@delivery_argument
@reason_option
@click.pass_obj
def cancel(hub: Hub, name: str, delivery: UUID, reason: str) -> None:
    """Не отправлять; следующие отправления того же ключа пойдут дальше."""
    database, box = hub.outboxes[name]
    with _refusals(), database.writing() as transaction:
        order = Order(getpass.getuser(), reason, hub.clock())
        after = orders.cancel(box, hub.channels(name), transaction, delivery, order)
    for call in after:
        call()
    click.echo(f"{delivery}: отменено")


def _order(
    hub: Hub,
    name: str,
    command: Callable[[Outbox, Transaction, Target, Order], None],
    target: Target,
    reason: str,
) -> None:
    database, box = hub.outboxes[name]
    with _refusals(), database.writing() as transaction:
        command(box, transaction, target, Order(getpass.getuser(), reason, hub.clock()))


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell the operator what was refused and what to do, exit code 1."""
    try:
        yield
    except GatewayError as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.action}") from refusal


def _summary(card: Card) -> Table:
    line = card.line
    table = Table("Что", "Значение", title=f"Отправление {line.id}")
    rows: Mapping[str, str] = {
        "Состояние": STATES[line.state],
        "Канал и адрес": f"{line.channel}, {line.address}",
        "Ключ порядка": visible(line.key),
        "Повод": visible(line.source),
        "Номер сообщения": visible(card.message_id),
        "Байт": str(card.size),
        "Написано": _moment(line.created_at),
        "Следующая попытка": _moment(line.due_at) if line.state is State.WAITING else "",
        "Крайний срок": _moment(line.deadline),
        "Завершено": _moment(line.ended_at),
    }
    for name, value in rows.items():
        table.add_row(name, value)
    return table


def _attempts(card: Card) -> Table:
    table = Table("№", "Начата", "Длилась, мс", "Исход", "Код", "Пояснение", title="Попытки")
    for one in card.tried:
        table.add_row(
            str(one.number),
            _moment(one.started_at),
            f"{(one.ended_at - one.started_at).total_seconds() * 1000:.0f}",
            VERDICTS[Verdict(one.verdict)],
            visible(one.code),
            visible(one.note),
        )
    return table


def _answers(answers: Sequence[Exchanged]) -> Table:
    table = Table("№", "Операция", "Куда", "Адрес IP", "HTTP", "Ответ, байт", title="Обмен")
    for one in answers:
        table.add_row(
            str(one.number),
            one.operation,
            visible(one.url or ""),
            one.remote or "",
            "" if one.http_status is None else str(one.http_status),
            "" if one.reply is None else str(len(one.reply)),
        )
    return table


def _orders(card: Card) -> Table:
    table = Table("Когда", "Кто", "Команда", "Почему", title="Команды оператора")
    for one in card.ordered:
        table.add_row(_moment(one.given_at), one.actor, COMMANDS[one.command], visible(one.reason))
    return table


def _fares(one: Destination, now: datetime) -> str:
    if one.paused_at is not None:
        return f"приостановлен {_moment(one.paused_at)}"
    if one.open_until is None:
        return "работает"
    if one.open_until > now:
        return f"не отвечает, следующая проба {_moment(one.open_until)}"
    return "не отвечает, идёт проба"


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M:%S")
