"""`hub notice`: what participants were told."""

from collections.abc import Mapping
from datetime import datetime

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.tables import show as show_table
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL
from gateway.kernel.visible import visible
from registry.notices import NoticeCode, board, wording
from registry.notices.codes import Way

NUMBERS: Mapping[str, NoticeCode] = {code.kind.number: code for code in NoticeCode}
WAYS = {
    Way.MAIL: "почта и GetNotices",
    Way.SERVICE: "GetNotices",
}

number_type = click.Choice(list(NUMBERS), case_sensitive=False)


@click.group()
@click.pass_obj
def notice(hub: Hub) -> None:
    """Уведомления участникам: что, кому и когда сообщено."""
    prepare(hub)


@notice.command("list")
@click.option("--to", "participant", metavar="КОД", help="Только этому участнику.")
@click.option("--code", "number", type=number_type, help="Только этого вида.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Не больше.")
@click.pass_obj
def list_all(hub: Hub, participant: str | None, number: str | None, limit: int) -> None:
    """Показать последние уведомления, новые первыми."""
    table = Table("Когда", "Кому", "№", "Вид", "Тема", "Писем", "Прочитано")
    code = None if number is None else NUMBERS[number.upper()]
    with hub.registry.reading() as transaction:
        found = board.latest(transaction, participant, code, limit)
    for one in found:
        table.add_row(
            _moment(one.posted_at),
            one.participant,
            str(one.seq),
            one.code.kind.number,
            visible(one.subject),
            str(one.letters),
            _moment(one.acknowledged_at),
        )
    show_table(table)


@notice.command()
@click.argument("participant", metavar="КОД")
@click.argument("seq", metavar="НОМЕР", type=int)
@click.pass_obj
def show(hub: Hub, participant: str, seq: int) -> None:
    """Показать уведомление участника целиком."""
    try:
        with hub.registry.reading() as transaction:
            found = board.find(transaction, participant, seq)
    except GatewayError as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.action}") from refusal
    click.echo(f"{found.code.kind.number}: {found.code.kind.title}")
    click.echo(f"Кому: {found.participant}, № {found.seq}, {_moment(found.posted_at)}")
    click.echo(f"Повод: {visible(found.event)}")
    if found.ref is not None:
        click.echo(f"Ссылка: {visible(found.ref)}")
    click.echo(f"Тема: {visible(found.subject)}\n")
    click.echo(visible(found.text))


@notice.command()
@click.argument("number", metavar="ВИД", required=False, type=number_type)
@click.pass_obj
def text(_: Hub, number: str | None) -> None:
    """Показать шаблон вида уведомления, а без вида — перечень всех видов."""
    if number is not None:
        click.echo(wording.source_of(NUMBERS[number.upper()]))
        return
    table = Table("Вид", "О чём", "Кому", "Как", "Обязательные сведения")
    for code in NoticeCode:
        kind = code.kind
        table.add_row(
            kind.number, kind.title, kind.addressee, WAYS[kind.way], ", ".join(sorted(kind.facts))
        )
    show_table(table)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M")
