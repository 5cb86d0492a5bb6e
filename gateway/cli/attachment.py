"""`hub attachment`: how much the hub keeps of what came with messages."""

from datetime import timedelta

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.tables import show
from gateway.storage import retention
from gateway.storage.retention import Amount


@click.group()
@click.pass_obj
def attachment(hub: Hub) -> None:
    """Вложения: сколько их хранится и сколько пора удалить."""
    prepare(hub)


@attachment.command("show")
@click.pass_obj
def show_all(hub: Hub) -> None:
    """Показать по контурам, сколько вложений хранится; удаляет attachments.retention."""
    now = hub.clock()
    before = now - timedelta(days=hub.settings.attachment_days)
    table = Table("Контур", "Вложений", "Байтов", "В базе", "Пора удалить", "Заражённых за сутки")
    for contour, database in hub.databases.items():
        with database.reading() as transaction:
            stock = retention.stock(transaction, before, now)
        table.add_row(
            contour.path,
            f"{stock.kept.files}",
            f"{stock.kept.octets}",
            f"{stock.stored}",
            _told(stock.overdue),
            f"{stock.infected}",
        )
    show(table)


def _told(amount: Amount) -> str:
    return f"{amount.files} ({amount.octets} байтов)" if amount.files else "0"
