"""`hub participant`: the operator's hand on the participant registry."""

from datetime import datetime

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.binding import acquirer, list_banks, school
from gateway.cli.databases import prepare
from gateway.cli.options import (
    actor,
    code_argument,
    contour_option,
    date_type,
    refusals,
    service_argument,
)
from gateway.cli.organization import agreement, card, contact, history_table, tell_history
from gateway.cli.smev2 import smev2
from gateway.cli.tables import show as show_table
from gateway.cli.words import KINDS, STATES, SUB_KINDS, moment
from gateway.cli.words import day as write_day
from gateway.kernel.message import (
    BankTerms,
    Contour,
    CreditMode,
    ParticipantState,
    SignatureInTest,
)
from registry import cards, founders, history
from registry.calendar import local_date
from registry.kinds import ParticipantKind, SubKind
from registry.participants import CREDIT_DAYS, DIALECTS, Newcomer, Registrar

_CHANGES_SHOWN = 20


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
    with refusals():
        _registrar(hub).add(Newcomer(code, name, ParticipantKind(kind.upper()), inn, kpp))
    click.echo(f"{code}: внесён, состояние CANDIDATE; дальше: hub case open {code} ВИД")


@participant.command("founders")
@click.pass_obj
def enter_founders(hub: Hub) -> None:
    """Внести оператора узла и владельца систем, если их ещё нет."""
    with refusals(), hub.registry.writing() as transaction:
        founders.found(transaction, hub.settings.code, hub.clock(), actor())
        click.echo(f"оператор: {founders.operator_of(transaction)}")
        click.echo(f"владелец: {founders.owner_of(transaction)}")


@participant.command("sub-kind")
@code_argument
@click.argument(
    "sub_kind",
    metavar="ПОДВИД",
    type=click.Choice([kind.value.lower() for kind in SubKind], case_sensitive=False),
)
@click.pass_obj
def choose_sub_kind(hub: Hub, code: str, sub_kind: str) -> None:
    """Уточнить вид: у банка acquiring, online или both; у учреждения ou, dou, odo, spo."""
    chosen = SubKind(sub_kind.upper())
    with refusals():
        _registrar(hub).choose_sub_kind(code, chosen)
    click.echo(f"{code}: {SUB_KINDS[chosen]}")


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
            moment(line.changed_at),
        )
    show_table(table)


@participant.command()
@code_argument
@click.pass_obj
def show(hub: Hub, code: str) -> None:
    """Показать карточку участника и последние изменения."""
    with refusals():
        card = cards.read_card(hub.registry, code)
        with hub.registry.reading() as transaction:
            latest = history.lines(transaction, code)[-_CHANGES_SHOWN:]
            changes = history_table(latest, transaction.vault)
    for table in (_summary(card), _access(card), changes):
        show_table(table)


@participant.command()
@code_argument
@contour_option
@click.option("--revoke", "login", metavar="ЛОГИН", help="Отозвать этот логин вместо выдачи.")
@click.pass_obj
def credentials(hub: Hub, code: str, contour: str, login: str | None) -> None:
    """Выдать логин и пароль контура; пароль показывается один раз."""
    with refusals():
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
    """Дать право доступа к сервису в тестовом контуре, например meals/bank-payment."""
    with refusals():
        _registrar(hub).grant(code, service, Contour(contour.upper()))
    click.echo(f"{code}: открыт {service} в контуре {contour}")


@participant.command()
@code_argument
@service_argument
@contour_option
@click.pass_obj
def revoke(hub: Hub, code: str, service: str, contour: str) -> None:
    """Отозвать право доступа к сервису в тестовом контуре."""
    with refusals():
        _registrar(hub).revoke(code, service, Contour(contour.upper()))
    click.echo(f"{code}: закрыт {service} в контуре {contour}")


@participant.command()
@code_argument
@click.option("--basis", required=True, help="Документ-основание: письмо, решение.")
@click.pass_obj
def suspend(hub: Hub, code: str, basis: str) -> None:
    """Приостановить участника: оба контура закрываются сразу."""
    with refusals():
        _registrar(hub).suspend(code, basis)
    click.echo(f"{code}: {STATES[ParticipantState.SUSPENDED]}")


