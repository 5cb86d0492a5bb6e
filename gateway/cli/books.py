"""`hub reconcile`: prove that nothing is lost and nothing is done twice."""

import click

from gateway.bootstrap import Hub
from gateway.kernel.message import Contour
from gateway.storage import books, journal, outbound
from gateway.storage.journal import Outcome
from gateway.storage.outbox import State, accounts
from registry import notices


@click.command()
@click.option(
    "--contour",
    type=click.Choice([contour.path for contour in Contour]),
    help="Только этот контур; без указания оба.",
)
@click.pass_obj
def reconcile(hub: Hub, contour: str | None) -> None:
    """Сверить журнал, деловые записи, счета и исходящее; код 1, если что-то не сходится."""
    faults: list[str] = []
    for item in Contour:
        if contour in {None, item.path}:
            faults += _reconcile(hub, item)
    if contour is None:
        faults += _reconcile_registry(hub)
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
        faults += outbound.reconcile(transaction, tuple(hub.channels(contour.path)))
        for adapter in hub.adapters:
            if adapter.reconcile is not None:
                faults += adapter.reconcile(transaction, ledger)
    totals = account.totals
    click.echo(
        f"Контур {contour.value}: принято {account.received}"
        f" = отвечено {totals[Outcome.ANSWERED]} + отказано {totals[Outcome.REFUSED]}"
        f" + прервано {totals[Outcome.INTERRUPTED]}; в работе {account.in_flight}"
    )
    faults += _reconcile_outbox(hub, contour.path, f"Контур {contour.value}")
    return [f"{contour.path}: {fault}" for fault in faults]


def _reconcile_registry(hub: Hub) -> list[str]:
    faults = _reconcile_outbox(hub, "registry", "Реестр участников")
    with hub.registry.reading() as transaction:
        transaction.for_report()
        faults += notices.reconcile(transaction)
    return [f"registry: {fault}" for fault in faults]


def _reconcile_outbox(hub: Hub, name: str, title: str) -> list[str]:
    database, box = hub.outboxes[name]
    with database.reading() as transaction:
        transaction.stand_still()
        transaction.for_report()
        account = accounts.account_for(box, transaction)
    states = account.states
    click.echo(
        f"{title}: исходящих написано {account.written}"
        f" = доставлено {states[State.DELIVERED]} + ждут {account.waiting}"
        f" + отложено {states[State.PARKED]} + отменено {states[State.CANCELLED]}"
        f" + истекло {states[State.EXPIRED]}"
    )
    return account.faults
