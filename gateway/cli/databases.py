"""`hub db`: bring the databases to the current schema."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from gateway.bootstrap import Hub
from gateway.kernel.message import Contour
from gateway.storage import migrate
from gateway.storage.database import Database, Transaction


@click.group()
def db() -> None:
    """Базы данных узла."""


@db.command()
@click.pass_obj
def upgrade(hub: Hub) -> None:
    """Создать базы или привести их к действующей схеме."""
    hub.settings.home.mkdir(parents=True, exist_ok=True)
    for name, branch, database in _databases(hub):
        migrate.upgrade(database, branch)
        click.echo(f"{name}: схема {migrate.current(database, branch)}")


@db.command()
@click.pass_obj
def status(hub: Hub) -> None:
    """Показать версии схем; код 1, если какая-либо база отстала."""
    behind = False
    for name, branch, database in _databases(hub):
        current = migrate.is_current(database, branch)
        behind = behind or not current
        verdict = "действующая" if current else "отстала, выполните hub db upgrade"
        click.echo(f"{name}: {migrate.current(database, branch) or 'пусто'}, {verdict}")
    if behind:
        raise SystemExit(1)


@contextmanager
def changing_registry(hub: Hub) -> Iterator[Transaction]:
    """Change the participant registry; once it is committed this process answers by it."""
    with hub.registry.writing() as transaction:
        yield transaction
    hub.directory.invalidate()


def prepare(hub: Hub) -> None:
    """Upgrade embedded databases; refuse to work on a server's database that is behind."""
    hub.settings.home.mkdir(parents=True, exist_ok=True)
    for name, branch, database in _databases(hub):
        if migrate.is_current(database, branch):
            continue
        if database.on_postgresql:
            raise click.ClickException(f"база {name} отстала от схемы: выполните hub db upgrade")
        migrate.upgrade(database, branch)


def _databases(hub: Hub) -> Iterator[tuple[str, migrate.Schema, Database]]:
    yield "registry", "registry", hub.registry
    for contour in Contour:
        yield contour.path, "contour", hub.databases[contour]
