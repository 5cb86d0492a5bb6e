"""`hub settings`: the effective settings with their source."""

from dataclasses import fields

import click
from rich.table import Table
from sqlalchemy.engine import make_url

from gateway.bootstrap import Hub
from gateway.cli.tables import show


@click.command()
@click.pass_obj
def settings(hub: Hub) -> None:
    """Показать действующие настройки и откуда взята каждая."""
    table = Table("Настройка", "Значение", "Источник")
    for item in fields(hub.settings):
        if item.name == "sources":
            continue
        value = getattr(hub.settings, item.name)
        if item.name.endswith("_database_url"):
            value = hub.settings.database_url(item.name.removesuffix("_database_url"))
            value = make_url(value).render_as_string(hide_password=True)
        if item.name.endswith("_password") and value:
            value = "***"
        source = hub.settings.sources.get(item.name, "по умолчанию")
        table.add_row(f"HUB_{item.name.upper()}", str(value), source)
    show(table)
