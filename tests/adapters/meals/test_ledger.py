from decimal import Decimal

import pytest
import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.ledger import MealsLedger, TopUpLimits
from gateway.adapter import AccountStatus
from gateway.storage.database import RaceLost

INN = "7200000018"
OTHER_INN = "7200000025"
ZERO = Decimal("0.00")


def test_only_known_accounts_are_returned(ledger, school):
    found = ledger.accounts([school.open[0], "0000000000"])
    assert list(found) == [school.open[0]]


def test_only_known_organizers_are_returned(ledger, school):
    assert ledger.organizers([INN, "7299999990"]) == frozenset({INN})


def test_an_account_shows_its_school_organizer_and_a_masked_pupil(ledger, school):
    account = ledger.accounts([school.open[0]])[school.open[0]]
    assert account.status is AccountStatus.OPEN
    assert account.pupil_mask == "Евгения Л."
    assert account.school_name == "Демонстрационная школа № 1"
    assert account.organizer_inn == INN
    assert account.beneficiary is not None
    assert account.beneficiary.bik == "047199999"


def test_an_organizer_without_bank_details_has_no_beneficiary(ledger, school, transaction):
    transaction.execute(sa.update(models.organizer).values(beneficiary_bik=None))
    assert ledger.accounts([school.open[0]])[school.open[0]].beneficiary is None


def test_two_thousand_roubles_is_the_limit_by_default(ledger, school):
    account = ledger.accounts([school.open[0]])[school.open[0]]
    assert (account.min_top_up, account.max_top_up) == (Decimal("1.00"), Decimal("2000.00"))


def test_an_operator_may_set_other_defaults(transaction, school):
    limits = TopUpLimits(smallest=Decimal("10.00"), largest=Decimal("500.00"))
    account = MealsLedger(transaction, limits).accounts([school.open[0]])[school.open[0]]
    assert (account.min_top_up, account.max_top_up) == (Decimal("10.00"), Decimal("500.00"))


def test_an_organizer_may_have_limits_of_its_own(ledger, school, transaction):
    transaction.execute(
        sa.update(models.organizer).values(min_top_up=Decimal(5), max_top_up=Decimal(3000))
    )
    account = ledger.accounts([school.open[0]])[school.open[0]]
    assert (account.min_top_up, account.max_top_up) == (Decimal("5.00"), Decimal("3000.00"))


def test_the_limit_of_a_school_wins_over_its_organizers(ledger, school, transaction):
    transaction.execute(sa.update(models.organizer).values(max_top_up=Decimal(3000)))
    transaction.execute(sa.update(models.school).values(max_top_up=Decimal(700)))
    assert ledger.accounts([school.open[0]])[school.open[0]].max_top_up == Decimal("700.00")


def test_nothing_posted_means_a_zero_balance(ledger, school):
    key = (school.open[0], INN)
    assert ledger.balances([key]) == {key: ZERO}


def test_balances_are_sums_of_what_was_posted(ledger, school, posting, clock):
    first, second = school.open[:2]
    ledger.post([posting(first, "10.50", "a"), posting(second, "1.00", "b")], clock())
    ledger.post([posting(first, "0.01", "c"), posting(first, "-3.00", "d")], clock())
    assert ledger.balances([(first, INN), (second, INN)]) == {
        (first, INN): Decimal("7.51"),
        (second, INN): Decimal("1.00"),
    }


def test_money_of_two_organizers_on_one_account_never_mixes(ledger, school, posting, clock):
    account = school.open[0]
    ledger.post(
        [
            posting(account, "10.00", "a"),
            posting(account, "4.00", "b", organizer_inn=OTHER_INN),
        ],
        clock(),
    )
    assert ledger.balances([(account, INN), (account, OTHER_INN)]) == {
        (account, INN): Decimal("10.00"),
        (account, OTHER_INN): Decimal("4.00"),
    }


def test_a_source_is_posted_once_for_ever(contour_database, school, posting, clock):
    account = school.open[0]
    with contour_database.writing() as transaction:
        MealsLedger(transaction).post([posting(account, "10.00", "payment/1")], clock())
    with pytest.raises(RaceLost), contour_database.writing() as transaction:
        MealsLedger(transaction).post([posting(account, "10.00", "payment/1")], clock())
    with contour_database.reading() as transaction:
        key = (account, INN)
        assert MealsLedger(transaction).balances([key])[key] == Decimal("10.00")


def test_an_entry_is_found_by_its_source(ledger, school, posting, clock):
    ledger.post([posting(school.open[0], "10.00", "payment/1")], clock())
    found = ledger.posted(["payment/1", "payment/2"])
    assert list(found) == ["payment/1"]
    assert found["payment/1"].amount == Decimal("10.00")


def test_entries_are_read_page_by_page(ledger, school, posting, clock):
    ledger.post([posting(school.open[0], "1.00", str(source)) for source in range(5)], clock())
    first = ledger.entries(after=0, limit=3)
    rest = ledger.entries(after=first[-1].number, limit=3)
    assert [entry.source for entry in (*first, *rest)] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "change",
    [sa.update(models.ledger_entry).values(amount=1), sa.delete(models.ledger_entry)],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_the_ledger(
    contour_database, school, posting, clock, change
):
    with contour_database.writing() as transaction:
        MealsLedger(transaction).post([posting(school.open[0], "10.00", "a")], clock())
    with (
        pytest.raises(sa.exc.DBAPIError, match="ledger_entry is append-only"),
        contour_database.writing() as transaction,
    ):
        transaction.execute(change)
