"""Accounts that a trial is prepared with."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import sqlalchemy as sa

from adapters.meals import ADAPTER
from adapters.meals.ledger import MealsLedger
from adapters.meals.models import personal_account
from adapters.meals.region import VILLAGE
from gateway.kernel.identifiers import LAST_ACCOUNT_SERIAL, issue_account
from gateway.kernel.message import Participant, ParticipantState
from gateway.trial_data import Preparation
from registry.calendar import ProductionCalendar

INN = "7200000018"
NOON = datetime(2026, 11, 26, 7, tzinfo=UTC)
BANK = Participant(
    "BANK72001", "Банк", "BANK", ParticipantState.JOINED, organizers=frozenset({INN})
)


EVERYTHING = ("account", "blocked_account", "closed_account", "unknown_account")


def prepared(transaction, participant=BANK, choose=lambda most: 0 * most, wanted=EVERYTHING):
    preparation = Preparation(
        participant=participant,
        wanted=wanted,
        given={},
        now=NOON,
        calendar=ProductionCalendar.load(),
        ledger=MealsLedger(transaction),
        identifiers=uuid4,
        choose=choose,
    )
    return ADAPTER.test_data.prepare(transaction, preparation)


def status_of(transaction, number: str) -> str:
    ledger = ADAPTER.ledger(transaction, Decimal("2000.00"))
    return ledger.accounts([number])[number].status.value


def test_accounts_of_every_state_are_made_for_an_organizer_of_the_bank(transaction, school):
    values = prepared(transaction)

    states = {name: status_of(transaction, values[name]) for name in EVERYTHING[:3]}
    assert states == {"account": "OPEN", "blocked_account": "BLOCKED", "closed_account": "CLOSED"}
    assert values["organizer_inn"] == INN
    assert {values[name] for name in EVERYTHING}.isdisjoint(school.open)


def test_no_two_sessions_share_an_account(transaction):
    first, second = prepared(transaction), prepared(transaction)

    assert {first[name] for name in EVERYTHING[:3]}.isdisjoint(second.values())


def test_only_what_the_plan_wants_is_made(transaction):
    before = count(transaction)

    values = prepared(transaction, wanted=("account", "participant"))

    assert values.keys() == {"account", "unknown_account", "organizer_inn"}
    assert count(transaction) == before + 1


def count(transaction) -> int:
    asked = sa.select(sa.func.count()).select_from(personal_account)
    return transaction.execute(asked).scalar_one()


def test_a_bank_without_organizers_gets_no_account(transaction):
    values = prepared(transaction, replace(BANK, organizers=frozenset()))

    assert values.keys() == {"unknown_account"}


def test_an_organizer_without_pupils_is_passed_over(transaction):
    two = replace(BANK, organizers=frozenset({"7200000000", INN}))

    assert prepared(transaction, two)["organizer_inn"] == INN


def test_the_unknown_account_is_the_first_free_number(transaction, school):
    free = VILLAGE.pupils  # every pupil of the seed has a number

    assert prepared(transaction)["unknown_account"] == issue_account(free)


def test_numbers_are_free_from_wherever_chance_begins(transaction):
    values = prepared(transaction, choose=lambda most: most - 1)

    assert values["unknown_account"] == issue_account(LAST_ACCOUNT_SERIAL - 1)
    assert status_of(transaction, values["account"]) == "OPEN"
