"""The port of payments: an organizer's payments and registries, for those who know no banks."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.messages import LineStatus, PaymentOrderType
from adapters.bank.repository.books import BankBooks
from gateway.payment_books import PaymentsAsked, RegistriesAsked
from registry.calendar import end_of, start_of

INN, OTHER_INN = "7200000018", "7200000025"


@pytest.fixture
def today():
    return date(2026, 3, 2)


@pytest.fixture
def read(office):
    """Ask the books in a transaction of its own."""

    def ask(question, *values):
        with office.till.database.reading() as transaction:
            return getattr(BankBooks(transaction), question)(*values)

    return ask


@pytest.fixture
def asked(today):
    return PaymentsAsked(INN, start_of(today), end_of(today))


@pytest.fixture
def registries(today):
    return RegistriesAsked(INN, today, today)


def test_totals_of_payments_are_the_sums_of_the_registries(
    office, accounts, read, asked, registries
):
    office.pay(accounts[0], "50.00")
    office.settled(office.line(1, accounts[0], "50.00"), office.line(2, accounts[1], "70.25"))
    office.settled(office.line(3, accounts[1], "1.10"), office.line(4, "99999999", "9.00"))

    totals = read("totals", asked)

    handed = read("registries", registries, None, 10)
    assert totals == (4, Decimal("130.35"))
    assert totals.amount == sum(one.total_amount for one in handed)
    assert totals.payments == sum(one.line_count for one in handed)


def test_a_cancelled_payment_is_shown_and_not_counted(office, accounts, read, asked):
    office.pay(accounts[0], "50.00")
    office.pay(accounts[0], "30.00", "P-2")
    office.till.send(cancel_payment, office.till.cancel("P-2"), office.bank)

    assert read("totals", asked) == (1, Decimal("50.00"))
    assert {one.state for one in read("payments", asked, None, 10)} == {"ACCEPTED", "CANCELLED"}


def test_payments_are_paged_by_time_and_id(office, accounts, read, asked):
    moment = office.till.clock() - timedelta(hours=1)
    for number in range(1, 6):
        late = moment + timedelta(minutes=number // 2)
        office.pay(accounts[0], payment=f"P-{number}", payment_time=late)

    seen, after = [], None
    while page := read("payments", asked, after, 2):
        seen += page
        after = page[-1].payment_time, page[-1].id

    assert sorted(one.bank_payment_id for one in seen) == [f"P-{n}" for n in range(1, 6)]
    assert seen == sorted(seen, key=lambda one: (one.payment_time, str(one.id)))


def test_only_the_time_the_bank_and_the_organizer_that_are_asked_for_are_counted(
    office, accounts, read, asked
):
    office.pay(accounts[0])

    assert read("totals", asked._replace(organizer_inn=OTHER_INN)).payments == 0
    assert read("totals", asked._replace(bank="BANK72999")).payments == 0
    assert read("totals", asked._replace(bank=office.bank.code)).payments == 1
    assert read("totals", asked._replace(since=office.till.clock())).payments == 0
    assert read("payments", asked._replace(organizer_inn=OTHER_INN), None, 5) == []


def test_a_registry_is_read_as_it_was_handed_in(office, accounts, read, registries, today):
    order = PaymentOrderType(number="77", date=today, amount=Decimal("95.00"))
    answer = office.settled(
        office.line(1, accounts[0], "100.00", commission=Decimal("5.00"), terminal_id="T-1"),
        office.line(2, accounts[1], "20.00", status=LineStatus.CANCELLED),
        payment_order=order,
        total_commission=Decimal("5.00"),
        net_amount=Decimal("95.00"),
        contract_number="Д-1",
    )
    key = UUID(answer.hub_registry_id)

    found = read("registry", INN, key)

    assert (found.order.number, found.order.amount) == ("77", Decimal("95.00"))
    assert (found.line_count, found.total_amount, found.net_amount) == (2, 100, 95)
    assert (found.contract_number, found.total_commission) == ("Д-1", 5)
    paid, cancelled = read("lines", key, 0, 10)
    assert (paid.line_no, paid.status, paid.terminal_id) == (1, "PAID", "T-1")
    assert (cancelled.status, cancelled.result) == ("CANCELLED", "CANCELLED")
    assert read("lines", key, 1, 10) == [cancelled]
    assert read("registries", registries, (today, key), 10) == []


def test_a_registry_is_unseen_until_it_is_accepted(office, accounts, read, asked, registries):
    answer = office.submit(office.registry(office.line(1, accounts[0])))
    key = UUID(answer.hub_registry_id)

    assert read("registries", registries, None, 10) == []
    assert read("registry", INN, key) is None
    office.process()
    assert read("registry", INN, key).state == "ACCEPTED"
    (payment,) = read("payments", asked, None, 10)
    assert (payment.registry_id, payment.registry_number) == (key, "1")


def test_a_registry_annulled_before_it_was_accepted_is_never_seen_another_one_stays(
    office, accounts, read, registries
):
    accepted = office.settled(office.line(1, accounts[0]))
    waiting = office.submit(office.registry(office.line(2, accounts[1])))
    for one in (accepted, waiting):
        office.annul(one.registry_id)
    office.process()

    (seen,) = read("registries", registries, None, 10)

    assert (str(seen.id), seen.state) == (accepted.hub_registry_id, "ANNULLED")


def test_a_registry_of_another_organizer_does_not_exist(office, accounts, read):
    answer = office.settled(office.line(1, accounts[0]))
    assert read("registry", OTHER_INN, UUID(answer.hub_registry_id)) is None
