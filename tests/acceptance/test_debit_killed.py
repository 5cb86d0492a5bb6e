"""JOB-02 in a hub that is killed in the middle: nobody is debited twice, nobody is skipped."""

import os
import time
from datetime import UTC, date, datetime

import facts
import pytest
import sqlalchemy as sa

from adapters.meals.models import debit_day, ledger_balance, ledger_entry, meal_debit
from adapters.meals.repository import debits

pytestmark = pytest.mark.skipif(
    "HUB_PROOFS" not in os.environ, reason="a proof of minutes: make proofs runs it"
)

CLASSES = 200
DAYS = (date(2026, 11, 16), date(2026, 11, 17))
PATIENCE_SECONDS = 120


def rows(database, query):
    with database.reading() as transaction:
        return list(transaction.execute(query))


def wait_until(database, reached):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached(rows(database, sa.select(debit_day).order_by(debit_day.c.day))):
        assert time.monotonic() < deadline
        time.sleep(0.005)


def whole_pieces(database, days):
    """What is debited of each day is what its mark of progress tells."""
    debited = {
        row.day: row.lines
        for row in rows(
            database,
            sa.select(meal_debit.c.day, sa.func.count().label("lines")).group_by(meal_debit.c.day),
        )
    }
    return debited == {day.day: day.lines for day in days if day.lines}


def test_a_hub_killed_in_a_debit_goes_on_where_it_was(new_hub):
    new_hub.environment["HUB_BATCH_LINES"] = "50"
    database = new_hub.database()
    with database.writing() as transaction:
        facts.settle_kitchen(transaction, CLASSES)
        for day in DAYS:
            facts.eat(transaction, day, CLASSES)
            debits.plan(transaction, day, datetime(2026, 11, 16, tzinfo=UTC))
    per_day = CLASSES * facts.PUPILS * len(facts.MEALS)
    killed_at = []
    for share in (0.3, 1.4):
        new_hub.start()
        wait_until(database, lambda days, n=share: sum(one.lines for one in days) > per_day * n)
        new_hub.kill()
        left = rows(database, sa.select(debit_day).order_by(debit_day.c.day))
        killed_at.append(sum(one.lines for one in left))
        assert whole_pieces(database, left)
    assert killed_at[0] < per_day, "the first kill came too late to prove anything"
    new_hub.start()
    wait_until(database, lambda days: all(one.state == "DONE" for one in days))

    expected = {
        (account, day, meal)
        for number in range(CLASSES)
        for account in facts.accounts_of(number)
        for day in DAYS
        for meal in facts.MEALS
    }
    key = (meal_debit.c.account, meal_debit.c.day, meal_debit.c.meal_type)
    debited = [tuple(row) for row in rows(database, sa.select(*key))]
    assert len(debited) == len(expected)
    assert set(debited) == expected
    count = sa.select(sa.func.count()).where(ledger_entry.c.kind == "DEBIT")
    assert rows(database, count)[0][0] == len(expected)
    balances = {row.balance for row in rows(database, sa.select(ledger_balance))}
    assert balances == {-facts.TO_PAY * len(DAYS) * len(facts.MEALS)}
    proof = new_hub.run("reconcile")
    assert proof.exit_code == 0, proof.stdout
