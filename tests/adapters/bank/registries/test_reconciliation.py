from datetime import date, timedelta
from decimal import Decimal

import pytest

from adapters.bank import errors
from adapters.bank.handlers import reconciliation
from adapters.bank.handlers.cancellations import cancel_payment
from adapters.bank.messages import LineStatus
from gateway.contracts.messages.common import Period

ZERO = Decimal("0.00")


def pair(total):
    return (total.count, total.sum)


def test_a_day_without_payments_reconciles_to_nothing(office):
    found = office.reconciliation()

    assert pair(found.notified) == pair(found.registered) == pair(found.suspense) == (0, ZERO)
    assert found.truncated is None


def test_payments_told_and_registered_are_on_both_sides(office, accounts):
    office.pay(accounts[0], "100.00", "P-1")
    office.pay(accounts[1], "50.00", "P-2")
    office.settled(office.line(1, accounts[0]), office.line(2, accounts[1], "50.00"))

    found = office.reconciliation()

    assert pair(found.notified) == pair(found.registered) == (2, Decimal("150.00"))
    assert pair(found.credited) == (2, Decimal("150.00"))
    assert found.missing_in_registry == found.missing_notice == found.mismatched == []


def test_a_payment_without_a_registry_is_named_with_its_age(office, accounts, clock):
    paid = clock.now - timedelta(hours=1)
    office.pay(accounts[0], "100.00", "P-1", payment_time=paid)
    clock.advance(days=4)  # from Monday to Friday

    found = office.reconciliation()

    (missing,) = found.missing_in_registry
    assert (missing.bank_payment_id, missing.account) == ("P-1", accounts[0])
    assert (missing.amount, missing.payment_time) == (Decimal("100.00"), paid)
    assert missing.age_banking_days == 4
    assert pair(found.registered) == (0, ZERO)


def test_a_payment_without_a_notice_is_named(office, accounts):
    office.settled(office.line(1, accounts[0]))

    found = office.reconciliation()

    assert [payment.bank_payment_id for payment in found.missing_notice] == ["P-1"]
    assert pair(found.notified) == (0, ZERO)
    assert pair(found.registered) == pair(found.credited) == (1, Decimal("100.00"))


def test_a_payment_of_two_sums_is_named_with_both(hasty_office, accounts):
    hasty_office.pay(accounts[0], "100.00", "P-1")
    hasty_office.settled(hasty_office.line(1, accounts[0], "90.00"))

    found = hasty_office.reconciliation()

    (different,) = found.mismatched
    assert (different.notice_amount, different.registry_amount) == (Decimal(100), Decimal(90))
    assert pair(found.notified) == pair(found.credited) == (1, Decimal("100.00"))
    assert pair(found.registered) == (1, Decimal("90.00"))
    assert found.missing_in_registry == found.missing_notice == []


def test_a_spent_payment_that_the_registry_cancels_differs_by_all_of_it(hasty_office, accounts):
    hasty_office.pay(accounts[0], "100.00", "P-1")
    hasty_office.till.spend(accounts[0], "50.00")
    hasty_office.settled(hasty_office.line(1, accounts[0], status=LineStatus.CANCELLED))

    (different,) = hasty_office.reconciliation().mismatched

    assert (different.notice_amount, different.registry_amount) == (Decimal(100), ZERO)


def test_suspense_is_a_sum_of_its_own(office, school):
    office.settled(office.line(1, "0000000000", "10.00"), office.line(2, school.closed, "20.00"))

    found = office.reconciliation()

    assert pair(found.suspense) == (2, Decimal("30.00"))
    assert pair(found.credited) == (0, ZERO)
    assert pair(found.registered) == (2, Decimal("30.00"))


def test_a_settled_suspense_is_credited(office, accounts):
    answer = office.settled(office.line(1, "0000000000", "10.00"))
    office.correct(answer.hub_registry_id, office.reassign(1, accounts[0]))

    found = office.reconciliation()

    assert pair(found.suspense) == (0, ZERO)
    assert pair(found.credited) == (1, Decimal("10.00"))


def test_cancelled_payments_are_on_no_side(hasty_office, accounts):
    hasty_office.pay(accounts[0])
    hasty_office.till.send(cancel_payment, hasty_office.till.cancel(), hasty_office.bank)

    found = hasty_office.reconciliation()

    assert pair(found.notified) == pair(found.credited) == (0, ZERO)
    assert found.missing_in_registry == []


def test_an_annulled_registry_is_on_no_side(office, accounts):
    office.pay(accounts[0])
    answer = office.settled(office.line(1, accounts[0]), office.line(2, accounts[0]))
    office.annul(answer.registry_id)

    found = office.reconciliation()

    assert pair(found.registered) == (0, ZERO)
    assert [payment.bank_payment_id for payment in found.missing_in_registry] == ["P-1"]
    assert found.missing_notice == []


def test_a_payment_belongs_to_its_local_day(office, accounts, clock):
    # 19:00 UTC is midnight in Tyumen.
    midnight = clock.now.replace(hour=19)
    clock.now = midnight + timedelta(hours=2)
    office.pay(accounts[0], "1.00", "P-1", payment_time=midnight - timedelta(seconds=1))
    office.pay(accounts[0], "2.00", "P-2", payment_time=midnight)

    second, third = (
        office.reconciliation(period=Period(from_value=day, to=day))
        for day in (date(2026, 3, 2), date(2026, 3, 3))
    )

    assert pair(second.notified) == (1, Decimal("1.00"))
    assert pair(third.notified) == (1, Decimal("2.00"))


def test_a_reconciliation_may_be_narrowed_to_an_organizer(office, accounts):
    office.pay(accounts[0])

    assert office.reconciliation(organizer_inn="7200000018").notified.count == 1
    assert office.reconciliation(organizer_inn="7200000025").notified.count == 0


def test_a_bank_sees_only_its_own_payments(office, accounts, stranger):
    office.pay(accounts[0])
    office.settled(office.line(5, accounts[0]))

    found = office.reconciliation(stranger)

    assert pair(found.notified) == pair(found.registered) == (0, ZERO)
    assert found.missing_in_registry == found.missing_notice == []


def test_long_lists_are_cut_and_say_so(office, accounts, monkeypatch):
    monkeypatch.setattr(reconciliation, "MOST_LISTED", 3)
    office.settled(*[office.line(n, accounts[0], "1.00") for n in range(1, 6)])

    found = office.reconciliation()

    assert len(found.missing_notice) == 3
    assert found.truncated
    assert pair(found.registered) == (5, Decimal("5.00"))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(2024, 1, 1), date(2026, 1, 1)),
        (date(1, 1, 1), date(1, 1, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_period_that_cannot_be_is_refused(office, first, last):
    with pytest.raises(errors.PeriodInvalid):
        office.reconciliation(period=Period(from_value=first, to=last))
