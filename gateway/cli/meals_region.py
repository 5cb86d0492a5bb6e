"""`hub meals region`: invented schools for a test stand."""

from datetime import timedelta

import click

from adapters.meals.region import LAST_SEED, SIZES, Region, fill, publish_days, school_year
from gateway.bootstrap import Hub
from gateway.cli.files import Unusable
from gateway.cli.options import contour_option
from gateway.kernel.message import Contour
from registry.calendar import CalendarMissing, local_date

_DAYS = 14


@click.command()
@click.option(
    "--size",
    type=click.Choice(list(SIZES)),
    default="village",
    show_default=True,
    help="village — одна школа, town — 12 школ, region — 400 школ и 200 000 учащихся.",
)
@click.option(
    "--seed",
    type=click.IntRange(1, LAST_SEED),
    default=1,
    show_default=True,
    help="Одно число — всегда одни и те же школы; другое — другие, рядом с прежними.",
)
@contour_option
@click.pass_obj
def region(hub: Hub, size: str, seed: int, contour: str) -> None:
    """Заселить контур вымышленными школами и опубликовать меню на две недели.

    Повторный запуск ничего не меняет, только публикует меню на новые дни.
    """
    chosen = Contour(contour.upper())
    if chosen is Contour.PROD:
        raise Unusable("в рабочий контур вымышленные данные не вносятся")
    database, now = hub.databases[chosen], hub.clock()
    today = local_date(now)
    invented = Region(seed, SIZES[size], school_year(today))
    with click.progressbar(length=invented.size.schools, label="Школы") as done:
        fill(database, invented, now, lambda _school: done.update(1))
    try:
        with database.writing() as transaction:
            offers = publish_days(
                transaction, invented, today, today + timedelta(days=_DAYS), hub.calendar, now
            )
    except CalendarMissing as error:
        raise click.ClickException(error.text) from error
    click.echo(
        f"Школ {invented.size.schools}, учащихся {invented.size.pupils}, "
        f"организаторов питания {len(invented.organizers)}; предложений в меню {offers}."
    )