@participant.command()
@code_argument
@click.option("--basis", required=True, help="Документ-основание: письмо, решение.")
@click.pass_obj
def resume(hub: Hub, code: str, basis: str) -> None:
    """Возобновить участника: открывается то, что дали ему дела о подключении."""
    with refusals():
        _registrar(hub).resume(code, basis)
    click.echo(f"{code}: приостановление снято")


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
    with refusals():
        if until is not None:
            _registrar(hub).unbind(code, organizer_inn, until.date())
            click.echo(
                f"{code}: закрепление {organizer_inn} действует по {write_day(until.date())}"
            )
            return
        if contract is None:
            raise click.UsageError("нужен номер договора: --contract")
        first = local_date(hub.clock()) if since is None else since.date()
        _registrar(hub).bind(code, organizer_inn, contract, first)
    click.echo(f"{code}: организатор {organizer_inn} закреплён с {write_day(first)}")


@participant.command()
@code_argument
@click.argument("name", metavar="ДИАЛЕКТ", type=click.Choice(sorted(DIALECTS)))
@click.option("--on/--off", default=True, show_default=True, help="Включить или выключить.")
@click.pass_obj
def dialect(hub: Hub, code: str, name: str, on: bool) -> None:  # noqa: FBT001 -- a flag of the command line
    """Включить банку приём запросов HTTP GET в диалекте osmp или sberbank."""
    with refusals():
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
    with refusals():
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
    with refusals():
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
    with refusals():
        if how == "calendar":
            _registrar(hub).clear_bank_day(code, day.date())
        else:
            _registrar(hub).mark_bank_day(code, day.date(), banking=how == "banking")
    click.echo(f"{code}: {write_day(day.date())}: {how}")


def _registrar(hub: Hub) -> Registrar:
    return Registrar(hub.registry, hub.clock, actor())


def _summary(card: cards.Card) -> Table:
    line = card.line
    table = Table("Реквизит", "Значение", title=f"Участник {line.code}")
    table.add_row("Наименование", line.name)
    sub_kind = "" if card.sub_kind is None else f", {SUB_KINDS[SubKind(card.sub_kind)]}"
    table.add_row("Вид", KINDS[ParticipantKind(line.kind)] + sub_kind)
    table.add_row("Состояние", f"{line.state}: {STATES[ParticipantState(line.state)]}")
    table.add_row("ИНН / КПП", f"{line.inn or 'не указан'} / {card.kpp or 'не указан'}")
    table.add_row("Внесён", moment(card.created_at))
    table.add_row("Подпись в тестовом контуре", card.signature_in_test)
    if card.terms is not None:
        terms_text = f"{card.terms.credit_mode}, банковских дней: {card.terms.credit_days}"
        table.add_row("Условия", f"{terms_text}, {card.terms.bank_name}, БИК {card.terms.bik}")
    if card.dialects:
        table.add_row("Диалекты", ", ".join(card.dialects))
    for binding in card.bindings:
        until = "" if binding.until is None else f" по {write_day(binding.until)}"
        table.add_row(
            "Организатор",
            f"{binding.organizer_inn}, договор {binding.contract_number},"
            f" с {write_day(binding.since)}{until}",
        )
    for exception in card.bank_days:
        word = "банковский день" if exception.banking else "банк не работает"
        table.add_row("Исключение", f"{write_day(exception.day)}: {word}")
    return table


def _access(card: cards.Card) -> Table:
    table = Table("Доступ", "Контур", "Выдан", "Отозван", title="Логины и права доступа")
    for login in card.logins:
        table.add_row(
            f"логин {login.login}",
            login.contour,
            moment(login.created_at),
            moment(login.ended_at),
        )
    for right in card.rights:
        table.add_row(
            right.service, right.contour, moment(right.created_at), moment(right.ended_at)
        )
    return table


for command in (card, contact, agreement, tell_history, acquirer, school, list_banks, smev2):
    participant.add_command(command)
