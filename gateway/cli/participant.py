"""`hub participant`: the operator's hand on the participant registry."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import click
from rich.console import Console
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.kernel.errors import GatewayError
from gateway.kernel.message import (
    BankTerms,
    Contour,
    CreditMode,
    ParticipantState,
    SignatureInTest,
)
from gateway.kernel.ports import LOCAL
from registry import cards
from registry.calendar import local_date
from registry.participants import CREDIT_DAYS, DIALECTS, Newcomer, ParticipantKind, Registrar

KINDS = {
    ParticipantKind.OPERATOR: "оператор узла",
    ParticipantKind.BANK: "кредитная организация",
    ParticipantKind.ORGANIZER: "организатор питания",
    ParticipantKind.SCHOOL: "образовательная организация",
    ParticipantKind.PORTAL: "портал услуг",
    ParticipantKind.DEPARTMENT: "орган власти",
    ParticipantKind.MUNICIPALITY: "муниципальный орган",
    ParticipantKind.SYSTEM_OPERATOR: "оператор информационной системы",
    ParticipantKind.APP_OPERATOR: "оператор мобильного приложения",
    ParticipantKind.OTHER: "иная организация",
}
STATES = {
    ParticipantState.CANDIDATE: "кандидат",
    ParticipantState.JOINED: "присоединился, открыт тестовый контур",
    ParticipantState.IN_OPERATION: "в эксплуатации, открыты оба контура",
    ParticipantState.SUSPENDED: "приостановлен",
}

code_argument = click.argument("code", metavar="КОД")
service_argument = click.argument("service", metavar="СЕРВИС")
contour_option = click.option(
    "--contour",
    type=click.Choice([contour.path for contour in Contour]),
    default=Contour.TEST.path,
    show_default=True,
    help="Контур.",
)
date_type = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])


@click.group()
@click.pass_obj
def participant(hub: Hub) -> None:
    """Участники взаимодействия: реестр, доступ, условия банков."""
    prepare(hub)


@participant.command()
@code_argument
@click.option("--name", required=True, help="Наименование.")
@click.option(
    "--kind",
    required=True,
    type=click.Choice([kind.value for kind in ParticipantKind], case_sensitive=False),
    help="Вид участника.",
)
@click.option("--inn", help="ИНН, 10 или 12 цифр.")
@click.option("--kpp", help="КПП, 9 знаков.")
@click.pass_obj
def add(hub: Hub, code: str, name: str, kind: str, inn: str | None, kpp: str | None) -> None:
    """Внести участника; он остаётся кандидатом до заключения соглашения."""
    with _refusals():
        _registrar(hub).add(Newcomer(code, name, ParticipantKind(kind.upper()), inn, kpp))
    click.echo(f"{code}: внесён, состояние CANDIDATE")


@participant.command("list")
@click.pass_obj
def list_all(hub: Hub) -> None:
    """Показать всех участников."""
    table = Table("Код", "Наименование", "Вид", "Состояние", "ИНН", "Изменён")
    for line in cards.list_participants(hub.registry):
        table.add_row(
            line.code,
            line.name,
            KINDS[ParticipantKind(line.kind)],
            line.state,
            line.inn or "",
            _moment(line.changed_at),
        )
    Console().print(table)


@participant.command()
@code_argument
@click.pass_obj
def show(hub: Hub, code: str) -> None:
    """Показать карточку участника и последние изменения."""
    with _refusals():
        card = cards.read_card(hub.registry, code)
    console = Console()
    for table in (_summary(card), _access(card), _changes(card)):
        console.print(table)


@participant.command()
@code_argument
@contour_option
@click.option("--revoke", "login", metavar="ЛОГИН", help="Отозвать этот логин вместо выдачи.")
@click.pass_obj
def credentials(hub: Hub, code: str, contour: str, login: str | None) -> None:
    """Выдать логин и пароль контура; пароль показывается один раз."""
    with _refusals():
        if login is not None:
            _registrar(hub).revoke_credentials(code, login)
            click.echo(f"{code}: логин {login} отозван")
            return
        issued = _registrar(hub).issue_credentials(code, Contour(contour.upper()))
    click.echo(f"логин:  {issued.login}")
    click.echo(f"пароль: {issued.password}")
    click.echo("Передайте пароль участнику сейчас: больше его не покажет никто.", err=True)


@participant.command()
@code_argument
@service_argument
@contour_option
@click.pass_obj
def grant(hub: Hub, code: str, service: str, contour: str) -> None:
    """Дать право доступа к сервису, например meals/bank-payment."""
    with _refusals():
        _registrar(hub).grant(code, service, Contour(contour.upper()))
    click.echo(f"{code}: открыт {service} в контуре {contour}")


@participant.command()
@code_argument
@service_argument
@contour_option
@click.pass_obj
def revoke(hub: Hub, code: str, service: str, contour: str) -> None:
    """Отозвать право доступа к сервису."""
    with _refusals():
        _registrar(hub).revoke(code, service, Contour(contour.upper()))
    click.echo(f"{code}: закрыт {service} в контуре {contour}")


@participant.command()
@code_argument
@click.argument(
    "new_state",
    metavar="СОСТОЯНИЕ",
    type=click.Choice([state.value for state in ParticipantState], case_sensitive=False),
)
@click.option("--basis", required=True, help="Документ-основание: соглашение, акт, решение.")
@click.pass_obj
def state(hub: Hub, code: str, new_state: str, basis: str) -> None:
    """Перевести участника в состояние JOINED, IN_OPERATION или SUSPENDED."""
    target = ParticipantState(new_state.upper())
    with _refusals():
        _registrar(hub).set_state(code, target, basis)
    click.echo(f"{code}: {STATES[target]}")


@participant.command()
@code_argument
@click.argument("organizer_inn", metavar="ИНН_ОРГАНИЗАТОРА")
@click.option("--contract", help="Номер договора банка с организатором.")
@click.option("--since", type=date_type, help="Первый день; по умолчанию сегодня.")
@click.option("--until", type=date_type, help="Закончить закрепление этим днём.")
@click.pass_obj
def bind(
    hub: Hub,
    code: str,
    organizer_inn: str,
    contract: str | None,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Закрепить организатора питания за банком или закончить закрепление (--until)."""
    with _refusals():
        if until is not None:
            _registrar(hub).unbind(code, organizer_inn, until.date())
            click.echo(f"{code}: закрепление {organizer_inn} действует по {_day(until.date())}")
            return
        if contract is None:
            raise click.UsageError("нужен номер договора: --contract")
        first = local_date(hub.clock()) if since is None else since.date()
        _registrar(hub).bind(code, organizer_inn, contract, first)
    click.echo(f"{code}: организатор {organizer_inn} закреплён с {_day(first)}")


