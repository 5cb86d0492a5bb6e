"""The town's school at work: messages of every service and background work, on one clock.

    life.begin_again(datetime(...))
    life.send("SaveChoice", request, acting(town.MOTHER, ActingRole.PARENT))
    life.pass_time(moment, awake=True)

Messages and answers are held to the published schemas on the way.
"""

import itertools
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
import town
from lxml import etree
from nights import Night, local

from adapters.meals.ordering import SERVICE as ORDERING
from adapters.meals.requesting import SERVICE as REQUESTING
from adapters.school import SCHOOL_DATA
from gateway.adapter import Operation, Received, Service
from gateway.contracts import codec
from gateway.contracts.catalog import load_catalog
from gateway.kernel.message import OnBehalf
from gateway.kernel.ports import LOCAL
from gateway.security.canonical import canonical
from gateway.security.proof import digest_of
from gateway.storage.database import contour_metadata

TIMED = (
    ("meal.lock_day", time(23), timedelta()),
    # Five seconds are left to what began before 23:00.
    ("meal.debit", time(23), timedelta(seconds=5)),
    ("meal.unformed_report", time(23, 5), timedelta()),
    ("meal.default_complex", time(), timedelta()),
)
"""Jobs by the local time of their business time, and how long after it they run."""


class Run(NamedTuple):
    """A job that is due."""

    moment: datetime
    name: str
    business_time: datetime


_OPERATIONS: dict[str, tuple[Service, Operation]] = {
    operation.name: (service, operation)
    for service in (ORDERING, REQUESTING, SCHOOL_DATA)
    for operation in service.operations
}


class Life:
    """Sends messages, lets time pass, and empties the town for the next story."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.worked_until = night.moment
        self._entries = itertools.count(10)
        self._ids = itertools.count(1)

    def new_id(self) -> str:
        return str(UUID(int=0xF000_0000 + next(self._ids)))

    def begin_again(self, moment: datetime, days: list[date]) -> None:
        """Settle the town anew: school 1 has menus on `days`, and what is due is frozen."""
        with self.night.database.writing() as transaction:
            if transaction.on_postgresql:
                transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
            else:
                _drop_triggers(transaction)
            for table in reversed(contour_metadata.sorted_tables):
                transaction.execute(sa.delete(table))
        with self.night.database.writing() as transaction:
            town.settle(transaction)
            town.publish(transaction, days, [town.SCHOOL_1])
        self.night.moment = self.worked_until = moment
        for past in range(12, -1, -1):
            midnight = local(moment.astimezone(LOCAL).date() - timedelta(days=past), "00:00")
            self.night.run("meal.default_complex", midnight)

    def send(self, name: str, request: Any, behalf: OnBehalf | None = None) -> Any:
        """Send one message in a transaction of its own; a second passes, whatever comes of it."""
        service, operation = _OPERATIONS[name]
        contract = _contract(service.contract)
        payload = etree.fromstring(canonical(codec.encode(request)))
        assert contract.validate(payload), contract.last_error()
        received = Received(
            request=codec.decoder(type(request))(payload),
            sender=town.SCHOOL_SYSTEM,
            entry=next(self._entries),
            received_at=self.night.moment,
            digest=digest_of(payload, behalf),
            message_id=None,
            attachments={},
            wake=lambda _: None,
            on_behalf=behalf,
        )
        try:
            with self.night.begin() as work:
                response = operation.handle(received, work)
        finally:
            self.night.moment += timedelta(seconds=1)
        answer = codec.encode(response)
        assert contract.validate(answer), contract.last_error()
        return response

    def pass_time(self, moment: datetime, *, awake: bool) -> Iterator[Run]:
        """Give every run that falls due until `moment` once it is done, then stand there.

        A hub that is not awake does them all when it wakes up, in order.
        """
        for run in sorted(self._due(moment)):
            self.night.moment = max(run.moment, self.night.moment) if awake else moment
            self.night.run(run.name, run.business_time)
            yield run
        self.night.moment = self.worked_until = moment

    def _due(self, moment: datetime) -> Iterator[Run]:
        day = self.worked_until.astimezone(LOCAL).date()
        while day <= moment.astimezone(LOCAL).date():
            for name, at, later in TIMED:
                business_time = local(day, at.isoformat())
                if self.worked_until < business_time + later <= moment:
                    yield Run(business_time + later, name, business_time)
            day += timedelta(days=1)


@cache
def _contract(name: str) -> Any:
    return load_catalog().contracts[name]


def _drop_triggers(transaction: Any) -> None:
    found = transaction.execute(
        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'")
    )
    for (name,) in found.all():
        transaction.execute(sa.text(f"DROP TRIGGER {name}"))
