"""Background work of school meals in tests: a clock that is set, jobs that are run by name.

night.at(date(2026, 11, 9), "00:00")
night.run("meal.default_complex")        # a timed job, then the queues until they are idle
"""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.jobs import JOBS
from adapters.meals.ledger import MealsLedger
from gateway.adapter import Rules, Work
from gateway.kernel.message import Contour, Participant
from gateway.kernel.ports import LOCAL
from gateway.storage.database import Database, Transaction
from registry.calendar import ProductionCalendar

CALENDAR = ProductionCalendar.load()
QUEUES = ("meal.freezing", "meal.debiting")
ENTRY = 7
_JOBS = {job.name: job for job in JOBS}


def local(day: date, clock: str) -> datetime:
    """Return the moment of a local time of a day."""
    return datetime.combine(day, time.fromisoformat(clock), LOCAL).astimezone(UTC)


class Night:
    """`gateway.adapter.JobContext` over one database."""

    contour = Contour.TEST

    def __init__(self, database: Database, batch_lines: int = 2000) -> None:
        self.database = database
        self.moment = datetime(2026, 11, 1, tzinfo=UTC)
        self.batch_lines = batch_lines
        self.registry: Any = None
        self.offices: dict[type, object] = {}
        self._serials = itertools.count(1)

    def at(self, day: date, clock: str) -> "Night":
        self.moment = local(day, clock)
        return self

    def run(self, name: str, business_time: datetime | None = None) -> None:
        """Run a timed job, then the queues until they have nothing to do."""
        _JOBS[name].run(self, business_time or self.moment)
        self.work_off()

    def work_off(self) -> int:
        """Let the queues work; return how many pieces there were."""
        pieces = 0
        while any(self.piece(name) for name in QUEUES):
            pieces += 1
        return pieces

    def piece(self, name: str) -> bool:
        return _JOBS[name].run(self, self.moment)

    @property
    def rules(self) -> Rules:
        return Rules(
            check_digits_are_errors=False,
            max_inline_lines=1000,
            max_file_lines=10_000,
            batch_lines=self.batch_lines,
        )

    def now(self) -> datetime:
        return self.moment

    @contextmanager
    def begin(self) -> Iterator[Work]:
        with self.database.writing() as transaction:
            yield self._work(transaction)

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self.database.reading() as transaction:
            yield self._work(transaction)

    def everyone(self) -> Sequence[Participant]:
        return ()

    def table(self, table: sa.Table, **conditions: Any) -> list[Any]:
        """Return the rows of a table that meet the conditions, in the order of its key."""
        query = sa.select(table).order_by(*table.primary_key.columns)
        for name, value in conditions.items():
            query = query.where(table.c[name] == value)
        with self.database.reading() as transaction:
            return list(transaction.execute(query))

    def orders(self, day: date) -> dict[tuple[str, str], Any]:
        """Return the orders of a day by account and meal."""
        rows = self.table(models.meal_order, day=day)
        return {(row.account, row.meal_type): row for row in rows}

    def _work(self, transaction: Transaction) -> Work:
        return Work(
            database=transaction,
            registry=self.registry,
            shelf=None,
            offices=self.offices,
            now=self.moment,
            contour=self.contour,
            calendar=CALENDAR,
            ledger=MealsLedger(transaction),
            payments=None,
            identifiers=lambda: UUID(int=next(self._serials) << 64),
            rules=self.rules,
            participants=lambda _: None,
            after_commit=[],
        )


def choose(
    transaction: Transaction,
    pupil: Any,
    day: date,
    one: Any,
    complex_id: int,
    *,
    confirmed: bool = True,
    items: dict[str, tuple[int, Any]] | None = None,
    **changes: Any,
) -> None:
    """Enter the order of a parent; its sums are wrong on purpose: the freeze must not use them."""
    school_class = pupil.school_class
    chosen = datetime(2026, 11, 1, tzinfo=UTC)
    row = {
        "account": pupil.account,
        "day": day,
        "meal_type": one.meal_type,
        "organizer_inn": one.organizer_inn,
        "school": school_class.school.code,
        "building": school_class.building,
        "class_code": school_class.code,
        "complex_id": complex_id,
        "complex_code": one.code,
        "source": "PARENT",
        "state": "CONFIRMED" if confirmed else "CHOSEN",
        "full_price": 1,
        "discount": 0,
        "to_pay": 1,
        "choice_id": UUID(int=1),
        "order_id": UUID(int=2),
        "chosen_at": chosen,
        "confirmed_at": chosen if confirmed else None,
        "entry": ENTRY,
        **changes,
    }
    transaction.execute(sa.insert(models.meal_order), [row])
    for code, (qty, price) in (items or {}).items():
        item = {"item_code": code, "qty": qty, "price": price}
        key = {"account": pupil.account, "day": day, "meal_type": row["meal_type"]}
        transaction.execute(sa.insert(models.order_item), [key | item])


def form_request(
    transaction: Transaction,
    school_class: Any,
    day: date,
    *,
    without: Sequence[str] = (),
    eaten: dict[tuple[str, str], bool] | None = None,
) -> UUID:
    """Enter the request of a class as a teacher forms it from the orders of the day.

    `without` names accounts that are not included, `eaten` says by account and meal what differed.
    """
    number = UUID(bytes=f"{day.isoformat()[5:]}{school_class.code}".encode().ljust(16)[:16])
    formed = local(day, "09:00")
    request = {
        "id": number,
        "school": school_class.school.code,
        "building": school_class.building,
        "class_code": school_class.code,
        "day": day,
        "state": "FORMED",
        "version": 1,
        "formed_at": formed,
        "formed_by": "S-1",
        "entry": ENTRY,
    }
    transaction.execute(sa.insert(models.class_request), [request])
    c = models.meal_order.c
    ordered = transaction.execute(
        sa.select(models.meal_order).where(
            c.class_code == school_class.code, c.day == day, c.is_home_study.is_(False)
        )
    )
    lines = [
        {
            "request_id": number,
            "account": order.account,
            "meal_type": order.meal_type,
            "organizer_inn": order.organizer_inn,
            "complex_id": order.complex_id,
            "complex_code": order.complex_code,
            "source": order.source,
            "is_present": order.account not in without,
            "is_included": order.account not in without,
            "is_eaten": (eaten or {}).get((order.account, order.meal_type)),
            "is_over_credit": False,
            "full_price": order.full_price,
            "discount": order.discount,
            "to_pay": order.to_pay,
            "pchvr": order.pchvr,
        }
        for order in ordered
    ]
    if lines:
        transaction.execute(sa.insert(models.request_line), lines)
    return number
