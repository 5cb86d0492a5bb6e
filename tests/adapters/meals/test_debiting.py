"""JOB-01 and JOB-02: what was eaten is debited after 23:00, each meal once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town
from nights import choose, form_request, local

from adapters.meals import models
from adapters.meals.reconcile import reconcile
from adapters.meals.repository import debits

DAY = date(2026, 11, 16)
FREEZE = date(2026, 11, 9)
NEXT = DAY + timedelta(days=1)
BREAKFAST = town.complex_of(town.BREAKFAST, town.YOUNGER).price
LUNCH = town.complex_of(town.LUNCH, town.YOUNGER).price


@pytest.fixture
def frozen(night):
    """The town on the evening of a day whose orders are all defaults."""
    with night.database.writing() as transaction:
        town.publish(transaction, [DAY, NEXT])
    night.at(FREEZE, "00:00").run("meal.default_complex")
    night.at(FREEZE + timedelta(days=1), "00:00").run("meal.default_complex")
    return night.at(DAY, "23:00:05")


def form(night, *classes, day=DAY, **more):
    with night.database.writing() as transaction:
        return [form_request(transaction, one, day, **more) for one in classes]


def debit(night, clock="23:00:05", day=DAY):
    night.at(day, clock).run("meal.debit")


def debited(night, **conditions):
    return {(r.account, r.meal_type): r for r in night.table(models.meal_debit, **conditions)}


def balance(night, pupil):
    rows = night.table(models.ledger_balance, account=pupil.account)
    return sum((row.balance for row in rows), Decimal("0.00"))


def proven(night):
    with night.database.reading() as transaction:
        return reconcile(transaction, None)


def test_the_meals_of_a_request_are_debited(frozen):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    row = debited(frozen)[town.IVAN.account, town.BREAKFAST]
    assert (row.day, row.organizer_inn, row.class_code) == (DAY, town.INN, town.CLASS_3A.code)
    assert (row.full_price, row.discount, row.to_pay) == (BREAKFAST, 0, BREAKFAST)
    assert balance(frozen, town.IVAN) == -(BREAKFAST + LUNCH)
    assert {account for account, _ in debited(frozen)} == {
        one.account for one in (town.IVAN, town.MARIA, town.TIMUR)
    }
    assert proven(frozen) == []


def test_a_debit_has_its_entry_in_the_ledger(frozen):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    source = f"debit/{town.IVAN.account}/{town.INN}/2026-11-16/{town.BREAKFAST}"
    (entry,) = frozen.table(models.ledger_entry, source=source)
    assert (entry.kind, entry.amount, entry.business_date) == ("DEBIT", -BREAKFAST, DAY)


def test_nothing_is_debited_before_23_00_05(frozen):
    form(frozen, town.CLASS_3A)
    frozen.at(DAY, "23:00:00").run("meal.debit")
    frozen.at(DAY, "23:00:04").work_off()
    assert debited(frozen) == {}
    frozen.at(DAY, "23:00:05").work_off()
    assert debited(frozen) != {}


def test_a_class_without_a_request_is_not_debited(frozen):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    assert debited(frozen, class_code=town.CLASS_7B.code) == {}
    assert frozen.orders(DAY)[town.DARYA.account, town.LUNCH].state == "NOT_SERVED"


def test_who_was_not_included_is_not_debited(frozen):
    form(frozen, town.CLASS_3A, without=[town.IVAN.account])
    debit(frozen)
    assert (town.IVAN.account, town.LUNCH) not in debited(frozen)
    states = {m: r.state for (a, m), r in frozen.orders(DAY).items() if a == town.IVAN.account}
    assert set(states.values()) == {"NOT_SERVED"}


def test_the_confirmed_fact_wins_over_the_request(frozen):
    eaten = {
        (town.IVAN.account, town.LUNCH): True,
        (town.TIMUR.account, town.LUNCH): False,
    }
    form(frozen, town.CLASS_3A, without=[town.IVAN.account], eaten=eaten)
    debit(frozen)
    mine = {key for key in debited(frozen) if key[0] in (town.IVAN.account, town.TIMUR.account)}
    assert mine == {(town.IVAN.account, town.LUNCH), (town.TIMUR.account, town.BREAKFAST)}


def test_full_compensation_leaves_a_line_of_nothing(frozen):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    row = debited(frozen)[town.MARIA.account, town.LUNCH]
    assert (row.full_price, row.discount, row.to_pay) == (LUNCH, LUNCH, 0)
    assert row.pchvr == town.FULL
    entries = frozen.table(models.ledger_entry, account=town.MARIA.account)
    assert [entry.amount for entry in entries] == [0, 0]


def test_a_pupil_at_home_is_debited_by_the_order(frozen):
    at_home = {"is_home_study": True, "complex_code": None, "state": "FROZEN"}
    set_price = {"full_price": town.HOME_SET_PRICE, "to_pay": town.HOME_SET_PRICE}
    lunch = town.complex_of(town.LUNCH, town.YOUNGER)
    with frozen.database.writing() as transaction:
        choose(transaction, town.PAVEL, DAY, lunch, None, **at_home, **set_price)
    debit(frozen)
    (row,) = debited(frozen).values()
    assert (row.account, row.to_pay, row.complex_code) == (
        town.PAVEL.account,
        town.HOME_SET_PRICE,
        None,
    )
    assert frozen.orders(DAY)[town.PAVEL.account, town.LUNCH].state == "DEBITED"


def test_orders_of_who_ate_are_debited(frozen):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    assert frozen.orders(DAY)[town.IVAN.account, town.LUNCH].state == "DEBITED"


@pytest.mark.parametrize(
    ("topped_up", "flags"),
    [
        ("0.01", [False, False]),
        ("-54.45", [False, False]),
        ("-54.46", [False, True]),
        ("-204.45", [False, True]),
        ("-204.46", [True, True]),
    ],
)
def test_a_meal_beyond_the_credit_is_debited_and_flagged(frozen, topped_up, flags):
    with frozen.database.writing() as transaction:
        town.top_up(transaction, town.IVAN, topped_up)
    form(frozen, town.CLASS_3A)
    debit(frozen)
    mine = debited(frozen, account=town.IVAN.account)
    assert [mine[town.IVAN.account, m].is_over_credit for m in town.IVAN.meals] == flags
    assert balance(frozen, town.IVAN) == Decimal(topped_up) - BREAKFAST - LUNCH


def test_without_credit_any_debt_is_flagged(frozen):
    form(frozen, town.CLASS_4G)
    debit(frozen)
    flags = {r.is_over_credit for r in debited(frozen, account=town.ALINA.account).values()}
    assert flags == {True}


def test_the_limit_is_that_of_the_day(frozen):
    later = {"school": town.SCHOOL_1.code, "amount": 0, "version": 2, "entry": 1}
    with frozen.database.writing() as transaction:
        transaction.execute(sa.insert(models.credit_limit), [later | {"valid_from": NEXT}])
    form(frozen, town.CLASS_3A)
    form(frozen, town.CLASS_3A, day=NEXT)
    debit(frozen)
    debit(frozen, day=NEXT)
    rows = frozen.table(models.meal_debit, account=town.IVAN.account)
    flags = {(row.day, row.is_over_credit) for row in rows}
    assert flags == {(DAY, False), (NEXT, True)}


def test_the_job_run_twice_debits_once(frozen):
    form(frozen, town.CLASS_3A, town.CLASS_4G)
    debit(frozen)
    before = debited(frozen), balance(frozen, town.IVAN), frozen.table(models.meal_notice)
    debit(frozen)
    debit(frozen, "23:30")
    assert (debited(frozen), balance(frozen, town.IVAN)) == before[:2]
    assert frozen.table(models.meal_notice) == before[2]


def test_a_day_that_is_debited_again_by_hand_finds_nothing_new(frozen):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    before = debited(frozen), balance(frozen, town.IVAN)
    with frozen.database.writing() as transaction:
        again = {"state": "WAITING", "after_class": ""}
        transaction.execute(sa.update(models.debit_day).values(**again))
    frozen.work_off()
    assert (debited(frozen), balance(frozen, town.IVAN)) == before
    assert proven(frozen) == []


def test_missed_days_are_debited_in_their_order(frozen):
    form(frozen, town.CLASS_3A)
    form(frozen, town.CLASS_3A, day=NEXT)
    frozen.at(NEXT, "23:40")
    with frozen.begin() as work:
        for day in (NEXT, DAY):
            debits.plan(work.database, day, local(day, "23:00:05"))
    days = []
    while frozen.piece("meal.debiting"):
        days.append(max(row.day for row in frozen.table(models.meal_debit)))
    assert days == [DAY, NEXT]
    assert {row.business_date for row in frozen.table(models.ledger_entry)} == {DAY, NEXT}


def test_a_day_that_is_being_frozen_waits_with_its_debit(frozen):
    form(frozen, town.CLASS_3A)
    with frozen.database.writing() as transaction:
        transaction.execute(sa.update(models.meal_day).values(frozen_at=None, freezing_after=""))
        debits.plan(transaction, DAY, frozen.moment)
    assert not frozen.piece("meal.debiting")
    frozen.work_off()
    assert debited(frozen) != {}


def test_families_hear_of_debits_and_of_little_money(frozen):
    with frozen.database.writing() as transaction:
        town.top_up(transaction, town.IVAN, "500.00")
    form(frozen, town.CLASS_3A)
    debit(frozen)
    told = [
        (row.code, row.meal_type, row.amount, row.balance)
        for row in frozen.table(models.meal_notice, account=town.IVAN.account, day=DAY)
        if row.code != "DEFAULT_SET"
    ]
    left = Decimal("500.00") - BREAKFAST
    assert told == [
        ("DEBITED", town.BREAKFAST, BREAKFAST, left),
        ("DEBITED", town.LUNCH, LUNCH, left - LUNCH),
    ]
    low = frozen.table(models.meal_notice, account=town.TIMUR.account, code="LOW_BALANCE")
    assert [(row.day, row.balance) for row in low] == [(DAY, balance(frozen, town.TIMUR))]


def test_progress_tells_lines_and_sums(frozen):
    form(frozen, *town.CLASSES)
    frozen.batch_lines = 1
    debit(frozen)
    rows = debited(frozen).values()
    with frozen.database.reading() as transaction:
        (day,) = debits.days(transaction, 10)
    assert (day.day, day.state, day.lines) == (DAY, "DONE", len(rows))
    assert day.full == sum(row.full_price for row in rows)
    assert day.discount == sum(row.discount for row in rows)
    assert day.to_pay == sum(row.to_pay for row in rows)
    assert day.over_credit == sum(row.is_over_credit for row in rows) > 0
    assert day.finished_at == local(DAY, "23:00:05")


def test_a_pupil_who_moved_after_the_request_is_debited_once(frozen):
    form(frozen, town.CLASS_3A, town.CLASS_7B)
    with frozen.database.writing() as transaction:
        line = models.request_line
        mine = transaction.execute(
            sa.select(line).where(line.c.account == town.IVAN.account, line.c.meal_type == "LUNCH")
        ).one()
        other = transaction.execute(
            sa.select(models.class_request.c.id).where(
                models.class_request.c.class_code == town.CLASS_7B.code
            )
        ).scalar_one()
        transaction.execute(sa.insert(line), [mine._asdict() | {"request_id": other}])
    debit(frozen)
    assert balance(frozen, town.IVAN) == -(BREAKFAST + LUNCH)
    assert proven(frozen) == []


def test_every_debit_has_an_identifier_of_its_own(frozen):
    form(frozen, *town.CLASSES)
    frozen.batch_lines = 1
    debit(frozen)
    rows = frozen.table(models.meal_debit)
    assert len({row.id for row in rows}) == len(rows)


def test_the_day_and_its_requests_are_locked_at_23_00(frozen):
    form(frozen, town.CLASS_3A)
    frozen.at(DAY, "23:00").run("meal.lock_day")
    assert [row.state for row in frozen.table(models.class_request)] == ["LOCKED"]
    assert frozen.table(models.meal_day, day=DAY)[0].locked_at == local(DAY, "23:00")
    frozen.at(DAY, "23:10").run("meal.lock_day")
    assert frozen.table(models.meal_day, day=DAY)[0].locked_at == local(DAY, "23:00")


def test_a_debit_whose_entry_is_gone_is_named(frozen, allow_ledger_changes):
    form(frozen, town.CLASS_3A)
    debit(frozen)
    entry = models.ledger_entry
    source = f"debit/{town.IVAN.account}/{town.INN}/2026-11-16/{town.LUNCH}"
    with frozen.database.writing() as transaction:
        allow_ledger_changes(transaction)
        transaction.execute(sa.delete(entry).where(entry.c.source == source))
    assert any(source in finding and "150.00" in finding for finding in proven(frozen))


def test_an_entry_whose_debit_is_gone_is_named(frozen):
    source = "debit/1/2/3/4"
    with frozen.database.writing() as transaction:
        values = {
            "account": town.IVAN.account,
            "organizer_inn": town.INN,
            "amount": 0,
            "kind": "DEBIT",
            "source": source,
            "business_date": DAY,
            "entry": 0,
            "created_at": frozen.moment,
        }
        transaction.execute(sa.insert(models.ledger_entry), [values])
    (finding,) = proven(frozen)
    assert source in finding
