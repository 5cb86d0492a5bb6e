"""`hub endpoint`: where the hub reaches the services of participants."""

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import words
from gateway.cli.databases import prepare
from gateway.cli.options import (
    actor,
    code_argument,
    contour_option,
    refusals,
    required_basis_option,
    service_argument,
)
from gateway.cli.tables import show as show_table
from gateway.kernel.message import Contour
from registry import endpoints
from registry.endpoints import Endpoint
from registry.kinds import Network


@click.group()
@click.pass_obj
def endpoint(hub: Hub) -> None:
    """Точки подключения: адреса сервисов участников по контурам."""
    prepare(hub)


@endpoint.command("set")
@code_argument
@service_argument
@click.argument("url", metavar="АДРЕС")
@contour_option
@click.option(
    "--network",
    required=True,
    type=click.Choice([network.value.lower() for network in Network], case_sensitive=False),
    help="Сеть, через которую адрес доступен.",
)
@click.option("--format-version", default="1.0", show_default=True, help="Версия формата.")
@click.option("--smev-number", help="Регистрационный номер в СМЭВ.")
@click.pass_obj
def set_endpoint(
    hub: Hub,
    code: str,
    service: str,
    url: str,
    contour: str,
    network: str,
    format_version: str,
    smev_number: str | None,
) -> None:
    """Записать адрес сервиса участника; прежний адрес прекращается."""
    entered = Endpoint(
        service,
        Contour(contour.upper()),
        url,
        Network(network.upper()),
        format_version,
        smev_number,
    )
    with refusals(), hub.registry.writing() as transaction:
        identifier = endpoints.register(
            transaction, code, entered, hub.clock(), actor(), hub.identifiers, is_operator=True
        )
    click.echo(f"{code}: {service} в контуре {contour}: {identifier}")


@endpoint.command()
@code_argument
@service_argument
@contour_option
@required_basis_option
@click.pass_obj
def end(hub: Hub, code: str, service: str, contour: str, basis: str) -> None:
    """Больше не обращаться к участнику по этому адресу."""
    with refusals(), hub.registry.writing() as transaction:
        endpoints.end(
            transaction, code, service, Contour(contour.upper()), basis, hub.clock(), actor()
        )
    click.echo(f"{code}: {service} в контуре {contour}: прекращено")


@endpoint.command("list")
@click.argument("code", metavar="[КОД]", required=False)
@click.option("--all", "is_whole", is_flag=True, help="С прекращёнными.")
@click.pass_obj
def list_endpoints(hub: Hub, code: str | None, is_whole: bool) -> None:  # noqa: FBT001 -- a flag
    """Показать точки подключения участника или всех."""
    table = Table("Участник", "Сервис", "Контур", "Адрес", "Сеть", "Формат", "СМЭВ", "С", "По")
    with refusals(), hub.registry.reading() as transaction:
        found = (
            endpoints.history(transaction, code)
            if is_whole
            else endpoints.current(transaction, code)
        )
    for one in found:
        table.add_row(
            one.participant,
            one.endpoint.service,
            one.endpoint.contour.path,
            one.endpoint.url,
            words.NETWORKS[one.endpoint.network],
            one.endpoint.format_version,
            one.endpoint.smev_number or "",
            words.moment(one.since),
            words.moment(one.ended_at),
        )
    show_table(table)
