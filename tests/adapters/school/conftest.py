"""The invented town and its school system, which sends batches as the line does."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import town
from lxml import etree

from adapters.meals.ledger import MealsLedger
from gateway.adapter import Received, Rules, Work
from gateway.contracts.codec import encode
from gateway.kernel.message import Contour
from gateway.storage.database import Database
from registry.calendar import ProductionCalendar

SCHEMA = etree.XMLSchema(file=Path(__file__).parents[3] / "xsd/school/data/1.0/data.xsd")
RULES = Rules(
    check_digits_are_errors=False, max_inline_lines=1000, max_file_lines=10_000, batch_lines=100
)


@pytest.fixture
def office(contour_database: Database, clock: Any) -> "Office":
    clock.now = datetime(2026, 11, 10, 7, tzinfo=UTC)
    with contour_database.writing() as transaction:
        town.settle(transaction)
    return Office(contour_database, clock, ProductionCalendar.load())


class Office:
    """Sends batches to handlers, each in a transaction of its own; messages fit their schema."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], calendar: ProductionCalendar
    ) -> None:
        self.database = database
        self.clock = clock
        self.calendar = calendar
        self.entries = itertools.count(100)
        self.serials = itertools.count(1)

    def send(self, handler: Any, request: Any, sender: Any = town.SCHOOL_SYSTEM) -> Any:
        SCHEMA.assertValid(encode(request))
        received = Received(
            request=request,
            sender=sender,
            entry=next(self.entries),
            received_at=self.clock(),
            digest=sha256(etree.tostring(encode(request), method="c14n")).digest(),
            message_id=None,
            attachments={},
            wake=lambda _: None,
        )
        with self.database.writing() as transaction:
            response = handler(received, self._work(transaction))
        SCHEMA.assertValid(encode(response))
        return response

    def rows(self, table: Any, **conditions: Any) -> list[Any]:
        """Return the rows of a table with given values."""
        with self.database.reading() as transaction:
            query = table.select().filter_by(**conditions)
            return list(transaction.execute(query))

    def _work(self, transaction: Any) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=self.clock(),
            contour=Contour.TEST,
            calendar=self.calendar,
            ledger=MealsLedger(transaction),
            payments=None,
            identifiers=lambda: UUID(int=next(self.serials)),
            rules=RULES,
            participants=lambda _: None,
            after_commit=[],
        )
