"""What has to hold at the end of every day, and what the papers say at the end of all of them."""

import csv
import datetime as dt
import io
from decimal import Decimal

import school_cast as cast
from school_world import World
from soap_program import period

ORGANIZER = "meals/organizer"
_MONEY = Decimal("0.00")


def control(world: World, first: dt.date, last: dt.date) -> None:
    """Hold every way to read the money to one ledger, and the feed to the orders."""
    families_agree(world)
    organizer_agrees(world)
    feed_tells_the_orders(world, first, last)
    world.reconcile()


def families_agree(world: World) -> None:
    """Opening and movements make the closing balance; it is what everybody else is told."""
    today = world.today
    for pupil, balance in world.books.balances.items():
        told = world.parent(
            "GetMovements", pupil, period=period(today - dt.timedelta(days=60), today)
        )
        running = told["opening"]
        for entry in told["entry"] or []:
            running += entry["amount"]
            assert entry["balance"] == running
        assert (told["opening"], told["closing"]) == (_MONEY, balance)
        assert running == balance
        assert world.parent("GetAccount", pupil)["balance"] == balance


def organizer_agrees(world: World) -> None:
    """Payments less debits are the balances, to the kopeck (MEAL-ORG-03, 04)."""
    today = world.today
    whole = period(today - dt.timedelta(days=30), today)
    paid = world.organizer.ask(ORGANIZER, "GetPayments", period=whole)["totals"]
    debited = world.organizer.ask(ORGANIZER, "GetDebits", period=whole)
    totals = debited["totals"]
    books = world.books
    assert (paid["count"], paid["sum"]) == (len(books.payments), sum(books.payments.values()))
    assert totals["full"] == sum((one.full for one in books.debits.values()), _MONEY)
    assert totals["discount"] == sum((one.discount for one in books.debits.values()), _MONEY)
    assert totals["full"] - totals["discount"] == totals["toPay"]
    for row in debited["debit"] or []:
        assert 0 <= row["discount"] <= row["fullPrice"]
    rows = world.organizer.ask(ORGANIZER, "GetBalances", level="ACCOUNT")["row"] or []
    balances = {world.pupil_of(row["account"]): row["balance"] for row in rows}
    assert {**dict.fromkeys(cast.PUPILS, _MONEY), **balances} == books.balances
    assert sum(balances.values(), _MONEY) == paid["sum"] - totals["toPay"]
    (whole_school,) = world.organizer.ask(ORGANIZER, "GetBalances", level="SCHOOL")["row"]
    assert whole_school["balance"] == sum(books.balances.values())


def feed_tells_the_orders(world: World, first: dt.date, last: dt.date) -> None:
    """Whoever has read the feed of changes to its end knows every order (MEAL-PAR-11)."""
    while True:
        more = {} if world.cursor is None else {"cursor": world.cursor}
        answer = world.organizer.ask(ORGANIZER, "GetOrderChanges", limit=50, **more)
        world.changes += answer["change"] or []
        world.cursor = answer["cursor"]
        if not answer["change"]:
            break
    numbers = [change["seq"] for change in world.changes]
    assert numbers == sorted(set(numbers))
    heard = {}
    for change in world.changes:
        key = (world.pupil_of(change["account"]), change["date"], change["mealType"])
        if change["kind"] == "CANCELLED":
            del heard[key]
        else:
            heard[key] = change.get("complexCode")
    assert heard == {
        (pupil, one["date"], one["mealType"]): one["chosen"]["complexCode"]
        for pupil in cast.PUPILS
        for one in world.parent("GetOrders", pupil, period=period(first, last))["order"] or []
        if one["chosen"]["state"] != "CHOSEN"
    }


def control_papers(world: World, first: dt.date, last: dt.date) -> None:
    """Let reports be made, and tie their totals to the books (MEAL-RPT-01)."""
    days = {"PERIOD_FROM": first.isoformat(), "PERIOD_TO": last.isoformat()}
    books = world.books
    debits = rows_of(report(world, "DEBITS", "CSV", **days))
    assert len(debits) == len(books.debits)
    for form, begins in (("PDF", b"%PDF-"), ("XLSX", b"PK")):
        assert report(world, "DEBITS", form, **days).startswith(begins)
    for code in ("COMPENSATION", "ORDERS", "PAYMENTS"):
        assert rows_of(report(world, code, "CSV", **days))
    assert rows_of(report(world, "BALANCES", "CSV"))
    assert rows_of(report(world, "CREDIT_USE", "CSV"))
    unformed = rows_of(report(world, "UNFORMED_REQUESTS", "CSV", DATE=world.unformed.isoformat()))
    assert any(cast.CLASS_7B.code in row or cast.CLASS_7B.name in row for row in unformed)


def report(world: World, code: str, form: str, **params: str) -> bytes:
    """Return the file of a report of the organizer."""
    told = [{"name": name, "value": value} for name, value in params.items()]
    answer = world.organizer.ask(ORGANIZER, "GetReport", reportCode=code, param=told, format=form)
    return answer["file"]["content"]


def rows_of(octets: bytes) -> list[list[str]]:
    """Return the rows of a CSV below its heading."""
    return list(csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))[1:]
