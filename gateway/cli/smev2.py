"""`hub participant smev2`: how a participant is known in SMEV 2 and what its system insists on."""

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.options import actor, code_argument, refusals, required_basis_option
from gateway.cli.tables import show as show_table
from gateway.kernel.message import Smev2Profile
from registry import smev2 as profiles


@click.group()
def smev2() -> None:
    """Обмен участника по СМЭВ 2: мнемоника и особенности его системы."""


@smev2.command("set")
@code_argument
@click.argument("mnemonic", metavar="МНЕМОНИКА")
@click.option(
    "--digest",
    type=click.Choice(sorted(profiles.DIGESTS), case_sensitive=False),
    help="Алгоритм DigestValue; иначе принимается любой допустимый в контуре.",
)
@click.option("--app-data-type", help="xsi:type для AppData: {пространство имён}имя.")
@click.option("--service-name", help="Имя его сервиса: ServiceName, с версией — Service/Mnemonic.")
@click.option("--service-version", help="Версия его сервиса: 1.00.")
@click.option("--exchange-type", help="ExchangeType в сообщениях ему.")
@click.option("--serves", is_flag=True, help="Его собственные сервисы вызывать по СМЭВ 2.")
@click.option("--inline-files", is_flag=True, help="Файлы ему — в BinaryData, без MTOM.")
@click.pass_obj
def set_profile(
    hub: Hub,
    code: str,
    mnemonic: str,
    digest: str | None,
    app_data_type: str | None,
    service_name: str | None,
    service_version: str | None,
    exchange_type: str | None,
    serves: bool,  # noqa: FBT001 -- a flag
    inline_files: bool,  # noqa: FBT001 -- a flag
) -> None:
    """Записать мнемонику системы участника; прежняя запись прекращается."""
    entered = Smev2Profile(
        mnemonic,
        digest.upper() if digest else None,
        app_data_type,
        service_name,
        service_version,
        exchange_type,
        serves,
        inline_files,
    )
    with refusals(), hub.registry.writing() as transaction:
        profiles.put(transaction, code, entered, hub.clock(), actor())
    click.echo(f"{code}: в СМЭВ 2 {mnemonic}")


@smev2.command()
@code_argument
@required_basis_option
@click.pass_obj
def end(hub: Hub, code: str, basis: str) -> None:
    """Больше не узнавать участника в СМЭВ 2."""
    with refusals(), hub.registry.writing() as transaction:
        profiles.end(transaction, code, basis, hub.clock(), actor())
    click.echo(f"{code}: обмен по СМЭВ 2 прекращён")


@smev2.command("list")
@click.pass_obj
def list_profiles(hub: Hub) -> None:
    """Показать, кто и как обменивается по СМЭВ 2."""
    table = Table("Участник", "Мнемоника", "Хеш", "Сервис", "ExchangeType", "Вызовы", "Файлы")
    with hub.registry.reading() as transaction:
        found = profiles.current(transaction)
    for code, one in found.items():
        table.add_row(
            code,
            one.mnemonic,
            one.digest or "любой",
            " ".join(filter(None, (one.service_name, one.service_version))),
            one.exchange_type or "",
            "СМЭВ 2" if one.serves else "",
            "BinaryData" if one.inline_files else "MTOM",
        )
    show_table(table)
