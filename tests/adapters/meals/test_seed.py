from datetime import UTC, datetime

import sqlalchemy as sa

from adapters.meals import models
from adapters.meals.region import VILLAGE
from adapters.meals.seed import SCHOOL_CODE, lay_tables, seed_demo
from gateway.adapter import AccountStatus
from gateway.kernel import identifiers
from registry.calendar import ProductionCalendar


def test_the_demo_has_open_blocked_and_closed_accounts(ledger, school):
    found = ledger.accounts([*school.open, school.blocked, school.closed])
    assert len(school.open) >= 24
    assert {found[number].status for number in school.open} == {AccountStatus.OPEN}
    assert found[school.blocked].status is AccountStatus.BLOCKED
    assert found[school.closed].status is AccountStatus.CLOSED


def test_demo_numbers_have_right_check_digits(school):
    assert all(identifiers.check_personal_account(number).passed for number in school.open)


def test_demo_bank_details_have_a_right_key(ledger, school):
    beneficiary = ledger.accounts(school.open)[school.open[0]].beneficiary
    assert identifiers.check_bank_account(beneficiary.account, beneficiary.bik).passed


def test_seeding_twice_changes_nothing(ledger, school, transaction):
    before = ledger.accounts(school.open)
    assert seed_demo(transaction, "7200000018", "Другое имя") == school
    assert ledger.accounts(school.open) == before


def test_the_demo_school_is_a_whole_village(school, transaction):
    account = models.personal_account.c
    found = sa.select(account.number).where(account.school_code == SCHOOL_CODE)
    numbers = set(transaction.execute(found).scalars())
    assert {identifiers.issue_account(serial) for serial in range(VILLAGE.pupils)} == numbers
    teachers = transaction.execute(sa.select(models.staff_class.c.class_code)).scalars().all()
    assert len(teachers) == 9


def test_tables_are_laid_for_the_frozen_days_and_once(transaction, school):
    calendar = ProductionCalendar.load()
    moment = datetime(2026, 11, 26, 5, tzinfo=UTC)

    laid = lay_tables(transaction, "7200000018", "Организатор", calendar, moment)
    again = lay_tables(transaction, "7200000018", "Организатор", calendar, moment)

    assert [f"{day:%d.%m}" for day in laid] == [
        "26.11",
        "27.11",
        "30.11",
        "01.12",
        "02.12",
        "03.12",
    ]
    assert again == []


def test_tables_are_laid_as_far_as_the_calendar_goes(transaction, school):
    calendar = ProductionCalendar.load()
    moment = datetime(2027, 12, 27, 5, tzinfo=UTC)

    laid = lay_tables(transaction, "7200000018", "Организатор", calendar, moment)

    assert [f"{day:%d.%m}" for day in laid] == ["27.12", "28.12", "29.12", "30.12"]
