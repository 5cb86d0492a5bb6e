"""`hub meals municipality`, `hub meals show`: whose municipalities they are, and what is there."""

import re

import click
from rich.table import Table

from adapters.meals.repository import places
from gateway.bootstrap import Hub
from gateway.cli.files import Unusable
from gateway.cli.options import contour_option
from gateway.cli.tables import show as show_table
from gateway.kernel.message import Contour
from registry.calendar import local_date
from registry.kinds import ParticipantKind

_OKTMO = re.compile(r"\d{8}(\d{3})?")


@click.command()
@click.argument("code", metavar="ОКТМО")
@click.option("--name", required=True, help="Наименование.")
@click.option(
    "--participant",
    metavar="КОД",
    help="Участник вида MUNICIPALITY, который ведёт её справочники; без указания — никто.",
)
@contour_option
@click.pass_obj
def municipality(hub: Hub, code: str, name: str, participant: str | None, contour: str) -> None:
    """Внести муниципалитет или изменить наименование и участника, который за него отвечает."""
    if not _OKTMO.fullmatch(code):
        raise Unusable(f"{code}: код ОКТМО — 8 или 11 цифр")
    chosen = Contour(contour.upper())
    if participant is not None:
        _check_participant(hub, chosen, participant)
    with hub.databases[chosen].writing() as transaction:
        places.put_municipality(transaction, code, name, participant)
    click.echo(f"{code}: {name}, ведёт {participant or 'никто'}")


@click.command()
@contour_option
@click.pass_obj
def show(hub: Hub, contour: str) -> None:
    """Показать муниципалитеты: кто ведёт, сколько школ, учащихся и организаторов сегодня."""
    with hub.databases[Contour(contour.upper())].reading() as transaction:
        found = places.overview(transaction, local_date(hub.clock()))
    table = Table("ОКТМО", "Муниципалитет", "Ведёт", "Школ", "Учащихся", "Организаторов")
    for one in found:
        numbers = (str(one.schools), str(one.pupils), str(one.organizers))
        table.add_row(one.code, one.name, one.participant or "", *numbers)
    show_table(table)


def _check_participant(hub: Hub, contour: Contour, code: str) -> None:
    known = hub.directory.participant(contour, code)
    if known is None:
        raise click.ClickException(f"{code}: такого участника нет, смотрите hub participant list")
    if known.kind != ParticipantKind.MUNICIPALITY.value:
        raise click.ClickException(f"{code}: участник вида {known.kind}, а нужен MUNICIPALITY")