@participant.command()
@code_argument
@click.argument("name", metavar="ДИАЛЕКТ", type=click.Choice(sorted(DIALECTS)))
@click.option("--on/--off", default=True, show_default=True, help="Включить или выключить.")
@click.pass_obj
def dialect(hub: Hub, code: str, name: str, on: bool) -> None:  # noqa: FBT001 -- a flag of the command line
    """Включить банку приём запросов HTTP GET в диалекте osmp или sberbank."""
    with _refusals():
        _registrar(hub).switch_dialect(code, name, on=on)
    click.echo(f"{code}: диалект {name} {'включён' if on else 'выключен'}")


@participant.command("signature-in-test")
@code_argument
@click.argument(
    "policy",
    metavar="ПОРЯДОК",
    type=click.Choice([policy.value for policy in SignatureInTest], case_sensitive=False),
)
@click.pass_obj
def signature_in_test(hub: Hub, code: str, policy: str) -> None:
    """Требовать подпись и в тестовом контуре (REQUIRED) или принимать логин (OPTIONAL)."""
    with _refusals():
        _registrar(hub).set_signature_in_test(code, SignatureInTest(policy.upper()))
    click.echo(f"{code}: подпись в тестовом контуре: {policy.upper()}")


@participant.command()
@code_argument
@click.option(
    "--mode",
    required=True,
    type=click.Choice([mode.value for mode in CreditMode], case_sensitive=False),
    help="Когда деньги считаются зачисленными: по уведомлению или по реестру.",
)
@click.option(
    "--days",
    required=True,
    type=click.IntRange(CREDIT_DAYS.start, CREDIT_DAYS.stop - 1),
    help="Срок зачисления в банковских днях.",
)
@click.option("--bank-name", required=True, help="Наименование банка для документов.")
@click.option("--bik", required=True, help="БИК.")
@click.pass_obj
def terms(hub: Hub, code: str, mode: str, days: int, bank_name: str, bik: str) -> None:
    """Записать условия, согласованные с банком."""
    agreed = BankTerms(CreditMode(mode.upper()), days, bank_name, bik)
    with _refusals():
        _registrar(hub).set_terms(code, agreed)
    click.echo(f"{code}: {agreed.credit_mode.value}, зачисление за {days} банковских дней")


