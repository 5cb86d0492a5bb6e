"""`hub participant acquirer|school|banks`: who works with whom, and what is published of it."""

from datetime import datetime

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import words
from gateway.cli.options import actor, code_argument, date_type, refusals, required_basis_option
from gateway.cli.tables import show as show_table
from registry import acquirers, banks, schools
from registry.acquirers import AcquirerNotice
from registry.calendar import local_date
from registry.schools import WHOLE_SCHOOL, SchoolBinding

building_option = click.option("--building", default=WHOLE_SCHOOL, help="Корпус; иначе вся школа.")


@click.group()
def acquirer() -> None:
    """Эквайер, которого выбрал организатор питания."""


@acquirer.command("set")
@code_argument
@click.argument("bank", metavar="БАНК")
@click.option("--contract", required=True, help="Номер договора организатора с банком.")
@click.option("--contract-date", required=True, type=date_type, help="Дата договора.")
@click.option("--contact-name", required=True, help="ФИО контактного лица банка.")
@click.option("--contact-phone", required=True, help="Его телефон.")
@click.option("--contact-email", required=True, help="Его e-mail.")
@click.pass_obj
def set_acquirer(
    hub: Hub,
    code: str,
    bank: str,
    contract: str,
    contract_date: datetime,
    contact_name: str,
    contact_phone: str,
    contact_email: str,
) -> None:
    """Записать уведомление организатора о договоре с эквайером."""
    notice = AcquirerNotice(
        code, bank, contract, contract_date.date(), contact_name, contact_phone, contact_email
    )
    with refusals(), hub.registry.writing() as transaction:
        acquirers.bind(transaction, notice, hub.clock(), actor())
    click.echo(f"{code}: эквайер {bank}")


@acquirer.command("end")
@code_argument
@required_basis_option
@click.pass_obj
def end_acquirer(hub: Hub, code: str, basis: str) -> None:
    """Прекратить: пополнение картой станет недоступно."""
    with refusals(), hub.registry.writing() as transaction:
        acquirers.end(transaction, code, basis, hub.clock(), actor())
    click.echo(f"{code}: эквайера нет")


@click.group()
def school() -> None:
    """Закрепление школ и корпусов за организатором питания."""


@school.command()
@code_argument
@click.argument("school_code", metavar="ШКОЛА")
@building_option
@click.option("--contract", required=True, help="Номер договора.")
@click.option("--since", required=True, type=date_type, help="Первый день.")
@click.option("--until", type=date_type, help="Последний день.")
@click.pass_obj
def bind(
    hub: Hub,
    code: str,
    school_code: str,
    building: str,
    contract: str,
    since: datetime,
    until: datetime | None,
) -> None:
    """Закрепить школу или корпус за организатором."""
    last = None if until is None else until.date()
    binding = SchoolBinding(school_code, code, contract, since.date(), building, last)
    with refusals(), hub.registry.writing() as transaction:
        schools.bind(transaction, binding, hub.clock(), actor())
    click.echo(f"{school_code}: организатор {code} с {words.day(binding.since)}")


@school.command("end")
@code_argument
@click.argument("school_code", metavar="ШКОЛА")
@building_option
@click.option("--last-day", required=True, type=date_type, help="Последний день.")
@click.pass_obj
def end_school(hub: Hub, code: str, school_code: str, building: str, last_day: datetime) -> None:
    """Закончить закрепление, которое действует в этот день."""
    last = last_day.date()
    with refusals(), hub.registry.writing() as transaction:
        for binding in schools.of_organizer(transaction, code):
            if (binding.school, binding.building) == (school_code, building) and (
                binding.holds(last)
            ):
                schools.end(transaction, binding, last, hub.clock(), actor())
                click.echo(f"{school_code}: организатор {code} по {words.day(last)}")
                return
    raise click.ClickException("В этот день такого закрепления нет.")


@school.command("list")
@code_argument
@click.pass_obj
def list_schools(hub: Hub, code: str) -> None:
    """Показать школы и корпуса организатора."""
    table = Table("Школа", "Корпус", "Договор", "С", "По")
    with refusals(), hub.registry.reading() as transaction:
        for binding in schools.of_organizer(transaction, code):
            table.add_row(
                binding.school,
                binding.building or "вся школа",
                binding.contract_number,
                words.day(binding.since),
                words.day(binding.until),
            )
    show_table(table)


@click.command("banks")
@click.pass_obj
def list_banks(hub: Hub) -> None:
    """Показать банки-партнёры: то, что публикуется."""
    table = Table("Банк", "БИК", "Способы оплаты", "Организаторы (ИНН)", "В эксплуатации с")
    with refusals(), hub.registry.reading() as transaction:
        for bank in banks.partner_banks(transaction, local_date(hub.clock())):
            table.add_row(
                bank.name,
                bank.bik,
                "; ".join(words.CHANNELS[channel] for channel in bank.channels),
                ", ".join(bank.organizers),
                words.day(bank.since),
            )
    show_table(table)
