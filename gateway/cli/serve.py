"""`hub serve`: take messages."""

from dataclasses import replace

import click

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.edge import server


@click.command()
@click.option("--host", help="Адрес, на котором слушать.")
@click.option("--port", type=int, help="Порт.")
@click.option("--workers", type=int, help="Число процессов, принимающих сообщения.")
@click.pass_obj
def serve(hub: Hub, host: str | None, port: int | None, workers: int | None) -> None:
    """Принимать сообщения, пока не остановят."""
    hub = at(hub, host, port, workers)
    prepare(hub)
    server.serve(hub)


def at(hub: Hub, host: str | None, port: int | None, workers: int | None) -> Hub:
    """Return the hub with what the command line says about its address."""
    settings = hub.settings
    return replace(
        hub,
        settings=replace(
            settings,
            host=host or settings.host,
            port=port or settings.port,
            workers=workers or settings.workers,
        ),
    )