@participant.command("bank-day")
@code_argument
@click.argument("day", metavar="ДЕНЬ", type=date_type)
@click.option(
    "--as",
    "how",
    required=True,
    type=click.Choice(["banking", "closed", "calendar"]),
    help="banking: банк проводит платежи, closed: нет, calendar: как в календаре.",
)
@click.pass_obj
def bank_day(hub: Hub, code: str, day: datetime, how: str) -> None:
    """Отметить день, в который банк работает иначе, чем производственный календарь."""
    with _refusals():
        if how == "calendar":
            _registrar(hub).clear_bank_day(code, day.date())
        else:
            _registrar(hub).mark_bank_day(code, day.date(), banking=how == "banking")
    click.echo(f"{code}: {_day(day.date())}: {how}")


def _registrar(hub: Hub) -> Registrar:
    return Registrar(hub.registry, hub.clock, getpass.getuser())


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell the operator what was refused and what to do, exit code 1."""
    try:
        yield
    except GatewayError as refusal:
        raise click.ClickException(f"{refusal.text} {refusal.action}") from refusal


def _summary(card: cards.Card) -> Table:
    line = card.line
    table = Table("Реквизит", "Значение", title=f"Участник {line.code}")
    table.add_row("Наименование", line.name)
    table.add_row("Вид", KINDS[ParticipantKind(line.kind)])
    table.add_row("Состояние", f"{line.state}: {STATES[ParticipantState(line.state)]}")
    table.add_row("ИНН / КПП", f"{line.inn or 'не указан'} / {card.kpp or 'не указан'}")
    table.add_row("Внесён", _moment(card.created_at))
    table.add_row("Подпись в тестовом контуре", card.signature_in_test)
    if card.terms is not None:
        terms_text = f"{card.terms.credit_mode}, банковских дней: {card.terms.credit_days}"
        table.add_row("Условия", f"{terms_text}, {card.terms.bank_name}, БИК {card.terms.bik}")
    if card.dialects:
        table.add_row("Диалекты", ", ".join(card.dialects))
    for binding in card.bindings:
        until = "" if binding.until is None else f" по {_day(binding.until)}"
        table.add_row(
            "Организатор",
            f"{binding.organizer_inn}, договор {binding.contract_number},"
            f" с {_day(binding.since)}{until}",
        )
    for exception in card.bank_days:
        word = "банковский день" if exception.banking else "банк не работает"
        table.add_row("Исключение", f"{_day(exception.day)}: {word}")
    return table


def _access(card: cards.Card) -> Table:
    table = Table("Доступ", "Контур", "Выдан", "Отозван", title="Логины и права доступа")
    for login in card.logins:
        table.add_row(
            f"логин {login.login}",
            login.contour,
            _moment(login.created_at),
            _moment(login.ended_at),
        )
    for right in card.rights:
        table.add_row(
            right.service, right.contour, _moment(right.created_at), _moment(right.ended_at)
        )
    return table


def _changes(card: cards.Card) -> Table:
    table = Table("Когда", "Кто", "Что", "Было", "Стало", "Основание", title="Последние изменения")
    for change in card.changes:
        table.add_row(
            _moment(change.changed_at),
            change.actor,
            change.subject,
            change.before or "",
            change.after or "",
            change.basis or "",
        )
    return table


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M:%S")


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
