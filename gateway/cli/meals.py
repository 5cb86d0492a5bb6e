"""`hub meals`: what the operator of a test stand needs of school meals."""

import click

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.meals_debit import debit
from gateway.cli.meals_municipality import municipality, show
from gateway.cli.meals_region import region


@click.group()
@click.pass_obj
def meals(hub: Hub) -> None:
    """Школьное питание."""
    prepare(hub)


meals.add_command(debit)
meals.add_command(region)
meals.add_command(municipality)
meals.add_command(show)
