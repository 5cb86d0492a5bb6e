"""`hub review`: what participants under test have shown, and the testers who decide on it."""

import shutil
from pathlib import Path
from uuid import UUID

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.options import contour_option, refusals
from gateway.cli.tables import show
from gateway.conformance.sessions import Decision
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.kernel.visible import visible
from gateway.storage import attachments

session_argument = click.argument("session", metavar="СЕАНС", type=click.UUID)
line_argument = click.argument("line", metavar="СТРОКА")
step_argument = click.argument("step", metavar="ШАГ")
tester_option = click.option(
    "--tester", required=True, help="Кто решил: фамилия и инициалы, они войдут в протокол."
)
reason_option = click.option("--reason", required=True, help="Почему: войдёт в протокол.")


@click.group()
@click.pass_obj
def review(hub: Hub) -> None:
    """Испытания: очередь шагов, которые ждут решения испытателя."""
    prepare(hub)


@review.command("list")
@contour_option
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Не больше.")
@click.pass_obj
def list_all(hub: Hub, contour: str, limit: int) -> None:
    """Показать, что ждёт решения, давние первыми."""
    with hub.databases[_contour(contour)].reading() as transaction:
        waiting = hub.sessions.reviews(transaction, hub.clock(), limit)
    table = Table("Сеанс", "Участник", "План", "Строка", "Шаг", "Попытка", "Приложено", "Просили")
    for item in waiting:
        table.add_row(
            str(item.session),
            item.participant,
            item.plan,
            item.line,
            item.place.step,
            str(item.place.attempt),
            ", ".join(
                f"{thing.at.astimezone(LOCAL):%d.%m.%Y %H:%M} {thing.digest[:12]}"
                for thing in item.provided
            ),
            visible(item.text),
        )
    show(table)


@review.command()
@contour_option
@click.argument("digest", metavar="ОТПЕЧАТОК")
@click.argument("target", metavar="ФАЙЛ", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def save(hub: Hub, contour: str, digest: str, target: Path) -> None:
    """Сохранить приложенное в ФАЙЛ; ОТПЕЧАТОК — начало его SHA-256 из списка."""
    database = hub.databases[_contour(contour)]
    with database.reading() as transaction:
        waiting = hub.sessions.reviews(transaction, hub.clock())
    found = {
        thing.digest
        for item in waiting
        for thing in item.provided
        if thing.digest.startswith(digest.lower())
    }
    if len(found) != 1:
        raise click.ClickException("в очереди нет ровно одного приложения с таким отпечатком")
    if target.exists():
        raise click.ClickException(f"{target} уже есть")
    with (
        attachments.open_kept(database, bytes.fromhex(found.pop())) as source,
        target.open("xb") as copy,
    ):
        shutil.copyfileobj(source, copy)
    click.echo(f"сохранено: {target}")


@review.command()
@contour_option
@session_argument
@line_argument
@step_argument
@tester_option
@reason_option
@click.pass_obj
def confirm(
    hub: Hub, contour: str, session: UUID, line: str, step: str, tester: str, reason: str
) -> None:
    """Подтвердить: показано то, что требовалось."""
    _decide(hub, contour, session, line, step, Decision(tester, accepted=True, reason=reason))
    click.echo(f"{line}, шаг {step}: подтверждено")


@review.command()
@contour_option
@session_argument
@line_argument
@step_argument
@tester_option
@reason_option
@click.pass_obj
def reject(
    hub: Hub, contour: str, session: UUID, line: str, step: str, tester: str, reason: str
) -> None:
    """Отклонить: участнику понадобится новая попытка."""
    _decide(hub, contour, session, line, step, Decision(tester, accepted=False, reason=reason))
    click.echo(f"{line}, шаг {step}: отклонено")


def _decide(
    hub: Hub, contour: str, session: UUID, line: str, step: str, decision: Decision
) -> None:
    with refusals(), hub.databases[_contour(contour)].writing() as transaction:
        found = hub.sessions.find(transaction, session)
        hub.sessions.decide(transaction, found, line, step, decision, hub.clock())


def _contour(path: str) -> Contour:
    return Contour(path.upper())
