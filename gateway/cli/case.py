"""`hub case`: the operator's hand on the connection desk."""

import getpass
import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import changing_registry, prepare
from gateway.cli.tables import show as show_table
from gateway.kernel.errors import GatewayError
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Transaction
from registry.onboarding import cases, responsible, terms
from registry.onboarding.cases import CaseView
from registry.onboarding.deadlines import Threshold
from registry.onboarding.desk import Actor, CaseRequest, StepData
from registry.onboarding.facts import FACTS, told
from registry.onboarding.machines import MACHINES, STATES
from registry.onboarding.table import CaseKind, Row, Who

KINDS = {kind.value.removeprefix("SM-").lower(): kind for kind in CaseKind}
THRESHOLDS = {
    Threshold.HALF: "прошла половина срока",
    Threshold.LAST_DAY: "последний день срока",
    Threshold.OVERDUE: "срок пропущен",
}
number_argument = click.argument("number", metavar="НОМЕР")
fact_argument = click.argument("given", metavar="[СВЕДЕНИЕ=ЗНАЧЕНИЕ]...", nargs=-1)
file_option = click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Файл TOML или JSON со сведениями шага.",
)
comment_option = click.option("--comment", help="Примечание для истории дела.")
document_option = click.option(
    "--document", type=click.UUID, help="Поступивший документ: его идентификатор."
)
owner_option = click.option(
    "--owner", is_flag=True, help="Шаг выполняет владелец системы, а не оператор."
)


@click.group()
@click.pass_obj
def case(hub: Hub) -> None:
    """Дела о подключении: шаги, сроки, история."""
    prepare(hub)


@case.command("list")
@click.option("--kind", type=click.Choice(sorted(KINDS)), help="Только дела этого вида.")
@click.option("--participant", metavar="КОД", help="Только дела этого участника.")
@click.pass_obj
def list_all(hub: Hub, kind: str | None, participant: str | None) -> None:
    """Показать дела."""
    with hub.registry.reading() as transaction:
        found = cases.listed(transaction, None if kind is None else KINDS[kind], participant)
    table = Table("Номер", "Вид", "Участник", "Состояние", "С", "Срок")
    for view in found:
        table.add_row(
            view.number,
            MACHINES[view.kind].title,
            view.participant,
            view.state,
            _moment(view.entered_at),
            _due(view, hub.clock()),
        )
    show_table(table)


@case.command()
@number_argument
@click.pass_obj
def show(hub: Hub, number: str) -> None:
    """Показать дело: состояние, сроки, историю и возможные шаги."""
    with _refusals(), hub.registry.reading() as transaction:
        view = cases.read(transaction, cases.find(transaction, number))
    for table in (_summary(view, hub.clock()), _history(view), _steps(view)):
        show_table(table)


@case.command("open")
@click.argument("code", metavar="УЧАСТНИК")
@click.argument("kind", metavar="ВИД", type=click.Choice(sorted(KINDS)))
@fact_argument
@click.option("--step", help="Первый шаг; по умолчанию первый по порядку.")
@file_option
@comment_option
@document_option
@click.pass_obj
def open_new(
    hub: Hub,
    code: str,
    kind: str,
    given: tuple[str, ...],
    step: str | None,
    path: Path | None,
    comment: str | None,
    document: UUID | None,
) -> None:
    """Открыть дело: внести поступившее заявление или заявку."""
    machine = MACHINES[KINDS[kind]]
    data = StepData(_facts(given, path), comment, document)
    request = CaseRequest(code, machine.kind, step or machine.rows[0].step, data)
    with _refusals(), changing_registry(hub) as transaction:
        view = hub.desk.open_case(transaction, request, hub.clock(), _actor(owner=False))
    _tell(view)


@case.command("step")
@number_argument
@click.argument("name", metavar="ШАГ")
@fact_argument
@file_option
@comment_option
@document_option
@owner_option
@click.pass_obj
def take_step(
    hub: Hub,
    number: str,
    name: str,
    given: tuple[str, ...],
    path: Path | None,
    comment: str | None,
    document: UUID | None,
    owner: bool,  # noqa: FBT001 -- a flag of the command line
) -> None:
    """Выполнить шаг дела; возможные шаги показывает hub case show."""
    data = StepData(_facts(given, path), comment, document)
    with _refusals(), changing_registry(hub) as transaction:
        case_id = cases.find(transaction, number)
        view = hub.desk.advance(transaction, case_id, name, data, hub.clock(), _actor(owner=owner))
    _tell(view)


