"""`hub reconcile`: prove that nothing is lost and nothing is done twice."""

import click

from gateway.bootstrap import Hub
from gateway.kernel.message import Contour
from gateway.storage import books, journal
from gateway.storage.journal import Outcome


@click.command()
@click.option(
    "--contour",
    type=click.Choice([contour.path for contour in Contour]),
    help="Только этот контур; без указания оба.",
)
@click.pass_obj
def reconcile(hub: Hub, contour: str | None) -> None:
    """Сверить журнал, деловые записи и ведомость счетов; код 1, если что-то не сходится."""
    faults: list[str] = []
    for item in Contour:
        if contour in {None, item.path}:
            faults += _reconcile(hub, item)
    for fault in faults:
        click.echo(f"НЕ СХОДИТСЯ: {fault}")
    if faults:
        raise SystemExit(1)
    click.echo("Всё сходится.")


def _reconcile(hub: Hub, contour: Contour) -> list[str]:
    database = hub.databases[contour]
    marks = hub.settings.home / "received" / contour.path
    journal.settle_abandoned(database, marks, hub.clock())
    with database.reading() as transaction:
        transaction.for_report()
        account = books.account_for(transaction, marks)
        faults = list(account.faults)
        ledger = hub.ledger(transaction)
        for adapter in hub.adapters:
            if adapter.reconcile is not None:
                faults += adapter.reconcile(transaction, ledger)
    totals = account.totals
    click.echo(
        f"Контур {contour.value}: принято {account.received}"
        f" = отвечено {totals[Outcome.ANSWERED]} + отказано {totals[Outcome.REFUSED]}"
        f" + прервано {totals[Outcome.INTERRUPTED]}; в работе {account.in_flight}"
    )
    return [f"{contour.path}: {fault}" for fault in faults]
