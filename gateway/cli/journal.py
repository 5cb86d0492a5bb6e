"""`hub journal`: find a message by any key and see what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
import sqlalchemy as sa
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli import tables
from gateway.kernel.message import Contour
from gateway.kernel.ports import LOCAL
from gateway.kernel.visible import visible
from gateway.storage import journal as store
from gateway.storage.journal import journal_entry

contour_option = click.option(
    "--contour",
    type=click.Choice([contour.path for contour in Contour]),
    default=Contour.TEST.path,
    show_default=True,
    help="Контур.",
)


@click.group()
def journal() -> None:
    """Журнал сообщений."""


@journal.command("list")
@contour_option
@click.option("--sender", help="Код отправителя.")
@click.option("--operation", help="Операция.")
@click.option("--code", help="Код отказа.")
@click.option("--key", help="Ключ: messageId, bankPaymentId, registryId и другие деловые ключи.")
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in store.Outcome], case_sensitive=False),
    help="Исход.",
)
@click.option("--since", type=click.DateTime(), help="С этого времени (Екатеринбург).")
@click.option("--limit", type=int, default=50, show_default=True, help="Не больше записей.")
@click.pass_obj
def list_entries(hub: Hub, /, contour: str, limit: int, **filters: Any) -> None:  # noqa: ANN401 -- click's options
    """Показать последние сообщения, подходящие под условия."""
    query = sa.select(journal_entry).where(*_conditions(filters))
    query = query.order_by(journal_entry.c.received_at.desc()).limit(limit)
    with hub.databases[Contour(contour.upper())].reading() as transaction:
        rows = transaction.execute(query).all()
    _print(rows)


@journal.command()
@contour_option
@click.argument("entry")
@click.pass_obj
def show(hub: Hub, contour: str, entry: str) -> None:
    """Показать сообщение и ответ на него по номеру записи, например 3-17."""
    try:
        number = store.entry_of(entry)
    except ValueError as error:
        raise click.BadParameter(f"{entry}: номер записи имеет вид 3-17") from error
    with hub.databases[Contour(contour.upper())].reading() as transaction:
        row = transaction.execute(
            sa.select(journal_entry).where(journal_entry.c.entry == number)
        ).one_or_none()
    if row is None:
        raise click.ClickException(f"записи {entry} в журнале нет")
    for column in journal_entry.columns:
        if column.name not in {"entry", "request", "response", "packed", "digest"}:
            click.echo(visible(f"{column.name}: {getattr(row, column.name)}"))
    for name in ("request", "response"):
        octets = store.unpack(getattr(row, name), packed=row.packed)
        click.echo(f"\n--- {name}, байт: {len(octets)}")
        click.echo(visible(octets.decode("utf-8", "backslashreplace")))


def _conditions(filters: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    columns = journal_entry.c
    conditions = [
        columns[name] == filters[name]
        for name in ("sender", "operation", "code", "outcome")
        if filters[name]
    ]
    if filters["key"]:
        key = filters["key"]
        conditions.append(sa.or_(columns.message_id == key.lower(), columns.business_key == key))
    if filters["since"]:
        since: datetime = filters["since"]
        conditions.append(columns.received_at >= since.replace(tzinfo=LOCAL))
    return conditions


def _print(rows: Sequence[Any]) -> None:
    table = Table("Запись", "Принято", "Отправитель", "Операция", "Ключ", "Исход", "Код", "мс")
    for row in rows:
        spent = (row.answered_at - row.received_at).total_seconds() if row.answered_at else None
        table.add_row(
            store.name_of(row.entry),
            row.received_at.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M:%S"),
            row.sender or "",
            row.operation or row.service,
            visible(row.business_key or row.message_id or ""),
            row.outcome,
            row.code or ("повтор" if row.repeat_of else ""),
            "" if spent is None else f"{spent * 1000:.0f}",
        )
    tables.show(table)