@case.command()
@click.pass_obj
def overdue(hub: Hub) -> None:
    """Отметить и показать сроки: половина прошла, последний день, пропущен."""
    now = hub.clock()
    with changing_registry(hub) as transaction:
        hub.desk.overdue(transaction, now)
        responsible.overdue(transaction, now, hub.desk.notices)
        found = cases.listed(transaction)
    table = Table("Номер", "Участник", "Что нужно сделать", "Срок", "Состояние срока")
    for view in found:
        for deadline in view.deadlines:
            crossed = [one for one in Threshold if one.is_crossed(deadline, now)]
            if crossed:
                table.add_row(
                    view.number,
                    view.participant,
                    deadline.what,
                    terms.told(deadline.due_at),
                    THRESHOLDS[crossed[-1]],
                )
    show_table(table)


@case.command("go-live")
@click.pass_obj
def go_live(hub: Hub) -> None:
    """Ввести в эксплуатацию тех, чей день по подписанному акту наступил."""
    with _refusals(), changing_registry(hub) as transaction:
        live = hub.desk.go_live(transaction, hub.clock())
    for view in live:
        _tell(view)
    if not live:
        click.echo("вводить некого: подписанных актов с наступившей датой нет")


@case.command()
@click.argument("kind", metavar="ВИД", type=click.Choice(sorted(KINDS)))
@click.pass_obj
def table(_: Hub, kind: str) -> None:
    """Показать таблицу шагов вида дел."""
    machine = MACHINES[KINDS[kind]]
    shown = Table("Пункт", "Из", "Шаг", "В", "Кто", "Что делают", title=machine.title)
    for row in machine.rows:
        who = ", ".join(one.value for one in row.who)
        shown.add_row(row.id, ", ".join(row.before), row.step, row.after, who, row.title)
    show_table(shown)


def _facts(given: tuple[str, ...], path: Path | None) -> Mapping[str, object]:
    """Return the facts of the file, then those of the line."""
    found: dict[str, object] = {} if path is None else _read(path)
    for text in given:
        name, separator, value = text.partition("=")
        if not separator:
            raise click.UsageError(f"ожидается СВЕДЕНИЕ=ЗНАЧЕНИЕ, а не {text}")
        found[name] = value
    return found


def _read(path: Path) -> dict[str, object]:
    text = path.read_text("utf-8")
    try:
        loaded: Any = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise click.ClickException(f"{path.name}: файл не читается: {error}") from error
    if not isinstance(loaded, dict):
        raise click.ClickException(f"{path.name}: ожидаются пары «сведение — значение»")
    return loaded


def _actor(*, owner: bool) -> Actor:
    return Actor(getpass.getuser(), Who.OWNER if owner else Who.OPERATOR)


@contextmanager
def _refusals() -> Iterator[Transaction | None]:
    """Tell the operator what was refused and what to do, exit code 1."""
    try:
        yield None
    except GatewayError as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.action}") from refusal


def _tell(view: CaseView) -> None:
    due = "" if view.due_at is None else f", срок до {terms.told(view.due_at)}"
    click.echo(f"{view.number}: {view.state}, {STATES[view.state]}{due}")


def _summary(view: CaseView, now: datetime) -> Table:
    table = Table("Сведение", "Значение", title=f"Дело {view.number}")
    table.add_row("Вид", MACHINES[view.kind].title)
    table.add_row("Участник", view.participant)
    table.add_row("Состояние", f"{view.state}: {STATES[view.state]}")
    table.add_row("Открыто", _moment(view.opened_at))
    for deadline in view.deadlines:
        late = ", СРОК ПРОПУЩЕН" if deadline.is_overdue(now) else ""
        table.add_row(f"Срок ({deadline.term})", f"{terms.told(deadline.due_at)}{late}")
    for remark in view.remarks:
        table.add_row("Замечание", remark)
    for name, value in view.facts.items():
        table.add_row(FACTS[name].label, told(value))
    return table


def _history(view: CaseView) -> Table:
    table = Table("Когда", "Кто", "Шаг", "Из", "В", "Документ", "Примечание", title="История")
    for step in view.history:
        table.add_row(
            _moment(step.at),
            step.actor,
            step.step,
            step.before,
            step.after,
            "" if step.doc_type is None else f"{step.doc_type.value} {step.document_id or ''}",
            step.comment or "",
        )
    return table


def _steps(view: CaseView) -> Table:
    table = Table("Шаг", "Что делают", "Кто", "Сведения", title="Возможные шаги")
    for row in MACHINES[view.kind].leaving(view.state):
        who = ", ".join(one.value for one in row.who)
        table.add_row(row.step, row.title, who, _asked(row))
    return table


def _asked(row: Row) -> str:
    needed = [f"{name} ({FACTS[name].label})" for name in row.needs]
    return "; ".join([*needed, *(f"[{name}]" for name in row.takes)])


def _due(view: CaseView, now: datetime) -> str:
    if view.due_at is None:
        return ""
    return f"{terms.told(view.due_at)}{', пропущен' if now > view.due_at else ''}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%d.%m.%Y %H:%M}"
