from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from admin_counter import AdminCounter
from nights import Night

from adapters.meals.ledger import MealsLedger
from adapters.meals.seed import DemoAccounts, seed_demo
from gateway.adapter import Posting, PostingKind
from gateway.storage.database import Database, Transaction

INN = "7200000018"


@pytest.fixture
def school(contour_database: Database) -> DemoAccounts:
    with contour_database.writing() as transaction:
        return seed_demo(transaction, INN, "Демонстрационный организатор питания")


@pytest.fixture
def transaction(contour_database: Database, school: DemoAccounts) -> Iterator[Transaction]:
    with contour_database.writing() as transaction:
        yield transaction


@pytest.fixture
def ledger(transaction: Transaction) -> MealsLedger:
    return MealsLedger(transaction)


def top_up(account: str, amount: str, source: str, **changes: object) -> Posting:
    values: dict[str, object] = {
        "account": account,
        "organizer_inn": INN,
        "amount": Decimal(amount),
        "kind": PostingKind.TOP_UP,
        "source": source,
        "business_date": date(2026, 3, 2),
        "entry": 1,
    }
    return Posting(**{**values, **changes})


@pytest.fixture
def posting():
    """Make a posting with memorable defaults."""
    return top_up


@pytest.fixture
def allow_ledger_changes():
    """Do what only a person with the database in his hands can do."""

    def drop_triggers(transaction: Transaction) -> None:
        if transaction.on_postgresql:
            transaction.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            transaction.execute(sa.text("DROP TRIGGER ledger_entry_no_update"))
            transaction.execute(sa.text("DROP TRIGGER ledger_entry_no_delete"))

    return drop_triggers


@pytest.fixture
def night(contour_database: Database) -> Night:
    """Background work over the town, where no menu is published yet."""
    with contour_database.writing() as transaction:
        town.settle(transaction)
    return Night(contour_database)


@pytest.fixture
def counter(contour_database: Database, clock) -> AdminCounter:
    """The town on Monday 16 November 2026 at noon, and who sends messages of administration."""
    clock.now = datetime(2026, 11, 16, 7, tzinfo=UTC)
    with contour_database.writing() as transaction:
        town.settle(transaction)
    return AdminCounter(contour_database, clock)
