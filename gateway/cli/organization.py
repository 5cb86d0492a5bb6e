"""`hub participant card|contact|agreement|history`: who a participant is, with all versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import words
from gateway.cli.options import (
    actor,
    basis_option,
    code_argument,
    date_type,
    in_tyumen,
    moment_type,
    refusals,
    required_basis_option,
)
from gateway.cli.tables import show as show_table
from gateway.storage.vault import Vault
from registry import agreements, contacts, history, organizations
from registry.agreements import Agreement, AgreementKind
from registry.contacts import Contact, ContactRole
from registry.onboarding import responsible
from registry.organizations import BankDetails, Organization

_CARD = {
    "full_name": "Полное наименование.",
    "short_name": "Краткое наименование: под ним участник в списках.",
    "inn": "ИНН.",
    "kpp": "КПП.",
    "ogrn": "ОГРН.",
    "legal_form": "Организационно-правовая форма.",
    "address": "Адрес.",
    "postal_address": "Почтовый адрес.",
    "head_name": "ФИО руководителя.",
    "phone": "Телефон.",
}
_BANK = {
    "bank_name": "Банк организации.",
    "bik": "БИК банка.",
    "account": "Расчётный счёт.",
    "correspondent_account": "Корреспондентский счёт.",
}
role_argument = click.argument(
    "role",
    metavar="РОЛЬ",
    type=click.Choice([role.value.lower() for role in ContactRole], case_sensitive=False),
)
agreement_kind_option = click.option(
    "--kind",
    type=click.Choice([kind.value.lower() for kind in AgreementKind], case_sensitive=False),
    default=AgreementKind.JOIN.value.lower(),
    show_default=True,
    help="Вид соглашения.",
)


def _card_options(command: Any) -> Any:  # noqa: ANN401 -- click decorates anything
    for name, help_text in reversed({**_CARD, **_BANK}.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, help=help_text)(command)
    return command


@click.command()
@code_argument
@_card_options
@basis_option
@click.pass_obj
def card(hub: Hub, /, code: str, basis: str | None, **lines: str | None) -> None:
    """Показать карточку организации со всеми версиями или изменить названные строки."""
    with refusals():
        if any(value is not None for value in lines.values()):
            _change_card(hub, code, basis, lines)
        with hub.registry.reading() as transaction:
            current = organizations.current(transaction, code)
            versions = organizations.versions(transaction, code)
    show_table(_card_table(code, current))
    if versions:
        show_table(_versions_table(versions))


def _change_card(hub: Hub, code: str, basis: str | None, lines: dict[str, str | None]) -> None:
    with hub.registry.writing() as transaction:
        before = organizations.current(transaction, code)
        changed = organizations.with_changes(
            before,
            **{name: lines[name] for name in _CARD},
            bank_details=_bank(before.bank_details, lines),
        )
        organizations.change_card(transaction, code, changed, hub.clock(), actor(), basis)


def _bank(before: BankDetails | None, lines: dict[str, str | None]) -> BankDetails | None:
    given = {name: lines[name] for name in _BANK if lines[name] is not None}
    if not given:
        return None
    kept = {} if before is None else {name: getattr(before, name) for name in _BANK}
    merged = {**kept, **given}
    missing = [name for name in ("bank_name", "bik", "account") if not merged.get(name)]
    if missing:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        raise click.UsageError(f"для реквизитов банка не хватает: {names}")
    return BankDetails(**merged)


def _card_table(code: str, organization: Organization) -> Table:
    table = Table("Реквизит", "Значение", title=f"Карточка {code}")
    for name in _CARD:
        value = getattr(organization, name)
        if value is not None:
            table.add_row(words.FIELDS[name], value)
    bank = organization.bank_details
    for name in _BANK:
        value = None if bank is None else getattr(bank, name)
        if value is not None:
            table.add_row(words.FIELDS[name], value)
    return table


def _versions_table(versions: Sequence[organizations.Version]) -> Table:
    table = Table("С", "По", "Краткое наименование", "ИНН", "Адрес", title="Версии карточки")
    for version in versions:
        organization = version.organization
        table.add_row(
            words.moment(version.valid_from),
            words.moment(version.valid_until),
            organization.short_name,
            organization.inn or "",
            organization.address or "",
        )
    return table


@click.group()
def contact() -> None:
    """Контактные лица участника: по одному на роль, прежние остаются в истории."""


@contact.command("set")
@code_argument
@role_argument
@click.option("--name", required=True, help="ФИО.")
@click.option("--phone", required=True, help="Телефон.")
@click.option("--email", required=True, help="E-mail.")
@click.option("--position", help="Должность.")
@click.option("--powers-ended", type=date_type, help="Последний день полномочий: ждём преемника.")
@basis_option
@click.pass_obj
def name_contact(
    hub: Hub,
    code: str,
    role: str,
    name: str,
    phone: str,
    email: str,
    position: str | None,
    powers_ended: datetime | None,
    basis: str | None,
) -> None:
    """Назвать лицо для роли вместо прежнего."""
    ended_on = None if powers_ended is None else powers_ended.date()
    person = Contact(ContactRole(role.upper()), name, phone, email, position, ended_on)
    with refusals(), hub.registry.writing() as transaction:
        contacts.name(transaction, code, person, hub.clock(), actor(), basis)
        responsible.follow(transaction, code, person, hub.clock(), hub.calendar, actor())
    click.echo(f"{code}: {words.CONTACT_ROLES[person.role]}: записано")


@contact.command("end")
@code_argument
@role_argument
@required_basis_option
@click.pass_obj
def end_contact(hub: Hub, code: str, role: str, basis: str) -> None:
    """Снять лицо без преемника."""
    which = ContactRole(role.upper())
    with refusals(), hub.registry.writing() as transaction:
        contacts.end(transaction, code, which, basis, hub.clock(), actor())
    click.echo(f"{code}: {words.CONTACT_ROLES[which]}: снято")


@contact.command("list")
@code_argument
@click.pass_obj
def list_contacts(hub: Hub, code: str) -> None:
    """Показать действующие контакты; код 1, если обязательных не хватает."""
    table = Table("Роль", "ФИО", "Должность", "Телефон", "E-mail", "Полномочия кончились")
    with refusals(), hub.registry.reading() as transaction:
        for person in contacts.current(transaction, code):
            table.add_row(
                words.CONTACT_ROLES[person.role],
                person.full_name,
                person.position or "",
                person.phone,
                person.email,
                words.day(person.powers_ended_on),
            )
        show_table(table)
        contacts.require_contacts(transaction, code)


@contact.command()
@click.pass_obj
def overdue(hub: Hub) -> None:
    """Показать, кому не назвали преемника за 5 рабочих дней; код 1, если такие есть."""
    with refusals(), hub.registry.reading() as transaction:
        late = contacts.overdue(transaction, hub.calendar, hub.clock())
    for one in late:
        click.echo(
            f"{one.participant}: {words.CONTACT_ROLES[one.role]}, полномочия кончились"
            f" {words.day(one.powers_ended_on)}, срок истёк {words.moment(one.due)}"
        )
    if late:
        raise SystemExit(1)


@click.group()
def agreement() -> None:
    """Соглашения, по которым участник присоединился."""


@agreement.command("add")
@code_argument
@click.argument("number", metavar="НОМЕР")
@agreement_kind_option
@click.option("--registered", type=moment_type, help="Когда зарегистрировано; иначе сейчас.")
@click.option("--incoming", help="Номер входящего письма в СЭД.")
@click.pass_obj
def add_agreement(
    hub: Hub,
    code: str,
    number: str,
    kind: str,
    registered: datetime | None,
    incoming: str | None,
) -> None:
    """Зарегистрировать соглашение."""
    now = hub.clock()
    at = now if registered is None else in_tyumen(registered)
    entered = Agreement(number, at, AgreementKind(kind.upper()), incoming)
    with refusals(), hub.registry.writing() as transaction:
        agreements.register(transaction, code, entered, now, actor())
    click.echo(f"{code}: соглашение {number} зарегистрировано {words.moment(at)}")


@agreement.command("end")
@code_argument
@click.argument("number", metavar="НОМЕР")
@agreement_kind_option
@required_basis_option
@click.pass_obj
def end_agreement(hub: Hub, code: str, number: str, kind: str, basis: str) -> None:
    """Прекратить соглашение; последнее — только у приостановленного участника."""
    which = AgreementKind(kind.upper())
    with refusals(), hub.registry.writing() as transaction:
        agreements.end(transaction, code, which, number, basis, hub.clock(), actor())
    click.echo(f"{code}: соглашение {number} прекращено")


@agreement.command("list")
@code_argument
@click.pass_obj
def list_agreements(hub: Hub, code: str) -> None:
    """Показать действующие соглашения."""
    table = Table("Вид", "Номер", "Зарегистрировано", "Входящий номер")
    with refusals(), hub.registry.reading() as transaction:
        for one in agreements.all_of(transaction, code):
            table.add_row(
                words.AGREEMENT_KINDS[one.kind],
                one.number,
                words.moment(one.registered_at),
                one.incoming_number or "",
            )
    show_table(table)


@click.command("history")
@code_argument
@click.pass_obj
def tell_history(hub: Hub, code: str) -> None:
    """Рассказать всю историю участника: кто, когда, что было, что стало, на каком основании."""
    with refusals(), hub.registry.reading() as transaction:
        show_table(history_table(history.lines(transaction, code), transaction.vault))


def history_table(lines: Sequence[history.Line], vault: Vault) -> Table:
    """Return the changes as people read them, with personal data opened."""
    columns = ("Когда", "Кто", "Что", "Было", "Стало", "Основание")
    table = Table(*columns, title="История изменений", show_lines=True)
    for line in lines:
        before, after = words.difference(
            line.subject,
            history.opened(line.subject, line.before, vault),
            history.opened(line.subject, line.after, vault),
        )
        table.add_row(
            words.moment(line.changed_at),
            line.actor,
            words.SUBJECTS.get(line.subject, line.subject),
            before,
            after or ("прекращено" if line.after is None else ""),
            line.basis or "",
        )
    return table
