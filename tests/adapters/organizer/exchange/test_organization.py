"""UpdateOrganization: an organizer keeps its card, banks are shown it from its day (PART-10)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
import town

from adapters.meals.ledger import MealsLedger
from adapters.meals.models import organizer
from adapters.organizer import cards
from adapters.organizer.cards import FOLLOW_CARDS, PURPOSE
from adapters.organizer.exchanging import JOBS
from adapters.organizer.messages.organizer import BankDetailsType
from gateway.adapter import Beneficiary
from gateway.contracts.messages.common import Contact
from gateway.kernel.errors import NotAllowed, ValidationError
from registry import contacts, history, organizations
from registry.contacts import ContactRole
from registry.participants import Newcomer, ParticipantKind, Registrar

from .conftest import System

TODAY = date(2026, 11, 16)
TOMORROW = TODAY + timedelta(days=1)
ACCOUNT, OTHER_ACCOUNT = "40702810600000000001", "40702810900000000002"
BIK = "047199999"
DIRECTOR = Contact(
    full_name="Образцова Анна Примеровна", phone="+7 3452 000000", email="a@b.example"
)
ENGINEER = Contact(full_name="Примеров Олег Ильич", phone="+7 3452 000001", email="o@b.example")


@pytest.fixture
def office(night, registry_database, clock):
    """The organizer's system, known to the participant registry."""
    registrar = Registrar(registry_database, clock, "оператор")
    for one in (town.ORGANIZER, town.OTHER_ORGANIZER):
        kind = ParticipantKind.ORGANIZER
        registrar.add(Newcomer(one.code, one.name, kind, one.inn))
    night.at(TODAY, "12:00")
    night.registry = registry_database
    return System(night, registry_database)


def tell(office, account=ACCOUNT, valid_from=TODAY, **changes):
    values = {
        "inn": town.INN,
        "kpp": "720001001",
        "ogrn": "1027200000002",
        "full_name": "Общество с ограниченной ответственностью «Лето»",
        "short_name": "ООО «Лето»",
        "legal_address": "625000, г. Тюмень, ул. Примерная, д. 1",
        "bank_details": BankDetailsType(account=account, bik=BIK, bank_name="Банк (пример)"),
        "contact": [DIRECTOR],
        "valid_from": valid_from,
    }
    return office.ask("UpdateOrganization", **{**values, **changes}).version


def card(office):
    with office.registry.reading() as transaction:
        return organizations.current(transaction, town.ORGANIZER.code)


def versions(office):
    with office.registry.reading() as transaction:
        return organizations.versions(transaction, town.ORGANIZER.code)


def people(office):
    with office.registry.reading() as transaction:
        found = contacts.current(transaction, town.ORGANIZER.code)
    return {one.role: one.full_name for one in found}


def shown(office):
    """Return name and bank details as a bank is shown them, after the queue has run."""
    assert not cards.follow_cards(office.night, office.night.moment)
    with office.night.database.reading() as transaction:
        account = MealsLedger(transaction).accounts([town.IVAN.account])[town.IVAN.account]
    return account.organizer_name, account.beneficiary


def test_the_card_stands_with_its_history_and_its_contacts(office):
    assert tell(office) == 1
    assert tell(office, OTHER_ACCOUNT, contact=[DIRECTOR, ENGINEER]) == 2

    first, second = versions(office)
    assert first.organization.bank_details.account == ACCOUNT
    assert second.organization == card(office)
    assert card(office).bank_details.account == OTHER_ACCOUNT
    assert people(office) == {
        ContactRole.RESPONSIBLE: DIRECTOR.full_name,
        ContactRole.TECHNICAL: ENGINEER.full_name,
    }


def test_the_change_log_alone_says_what_stands(office):
    tell(office)
    tell(office, OTHER_ACCOUNT)
    with office.registry.reading() as transaction:
        replayed = history.replay(history.lines(transaction, town.ORGANIZER.code))
    (told,) = replayed["organization"].values()
    assert (told["account"], told["valid_from"]) == (OTHER_ACCOUNT, TODAY.isoformat())


def test_the_same_content_again_changes_nothing_even_after_another_one(office):
    assert tell(office) == 1
    assert tell(office, OTHER_ACCOUNT) == 2
    before = versions(office)

    assert tell(office) == 1

    assert versions(office) == before
    assert card(office).bank_details.account == OTHER_ACCOUNT


def test_banks_are_shown_the_new_details_after_the_queue(office):
    tell(office)
    assert office.woken == [FOLLOW_CARDS]

    name, beneficiary = shown(office)

    assert name == "ООО «Лето»"
    assert beneficiary == Beneficiary(ACCOUNT, BIK, "Банк (пример)", PURPOSE)


def test_details_of_a_later_day_are_shown_from_that_day(office):
    tell(office)
    tell(office, OTHER_ACCOUNT, TOMORROW)

    assert shown(office)[1].account == ACCOUNT
    office.night.at(TOMORROW, "00:00")
    assert shown(office)[1].account == OTHER_ACCOUNT


def test_the_purpose_and_the_limits_that_the_operator_entered_stay(office):
    with office.night.database.writing() as transaction:
        entered = {"beneficiary_purpose": "По договору", "max_top_up": Decimal("700.00")}
        transaction.execute(sa.update(organizer).values(**entered))
    tell(office)

    assert shown(office)[1].purpose == "По договору"
    (own, other) = office.night.table(organizer)
    assert own.max_top_up == Decimal("700.00")
    assert (other.name, other.beneficiary_account) == (town.OTHER_ORGANIZER.name, None)


def test_a_card_without_bank_details_shows_its_name_only(office):
    tell(office)
    with office.registry.writing() as transaction:
        told = organizations.current(transaction, town.ORGANIZER.code)
        bare = organizations.with_changes(told, short_name="Лето-2")
        bare = organizations.Organization(bare.full_name, bare.short_name, bare.inn)
        organizations.change_card(
            transaction, town.ORGANIZER.code, bare, office.night.moment, "оператор"
        )
    assert shown(office) == ("Лето-2", None)


def test_the_queue_is_a_job_of_the_slice():
    assert [(job.name, job.cron) for job in JOBS] == [(FOLLOW_CARDS, None)]


def test_another_organization_is_not_to_be_changed(office):
    with pytest.raises(NotAllowed):
        tell(office, inn=town.OTHER_INN)
    for sender in (town.OPERATOR, town.SCHOOL_SYSTEM):
        with pytest.raises(NotAllowed):
            tell(office, sender=sender)
    assert versions(office) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "40702810600000000009"},
        {"ogrn": "1027200000009"},
        {"contact": [Contact(full_name="Без узла", phone="+7 3452 000000", email="a@b")]},
    ],
)
def test_details_that_do_not_fit_are_refused_and_nothing_is_kept(office, changes):
    with pytest.raises(ValidationError) as refused:
        tell(office, **changes)
    assert refused.value.findings
    assert versions(office) == ()
    assert people(office) == {}


def test_details_from_before_those_in_force_are_refused(office):
    tell(office)
    with pytest.raises(ValidationError) as refused:
        tell(office, OTHER_ACCOUNT, TODAY - timedelta(days=1))
    (finding,) = refused.value.findings
    assert finding.path == "/UpdateOrganizationRequest/validFrom"
