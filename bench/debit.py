"""JOB-02 for a region: `python -m bench.debit [--accounts 200000] [--mode pg]`.

A day is set into an empty database: classes of 25 pupils, two meals each, every request a fact.
Then a process of its own debits it piece by piece as the hub does, and tells rows a second and its
own peak memory. On PostgreSQL the pieces run in the server; its memory is not counted here.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import get_args
from uuid import UUID, uuid4

import psutil

from adapters.bank.repository.books import BankBooks
from adapters.meals import models
from adapters.meals.debiting import debit
from adapters.meals.ledger import MealsLedger
from adapters.meals.repository import debits
from bench.database import Mode, database
from gateway.adapter import Rules, Work
from gateway.kernel.identifiers import issue_account
from gateway.kernel.message import Contour
from gateway.storage import migrate
from gateway.storage.database import Database, Transaction
from gateway.storage.query import Query
from registry.calendar import ProductionCalendar

DAY = date(2026, 11, 16)
NIGHT = datetime(2026, 11, 16, 18, 0, 5, tzinfo=UTC)
PUPILS = 25
CLASSES_A_SCHOOL = 20
MEALS = {"BREAKFAST": Decimal("95.55"), "LUNCH": Decimal("150.00")}
INN = "7200000096"
BATCH_LINES = 2_000
"""As the settings of the hub have it."""
_NOTHING = Decimal(0)


class Bare:
    """What a background job is given, over one database and nothing else."""

    contour = Contour.TEST
    rules = Rules(
        check_digits_are_errors=False,
        max_inline_lines=0,
        max_file_lines=0,
        batch_lines=int(os.environ.get("HUB_BATCH_LINES", BATCH_LINES)),
    )

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._calendar = ProductionCalendar.load()

    @contextmanager
    def begin(self) -> Iterator[Work]:
        with self._database.writing() as transaction:
            yield self._work(transaction)

    @contextmanager
    def read(self) -> Iterator[Work]:
        with self._database.reading() as transaction:
            yield self._work(transaction)

    def _work(self, transaction: Transaction) -> Work:
        return Work(
            database=transaction,
            registry=None,
            shelf=None,
            offices={},
            now=datetime.now(UTC),
            contour=self.contour,
            calendar=self._calendar,
            ledger=MealsLedger(transaction),
            payments=BankBooks(transaction),
            identifiers=uuid4,
            rules=self.rules,
            participants=lambda _: None,
            after_commit=[],
        )


def fill(url: str, accounts: int) -> None:
    """Make the tables and set a day into them, a school in a transaction."""
    base = Database(url)
    migrate.upgrade(base, "contour")
    classes = accounts // PUPILS
    with base.writing() as transaction:
        transaction.insert(models.organizer, ("inn", "name"), [(INN, "Комбинат питания")])
        debits.plan(transaction, DAY, NIGHT)
    for school in range(-(-classes // CLASSES_A_SCHOOL)):
        first = school * CLASSES_A_SCHOOL
        with base.writing() as transaction:
            _enter_school(transaction, school, range(first, min(classes, first + CLASSES_A_SCHOOL)))
    with base.writing() as transaction:
        transaction.send(Query("ANALYZE"))
    base.close()


def _enter_school(transaction: Transaction, school: int, classes: range) -> None:
    code = f"S{school:04}"
    pupils = [(number, _account(number, place)) for number in classes for place in range(PUPILS)]
    transaction.insert(models.school, ("code", "name"), [(code, "Школа")])
    transaction.insert(
        models.credit_limit,
        ("school", "valid_from", "amount", "version", "entry"),
        [(code, date(2026, 9, 1), Decimal("300.00"), 1, 0)],
    )
    transaction.insert(
        models.school_class,
        ("code", "school", "building", "name", "parallel", "is_closed", "entry"),
        [(_class(number), code, "", "5А", 5, False, 0) for number in classes],
    )
    transaction.insert(
        models.personal_account,
        ("number", "status", "pupil_mask", "class_name", "school_code", "organizer_inn"),
        [(account, "OPEN", "Иван И.", "5А", code, INN) for _, account in pupils],
    )
    transaction.insert(
        models.ledger_balance,
        ("account", "organizer_inn", "balance"),
        [(account, INN, Decimal("400.00")) for _, account in pupils],
    )
    columns = ("id", "school", "building", "class_code", "day", "state", "version", "formed_at")
    transaction.insert(
        models.class_request,
        (*columns, "formed_by", "entry"),
        [
            (UUID(int=number + 1), code, "", _class(number), DAY, "LOCKED", 1, NIGHT, "T", 0)
            for number in classes
        ],
    )
    priced = ("full_price", "discount", "to_pay")
    shared = ("source", "is_present", "is_included", "is_over_credit", *priced)
    ordered = ("account", "meal_type", "organizer_inn", "complex_id", "complex_code", "source")
    served = ("C", "DEFAULT", True, True, False)
    lines = [(n, account, meal, MEALS[meal]) for n, account in pupils for meal in MEALS]
    transaction.insert(
        models.request_line,
        ("request_id", *ordered, *shared[1:]),
        [
            (UUID(int=number + 1), account, meal, INN, 1, *served, price, _NOTHING, price)
            for number, account, meal, price in lines
        ],
    )
    key = ("school", "class_code", "day", "chosen_at", "entry", "state")
    fixed = (DAY, NIGHT, 0, "DEFAULTED")
    transaction.insert(
        models.meal_order,
        (*ordered, *key, *priced),
        [
            (
                account,
                meal,
                INN,
                1,
                *served[:2],
                code,
                _class(number),
                *fixed,
                price,
                _NOTHING,
                price,
            )
            for number, account, meal, price in lines
        ],
    )


def _class(number: int) -> str:
    return f"S{number // CLASSES_A_SCHOOL:04}/{number % CLASSES_A_SCHOOL:02}"


def _account(number: int, place: int) -> str:
    return issue_account(1_000_000 + number * PUPILS + place)


def run(url: str) -> None:
    """Debit the day as a process of the hub does; print what it took."""
    context = Bare(url)
    before = psutil.Process().memory_info().rss
    longest, start = 0.0, time.perf_counter()
    while True:
        begun = time.perf_counter()
        if not debit(context, NIGHT):
            break
        longest = max(longest, time.perf_counter() - begun)
    seconds = time.perf_counter() - start
    with context.read() as work:
        (day,) = debits.days(work.database, 1)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    print(
        f"{day.lines} lines in {seconds:.1f} s: {day.lines / seconds:.0f} a second; "
        f"longest piece {longest * 1000:.0f} ms; "
        f"peak {peak / 1024:.0f} MiB, {before / 2**20:.0f} MiB before; {day.state}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--mode", choices=[m for m in get_args(Mode) if m != "none"], default="pg")
    parser.add_argument("--run", metavar="URL", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run:
        run(chosen.run)
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        database(chosen.mode, Path(folder)) as made,
    ):
        start = time.perf_counter()
        fill(made.url, chosen.accounts)
        made.settle()
        filled = time.perf_counter() - start
        print(f"{chosen.mode}: {chosen.accounts} accounts, {filled:.0f} s to fill", flush=True)
        command = [sys.executable, "-m", "bench.debit", "--run", made.url]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
