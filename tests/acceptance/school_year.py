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
    full = sum(one.full for one in books.debits.values())
    discount = sum(one.discount for one in books.debits.values())
    over = sum(one.is_over_credit for one in books.debits.values())
    debits = table(world, "DEBITS", **days)
    assert len(debits) - 1 == len(books.debits)
    assert over > 0
    assert total(debits, "Порций", "Сверх кредита") == [len(books.debits), over]
    sums = total(debits, "Стоимость, руб.", "Скидка, руб.", "К оплате, руб.")
    assert sums == [full, discount, full - discount]
    compensated = table(world, "COMPENSATION", **days)
    assert total(compensated, "Возмещение из бюджета, руб.") == [discount]
    assert total(table(world, "BALANCES"), "Остаток, руб.") == [sum(books.balances.values())]
    unformed = table(world, "UNFORMED_REQUESTS", DATE=world.unformed.isoformat())
    assert total(unformed, "Заказано порций") == [2]
    for form, begins in (("PDF", b"%PDF-"), ("XLSX", b"PK")):
        assert report(world, "DEBITS", form, **days).startswith(begins)


def report(world: World, code: str, form: str, **params: str) -> bytes:
    """Return the file of a report of the organizer."""
    told = [{"name": name, "value": value} for name, value in params.items()]
    answer = world.organizer.ask(ORGANIZER, "GetReport", reportCode=code, param=told, format=form)
    return answer["file"]["content"]


def table(world: World, code: str, **params: str) -> list[dict[str, str]]:
    """Return the lines of a report; the last one is what they come to."""
    text = report(world, code, "CSV", **params).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def total(lines: list[dict[str, str]], *heads: str) -> list[Decimal]:
    """Return what columns come to; a table shields a minus from being taken for a formula."""
    return [Decimal(lines[-1][head].lstrip("'").replace(",", ".")) for head in heads]
