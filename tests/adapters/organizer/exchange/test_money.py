"""GetDebits, GetPayments, registries: what the organizer accounts for (MEAL-ORG-04)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import town

from adapters.meals import models
from gateway.contracts.messages.common import Page, PaymentState, Period, RegistryState
from gateway.contracts.periods import PeriodInvalid
from gateway.kernel.errors import NotAllowed, NotFound, ValidationError

from .conftest import REGISTRY

DAY = date(2026, 11, 16)
TODAY = Period(from_value=DAY, to=DAY)
TOO_LONG = Period(from_value=DAY - timedelta(days=366), to=DAY)
TURNED = Period(from_value=DAY, to=DAY - timedelta(days=1))
AHEAD = Period(from_value=DAY + timedelta(days=1), to=DAY + timedelta(days=2))
ZERO = Decimal("0.00")


def debits(system, **values):
    return system.ask("GetDebits", **{"period": TODAY, **values})


def test_totals_of_debits_are_the_ledger(debited):
    answer = debits(debited)

    booked = [
        -row.amount
        for row in debited.night.table(models.ledger_entry, kind="DEBIT")
        if row.organizer_inn == town.INN
    ]
    assert answer.totals.to_pay == sum(booked) > 0
    assert answer.totals.to_pay == sum(one.to_pay for one in answer.debit)
    assert answer.totals.full - answer.totals.discount == answer.totals.to_pay
    assert len(answer.debit) == len(booked)


def test_a_debit_tells_its_meal_items_and_the_code_of_the_category(debited):
    told = {(one.account, one.meal_type): one for one in debits(debited).debit}

    ivan = told[town.IVAN.account, town.LUNCH]
    assert (ivan.full_price, ivan.discount, ivan.to_pay) == (
        Decimal("233.33"),
        ZERO,
        ivan.full_price,
    )
    assert [(item.item_code, item.qty) for item in ivan.item] == [(town.JUICE, 2)]
    maria = told[town.MARIA.account, town.BREAKFAST]
    assert (maria.pchvr_code, maria.to_pay, maria.reverses) == (town.FULL, ZERO, None)
    pavel = told[town.PAVEL.account, town.LUNCH]
    assert (pavel.complex_code, pavel.to_pay) == (None, town.HOME_SET_PRICE)


@pytest.mark.parametrize("limit", [1, 3])
def test_pages_of_debits_have_the_totals_of_all(debited, limit):
    whole = debits(debited)
    pages = debited.pages("GetDebits", limit, period=TODAY)
    assert [one for page in pages for one in page.debit] == whole.debit
    assert all(page.totals == whole.totals for page in pages)


def test_debits_of_a_school_are_those_of_its_pupils(debited):
    assert debits(debited, school_code=town.SCHOOL_1.code) == debits(debited)
    for school in (town.SCHOOL_2.code, "SCH-404"):
        with pytest.raises(NotAllowed):
            debits(debited, school_code=school)
    other = debits(debited, sender=town.OTHER_ORGANIZER)
    assert {one.school_code for one in other.debit} == {town.SCHOOL_2.code}


def test_a_day_without_debits_has_empty_totals(debited):
    yesterday = Period(from_value=DAY - timedelta(days=1), to=DAY - timedelta(days=1))
    answer = debits(debited, period=yesterday)
    assert (answer.debit, answer.totals.to_pay) == ([], ZERO)


@pytest.mark.parametrize("period", [TOO_LONG, TURNED, AHEAD])
@pytest.mark.parametrize("name", ["GetDebits", "GetPayments", "ListPaymentRegistries"])
def test_periods_that_cannot_be_are_refused(paid, name, period):
    with pytest.raises(PeriodInvalid) as refused:
        paid.ask(name, period=period)
    assert refused.value.findings


@pytest.mark.parametrize("name", ["GetDebits", "GetPayments", "ListPaymentRegistries"])
@pytest.mark.parametrize("cursor", ["1", '["2026-11-16T10:00:00","x"]', '["2026-11-16",1]'])
def test_cursors_that_were_never_given_out_are_refused(paid, name, cursor):
    with pytest.raises(ValidationError):
        paid.ask(name, period=TODAY, page=Page(limit=1, cursor=cursor))


def payments(system, **values):
    return system.ask("GetPayments", **{"period": TODAY, **values})


def test_sums_of_payments_of_a_registry_are_its_totals(paid):
    answer = payments(paid)

    (registry,) = paid.ask("ListPaymentRegistries", period=TODAY).registry
    inside = [one for one in answer.payment if one.hub_registry_id == registry.hub_registry_id]
    assert sum(one.amount for one in inside) == registry.total_amount
    assert len(inside) == registry.count
    assert {one.registry_number for one in inside} == {"17"}
    assert answer.totals.sum == registry.total_amount + Decimal("75.50")
    assert answer.totals.count == len(answer.payment) == 5


def test_payments_are_those_of_the_organizer_and_of_the_asked_bank(paid):
    (one,) = payments(paid, bank_code="BANK72002").payment
    assert (one.bank_code, one.state, one.credited_at) == (
        *("BANK72002", PaymentState.ACCEPTED, None),
    )
    (foreign,) = payments(paid, sender=town.OTHER_ORGANIZER).payment
    assert foreign.amount == Decimal("9.00")


@pytest.mark.parametrize("limit", [1, 2])
def test_pages_of_payments_have_the_totals_of_all(paid, limit):
    whole = payments(paid)
    pages = paid.pages("GetPayments", limit, period=TODAY)
    assert [one for page in pages for one in page.payment] == whole.payment
    assert all(page.totals == whole.totals for page in pages)


def test_a_payment_of_the_last_second_of_a_day_is_of_that_day(paid):
    yesterday = Period(from_value=DAY - timedelta(days=1), to=DAY - timedelta(days=1))
    assert payments(paid, period=yesterday).totals.count == 0


def test_a_registry_is_told_with_its_lines_page_by_page(paid):
    whole = paid.ask("GetPaymentRegistry", hub_registry_id=str(REGISTRY))
    pages = paid.pages("GetPaymentRegistry", 2, hub_registry_id=str(REGISTRY))

    assert (whole.registry_number, whole.state, whole.count) == ("17", RegistryState.ACCEPTED, 3)
    assert [line.line_no for page in pages for line in page.line] == [1, 2, 3]
    assert sum(line.amount for line in whole.line) == whole.total_amount


def test_registries_of_others_are_not_found_in_the_same_words(paid):
    told = set()
    for key, sender in [
        (str(REGISTRY), town.OTHER_ORGANIZER),
        ("11111111-1111-4111-8111-111111111111", town.ORGANIZER),
    ]:
        with pytest.raises(NotFound) as refused:
            paid.ask("GetPaymentRegistry", sender, hub_registry_id=key)
        told.add(refused.value.text)
    assert len(told) == 1
    assert paid.ask("ListPaymentRegistries", town.OTHER_ORGANIZER, period=TODAY).registry == []


def test_registries_are_paged_by_date(paid):
    page = paid.ask("ListPaymentRegistries", period=TODAY, page=Page(limit=1))
    assert (len(page.registry), page.next_cursor) == (1, None)
    assert paid.ask("ListPaymentRegistries", period=TODAY, bank_code="BANK72002").registry == []
