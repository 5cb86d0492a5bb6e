"""`hub journal`: find a message by any key and see what became of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
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
from gateway.storage import roots, verification
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
        if column.name not in {"entry", "request", "response", "packed", "digest", "link"}:
            click.echo(visible(f"{column.name}: {getattr(row, column.name)}"))
    for name in ("request", "response"):
        octets = store.unpack(getattr(row, name), packed=row.packed)
        click.echo(f"\n--- {name}, байт: {len(octets)}")
        click.echo(visible(octets.decode("utf-8", "backslashreplace")))


@journal.command()
@click.option(
    "--contour",
    type=click.Choice([contour.path for contour in Contour]),
    help="Только этот контур; без указания оба.",
)
@click.option("--strand", type=int, help="Только эта нить: первая часть номера записи.")
@click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Только записанное с этого дня: прежнее подтверждает корень дня перед ним.",
)
@click.option(
    "--roots",
    "folder",
    type=click.Path(path_type=Path),
    help="Папка с файлами корней, хранившимися отдельно от базы.",
)
@click.pass_obj
def verify(
    hub: Hub, contour: str | None, strand: int | None, since: datetime | None, folder: Path | None
) -> None:
    """Проверить, что журнал не изменён; код 1 и место первой неверной записи, если изменён."""
    faults: list[str] = []
    for item in Contour:
        if contour in {None, item.path}:
            exported = [] if folder is None else _exported(folder, item)
            done = verification.verify(
                hub.databases[item],
                item.path,
                exported,
                only=strand,
                since=since.date() if since else None,
            )
            _tell(item, done)
            faults += [f"{item.path}: {fault}" for fault in done.faults]
    for fault in faults:
        click.echo(visible(f"НЕ СХОДИТСЯ: {fault}"))
    if faults:
        raise SystemExit(1)
    click.echo("Всё сходится.")


@journal.command()
@click.pass_obj
def root(hub: Hub) -> None:
    """Сделать корни прошедших дней, которых ещё нет, и выгрузить их файлы."""
    for contour in Contour:
        made = hub.keep_roots(contour, hub.clock())
        days = ", ".join(day.strftime("%d.%m.%Y") for day in made) or "новых нет"
        click.echo(f"Контур {contour.value}: {days}")


def _exported(folder: Path, contour: Contour) -> list[roots.KeptRoot]:
    found = list(roots.kept_in_folder(folder / contour.path))
    if not found:
        raise click.ClickException(f"в папке {folder / contour.path} нет файлов корней")
    return found


def _tell(contour: Contour, done: verification.Verification) -> None:
    click.echo(
        f"Контур {contour.value}: нитей {done.strands}, записей проверено {done.entries},"
        f" корней {done.roots}"
    )
    if done.unchained:
        click.echo(f"  без цепочки, записано до её введения: {done.unchained}")


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
