"""`hub system`: information systems of participants, and the catalogue of systems."""

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import words
from gateway.cli.databases import prepare
from gateway.cli.options import actor, basis_option, refusals, required_basis_option
from gateway.cli.tables import show as show_table
from registry import systems
from registry.landscape import known_systems


@click.group()
@click.pass_obj
def system(hub: Hub) -> None:
    """Информационные системы и мобильные приложения участников."""
    prepare(hub)


@system.command("set")
@click.argument("mnemonic", metavar="МНЕМОНИКА")
@click.option("--owner", required=True, metavar="КОД", help="Участник, который за неё отвечает.")
@click.option("--name", required=True, help="Наименование.")
@click.option("--version", help="Версия.")
@click.option("--known-as", metavar="SYS-NN", help="Номер в перечне: hub system catalogue.")
@click.option("--platform", help="Платформа мобильного приложения.")
@basis_option
@click.pass_obj
def set_system(
    hub: Hub,
    mnemonic: str,
    owner: str,
    name: str,
    version: str | None,
    known_as: str | None,
    platform: str | None,
    basis: str | None,
) -> None:
    """Внести систему или её новую версию."""
    entered = systems.System(mnemonic, name, owner, version, known_as, platform)
    with refusals(), hub.registry.writing() as transaction:
        systems.register(transaction, entered, hub.clock(), actor(), basis)
    click.echo(f"{mnemonic}: внесена, владелец {owner}")


@system.command()
@click.argument("mnemonic", metavar="МНЕМОНИКА")
@required_basis_option
@click.pass_obj
def end(hub: Hub, mnemonic: str, basis: str) -> None:
    """Вывести систему из взаимодействия."""
    with refusals(), hub.registry.writing() as transaction:
        systems.end(transaction, mnemonic, basis, hub.clock(), actor())
    click.echo(f"{mnemonic}: выведена")


@system.command("list")
@click.option("--owner", metavar="КОД", help="Только системы этого участника.")
@click.pass_obj
def list_systems(hub: Hub, owner: str | None) -> None:
    """Показать действующие системы."""
    table = Table("Мнемоника", "Наименование", "Версия", "Владелец", "Перечень", "Платформа")
    with refusals(), hub.registry.reading() as transaction:
        for one in systems.current(transaction, owner):
            table.add_row(
                one.code,
                one.name,
                one.version or "",
                one.owner,
                one.known_as or "",
                one.platform or "",
            )
    show_table(table)


@system.command()
def catalogue() -> None:
    """Показать перечень систем, названных в регламентах."""
    table = Table("Номер", "Наименование", "Что для узла", "Назначение")
    for known in known_systems().values():
        roles = ", ".join(words.HUB_ROLES[role] for role in known.roles)
        table.add_row(known.number, known.name, roles, known.purpose)
    show_table(table)
