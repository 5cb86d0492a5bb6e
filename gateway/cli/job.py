"""`hub job`: what is done by the clock, how it went, and running it by hand."""

import getpass
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from typing import NamedTuple

import click
from rich.table import Table

from gateway.bootstrap import Hub
from gateway.cli.databases import prepare
from gateway.cli.files import Unusable
from gateway.cli.tables import show
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Transaction
from scheduler.due import next_due
from scheduler.housekeeping import duty_of, run_routine
from scheduler.once import Duty, Outcome, run
from scheduler.runner import duties_of
from scheduler.runs import CHORES, RunLine, Runs


class Timed(NamedTuple):
    """Anything that is done by the clock."""

    name: str
    job: str
    cron: str
    runs: Runs
    reading: Callable[[], AbstractContextManager[Transaction]]
    run: Callable[[datetime, str], Outcome]
    """Called with the business time and the operator."""


@click.group()
@click.pass_obj
def job(hub: Hub) -> None:
    """Задания по часам: когда исполнялись, что не исполнилось, исполнить сейчас."""
    prepare(hub)


@job.command("list")
@click.pass_obj
def list_all(hub: Hub) -> None:
    """Показать задания, последний и следующий расчётный момент; отдельно неисполненные."""
    table = Table("Задание", "Расписание", "За момент", "Исполнено", "Кем", "Следующий")
    failed: list[tuple[str, RunLine]] = []
    now = hub.clock()
    for timed in sorted(_timed(hub), key=lambda timed: timed.name):
        with timed.reading() as transaction:
            last = timed.runs.last(transaction, timed.job)
            failed += [(timed.name, line) for line in timed.runs.failed(transaction, timed.job)]
        table.add_row(
            timed.name,
            timed.cron,
            _moment(last and last.business_time),
            _moment(last and last.finished_at),
            last.owner if last else "",
            _moment(next_due(timed.cron, now)),
        )
    show(table)
    if failed:
        show(_failed(failed))


@job.command("run")
@click.argument("name", metavar="ЗАДАНИЕ")
@click.option(
    "--at",
    "moment",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]),
    help="За какой расчётный момент (местное время), например неисполненный; иначе за текущий.",
)
@click.pass_obj
def run_one(hub: Hub, name: str, moment: datetime | None) -> None:
    """Исполнить ЗАДАНИЕ сейчас и записать это; код 1, если не удалось."""
    known = {timed.name: timed for timed in _timed(hub)}
    if name not in known:
        raise Unusable(f"задания {name} нет, есть: {', '.join(sorted(known))}")
    business_time = hub.clock() if moment is None else moment.replace(tzinfo=LOCAL)
    if business_time > hub.clock():
        raise Unusable("этот момент ещё не наступил")
    outcome = known[name].run(business_time, f"{getpass.getuser()}@{socket.gethostname()}")
    told = {
        Outcome.DONE: "исполнено",
        Outcome.TAKEN: "уже исполнено за этот момент или исполняется",
        Outcome.FAILED: "не исполнено, причина в журнале службы",
    }
    click.echo(f"{name} за {_moment(business_time)}: {told[outcome]}")
    if outcome is Outcome.FAILED:
        raise SystemExit(1)


def _timed(hub: Hub) -> Iterator[Timed]:
    """Give chores, routines and the timed jobs of both contours."""
    duties = [
        *(duty_of(chore, hub.registry) for chore in hub.chores),
        *duties_of(hub.jobs, hub.job_contexts),
    ]
    for duty in duties:
        yield Timed(
            duty.name, duty.job, duty.cron, duty.runs, duty.reading, partial(_run, hub, duty)
        )
    for routine in hub.routines:
        yield Timed(
            routine.name,
            routine.name,
            routine.cron,
            CHORES,
            hub.registry.reading,
            lambda moment, owner, routine=routine: run_routine(  # type: ignore[misc]
                routine, hub.registry, moment, hub.clock, owner
            ),
        )


def _run(hub: Hub, duty: Duty, business_time: datetime, owner: str) -> Outcome:
    return run(duty, business_time, hub.clock, owner)


def _failed(failed: list[tuple[str, RunLine]]) -> Table:
    table = Table("Не исполнено", "За момент", "Попыток", "Последняя", "Кем", "Причина")
    for name, line in failed:
        table.add_row(
            name,
            _moment(line.business_time),
            str(line.failures),
            _moment(line.failed_at),
            line.owner,
            line.failure or "",
        )
    return table


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(LOCAL):%d.%m.%Y %H:%M}"
